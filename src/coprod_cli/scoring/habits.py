"""How people of one role ticked goes in; whether their habits of answering bend the scores comes out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import special

from coprod_cli.model.findings import Habits, Unanswered
from coprod_cli.model.framework import Framework, Scoring, Thresholds
from coprod_cli.scoring.evidence import Matrix, Places
from coprod_cli.scoring.intervals import (
    Seen,
    count_effective,
    draw_means,
    estimate_means,
    find_reach,
    find_stretch,
    measure_variances,
    place_draws,
)
from coprod_cli.scoring.reliability import count_people
from coprod_cli.scoring.ticks import Mask, Ticks

# The first thousand of the very draws that scores rest on: enough for the range of something that is no score.
DRAWS = 1000
# From this share on, what people do not know tells something of the work: a convention.
MUCH_UNANSWERED = 0.20
_TWO, _TOP = 2, 100.0
_BLOCK = 20_000
Value = TypeVar("Value", np.float64, np.bool_)


@dataclass(frozen=True)
class Voices:
    """The voices of one role. Rows are alike in all: one person, project and round.

    names: what people's chances are drawn by. people: who, as place. weights: of the survey. items: means of closed
    items, rows x dimensions. asked: which items were put to the row's group, rows x items.
    """

    role: str
    names: Sequence[str]
    people: Places
    weights: npt.NDArray[np.float64]
    items: Matrix
    commented: Mask
    ticks: Ticks
    asked: Mask


def find_habits(voices: Voices, framework: Framework, thresholds: Thresholds, seed: int) -> Iterator[Habits]:
    """The habits of the people who answered closed questions; none where these are fewer than the minimum base."""
    rated = np.asarray(voices.ticks.given.any(axis=1))
    count = count_people(voices.people[rated])
    if count < max(thresholds.min_base, _TWO):
        return
    closed = _average_person(voices.items, framework)
    tilted = _Ranger(voices, framework.scoring.level, seed, thresholds.min_base)
    commenters = voices.commented & ~np.isnan(closed)
    tilt = tilted.compare(np.where(commenters, closed, np.nan), closed)
    lean = _take_in_blocks(voices.ticks, Ticks.find_lean)
    leant = tilted.average(lean)
    straight = _take_in_blocks(voices.ticks, Ticks.find_straight)
    # Survey weights stay out of what was not answered, here as in `find_unanswered`.
    plain = _Ranger(replace(voices, weights=np.ones(len(rated))), framework.scoring.level, seed, thresholds.min_base)
    missing = plain.place(_share_missing(voices, rated), framework.scoring)
    yield Habits(
        role=voices.role,
        people=count,
        commenters=count_people(voices.people[commenters]),
        tilt=tilt[0],
        tilt_low=tilt[1],
        tilt_high=tilt[2],
        straight_liners=count_people(voices.people[straight]) if _asks_both_ways(voices.ticks) else -1,
        acquiescence=leant[0],
        acquiescence_people=count_people(voices.people[~np.isnan(lean)]),
        missing=missing[0],
        acquiescence_low=leant[1],
        acquiescence_high=leant[2],
        missing_low=missing[1],
        missing_high=missing[2],
    )


def find_unanswered(voices: Voices, thresholds: Thresholds) -> Iterator[Unanswered]:
    """Each item that was put to at least as many people as a percentage needs, and how many never answered it."""
    rated = voices.ticks.given.any(axis=1)
    for column, item in enumerate(voices.ticks.items):
        asked = _find_people(voices, voices.asked[:, column] & rated)
        count = int(asked.sum())
        if count >= max(thresholds.percent_base, 1):
            spoke = _find_people(voices, voices.ticks.given[:, column] & rated)
            answered = _find_people(voices, ~np.isnan(voices.ticks.scores[:, column]) & rated)
            left = float((asked & ~spoke).sum() / count)
            unknown = float((asked & spoke & ~answered).sum() / count)
            yield Unanswered(voices.role, item, count, left, unknown, left + unknown >= MUCH_UNANSWERED)


def _find_people(voices: Voices, rows: Mask) -> Mask:
    """The people of whom any of these rows is, by place."""
    return np.asarray(np.bincount(voices.people[rows], minlength=int(voices.people.max(initial=-1)) + 1) > 0)


def _share_missing(voices: Voices, rated: Mask) -> Matrix:
    """Of each row, the share of the questions put to it that have no answer; NaN where it answered nothing at all."""
    missing = (voices.asked & np.isnan(voices.ticks.scores)).sum(axis=1)
    put = voices.asked.sum(axis=1)
    return np.asarray(np.divide(missing, put, out=np.full(len(put), np.nan), where=rated & (put > 0)))


def _take_in_blocks(ticks: Ticks, find: Callable[[Ticks], npt.NDArray[Value]]) -> npt.NDArray[Value]:
    """What is found of each row, some rows at a time, so that memory does not grow with people times items."""
    starts = range(0, len(ticks.scores), _BLOCK)
    return np.concatenate([find(ticks.take(slice(start, start + _BLOCK))) for start in starts])


def _average_person(items: Matrix, framework: Framework) -> Matrix:
    """The mean of what each row says of the dimensions, weighted as these are; NaN for nothing."""
    there = ~np.isnan(items)
    weights = np.array([each.weight for each in framework.dimensions])
    total = there @ weights
    mean = np.divide(np.nan_to_num(items) @ weights, total, out=np.full(len(items), np.nan), where=total > 0)
    return np.asarray(mean)


def _asks_both_ways(ticks: Ticks) -> bool:
    there = ~np.isnan(ticks.scores).all(axis=0)
    return bool((there & ticks.reversed_).any() and (there & ~ticks.reversed_).any())


@dataclass(frozen=True)
class _Ranger:
    """Means over people with their likely range: the same Bayesian bootstrap, people drawn with all that they say.

    Each person counts once, with the mean of the rows that say anything. least: the fewest people behind a mean, by
    their effective number; NaN all through where there are fewer.
    """

    voices: Voices
    level: float
    seed: int
    least: int

    def average(self, values: Matrix) -> tuple[float, float, float]:
        """The mean of one thing, 0..100, with the ends of its range."""
        return self._find(values[:, None], np.array([1.0]), (0.0, _TOP))

    def place(self, shares: Matrix, rules: Scoring) -> tuple[float, float, float]:
        """The mean of shares, with a score interval as scores have, so that nobody of few people is no certainty."""
        place = np.unique(self.voices.people, return_inverse=True)[1]
        weights = self.voices.weights
        said = _TOP * _average_rows(shares, weights, place)[:, None]
        own = _average_rows(weights, np.ones(len(place)), place)
        people = count_effective(own[~np.isnan(said[:, 0])])
        if people < max(self.least, _TWO):
            return nan, nan, nan
        means = estimate_means(said, own)
        mean, variance = float(means[0]), float(measure_variances(said, own, means)[0])
        reach = find_reach(Seen(mean, variance, people), rules.prior_sd, rules.prior_df, self.level)
        end = float(special.ndtri(0.5 + self.level / 2))
        low, high = (float(each) for each in place_draws(np.array([-end, end]), mean, reach))
        return mean / _TOP, min(low, mean) / _TOP, max(high, mean) / _TOP

    def compare(self, some: Matrix, everyone: Matrix) -> tuple[float, float, float]:
        """The mean of some rows less the mean of all, both 0..100, with the ends of its range."""
        return self._find(np.column_stack([some, everyone]), np.array([1.0, -1.0]), (-_TOP, _TOP))

    def _find(
        self, values: Matrix, signs: npt.NDArray[np.float64], bounds: tuple[float, float]
    ) -> tuple[float, float, float]:
        first, place = np.unique(self.voices.people, return_index=True, return_inverse=True)[1:]
        weights = self.voices.weights
        own, names = _average_rows(weights, np.ones(len(place)), place), [self.voices.names[at] for at in first]
        said = np.column_stack([_average_rows(column, weights, place) for column in values.T])
        # Who counts for many others hides their number: what is told would be that person's own.
        people = [count_effective(own[~np.isnan(column)]) for column in said.T]
        if min(people) < max(self.least, _TWO):
            return nan, nan, nan
        mean = float(signs @ estimate_means(said, own))
        draws = signs @ draw_means(said, own, names, self.seed, DRAWS)
        stretched = np.clip(mean + (draws - mean) * find_stretch(people[0], self.level), *bounds)
        ends = np.quantile(stretched, [0.5 - self.level / 2, 0.5 + self.level / 2])
        return mean, min(float(ends[0]), mean), max(float(ends[1]), mean)


def _average_rows(values: Matrix, weights: Matrix, place: Places) -> Matrix:
    """The weighted mean of each person's rows, NaN left out; NaN for a person without any."""
    there = ~np.isnan(values)
    top = np.bincount(place, np.where(there, values, 0.0) * weights)
    whole = np.bincount(place, there * weights)
    return np.asarray(np.divide(top, whole, out=np.full(len(top), np.nan), where=whole > 0))
