"""What is left out of a survey is told, with its number and its reason, and nothing else is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import read_mapping, read_survey

Write = Callable[..., Path]
ITEM = "When decisions were made, how far did parents have an equal say?"
HEADER = ["Start Date", "End Date", "Respondent ID", "I am a", "Project", ITEM, "What was good?"]
BEGUN = "2026-03-02 09:00:00"


def form(person: str, when: str, project: str, answer: str, words: str = "") -> list[str]:
    return [BEGUN, f"2026-03-{when} 10:00:00", person, "Parent", project, answer, words]


def told(survey: Survey) -> dict[str, int]:
    assert survey.rows_read == survey.forms + sum(notice.rows for notice in survey.notices)
    return {notice.code: notice.rows for notice in survey.notices if notice.rows}


def show_scores(survey: Survey) -> list[float]:
    return sorted(survey.ratings["score"])


OTHERS = [form(f"Q{number}", "09", "Transport", "Partly") for number in range(12)]


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_forms_of_one_person_the_fuller_one_is_kept_then_the_later(
    turn: int, write: Write, framework: Framework
) -> None:
    fuller = [
        form("P1", "03", "Transport", "Mostly", "They asked us before it was written"),
        form("P1", "20", "Transport", "Not at all"),
    ]
    survey = read_survey([write([HEADER, *fuller[::turn], *OTHERS])], framework)
    assert told(survey) == {"same_person_twice": 1}
    assert 75 in show_scores(survey)
    assert 0 not in show_scores(survey)
    later = [form("P1", "03", "Transport", "Mostly"), form("P1", "20", "Transport", "Not at all")]
    survey = read_survey([write([HEADER, *later[::turn], *OTHERS])], framework)
    assert told(survey) == {"same_person_twice": 1}
    assert 0 in show_scores(survey)
    assert 75 not in show_scores(survey)


def test_one_person_may_answer_for_two_projects_and_in_two_rounds(write: Write, framework: Framework) -> None:
    rows = [form("P1", "03", "Transport", "Mostly"), form("P1", "03", "Short breaks", "Mostly"), *OTHERS]
    survey = read_survey([write([HEADER, *rows])], framework)
    assert told(survey) == {}
    assert survey.responses["person"].nunique() == 13


def test_a_column_that_hardly_names_people_loses_no_form(write: Write, framework: Framework, tmp_path: Path) -> None:
    rows = [form(f"P{number % 6}", f"{number + 3:02}", "Transport", "Mostly") for number in range(12)]
    path = write([HEADER, *rows])
    survey = read_survey([path], framework)
    assert (told(survey), survey.forms) == ({}, 12)
    assert "person_doubtful" in {notice.code for notice in survey.notices}
    mapping = tmp_path / "map.toml"
    mapping.write_text('[[columns]]\nheader = "Respondent ID"\nkind = "person"\n', encoding="utf-8")
    confirmed = read_survey([path], framework, read_mapping(mapping))
    assert (told(confirmed), confirmed.forms) == ({"same_person_twice": 6}, 6)


def test_forms_never_sent_off_count_only_when_asked_for(write: Write, framework: Framework) -> None:
    header = ["Response ID", "Date submitted", "Last page", "Start language", "I am a", ITEM]
    rows = [["1", "2026-03-02 09:00:00", "5", "en", "Parent", "Mostly"], ["2", "", "2", "en", "Parent", "Partly"]]
    path = write([header, *rows])
    left = read_survey([path], framework)
    assert (told(left), left.forms) == ({"partial_rows": 1}, 1)
    assert any("--keep-partial" in notice.message for notice in left.notices)
    kept = read_survey([path], framework, keep_partial=True)
    assert (told(kept), kept.forms) == ({}, 2)
    assert "unfinished" in {notice.code for notice in kept.notices}


def test_a_persons_id_is_made_with_the_secret_given(write: Write, framework: Framework) -> None:
    path = write([HEADER, *OTHERS])
    ids = [set(read_survey([path], framework, salt=salt).responses["person"]) for salt in ("one", "two", "one", None)]
    assert ids[0] == ids[2]
    assert len(ids[0] | ids[1] | ids[3]) == 36


def test_a_survey_that_nobody_finished_says_what_to_do(write: Write, framework: Framework) -> None:
    header = ["Response ID", "Time Started", "Date Submitted", "Status", "I am a", ITEM]
    rows = [[str(number), BEGUN, "", "Partial", "Parent", "Mostly"] for number in (1, 2)]
    path = write([header, *rows])
    with pytest.raises(UnreadableSurveyError) as error:
        read_survey([path], framework)
    assert "--keep-partial to count the 2 that were" in error.value.hint
    assert read_survey([path], framework, keep_partial=True).forms == 2
