"""The words of an answer go in; the places where its meaning may turn, as segments with exact offsets, come out."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Segment(NamedTuple):
    """One stretch of an answer: characters start to end (exclusive) of its words, without blanks at either end.

    sentence: which sentence of the answer it is part of, from 0; segments of one sentence share the number.
    """

    start: int
    end: int
    sentence: int


_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[\r\n\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-*+\u2022\u2023\u25cf\u25aa\u00b7\u2013\u2014]+\s+|\(?\d{1,2}[.)]\s+|\(?[a-zA-Z]\)\s+)")
# An end of a sentence: its mark, any closing quotes or brackets, then a blank; people on phones often leave the blank
# out, so a small letter, a mark and a capital count as well.
_STOP = re.compile(
    r"(?:[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s)"
    r"|(?<=[a-z]{2})[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=[A-Z][a-z' \u2019]))\s*",
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|rd|ave|nos?|vs|etc|approx|dept|govt|incl|inc|ltd|tel|ext|mins?|hrs|yrs|"
    r"e\.?g|i\.?e|a\.m|p\.m|n\.b|ref|cf|fig|pp?)|(?<![\w'\u2019])[A-Z])\.\Z",
    re.IGNORECASE,
)
# These may end a sentence as well: only a capital after them tells.
_MAY_END = re.compile(r"\b(?:etc|a\.m|p\.m|no|mins?|hrs|yrs|inc|ltd|st|rd)\.\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"""
      ;\s+
    | \s+[-\u2013\u2014]{1,2}\s+ | \u2014
    | :\s+
    | [,\s]\s*(?=(?:but|however|although|whereas)\b)
    | ,\s*(?=(?:though|yet|except|and|so|then|or|nor|n|because|cos|which|who|when|while|where|until|not|
                i|we|they|he|she|it|you|there|this|that|those|nobody|no|none|everyone|every|some|people|my|our|
                their|his|her|the|a|one|just|only|still|never|now|i['\u2019]\w+|we['\u2019]\w+|they['\u2019]\w+|
                it['\u2019]s|that['\u2019]s|he['\u2019]s|she['\u2019]s)\b)
    | \s+(?=(?:and|because|cos|so)\s+(?:i|we|they|he|she|it|you|nobody|no|then|the|my|our|their|that|now|still)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAST_WORDS = 3
# Some people write without any mark: a segment of more words than the longest is cut into runs of no more, and no
# fewer, than these. Any other is left as it is: the shipped weights were learnt with it.
_LONGEST = 40
_LONGEST_RUN = 25
_LEAST_RUN = 8
_PRINTED = re.compile(r"\S+")
_TURN = re.compile(
    r"(?:and|but|so|because|cos|then|when)\s+"
    r"(?:i|we|they|he|she|it|you|there|this|that|nobody|everyone|my|our|their|his|her|the)\b",
    re.IGNORECASE,
)


def split_answer(words: str) -> tuple[Segment, ...]:
    """An answer cut at new lines and bullets, then sentence ends, then clauses that hold at least three words.

    What is still longer than forty words is cut between words, where its meaning may turn if it says so.

    Returns segments in order, never overlapping, each inside the answer and holding at least one letter or digit;
    none when the answer holds no letter or digit.
    """
    segments: list[Segment] = []
    sentence = 0
    for line_start, line_end in _cut_lines(words):
        for start, end in _cut_sentences(words, line_start, line_end):
            clauses = (run for clause in _cut_clauses(words, start, end) for run in _cut_run_on(words, *clause))
            parts = [part for part in clauses if _WORD.search(words, *part)]
            segments.extend(Segment(*part, sentence) for part in parts)
            sentence += bool(parts)
    return tuple(segments)


def _cut_lines(words: str) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for found in _LINE.finditer(words) for edge in found.span()), len(words)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        bullet = _BULLET.match(words, start, end)
        yield _strip(words, bullet.end() if bullet else start, end)


def _cut_sentences(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for found in _STOP.finditer(words, start, end):
        # A bound on how far back is looked keeps the work linear in the length of the answer.
        before = words[max(begun, found.start() - 12) : found.start() + 1]
        after = words[found.end() : found.end() + 1]
        abbreviated = _ABBREVIATION.search(before) and not (_MAY_END.search(before) and not after.islower())
        if after and not abbreviated:
            yield _strip(words, begun, found.end())
            begun = found.end()
    yield _strip(words, begun, end)


def _cut_clauses(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [found.span() for found in _CLAUSE.finditer(words, start, end)]
    edges = [start]
    for cut_start, cut_end in cuts:
        if _count(words, edges[-1], cut_start) and _count(words, cut_end, end):
            edges += [cut_start, cut_end]
    edges.append(end)
    for left, right in list(pairwise(edges))[::2]:
        yield _strip(words, left, right)


def _cut_run_on(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A clause as it is, or, when it is very long, runs of its words: up to a turn, or else of about one length."""
    printed = [found.span() for found in _PRINTED.finditer(words, start, end)]
    if len(printed) <= _LONGEST:
        yield start, end
        return
    first = 0
    while (left := len(printed) - first) > _LONGEST_RUN:
        sizes = range(min(_LONGEST_RUN, left - _LEAST_RUN), _LEAST_RUN - 1, -1)
        turns = (size for size in sizes if _TURN.match(words, printed[first + size][0], end))
        size = next(turns, -(-left // -(-left // _LONGEST_RUN)))
        yield printed[first][0], printed[first + size - 1][1]
        first += size
    yield printed[first][0], end


def _count(words: str, start: int, end: int) -> bool:
    finder = _WORD.finditer(words, start, end)
    return sum(1 for _ in zip(finder, range(_LEAST_WORDS), strict=False)) == _LEAST_WORDS


def _strip(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return start, end
