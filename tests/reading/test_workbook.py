"""Workbooks become text cells, the sheet with the survey is the one that is read, and broken ones are told."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.workbook import read_workbook, write_cell

Write = Callable[..., Path]
ROWS = [["Role", "What was good?"], ["Parent", "They really listened to us"], ["SENCO", "We met every week"]]


def make_workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_become_the_text_a_csv_export_would_hold() -> None:
    when = datetime(2025, 10, 6, 14, 51)  # noqa: DTZ001  # workbooks know no time zones
    row: list[object] = [12749699617, 4.5, "007", True, when, date(2025, 10, 6), time(9, 30), None, "Agree\u00a0"]
    [grid] = read_workbook(take_raw(make_workbook({"Form1": [row]}), "x.xlsx"))
    assert grid.top[0] == [
        "12749699617", "4.5", "007", "True", "2025-10-06 14:51:00", "2025-10-06", "09:30:00", "", "Agree\u00a0",
    ]  # fmt: skip


def test_the_fullest_sheet_is_read_and_the_others_are_told(write: Write, framework: Framework) -> None:
    sheets: dict[str, list[list[object]]] = {
        "About": [["Spring survey"]],
        "Other": [["x", "y"], ["1", "2"]],
        "Data": [list(row) for row in ROWS],
    }
    survey = read_survey([write(make_workbook(sheets), "survey.xlsx")], framework)
    assert survey.forms == 2
    assert [notice.message for notice in survey.notices if notice.code == "other_sheets"] == [
        "Not read: 1 other sheet of a workbook, with rows in it; the fullest sheet was taken."
    ]


def test_a_workbook_is_known_by_its_bytes_not_its_name(write: Write, framework: Framework) -> None:
    path = write(make_workbook({"Data": [list(row) for row in ROWS]}), "survey.csv")
    assert read_survey([path], framework).forms == 2


def make_zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<x/>")
    return out.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (make_zip("word/document.xml"), "a Word document"),
        (make_zip("notes.txt"), "no survey in survey.xlsx; it holds notes"),
        (make_zip("xl/workbook.xml"), "broken workbook"),
        (ENCRYPTED, "protected by a password"),
        (make_workbook({"Empty": []}), "nothing in it"),
    ],
)
def test_workbooks_that_cannot_be_read_are_told_with_what_to_do(
    data: bytes, what: str, write: Write, framework: Framework
) -> None:
    with pytest.raises(UnreadableSurveyError, match=what) as told:
        read_survey([write(data, "survey.xlsx")], framework)
    assert told.value.hint.endswith(".")


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("views.docx", b"PK\x03\x04 broken", "a Word document"),
        ("views.docx", make_zip("notes.txt"), "a Word document"),
        ("views.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a Word document"),
        ("views.pdf", b"Parents' views\nWhat was good\nNothing\n", "a PDF"),
        ("views.PPTX", b"PK\x03\x04 broken", "a PowerPoint file"),
        ("views.pages", make_zip("Index/Document.iwa"), "a Pages document"),
        ("views.png", b"\x00\x01\x02 rubbish", "a picture"),
        ("views.xlsx", b"PK\x03\x04 broken", "a broken workbook"),
    ],
)
def test_a_files_ending_says_what_unreadable_bytes_were(
    name: str, data: bytes, what: str, write: Write, framework: Framework
) -> None:
    with pytest.raises(UnreadableSurveyError) as told:
        read_survey([write(data, name)], framework)
    assert told.value.what.startswith(f"{name} is {what}")
    assert told.value.hint


def test_a_workbook_with_a_wrong_ending_is_read_all_the_same(write: Write, framework: Framework) -> None:
    path = write(make_workbook({"Data": [list(row) for row in ROWS]}), "survey.docx")
    assert read_survey([path], framework).forms == 2


def test_characters_that_steer_a_terminal_or_turn_the_text_round_are_dropped() -> None:
    odd: list[object] = ["\u202etsrif\u202c", "a\u2067b\u2069\tc\nd\u200e"]
    [grid] = read_workbook(take_raw(make_workbook({"Form1": [odd]}), "x.xlsx"))
    assert grid.top[0] == ["tsrif", "ab\tc\nd\u200e"]
    assert write_cell("\x1b]0;title\x07one\x0ctwo") == "]0;titleone two"


@pytest.mark.parametrize("merged", ["F1:G1", "H3:I4", "F2:F4", "D1:E1", "C3:D9", "A9:B12"])
def test_merged_cells_beyond_the_table_do_no_harm(merged: str) -> None:
    rows = [
        ["Role", "Project", "What was good?", "Why?"],
        ["Parent", "Buses", "They listened", "x"],
        ["Sir", "", "", ""],
    ]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    [grid] = read_workbook(take_raw(out.getvalue(), "x.xlsx"))
    assert [list(row) for row in grid.walk()] == rows


def test_a_merged_cell_that_reaches_below_the_table_stands_in_all_rows_of_it() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Project", "What was good?"], ["Buses", "They listened"], [None, "We met"]):
        sheet.append(row)
    sheet.merged_cells.add("A2:A1048576")  # merge_cells would make a million cells of it
    out = io.BytesIO()
    book.save(out)
    [grid] = read_workbook(take_raw(out.getvalue(), "x.xlsx"))
    assert list(grid.walk())[1:] == [("Buses", "They listened"), ("Buses", "We met")]
