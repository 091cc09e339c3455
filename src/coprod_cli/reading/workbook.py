"""The bytes of an Excel or OpenDocument workbook go in; its sheets as rows of cells, all of them text, come out."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from types import TracebackType
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Column, Grid
from coprod_cli.reading.extents import refuse_far_cells
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.grid import SEARCHED_ROWS
from coprod_cli.reading.sectors import has_broken_chain
from coprod_cli.reading.wording import drop_controls

# A merged cell that takes up more of the table than this is a title.
_WIDEST_HEADER = 0.7

Cell = str | float | bool | datetime | date | time | timedelta | None


class _Panics:
    """Turns a panic inside the library, an exception that has no name to catch it by, into the library's own error."""

    def __enter__(self) -> None:
        """Nothing needs to be made ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises CalamineError in place of a panic."""
        if kind is not None and kind.__name__ == "PanicException":
            raise CalamineError(str(error)) from None


def read_workbook(raw: RawFile) -> list[Grid]:
    """Every sheet of a workbook that holds at least one filled cell, in the workbook's order.

    Whole numbers lose the '.0' that spreadsheets give them; dates become ISO 8601 text.

    Raises:
        UnreadableSurveyError: the workbook is broken, protected, has nothing in it, or reaches too far.
    """
    broken = UnreadableSurveyError(
        f"{raw.name} is a broken workbook.", "Open it in a spreadsheet program, save it again, and try that file."
    )
    if has_broken_chain(raw.data):
        raise broken
    refuse_far_cells(raw)
    try:
        with _Panics():
            book = CalamineWorkbook.from_filelike(io.BytesIO(raw.data))
            sheets = [(name, _read_rows(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except PasswordError:
        raise UnreadableSurveyError(
            f"{raw.name} is protected by a password.", "Open it, save it without the password, and try again."
        ) from None
    except (CalamineError, OSError):
        raise broken from None
    grids = [
        Grid.of_columns([number_values(cells, write_cell) for cells in zip(*rows, strict=True)], name)
        for name, rows in sheets
    ]
    filled = [grid for grid in grids if grid.filled.any()]
    if not filled:
        raise UnreadableSurveyError(
            f"{raw.name} is a workbook with nothing in it.",
            "Export the survey again and check that the file has rows in it.",
        )
    return filled


def _read_rows(sheet: Any) -> list[list[Cell]]:  # noqa: ANN401  # python_calamine has no types
    """The cells of a sheet; one that is merged over others is repeated in all of them, save for titles."""
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    for (top, left), (last_row, last_column) in sheet.merged_cell_ranges or ():
        # A range may reach beyond the last filled cell, or stand beyond it altogether.
        bottom, right = min(last_row, len(rows) - 1), min(last_column, width - 1)
        if bottom < top or right < left:
            continue
        # Merged to the right are headers, near the top, and titles, as wide as the table; merged down are cells that
        # stand for several people, such as the name of their project.
        wide = right - left + 1
        if wide > 1 and (bottom >= SEARCHED_ROWS or wide > _WIDEST_HEADER * width):
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * wide
    return rows


def number_values(values: Sequence[Any], write: Callable[[Any], str]) -> Column:
    """Values of any types as a Column of text; every distinct one is written once, and 1 and True are kept apart."""
    places: dict[str, int] = {}
    if bool in set(map(type, values)):
        values = [(type(value), value) for value in values]
        codes = {told: places.setdefault(write(told[1]), len(places)) for told in dict.fromkeys(values)}
    else:
        codes = {value: places.setdefault(write(value), len(places)) for value in dict.fromkeys(values)}
    return Column(tuple(places), np.fromiter(map(codes.__getitem__, values), np.int32, len(values)))


def write_cell(cell: Cell) -> str:
    """One cell of a workbook as the text a CSV export of it would hold."""
    if isinstance(cell, str):
        # Nearly every cell, and nearly none of them with anything to drop.
        return cell if cell.isascii() and cell.isprintable() else drop_controls(cell)
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return drop_controls(str(cell))
