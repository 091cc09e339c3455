"""A Typeform export goes in; its headings, and the rows of people who did not press "Submit", come out.

One header row: `#` (a token for every form), the questions, hidden fields, and at the end `Start Date (UTC)`,
`Submit Date (UTC)`, `Network ID`. A question with several answers has one column for each choice, named only by the
choice, and often one named `Other`; the question itself is not in the file.
"""

import re
from collections.abc import Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid, Mask
from coprod_cli.reading.formats.own_columns import (
    OTHER_TEXT,
    blank_marks,
    find_blank,
    head_own,
    read_names,
    take_cells,
    tell_dates,
)
from coprod_cli.reading.grid import Heading, Hint, Layout, get_cell, list_heads, measure_width
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "Typeform fills it in")
_WHEN = Hint(ColumnKind.DATE, 0.95, "Typeform writes when the form was begun and sent")
HINTS = {
    "#": _TOOL,
    "response type": _TOOL,
    "start date (utc)": _WHEN,
    "stage date (utc)": _TOOL,
    "submit date (utc)": _WHEN,
    "network id": Hint(ColumnKind.METADATA, 0.95, "Typeform writes a mark of the person's network; it is dropped"),
    "tags": _TOOL,
    "ending": _TOOL,
    "score": _TOOL,
}
_TELLING = frozenset({"start date (utc)", "stage date (utc)", "submit date (utc)", "network id"})
_LEAST_OWN = 2
# '{{field:7d95}}, what ...': the answer to an earlier question, taken up in a later one.
_RECALLED = re.compile(r"\{\{[^{}]*\}\},?")
_OTHER = re.compile(r"^Other ?\d*$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(.*\D) ?\d{1,2}$", re.DOTALL)
_SENT = frozenset({"completed", "complete"})


def recognises(grid: Grid) -> float:
    """Whether a top row has at least two of Typeform's own columns."""
    return 0.95 if _find_header(grid) is not None else 0.0


def questions(grid: Grid) -> Layout:
    """One header row; choices that stand in columns of their own are boxes to tick, one question for each run."""
    header = _find_header(grid) or 0
    first_row = header + 1
    row = grid.top[header] if grid.top else []
    names = read_names(row)
    headings = [_head(position, get_cell(row, position)) for position in range(measure_width(grid, header, first_row))]
    headings = _mark_choices(grid, first_row, headings)
    dates = [heading.position for heading in headings if heading.hint is _WHEN]
    return Layout(
        1,
        first_row,
        tuple(headings),
        unfinished=_find_unfinished(grid, names, first_row),
        dates=tell_dates(grid, first_row, dates),
        columns=blank_marks(grid.columns, frozenset({"null"})),
    )


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        names = set(read_names(row))
        if names & _TELLING and len(names & set(HINTS)) >= _LEAST_OWN:
            return index
    return None


def _head(position: int, raw: str) -> Heading:
    text = " ".join(_RECALLED.sub(" ", clean_header(raw)).split())
    hint = HINTS.get(text.casefold())
    if hint:
        return head_own(position, raw, hint, submission=text == "#")
    return Heading(position, raw, text, text)


def _mark_choices(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with each run of columns that only repeat their own header as the boxes of one question.

    A column `Other` right behind a run holds what people wrote beside it; an empty column in it is a choice of nobody.
    """
    marked = list(headings)
    running = False
    for place, heading in enumerate(headings):
        if heading.hint:
            running = False
        elif running and _OTHER.match(heading.text):
            marked[place] = heading._replace(hint=OTHER_TEXT)
            running = False
        elif _repeats_header(grid, place, first_row, heading.text):
            marked[place] = heading._replace(text=_take_off_number(heading.text, headings), stem="", choice=True)
            running = True
        elif running and take_cells(grid, place, first_row):
            running = False
    return marked


def _repeats_header(grid: Grid, place: int, first_row: int, header: str) -> bool:
    """Whether whoever ticked it has the header's own words in the cell (without the number that Excel adds)."""
    cells = {clean_header(cell) for cell in take_cells(grid, place, first_row)} - {"null"}
    if len(cells) != 1:
        return False
    (only,) = cells
    numbered = _NUMBERED.match(header)
    return only == header or bool(numbered and only == numbered.group(1).strip())


def _take_off_number(text: str, headings: Sequence[Heading]) -> str:
    numbered = _NUMBERED.match(text)
    base = numbered.group(1).strip() if numbered else text
    return base if any(heading.text == base for heading in headings) else text


def _find_unfinished(grid: Grid, names: Sequence[str], first_row: int) -> Mask | None:
    if "response type" in names:
        return grid.find_rows(
            names.index("response type"), first_row, lambda cell: cell.strip() and cell.strip().casefold() not in _SENT
        )
    sent = names.index("submit date (utc)") if "submit date (utc)" in names else -1
    blank = find_blank(grid, sent, first_row)
    return None if blank is None else blank | grid.find_rows(sent, first_row, lambda cell: cell.strip() == "null")
