"""Typeform, Alchemer and Jisc Online Surveys, quirk by quirk."""

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
TYPEFORM = ["Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
TIMES = ["2025-10-06 07:00:00", "2025-10-06 07:09:00", "0a1b"]
ALCHEMER = ["Response ID", "Time Started", "Date Submitted", "Status"]
BEGUN = ["11", "2025-10-06 07:00:00", "2025-10-06 07:09:00", "Complete"]


def lay_out(rows: Sequence[Sequence[str]], given_headers: int = 0) -> tuple[str, Layout]:
    grid = Grid.of(rows, given_headers=given_headers)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def kinds(layout: Layout) -> list[str]:
    return ["box" if heading.choice else str(heading.hint.kind) if heading.hint else "" for heading in layout.headings]


def test_typeform_choices_are_boxes_though_their_question_is_lost() -> None:
    header = ["#", "I am a...", "Mail", "Letter", "Nobody", "Other", "Red", "Other2", "Other3", *TYPEFORM]
    rows = [header, ["t1", "Parent", "Mail", "", "", "a poster", "", "", "yes", *TIMES]]
    rows += [["t2", "SENCO", "", "Letter", "", "", "Red", "pink", "", *TIMES]]
    name, layout = lay_out(rows)
    assert name == "typeform"
    assert kinds(layout)[1:9] == ["", "box", "box", "", "unused", "box", "unused", ""]
    assert layout.dates == "iso"


def test_typeform_numbers_that_excel_adds_to_a_choice_are_taken_off() -> None:
    header = ["#", "None", "Mail", "Q", "None2", "Letter", *TYPEFORM]
    layout = lay_out([header, ["1", "None", "Mail", "x", "None", "Letter", *TIMES]])[1]
    assert [heading.text for heading in layout.headings if heading.choice] == ["None", "Mail", "None", "Letter"]


def test_typeform_boxes_become_one_column(write: Write, framework: Framework) -> None:
    header = ["#", "I am a...", HOW_FAR, "Transport", "Short breaks", "May we quote your words?", "ref", *TYPEFORM]
    body = [[f"t{n}", "Parent", "Mostly", "Transport", "", str(n % 2), f"HM-{n}", *TIMES] for n in range(6)]
    body[0][4] = "Short breaks"
    survey = read_survey([write([header, *body])], framework)
    kept = {column.header: str(column.kind) for column in survey.sources[0].columns}
    assert len(kept) == len(header) - 1
    assert (kept["ref"], kept["#"], kept["Network ID"]) == ("person", "metadata", "metadata")
    assert survey.responses["consent"].sum() == 3


@pytest.mark.parametrize(
    ("header", "cells", "unfinished"),
    [
        (["Response Type", *TYPEFORM], ["completed", *TIMES], False),
        (["Response Type", *TYPEFORM], ["started", TIMES[0], "", "0a"], True),
        (TYPEFORM, TIMES, False),
        (TYPEFORM, [TIMES[0], "null", "0a"], True),
    ],
)
def test_typeform_forms_that_were_not_submitted(header: list[str], cells: list[str], *, unfinished: bool) -> None:
    layout = lay_out([["#", "Role", *header], ["t1", "Parent", *cells]])[1]
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, unfinished]


def test_typeform_recalled_answers_are_taken_out_of_questions() -> None:
    layout = lay_out([["#", "{{field:7d95-88d8}}, what was good?", *TYPEFORM], ["t1", "Lunch", *TIMES]])[1]
    assert layout.headings[1].text == "what was good?"


def test_typeform_token_names_the_form_also_without_other_columns_of_its_own() -> None:
    layout = lay_out([["#", "Role", "Network ID"], ["t1", "Parent", "0a"]])[1]
    assert [heading.submission for heading in layout.headings] == [True, False, False]


def test_alchemer_rows_stand_in_front_of_their_question() -> None:
    stem = "Thinking of it: how far did this happen?"
    header = [*ALCHEMER, f"Parents were heard:{stem}", f"Time: enough of it:{stem}", "Please note: what was good?"]
    header += [f"Other - Write In:{stem}", "None of the above - Write In (Required):Who are you?", "Who are you?"]
    name, layout = lay_out([header, [*BEGUN, "Agree", "Agree", "Lunch", "x", "y", "Parent"]])
    assert name == "alchemer"
    assert [(each.stem, each.part) for each in layout.headings[4:8]] == [
        (stem, "Parents were heard"),
        (stem, "Time: enough of it"),
        ("Please note: what was good?", ""),
        (stem, "Other - Write In"),
    ]
    assert kinds(layout)[4:] == ["", "", "", "unused", "unused", ""]


def test_alchemer_partial_disqualified_and_test_rows() -> None:
    header = [*ALCHEMER, "Is Test Data", "Role"]
    told = [("Complete", ""), ("Partial", ""), ("Disqualified", ""), ("Complete", "true"), ("Disqualified", "true")]
    layout = lay_out([header, *([*BEGUN[:3], status, test, "Parent"] for status, test in told)])[1]
    assert layout.unfinished is not None
    assert layout.unfinished.nonzero()[0].tolist() == [2]
    assert {each.code: each.rows.nonzero()[0].tolist() for each in layout.left_out} == {
        "test_rows": [4, 5],
        "screened_rows": [3],
    }


def test_alchemer_rows_that_nobody_filled_in_are_counted(write: Write, framework: Framework) -> None:
    header = [*ALCHEMER, "I am a...", HOW_FAR]
    body = [[*BEGUN, "Parent", "Mostly"] for _ in range(4)] + [[*BEGUN, "", ""], [*BEGUN[:3], "Partial", "", ""]]
    body = [[str(number), *row[1:]] for number, row in enumerate(body)]
    survey = read_survey([write([header, *body])], framework)
    left = {notice.code: notice.rows for notice in survey.notices if notice.rows}
    assert (survey.rows_read, survey.forms, sum(left.values())) == (6, 4, 2)
    assert left["no_answers"] >= 1


def test_alchemer_own_columns_and_its_comments() -> None:
    header = [*ALCHEMER, "Contact ID", "Legacy Comments", "Comments", "Language", "User Agent", "URL Variable: sguid"]
    header += ["URL Variable: ref", "Comments", "Role\u00a0"]
    layout = lay_out([header, [*BEGUN, "", "", "", "English", "Mozilla", "x", "HM-1", "It was fine", "Parent"]])[1]
    assert kinds(layout)[4:] == ["metadata"] * 6 + ["", "", ""]
    assert [heading.text for heading in layout.headings[10:]] == ["ref", "Comments", "Role"]


def test_alchemer_several_answers_in_one_cell_or_in_columns(write: Write, framework: Framework) -> None:
    asked = "Which pieces of work are you telling us about?"
    cells = ["Transport;Short breaks", "Transport", "Short breaks", "Transport", "Short breaks", "Transport"]
    one = [[*ALCHEMER, "I am a...", asked, HOW_FAR]]
    one += [[str(n), *BEGUN[1:], "Parent", cell, "Mostly"] for n, cell in enumerate(cells)]
    many = [[*ALCHEMER, "I am a...", f"Transport:{asked}", f"Short breaks:{asked}", HOW_FAR]]
    for number, cell in enumerate(cells):
        ticks = [way if way in cell else "" for way in ("Transport", "Short breaks")]
        many.append([str(number), *BEGUN[1:], "Parent", *ticks, "Mostly"])
    for rows in (one, many):
        survey = read_survey([write(rows)], framework)
        assert survey.responses["project"].value_counts().to_dict() == {"Transport": 4, "Short breaks": 3}


def test_alchemer_and_jisc_rankings_are_not_ratings() -> None:
    places = [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"], ["1", "3", "2"]]
    rows = [[*ALCHEMER, *(f"{each}:Put in order" for each in ("Time", "Trust", "Say"))]]
    rows += [[*BEGUN, *each] for each in places]
    assert kinds(lay_out(rows)[1])[4:] == ["unused"] * 3
    names = ["URN", "Q1_1", "Q1_2", "Q1_3"]
    labels = ["Unique Response Number", "Put in order - Time", "Put in order - Trust", "Put in order - Say"]
    body = [[f"1-2-{number}", *each] for number, each in enumerate(places)]
    assert kinds(lay_out([names, labels, *body], given_headers=2)[1])[1:] == ["unused"] * 3


@pytest.mark.parametrize("gone", [[1], [2], [0], [3], [0, 3]])
def test_alchemer_with_some_of_its_columns_deleted(gone: list[int]) -> None:
    rows = [[*ALCHEMER, "A:Who", "B:Who"], [*BEGUN, "Agree", "Agree"]]
    kept = [[cell for place, cell in enumerate(row) if place not in gone] for row in rows]
    name, layout = lay_out(kept)
    assert name == "alchemer"
    assert layout.headings[-1].part == "B"


def test_jisc_numbers_are_taken_off_and_become_codes() -> None:
    header = ["Unique Response Number", "7. I am a...", f"9.b.ii.a. {HOW_FAR}", "10. What was good? 10.a. At home"]
    header += ["11. Who?", "11.a. If you selected Other, please specify:", "2024 was a good year"]
    name, layout = lay_out([header, ["412806-412797-33882794", *"abcdef"]])
    assert name == "jisc"
    assert [(each.text, each.code) for each in layout.headings[1:4]] == [
        ("I am a...", "Q7"),
        (HOW_FAR, "Q9_b_ii_a"),
        ("What was good? - At home", "Q10_a"),
    ]
    assert (layout.headings[3].stem, layout.headings[3].part) == ("What was good?", "At home")
    assert kinds(layout)[4:] == ["", "unused", ""]
    assert layout.headings[0].submission


def test_jisc_dates_and_forms_that_were_not_completed(write: Write, framework: Framework) -> None:
    header = ["Unique Response Number", "1. I am a...", f"2. {HOW_FAR}", "Started", "Completed", "Time taken"]
    times = ["8th Mar 2016 10:57 am", "8th Mar 2016 11:13 am", "15 minutes, 22 seconds"]
    body = [[f"412806-412797-{number}", "Parent", "Mostly", *times] for number in range(5)]
    body.append(["412806-412797-9", "Parent", "Mostly", times[0], "", ""])
    assert kinds(lay_out([header, *body])[1])[3:] == ["date", "date", "metadata"]
    survey = read_survey([write([header, *body])], framework)
    assert (survey.rows_read, survey.forms) == (6, 5)


def test_jisc_as_spss_file_with_names_and_labels() -> None:
    names = ["URN", "Q1", "Q3_1", "Q3_2", "Q14_1_a", "Q15"]
    labels = ["Unique Response Number", "I am a...", "PetLikes - Dogs", "PetLikes - Cats", HOW_FAR, "What was good?"]
    body = [["356806-356797-1", "Parent", "Dogs", "", "Mostly", "Lunch"], ["356806-356797-2", "SENCO", *[""] * 4]]
    name, layout = lay_out([names, labels, *body], given_headers=2)
    assert (name, layout.first_row) == ("jisc", 2)
    assert kinds(layout) == ["metadata", "", "box", "box", "", ""]
    assert [(each.stem, each.part) for each in layout.headings[2:4]] == [("PetLikes", "Dogs"), ("PetLikes", "Cats")]
    assert (layout.headings[4].text, layout.headings[4].code) == (HOW_FAR, "Q14_1_a")


def test_jisc_without_its_number_is_read_as_a_plain_table_without_the_numbers_of_questions() -> None:
    name, layout = lay_out([["7. I am a...", f"9.b.ii.a. {HOW_FAR}", "9.b.ii.b. Trust"], ["Parent", "Mostly", "x"]])
    assert name == "plain"
    assert [heading.text for heading in layout.headings] == ["I am a...", HOW_FAR, "Trust"]
