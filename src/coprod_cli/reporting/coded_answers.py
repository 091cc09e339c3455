"""Findings go in; every coded stretch of every answer comes out, as rows of words for a spreadsheet."""

import math
from collections.abc import Iterator

from coprod_cli.model.findings import CODED, Findings
from coprod_cli.reporting.score_figures import show_cell

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
    "left_open",
)


def list_coded_rows(findings: Findings) -> Iterator[tuple[str, ...]]:
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
    yield from (tuple(show_cell(row[name]) for name in ANSWERS) for row in listed)
