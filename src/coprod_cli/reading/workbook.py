"""The bytes of an Excel or OpenDocument workbook go in; its sheets as rows of cells, all of them text, come out."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Column, Grid
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.wording import drop_controls

Cell = str | float | bool | datetime | date | time | timedelta | None


def read_workbook(raw: RawFile) -> list[Grid]:
    """Every sheet of a workbook that holds at least one filled cell, in the workbook's order.

    Whole numbers lose the '.0' that spreadsheets give them; dates become ISO 8601 text.

    Raises:
        UnreadableSurveyError: the workbook is broken, protected, or has nothing in it.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw.data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except PasswordError:
        raise UnreadableSurveyError(
            f"{raw.name} is protected by a password.", "Open it, save it without the password, and try again."
        ) from None
    except (CalamineError, OSError):
        raise UnreadableSurveyError(
            f"{raw.name} is a broken workbook.", "Open it in a spreadsheet program, save it again, and try that file."
        ) from None
    grids = [
        Grid.of_columns([_number_cells(cells) for cells in zip(*rows, strict=True)], name) for name, rows in sheets
    ]
    filled = [grid for grid in grids if grid.filled.any()]
    if not filled:
        raise UnreadableSurveyError(
            f"{raw.name} is a workbook with nothing in it.",
            "Export the survey again and check that the file has rows in it.",
        )
    return filled


def _number_cells(cells: Sequence[Cell]) -> Column:
    """One column of a sheet, as text; every distinct cell is written once, and 1, 1.0 and True are kept apart."""
    places: dict[str, int] = {}
    known: dict[tuple[type, Cell], int] = {}
    codes = np.empty(len(cells), np.int32)
    for row, cell in enumerate(cells):
        told = (type(cell), cell)
        code = known.get(told)
        if code is None:
            code = known[told] = places.setdefault(write_cell(cell), len(places))
        codes[row] = code
    return Column(tuple(places), codes)


def write_cell(cell: Cell) -> str:
    """One cell of a workbook as the text a CSV export of it would hold."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return drop_controls(str(cell))
