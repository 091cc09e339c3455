"""Each survey tool's headers are found by what stands in them, also when somebody tampered with them."""

from collections.abc import Sequence

import pytest

from coprod_cli.reading import FORMATS
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Layout

CODES = ["StartDate", "EndDate", "Status", "Finished", "ResponseId", "Q1", "Q2_1"]
TEXTS = ["Anfangsdatum", "Enddatum", "Antworttyp", "Beendet", "Antwort-ID", "Role", "How far - Heard?"]
IMPORTS = ['{"ImportId":"startDate","timeZone":"America/Denver"}', *(f'{{"ImportId":"QID{n}"}}' for n in range(6))]
TOOL_ROW = ["2025-10-06 07:00:00", "2025-10-06 07:09:00", "IP Address", "True", "R_1", "Parent", "Mostly"]


def lay_out(rows: Sequence[Sequence[str]]) -> tuple[str, Layout]:
    grid = Grid.of(rows)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def texts(layout: Layout) -> list[str]:
    return [heading.text for heading in layout.headings]


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ([CODES, TEXTS, IMPORTS], ["Role", "How far - Heard?"]),
        ([["My survey"], [], CODES, TEXTS, IMPORTS], ["Role", "How far - Heard?"]),
        ([CODES, TEXTS, [cell.replace('"', "'") for cell in IMPORTS]], ["Role", "How far - Heard?"]),
        ([CODES, IMPORTS], ["Q1", "Q2_1"]),
        ([TEXTS, IMPORTS], ["Role", "How far - Heard?"]),
        ([CODES, TEXTS], ["Role", "How far - Heard?"]),
        ([CODES], ["Q1", "Q2_1"]),
    ],
)
def test_qualtrics_whichever_of_its_three_rows_are_left(top: list[list[str]], expected: list[str]) -> None:
    name, layout = lay_out([*top, TOOL_ROW])
    assert name == "qualtrics"
    assert layout.first_row == len(top)
    assert texts(layout)[5:] == expected


def test_qualtrics_before_2017() -> None:
    codes = [f"V{number}" for number in range(1, 5)] + ["Q1", ""]
    name, layout = lay_out(
        [codes, ["ResponseID", "ResponseSet", "Name", "IPAddress", "Role", ""], ["R_1", "D", "", "", "Mum", ""]]
    )
    assert name == "qualtrics"
    assert (layout.first_row, texts(layout)[4]) == (2, "Role")
    assert [heading.hint is not None for heading in layout.headings] == [True] * 4 + [False]


def test_qualtrics_tests_and_previews_are_left_out_and_unfinished_forms_kept() -> None:
    rows = [CODES, TEXTS, IMPORTS, TOOL_ROW]
    rows += [[*TOOL_ROW[:2], status, *TOOL_ROW[3:]] for status in ("Survey Preview", "1", "8", "Spam", "16")]
    rows += [[*TOOL_ROW[:3], "False", *TOOL_ROW[4:]]]
    layout = lay_out(rows)[1]
    assert [(each.code, each.rows.nonzero()[0].tolist()) for each in layout.left_out] == [("test_rows", [4, 5, 6, 7])]
    assert layout.unfinished is not None
    assert layout.unfinished.nonzero()[0].tolist() == [9]


def test_qualtrics_own_endings_and_texts_beside_choices() -> None:
    rows = [
        ["ResponseId", "Q1", "Q1_6_TEXT", "Q3_First Click"],
        [
            "Response ID",
            "What are you? - Selected Choice",
            "What are you? - Other (please specify) - Text",
            "Timing - First Click",
        ],
        [f'{{"ImportId":"QID{n}"}}' for n in range(4)],
    ]
    layout = lay_out([*rows, ["R_1", "Other", "Tree surgeon", "3.2"]])[1]
    assert texts(layout)[1] == "What are you?"
    assert [heading.hint.kind if heading.hint else "" for heading in layout.headings] == [
        "metadata",
        "",
        "unused",
        "metadata",
    ]


def test_surveymonkey_carries_the_question_over_blank_cells() -> None:
    name, layout = lay_out(
        [
            ["Respondent ID", "Collector ID", "Project", "How far", "", "What was good?", "", "Who are you?"],
            ["", "", "", "were you heard", "did it matter", "Open-Ended Response", "Comments:", "Response"],
            ["11824", "43", "A", "Mostly", "Partly", "The lunch", "", "Mum"],
        ]
    )
    assert name == "surveymonkey"
    assert (layout.header_rows, layout.first_row) == (2, 2)
    assert texts(layout)[2:] == [
        "Project", "How far - were you heard", "How far - did it matter", "What was good?", "What was good?",
        "Who are you?",
    ]  # fmt: skip


def test_surveymonkey_without_its_own_columns_or_with_one_header_row() -> None:
    name, layout = lay_out([["Role", "What was good?"], ["Response", "Open-Ended Response"], ["Mum", "The lunch"]])
    assert (name, layout.first_row) == ("surveymonkey", 2)
    name, layout = lay_out([["Respondent ID", "Collector ID", "Role"], ["1", "2", "Mum"]])
    assert (name, layout.first_row, texts(layout)) == ("surveymonkey", 1, ["Respondent ID", "Collector ID", "Role"])


def test_microsoft_forms_takes_off_glued_numbers_only_where_the_header_is_there_without() -> None:
    header = [
        "Id",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Comments\u00a0",
        "Comments2",
        "Year 9",
        "Feedback - Role",
    ]
    name, layout = lay_out([header, ["18", "2025-10-06", "2025-10-06", "anonymous", "", "a", "b", "c", "d"]])
    assert name == "microsoft_forms"
    assert texts(layout)[5:8] == ["Comments", "Comments", "Year 9"]
    assert layout.headings[8].hint is not None


@pytest.mark.parametrize("stamp", ["Timestamp", "Zeitstempel", "Marca temporal"])
def test_google_forms_splits_a_grid_into_question_and_row(stamp: str) -> None:
    name, layout = lay_out([[stamp, "How far [were you heard]", "Role"], ["29/10/2018 15:52:25", "Mostly", "Mum"]])
    assert name == "google_forms"
    assert (layout.headings[1].stem, layout.headings[1].part) == ("How far", "were you heard")


def test_a_plain_table_may_have_titles_above_and_empty_columns_behind() -> None:
    rows = [["Spring survey"], [], ["Role", "<b>What</b> was&nbsp;good?\u200b", "", ""], ["Mum", "Lunch", "", ""]]
    name, layout = lay_out(rows)
    assert name == "plain"
    assert (layout.first_row, texts(layout)) == (3, ["Role", "What was good?"])
    assert layout.headings[1].header == "<b>What</b> was&nbsp;good?\u200b"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [[], [[""]], [["a"]], [["", ""], ["x"]]])
def test_no_format_stumbles_over_next_to_nothing(name: str, rows: list[list[str]]) -> None:
    assert 0 <= FORMATS[name].recognises(Grid.of(rows)) <= 1
    if rows:
        assert FORMATS[name].questions(Grid.of(rows)).first_row >= 0
