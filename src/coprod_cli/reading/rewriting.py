"""One survey file and a way to mask words go in; the same file with its cells masked comes out, as bytes.

A delimited text stays one, with its own encoding and delimiter; an .xlsx workbook keeps its sheets and looks; every
other kind of file becomes CSV. Words, and cells of columns that nobody knows, are masked; cells that identify are
emptied; what tells people apart becomes an id. Headers, closed answers and dates stay as they are.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column
from coprod_cli.reading.export import Export, read_export
from coprod_cli.reading.files import read_raw
from coprod_cli.reading.hashing import mark_people, write_person_ids
from coprod_cli.reading.mapping import SurveyMapping
from coprod_cli.reading.wording import make_cell_key

MaskWords = Callable[[str, frozenset[str], ColumnKind], str]
_KEPT = frozenset({ColumnKind.ITEM, ColumnKind.DATE, ColumnKind.WEIGHT, ColumnKind.CONSENT})
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_CSV_ENCODING = "utf-8-sig"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" />'
)


class Change(NamedTuple):
    """One masked cell: its row, counted from 1 at the top of the file, its column's header and kind, and its words."""

    row: int
    header: str
    kind: ColumnKind
    words: str


class Rewritten(NamedTuple):
    """The masked file: bytes, the ending its name should have, which cells changed, and the headers of emptied columns.

    private_words: the names that the file's own columns gave, with which its words were masked.
    """

    data: bytes
    ending: str
    changes: tuple[Change, ...]
    emptied: tuple[str, ...]
    private_words: frozenset[str]


def rewrite_survey(
    path: Path, framework: Framework, mapping: SurveyMapping | None, mask: MaskWords, salt: str | None = None
) -> Rewritten:
    """The survey file at that path with every cell masked that may give somebody away.

    Args:
        path: one file. Of a workbook the sheet with the survey is treated as analyse would treat it; in all others
            every text is masked.
        framework: whose questions the columns are compared with.
        mapping: what columns are, instead of a guess.
        mask: makes masked words of words, of names that the survey's own columns give, and of the column's kind.
        salt: a secret of the user's own that ids of people are made with.

    Raises:
        UnreadableSurveyError: it cannot be read as a survey.
        SettingsFileError: the mapping says something of this file that cannot be.
    """
    raw = read_raw(path)
    export = read_export(raw, framework, mapping)
    columns, emptied = _turn_columns(export, mask, salt)
    names = {column.position: (" ".join(column.header.split()), column.kind) for column in export.source.columns}
    changes = tuple(
        Change(row + 1, *names.get(place, ("", ColumnKind.UNUSED)), before.values[before.codes[row]])
        for place, (before, after) in enumerate(zip(export.grid.columns, columns, strict=True))
        if place not in emptied
        for row in range(export.first_row, export.grid.height)
        if before.values[before.codes[row]] != after.values[after.codes[row]]
    )
    if path.suffix.casefold() in _WORKBOOKS and export.grid.sheet:
        data = _write_workbook(raw.data, export, columns, _bind(mask, export.private_words, ColumnKind.OPEN))
        ending = path.suffix
    else:
        data = _write_text(export, columns)
        ending = path.suffix if export.source.delimiter else ".csv"
    headers = tuple(names[place][0] for place in sorted(emptied))
    return Rewritten(data, ending, changes, headers, export.private_words)


def _turn_columns(export: Export, mask: MaskWords, salt: str | None) -> tuple[list[Column], frozenset[int]]:
    """Every column of the grid, masked as its kind wants it; and the places of those that were emptied."""
    known = {column.position: column for column in export.source.columns}
    turned = []
    emptied = set()
    for place, column in enumerate(export.grid.columns):
        kind = known[place].kind if place in known else ColumnKind.UNUSED
        if kind is ColumnKind.METADATA and "dropped" in known[place].why:
            emptied.add(place)
            turned.append(column.change(lambda _: ""))
        elif kind is ColumnKind.PERSON:
            turned.append(_hash_people(column, salt))
        elif kind in _KEPT:
            turned.append(column)
        else:
            turned.append(column.change(_bind(mask, export.private_words, kind)))
    return turned, frozenset(emptied)


def _bind(mask: MaskWords, known: frozenset[str], kind: ColumnKind) -> Callable[[str], str]:
    return lambda cell: mask(cell, known, kind)


def _hash_people(column: Column, salt: str | None) -> Column:
    keys = [make_cell_key(cell) for cell in column.values]
    ids = list(write_person_ids(mark_people(keys) if salt is None else salt.encode(), "", keys))
    told = dict(zip(column.values, ids, strict=True))
    return column.change(lambda cell: told[cell])


def _write_text(export: Export, columns: Sequence[Column]) -> bytes:
    heads = [column.keep(slice(0, export.first_row)).expand() for column in export.grid.columns]
    bodies = [column.keep(slice(export.first_row, None)).expand() for column in columns]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=export.source.delimiter or ",", lineterminator="\r\n")
    for part in (heads, bodies):
        writer.writerows(zip(*part, strict=True))
    return out.getvalue().encode(export.source.encoding or _CSV_ENCODING, errors="replace")


def _write_workbook(data: bytes, export: Export, columns: Sequence[Column], mask: Callable[[str], str]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        if sheet.title == export.grid.sheet:
            _fill_sheet(sheet, export, columns)
        else:
            for cell in _list_texts(sheet):
                cell.value = mask(str(cell.value))
        for cell in _list_cells(sheet):
            cell.comment = None
    out = io.BytesIO()
    book.save(out)
    return _freeze(out.getvalue())


def _freeze(saved: bytes) -> bytes:
    """The same workbook without who made it and when: the same survey gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = _NO_PROPERTIES if name == "docProps/core.xml" else old.read(name)
            new.writestr(zipfile.ZipInfo(name, _NO_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _fill_sheet(sheet: Worksheet, export: Export, columns: Sequence[Column]) -> None:
    for place, (before, after) in enumerate(zip(export.grid.columns, columns, strict=True)):
        for row in range(export.first_row, export.grid.height):
            was, now = before.values[before.codes[row]], after.values[after.codes[row]]
            cell = sheet.cell(row + 1, place + 1)
            if was != now and isinstance(cell, Cell):
                cell.value = now or None


def _list_cells(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]


def _list_texts(sheet: Worksheet) -> list[Cell]:
    return [cell for cell in _list_cells(sheet) if isinstance(cell.value, str)]
