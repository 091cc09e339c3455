"""Exact Findings and an audience go in; Findings with small numbers withheld come out, before anything is written.

Primary suppression: scores and bases of groups under the minimum, counts from 1 to just below the small cell, zeros
of small groups. Secondary suppression: a withheld count never stands alone in a sum, over the projects of a theme or
over the stances of a project, so that it cannot be had by subtraction. What was said for a theme is never shown
without what was said against it. Withheld counts are NaN or -1.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import nan

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.findings import Base, Contrast, Findings
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import Score, ThemeCount, require, rows, table

WITHHELD = -1
HIDDEN = "[c]"
NO_CONSENT = "[not to be quoted]"
PARTS = ("people", "positive", "mixed", "negative", "neutral")
BOTH_SIDES = (PARTS.index("positive"), PARTS.index("negative"))
EVERY_PROJECT = ""


def for_publication(findings: Findings) -> Findings:
    """The findings as their audience may see them; "raw" is for the data holder and withholds nothing."""
    if findings.settings.audience == "raw":
        return findings
    limits = findings.framework.thresholds_for(findings.settings.audience)
    return replace(
        findings,
        bases=tuple(_withhold_bases(findings.bases, limits)),
        scores=_round_scores(findings.scores, limits),
        contrasts=tuple(_round_contrast(each, limits) for each in findings.contrasts),
        themes=_withhold_counts(findings.themes, limits),
        themes_beside=_withhold_counts(findings.themes_beside, limits),
        quotes=tuple(each for each in findings.quotes if _may_quote(each.role, each.theme, findings, limits)),
        coded=_withhold_words(findings, limits),
    )


def _round_base(people: float, limits: Thresholds) -> int:
    """A base of fewer than 100 people to the nearest step, halves up; larger ones as they are."""
    if people >= 100:  # noqa: PLR2004 - docs/privacy.md: bases of 100 and more are exact
        return int(people)
    return int((people + limits.round_base / 2) // limits.round_base * limits.round_base)


def _show_base(people: float, limits: Thresholds) -> int:
    """A base as it may be shown: withheld when 1 or more but too few, else rounded."""
    return WITHHELD if 0 < people < limits.min_base else _round_base(people, limits)


def _withhold_bases(bases: Iterable[Base], limits: Thresholds) -> Iterable[Base]:
    """Every base as it may be shown. Where bases are exact, one withheld alone takes the next smallest with it."""
    exact = list(bases)
    small = [each for each in exact if each.answered < limits.min_base]
    if limits.round_base == 1 and len(small) == 1 and len(exact) > 1:
        small.append(min((each for each in exact if each not in small), key=lambda each: each.answered))
    for each in exact:
        if each in small:
            yield each._replace(answered=WITHHELD, rated=WITHHELD, commented=WITHHELD)
        else:
            shown = (_show_base(people, limits) for people in (each.answered, each.rated, each.commented))
            yield Base(each.project, each.role, each.wave, *shown)


def _round_scores(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    shown = [each._replace(people=_show_base(each.people, limits)) for each in rows(scores, Score)]
    return require(table(shown, Score), Score)


def _round_contrast(each: Contrast, limits: Thresholds) -> Contrast:
    return each._replace(
        parents=_round_base(each.parents, limits), practitioners=_round_base(each.practitioners, limits)
    )


def _withhold_counts(counts: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """ThemeCount rows with small cells withheld, and enough others for none to be had by subtraction."""
    shown: list[ThemeCount] = []
    by_theme: dict[tuple[str, str, str], list[ThemeCount]] = {}
    for each in rows(counts, ThemeCount):
        by_theme.setdefault((each.role, each.wave, each.theme), []).append(each)
    for group in by_theme.values():
        ordered = sorted(group, key=lambda each: each.project)
        cells = np.array([[getattr(each, part) for part in PARTS] for each in ordered])
        commenters = np.array([each.commenters for each in ordered])
        hidden = _hide_cells(cells, commenters, limits)
        for each, values, mask, people in zip(ordered, cells, hidden, commenters, strict=True):
            kept = dict(zip(PARTS, np.where(mask, nan, values).tolist(), strict=True))
            base = _show_base(people, limits)
            shown.append(each._replace(**kept, commenters=nan if base == WITHHELD else float(base)))
    return require(table(shown, ThemeCount), ThemeCount)


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
            hidden[row, 1:] |= hidden[row, list(BOTH_SIDES)].any()
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


def _may_quote(role: str, theme: str, findings: Findings, limits: Thresholds) -> bool:
    """Whether enough people of that role raised that theme; the project is never shown beside a quote."""
    coded = findings.coded
    raised = coded[(coded["role"] == role) & (coded["theme"] == theme) & (coded["level"] == "project")]
    return bool(raised["person"].nunique() >= limits.quote_group)


def _withhold_words(findings: Findings, limits: Thresholds) -> pd.DataFrame:
    """Words only of people who consented; the project only where role, project and theme have enough people."""
    coded = findings.coded.copy()
    willing = coded["answer"].isin(findings.consented)
    coded.loc[~willing, ["evidence", "words"]] = NO_CONSENT
    trio = coded.groupby(["role", "project", "wave", "theme"])["person"].transform("nunique")
    rare = set(coded.loc[trio < limits.quote_group, "person"])
    coded.loc[coded["person"].isin(rare), ["project", "wave"]] = HIDDEN
    answered = {each.role: 0 for each in findings.bases}
    for each in findings.bases:
        answered[each.role] += each.answered
    scarce = {role for role, people in answered.items() if people < limits.min_base}
    coded.loc[coded["role"].isin(scarce), ["role", "project", "wave"]] = HIDDEN
    return coded.sort_values(["answer", "theme", "start"], kind="stable", ignore_index=True)
