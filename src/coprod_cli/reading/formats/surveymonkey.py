"""A SurveyMonkey export goes in; its headings come out.

Two header rows: the question over its first column only, and below it the choice, the grid's row, or a word such as
'Response'. The question is carried over the blank cells that follow it, but not into the tool's own columns.
"""

from collections.abc import Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.grid import (
    SEARCHED_ROWS,
    Heading,
    Hint,
    Layout,
    count_filled,
    find_header_row,
    find_row_with,
    get_cell,
    measure_width,
)
from coprod_cli.reading.wording import clean_header

_TOOL = "SurveyMonkey fills it in"
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "SurveyMonkey writes who the person is; it is dropped")
_NUMBER = Hint(ColumnKind.PERSON, 0.6, "SurveyMonkey numbers the people; the same number would be the same person")
_WHEN = Hint(ColumnKind.DATE, 0.95, "SurveyMonkey writes when the form was begun and sent")
HINTS = {
    "respondent id": _NUMBER,
    "respondentid": _NUMBER,
    "collector id": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    "collectorid": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    "start date": _WHEN,
    "startdate": _WHEN,
    "end date": _WHEN,
    "enddate": _WHEN,
    "ip address": _PERSONAL,
    "email address": _PERSONAL,
    "first name": _PERSONAL,
    "last name": _PERSONAL,
    "lastname": _PERSONAL,
    "custom data": Hint(ColumnKind.PERSON, 0.7, "it holds the invitation's own number for the person"),
    "custom data 1": Hint(ColumnKind.PERSON, 0.7, "it holds the invitation's own number for the person"),
}
_IDS = frozenset({"respondent id", "respondentid"})
_BELOW = frozenset({"response", "open-ended response", "other (please specify)", "comments:"})
_NO_PART = frozenset({"", "response", "open-ended response", "comments:", "[added]"})
_LEAST_OWN = 2


def recognises(grid: Grid) -> float:
    """Whether a top row has the tool's own columns, or the row under the header its words ('Open-Ended Response')."""
    own = find_row_with(grid, frozenset(HINTS) - {"start date", "end date"}, _LEAST_OWN)
    below = find_row_with(grid, _BELOW, _LEAST_OWN)
    if below:
        return 0.95 if own is not None else 0.8
    responses = any(
        sum(clean_header(cell).casefold() in _BELOW for cell in row) > 1 for row in grid.top[1:SEARCHED_ROWS]
    )
    if responses:
        return 0.9
    return 0.7 if own is not None else 0.0


def questions(grid: Grid) -> Layout:
    """Two header rows when the second one is no form; one when somebody flattened them."""
    header = find_row_with(grid, _IDS, 1)
    if header is None:
        header = _find_row_above(grid)
    rows = 2 if _has_second_row(grid, header) else 1
    first_row = header + rows
    top, below = grid.top[header], grid.top[header + 1] if rows > 1 else []
    headings = []
    stem = ""
    for position in range(measure_width(grid, header, first_row)):
        question, part = clean_header(get_cell(top, position)), clean_header(get_cell(below, position))
        name = question.casefold()
        own = name in HINTS and not part
        # A blank over a blank stands under no question: the row of the tool's own columns ends the one before.
        stem = question or (stem if part else "")
        said = "" if part.casefold() in _NO_PART else part
        raw = _join(stem, get_cell(below, position)) if said else get_cell(top, position) or stem
        hint = HINTS[name] if own else None
        headings.append(
            Heading(position, raw, _join(stem, said), stem, said, hint=hint, submission=own and name in _IDS)
        )
        if own:
            stem = ""
    return Layout(rows, first_row, tuple(headings))


def _join(question: str, part: str) -> str:
    return f"{question} - {part}" if question and part else question or part


def _find_row_above(grid: Grid) -> int:
    for index, row in enumerate(grid.top[1:SEARCHED_ROWS], start=1):
        if sum(clean_header(cell).casefold() in _BELOW for cell in row) > 1:
            return next((above for above in range(index - 1, -1, -1) if count_filled(grid.top[above])), index - 1)
    return find_header_row(grid)


def _has_second_row(grid: Grid, header: int) -> bool:
    if header + 1 >= len(grid.top):
        return False
    top, below = grid.top[header], grid.top[header + 1]
    own = [place for place, cell in enumerate(top) if clean_header(cell).casefold() in HINTS]
    if any(clean_header(cell).casefold() in _BELOW for cell in below):
        return True
    return bool(own) and bool(count_filled(below)) and not _fills(below, own)


def _fills(row: Sequence[str], places: Sequence[int]) -> bool:
    return any(get_cell(row, place).strip() for place in places)
