"""Exports of tools that coprod does not know are read well as plain tables; tables made by hand stay as they are."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Layout

Write = Callable[..., Path]
HOW_FAR = "How far did people really listen to what parents said?"
OWN = [
    "Response ID", "Started", "Completed", "IP", "Tracking link", "Respondent name", "Device", "Browser", "Language",
    "Time taken",
]  # fmt: skip
FORM = [
    "8812", "06/10/2025 07:00", "06/10/2025 07:09", "192.0.2.7", "Newsletter", "Jo Sample", "Mobile", "Chrome", "en",
    "09:12",
]  # fmt: skip


def lay_out(rows: Sequence[Sequence[str]]) -> Layout:
    grid = Grid.of(rows)
    assert choose_format(grid)[0] == "plain"
    return FORMATS["plain"].questions(grid)


def kinds(layout: Layout) -> list[str]:
    return [str(heading.hint.kind) if heading.hint else "" for heading in layout.headings]


def test_columns_that_tools_call_alike_are_no_questions(write: Write, framework: Framework) -> None:
    header = [*OWN, "I am a...", HOW_FAR, "What was good?"]
    body = [[str(8812 + n), *FORM[1:], "Parent", "Mostly", f"They listened to us, number {n}"] for n in range(8)]
    layout = lay_out([header, *body])
    assert kinds(layout)[:10] == ["metadata", "date", "date", *["metadata"] * 7]
    assert kinds(layout)[10:] == ["", "", ""]
    assert layout.headings[0].submission
    survey = read_survey([write([header, *body])], framework)
    assert (survey.forms, len(survey.ratings), len(survey.answers)) == (8, 8, 8)


def test_a_status_tells_who_finished_and_who_was_screened_out() -> None:
    told = ["Complete", "Partial", "In progress", "Screened out", "completed", ""]
    layout = lay_out(
        [["Response ID", "Response status", "Role"], *([str(n), each, "x"] for n, each in enumerate(told))]
    )
    assert layout.unfinished is not None
    assert layout.unfinished.nonzero()[0].tolist() == [2, 3]
    assert [each.rows.nonzero()[0].tolist() for each in layout.left_out if each.code == "screened_rows"] == [[4]]


@pytest.mark.parametrize(("told", "unfinished"), [(("Yes", "No"), [2]), (("TRUE", "FALSE"), [2]), (("1", "0"), [2])])
def test_completed_may_be_yes_or_no(told: tuple[str, str], unfinished: list[int]) -> None:
    layout = lay_out([["Response ID", "Completed", "Role"], *([str(n), each, "x"] for n, each in enumerate(told))])
    assert kinds(layout)[1] == "metadata"
    assert layout.unfinished is not None
    assert layout.unfinished.nonzero()[0].tolist() == unfinished


def test_a_missing_date_of_completion_is_a_form_not_completed_unless_most_are_missing() -> None:
    def rows(blank: int) -> list[list[str]]:
        return [OWN, *([*FORM[:2], "" if number < blank else FORM[2], *FORM[3:]] for number in range(5))]

    unfinished = lay_out(rows(2)).unfinished
    assert unfinished is not None
    assert unfinished.nonzero()[0].tolist() == [1, 2]
    assert lay_out(rows(4)).unfinished is None


def test_rows_marked_as_test_are_left_out() -> None:
    layout = lay_out([["Response ID", "Is test", "Role"], ["1", "false", "x"], ["2", "true", "y"]])
    assert [each.rows.nonzero()[0].tolist() for each in layout.left_out if each.code == "test_rows"] == [[2]]


def test_one_such_word_alone_is_no_survey_tool() -> None:
    layout = lay_out([["Status", "How was it", "Finished work"], ["Partial", "good", "no"], ["Complete", "bad", "yes"]])
    assert kinds(layout) == ["", "", ""]
    assert layout.unfinished is None


def test_other_words_under_a_status_leave_nothing_out() -> None:
    layout = lay_out([["Response ID", "Status", "Role"], ["1", "Partial", "x"], ["2", "Parent of two", "y"]])
    assert layout.unfinished is None
    assert not any(each.rows.any() for each in layout.left_out)


@pytest.mark.parametrize(
    "header",
    [["1. Role", "2. Words", "Date"], ["Q1. Role", "Q2. Words", "Q3. Date"], ["4.a. Role", "4.b. Words", "When"]],
)
def test_numbered_questions_lose_their_numbers(header: list[str]) -> None:
    layout = lay_out([header, ["Parent", "Lunch", "x"]])
    assert [heading.text for heading in layout.headings][:2] == ["Role", "Words"]
    assert [heading.header for heading in layout.headings] == header


def test_numbers_that_are_answers_or_occur_twice_stay() -> None:
    assert lay_out([["1. Role", "1. Words"], ["Parent", "x"]]).headings[0].text == "1. Role"
    assert lay_out([["2024 was good", "Role", "Words"], ["a", "b", "c"]]).headings[0].text == "2024 was good"


@pytest.mark.parametrize(
    "header",
    [
        ["Parents/Carers heard", "Parents/Carers asked", "Parents/Carers told", "Parents/Carers paid"],
        ["Trust: before", "Trust: after", "Time: before", "Time: after"],
        ["Before: How far heard?", "After: How far heard?", "Before: How far told?", "After: How far told?"],
        ["Role", "Yes/No", "Mum/Dad", "What was good/bad?"],
        ["Role (9:30 group)", "Words at 10:15", "Link http://example.org/a", "Time 12:00"],
    ],
)
def test_slashes_and_colons_do_not_make_a_survey_tool(header: list[str]) -> None:
    layout = lay_out([header, ["a", "b", "c", "d"]])
    assert [heading.text for heading in layout.headings] == header


def test_groups_and_turned_rows_are_understood_without_any_other_mark() -> None:
    grouped = Grid.of([["You/Role", "You/Project", "Work/Was it fair?", "Work/Was it open?"], ["a", "b", "c", "d"]])
    assert choose_format(grid=grouped)[0] == "kobo"
    turned = Grid.of([["Role", *(f"{row}:How far did it happen?" for row in ("Trust", "Time", "Say"))], ["a", *"bcd"]])
    assert choose_format(grid=turned)[0] == "alchemer"


def test_records_within_records_are_questions_without_their_path() -> None:
    header = ["id", "answers/I am a...", "answers/What was good?", "answers/Were parents/carers heard?"]
    grid = Grid.of([header, ["1", "Parent", "Lunch", "Mostly"]], given_headers=1)
    assert choose_format(grid)[0] == "plain"
    texts = [heading.text for heading in FORMATS["plain"].questions(grid).headings]
    assert texts == ["id", "I am a...", "What was good?", "Were parents/carers heard?"]
