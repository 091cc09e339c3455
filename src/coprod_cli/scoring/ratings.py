"""Ratings go in; each voice's closed items, one by one and averaged by dimension, and which were asked, come out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.survey import Question

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int16]
_NOTHING: Places = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Ratings:
    """One line a voice and item asked, sorted by voice and item.

    names: of the items; dimension: the place of each item's dimension. voice, item: places. mean: of what the voice's
    forms say, 0..100, NaN where none says anything.
    """

    names: tuple[str, ...]
    dimension: Places
    voice: Places
    item: Places
    mean: Matrix

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Ratings":
        """Those of some voices, numbered anew."""
        lines = kept[self.voice]
        return self._pick(lines, (np.cumsum(kept) - 1)[self.voice[lines]])

    def take(self, start: int, stop: int) -> "Ratings":
        """Those of the voices from start to before stop, numbered from 0."""
        first, last = np.searchsorted(self.voice, [start, stop])
        lines = slice(int(first), int(last))
        return self._pick(lines, self.voice[lines] - start)

    def only(self, items: Collection[str]) -> "Ratings":
        """Those of some items."""
        wanted = np.array([*(name in items for name in self.names), False])[self.item]
        return self._pick(wanted, self.voice[wanted])

    def hold(self, voices: npt.NDArray[np.bool_]) -> "Ratings":
        """Those of some voices, numbers left as they are."""
        lines = voices[self.voice]
        return self._pick(lines, self.voice[lines])

    def _pick(self, lines: npt.NDArray[np.bool_] | slice, voice: Places) -> "Ratings":
        return Ratings(self.names, self.dimension, voice, self.item[lines], self.mean[lines])


NO_RATINGS = Ratings((), _NOTHING, _NOTHING, _NOTHING, np.zeros(0))


def list_ratings(
    ratings: pd.DataFrame, voices: Places, questions: Sequence[Question], dimensions: Sequence[str]
) -> Ratings:
    """What each voice says of each item that is tied to a dimension, repeats averaged.

    Args:
        ratings: Rating rows.
        voices: the place of the voice of each of those rows.
        questions: which item belongs to which dimension.
        dimensions: their ids.
    """
    place_of = {name: place for place, name in enumerate(dimensions)}
    dimension_of = {each.name: place_of[each.dimension] for each in questions if each.dimension in place_of}
    names = tuple(sorted(dimension_of))
    numbered = ratings["item"].map({name: place for place, name in enumerate(names)})
    known = numbered.notna().to_numpy()
    items: Places = np.asarray(numbered[known], dtype=np.int64)
    scores = ratings["score"].to_numpy()[known]
    voice, item, mean = _average_repeats(voices[known], items, scores, len(names))
    return Ratings(names, np.array([dimension_of[name] for name in names], dtype=np.int64), voice, item, mean)


def average_by_dimension(ratings: Ratings, voices: int, dimensions: int) -> tuple[Matrix, Counts]:
    """Means of closed items and how many were answered, voices x dimensions.

    NaN where fewer than half of the items asked, rounded up, were answered.
    """
    size = voices * dimensions
    cell = ratings.voice * dimensions + ratings.dimension[ratings.item]
    rated = ~np.isnan(ratings.mean)
    # Summed in the order of voice, dimension and score, so that neither the order of rows nor names change a bit.
    order = np.lexsort((ratings.mean, cell))
    asked, given, total = (
        np.bincount(cell[order], weights=each[order], minlength=size).reshape(voices, -1)
        for each in (np.ones(len(rated)), rated, np.nan_to_num(ratings.mean))
    )
    enough = (given > 0) & (given >= np.ceil(asked / 2))
    return np.where(enough, total / np.maximum(given, 1), np.nan), given.astype(np.int16)


def find_asked(ratings: Ratings, group: Places, groups: int) -> npt.NDArray[np.bool_]:
    """Which items anybody of each group answered, groups x items.

    group: the place of each voice's group.
    """
    found = np.zeros((groups, len(ratings.names)), dtype=np.bool_)
    there = ~np.isnan(ratings.mean)
    found[group[ratings.voice[there]], ratings.item[there]] = True
    return found


def _average_repeats(voices: Places, items: Places, scores: Matrix, wide: int) -> tuple[Places, Places, Matrix]:
    """Each voice's items once, with the mean of what its forms say of it; NaN where none does."""
    order = np.lexsort((scores, items, voices))
    voices, items, scores = voices[order], items[order], scores[order]
    pair = voices * wide + items
    first = np.ones(len(pair), dtype=np.bool_)
    first[1:] = pair[1:] != pair[:-1]
    own = np.cumsum(first) - 1
    there = ~np.isnan(scores)
    times = np.bincount(own, weights=there, minlength=int(first.sum()))
    total = np.bincount(own, weights=np.nan_to_num(scores), minlength=int(first.sum()))
    mean = np.divide(total, times, out=np.full(len(times), np.nan), where=times > 0)
    return voices[first], items[first], mean
