"""Headers go in; the same without the numbers of their questions ('9.b.ii.a. ') come out, where a survey has them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# '7. ', '9.b. ', '9.b.ii.a. ', '12.1. ': a path of numbers and letters, with a full stop behind each.
_PATH = re.compile(r"^(?:Q(?:uestion )?)?(\d{1,3}(?:\.(?:\d{1,2}|[a-z]|[ivx]{1,5}))*)\.\s+(?=\S)", re.IGNORECASE)
_LEAST_SHARE = 0.5


class Numbered(NamedTuple):
    """The number of a question, such as '9.b.ii', and its text without it; a question without number has ''."""

    number: str
    text: str


def split_number(text: str) -> Numbered:
    """The number in front of a question, and the question."""
    found = _PATH.match(text)
    return Numbered(found.group(1).lower(), text[found.end() :]) if found else Numbered("", text)


def are_numbered(texts: Sequence[str]) -> bool:
    """Whether at least half of the headers begin with a number, no two of them with the same."""
    numbers = [number for text in texts if (number := split_number(text).number)]
    return len(numbers) >= max(2, _LEAST_SHARE * len(texts)) and len(set(numbers)) == len(numbers)


def write_code(number: str) -> str:
    """'9.b.ii' as a name: 'Q9_b_ii'."""
    return "Q" + number.replace(".", "_") if number else ""
