"""One survey file and a way to mask words go in; the same survey with its cells masked comes out, as bytes.

A delimited text stays one, with its own encoding and delimiter; an .xlsx becomes a plain .xlsx with the survey's sheet
alone; every other kind of file becomes CSV. Words are masked, in headers and titles people and contacts; columns that
identify, and columns that coprod does not use, are emptied; what tells people or forms apart becomes an id.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.cells import Column
from coprod_cli.reading.dates import is_date
from coprod_cli.reading.export import Export, read_export
from coprod_cli.reading.files import read_raw
from coprod_cli.reading.forms import NOBODY, has_running_numbers, list_people
from coprod_cli.reading.hashing import write_person_ids
from coprod_cli.reading.mapping import SurveyMapping
from coprod_cli.reading.wording import drop_controls, make_cell_key

MaskWords = Callable[[str, frozenset[str], ColumnKind], str]
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?")
_KEPT = frozenset({ColumnKind.DATE, ColumnKind.WEIGHT})
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_CSV_ENCODING = "utf-8-sig"
_SHEET = "Masked survey"
_MOSTLY = 0.5
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
        path: one file; of a workbook, the sheet that analyse would read.
        framework: whose questions the columns are compared with.
        mapping: what columns are, instead of a guess.
        mask: makes masked words of words, of names that the survey's own columns give, and of the column's kind.
        salt: a secret of the user's own that ids are made with; without one they are made with the whole file as it
            was, which nobody has who has only the masked one.

    Raises:
        UnreadableSurveyError: it cannot be read as a survey.
        SettingsFileError: the mapping says something of this file that cannot be.
    """
    raw = read_raw(path)
    export = read_export(raw, framework, mapping)
    key = raw.sha256.encode() if salt is None else salt.encode()
    columns, emptied = _turn_columns(export, mask, key, raw.sha256)
    known = {column.position: column for column in export.source.columns}
    changes = tuple(
        Change(row + 1, *_name(known.get(place)), before.values[before.codes[row]])
        for place, (before, after) in enumerate(zip(export.grid.columns, columns, strict=True))
        if place not in emptied
        for row in range(export.first_row, export.grid.height)
        if before.values[before.codes[row]] != after.values[after.codes[row]]
    )
    heads = [column.keep(slice(0, export.first_row)) for column in export.grid.columns]
    above = [each.change(_bind(mask, export.private_words, ColumnKind.PROJECT)).expand() for each in heads]
    below = [column.keep(slice(export.first_row, None)).expand() for column in columns]
    rows = [*zip(*above, strict=True), *zip(*below, strict=True)]
    if path.suffix.casefold() in _WORKBOOKS and export.grid.sheet:
        data, ending = _write_workbook(rows), ".xlsx"
    else:
        data = _write_text(rows, export)
        ending = path.suffix if export.source.delimiter else ".csv"
    headers = tuple(_name(known[place])[0] for place in sorted(emptied))
    return Rewritten(data, ending, changes, headers, export.private_words)


def _name(column: SurveyColumn | None) -> tuple[str, ColumnKind]:
    return (" ".join(column.header.split()), column.kind) if column else ("", ColumnKind.UNUSED)


def _turn_columns(export: Export, mask: MaskWords, key: bytes, digest: str) -> tuple[list[Column], frozenset[int]]:
    """Every column of the grid, masked as its kind wants it; and the places of those that were emptied."""
    known = {column.position: column for column in export.source.columns}
    ids = {heading.position for heading in export.headings if heading.submission}
    people = _list_keys(export)
    # Number 7 of this file is not number 7 of another one that is masked with the same secret.
    scope = digest if has_running_numbers(export) else ""
    turned = []
    emptied = set()
    for place, column in enumerate(export.grid.columns):
        # The boxes of a question of ticked choices stand at the first one's place.
        kind = known[place].kind if place in known else ColumnKind.ROLE
        if place in known and _must_go(known[place]):
            emptied.add(place)
            turned.append(column.change(lambda _: ""))
        elif (
            place in people or place in ids or (kind is ColumnKind.METADATA and _names_forms(column, export.first_row))
        ):
            turned.append(_hash_cells(column, people.get(place, {}), key, scope))
        elif kind in _KEPT:
            turned.append(column.change(_bind_to_words(mask, export.private_words, kind)))
        else:
            turned.append(column.change(_bind(mask, export.private_words, kind)))
    return turned, frozenset(emptied)


def _names_forms(column: Column, first_row: int) -> bool:
    """Whether hardly two forms have the same cell, as with a number by which the survey tool finds a form."""
    filled = column.keep(slice(first_row, None)).count_cells()
    return len(filled) > _MOSTLY * filled.total()


def _must_go(column: SurveyColumn) -> bool:
    """Whether a column says who somebody is, or may: what coprod does not know, it cannot vouch for."""
    if column.kind is ColumnKind.METADATA:
        return "dropped" in column.why
    return column.kind is ColumnKind.UNUSED and not column.several


def _bind(mask: MaskWords, known: frozenset[str], kind: ColumnKind) -> Callable[[str], str]:
    return lambda cell: mask(cell, known, kind)


def _bind_to_words(mask: MaskWords, known: frozenset[str], kind: ColumnKind) -> Callable[[str], str]:
    """As _bind, but dates and numbers stay: nobody is known by when a form was sent."""
    return lambda cell: cell if is_date(cell) or _NUMBER.fullmatch(cell.strip()) else mask(cell, known, kind)


def _list_keys(export: Export) -> dict[int, dict[str, str]]:
    """By place in the grid: what tells people apart in each cell of a person column."""
    return {
        export.headings[place].position: dict(zip(export.cells[place].values, keys, strict=True))
        for place, keys in list_people(export).items()
    }


def _hash_cells(column: Column, keys: Mapping[str, str], key: bytes, scope: str) -> Column:
    """Ids in the place of cells; a cell that names nobody stays blank, so that nobody becomes somebody."""
    found = [keys.get(cell, make_cell_key(cell)) for cell in column.values]
    ids = write_person_ids(key, scope, ["" if each in NOBODY else each for each in found])
    told = dict(zip(column.values, ids, strict=True))
    return column.change(lambda cell: told[cell])


def _write_text(rows: Sequence[Sequence[str]], export: Export) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=export.source.delimiter or ",", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(export.source.encoding or _CSV_ENCODING, errors="replace")


def _write_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with nothing in it but these cells, as text: the old one may hide words in many places."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = _SHEET
    for number, row in enumerate(rows, start=1):
        for place, words in enumerate(row, start=1):
            if words:
                cell = sheet.cell(number, place)
                cell.value = drop_controls(words)
                cell.data_type = "s"  # a cell that begins with = is no formula
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
