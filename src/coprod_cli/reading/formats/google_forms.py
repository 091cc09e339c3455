"""A Google Forms export, from Sheets or from the form itself, goes in; its headings come out.

One header row of full question texts, `Timestamp` first (in the account's language), grids as `question [row]`, and
often an empty row under the header.
"""

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.grid import Hint, Layout, find_header_row, get_cell, lay_out_one_row
from coprod_cli.reading.wording import clean_header

_TIMESTAMPS = frozenset(
    {
        "timestamp",
        "marca temporal",
        "horodateur",
        "zeitstempel",
        "informazioni cronologiche",
        "tijdstempel",
        "carimbo de data/hora",
    },
)
_STAMP = Hint(ColumnKind.DATE, 0.95, "Google Forms writes when the form was sent")
_ADDRESS = Hint(ColumnKind.METADATA, 0.95, "Google Forms writes the e-mail address; it is dropped")
HINTS = {
    **dict.fromkeys(sorted(_TIMESTAMPS), _STAMP),
    "email address": _ADDRESS,
    "e-mail address": _ADDRESS,
    "username": _ADDRESS,
    "score": Hint(ColumnKind.METADATA, 0.8, "Google Forms writes the points of a quiz"),
}


def recognises(grid: Grid) -> float:
    """Whether the header row begins with Timestamp."""
    first = clean_header(get_cell(grid.top[find_header_row(grid)], 0)) if grid.top else ""
    return 0.85 if first.casefold() in _TIMESTAMPS else 0.0


def questions(grid: Grid) -> Layout:
    """One header row; Google's own columns known by name."""
    return lay_out_one_row(grid, find_header_row(grid), HINTS)
