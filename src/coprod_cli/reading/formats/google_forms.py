"""A Google Forms export, from Sheets or from the form itself, goes in; its headings come out.

One header row of full question texts, `Timestamp` first (in the account's language), grids as `question [row]`, and
often an empty row under the header.
"""

import re

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import mark_rankings
from coprod_cli.reading.formats.own_columns import take_cells
from coprod_cli.reading.grid import Hint, Layout, find_header_row, get_cell, lay_out_one_row
from coprod_cli.reading.wording import clean_header

_TIMESTAMPS = frozenset(
    {
        "timestamp", "marca temporal", "marca de temps", "horodateur", "zeitstempel", "informazioni cronologiche",
        "tijdstempel", "carimbo de data/hora", "stamp amser", "sygnatura czasowa", "tidst\u00e4mpel", "tidsstempel",
        "aikaleima", "zaman damgas\u0131", "\u010dasov\u00e1 zna\u010dka", "id\u0151b\u00e9lyeg", "marcaj de timp",
        "\u043e\u0442\u043c\u0435\u0442\u043a\u0430 \u0432\u0440\u0435\u043c\u0435\u043d\u0438",
        "\u043f\u043e\u0437\u043d\u0430\u0447\u043a\u0430 \u0447\u0430\u0441\u0443",
        "\u30bf\u30a4\u30e0\u30b9\u30bf\u30f3\u30d7", "\u65f6\u95f4\u6233\u8bb0",
    },
)  # fmt: skip
_ADDRESSES = (
    "email address", "e-mail address", "email", "username", "adresse e-mail", "nom d'utilisateur", "e-mail-adresse",
    "nutzername", "direcci\u00f3n de correo electr\u00f3nico", "nombre de usuario", "indirizzo email", "e-mailadres",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}\b")
_STAMP = Hint(ColumnKind.DATE, 0.95, "Google Forms writes when the form was sent")
_ADDRESS = Hint(ColumnKind.METADATA, 0.95, "Google Forms writes the e-mail address; it is dropped")
HINTS = {
    **dict.fromkeys(sorted(_TIMESTAMPS), _STAMP),
    **dict.fromkeys(_ADDRESSES, _ADDRESS),
    "score": Hint(ColumnKind.METADATA, 0.8, "Google Forms writes the points of a quiz"),
}


def recognises(grid: Grid) -> float:
    """Whether the header row begins with Timestamp."""
    if grid.given_headers > 1 or not grid.top:
        return 0.0
    first = clean_header(get_cell(grid.top[find_header_row(grid)], 0))
    return 0.85 if first.casefold() in _TIMESTAMPS else 0.0


def questions(grid: Grid) -> Layout:
    """One header row; Google's own columns known by name; ticked choices stand in one cell."""
    layout = lay_out_one_row(grid, find_header_row(grid), HINTS)
    stamps = take_cells(grid, 0, layout.first_row)
    # The form's own download puts the year first; a sheet writes dates as people do where the account is at home.
    year_first = bool(stamps) and all(_YEAR_FIRST.match(stamp) for stamp in stamps)
    return layout._replace(
        headings=mark_rankings(grid, layout.first_row, layout.headings),
        dates="iso" if year_first else "",
        separator=", ",
    )
