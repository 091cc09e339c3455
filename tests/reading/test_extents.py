"""Stray cells far from the table are refused before a library runs out of memory; claims alone are not believed."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.workbook import read_workbook

ROWS = [["Role", "What was good?"], ["Parent", "They really listened to us"], ["SENCO", "We met every week"]]
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
SHEET = "xl/worksheets/sheet1.xml"
Turn = Callable[[bytes], bytes]


def make_workbook(cells: Mapping[tuple[int, int], str], turn: Turn = lambda xml: xml) -> bytes:
    """The table and stray cells, by row and column; `turn` rewrites the sheet as another program would write it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    for (row_number, column), word in cells.items():
        sheet.cell(row_number, column, word)
    saved, out = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, turn(old.read(name)) if name == SHEET else old.read(name))
    return out.getvalue()


def state_dimension(dimension: bytes) -> Turn:
    return lambda xml: re.sub(rb"<dimension [^>]*/>", dimension, xml)


def prefix_tags(xml: bytes) -> bytes:
    """Every tag with a name in front, as Microsoft's own toolkit writes them."""
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")


def add_empty_end(xml: bytes) -> bytes:
    """Rows down to the last one, with borders and nothing in the cells."""
    empty = b'<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row></sheetData>'
    return state_dimension(b'<dimension ref="A1:XFD1048576"/>')(xml.replace(b"</sheetData>", empty))


FAR = [
    ({(LAST_ROW, LAST_COLUMN): "x"}, lambda xml: xml),
    ({(1, LAST_COLUMN): "x", (LAST_ROW, 1): "y"}, lambda xml: xml),
    ({(LAST_ROW, LAST_COLUMN): "x"}, state_dimension(b"")),
    ({(LAST_ROW, LAST_COLUMN): "x"}, state_dimension(b'<dimension ref="A1"/>')),
    ({(LAST_ROW, LAST_COLUMN): "x"}, prefix_tags),
]


@pytest.mark.parametrize(("cells", "turn"), FAR, ids=["corner", "two ends", "nothing said", "too little said", "names"])
def test_a_stray_cell_far_away_is_refused_in_words(cells: Mapping[tuple[int, int], str], turn: Turn) -> None:
    with pytest.raises(UnreadableSurveyError) as told:
        read_workbook(take_raw(make_workbook(cells, turn), "survey.xlsx"))
    assert told.value.what == ("A sheet of survey.xlsx reaches to row 1,048,576 and column 16,384, which is no survey.")
    assert "stray cell" in told.value.hint


@pytest.mark.parametrize(
    ("cells", "turn"),
    [
        ({}, lambda xml: xml),
        ({}, prefix_tags),
        ({}, add_empty_end),
        ({}, state_dimension(b'<dimension ref="A1:XFD1048576"/>')),
    ],
    ids=["plain", "names", "empty cells", "too much said"],
)
def test_what_a_sheet_claims_beyond_its_filled_cells_does_no_harm(
    cells: Mapping[tuple[int, int], str], turn: Turn
) -> None:
    [grid] = read_workbook(take_raw(make_workbook(cells, turn), "survey.xlsx"))
    assert [list(row) for row in grid.walk()] == ROWS


def test_a_stray_cell_not_too_far_away_is_read() -> None:
    [grid] = read_workbook(take_raw(make_workbook({(9_000, 30): "x"}), "survey.xlsx"))
    assert (grid.height, len(grid.columns)) == (9_000, 30)


def test_sheets_of_a_long_table_are_measured_to_the_last_piece() -> None:
    """The far cell in the middle is seen although only the ends are looked at first, because the sheet claims it."""
    cells = {(row, 1): "They listened to us" for row in range(4, 9_000)} | {(5_000, LAST_COLUMN): "x"}
    with pytest.raises(UnreadableSurveyError, match="reaches to row 8,999 and column 16,384"):
        read_workbook(take_raw(make_workbook(cells), "survey.xlsx"))


@pytest.mark.parametrize("name", ["forum_survey_handmade.ods", "forum_survey_handmade.xlsx"])
def test_other_workbooks_are_none_of_its_business(name: str) -> None:
    path = Path(__file__).parents[2] / "data/samples" / name
    assert read_workbook(take_raw(path.read_bytes(), name))
