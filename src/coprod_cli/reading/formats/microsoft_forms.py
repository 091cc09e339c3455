"""A Microsoft Forms workbook goes in; its headings come out.

One header row: ID, Start time, Completion time, Email, Name, then the questions. A grid has one column for each
statement, headed by the statement alone. Excel glues a number to a header that occurs twice ('Comments2').
"""

import re

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.grid import Heading, Hint, Layout, find_row_with, lay_out_one_row, split_bracket

_OWN = frozenset({"id", "start time", "completion time", "email", "name", "last modified time"})
_TOOL = "Microsoft Forms fills it in"
HINTS = {
    "id": Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms numbers the forms"),
    "start time": Hint(ColumnKind.DATE, 0.95, "Microsoft Forms writes when the form was begun"),
    "completion time": Hint(ColumnKind.DATE, 0.95, "Microsoft Forms writes when the form was sent"),
    "last modified time": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    "email": Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms writes the e-mail address; it is dropped"),
    "name": Hint(ColumnKind.METADATA, 0.95, "Microsoft Forms writes the name; it is dropped"),
    "total points": Hint(ColumnKind.METADATA, 0.9, _TOOL),
    "quiz feedback": Hint(ColumnKind.METADATA, 0.9, _TOOL),
}
_QUIZ = re.compile(r"^(?:points|feedback) - ", re.IGNORECASE)
_GLUED = re.compile(r"^(.*?\D) ?(\d{1,3})$", re.DOTALL)


def recognises(grid: Grid) -> float:
    """Whether a top row has the tool's own columns."""
    if find_row_with(grid, frozenset({"start time", "completion time"}), 2) is not None:
        return 0.9
    return 0.0


def questions(grid: Grid) -> Layout:
    """One header row; glued numbers are taken off where the same header stands without one, too."""
    header = find_row_with(grid, _OWN, 2) or 0
    layout = lay_out_one_row(grid, header, HINTS, frozenset({"id"}))
    texts = {heading.text for heading in layout.headings}
    return layout._replace(headings=tuple(_mend(heading, texts) for heading in layout.headings))


def _mend(heading: Heading, texts: set[str]) -> Heading:
    if _QUIZ.match(heading.text):
        return heading._replace(hint=Hint(ColumnKind.METADATA, 0.9, _TOOL))
    glued = _GLUED.match(heading.text)
    if glued and glued.group(1).strip() in texts:
        text = glued.group(1).strip()
        stem, part = split_bracket(text)
        return heading._replace(text=text, stem=stem, part=part)
    return heading
