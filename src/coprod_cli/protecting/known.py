"""Words and names known from elsewhere in the survey go in; where they stand in the words comes out, as name spans."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coprod_cli.protecting.line import SPACE, Line, Span
from coprod_cli.protecting.word_lists import ALSO_WORDS, GIVEN, NEVER, ORDINARY

_PARTS = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_HANDLE = re.compile(r"[\w.+-]{4,64}")
_SHORT = 3


class _Known(NamedTuple):
    """The single words of what is known, and the whole strings with digits or signs in them; all in lower case."""

    words: frozenset[str]
    handles: frozenset[str]


@lru_cache(maxsize=4)
def _index_known(known: frozenset[str]) -> _Known:
    lower = [" ".join(each.lower().replace("\u2019", "'").split()) for each in known]
    words = {part for each in lower for part in _PARTS.findall(each.split("@", 1)[0].replace("_", " "))}
    handles = {each for each in lower if _HANDLE.fullmatch(each) and not _PARTS.fullmatch(each)}
    return _Known(frozenset(word for word in words if len(word) > 1) - NEVER, frozenset(handles))


def find_known(line: Line, known: frozenset[str]) -> Iterator[Span]:
    """Each word of the known names: in any case, but an ordinary word only where its capital makes it a name.

    Args:
        line: the words of the answer.
        known: names and e-mail user names, as they stood in columns that were dropped.
    """
    index = _index_known(known)
    names: list[Span] = []
    at = {place for place, word in enumerate(line.words) if word.low in index.words}
    for place in sorted(at):
        word = line.words[place]
        plain = word.low not in GIVEN and (word.low in ORDINARY or word.low in ALSO_WORDS or len(word.low) < _SHORT)
        beside = {place - 1, place + 1} & at
        joined = any(line.words[side].text[0].isupper() and SPACE.match(line.gap(max(place, side))) for side in beside)
        if not plain or (word.text[0].isupper() and (joined or not line.starts_sentence(place))):
            if names and names[-1][1] == line.words[place - 1].end and SPACE.match(word.gap):
                names[-1] = (names[-1][0], word.end, "name")
            else:
                names.append((word.start, word.end, "name"))
    yield from names
    for match in _HANDLE.finditer(line.text) if index.handles else ():
        whole = match[0].rstrip(".")
        if whole.lower() in index.handles:
            yield match.start(), match.start() + len(whole), "name"
