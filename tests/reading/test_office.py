"""What the office wrote beside the answers is never taken for an answer; what people wrote always is."""

from collections import Counter

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.grid import Heading

SENTENCES = tuple(f"Please see what was said about them in the record number {number}" for number in range(8))


def recognise(header: str, framework: Framework) -> SurveyColumn:
    [column] = recognise_columns([Heading(0, header, header)], [Counter(SENTENCES)], framework)
    return column


@pytest.mark.parametrize(
    "header",
    [
        "Internal notes", "Office use only", "For office use", "Office use only - please leave blank", "Admin comments",
        "Moderator comment", "Moderator comments", "Reviewer comment", "Reviewer's comments", "Action taken",
        "Staff comment on this response", "Comments (staff only)", "Reply sent", "Our response", "Summary",
        "AI summary",
        "Summary of response", "Sentiment", "Sentiment score", "Translation", "Translation (English)", "Translated by",
        "Follow-up notes", "Notes (researcher)", "Coder", "Coder 2", "Coded by", "Code", "Codes", "Code(s)", "Theme",
        "Theme(s)", "Themes", "Theme 1",
    ],
)  # fmt: skip
def test_columns_of_the_office_are_not_used(header: str, framework: Framework) -> None:
    column = recognise(header, framework)
    assert column.kind is ColumnKind.UNUSED, column.why
    assert "the office wrote it" in column.why


@pytest.mark.parametrize(
    "header", ["Safeguarding concern", "Safeguarding", "Interviewer notes", "Interviewer's notes", "Case notes"]
)
def test_what_the_office_noted_about_people_is_dropped(header: str, framework: Framework) -> None:
    column = recognise(header, framework)
    assert column.kind is ColumnKind.METADATA, column.why
    assert "personal; dropped" in column.why


@pytest.mark.parametrize(
    "header",
    [
        "Any other notes?", "Comments", "Any other comments?", "Notes", "Your comments on staff",
        "Comments about staff",
        "What did staff do well?", "Your summary of the meetings", "What action was taken after you spoke?",
        "In your own words, what were the themes?", "How did our response make you feel?",
    ],
)  # fmt: skip
def test_what_people_are_asked_stays_open(header: str, framework: Framework) -> None:
    assert recognise(header, framework).kind is ColumnKind.OPEN


def test_codes_that_tell_people_apart_are_no_codes_of_the_office(framework: Framework) -> None:
    [column] = recognise_columns([Heading(0, "Code", "Code")], [Counter(["AB12", "CD34", "EF56"])], framework)
    assert column.kind is ColumnKind.PERSON
