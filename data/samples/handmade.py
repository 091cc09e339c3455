"""The plain sample goes in; the same survey as a volunteer keeps it comes out, as Excel and OpenDocument.

`forum_survey_handmade.xls` beside this file holds the same cells. It was saved once, with a library that is not needed
for anything else; a test holds it to the other two.
"""

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from tool_exports import Asked

Cells = list[list[Any]]
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
STRING_CELL = ' office:value-type="string"'
FROZEN = (2025, 11, 17, 9, 0, 0)


def make_handmade(rows: Cells, asked: Asked) -> bytes:
    """What a volunteer keeps: titles, merged header cells, numbers and dates as such, totals and notes below."""
    header, *body = rows
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Answers"
    sheet.append(["Co-production survey, autumn 2025"])
    sheet.append(["Put together from the paper forms and the online form"])
    sheet.append([])
    items = asked.list_items()
    first = header.index(items[0][1]) + 1
    upper = [*header[: first - 1], *(stem for stem, _ in items), *header[first - 1 + len(items) :]]
    lower = [*[None] * (first - 1), *(item for _, item in items), *[None] * (len(header) - first + 1 - len(items))]
    sheet.append(upper)
    sheet.append(lower)
    for row in body:
        sheet.append(
            [int(cell) if cell.isdigit() else cell or "-" for cell in row[:-3]] + [cell or None for cell in row[-3:]]
        )
    marks = [int(row[header.index(asked.overall)]) for row in body if row[header.index(asked.overall)]]
    totals: list[Any] = [None] * len(header)
    totals[0], totals[header.index(asked.overall)] = "Average", round(sum(marks) / len(marks), 2)
    sheet.append([])
    sheet.append(totals)
    sheet.append([])
    sheet.append(["Notes: two forms were hard to read. Nobody has checked the typing."])
    last = len(header)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    place = first
    for items_of in asked.grids.values():
        sheet.merge_cells(start_row=4, end_row=4, start_column=place, end_column=place + len(items_of) - 1)
        place += len(items_of)
    for column in [*range(1, first), *range(place, last + 1)]:
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_open_document(workbook: bytes) -> bytes:
    """The same sheet as a LibreOffice user would have saved it: blank rows and cells counted, not written."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    spans = {
        (each.min_row, each.min_col): f' table:number-columns-spanned="{each.size["columns"]}"'
        f' table:number-rows-spanned="{each.size["rows"]}"'
        for each in sheet.merged_cells.ranges
    }
    rows = []
    for number, row in enumerate(sheet.values, start=1):
        cells = [_write_cell(cell, spans.get((number, place), "")) for place, cell in enumerate(row, start=1)]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    kinds = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{kinds} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Answers">{"".join(rows)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3"'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_DOCUMENT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    files = {"mimetype": OPEN_DOCUMENT, "content.xml": content, "META-INF/manifest.xml": manifest}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, FROZEN), text, packed)
    return out.getvalue()


def _write_cell(cell: object, span: str) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind = f' office:value-type="float" office:value="{cell}"' if isinstance(cell, int | float) else STRING_CELL
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f"<table:table-cell{span}{kind}>{lines}</table:table-cell>"
