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
WORDS = "They rang us every week to ask"


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
    assert any("--keep-partial" in notice.in_full for notice in left.notices)
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


def test_two_questionnaires_of_one_person_are_both_kept(write: Write, framework: Framework) -> None:
    other = [*HEADER[:5], "How far did people really listen to what parents said?", "What could be better?"]
    first = write([HEADER, form("P1", "03", "Transport", "Mostly", WORDS), *OTHERS], "a.csv")
    second = write(
        [other, form("P1", "20", "Transport", "Not at all"), form("R1", "20", "Transport", "Partly")], "b.csv"
    )
    survey = read_survey([first, second], framework)
    assert told(survey) == {}
    assert survey.forms == 15
    assert survey.responses["person"].nunique() == 14


def test_the_same_questionnaire_in_two_files_is_one_answer_of_a_person(write: Write, framework: Framework) -> None:
    other = [*HEADER[:5], ITEM, "What could be better?"]
    first = write([HEADER, form("P1", "03", "Transport", "Mostly", WORDS), *OTHERS], "a.csv")
    second = write(
        [other, form("P1", "20", "Transport", "Not at all"), form("R1", "20", "Transport", "Partly")], "b.csv"
    )
    survey = read_survey([first, second], framework)
    assert told(survey) == {"same_person_twice": 1}
    assert 0 not in show_scores(survey)


def test_a_second_form_without_a_role_is_of_the_same_person(write: Write, framework: Framework) -> None:
    def say(role: str, when: str) -> list[str]:
        return [BEGUN, f"2026-03-{when} 10:00:00", "P1", role, "Transport", "Mostly", ""]

    blank = read_survey([write([HEADER, say("Parent", "03"), say("", "04"), *OTHERS])], framework)
    assert told(blank) == {"same_person_twice": 1}
    both = read_survey([write([HEADER, say("Parent", "03"), say("Social worker", "04"), *OTHERS])], framework)
    assert told(both) == {}


@pytest.mark.parametrize("word", ["Not given", "no name", "XXX", "?", "Prefer not to say", "Anonymous parent", "N/A."])
def test_words_for_no_name_are_no_person(word: str, write: Write, framework: Framework) -> None:
    rows = [form(word, "03", "Transport", "Mostly", f"{WORDS} {number}") for number in range(3)]
    survey = read_survey([write([HEADER, *rows, *OTHERS])], framework)
    assert (told(survey), survey.forms) == ({}, 15)
    assert survey.responses["person"].nunique() == 15


def test_what_stands_for_far_more_forms_than_people_fill_in_is_no_person(write: Write, framework: Framework) -> None:
    rows = [form("Ohne", "03", "Transport", "Mostly", f"{WORDS} {number}") for number in range(6)]
    many = read_survey([write([HEADER, *rows, *OTHERS])], framework)
    assert (told(many), many.responses["person"].nunique()) == ({}, 18)
    few = read_survey([write([HEADER, *rows[:2], *OTHERS])], framework)
    assert told(few) == {"same_person_twice": 1}


def test_weights_with_decimal_commas_are_read(write: Write, framework: Framework) -> None:
    weights = ["0,8", "1,2", "1", "2,5"]
    rows = [[*row, weights[number % 4]] for number, row in enumerate(OTHERS)]
    survey = read_survey([write([[*HEADER, "Weight"], *rows])], framework)
    assert sorted(survey.responses["weight"]) == sorted([0.8, 1.2, 1, 2.5] * 3)
    assert "weight_unreadable" not in {notice.code for notice in survey.notices}
