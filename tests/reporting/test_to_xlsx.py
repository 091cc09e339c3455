"""The workbook holds the same rows as the CSV files, as figures, days and words, and nothing in it can run."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import python_calamine
from openpyxl import Workbook, load_workbook

from coprod_cli.model.findings import Findings
from coprod_cli.reporting import OUTPUTS, Material, render
from coprod_cli.reporting.data_tables import TABLES
from coprod_cli.reporting.to_xlsx import CUT, FIRST_SHEET, LONGEST, fit_cell, write_xlsx
from coprod_cli.telling import MARKS

FIGURE = re.compile(r"-?[\d.]+")
RUNNING = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'=1+1", "#N/A", "1e5", "{=1}")


def open_book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def read_csv(name: str, findings: Findings) -> list[list[str]]:
    text = OUTPUTS[f"{name}.csv"](Material(findings)).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def book(sample: Findings) -> Workbook:
    return open_book(write_xlsx(Material(sample)))


def say(value: object) -> str:
    return "" if value is None else value.date().isoformat() if hasattr(value, "date") else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_has_the_rows_of_its_csv_file(name: str, book: Workbook, sample: Findings) -> None:
    written = read_csv(name, sample)
    sheet = book[TABLES[name].title]
    found = [[say(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    assert len(found) == len(written)
    for there, here in zip(written, found, strict=True):
        for column, told, shown in zip(written[0], there, here, strict=True):
            if column in TABLES[name].formats and there is not written[0] and FIGURE.fullmatch(told):
                assert float(shown) == float(told)
            else:
                assert shown == " ".join(told.split())


def test_figures_are_figures_and_days_are_days(book: Workbook) -> None:
    scores = book["Scores"]
    heads = {cell.value: cell.column for cell in scores[1]}
    told = [row for row in scores.iter_rows(min_row=2) if row[heads["reportable"] - 1].value == "yes"]
    assert told
    for column, shown in (("estimate", "0.0"), ("low", "0.0"), ("high", "0.0"), ("people", "0")):
        assert {(row[heads[column] - 1].data_type, row[heads[column] - 1].number_format) for row in told} == {
            ("n", shown)
        }
    chances = list(book["Rungs"].iter_rows(min_row=2))
    assert {row[5].number_format for row in chances} == {"0.000"}
    days = {cell.value.date() for cell in book["On paper"]["J"][1:] if cell.value is not None}
    assert date(2025, 5, 21) in days
    withheld = [row for row in scores.iter_rows(min_row=2) if row[heads["reportable"] - 1].value == "no"]
    assert {(row[heads["estimate"] - 1].value, bool(row[heads["mark"] - 1].value)) for row in withheld} == {
        (None, True)
    }


def test_headers_stay_in_sight_can_be_filtered_by_and_come_on_every_page(book: Workbook) -> None:
    assert book.sheetnames[0] == FIRST_SHEET
    assert {table.title for table in TABLES.values()} == set(book.sheetnames[1:])
    for name, table in TABLES.items():
        sheet = book[table.title]
        assert len(sheet.title) <= 31
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.bold for cell in sheet[1])
        assert [each.autoFilter.ref for each in sheet.tables.values()] == ([sheet.dimensions] * (sheet.max_row > 1))
        assert set(sheet.tables) <= {name}


def test_the_first_sheet_says_what_everything_is(book: Workbook, make_findings: Callable[..., Findings]) -> None:
    rows = [tuple(filter(None, row)) for row in book[FIRST_SHEET].iter_rows(values_only=True)]
    for table in TABLES.values():
        assert {row[1] for row in rows if row[:1] == (table.title,)} >= set(table.columns)
        assert sum(row[:1] == (table.title,) for row in rows) == len(table.columns) + 1
    assert {row[0] for row in rows if row and row[0] in MARKS} == set(MARKS)
    words = " ".join(str(cell) for row in rows for cell in row)
    assert "Do not rank projects" in words
    assert "Restricted" not in words
    settings = replace(make_findings().settings, audience="restricted")
    secret = open_book(write_xlsx(Material(make_findings(settings=settings))))
    assert "Restricted: do not publish" in str(secret[FIRST_SHEET]["A3"].value)
    assert {sheet.oddHeader.center.text for sheet in secret} == {"Restricted: do not publish"}


def test_the_same_findings_give_the_same_bytes_without_author_or_time(sample: Findings) -> None:
    content = write_xlsx(Material(sample))
    assert write_xlsx(Material(sample)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        properties = parts.read("docProps/core.xml").decode("utf-8")
        assert re.findall(r"<(\w+:\w+)[^>]*>([^<]+)", properties) == [
            ("dc:title", "How real was the co-production?"),
            ("dc:language", "en-GB"),
            ("dcterms:created", "2026-01-01T00:00:00Z"),
            ("dcterms:modified", "2026-01-01T00:00:00Z"),
        ]
        assert {each.date_time for each in parts.infolist()} == {(2026, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("words", RUNNING)
def test_words_are_words_whatever_they_begin_with(usual: Findings, words: str) -> None:
    scores = usual.scores.assign(project=words).drop_duplicates(["role", "dimension"])
    content = write_xlsx(Material(replace(usual, scores=scores)))
    cells = [row[0] for row in open_book(content)["Scores"].iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in cells} == {(words, "s")}
    assert {cell.quotePrefix for cell in cells} == {words[0] in "=+-@"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


def test_what_a_cell_cannot_hold_is_left_out_or_cut_and_says_so(usual: Findings) -> None:
    odd = "a\x00b\x0bc _x000D_ d\uffff \r\n e"
    long = "\U0001f469\u200d\U0001f467 " * 8000
    for words, told in ((odd, "ab c _x000D_ d e"), (long, fit_cell(long))):
        scores = usual.scores.assign(project=words).drop_duplicates(["role", "dimension"])
        content = write_xlsx(Material(replace(usual, scores=scores)))
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Scores")
        assert sheet.to_python()[1][0] == told
    assert len(fit_cell(long).encode("utf-16-le")) <= 2 * LONGEST
    assert fit_cell(long).endswith(CUT)
    assert fit_cell(long).removesuffix(CUT) in long


def test_it_is_written_once_whatever_the_templates(usual: Findings) -> None:
    files = render(usual, wanted=[("forum", "xlsx"), ("summary", "xlsx"), ("summary", "html")])
    assert {name for name in files if name.endswith(("xlsx", "html"))} == {
        "tables.xlsx",
        "report.html",
        "summary.html",
    }
    assert files["tables.xlsx"] == write_xlsx(Material(usual))


def test_a_survey_too_small_still_gives_a_workbook(nothing_told: Findings) -> None:
    scores = nothing_told.scores.iloc[:0]
    book = open_book(write_xlsx(Material(replace(nothing_told, scores=scores))))
    assert [cell.value for cell in book["Scores"][1]] == list(TABLES["scores"].columns)
    assert book["Scores"].max_row == 1
