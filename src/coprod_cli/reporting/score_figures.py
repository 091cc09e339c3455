"""Findings go in; rows of scores, rungs, themes and flags come out, as words for a spreadsheet."""

import math
from collections.abc import Iterator

from coprod_cli.model.findings import Findings, Flag
from coprod_cli.model.tables import RungChance, Score, ThemeCount, rows
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS
from coprod_cli.reporting.to_json import PARTS, mark_withheld
from coprod_cli.telling import find_share_range, is_withheld, mark_score, name_dimension

SCORES = (
    "project",
    "role",
    "wave",
    "dimension",
    "dimension_name",
    "estimate",
    "low",
    "high",
    "people",
    "basis",
    "reportable",
    "why_not",
    "before_limits",
    "low_before",
    "high_before",
    "weakest",
    "plain_mean",
    "plain_low",
    "plain_high",
    "effective",
    "mark",
)
FLAGS = Flag._fields
THEMES = ("scope", "project", "role", "wave", "theme", "theme_name", *PARTS, "mark")
RUNGS = (
    "project",
    "role",
    "wave",
    "rung",
    "label",
    "chance",
    "people",
    "said",
    "said_low",
    "said_high",
    "said_people",
    "chance_before",
)
JOINT, BESIDE = "joint work", "beside"
Row = tuple[str, ...]


def list_score_rows(findings: Findings) -> Iterator[Row]:
    """One row a project, role, wave and dimension; what is not reportable is empty, with the reason beside it."""
    yield from (_list_score(findings, score) for score in rows(findings.scores, Score))


def list_flag_rows(findings: Findings) -> Iterator[Row]:
    """One row a red flag that is up; an empty wave stands for every round of the project."""
    yield from (tuple(show_cell(value) for value in each) for each in findings.flags)


def list_rung_rows(findings: Findings) -> Iterator[Row]:
    """One row a project, role, round and rung: the chance that the project stands on it."""
    ladder = findings.framework.ladder.rungs
    yield from (
        (
            each.project,
            each.role,
            each.wave,
            str(each.rung),
            ladder[each.rung].label,
            show_cell(each.chance),
            _show_count(each.people),
            show_cell(each.said),
            *map(show_cell, find_share_range(findings, each.said, each.said_people)),
            _show_count(each.said_people),
            show_cell(each.chance_before),
        )
        for each in rows(findings.rungs, RungChance)
    )


def list_theme_rows(findings: Findings) -> Iterator[Row]:
    """One row a project, role, wave and theme; an empty project stands for all, an empty count is withheld."""
    parts = ((JOINT, findings.themes), (BESIDE, findings.themes_beside))
    yield from (
        (
            scope,
            row.project,
            row.role,
            row.wave,
            row.theme,
            findings.framework.theme(row.theme).name,
            *(_show_count(getattr(row, part)) for part in PARTS),
            mark_withheld(row),
        )
        for scope, frame in parts
        for row in rows(frame, ThemeCount)
    )


def _list_score(findings: Findings, score: Score) -> Row:
    numbers = (score.estimate, score.low, score.high)
    shown = [f"{number:.{SCORE_DECIMALS}f}" if score.reportable else "" for number in numbers]
    people = _show_count(score.people) if score.reportable else ""
    name = name_dimension(findings, score.dimension)
    reportable = "yes" if score.reportable else "no"
    return (
        score.project,
        score.role,
        score.wave,
        score.dimension,
        name,
        *shown,
        people,
        score.basis,
        reportable,
        score.why_not,
        *map(_show_points, (score.before_limits, score.low_before, score.high_before)),
        score.weakest,
        *map(_show_points, (score.plain_mean, score.plain_low, score.plain_high, score.effective)),
        mark_score(score),
    )


def _show_points(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.{SCORE_DECIMALS}f}"


def _show_count(value: float) -> str:
    return "" if is_withheld(value) else f"{value:.0f}"


def show_cell(value: object) -> str:
    """A value as a cell: figures with three decimals, "yes" for true, nothing for false and for what is withheld."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.{RATIO_DECIMALS}f}"
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
