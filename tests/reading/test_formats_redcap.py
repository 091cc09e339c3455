"""REDCap's rows are put together to forms; its names, labels, boxes and marks for nothing are known."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import Layout

Write = Callable[..., Path]
HOW_FAR = "How far did people really listen to what parents said?"
WORDS = "What was good about how parents and professionals worked together?"


def lay_out(rows: Sequence[Sequence[str]]) -> tuple[str, Layout]:
    grid = Grid.of(rows)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def list_forms(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows that are forms, as the format put them together."""
    layout = lay_out(rows)[1]
    columns = layout.columns or Grid.of(rows).columns
    whole = list(zip(*(column.expand() for column in columns), strict=True))
    out = {row for left in layout.left_out for row in left.rows.nonzero()[0].tolist()}
    return [list(whole[row]) for row in range(layout.first_row, len(whole)) if row not in out]


def list_ratings(survey: Survey) -> list[tuple[str, str, str, float]]:
    joined = survey.ratings.merge(survey.responses, on="response")
    return sorted(joined[["role", "project", "wave", "score"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "header",
    [
        ["record_id", "redcap_event_name", "role"],
        ["study_id", "role", "about_you_complete"],
        ["record_id", "role___1", "role___2"],
        ["Record ID", "Role", "Complete?"],
        ["Record ID", "Event Name", "Role (choice=Parent)"],
        ["pid", "feelings___1", "survey_timestamp"],
    ],
)
def test_raw_names_and_labels_are_known(header: list[str]) -> None:
    assert lay_out([header, ["1", "a", "b"]])[0] == "redcap"


@pytest.mark.parametrize(
    "header", [["Record ID", "Project is complete", "Role"], ["id", "homework_complete", "Role"], ["Survey timestamp"]]
)
def test_one_word_alone_is_not_enough(header: list[str]) -> None:
    assert lay_out([header[:1] + header[2:], ["1", "b"]])[0] == "plain"


def test_the_parts_of_one_form_come_together_and_what_is_asked_again_makes_forms() -> None:
    header = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "role", "about_complete"]
    header += ["project", "heard", "project_complete"]
    rows = [
        header,
        ["1", "", "", "Parent", "2", "", "", ""],
        ["1", "project", "1", "", "", "Transport", "Mostly", "2"],
        ["1", "project", "2", "", "", "Short breaks", "Partly", "2"],
        ["2", "", "", "SENCO", "2", "", "", ""],
        ["2", "project", "1", "", "", "Transport", "A little", "2"],
        ["3", "", "", "Parent", "2", "", "", ""],
    ]
    told = [[row[0], row[3], *row[5:7]] for row in list_forms(rows)]
    assert told == [
        ["1", "Parent", "Transport", "Mostly"],
        ["1", "Parent", "Short breaks", "Partly"],
        ["2", "SENCO", "Transport", "A little"],
        ["3", "Parent", "", ""],
    ]


def test_instruments_of_several_events_that_are_asked_once_are_one_form() -> None:
    header = ["record_id", "redcap_event_name", "role", "about_complete", "heard", "survey_complete"]
    rows = [
        header,
        ["1", "intake_arm_1", "Parent", "2", "", "0"],
        ["1", "survey_arm_1", "", "0", "Mostly", "2"],
        ["2", "survey_arm_1", "", "0", "Partly", "2"],
        ["2", "intake_arm_1", "SENCO", "2", "", "0"],
    ]
    assert [[row[0], row[2], row[4]] for row in list_forms(rows)] == [
        ["1", "Parent", "Mostly"],
        ["2", "SENCO", "Partly"],
    ]
    hints = [heading.hint.kind if heading.hint else "" for heading in lay_out(rows)[1].headings]
    assert hints == ["person", "metadata", "", "metadata", "", "metadata"]


def test_events_in_which_the_same_is_asked_again_are_rounds(write: Write, framework: Framework) -> None:
    header = ["Record ID", "Event Name", "I am a...", "Complete?", HOW_FAR, "Complete?"]
    rows = [header]
    for person in range(1, 7):
        rows += [
            [str(person), "Before (Arm 1: Families)", "Parent", "Complete", "Partly", "Complete"],
            [str(person), "After (Arm 1: Families)", "", "", "Mostly", "Complete"],
        ]
    survey = read_survey([write(rows)], framework)
    assert survey.forms == 12
    assert set(list_ratings(survey)) == {
        ("parent", "All answers", "Before", 50),
        ("parent", "All answers", "After", 75),
    }
    assert survey.responses["person"].nunique() == 6


def test_the_order_of_rows_does_not_matter(write: Write, framework: Framework) -> None:
    header = [
        "record_id",
        "redcap_event_name",
        "redcap_repeat_instance",
        "role",
        "about_complete",
        HOW_FAR,
        "s_complete",
    ]
    rows = []
    for person in range(1, 9):
        rows += [[str(person), "a_arm_1", "", "Parent" if person % 2 else "SENCO", "2", "", ""]]
        rows += [
            [str(person), "a_arm_1", str(turn), "", "", "Mostly" if turn > 1 else "Partly", "2"] for turn in (1, 2)
        ]
    surveys = [read_survey([write([header, *rows])], framework)]
    Random(5).shuffle(rows)  # noqa: S311  # a shuffle, no secret
    surveys.append(read_survey([write([header, *rows])], framework))
    assert list_ratings(surveys[0]) == list_ratings(surveys[1])
    assert surveys[0].notices == surveys[1].notices
    assert [notice.rows for notice in surveys[0].notices if notice.code == "joined_rows"] == [8]


def test_words_said_once_are_not_said_again_in_every_form() -> None:
    header = [
        "record_id",
        "redcap_repeat_instance",
        "role",
        "about_complete",
        "words",
        "end_complete",
        "heard",
        "h_complete",
    ]
    said = [
        "We were heard at last",
        "Too many meetings for me",
        "The lunch was very good",
        "Nobody came back to us",
        "It",
    ]
    rows = [header]
    for person, words in enumerate(said):
        rows.append([str(person), "", "Parent", "2", words, "2", "", ""])
        rows += [[str(person), str(turn), "", "", "", "", "Mostly", "2"] for turn in (1, 2)]
    forms = list_forms(rows)
    assert [row[2] for row in forms] == ["Parent"] * 10
    assert [row[4] for row in forms] == [cell for words in said for cell in (words, "")]
    assert sorted(list_forms([rows[0], *rows[:0:-1]])) == sorted(forms)


def test_boxes_raw_and_labelled_and_never_seen() -> None:
    raw = lay_out([["record_id", "way___1", "way___other", "s_complete"], ["1", "1", "0", "2"]])[1]
    assert [(each.stem, each.part) for each in raw.headings if each.choice] == [("way", "1"), ("way", "other")]
    label = "Race (Select all that apply)"
    headings = lay_out(
        [
            ["Record ID", f"{label} (choice=Asian (all))", f"{label} (choice='White')", "Complete?"],
            ["1", "Checked", "", ""],
        ]
    )[1].headings
    assert [(each.stem, each.part) for each in headings if each.choice] == [(label, "Asian (all)"), (label, "White")]
    header = ["record_id", "redcap_event_name", "way___1", "way___2", "a_complete", "heard", "b_complete"]
    rows = [header, ["1", "x", "0", "1", "2", "", "0"], ["1", "y", "0", "0", "0", "Mostly", "2"]]
    assert [[*row[2:4], row[5]] for row in list_forms(rows)] == [["0", "1", "Mostly"]]


def test_ticked_boxes_become_one_answer_of_several(write: Write, framework: Framework) -> None:
    asked = "Which pieces of work are you telling us about? (choice={})"
    header = ["Record ID", "I am a...", asked.format("Transport"), asked.format("Short breaks"), HOW_FAR, "Complete?"]
    ticks = [("Checked", "Unchecked"), ("Checked", "Checked"), ("Unchecked", "Checked"), ("Unchecked", "Unchecked")]
    rows = [[str(number), "Parent", *ticks[number % 4], "Mostly", "Complete"] for number in range(12)]
    survey = read_survey([write([header, *rows])], framework)
    assert survey.responses["project"].value_counts().to_dict() == {"Transport": 6, "Short breaks": 6, "Not stated": 3}


def test_a_survey_begun_and_not_sent_is_unfinished() -> None:
    header = ["record_id", "survey_timestamp", "heard", "survey_complete"]
    rows = [header, ["1", "2025-10-06 07:09:00", "Mostly", "2"], ["2", "[not completed]", "Partly", "0"]]
    layout = lay_out(rows)[1]
    assert layout.unfinished is not None
    assert layout.unfinished.tolist() == [False, False, True]


def test_without_time_stamps_incomplete_counts_only_where_most_are_complete() -> None:
    header = ["record_id", "redcap_data_access_group", "heard", "survey_complete"]
    typed_in = [header, *([str(number), "north", "Mostly", "0"] for number in range(4))]
    assert lay_out(typed_in)[1].unfinished is None
    sent = [*typed_in[:2], *([str(number), "north", "Mostly", "2"] for number in range(4, 9))]
    unfinished = lay_out(sent)[1].unfinished
    assert unfinished is not None
    assert unfinished.tolist() == [False, True, *[False] * 5]


def test_a_file_that_went_through_r() -> None:
    header = ["", "record_id", "redcap_event_name", "role", "words", "s_complete"]
    rows = [header, ["1", "7", "NA", "Parent", "It<U+2019>s fine, NA na", "2"], ["2", "8", "NA", "NA", "NA", "2"]]
    name, layout = lay_out(rows)
    assert name == "redcap"
    assert [heading.hint.kind if heading.hint else "" for heading in layout.headings[:3]] == [
        "metadata",
        "person",
        "metadata",
    ]
    assert list_forms(rows) == [["1", "7", "", "Parent", "It\u2019s fine, NA na", "2"], ["2", "8", "", "", "", "2"]]


def test_escapes_that_are_no_letters_stay_as_they_are() -> None:
    rows = [["record_id", "words", "s_complete"], ["1", "<U+202E> <U+FFFFFF> <U+43>", "2"]]
    assert list_forms(rows)[0][1] == "<U+202E> <U+FFFFFF> <U+43>"


def test_names_of_people_and_groups_are_not_questions() -> None:
    header = ["record_id", "redcap_survey_identifier", "redcap_data_access_group", "a_timestamp", "role", "a_complete"]
    layout = lay_out([header, ["1", "HM-1", "north", "2025-10-06 07:09:00", "Parent", "2"]])[1]
    kinds = [str(heading.hint.kind) if heading.hint else "" for heading in layout.headings]
    assert kinds == ["person", "person", "metadata", "date", "", "metadata"]
    assert layout.dates == "iso"


def test_a_table_without_records_is_laid_out_all_the_same() -> None:
    layout = lay_out([["role", "way___1", "way___2", "a_complete"], ["Parent", "1", "0", "2"]])[1]
    assert layout.left_out == ()
    assert len(layout.headings) == 4
