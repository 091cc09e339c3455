"""What real exports of many tools do and no manual says: each quirk in a small table of its own, made up."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Layout

Write = Callable[..., Path]
AGREE = ("Strongly agree", "Agree", "Disagree")


def lay_out(rows: Sequence[Sequence[str]]) -> tuple[str, Layout]:
    grid = Grid.of(rows)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def read_columns(write: Write, framework: Framework, rows: Sequence[Sequence[str]]) -> tuple[SurveyColumn, ...]:
    return read_survey([write(rows)], framework).sources[0].columns


# Qualtrics until 2016


def make_old_qualtrics(columns: Sequence[tuple[str, str]], body: Sequence[Sequence[str]]) -> list[list[str]]:
    codes, texts = zip(("V1", "ResponseID"), ("V2", "ResponseSet"), ("V7", "Status"), *columns, strict=True)
    return [list(codes), list(texts), *([f"R_{number}", "Default", "0", *row] for number, row in enumerate(body))]


def test_qualtrics_dashes_without_blanks_part_question_and_row() -> None:
    rows = make_old_qualtrics(
        [("Q3_1", "Co-design: how far?-We met"), ("Q3_2", "Co-design: how far?-We were heard"), ("Q4", "Well-being?")],
        [["4", "5", "fine"], ["2", "1", ""]],
    )
    name, layout = lay_out(rows)
    assert (name, layout.header_rows) == ("qualtrics", 2)
    assert [(each.stem, each.part) for each in layout.headings[3:]] == [
        ("Co-design: how far?", "We met"),
        ("Co-design: how far?", "We were heard"),
        ("Well-being?", ""),
    ]
    assert layout.headings[3].header == "Co-design: how far?-We met"


def test_qualtrics_boxes_in_an_old_grid_are_one_question_for_each_row() -> None:
    codes = [(f"Q2_{row}_{choice}", f"Who was there?-Day {row}-{who}") for row in (1, 2) for choice, who in
             enumerate(("Parents", "Staff"), 1)]  # fmt: skip
    _, layout = lay_out(make_old_qualtrics(codes, [["1", "", "1", "1"], ["", "1", "", "1"], ["1", "1", "", ""]]))
    assert [(each.stem, each.part, each.choice) for each in layout.headings[3:]] == [
        ("Who was there? - Day 1", "Parents", True),
        ("Who was there? - Day 1", "Staff", True),
        ("Who was there? - Day 2", "Parents", True),
        ("Who was there? - Day 2", "Staff", True),
    ]


# LimeSurvey without its own columns


def test_limesurvey_is_known_by_its_number_in_another_language() -> None:
    rows = [
        ["Antwort ID", "Wie gut? [ Treffen]", "Wie gut? [Plan]", "Wie gut? [Team]"],
        ["3", "gut", "gut", "schlecht"],
        ["5", "gut", "schlecht", "gut"],
    ]
    name, layout = lay_out(rows)
    assert name == "limesurvey"
    assert [each.part for each in layout.headings[1:]] == ["Treffen", "Plan", "Team"]


def test_limesurvey_is_known_by_its_ranks() -> None:
    rows = [
        ["What matters? [Rank 1]", "What matters? [Rank 2]", "What matters? [Rank 3]", "Comments"],
        ["Trust", "Time", "Money", "fine"],
        ["Time", "Trust", "Money", ""],
    ]
    name, layout = lay_out(rows)
    assert name == "limesurvey"
    assert all("ranking" in each.hint.why for each in layout.headings[:3] if each.hint)


def test_limesurvey_is_known_by_other_among_boxes_of_yes_and_no() -> None:
    boxes = ["Who came? [Parents]", "Who came? [Staff]", "Who came? [Other]"]
    rows = [[*boxes, "Comments"], ["Yes", "No", "", "fine"], ["Yes", "Yes", "a dog", ""], ["No", "Yes", "", ""]]
    name, layout = lay_out(rows)
    assert name == "limesurvey"
    assert [each.choice for each in layout.headings] == [True, True, False, False]


def test_yes_and_no_in_brackets_alone_are_any_table() -> None:
    rows = [["Came? [Mon]", "Came? [Tue]", "Came? [Wed]"], ["Yes", "No", "Yes"], ["No", "No", "Yes"]]
    assert lay_out(rows)[0] == "plain"


def test_what_limesurvey_calculates_is_no_question(write: Write, framework: Framework) -> None:
    columns = read_columns(
        write,
        framework,
        [
            ["Response ID", "Date submitted", "Last page", "{sum(R2.relevanceStatus, R3.NAOK)}", "Any comments?"],
            ["1", "2025-10-06 10:00:00", "3", "1", "It went well for all of us"],
            ["2", "2025-10-06 11:00:00", "3", "0", "We would like more meetings"],
        ],
    )
    assert [each.kind for each in columns[3:]] == [ColumnKind.METADATA, ColumnKind.OPEN]


# SurveyMonkey, flattened and with rows added by hand


def test_surveymonkey_is_known_by_its_long_numbers_and_boxes_by_the_number_of_the_question() -> None:
    rows = [
        ["Respondent ID", "1. How often?", "2. Parents.", "2. Staff.", "3a. Say more."],
        ["12390574951", "Weekly", "Parents.", "", "a"],
        ["12390517687", "Daily", "Parents.", "Staff.", "b"],
        ["12390416984", "Daily", "", "Staff.", ""],
    ]
    name, layout = lay_out(rows)
    assert (name, layout.header_rows) == ("surveymonkey", 1)
    assert [each.choice for each in layout.headings] == [False, False, True, True, False]


def test_respondent_ids_of_others_do_not_make_it_surveymonkey() -> None:
    assert lay_out([["Respondent ID", "Comments"], ["17", "a"], ["18", "b"]])[0] == "plain"


@pytest.mark.parametrize("between", [0, 1])
def test_surveymonkey_with_a_row_of_numbers_above_and_names_in_both_rows(between: int) -> None:
    rows = [
        ["", "", "Q1", "Q2", ""],
        *([[""] * 5] * between),
        ["Respondent ID", "Collector ID", "How far?", "Who came?", ""],
        ["", "Collector ID", "Response", "Parents", "Other (please specify)"],
        ["114069855029", "421480779", "4", "1", ""],
        ["114064010549", "421480779", "2", "", "a dog"],
    ]
    name, layout = lay_out(rows)
    assert (name, layout.header_rows) == ("surveymonkey", 3)
    assert layout.first_row == 3 + between
    assert [each.header for each in layout.headings[:3]] == ["Respondent ID", "Collector ID", "How far?"]
    assert layout.headings[1].hint is not None


# Names in one row, questions in the next


def make_named(answers: Sequence[Sequence[str]]) -> list[list[str]]:
    return [
        ["role", "q1_1", "q1_2", "q2", "x3"],
        [
            "Are you a parent or carer, or do you work in a service?",
            "How far do you agree? - Parents were involved from the start",
            "How far do you agree? - Our views changed the plan",
            "What could have been done better?",
            "x",
        ],
        *([*each, f"Words of my own, number {number}", ""] for number, each in enumerate(answers)),
    ]


def test_questions_under_a_row_of_names_are_no_form() -> None:
    answers = [[("Parent", "Professional")[number % 2], AGREE[number % 3], AGREE[0]] for number in range(9)]
    name, layout = lay_out(make_named(answers))
    assert (name, layout.header_rows, layout.first_row) == ("plain", 2, 2)
    assert [each.code for each in layout.headings] == ["role", "q1_1", "q1_2", "q2", "x3"]
    assert (layout.headings[1].stem, layout.headings[2].part) == ("How far do you agree?", "Our views changed the plan")
    assert layout.headings[4].text == "x3"


def test_a_first_form_of_many_words_is_a_form() -> None:
    rows = make_named([["Parent", AGREE[number % 3], AGREE[0]] for number in range(9)])
    rows[1] = ["Parent", "Agree", "Strongly agree", "A very long answer of somebody who came first", ""]
    assert lay_out(rows)[1].header_rows == 1


# Columns


def test_names_behind_short_words_for_people_are_personal(write: Write, framework: Framework) -> None:
    columns = read_columns(
        write,
        framework,
        [
            ["resp_name", "childs_name", "Any comments?"],
            ["Ada", "Bo", "It went well for all of us"],
            ["Cy", "Di", "We would like more meetings"],
        ],
    )
    assert [each.kind for each in columns] == [ColumnKind.METADATA, ColumnKind.METADATA, ColumnKind.OPEN]


def test_the_weight_of_a_body_is_no_survey_weight(write: Write, framework: Framework) -> None:
    body = [[str(60 + number), f"Comment number {number} on the work"] for number in range(6)]
    survey = [[f"{0.8 + number / 10:.1f}", f"Comment number {number} on the work"] for number in range(6)]
    head = ["weight", "Any comments?"]
    assert read_columns(write, framework, [head, *body])[0].kind is not ColumnKind.WEIGHT
    assert read_columns(write, framework, [head, *survey])[0].kind is ColumnKind.WEIGHT


def test_other_comments_are_no_text_beside_other(write: Write, framework: Framework) -> None:
    rows = [["Project", "Other comments"], *([["Transport", f"Comment number {each} on it"] for each in range(6)])]
    assert read_columns(write, framework, rows)[1].kind is ColumnKind.OPEN


def test_what_went_well_in_the_joint_work_is_not_the_project(write: Write, framework: Framework) -> None:
    rows = [["What went well in the joint work?"], *([each] for each in ("Listening", "Biscuits") * 6)]
    assert read_columns(write, framework, rows)[0].kind is not ColumnKind.PROJECT


def test_reasons_from_a_list_are_choices_and_words_of_ones_own_are_not(write: Write, framework: Framework) -> None:
    reasons = ("It is quick", "It is near", "I like it")
    listed = [", ".join(reasons[number % 3 : number % 3 + 1 + number % 2]) for number in range(24)]
    owned = [f"I came because, in year {number}, nobody else would" for number in range(24)]
    rows = [["Why did you come?", "Why did you stay?"], *(list(each) for each in zip(listed, owned, strict=True))]
    columns = read_columns(write, framework, rows)
    assert [each.kind for each in columns] == [ColumnKind.UNUSED, ColumnKind.OPEN]
    assert columns[0].several


@pytest.mark.parametrize(("good", "bad"), [("safe", "unsafe"), ("favourably", "unfavourably")])
def test_opposites_with_un_run_from_bad_to_good(write: Write, framework: Framework, good: str, bad: str) -> None:
    answers = [f"Very {good}", f"Somewhat {good}", f"Somewhat {bad}", f"Very {bad}"]
    rows = [["How do you see the plan?"], *([each] for each in answers * 3)]
    scale = read_columns(write, framework, rows)[0].scale
    assert scale is not None
    assert [scale.places[each.lower()] for each in answers] == sorted(
        (scale.places[each.lower()] for each in answers), reverse=True
    )
    assert scale.places[answers[0].lower()] == 100


def test_boxes_for_words_of_ones_own_are_open_even_when_short_answers_repeat(
    write: Write, framework: Framework
) -> None:
    answers = ("Schema Registry", "No challenges", "The forced CA") * 4
    rows = [["Which best describes you?", "What bugs you most?"], ["Response", "Open-Ended Response"]]
    columns = read_columns(write, framework, [*rows, *([f"Use {each[:3]}", each] for each in answers)])
    assert [each.kind for each in columns] == [ColumnKind.UNUSED, ColumnKind.OPEN]
    head = [["ResponseId", "Finished", "Progress", "Q7"], ["Response ID", "Finished", "Progress", "What bugs you?"]]
    imports = [f'{{"ImportId":"{each}"}}' for each in ("_recordId", "finished", "progress", "QID7_TEXT")]
    body = [[f"R_{number}", "1", "100", each] for number, each in enumerate(answers)]
    assert read_columns(write, framework, [*head, imports, *body])[3].kind is ColumnKind.OPEN


def test_finished_forms_without_answers_are_not_called_unfinished(write: Write, framework: Framework) -> None:
    rows = [
        ["Response ID", "Date submitted", "Last page", "Colour?"],
        ["1", "2025-10-06 10:00:00", "3", "rot"],
        ["2", "2025-10-06 11:00:00", "3", "grau"],
        ["3", "", "1", "rot"],
    ]
    survey = read_survey([write(rows)], framework)
    assert (survey.rows_read, survey.forms) == (3, 0)
    assert sum(each.rows for each in survey.notices) == 3


@pytest.mark.parametrize("header", ["Nom &amp; Post-nom /Firstname and Surname", "First name / last name"])
def test_headers_of_nothing_but_words_for_names_are_personal(write: Write, framework: Framework, header: str) -> None:
    rows = [[header, "Any comments?"], ["Ada Lo", "It went well for all of us"], ["Bo Ek", "We would like more of it"]]
    assert read_columns(write, framework, rows)[0].kind is ColumnKind.METADATA


def test_a_row_about_emails_in_a_grid_is_no_address(write: Write, framework: Framework) -> None:
    rows = [["How useful were they? [Emails]", "How useful were they? [Meetings]"], *([each] * 2 for each in AGREE * 4)]
    assert [each.kind for each in read_columns(write, framework, rows)] == [ColumnKind.ITEM, ColumnKind.ITEM]
