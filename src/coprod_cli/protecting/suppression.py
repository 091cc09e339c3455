"""Counts of people by theme, project and stance go in; the same with small ones withheld, beyond subtraction, come out.

Primary: counts from 1 to just below the small cell, zeros of small groups, groups under the minimum. Secondary: what is
withheld together, of a row or of a column, is never a small number, so that it can be told as "the rest"; and each of
the primary ones could, for all that is told, be any of as many values as a small cell has people (partners.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import isnan, nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import ThemeCount, require, rows, table
from coprod_cli.protecting.bounds import Cells, Mask, Sheet
from coprod_cli.protecting.partners import hide_partners
from coprod_cli.protecting.totals import UNTOLD, Size, choose_step, round_to, spread

WITHHELD = -1
EXACT_FROM = 100
SEVERAL = 5
LONE = 2
PARTS = ("people", "positive", "mixed", "negative", "neutral")
Key = tuple[str, str, str, str]


class Past(NamedTuple):
    """What earlier results do to the counts of one theme in one project, in the order of PARTS.

    barred: may not be told now. fixed: what it was is known, so that it cannot hide another.
    """

    barred: tuple[bool, ...]
    fixed: tuple[bool, ...]


NO_PAST = Past((False,) * len(PARTS), (False,) * len(PARTS))


def round_base(people: float, step: int) -> int:
    """A base of fewer than 100 people to the nearest step, halves up; larger ones as they are."""
    return int(people) if people >= EXACT_FROM else round_to(people, step)


def show_base(people: float, limits: Thresholds) -> int:
    """A base as it may be shown: withheld when 1 or more but too few, else rounded."""
    return WITHHELD if 0 < people < limits.min_base else round_base(people, limits.round_base)


def know_base(shown: float, limits: Thresholds) -> Size:
    """What a reader knows of a base that is told."""
    if not shown or shown > EXACT_FROM:
        return Size(int(shown), int(shown))
    size = spread(int(shown), limits.round_base)
    return Size(size.low, min(size.high, EXACT_FROM))


def show_sum(people: int, beside: Iterable[int], limits: Thresholds) -> tuple[int, int]:
    """A base that sums up others, beside those as they are shown: the step it is rounded to, and the base."""
    shown = list(beside)
    told = [know_base(each, limits) for each in shown if each != WITHHELD]
    usual = 1 if people >= EXACT_FROM else limits.round_base
    step = choose_step(people, told, len(shown) - len(told), limits.min_base - 1, limits.small_cell)
    if step == UNTOLD:
        return usual, WITHHELD
    return (usual, show_base(people, limits)) if step <= usual else (step, round_to(people, step))


def withhold_counts(counts: pd.DataFrame, limits: Thresholds, past: Mapping[Key, Past] | None = None) -> pd.DataFrame:
    """ThemeCount rows with small cells withheld, and enough others for none to be had by subtraction.

    Args:
        counts: ThemeCount rows, exact.
        limits: of the audience.
        past: by project, role, wave and theme, what earlier results do to the counts.
    """
    by_theme: dict[tuple[str, str, str], list[ThemeCount]] = defaultdict(list)
    for each in rows(counts, ThemeCount):
        by_theme[each.role, each.wave, each.theme].append(each)
    bases = _show_commenters(list(rows(counts, ThemeCount)), limits)
    shown: list[ThemeCount] = []
    for together in by_theme.values():
        ordered = sorted(together, key=lambda each: each.project)
        before = [(past or {}).get((each.project, each.role, each.wave, each.theme), NO_PAST) for each in ordered]
        cells = np.array([[getattr(each, part) for part in PARTS] for each in ordered])
        hidden = _hide_cells(cells, np.array([each.commenters for each in ordered]), before, limits)
        for each, values, mask in zip(ordered, cells, hidden, strict=True):
            kept = dict(zip(PARTS, np.where(mask, nan, values).tolist(), strict=True))
            shown.append(each._replace(**kept, commenters=bases[each.project, each.role, each.wave]))
    return require(table(shown, ThemeCount), ThemeCount)


def find_several(exact: pd.DataFrame, shown: pd.DataFrame) -> frozenset[Key]:
    """The themes that several people raised in a project of which so few wrote that nothing can be counted."""
    return frozenset(
        (each.project, each.role, each.wave, each.theme)
        for real, each in zip(rows(exact, ThemeCount), rows(shown, ThemeCount), strict=True)
        if each.project and isnan(each.commenters) and isnan(each.people) and real.people >= SEVERAL
    )


def find_unled(exact: pd.DataFrame, shown: pd.DataFrame) -> frozenset[tuple[str, str, str]]:
    """The (project, role, wave) where a withheld theme was raised by as many people as the first of those shown."""
    told: dict[tuple[str, str, str], float] = defaultdict(float)
    hidden: dict[tuple[str, str, str], float] = defaultdict(float)
    for real, each in zip(rows(exact, ThemeCount), rows(shown, ThemeCount), strict=True):
        group = (each.project, each.role, each.wave)
        side = hidden if isnan(each.people) else told
        side[group] = max(side[group], real.people)
    return frozenset(group for group, people in hidden.items() if people >= told[group])


def _show_commenters(counts: Iterable[ThemeCount], limits: Thresholds) -> dict[tuple[str, str, str], float]:
    """The rounded base of commenters of each group, never fewer than the largest count beside it; NaN when withheld.

    That of all projects is rounded further, or withheld, where it would give a withheld group away.
    """
    people: dict[tuple[str, str, str], float] = {}
    most: dict[tuple[str, str, str], float] = defaultdict(float)
    for each in counts:
        group = (each.project, each.role, each.wave)
        people[group] = each.commenters
        most[group] = max(most[group], each.people)
    shown: dict[tuple[str, str, str], float] = {}
    for group, commenters in people.items():
        beside = [show_base(people[each], limits) for each in people if each[0] and each[1:] == group[1:]]
        step, base = show_sum(int(commenters), beside if not group[0] else [], limits)
        lifted = base if base >= most[group] else base + step
        shown[group] = nan if base == WITHHELD else float(lifted)
    return shown


def _hide_cells(cells: Cells, commenters: Cells, past: list[Past], limits: Thresholds) -> Mask:
    """Which cells to withhold. Row 0 is the sum of the rows below it; column 0 is the sum of the columns beside it."""
    barred, fixed = np.moveaxis(np.array(past), 1, 0)
    if len(cells) == LONE and np.array_equal(cells[0], cells[1]):  # the only project is all of them
        both = Past(tuple(barred.any(axis=0)), tuple(fixed.any(axis=0)))
        return np.tile(_hide_cells(cells[:1], commenters[:1], [both], limits), (LONE, 1))
    unsaid = commenters < limits.min_base
    few = (cells > 0) & (cells < limits.small_cell)
    none = (cells == 0) & (commenters[:, None] < limits.percent_base)
    if commenters[0] >= limits.percent_base:
        none &= cells[0] > 0  # that nobody at all did is told
    primary = few | none | unsaid[:, None]
    hidden = np.asarray(primary | barred, dtype=np.bool_)
    # A sum that is withheld, or that lays open what became of a number told earlier, tells nothing at all.
    hidden[0] |= hidden[0, 0] or (barred & fixed)[1:].any()
    several = unsaid & (cells[:, 0] >= SEVERAL)
    least = np.where(several, SEVERAL, 0)
    most = np.where(unsaid & ~several, SEVERAL - 1, commenters)
    hide_partners(Sheet(cells, hidden, fixed, least, most, commenters), primary & (barred | ~fixed), limits)
    return hidden
