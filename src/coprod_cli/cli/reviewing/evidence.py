"""Words typed by a person and an answer go in; where in the answer they stand comes out."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_BETWEEN = re.compile(r"\s*(?:\.{2,}|\u2026)\s*")
WHOLE = frozenset({"", "all", "everything", "the whole answer"})


class Stretch(NamedTuple):
    """Part of an answer. several: whether the words typed stand there more than once, and the first place was taken."""

    start: int
    end: int
    several: bool = False


def find_stretch(words: str, typed: str) -> Stretch | None:
    """Where the evidence stands that a person means; None where the words typed are not in the answer.

    "all", or nothing, means the whole answer; "first words ... last words" all from the first to the last; anything
    else just these words. Capitals, blanks and marks make no difference, and the last word may be begun only.
    """
    if typed.strip().casefold() in WHOLE:
        end = len(words.rstrip())
        return Stretch(len(words) - len(words.lstrip()), end) if end else Stretch(0, len(words))
    parts = [part for part in _BETWEEN.split(typed.strip()) if part]
    if not parts:
        return None
    first = list(_find_all(words, parts[0]))
    if not first:
        return None
    start, end = first[0]
    several = len(first) > 1
    for part in parts[1:]:
        later = [span for span in _find_all(words, part) if span[1] > end and span[0] >= start]
        if not later:
            return None
        end = later[0][1]
    return Stretch(start, end, several)


def _find_all(words: str, typed: str) -> Iterator[tuple[int, int]]:
    """Every place of these words: those at the beginning of a word, or, without any, those inside of words."""
    letters = list(_list_letters(words))
    text = "".join(letter for letter, _ in letters)
    sought = "".join(letter for letter, _ in _list_letters(typed))
    if not sought:
        at = words.find(typed.strip())
        if at >= 0:
            yield at, at + len(typed.strip())
        return
    found = [match.start() for match in re.finditer(f"(?={re.escape(sought)})", text)]
    spans = [(letters[at][1], _end_word(words, letters[at + len(sought) - 1][1] + 1)) for at in found]
    at_words = [span for span in spans if not span[0] or not _is_letter(words[span[0] - 1])]
    yield from at_words or spans


def _list_letters(words: str) -> Iterator[tuple[str, int]]:
    """The letters and figures that words are compared by, each with its place."""
    for at, each in enumerate(words):
        for letter in unicodedata.normalize("NFKD", each).casefold():
            if letter.isalnum():
                yield letter, at


def _end_word(words: str, end: int) -> int:
    while end < len(words) and _is_letter(words[end]):
        end += 1
    return end


def _is_letter(each: str) -> bool:
    # A vowel sign or an accent of its own belongs to the letter before it.
    return each.isalnum() or unicodedata.category(each)[0] == "M"
