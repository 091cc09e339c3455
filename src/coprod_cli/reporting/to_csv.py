"""Findings go in; scores.csv, themes.csv and coded_answers.csv, safe to open in a spreadsheet, come out."""

import csv
import io
import math
import re
from collections.abc import Iterable

from coprod_cli.model.findings import CODED, Findings, Flag
from coprod_cli.model.tables import RungChance, Score, ThemeCount, rows
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS
from coprod_cli.reporting.to_json import PARTS, mark_withheld
from coprod_cli.telling import find_share_range, is_withheld, mark_score, name_dimension

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
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
ANSWERS = (
    "answer",
    "person",
    "project",
    "role",
    "wave",
    "question",
    "asked",
    "theme",
    "theme_name",
    "stance",
    "level",
    "confidence",
    "start",
    "end",
    "evidence",
    "words",
    "coder",
    "unsure",
)
_BELOW_ZERO = re.compile(r"-\d+\.\d+")
JOINT, BESIDE = "joint work", "beside"


def write_scores(findings: Findings) -> bytes:
    """One row a project, role, wave and dimension; what is not reportable is empty, with the reason beside it."""
    return write_rows(SCORES, (_list_score(findings, score) for score in rows(findings.scores, Score)))


def write_flags(findings: Findings) -> bytes:
    """One row a red flag that is up; an empty wave stands for every round of the project."""
    return write_rows(FLAGS, ([_show_value(value) for value in each] for each in findings.flags))


def write_rungs(findings: Findings) -> bytes:
    """One row a project, role, round and rung: the chance that the project stands on it."""
    ladder = findings.framework.ladder.rungs
    listed = (
        (
            each.project,
            each.role,
            each.wave,
            str(each.rung),
            ladder[each.rung].label,
            _show_value(each.chance),
            _show_count(each.people),
            _show_value(each.said),
            *map(_show_value, find_share_range(findings, each.said, each.said_people)),
            _show_count(each.said_people),
            _show_value(each.chance_before),
        )
        for each in rows(findings.rungs, RungChance)
    )
    return write_rows(RUNGS, listed)


def write_themes(findings: Findings) -> bytes:
    """One row a project, role, wave and theme; an empty project stands for all, an empty count is withheld."""
    parts = ((JOINT, findings.themes), (BESIDE, findings.themes_beside))
    listed = (
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
    return write_rows(THEMES, listed)


def write_coded(findings: Findings) -> bytes:
    """One row a mention, by theme and answer; then one with an empty theme for each answer without any."""
    asked = {each.name: each.text for each in findings.questions}
    names = {each.id: each.name for each in findings.framework.themes}
    listed = [
        dict(zip(CODED, values, strict=True))
        for values in zip(*(findings.coded[name].tolist() for name in CODED), strict=True)
    ]
    listed.sort(key=lambda row: (not row["theme"], row["theme"], row["answer"]))
    for row in listed:
        row |= {"theme_name": names.get(row["theme"], ""), "asked": asked.get(row["question"], "")}
        if not row["theme"]:
            row["confidence"] = math.nan
    return write_rows(ANSWERS, ([_show_value(row[name]) for name in ANSWERS] for row in listed))


def write_rows(header: Iterable[str], body: Iterable[Iterable[str]]) -> bytes:
    """Rows as RFC 4180 CSV in UTF-8 with LF; a cell that a spreadsheet could run gets a leading apostrophe."""
    lines = [_write_row(header), *(_write_row(_disarm(cell) for cell in row) for row in body)]
    return "".join(lines).encode("utf-8")


def _write_row(cells: Iterable[str]) -> str:
    # Only with CRLF as its line end does Python quote a cell that holds a bare CR; the line itself then ends in LF.
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + "\n"


def _disarm(cell: str) -> str:
    # A figure below zero, which always has decimals here, is a number to a spreadsheet: nothing to run.
    return f"'{cell}" if cell.startswith(DANGEROUS) and not _BELOW_ZERO.fullmatch(cell) else cell


def _list_score(findings: Findings, score: Score) -> tuple[str, ...]:
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


def _show_value(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.{RATIO_DECIMALS}f}"
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
