"""The list of quotes, pruned by a person, goes in; which quotes are to be kept, row by row, comes out."""

from pathlib import Path

from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.model.quote_list import ListedQuote, QuoteList
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.files import RawFile, read_raw
from coprod_cli.reading.grid import find_header_row, get_cell
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.wording import clean_header, make_key

KEEP, ID, WORDS = "keep", "id", "words"
_KEPT = frozenset({"yes", "y", "true", "1"})
_STRUCK = frozenset({"", "no", "n", "false", "0"})


def read_quotes(path: Path) -> QuoteList:
    """The list that a run wrote as quotes.csv, as a person left it, in CSV or any other table that a survey may be.

    Raises:
        SettingsFileError: it is no such table, or a row does not say whether to keep its quote; the row is named.
    """
    try:
        raw = read_raw(path)
        grid = max(open_file(raw).grids, key=lambda sheet: int(sheet.filled.sum()))
    except CoprodError as error:
        raise SettingsFileError(error.what, "Give the file quotes.csv of a report, with the quotes to keep.") from None
    header = find_header_row(grid)
    places = {name: _find_column(grid, header, name, raw) for name in (KEEP, ID, WORDS)}
    first = max(header + 1, grid.given_headers)
    quotes = []
    for line, row in enumerate(grid.walk(first), start=first + 1):
        said = {name: get_cell(row, place).strip() for name, place in places.items()}
        if said[ID]:
            quotes.append(ListedQuote(said[ID], _is_kept(said[KEEP], line, raw), said[WORDS], line))
        elif said[WORDS]:
            what = f"{raw.name}, row {line}: there are words without an id."
            raise SettingsFileError(what, "Quotes can be struck out, but not added: take that row out.", line)
    return QuoteList(raw.name, raw.sha256, tuple(quotes))


def _find_column(grid: Grid, header: int, name: str, raw: RawFile) -> int:
    there = [make_key(clean_header(cell)) for cell in grid.top[header]] if grid.top else []
    if name not in there:
        what = f"{raw.name} has no column '{name}'."
        raise SettingsFileError(what, "Give the file quotes.csv of a report, with its header as coprod wrote it.")
    return there.index(name)


def _is_kept(cell: str, line: int, raw: RawFile) -> bool:
    said = cell.casefold()
    if said not in _KEPT | _STRUCK:
        what = f"{raw.name}, row {line}: under 'keep' stands neither yes nor no."
        raise SettingsFileError(what, "Write yes to keep a quote; no, or nothing, strikes it out.", line)
    return said in _KEPT
