"""One answer and an engine go in; the themes the engine thought of, how sure it is, and what tipped it, come out.

What tips an engine is found by leaving words out (occlusion; Zeiler and Fergus 2014): each word and each run of two or
three is taken away, and the drop of a theme's chance tells what those words did. That works with any engine.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Chances, Engine, Found
from coprod_cli.coding.language import find_language, is_left_to_a_person
from coprod_cli.coding.segments import Segment, split_answer
from coprod_cli.coding.silence import says_nothing
from coprod_cli.model.framework import Framework

NAMED, UNSURE, NEARLY = "named", "unsure", "nearly"
SAYS_NOTHING, OTHER_LANGUAGE = "says nothing", "other language"

_PIECE = re.compile(r"\[[a-z ]+\]|\w+(?:['\u2019]\w+)*")
_SAME_PHRASE = re.compile(r"[ '\"\u2018-\u201d/&-]*")
_BLANKS = re.compile(r" {2,}")
_LONGEST_RUN = 3
# So many words at most are left out one by one: in a longer answer, those around the evidence.
_MOST_WORDS = 60
_AROUND = 30
_MOST_PASSAGES = 3
_MOST_TRIED = 150
_MOST_ALONE = _MOST_TRIED // _MOST_PASSAGES
_NEARLY = 0.5
_MOST_NEARLY = 4
# A smaller change of a chance is not worth telling; a longer run must do so much better than a shorter one.
_LEAST_CHANGE = 0.05
_BETTER = 0.05
_MOST_TIPS = 3


class Tip(NamedTuple):
    """Characters start to end of the answer; without them a theme's chance is lower by `drop` (below 0: higher)."""

    start: int
    end: int
    drop: float


class Weighed(NamedTuple):
    """One theme that an engine thought of.

    state: NAMED, UNSURE (named, but a person should look) or NEARLY (not named). chance and least: how sure the engine
    is, and how sure it must be to name the theme, 0..1. without_question, without_role: the chance if that had not been
    told. found: where and how it was named. tips: what the chance rests on, the most telling first, and what holds it
    back. tried: whether words were left out where it was found; of a short answer, all are.
    """

    theme: str
    state: str
    chance: float
    least: float
    without_question: float
    without_role: float
    found: tuple[Found, ...]
    tips: tuple[Tip, ...]
    tried: bool


class Explanation(NamedTuple):
    """Why an answer got its codes.

    words: as the engine saw them. uncoded: "" or why no engine reads them (SAYS_NOTHING, OTHER_LANGUAGE). tried: how
    many words were left out one by one, of so many (size).
    """

    words: str
    language: str
    uncoded: str
    segments: tuple[Segment, ...]
    themes: tuple[Weighed, ...]
    tried: int
    size: int


class _Passage(NamedTuple):
    """Characters start to end of an answer, which are read, and the places of the words in it that are left out."""

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]


class _Run(NamedTuple):
    """Characters start to end of an answer, so many words, that are left out together."""

    start: int
    end: int
    length: int


class _Tried(NamedTuple):
    """What leaving out one run takes from the chance of each theme."""

    run: _Run
    drops: NDArray[np.float64]


def explain_coding(asked: Asked, framework: Framework, engine: Engine, chances: Chances) -> Explanation:
    """Code one answer with one engine, and find what its codes rest on.

    Args:
        asked: the masked words with question and role.
        framework: the themes to look for.
        engine: what codes.
        chances: how sure that engine is.
    """
    words = asked.words
    uncoded = SAYS_NOTHING if says_nothing(words) else OTHER_LANGUAGE if is_left_to_a_person(words) else ""
    size = sum(1 for _ in _PIECE.finditer(words))
    told = Explanation(words, find_language(words), uncoded, split_answer(words), (), 0, size)
    if uncoded:
        return told
    (found,) = engine([asked], framework)
    variants = [asked, asked._replace(question=""), asked._replace(role="other")]
    themes, sure, least = chances(variants, framework)
    shown = _choose_themes(themes, sure[0], least, found)
    passages = _choose_passages(words, found)
    tried = [_try_runs(asked, framework, passage, len(passages), chances) for passage in passages if shown]
    weighed = []
    for place in shown:
        own = tuple(each for each in found if each.theme == themes[place])
        within = tried if size <= _MOST_WORDS else [each for each in tried if _holds_evidence(words, each, own)]
        state = NEARLY if not own else UNSURE if any(each.unsure for each in own) else NAMED
        weighed.append(
            Weighed(
                theme=themes[place],
                state=state,
                chance=float(sure[0, place]),
                least=float(least[place]),
                without_question=float(sure[1, place]),
                without_role=float(sure[2, place]),
                found=own,
                tips=tuple(_pick_tips(list(chain.from_iterable(within)), place)),
                tried=bool(within),
            )
        )
    left_out = {each.run for each in chain.from_iterable(tried) if each.run.length == 1}
    return told._replace(themes=tuple(weighed), tried=len(left_out))


def _choose_themes(
    themes: Sequence[str], sure: NDArray[np.float64], least: NDArray[np.float64], found: Sequence[Found]
) -> list[int]:
    """Places of the themes worth telling: those named, the surest first, then those that came nearest."""
    named = {each.theme for each in found}
    order = sorted(range(len(themes)), key=lambda place: (-sure[place], themes[place]))
    near = [place for place in order if themes[place] not in named and 0 < _NEARLY * least[place] <= sure[place]]
    near.sort(key=lambda place: -sure[place] / least[place])
    return [place for place in order if themes[place] in named] + near[:_MOST_NEARLY]


def _choose_passages(words: str, found: Sequence[Found]) -> list[_Passage]:
    """The words to leave out: all of a short answer; of a long one, those of the evidence, within their neighbours."""
    pieces = [piece.span() for piece in _PIECE.finditer(words)]
    if len(pieces) <= _MOST_WORDS:
        return [_Passage(0, len(words), tuple(pieces))] if pieces else []
    passages: list[_Passage] = []
    for each in sorted(found, key=lambda each: (-each.confidence, each.theme, each.start)):
        inside = [place for place, piece in enumerate(pieces) if each.start <= piece[0] < each.end][:_MOST_WORDS]
        if inside and len(passages) < _MOST_PASSAGES:
            first, last = max(inside[0] - _AROUND, 0), min(inside[-1] + _AROUND, len(pieces) - 1)
            passage = _Passage(pieces[first][0], pieces[last][1], tuple(pieces[place] for place in inside))
            passages += [passage] if passage not in passages else []
    return passages


def _list_runs(words: str, pieces: Sequence[tuple[int, int]], most: int) -> list[_Run]:
    """Single words first, then the longest runs, then those between, as many as may be tried; none across a mark."""
    near = [_SAME_PHRASE.fullmatch(words, before[1], after[0]) is not None for before, after in pairwise(pieces)]
    runs = [
        _Run(pieces[place][0], pieces[place + length - 1][1], length)
        for length in (1, *range(_LONGEST_RUN, 1, -1))
        for place in range(len(pieces) - length + 1)
        if all(near[place : place + length - 1])
    ]
    return runs[:most]


def _leave_out(asked: Asked, passage: _Passage, run: _Run) -> Asked:
    left = asked.words[passage.start : run.start] + asked.words[run.end : passage.end]
    return asked._replace(words=_BLANKS.sub(" ", left).strip())


def _try_runs(asked: Asked, framework: Framework, passage: _Passage, passages: int, chances: Chances) -> list[_Tried]:
    """What each run of a passage, one of so many, does to each chance in it."""
    runs = _list_runs(asked.words, passage.pieces, _MOST_TRIED // passages)
    whole = asked._replace(words=asked.words[passage.start : passage.end])
    sure = chances([whole, *(_leave_out(asked, passage, run) for run in runs)], framework)[1]
    return [_Tried(run, sure[0] - left) for run, left in zip(runs, sure[1:], strict=True)]


def _holds_evidence(words: str, tried: Sequence[_Tried], own: Sequence[Found]) -> bool:
    """Whether the words of one of these findings, or the first of very many, are among those that were left out."""
    alone = {each.run[:2] for each in tried if each.run.length == 1}
    evidence = [
        {piece.span() for piece in islice(_PIECE.finditer(words, each.start, each.end), _MOST_ALONE)} for each in own
    ]
    return any(pieces and pieces <= alone for pieces in evidence)


def _pick_tips(tried: Sequence[_Tried], theme: int) -> Iterator[Tip]:
    """The runs that a theme's chance rests on, and the one that holds it back most; none overlaps another."""
    taken: list[_Run] = []
    for sign, most in ((1, _MOST_TIPS), (-1, 1)):
        ranked = sorted(
            (each for each in tried if sign * each.drops[theme] >= _LEAST_CHANGE),
            key=lambda each: (_BETTER * each.run.length - sign * each.drops[theme], each.run),
        )
        picked = 0
        for each in ranked:
            free = all(each.run.end <= other.start or other.end <= each.run.start for other in taken)
            if free and picked < most:
                taken.append(each.run)
                picked += 1
                yield Tip(each.run.start, each.run.end, float(each.drops[theme]))
