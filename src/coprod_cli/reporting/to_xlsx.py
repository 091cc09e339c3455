"""Findings go in; one Excel workbook, with what it is about first and then a sheet a table, comes out.

Words stay words: no cell is a formula or a link, whatever it begins with, also after somebody edits or saves it again.
"""

import io
import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as Marked
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from coprod_cli.binding import clean_words, fix_times
from coprod_cli.reporting.data_tables import COUNT, DAY, TABLES, DataTable
from coprod_cli.reporting.document import Bullets, Document, Paragraph, Table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_tables import tell_tables
from coprod_cli.telling import is_dangerous

# The most that a cell of Excel can hold, in units of UTF-16.
LONGEST = 32_767
CUT = " [cut here: a cell can hold no more]"
FIRST_SHEET = "Read me"
# No clock: the same findings are the same file.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_DAY = re.compile(r"(?:19[1-9]\d|[2-9]\d{3})-\d\d-\d\d")
# Excel reads _x000D_ in a file as the sign of that number; the first sign of such words is written as its own number.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# In letters of the usual size: of columns, the room that the arrow of a filter takes, and what a page holds.
_NARROWEST, _WIDEST, _ROOM, _PAGE = 7, 48, 4, 170
_READ_WIDTHS = (24, 28, 92, 10)
_SIZE, LINE, _TALLEST = 11, 15, 400
# Words are broken between words, so a line holds fewer letters than fit.
_FILLED = 0.9
_FIGURE = Alignment(vertical="top", horizontal="right", indent=1)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_FONT = "Calibri"
HEAD, HEAD_FILL = Font(_FONT, _SIZE, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
PLAIN, _TITLE, _HEADING = Font(_FONT, _SIZE), Font(_FONT, 18, bold=True), Font(_FONT, 14, bold=True)
WARNING, WARNING_FILL = Font(_FONT, _SIZE, bold=True, color="7A0C0C"), PatternFill("solid", fgColor="FDE9E7")
_STRIPES = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)


def write_xlsx(material: Material) -> bytes:
    """The workbook: a sheet that says what it is, then those of TABLES. No author, no clock, nothing that can run."""
    findings = material.findings
    rows = {name: tuple(table.list_rows(findings)) for name, table in TABLES.items()}
    document = tell_tables(findings, rows)
    book = Workbook()
    first = book.active
    first.title = FIRST_SHEET
    write_document(first, document)
    for name, table in TABLES.items():
        sheet = book.create_sheet(table.title)
        _write_table(sheet, name, table, rows[name])
        set_page(sheet, document)
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    out = io.BytesIO()
    book.save(out)
    return fix_times(out.getvalue(), {"docProps/core.xml": write_properties(document)})


def fit_cell(words: str) -> str:
    """The words on one line as a cell can hold them; where they are too long they are cut, and say so."""
    plain = _ESCAPE.sub("_x005F_", clean_words(words))
    if _measure(plain) <= LONGEST:
        return plain
    units = plain.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return clean_words(units.decode("utf-16-le", errors="ignore")) + CUT


def _measure(words: str) -> int:
    """How long Excel takes the words to be."""
    return len(words.encode("utf-16-le")) // 2


def _write_table(sheet: Worksheet, name: str, table: DataTable, rows: Sequence[Sequence[str]]) -> None:
    """Column names, which stay in sight and can be filtered by, and the rows below them."""
    _write_rows(sheet, table.columns, rows, [table.formats.get(column, "") for column in table.columns])
    widths = [
        max(_NARROWEST, len(column) + _ROOM, min(1 + max((len(row[at]) for row in rows), default=0), _WIDEST))
        for at, column in enumerate(table.columns)
    ]
    _set_widths(sheet, widths)
    sheet.freeze_panes = "A2"
    if rows:
        marked = Marked(displayName=name, ref=sheet.dimensions)
        marked.tableStyleInfo = _STRIPES
        sheet.add_table(marked)


def _write_rows(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[str]], formats: Sequence[str]) -> None:
    """A header and rows below whatever is there; formats: of each column of figures or days, else empty."""
    first = _find_end(sheet)
    for at, words in enumerate(header, start=1):
        cell = write_words(sheet.cell(first, at), words)
        cell.font, cell.fill = HEAD, HEAD_FILL
    for line, row in enumerate(rows, start=first + 1):
        for at, (words, shown) in enumerate(zip(row, formats, strict=True), start=1):
            if words:
                _write_cell(sheet.cell(line, at), words, shown)


def _find_end(sheet: Worksheet) -> int:
    """The first line with nothing on it."""
    return int(sheet.max_row) + (sheet.max_row > 1 or sheet["A1"].value is not None)


def _set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Widths of columns, and of each row the height that its longest words then take."""
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row in sheet.iter_rows():
        words = ((cell.value, width) for cell, width in zip(row, widths, strict=True) if cell.data_type == "s")
        lines = max((count_lines(value, width) for value, width in words), default=1)
        if lines > 1 and sheet.row_dimensions[row[0].row].height is None:
            sheet.row_dimensions[row[0].row].height = min(lines * LINE, _TALLEST)


def count_lines(words: str, width: float) -> int:
    """About how many lines the words take in a column of this width."""
    return 1 if len(words) < width else math.ceil(len(words) / (width * _FILLED))


def _write_cell(cell: Cell, words: str, shown: str) -> None:
    """A figure or a day as such where its column has them; all else as words."""
    value = _read_value(words) if shown else words
    if isinstance(value, str):
        write_words(cell, value)
        return
    cell.value = value
    cell.alignment = _FIGURE
    if isinstance(value, date):
        cell.number_format = DAY
    else:
        cell.number_format = COUNT if shown == DAY else shown


def _read_value(words: str) -> float | date | str:
    if _NUMBER.fullmatch(words):
        return float(words) if "." in words else int(words)
    try:
        return date.fromisoformat(words) if _DAY.fullmatch(words) else words
    except ValueError:
        return words


def write_words(cell: Cell, words: str) -> Cell:
    """The cell with these words in it, never to be run; broken over lines, at the top."""
    return write_lines(cell, (words,))


def write_lines(cell: Cell, lines: Sequence[str]) -> Cell:
    """The same with each of these on a line of its own; one after the other where a cell cannot hold them."""
    plain = "\n".join(map(fit_cell, lines))
    if _measure(plain) > LONGEST:
        plain = fit_cell(" ".join(lines))
    cell.value = plain
    # Whatever the library made of them: words are no formula, error or number, nor when somebody edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = is_dangerous(plain)
    cell.alignment = _WRAPPED
    return cell


def write_document(sheet: Worksheet, document: Document) -> None:
    """The blocks of a document one below the other, tables in columns of their own."""
    _write_line(sheet, document.title, _TITLE)
    _write_line(sheet, document.subtitle)
    if document.banner:
        line = _write_line(sheet, f"{document.banner.title}. {document.banner.text}", WARNING)
        for at in range(1, len(_READ_WIDTHS) + 1):
            sheet.cell(line, at).fill = WARNING_FILL
    for section in document.sections:
        _write_line(sheet, "")
        _write_line(sheet, section.title, _HEADING)
        for block in section.blocks:
            WRITERS[block.kind](sheet, block)
    _write_line(sheet, "")
    _write_line(sheet, document.footer)
    _set_widths(sheet, _READ_WIDTHS)
    set_page(sheet, document)


def _write_line(sheet: Worksheet, words: str, font: Font = PLAIN) -> int:
    """Words over the whole width, in as many lines as they take; the number of the row."""
    line = _find_end(sheet)
    cell = write_words(sheet.cell(line, 1), words)
    cell.font = font
    sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(_READ_WIDTHS))
    scale = font.size / _SIZE
    sheet.row_dimensions[line].height = count_lines(words, sum(_READ_WIDTHS) / scale) * LINE * scale
    return line


def _write_paragraph(sheet: Worksheet, block: Paragraph) -> None:
    _write_line(sheet, f"{block.strong} {block.text}".strip())


def _write_bullets(sheet: Worksheet, block: Bullets) -> None:
    for item in block.items:
        _write_line(sheet, f"\u2022 {item}")


def _write_block_of_rows(sheet: Worksheet, block: Table) -> None:
    formats = [COUNT if at in block.numeric else "" for at in range(len(block.header))]
    _write_rows(sheet, block.header, block.rows, formats)


WRITERS: dict[str, Callable[[Worksheet, Any], None]] = {
    Paragraph.kind: _write_paragraph,
    Bullets.kind: _write_bullets,
    Table.kind: _write_block_of_rows,
}


def set_page(sheet: Worksheet, document: Document) -> None:
    """A4, few pages wide; above each page whom it is for, below which sheet and page it is."""
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    width = sum(each.width for each in sheet.column_dimensions.values())
    setup.fitToWidth, setup.fitToHeight = math.ceil(width / _PAGE), 0
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"
    if document.banner:
        sheet.oddHeader.center.text = document.banner.title


def write_properties(document: Document) -> bytes:
    """The part of a workbook that says what it is: a title and a language, no author and no clock."""
    told = DocumentProperties(
        creator=None,
        title=fit_cell(document.title),
        language=document.language,
        created=WRITTEN,
        modified=WRITTEN,
    )
    properties: bytes = tostring(told.to_tree())
    return properties
