"""A survey goes in; what every voice ticked, item by item and as it was ticked, comes out.

Scores are turned so that 100 is good. How people tick (the same box throughout, or a lean to yes) shows only in the
answers as they were given, so reversed items are turned back here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.scoring.evidence import VOICE, Group, Heard, Matrix, Places, number_voices
from coprod_cli.scoring.ratings import list_ratings

Mask = npt.NDArray[np.bool_]
# Whoever ticked fewer boxes may tick the same one by chance. A convention.
LEAST_TICKS = 6


@dataclass(frozen=True)
class Ticks:
    """Rows are voices, in the order of Heard.voices; columns are items that are tied to a dimension, by id.

    dimension: the place of each item's dimension, of `dimensions` there are. reversed_: whether a high answer is bad
    news. scores: after direction, NaN where no step was ticked. given: whether the voice said anything, if only that it
    does not know.
    """

    items: tuple[str, ...]
    dimension: Places
    dimensions: int
    reversed_: Mask
    scores: Matrix
    given: Mask

    def take(self, part: slice | Mask) -> "Ticks":
        """Those of some voices."""
        return Ticks(self.items, self.dimension, self.dimensions, self.reversed_, self.scores[part], self.given[part])

    @property
    def raw(self) -> Matrix:
        """The steps as they were ticked: 100 is the high end of the question, good or bad."""
        return np.where(self.reversed_, 100 - self.scores, self.scores)

    @cached_property
    def answered(self) -> Matrix:
        """How many items of each dimension were answered, voices x dimensions."""
        return self._sum_by_dimension((~np.isnan(self.scores)).astype(float))

    @cached_property
    def halves(self) -> tuple[Matrix, Matrix]:
        """Mean scores of forward and of reversed items, voices x dimensions; NaN where there are none."""
        there = ~np.isnan(self.scores)
        forward, reversed_ = (
            (
                self._sum_by_dimension(np.where(kind, np.nan_to_num(self.scores), 0.0)),
                self._sum_by_dimension(there * kind),
            )
            for kind in (~self.reversed_, self.reversed_)
        )
        return _divide(*forward), _divide(*reversed_)

    def find_straight(self) -> Mask:
        """Voices that ticked the same step of every item, reversed ones too."""
        there = ~np.isnan(self.scores)
        low = np.where(there, self.raw, np.inf).min(axis=1, initial=np.inf)
        high = np.where(there, self.raw, -np.inf).max(axis=1, initial=-np.inf)
        both = (there & self.reversed_).any(axis=1) & (there & ~self.reversed_).any(axis=1)
        return np.asarray(both & (there.sum(axis=1) >= LEAST_TICKS) & (low == high))

    def find_lean(self) -> Matrix:
        """The acquiescence index of each voice: 50 where forward and reversed items tell the same; NaN without both.

        Within a dimension, the mean of the forward items and of the reversed ones as ticked, half each; then the mean
        over dimensions that have both, so that no dimension's own level enters.
        """
        forward, reversed_ = self.halves
        leans = (forward + 100 - reversed_) / 2
        there = ~np.isnan(leans)
        return _divide(np.nan_to_num(leans).sum(axis=1), there.sum(axis=1))

    def balance(self) -> Matrix:
        """Means of dimensions where forward and reversed items count half each; voices x dimensions."""
        forward, reversed_ = self.halves
        both = (forward + reversed_) / 2
        return np.where(np.isnan(both), np.where(np.isnan(forward), reversed_, forward), both)

    def _sum_by_dimension(self, values: npt.NDArray[np.float64] | Mask) -> Matrix:
        belongs = self.dimension[:, None] == np.arange(self.dimensions)
        return np.asarray(values @ belongs.astype(float))


def gather_ticks(survey: Survey, heard: Heard, framework: Framework) -> Ticks:
    """What every voice of `heard` ticked; nothing of voices that do not count."""
    voices, _ = number_voices(survey.responses)
    places = {response: place for place, response in enumerate(survey.responses["response"])}
    voice_of = voices[survey.ratings["response"].map(places).to_numpy(dtype=np.int64)]
    listed = list_ratings(survey.ratings, voice_of, survey.questions, heard.dimensions)
    scores = np.full((len(heard.voices), len(listed.names)), np.nan)
    given = np.zeros(scores.shape, dtype=np.bool_)
    scores[listed.voice, listed.item] = listed.mean
    given[listed.voice, listed.item] = True
    mute = ~(heard.voices["weight"].to_numpy() > 0)
    scores[mute], given[mute] = np.nan, False
    directions = _find_directions(survey, framework)
    reversed_ = np.array([directions.get(name, 1) < 0 for name in listed.names], dtype=np.bool_)
    return Ticks(listed.names, listed.dimension, len(heard.dimensions), reversed_, scores, given)


def split_ticks(ticks: Ticks, heard: Heard) -> dict[Group, Ticks]:
    """The same by group, rows in the order of Said.people."""
    return {group: ticks.take(part) for group, part in list_parts(heard).items()}


def list_parts(heard: Heard) -> dict[Group, slice]:
    """Where the voices of each group stand in the tables of `heard`."""
    sizes = heard.voices.groupby(VOICE[:3], sort=True).size()
    ends = np.cumsum(sizes.to_numpy())
    return {
        Group(*(str(name) for name in group)): slice(int(end - size), int(end))
        for group, size, end in zip(sizes.index, sizes, ends, strict=True)
    }


def _find_directions(survey: Survey, framework: Framework) -> Mapping[str, int]:
    """-1 for items whose high answers are bad news: as the survey's columns were read, else as the framework says."""
    read = {
        column.name: column.scale.direction
        for source in survey.sources
        for column in source.columns
        if column.kind is ColumnKind.ITEM and column.scale
    }
    return {item.id: item.direction for item in framework.items} | read


def _divide(top: npt.NDArray[np.float64], bottom: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> Matrix:
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))
