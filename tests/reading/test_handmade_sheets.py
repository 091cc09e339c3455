"""Sheets that people made by hand: merged cells, several sheets, titles, totals, notes, dashes, people side by side."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.reading import read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.formats import FORMATS, choose_format
from coprod_cli.reading.formats.merged_headers import lay_out_merged
from coprod_cli.reading.opening import open_file

Write = Callable[..., Path]
EXTENT = ("Not at all", "A little", "Partly", "Mostly", "Completely")
FORMS = [
    [
        "Mum",
        "Short breaks",
        *(EXTENT[(n + more) % 5] for more in range(3)),
        f"They listened {n} times",
        "Agree",
        "Agree",
    ]
    for n in range(8)
]
UPPER = ["Role", "Project", "How far", "", "", "What was good?", "Do you agree", ""]
LOWER = ["", "", "were you heard", "did it matter", "was it fair", "", "we were asked", "it was kept"]
PARTS = [
    ("Role", ""), ("Project", ""), ("How far", "were you heard"), ("How far", "did it matter"),
    ("How far", "was it fair"), ("What was good?", ""), ("Do you agree", "we were asked"),
    ("Do you agree", "it was kept"),
]  # fmt: skip


def list_parts(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    layout = FORMATS["plain"].questions(Grid.of(rows))
    return [(heading.stem, heading.part) for heading in layout.headings]


def make_book(sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        for cells in merged:
            sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def list_projects(survey: Survey) -> list[str]:
    return sorted(survey.responses["project"].unique())


@pytest.mark.parametrize(
    "header",
    [
        [UPPER, LOWER],
        [["Our spring survey"], [], UPPER, LOWER],
        [UPPER, [], LOWER],
        [
            ["About you", "", *UPPER[2:5], "", *UPPER[6:]],
            ["Role", "Project", *LOWER[2:5], "What was good?", *LOWER[6:]],
        ],
        [["Part one", "", "", "", "", "Part two", "", ""], UPPER, LOWER],
    ],
)
def test_a_header_in_several_rows_is_put_together(header: list[list[str]]) -> None:
    if header[0][0] == "About you":
        # Nothing tells where the cell above reaches to: here the one before it is carried over a column too many.
        assert list_parts([*header, *FORMS])[:5] == PARTS[:5]
    else:
        assert list_parts([*header, *FORMS]) == PARTS


@pytest.mark.parametrize(
    "rows",
    [
        [[*UPPER[:2], *LOWER[2:5], "What was good?", *LOWER[6:]]],
        [["Our spring survey"], [*UPPER[:2], *LOWER[2:5], "What was good?", *LOWER[6:]]],
        [["Survey:", "Spring 2025"], [*UPPER[:2], *LOWER[2:5], "What was good?", *LOWER[6:]]],
        [UPPER],
        [[]],
    ],
)
def test_one_row_is_no_merged_header(rows: list[list[str]]) -> None:
    assert lay_out_merged(Grid.of([*rows, *FORMS])) is None


def test_a_workbook_tells_how_far_a_merged_cell_reaches() -> None:
    upper = ["Role", "Project", "How far", "", "", "", "Do you agree", ""]
    lower = ["", "", *LOWER[2:5], "What was good?", *LOWER[6:]]
    data = make_book({"S": [["Our survey"], upper, lower, *FORMS]}, ("A1:H1", "A2:A3", "B2:B3", "C2:E2", "G2:H2"))
    [grid] = open_file(take_raw(data, "survey.xlsx")).grids
    assert list_parts([list(row) for row in grid.walk()]) == PARTS


def test_a_cell_merged_down_stands_for_everybody_beside_it(write: Write, framework: Framework) -> None:
    rows: list[list[object]] = [
        ["Project", "What was good?"],
        ["Short breaks", "They really listened to us"],
        ["", "We met in the evening for once"],
        ["Transport", "The letter was clear at last"],
    ]
    survey = read_survey([write(make_book({"S": rows}, ("A2:A3",)), "survey.xlsx")], framework)
    assert survey.responses["project"].value_counts().to_dict() == {"Short breaks": 2, "Transport": 1}


HEADER = ["Role", "How far did people really listen to what parents said?", "What was good?"]


def make_forms(words: str) -> list[list[object]]:
    return [["Mum", EXTENT[n % 5], f"{words} number {n} was the best of them"] for n in range(5)]


def test_sheets_with_one_header_are_read_together_and_their_names_are_the_projects(
    write: Write, framework: Framework
) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Short breaks": [["Spring survey"], [*HEADER], *make_forms("The break")],
        "Transport": [[*HEADER], *make_forms("The bus")],
        "Template": [[*HEADER]],
        "Notes": [["To do"], ["Ring the council"]],
    }
    survey = read_survey([write(make_book(sheets), "survey.xlsx")], framework)
    assert survey.forms == 10
    assert list_projects(survey) == ["Short breaks", "Transport"]
    assert [notice.code for notice in survey.notices if notice.code == "other_sheets"] == ["other_sheets"]


@pytest.mark.parametrize(
    ("names", "kind", "values"),
    [
        (("Parents", "Practitioners"), ColumnKind.ROLE, ["parent", "practitioner"]),
        (("2024", "2025"), ColumnKind.WAVE, ["2024", "2025"]),
        (("Sheet1", "Sheet2"), None, []),
    ],
)
def test_the_names_of_sheets_may_be_roles_or_rounds_or_nothing(
    names: tuple[str, str], kind: ColumnKind | None, values: list[str], write: Write, framework: Framework
) -> None:
    sheets: dict[str, list[list[object]]] = {
        name: [[*HEADER[1:]], *(row[1:] for row in make_forms(name))] for name in names
    }
    survey = read_survey([write(make_book(sheets), "survey.xlsx")], framework)
    assert survey.forms == 10
    kinds = [column.kind for column in survey.sources[0].columns]
    assert kind is None or kind in kinds
    if kind:
        assert sorted(survey.responses[kind.value].unique()) == values


def test_sheets_that_ask_something_else_are_told_and_left() -> None:
    sheets: dict[str, list[list[object]]] = {"A": [[*HEADER], *make_forms("x")], "B": [["Age", "Area"], ["7", "North"]]}
    assert len(open_file(take_raw(make_book(sheets), "x.xlsx")).grids) == 2


def test_a_table_on_its_side_is_refused_with_what_to_do() -> None:
    asked = ["Who are you?", "How far were you heard?", "What was good?", "What was bad?", "What changed?"]
    for people in (["1", "2", "3", "4"], ["Parent 1", "Parent 2", "Parent 3", "Parent 4"]):
        rows = [["", *people], *([question, "a", "b", "c", "d"] for question in asked)]
        text = "\n".join(",".join(row) for row in rows)
        with pytest.raises(UnreadableSurveyError, match="a column for each person") as told:
            open_file(take_raw(text.encode(), "survey.csv"))
        assert "Transpose" in told.value.hint


def test_answers_that_ask_questions_are_no_table_on_its_side() -> None:
    asked = "\n".join(f"Why was nobody told about {n}?,{n},Mostly,Partly" for n in range(9))
    assert open_file(take_raw(f"What was not good?,Number,How far,Why\n{asked}\n".encode(), "s.csv")).grids


def test_dashes_and_failed_formulas_are_no_answers(write: Write, framework: Framework) -> None:
    header = ["Role", *(f"How far were parents heard in part {n}?" for n in range(4)), "What was good?"]
    forms = [["Mum", *[EXTENT[n % 5]] * 4, f"They listened to us for once in {n}"] for n in range(6)]
    forms += [["Dad", "-", ".", "#N/A", "Mostly", "-"], ["Dad", "Mostly", "-", "-", "-", "Nobody told us of it - why?"]]
    survey = read_survey([write([header, *forms])], framework)
    assert not survey.ratings["score"].isna().any()
    assert len(survey.answers) == 7
    assert not {"closed_unknown", "closed_missing"} & {notice.code for notice in survey.notices}


def test_what_formulas_gave_and_true_and_dates_are_read() -> None:
    when = datetime(2025, 10, 6)  # noqa: DTZ001  # workbooks know no time zones
    [grid] = open_file(take_raw(make_book({"S": [["a", "b"], [when.date(), True], [0.1, 1e15]]}), "x.xlsx")).grids
    assert list(grid.walk(1)) == [("2025-10-06", "True"), ("0.1", "1000000000000000")]


def test_a_merged_header_hides_no_boxes_and_no_rankings() -> None:
    upper = ["Role", "Which ways? Tick all", "", "Put in order", "", ""]
    lower = ["", "Letter", "Meeting", "time", "money", "trust"]
    orders = [("1", "2", "3"), ("3", "1", "2"), ("2", "3", "1"), ("1", "3", "2")]
    body = [["Mum", "Letter" if n % 2 else "", "" if n % 2 else "Meeting", *order] for n, order in enumerate(orders)]
    grid = Grid.of([upper, lower, *body])
    assert choose_format(grid)[0] == "plain"
    headings = FORMATS["plain"].questions(grid).headings
    assert [heading.choice for heading in headings] == [False, True, True, False, False, False]
    assert [bool(heading.hint and "ranking" in heading.hint.why) for heading in headings] == [False] * 3 + [True] * 3
