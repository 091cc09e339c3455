"""Answers go in; themes, stances, levels and evidence by the shipped trained coder come out (engine `trained`).

Two linear models score the themes: one reads the whole answer, one each segment within its answer. Their mean, on a
logistic curve fitted to writers left out, is the chance that the theme is there. The segments that carry a theme are
its evidence. A third model reads its stance off these words; a fourth reads its level off words, question and role, and
also its stance where the words leave that open.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.coder import Coder, Reading, Rules, Scores, Themed, leave_open, score_mentions, score_themes
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.segments import Segment
from coprod_cli.coding.shipped import load_coder
from coprod_cli.coding.silence import says_nothing
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import LEVELS, STANCES

_BATCH = 2000
# The curve runs on to 1 where the corpus has too few answers to bear it out; no machine reading is that sure.
_SUREST = 0.99
_POSITIVE, _NEGATIVE = STANCES.index("positive"), STANCES.index("negative")


class _Candidate(NamedTuple):
    """Evidence of a theme in one answer.

    parts: the segments in which its stance may differ; none when there is one. best: which of them speaks most of the
    theme; 0 when there are none.
    """

    theme: str
    chance: float
    span: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    best: int


def code_by_training(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    """Code with the shipped coder. Themes of the framework that it was not trained on are not found by it.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    return code_with(load_coder(), asked, {theme.id for theme in framework.themes})


def code_with(coder: Coder, asked: Sequence[Asked], wanted: set[str]) -> list[tuple[Found, ...]]:
    """Code with any trained coder; only wanted themes are named."""
    coded: list[tuple[Found, ...]] = []
    for begin in range(0, len(asked), _BATCH):
        batch = asked[begin : begin + _BATCH]
        coded.extend(settle(coder, batch, score_themes(coder, batch), wanted))
    return coded


def settle(coder: Coder, asked: Sequence[Asked], scores: Scores, wanted: set[str]) -> list[tuple[Found, ...]]:
    """Scores to findings: themes above their threshold, their evidence, stance and level."""
    chances = find_chances(coder.rules, scores.answers)
    candidates = [
        [] if says_nothing(each.words) else _find_evidence(coder, chances[number], *scores.segments[number], wanted)
        for number, each in enumerate(asked)
    ]
    themed = [
        Themed(number, candidate.theme, asked[number].words[start:end])
        for number, found in enumerate(candidates)
        for candidate in found
        for start, end in (candidate.span, *candidate.parts)
    ]
    if not themed:
        return [() for _ in asked]
    read = iter(score_mentions(coder, asked, themed))
    return [
        tuple(
            mention
            for candidate in found
            for mention in _name(candidate, [next(read) for _ in (candidate.span, *candidate.parts)], coder.rules.split)
        )
        for found in candidates
    ]


def find_chances(rules: Rules, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores of answers to calibrated chances that the themes are there; both answers x themes."""
    return np.asarray(1.0 / (1.0 + np.exp(-(rules.slopes * scores + rules.intercepts))))


def _find_evidence(
    coder: Coder,
    chances: NDArray[np.float64],
    segments: tuple[Segment, ...],
    scored: NDArray[np.float32],
    wanted: set[str],
) -> list[_Candidate]:
    found = []
    for number in np.flatnonzero(chances >= coder.rules.thresholds) if segments else ():
        theme = coder.themes[number]
        if theme not in wanted:
            continue
        column = scored[:, number]
        chance = round(min(float(chances[number]), _SUREST), 4)
        seed = int(column.argmax())
        run = _grow(coder.rules, segments, column, seed)
        strong = np.flatnonzero(column >= column.max() - coder.rules.reach_across)
        places = sorted({*run, *strong.tolist()})
        parts = tuple(segments[place][:2] for place in places) if len(places) > 1 else ()
        span = (segments[run[0]].start, segments[run[-1]].end)
        found.append(_Candidate(theme, chance, span, parts, places.index(seed) if parts else 0))
    return sorted(found)


def _grow(rules: Rules, segments: tuple[Segment, ...], column: NDArray[np.float32], seed: int) -> list[int]:
    run = [seed]
    for step in (-1, 1):
        place = seed + step
        while 0 <= place < len(segments):
            inside = segments[place].sentence == segments[place - step].sentence
            if column[place] < column[seed] - (rules.reach_inside if inside else rules.reach_across):
                break
            run.append(place)
            place += step
    return sorted(run)


def _name(candidate: _Candidate, read: list[Reading], split: float) -> list[Found]:
    """One mention of the whole evidence, or two when one part speaks clearly for and another clearly against."""
    whole = read[0]
    stances = whole.stances
    if candidate.parts:
        leaning = [float(part.stances[_POSITIVE] - part.stances[_NEGATIVE]) for part in read[1:]]
        most, least = int(np.argmax(leaning)), int(np.argmin(leaning))
        if leaning[most] >= split and leaning[least] <= -split:
            return [
                _find(candidate, candidate.parts[place], read[1 + place], stance)
                for place, stance in sorted([(most, "positive"), (least, "negative")])
            ]
        # A neighbour may speak of something else ("Can't think of anything, they listened"): the best part tells again.
        stances = np.asarray((stances + read[1 + candidate.best].stances) / 2, dtype=np.float32)
    if leave_open(stances, whole.size):
        stances = whole.asked
    return [_find(candidate, candidate.span, whole, STANCES[int(stances.argmax())])]


def _find(candidate: _Candidate, span: tuple[int, int], read: Reading, stance: str) -> Found:
    return Found(candidate.theme, stance, LEVELS[int(read.levels.argmax())], candidate.chance, *span)
