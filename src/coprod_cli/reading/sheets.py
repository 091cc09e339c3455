"""The sheets of a workbook go in; the same come out, where those that share one header have become one table."""

import re
from collections.abc import Sequence

from coprod_cli.reading.cells import Column, Grid, join_columns, number_cells
from coprod_cli.reading.formats import FORMATS, choose_format
from coprod_cli.reading.roles import find_role_in_name
from coprod_cli.reading.wording import make_key

_LEAST_COLUMNS = 2
_NAMELESS = re.compile(r"^(?:sheet|form responses?|form|table|data|tabelle|feuil|hoja|blad|foglio)? ?\d{0,2}$")
_ROUND = re.compile(
    r"^(?:wave|round|time|phase|term|year|t|w)? ?\d{1,4}(?: \d{2,4})?$|^(?:spring|summer|autumn|winter)\b"
    r"|^(?:before|after|baseline|follow ?up|pre|post)\b"
)
_ROLE_ASKED = re.compile(r"\brole\b|\bi am\b|\bare you (?:a|an|the)\b|\bwho are you\b")
_PROJECT_ASKED = re.compile(r"\b(?:projects?|pieces? of work|workstreams?|programmes?|initiatives?)\b")
_ROUND_ASKED = re.compile(r"\b(?:wave|round|term|time point)\b")


class _Sheet:
    """One sheet with what its headers are."""

    def __init__(self, grid: Grid) -> None:
        layout = FORMATS[choose_format(grid)[0]].questions(grid)
        self.grid = grid
        self.header = layout.first_row - layout.header_rows
        self.first_row = layout.first_row
        self.headers = tuple(make_key(heading.text) for heading in layout.headings)
        self.filled = bool(grid.filled[layout.first_row :].any())


def join_alike_sheets(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The sheets, where all that have the very headers of the fullest one are put below it.

    People keep one sheet for each project, role or round of one survey. What the sheets are called then becomes a
    column of its own, unless a question says the same.
    """
    if len(grids) == 1:
        return tuple(grids)
    fullest = _Sheet(max(grids, key=lambda grid: int(grid.filled.sum())))
    if len(fullest.headers) < _LEAST_COLUMNS:
        return tuple(grids)
    sheets = [_Sheet(grid) for grid in grids]
    alike = [sheet for sheet in sheets if sheet.headers == fullest.headers and sheet.filled]
    if len(alike) == 1:
        return tuple(grids)
    others = [sheet.grid for sheet in sheets if sheet.headers != fullest.headers]
    return (_put_below(fullest, alike), *others)


def _put_below(first: _Sheet, sheets: Sequence[_Sheet]) -> Grid:
    width = len(first.headers)
    columns = [
        join_columns(
            [
                _cut(first.grid, place, 0, first.first_row),
                *(_cut(sheet.grid, place, sheet.first_row, sheet.grid.height) for sheet in sheets),
            ]
        )
        for place in range(width)
    ]
    header = _name_column([sheet.grid.sheet for sheet in sheets], first.headers)
    if header:
        cells = [header if row == first.header else "" for row in range(first.first_row)]
        for sheet in sheets:
            filled = sheet.grid.filled[sheet.first_row :] > 0
            cells += [sheet.grid.sheet if each else "" for each in filled.tolist()]
        columns.append(number_cells(cells))
    return Grid.of_columns(columns, "")


def _cut(grid: Grid, place: int, start: int, end: int) -> Column:
    if place >= len(grid.columns):
        return number_cells([""] * (end - start))
    column = grid.columns[place]
    return Column(column.values, column.codes[start:end])


def _name_column(names: Sequence[str], headers: Sequence[str]) -> str:
    """What the names of the sheets tell: the header of a column for them; empty when they tell nothing new."""
    keys = [make_key(name) for name in names]
    if all(_NAMELESS.match(key) for key in keys):
        return ""
    for header, tells, asked in (
        ("Role", all(find_role_in_name(name) for name in names), _ROLE_ASKED),
        ("Wave", all(_ROUND.match(key) for key in keys), _ROUND_ASKED),
        ("Project", True, _PROJECT_ASKED),
    ):
        if tells:
            return "" if any(asked.search(each) for each in headers) else header
    return ""
