"""Answers go in; themes, stances, levels and evidence by the shipped linear coder come out (engine `fast`).

Two linear models score the themes: one reads the whole answer, one each segment within its answer. Their mean, on a
logistic curve fitted to writers left out, is the chance that the theme is there. The segments that carry a theme are
its evidence. A third model reads its stance off these words; a fourth reads its level off words, question and role, and
also its stance where the words leave that open.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.linear import Coder, Reading, Rules, Scored, Themed, score_mentions, score_themes
from coprod_cli.coding.segments import Segment
from coprod_cli.coding.shipped import load_linear
from coprod_cli.coding.silence import says_nothing
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import LEVELS, STANCES

_BATCH = 4000
# In characters, some seventy words: what is held of a batch grows with its words, so where answers are longer than this
# on average, there are fewer in it.
_USUAL = 400
# The curve runs on to 1 where the corpus has too few answers to bear it out; no machine reading is that sure.
_SUREST = 0.99
# In characters, about sixty words: of an answer as long as this at most half the segments are evidence.
_LONG = 300
_POSITIVE, _NEGATIVE = STANCES.index("positive"), STANCES.index("negative")


class _Candidate(NamedTuple):
    """Evidence of a theme (by its place) in one answer.

    parts: the segments in which its stance may differ; none when there is one. best: which of them speaks most of the
    theme; 0 when there are none.
    """

    answer: int
    theme: int
    chance: float
    span: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    best: int


def code_fast(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    """Code with the shipped linear coder. Themes of the framework that it was not trained on are not found by it.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    return code_with(load_linear(), asked, {theme.id for theme in framework.themes})


def find_fast_chances(
    asked: Sequence[Asked], framework: Framework
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Themes, chances (answers x themes) and the least chance that names each, of those the framework asks for.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    coder = load_linear()
    return tell_chances(coder, asked, score_answers(coder, asked), framework)


def tell_chances(
    coder: Coder, asked: Sequence[Asked], scores: NDArray[np.float64], framework: Framework
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Scores of answers, by the coder's rules, as an engine's chances of the themes that the framework asks for."""
    asked_for = {theme.id for theme in framework.themes}
    kept = [place for place, theme in enumerate(coder.themes) if theme in asked_for]
    chances = find_chances(coder.rules, scores)
    chances[[says_nothing(each.words) for each in asked]] = 0.0
    return tuple(coder.themes[place] for place in kept), chances[:, kept], coder.rules.thresholds[kept]


def code_with(coder: Coder, asked: Sequence[Asked], wanted: set[str]) -> list[tuple[Found, ...]]:
    """Code with any linear coder; only wanted themes are named."""
    coded: list[tuple[Found, ...]] = []
    for batch in cut_batches(asked):
        scores = score_themes(coder, batch)
        coded.extend(settle(coder, batch, scores, wanted, partial(score_mentions, coder, scores)))
    return coded


def cut_batches(asked: Sequence[Asked], size: int = 0) -> Iterator[Sequence[Asked]]:
    """The answers in their order, so many at a time (as many as this engine likes when no size is given).

    Fewer where they are long, so that what is held of them is bounded; one at least.
    """
    most = size or _BATCH
    begin = held = 0
    for place, each in enumerate(asked):
        if place > begin and (place - begin == most or held + len(each.words) > most * _USUAL):
            yield asked[begin:place]
            begin, held = place, 0
        held += len(each.words)
    if begin < len(asked):
        yield asked[begin:]


def score_answers(coder: Coder, asked: Sequence[Asked]) -> NDArray[np.float64]:
    """How strongly each answer speaks for each theme, unbounded; answers x themes, each row of its answer alone."""
    scores = [score_themes(coder, batch).answers for batch in cut_batches(asked)]
    return np.concatenate([np.zeros((0, len(coder.themes))), *scores])


def find_chances(rules: Rules, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores of answers to calibrated chances that the themes are there; both answers x themes."""
    return np.asarray(1.0 / (1.0 + np.exp(-(rules.slopes * scores + rules.intercepts))))


def settle(
    coder: Coder,
    asked: Sequence[Asked],
    scores: Scored,
    wanted: set[str],
    read: Callable[[Sequence[Themed]], list[Reading]],
) -> list[tuple[Found, ...]]:
    """Scores to findings: themes above their threshold, their evidence, stance and level.

    Args:
        coder: its themes, and its rules, are those of the scores.
        asked: the answers.
        scores: of these answers.
        wanted: ids of the themes that may be named.
        read: how stances and levels are read off stretches.
    """
    chances = find_chances(coder.rules, scores.answers)
    speaks = [bool(cuts) and not says_nothing(each.words) for each, cuts in zip(asked, scores.segments, strict=True)]
    named = (chances >= coder.rules.thresholds) & [theme in wanted for theme in coder.themes]
    named[~np.asarray(speaks, dtype=bool)] = False
    candidates = [
        _find_evidence(coder.rules, scores, chances, answer, theme) for answer, theme in np.argwhere(named).tolist()
    ]
    themed = [Themed(each.answer, each.theme, *span) for each in candidates for span in (each.span, *each.parts)]
    coded: list[tuple[Found, ...]] = [()] * len(asked)
    if themed:
        readings = iter(read(themed))
        for each in candidates:
            coded[each.answer] += tuple(_name(coder, each, [next(readings) for _ in (each.span, *each.parts)]))
    return coded


def _find_evidence(rules: Rules, scores: Scored, chances: NDArray[np.float64], answer: int, theme: int) -> _Candidate:
    segments = scores.segments[answer]
    chance = round(min(float(chances[answer, theme]), _SUREST), 4)
    if len(segments) == 1:
        return _Candidate(answer, theme, chance, segments[0][:2], (), 0)
    column = scores.each[scores.edges[answer] : scores.edges[answer + 1], theme].tolist()
    best = max(column)
    seed = column.index(best)
    run = _grow(rules, segments, column, seed)
    strong = [place for place, value in enumerate(column) if value >= best - rules.reach_across]
    places = sorted({*run, *strong})
    parts = tuple(segments[place][:2] for place in places) if len(places) > 1 else ()
    span = (segments[run[0]].start, segments[run[-1]].end)
    return _Candidate(answer, theme, chance, span, parts, places.index(seed) if parts else 0)


def _grow(rules: Rules, segments: tuple[Segment, ...], column: list[float], seed: int) -> list[int]:
    """The best segment and its neighbours of nearly its score, the better side first."""
    first = last = seed
    # The whole of a long answer is no evidence: nobody would find the words again.
    long = segments[-1].end - segments[0].start > _LONG
    most = max(len(segments) // 2, 1) if long else len(segments)
    while last - first + 1 < most:
        beside = [(first - 1, first), (last + 1, last)]
        near = [
            (column[place], -place)
            for place, edge in beside
            if 0 <= place < len(segments)
            and column[place]
            >= column[seed]
            - (rules.reach_inside if segments[place].sentence == segments[edge].sentence else rules.reach_across)
        ]
        if not near:
            break
        place = -max(near)[1]
        first, last = min(first, place), max(last, place)
    return list(range(first, last + 1))


def _name(coder: Coder, candidate: _Candidate, read: list[Reading]) -> list[Found]:
    """One mention of the whole evidence, or two when one part speaks clearly for and another clearly against."""
    whole = read[0]
    stances = whole.stances
    if candidate.parts:
        split = coder.rules.split
        leaning = [part.stances[_POSITIVE] - part.stances[_NEGATIVE] for part in read[1:]]
        most, least = leaning.index(max(leaning)), leaning.index(min(leaning))
        if leaning[most] >= split and leaning[least] <= -split:
            return [
                _find(coder, candidate, candidate.parts[place], read[1 + place], stance)
                for place, stance in sorted([(most, "positive"), (least, "negative")])
            ]
        # A neighbour may speak of something else ("Can't think of anything, they listened"): the best part tells again.
        best = read[1 + candidate.best].stances
        stances = [(own + other) / 2 for own, other in zip(stances, best, strict=True)]
    if leave_open(coder.rules, stances, whole.size):
        stances = whole.asked
    return [_find(coder, candidate, candidate.span, whole, STANCES[stances.index(max(stances))])]


def leave_open(rules: Rules, stances: Sequence[float], size: int) -> bool:
    """Whether words, so many, speak so unclearly that their stance must be read off question and role as well."""
    _, least, most = sorted(stances)
    return (most - least) * size < rules.open_lead


def _find(coder: Coder, candidate: _Candidate, span: tuple[int, int], read: Reading, stance: str) -> Found:
    level = LEVELS[read.levels.index(max(read.levels))]
    unsure = candidate.chance < coder.rules.sure
    return Found(coder.themes[candidate.theme], stance, level, candidate.chance, *span, unsure)
