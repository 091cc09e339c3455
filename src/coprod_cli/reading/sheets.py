"""The sheets of a workbook go in; those that hold the survey come out, and how many others have rows in them."""

from collections.abc import Sequence

from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import FORMATS, choose_format
from coprod_cli.reading.wording import make_key

_SURE_FORMAT = 0.5


def choose_sheets(grids: Sequence[Grid]) -> tuple[tuple[Grid, ...], int]:
    """The sheet that a survey tool made, else the fullest one, with every other sheet that has the very same headers.

    People keep one sheet for each project, role or round, all of one form: then several come out, in the order of the
    workbook, and what each is about stands in its `sheet`.
    """
    best = max(grids, key=_rank_sheet)
    headers = _list_headers(best)
    chosen = tuple(grid for grid in grids if grid is best or (len(headers) > 1 and _list_headers(grid) == headers))
    others = sum(1 for grid in grids if not any(grid is each for each in chosen) and (grid.filled > 0).sum() > 1)
    return chosen, others


def _rank_sheet(grid: Grid) -> tuple[bool, int]:
    return choose_format(grid)[1] >= _SURE_FORMAT, int(grid.filled.sum())


def _list_headers(grid: Grid) -> tuple[str, ...]:
    layout = FORMATS[choose_format(grid)[0]].questions(grid)
    return tuple(make_key(heading.text) for heading in layout.headings)
