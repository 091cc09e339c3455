"""A file that was given as a survey goes in; whether it holds codes instead, and of which kind, comes out."""

from collections.abc import Sequence
from pathlib import Path

from coprod_cli.model.errors import CoprodError
from coprod_cli.reading.codes_words import HEADERS, ID, LOOKED, STANCE, THEME
from coprod_cli.reading.files import read_raw
from coprod_cli.reading.grid import SEARCHED_ROWS
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.wording import clean_header, make_key

CODING_SHEET, REVIEW, CODES = "coding sheet", "review", "table of codes"
_FIRST_THEME, _DECISION = "theme 1", "decision"
# A survey, too, may have a column called "code" beside its ids.
_BESIDE = frozenset({*HEADERS[STANCE], *HEADERS[LOOKED], "stance 1", _DECISION})
# A 0/1 table has themes that go by their own names, and these.
_WIDE = frozenset({"by hand", "looked at"})


def find_codes(path: Path) -> str:
    """CODING_SHEET, REVIEW or CODES, by its headings; empty for anything else, and for what is no table at all."""
    try:
        grids = open_file(read_raw(path)).grids
    except CoprodError:
        return ""
    tops = (row for grid in grids for row in grid.top[:SEARCHED_ROWS])
    return next((kind for row in tops if (kind := _tell_kind(row))), "")


def _tell_kind(row: Sequence[str]) -> str:
    keys = {make_key(clean_header(cell)) for cell in row}
    if not keys & set(HEADERS[ID]):
        return ""
    is_long = keys & {*HEADERS[THEME], _FIRST_THEME} and keys & _BESIDE
    if not is_long and not keys >= _WIDE:
        return ""
    if _FIRST_THEME in keys:
        return CODING_SHEET
    return REVIEW if _DECISION in keys else CODES
