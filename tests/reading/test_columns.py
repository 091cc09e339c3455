"""Each column of an export is taken for what a person would take it for, and the reason is given in words."""

from collections import Counter
from collections.abc import Sequence

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.dimensions import accept_guesses
from coprod_cli.reading.grid import Heading, split_bracket

SENTENCES = (
    "They asked us what mattered before anything was written down",
    "Nobody came back to tell us what had happened to it",
    "The meetings were in school hours so I could not go",
    "It was the first time that somebody took notes of what I said",
    "I would have liked papers a week before and not on the day",
    "Our wording is in the letter now which I did not expect",
)
ITEM = "When decisions were made, how far did parents have an equal say?"


def recognise(columns: Sequence[tuple[str, Sequence[str]]], framework: Framework) -> tuple[SurveyColumn, ...]:
    headings = [Heading(place, header, header, *split_bracket(header)) for place, (header, _) in enumerate(columns)]
    counts = [Counter(cell for cell in cells if cell) for _, cells in columns]
    return recognise_columns(headings, counts, framework)


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Respondent ID", ["P1", "P2", "P2", "P4"], "person"),
        ("Respondent ID", [f"P{at % 12}" for at in range(60)], "person"),
        ("Participant reference", [f"{at % 6}" for at in range(60)], "person"),
        ("Participant ID", ["P1", "P2"] * 30, "unused"),
        ("Team ID", [f"T{at % 12}" for at in range(60)], "unused"),
        ("Your reference (on your invitation)", ["HM-101", "HM-102", "HM-103"], "person"),
        ("Card number", ["12", "13", "14"], "person"),
        ("Response ID", ["R_1", "R_2", "R_3"], "metadata"),
        ("I am a...", ["Parent/carer", "I work in health", "Parent/carer"], "role"),
        ("Role", ["Mum", "SENCO", "Tree surgeon", "Dad"], "role"),
        ("Which of these best describes you?", ["Parent or carer", "Practitioner"], "role"),
        ("Column 5", ["Parent or carer", "Practitioner", "Young person"], "role"),
        ("Project", ["Transport", "Short breaks", "Transport", "Short breaks"], "project"),
        ("Which piece of work are you telling us about?", ["A", "B", "A", "B", "A", "A"], "project"),
        ("Score it from 1 to 5", ["1", "5", "3"], "item"),
        ("Wave", ["1", "2", "1", "2"], "wave"),
        ("Survey round", ["Spring 2025", "Autumn 2025"], "wave"),
        ("Date", ["06/10/2025", "2025-10-07", "8th Mar 2016 10:57 am"], "date"),
        ("Date sent", ["45000.5", "45001.25", "45003"], "date"),
        ("When did you fill it in?", ["4 March 2025 at 10:57 am", "Mar 5, 2025, 1:43:01 PM"], "date"),
        ("May we quote your words without your name?", ["Yes", "No", "Yes please"], "consent"),
        ("Consent to quote", ["yes", "no"], "consent"),
        ("Are you happy for us to use your comments in our report?", ["Yes", "No"], "consent"),
        ("I consent to take part in this survey", ["Yes", "Yes"], "unused"),
        ("Can we contact you again?", ["Yes", "No"], "unused"),
        ("weight", ["0.8", "1.2"], "weight"),
        ("Name", ["Ann Example", "Bob Example"], "metadata"),
        ("Your full name", ["Ann Example", "Bob Example"], "metadata"),
        ("How can we reach you", ["ann@example.org", "bob@example.org"], "metadata"),
        ("Phone", ["01632 960001", "01632 960002"], "metadata"),
        ("Where from", ["192.0.2.1", "192.0.2.7"], "metadata"),
        (ITEM, ["Mostly", "Partly", "Don't know"], "item"),
        (f"Please tell us [{ITEM}]", ["1", "5", "3"], "item"),
        ("The school listened to me", ["Agree", "Disagree"], "item"),
        ("Which best describes how parents were involved in this work?", ["Consultation", "Co-design"], "anchor"),
        ("Overall, how genuine was the co-production?", ["7", "10"], "anchor"),
        ("Overall, out of ten", ["0", "10", "7"], "anchor"),
        ("What rung was it?", ["Consultation", "Co-design", "Information"], "anchor"),
        ("What was good?", SENTENCES, "open"),
        ("Q12", SENTENCES, "open"),
        ("Any other comments?", ["Great lunch", "More of this please", "No crèche", "Too late", "Cold room"], "open"),
        ("What was not good, or could have been better?", ["Parking"], "open"),
        ("How many children do you have?", ["1", "2", "3"], "unused"),
        ("Age group", ["25-34", "35-44"], "unused"),
        ("Which school does your child go to?", ["Elm", "Oak", "Ash", "Fir", "Yew", "Box"], "unused"),
        ("Other (please specify)", SENTENCES, "unused"),
        ("Anything", ["", ""], "unused"),
    ],
)
def test_each_column_is_taken_for_what_it_is(header: str, cells: list[str], kind: str, framework: Framework) -> None:
    [column] = recognise([(header, cells)], framework)
    assert column.kind == kind, column.why
    assert 0 < column.certainty <= 1
    assert column.why
    assert not any(cell and len(cell) > 3 and cell in column.why for cell in cells if kind != "item")


def test_an_item_knows_its_dimension_scale_and_direction(framework: Framework) -> None:
    turned, plain, alone = recognise(
        [
            ("How far had things already been decided before parents were asked?", ["Mostly", "Partly"]),
            (ITEM, ["Not at all"]),
            ("The school brushed us off and it was just a tick box", ["Agree", "Disagree"]),
        ],
        framework,
    )
    assert (turned.name, turned.item, turned.dimension) == ("start_3", "start_3", "start")
    assert turned.scale is not None
    assert turned.scale.direction == -1
    assert "turned round" in turned.why
    assert plain.scale is not None
    assert plain.scale.direction == 1
    assert (alone.item, alone.dimension) == ("", "")
    assert alone.name.startswith("x_")
    assert alone.scale is not None
    assert alone.scale.direction == -1
    assert "name the dimension in the mapping file" in alone.why


def test_two_columns_that_ask_one_item_are_both_kept(framework: Framework) -> None:
    second, first, third = recognise(
        [("Parents had an equal say", ["Agree", "Disagree"]), (ITEM, ["Mostly"]), (ITEM, ["Partly"])],
        accept_guesses(framework),
    )
    assert (first.name, first.dimension) == ("power_1", "power")
    assert second.name == "x_parents_equal_say"
    assert len({first.name, second.name, third.name}) == 3
    assert second.item == third.item == "power_1"
    assert second.dimension == third.dimension == "power"


def test_only_the_surest_column_of_a_kind_is_kept(framework: Framework) -> None:
    role, doubtful, person, email = recognise(
        [
            ("I am a...", ["Parent", "SENCO"]),
            ("Column", ["Parent", "SENCO"]),
            ("Respondent ID", ["1", "2"]),
            ("E-mail", ["a@example.org", "b@example.org"]),
        ],
        framework,
    )
    assert [role.kind, doubtful.kind] == [ColumnKind.ROLE, ColumnKind.UNUSED]
    assert [person.kind, email.kind] == [ColumnKind.PERSON, ColumnKind.METADATA]


def test_boxes_to_tick_of_one_question_stay_together(framework: Framework) -> None:
    boxes = [
        ("I am a [Parent/carer]", ["Parent/carer", ""]),
        ("I am a [I work in health]", ["", "1"]),
        ("How did you take part? [By post]", ["By post", ""]),
    ]
    assert [column.kind for column in recognise(boxes, framework)] == ["role", "role", "unused"]


def test_open_questions_have_stable_names_of_their_own(framework: Framework) -> None:
    columns = recognise([("What helped?", SENTENCES), ("What helped?", SENTENCES), ("", SENTENCES)], framework)
    assert [column.name for column in columns] == ["helped", "helped_2", "question"]
    long = "What would you say to another family who is thinking about taking part in this kind of work next year"
    names = {recognise([(f"{long} {end}", SENTENCES)], framework)[0].name for end in ("in Leeds", "in York")}
    assert len(names) == 2


AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


def test_a_direction_that_is_only_guessed_is_shown_for_checking(framework: Framework) -> None:
    guessed, plain, own = recognise(
        [
            ("It felt tokenistic", AGREE),
            ("I felt listened to", AGREE),
            ("How far did it feel like ticking a box?", ["Mostly", "Partly"]),
        ],
        accept_guesses(framework),
    )
    assert guessed.scale is not None
    assert guessed.scale.direction == -1
    assert "turned round; please check that" in guessed.why
    assert guessed.certainty < plain.certainty < 0.8
    assert own.certainty >= 0.95
    assert "please check" not in own.why


def test_a_doubtful_dimension_waits_for_the_mapping_file(framework: Framework) -> None:
    [column] = recognise([("I had a voice", AGREE)], framework)
    assert column.kind is ColumnKind.ITEM
    assert column.dimension == ""
    assert column.near == ("heard",)
    assert "perhaps about 'Being heard and valued' (heard) (30% sure): confirm it in a mapping file" in column.why


def test_codes_for_no_answer_travel_as_missing_words(framework: Framework) -> None:
    [column] = recognise([(ITEM, [*"12345" * 6, "99", "99"])], framework)
    assert column.words == (("99", "missing"),)
    assert "99 taken as no answer" in column.why


def test_choices_that_differ_only_in_spelling_are_the_same_choice(framework: Framework) -> None:
    cells = ["Buses", "buses", "BUSES ", "Respite", "respite", "Respite.", "Buses", "Respite"]
    assert recognise([("Project", cells)], framework)[0].kind is ColumnKind.PROJECT
