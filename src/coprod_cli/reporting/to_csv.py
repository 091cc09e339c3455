"""Findings go in; scores.csv, themes.csv and coded_answers.csv, safe to open in a spreadsheet, come out."""

import csv
import io
import math
from collections.abc import Iterable

from coprod_cli.model.findings import CODED, Findings
from coprod_cli.model.tables import Score, ThemeCount, rows
from coprod_cli.reporting.to_json import PARTS, RATIO_DECIMALS, SCORE_DECIMALS, mark_withheld
from coprod_cli.telling import is_withheld, name_dimension

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
)
THEMES = ("scope", "project", "role", "wave", "theme", "theme_name", *PARTS, "mark")
JOINT, BESIDE = "joint work", "beside"


def write_scores(findings: Findings) -> bytes:
    """One row a project, role, wave and dimension; what is not reportable is empty, with the reason beside it."""
    return write_rows(SCORES, (_list_score(findings, score) for score in rows(findings.scores, Score)))


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
    """One row a mention, and one with an empty theme for an answer without any."""
    values = zip(*(findings.coded[name].tolist() for name in CODED), strict=True)
    return write_rows(CODED, ([_show_value(value) for value in row] for row in values))


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
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


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
    )


def _show_count(value: float) -> str:
    return "" if is_withheld(value) else f"{value:.0f}"


def _show_value(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.{RATIO_DECIMALS}f}"
    return str(value)
