"""Counts of people by theme, project and stance go in; the same with small ones withheld, beyond subtraction, come out.

Primary: counts from 1 to just below the small cell, zeros of small groups, groups under the minimum. Secondary: a
withheld count never stands alone in a sum, over the projects of a theme or over the stances of a project, nor are
those withheld together a small number: what is withheld can be told as "the rest", which is never a small number.
"""

from collections import defaultdict
from math import isnan, nan

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import ThemeCount, require, rows, table

WITHHELD = -1
EXACT_FROM = 100
PARTS = ("people", "positive", "mixed", "negative", "neutral")


def round_base(people: float, step: int) -> int:
    """A base of fewer than 100 people to the nearest step, halves up; larger ones as they are."""
    return int(people) if people >= EXACT_FROM else int((people + step / 2) // step * step)


def show_base(people: float, limits: Thresholds, step: int) -> int:
    """A base as it may be shown: withheld when 1 or more but too few, else rounded."""
    return WITHHELD if 0 < people < limits.min_base else round_base(people, step)


def withhold_counts(counts: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """ThemeCount rows with small cells withheld, and enough others for none to be had by subtraction."""
    by_theme: dict[tuple[str, str, str], list[ThemeCount]] = defaultdict(list)
    most: dict[tuple[str, str, str], float] = defaultdict(float)
    for each in rows(counts, ThemeCount):
        by_theme[each.role, each.wave, each.theme].append(each)
        group = (each.project, each.role, each.wave)
        most[group] = max(most[group], each.people)
    shown: list[ThemeCount] = []
    for together in by_theme.values():
        ordered = sorted(together, key=lambda each: each.project)
        cells = np.array([[getattr(each, part) for part in PARTS] for each in ordered])
        hidden = _hide_cells(cells, np.array([each.commenters for each in ordered]), limits)
        for each, values, mask in zip(ordered, cells, hidden, strict=True):
            kept = dict(zip(PARTS, np.where(mask, nan, values).tolist(), strict=True))
            base = _show_commenters(each.commenters, most[each.project, each.role, each.wave], limits)
            shown.append(each._replace(**kept, commenters=base))
    return require(table(shown, ThemeCount), ThemeCount)


def find_unled(exact: pd.DataFrame, shown: pd.DataFrame) -> frozenset[tuple[str, str, str]]:
    """The (project, role, wave) where a withheld theme was raised by as many people as the first of those shown."""
    told: dict[tuple[str, str, str], float] = defaultdict(float)
    hidden: dict[tuple[str, str, str], float] = defaultdict(float)
    for real, each in zip(rows(exact, ThemeCount), rows(shown, ThemeCount), strict=True):
        group = (each.project, each.role, each.wave)
        side = hidden if isnan(each.people) else told
        side[group] = max(side[group], real.people)
    return frozenset(group for group, people in hidden.items() if people >= told[group])


def _show_commenters(people: float, most: float, limits: Thresholds) -> float:
    """The rounded base of commenters, never fewer than the largest count beside it; NaN when withheld."""
    base = show_base(people, limits, limits.round_base)
    if base == WITHHELD:
        return nan
    return float(base if base >= most else base + limits.round_base)


def _hide_cells(
    cells: npt.NDArray[np.float64], commenters: npt.NDArray[np.float64], limits: Thresholds
) -> npt.NDArray[np.bool_]:
    """Which cells to withhold. Row 0 is the sum of the rows below it; column 0 is the sum of the columns beside it."""
    few = (cells > 0) & (cells < limits.small_cell)
    none = (cells == 0) & (commenters[:, None] < limits.percent_base)
    hidden = np.asarray(few | none | (commenters[:, None] < limits.min_base), dtype=np.bool_)
    hidden |= hidden[:, :1]
    before = np.zeros_like(hidden)
    while not np.array_equal(hidden, before):
        before = hidden.copy()
        for row in range(len(cells)):
            _guard_sum(cells[row], hidden[row], limits.small_cell)
        if len(cells) > 1:
            for column in range(cells.shape[1]):
                _guard_sum(cells[:, column], hidden[:, column], limits.small_cell)
    return hidden


def _guard_sum(values: npt.NDArray[np.float64], hidden: npt.NDArray[np.bool_], small_cell: int) -> None:
    """Withhold more of a line, its sum first, until subtraction gives neither one cell nor a small number of people.

    Where the sum is shown, the parts withheld must together be at least a small cell; where it is not, it must not be
    the only one withheld. The smallest part goes next; when none is left, the sum goes.
    """
    while hidden.any() and (hidden.sum() == 1 or (not hidden[0] and values[hidden].sum() < small_cell)):
        parts = [place for place in range(1, len(values)) if not hidden[place]]
        hidden[min(parts, key=lambda place: (values[place], place)) if parts else 0] = True
