"""KoboToolbox and ODK exports, by names and by labels, with groups, boxes in both shapes, tags and places."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.grid import BETWEEN_CHOICES, Layout

Write = Callable[..., Path]
OWN = ["_id", "_uuid", "_submission_time", "__version__", "_index"]
SENT = ["3502", "9f1c", "2025-10-06T07:09:00", "vN4rZq", "1"]
HOW_FAR = "How far did people really listen to what parents said?"


def lay_out(rows: Sequence[Sequence[str]]) -> tuple[str, Layout]:
    grid = Grid.of(rows)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid)


def texts(layout: Layout) -> list[str]:
    return [heading.text for heading in layout.headings if not heading.hint]


def kinds(layout: Layout) -> list[str]:
    return ["box" if heading.choice else str(heading.hint.kind) if heading.hint else "" for heading in layout.headings]


def test_names_lose_their_groups_and_stay_as_codes() -> None:
    name, layout = lay_out([["start", "about/role", "about/work/power_1", *OWN], ["", "parent", "4", *SENT]])
    assert name == "kobo"
    assert [(each.text, each.code, each.header) for each in layout.headings[1:3]] == [
        ("role", "role", "about/role"),
        ("power_1", "power_1", "about/work/power_1"),
    ]
    assert layout.dates == "iso"


def test_labels_lose_what_is_surely_a_group_only() -> None:
    header = ["About you/I am a...", "About you/Your project", f"The work/{HOW_FAR}", "The work/Trust", "The work/Say"]
    header += [
        "How far were parents/carers heard?",
        "Were Parents/Carers told?",
        "Words/What was good?",
        "Age 4/5 or so",
    ]
    name, layout = lay_out([[*header, *OWN], [*"abcdefghi", *SENT]])
    assert name == "kobo"
    assert texts(layout) == [
        "I am a...", "Your project", HOW_FAR, "Trust", "Say", "How far were parents/carers heard?",
        "Were Parents/Carers told?", "What was good?", "Age 4/5 or so",
    ]  # fmt: skip


@pytest.mark.parametrize("ticks", [("True", "False"), ("TRUE", "FALSE"), ("1", "0")])
@pytest.mark.parametrize("summary", [True, False])
def test_several_answers_in_one_cell_and_in_columns_are_one_question(
    write: Write, framework: Framework, ticks: tuple[str, str], *, summary: bool
) -> None:
    yes, no = ticks
    asked = "About you/Which pieces of work are you telling us about?"
    header = ["About you/I am a...", *([asked] if summary else []), f"{asked}/Transport", f"{asked}/Short breaks"]
    both = [["Parent", "Transport", yes, no], ["Parent", "Transport Short breaks", yes, yes], ["Parent", "", "", ""]]
    rows = [[row[0], *(row[1:2] if summary else []), *row[2:]] for row in both]
    own = [[*SENT[:1], f"u{number}", *SENT[2:]] for number in range(6)]
    body = [[*row, "Mostly", *own[place]] for place, row in enumerate(rows * 2)]
    survey = read_survey([write([[*header, f"The work/{HOW_FAR}", *OWN], *body])], framework)
    assert survey.sources[0].format == "kobo"
    assert survey.responses["project"].value_counts().to_dict() == {"Transport": 4, "Short breaks": 2, "Not stated": 2}


def test_a_slash_within_questions_of_true_and_false_makes_no_boxes() -> None:
    header = ["Were parents/carers heard?", "Were parents/carers told?", *OWN]
    layout = lay_out([header, ["True", "False", *SENT], ["False", "True", *SENT]])[1]
    assert kinds(layout)[:2] == ["", ""]
    assert texts(layout) == header[:2]


def test_codes_of_several_answers_in_one_cell_only() -> None:
    rows = [["ways", "role", "words", *OWN]]
    told = ("mail school", "school", "mail", "mail facebook school", "")
    rows += [[cell, "parent", "it was good for us", *SENT] for cell in told]
    layout = lay_out(rows)[1]
    assert layout.headings[0].several
    assert layout.columns[0].values[1] == BETWEEN_CHOICES.join(("mail", "school"))
    assert not any(heading.several for heading in layout.headings[1:])


def test_a_row_of_tags_is_a_header_too() -> None:
    rows = [["role", "words", *OWN], ["#respondent+role", "#comment", "", "", "#date+sent", "", ""], ["a", "b", *SENT]]
    layout = lay_out(rows)[1]
    assert (layout.header_rows, layout.first_row) == (2, 2)


def test_places_and_devices_are_dropped_and_no_questions() -> None:
    geo = ["where", "_where_latitude", "_where_longitude", "_where_altitude", "_where_precision", "_geolocation"]
    layout = lay_out([[*geo, "deviceid", *OWN], ["51.5 -0.1 0 0", "51.5", "-0.1", "0", "0", "51.5", "d:1", *SENT]])[1]
    assert kinds(layout)[1:7] == ["metadata"] * 6


def test_repeated_groups_in_one_row_know_their_turn() -> None:
    header = ["who", "work[1]/project", "work[1]/heard", "work[2]/project", "work[2]/heard", *OWN]
    layout = lay_out([header, [*"abcde", *SENT]])[1]
    assert [(each.code, each.block) for each in layout.headings[1:5]] == [
        ("project", "1"),
        ("heard", "1"),
        ("project", "2"),
        ("heard", "2"),
    ]


def test_not_asked_is_blank_in_old_exports() -> None:
    layout = lay_out([["role", "words", *OWN], ["parent", "n/a", *SENT], ["n/a", "not n/a", *SENT]])[1]
    assert [column.values[1:] for column in layout.columns[:2]] == [("parent", ""), ("", "not n/a")]


def test_forms_marked_as_not_approved_are_left_out() -> None:
    header = ["role", *OWN, "_validation_status"]
    body = [["a", *SENT, status] for status in ("Approved", "Not Approved", "validation_status_not_approved", "")]
    layout = lay_out([header, *body])[1]
    assert [(each.code, each.rows.tolist()) for each in layout.left_out] == [
        ("rejected_rows", [False, False, True, True, False])
    ]


def test_odk_with_rows_one_cell_short_and_dashes_between_names(write: Write, framework: Framework) -> None:
    header = ["SubmissionDate", "meta-instanceID", "about-role", "work-heard_1", "KEY", "SubmitterID", "Status"]
    body = [["2025-10-06T07:09:00.000Z", f"uuid:{number}", "Parent", "Mostly", f"uuid:{number}"] for number in range(5)]
    name, layout = lay_out([header, *body])
    assert name == "kobo"
    assert texts(layout) == ["role", "heard_1"]
    survey = read_survey([write([header, *body])], framework)
    assert set(survey.responses["role"]) == {"parent"}
    assert set(survey.ratings["item"]) == {"heard_1"}


def test_after_excel_and_with_columns_moved(write: Write, framework: Framework) -> None:
    header = ["_index", "_uuid", "I am a...", "_submission_time", HOW_FAR, "_version"]
    rows = [header, *([str(n), f"u{n}", "Parent", "27/02/2022 05:08", "Mostly", "2.02202E+11"] for n in range(4))]
    name, layout = lay_out(rows)
    assert (name, layout.dates) == ("kobo", "")
    survey = read_survey([write("\r\n".join(";".join(row) for row in rows))], framework)
    assert (survey.forms, set(survey.ratings["score"])) == (4, {75})


def test_without_its_own_columns_it_is_read_as_a_plain_table() -> None:
    name, layout = lay_out([["I am a...", HOW_FAR], ["Parent", "Mostly"]])
    assert (name, layout.headings[1].text) == ("plain", HOW_FAR)
