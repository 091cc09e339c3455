"""Hand-coded answers go in; what a coder makes of each that learnt from other people's answers alone comes out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.dealing import deal_folds
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.gist import Gist
from coprod_cli.coding.learnt import LearntCoder, Manner, code_gists, read_levels
from coprod_cli.coding.presence import FOLDS, Schooling, find_chances, find_odds, fit_presence
from coprod_cli.coding.sampling import draw_lot
from coprod_cli.model.codes import Code
from coprod_cli.model.tables import LEVELS, STANCES

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_FAR_BELOW = -1e3
_SMALL = 1e-9
_STEPS = 50


@dataclass(frozen=True)
class Lessons:
    """Hand-coded answers, in one order.

    ids: of the answers. asked, gists, codes: of each. school: what presence is learnt from. places: of each theme, its
    place among the shipped coder's; -1 of one that it does not know. blind: whether each was coded with no machine's
    codes in sight.
    """

    ids: tuple[str, ...]
    asked: Sequence[Asked]
    gists: Sequence[Gist]
    codes: Sequence[tuple[Code, ...]]
    school: Schooling
    places: Places
    blind: NDArray[np.bool_]

    def keep(self, themes: NDArray[np.bool_]) -> "Lessons":
        """The same of some of the themes."""
        return replace(self, school=self.school.keep(themes), places=self.places[themes])


class Tested(NamedTuple):
    """Answers coded by coders that had learnt from others.

    chances: of each theme; named, sure: whether it was named, and whether that was left to a person or not; answers x
    themes. parts: which part of the answers each was left out with. size: how many answers a coder had learnt from, on
    average. found: the findings of each answer; none where they were not asked for.
    """

    chances: Array
    named: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    parts: Places
    size: int
    found: tuple[tuple[Found, ...], ...]

    def keep(self, themes: NDArray[np.bool_], wanted: Collection[str]) -> "Tested":
        """The same of some of the themes; wanted: their ids."""
        return self._replace(
            chances=self.chances[:, themes],
            named=self.named[:, themes],
            sure=self.sure[:, themes],
            found=tuple(tuple(each for each in found if each.theme in wanted) for found in self.found),
        )


def teach(lessons: Lessons, rows: Places, seed: int) -> LearntCoder:
    """A coder that has learnt from the answers in these rows."""
    return LearntCoder(fit_presence(lessons.school, rows, seed), lessons.places, find_manner(lessons, rows))


def leave_out(lessons: Lessons, groups: Sequence[str], seed: int, size: int = 0, *, in_full: bool = False) -> Tested:
    """Each group of answers coded by a coder that learnt from the others.

    Args:
        lessons: all answers.
        groups: of each answer; a group is left out whole.
        seed: of the lots.
        size: how many of the other answers are learnt from, drawn by lot; 0 for all.
        in_full: whether stances, levels and evidence are wanted, too.
    """
    school = lessons.school
    folds = deal_folds(groups, school.held, FOLDS, seed)
    chances = np.zeros(school.held.shape)
    named, sure = np.zeros(school.held.shape, bool), np.zeros(school.held.shape, bool)
    found: list[tuple[Found, ...]] = [()] * len(groups)
    sizes = []
    for fold in np.unique(folds):
        out, rows = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        if size:
            lots = sorted(rows.tolist(), key=lambda row: draw_lot(seed, f"curve {fold}", lessons.ids[row]))
            rows = np.asarray(sorted(lots[:size]), np.int64)
        sizes.append(len(rows))
        coder = teach(lessons, rows, seed)
        asked, gists = [lessons.asked[row] for row in out.tolist()], [lessons.gists[row] for row in out.tolist()]
        chances[out] = find_chances(find_odds(coder.presence, gists, [each.words for each in asked], lessons.places))
        named[out] = chances[out] >= coder.presence.thresholds
        sure[out] = named[out] & (chances[out] >= coder.presence.sure)
        if in_full:
            coded = code_gists(coder, asked, gists, set(school.themes))
            for row, each in zip(out.tolist(), coded, strict=True):
                found[row] = each
    return Tested(chances, named, sure, folds, round(float(np.mean(sizes))), tuple(found) if in_full else ())


def find_manner(lessons: Lessons, rows: Places) -> Manner:
    """What stances and levels may be told, and how often which level is meant of one's own themes.

    The last is a multinomial logistic curve with one number for each level (prior: normal of variance 1), beside what
    is read of them.
    """
    stances = {code.stance for row in rows for code in lessons.codes[row]} - {""}
    levels = {code.level for row in rows for code in lessons.codes[row]} - {""}
    own = _fit_levels(lessons, rows) if levels else _never(LEVELS, {"project"})
    return Manner(_never(STANCES, stances), _never(LEVELS, levels), own)


def _never(words: Sequence[str], said: set[str]) -> Array:
    """Far below 0 for each word that was never said, where any was."""
    return np.asarray([_FAR_BELOW * (bool(said) and word not in said) for word in words])


def _fit_levels(lessons: Lessons, rows: Places) -> Array:
    own = {theme for theme, place in zip(lessons.school.themes, lessons.places, strict=True) if place < 0}
    seen = [
        (read_levels(lessons.gists[row]), LEVELS.index(code.level))
        for row in rows
        for code in lessons.codes[row]
        if code.theme in own and code.level
    ]
    added = np.zeros(len(LEVELS))
    if not seen:
        return added
    read = np.asarray([levels for levels, _ in seen])
    true = np.eye(len(LEVELS))[[level for _, level in seen]]
    for _ in range(_STEPS):
        odds = np.exp(read + added - (read + added).max(axis=1, keepdims=True))
        chances = odds / odds.sum(axis=1, keepdims=True)
        bend = np.diag(chances.sum(axis=0)) - chances.T @ chances + np.eye(len(LEVELS))
        step = np.linalg.solve(bend, (chances - true).sum(axis=0) + added)
        added = added - step
        if np.abs(step).max() < _SMALL:
            break
    return np.asarray(added.round(6))


def name_shipped(lessons: Lessons) -> NDArray[np.bool_]:
    """Which themes the shipped coder names, by its own thresholds; answers x themes."""
    school = lessons.school
    return np.asarray((find_chances(school.odds) >= school.shipped_thresholds) & school.known)
