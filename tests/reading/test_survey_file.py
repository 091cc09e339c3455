"""Whole exports become a survey: the same people in five shapes, every row accounted for, order without effect."""

import csv
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import read_framework, read_mapping, read_survey, require_questions
from coprod_cli.reading.export import read_export
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.responses import fill_tables
from coprod_cli.reading.telling import HINTS, LEAVE_OUT, SENTENCES

Write = Callable[..., Path]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SHAPES = (
    "forum_survey.csv",
    "forum_survey_google_forms.csv",
    "forum_survey_microsoft_forms.xlsx",
    "forum_survey_surveymonkey.csv",
    "forum_survey_qualtrics.csv",
)
ITEM = "When decisions were made, how far did parents have an equal say?"
HEADER = ["Respondent ID", "I am a", "Project", ITEM, "What was good?", "May we quote your words?"]
ROWS = [
    ["P1", "Parent", "Transport", "Mostly", "They asked us before anything was written", "Yes"],
    ["P2", "SENCO", "Transport", "Partly", "We met every single week of the year", "No"],
    ["P1", "Parent", "Short breaks", "Not at all", "Nobody ever came back to tell us", "Yes"],
    ["P3", "Young person", "Short breaks", "Don't know", "I was the only one of my age there", ""],
]


def codes(survey: Survey) -> dict[str, int]:
    return {notice.code: notice.rows for notice in survey.notices}


def tables(survey: Survey) -> dict[str, object]:
    return {name: getattr(survey, name).to_dict("list") for name in ("responses", "answers")} | {
        "ratings": survey.ratings.fillna(-1.0).to_dict("list")
    }


def show_people(survey: Survey) -> dict[str, list[tuple[object, ...]]]:
    """The tables with person and project instead of the form's id, which belongs to one export only."""
    who = survey.responses.set_index("response")[["person", "project"]]
    shown = {"responses": survey.responses.drop(columns="response")}
    for name in ("answers", "ratings"):
        shown[name] = getattr(survey, name).join(who, on="response").drop(columns="response").fillna(-1.0)
    return {name: sorted(frame.itertuples(index=False, name=None)) for name, frame in shown.items()}


@pytest.fixture(scope="module")
def plain() -> Survey:
    return read_survey([SAMPLES / SHAPES[0]], read_framework())


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_the_same_people_are_read_alike_in_every_shape(shape: str, plain: Survey, framework: Framework) -> None:
    survey = read_survey([SAMPLES / shape], framework)
    assert show_people(survey) == show_people(plain)
    asked = {question.name: (question.kind, question.dimension) for question in survey.questions}
    assert asked == {question.name: (question.kind, question.dimension) for question in plain.questions}
    assert survey.rows_read == survey.forms + sum(notice.rows for notice in survey.notices)


def test_the_sample_holds_what_it_was_made_of(plain: Survey) -> None:
    assert plain.forms == plain.rows_read == 131
    assert plain.responses["person"].nunique() < len(plain.responses) == 131
    assert set(plain.responses["role"]) == {"parent", "practitioner", "young_person", "volunteer", "other"}
    assert plain.responses["project"].nunique() == 4
    assert {f"open_{number}" for number in (1, 2, 3)} == set(plain.answers["question"])
    assert plain.ratings["score"].dropna().between(0, 100).all()


def test_shuffled_rows_give_the_same_survey(plain: Survey, write: Write, framework: Framework) -> None:
    with (SAMPLES / SHAPES[0]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    survey = read_survey([write([header, *sorted(rows, key=lambda row: row[::-1])], "other_name.csv")], framework)
    assert tables(survey) == tables(plain)
    assert survey.notices == plain.notices
    assert survey.questions == plain.questions
    assert survey.sources[0].columns == plain.sources[0].columns


def test_two_exports_are_one_survey_whatever_their_order(framework: Framework) -> None:
    paths = [SAMPLES / "parents_export.csv", SAMPLES / "practitioners_export.csv"]
    both, turned = read_survey(paths, framework), read_survey(paths[::-1], framework)
    assert tables(both) == tables(turned)
    assert both.notices == turned.notices
    assert [source.rows_read for source in both.sources] == [74, 48]
    people = {salt: read_survey(paths, framework, salt=salt).responses["person"] for salt in ("a", "b")}
    wanted = read_survey([SAMPLES / SHAPES[0]], framework, salt="a").responses
    wanted = wanted[wanted["role"].isin(["parent", "practitioner"])]
    assert sorted(people["a"]) == sorted(wanted["person"])
    assert not set(people["b"]) & set(people["a"])


def test_one_person_may_answer_for_several_projects(write: Write, framework: Framework) -> None:
    survey = read_survey([write([HEADER, *ROWS])], framework)
    persons = survey.responses.groupby("project")["person"].agg(set)
    assert len(persons["Transport"] & persons["Short breaks"]) == 1
    assert survey.responses["response"].nunique() == 4
    assert survey.responses.set_index("person")["consent"].to_dict() == dict(
        zip(survey.responses["person"], survey.responses["consent"], strict=True)
    )
    assert survey.responses["consent"].sum() == 2


def test_ratings_stand_after_direction_and_missing_ones_are_told(write: Write, framework: Framework) -> None:
    header = ["Role", ITEM, "How far had things already been decided before parents were asked?"]
    survey = read_survey(
        [write([header, ["Mum", "Mostly", "Mostly"], ["Dad", "Doesn't apply", "Completely"]])], framework
    )
    scores = survey.ratings.groupby("item")["score"].apply(lambda each: sorted(each.fillna(-1)))
    assert scores["power_1"] == [-1, 75]
    assert scores["start_3"] == [0, 25]
    assert "closed_missing" in codes(survey)


def test_weights_are_read_and_odd_ones_told(write: Write, framework: Framework) -> None:
    rows = [["0.5", "Mostly"], ["", "Partly"], ["2", "Mostly"]]
    survey = read_survey([write([["Weight", ITEM], *rows])], framework)
    assert sorted(survey.responses["weight"]) == [0.5, 1.0, 2.0]
    text = '[[columns]]\nheader = "Weight"\nkind = "weight"\n'
    odd = write([["Weight", ITEM], ["heavy", "Mostly"], ["-1", "Partly"], ["nan", "Mostly"]], "odd.csv")
    survey = read_survey([odd], framework, read_mapping(write(text, "map.toml")))
    assert set(survey.responses["weight"]) == {1.0}
    assert [notice.message.split(":")[0] for notice in survey.notices if notice.code == "weight_unreadable"] == [
        "A survey weight that is not a number from 0 up in 3 forms"
    ]


def test_one_code_for_two_questions_of_two_files_stays_two_questions(write: Write, framework: Framework) -> None:
    top = ["StartDate", "EndDate", "ResponseId", "Q12"]
    files = []
    for name, asked in (("a.csv", "What would you keep?"), ("b.csv", "What would you stop?")):
        words = [f"{asked} We would say that it depends on the day"]
        rows = [
            top,
            ["Start", "End", "Response ID", asked],
            ["2025-10-06 07:00:00", "2025-10-06 07:00:00", "R_1", *words],
        ]
        files.append(write(rows, name))
    assert [question.name for question in read_survey(files[:1], framework).questions] == ["Q12"]
    names = {question.name for question in read_survey(files, framework).questions}
    assert len(names) == 2
    assert all(name.startswith("Q12_") for name in names)


def test_ticked_projects_of_microsoft_forms_are_taken_apart(write: Write, framework: Framework) -> None:
    header = ["ID", "Start time", "Completion time", "Email", "Name", "Which project?", ITEM]
    rows = [
        ["1", "", "", "anonymous", "", "Buses;Respite;", "Mostly"],
        ["2", "", "", "anonymous", "", "Buses;", "Partly"],
    ]
    survey = read_survey([write([header, *rows])], framework)
    assert (survey.forms, len(survey.responses)) == (2, 3)
    assert set(survey.responses["project"]) == {"Buses", "Respite"}
    assert survey.responses["person"].nunique() == 2


def test_boxes_ticked_for_two_projects_give_two_responses_of_one_form(write: Write, framework: Framework) -> None:
    header = ["Which project? [Transport]", "Which project? [Short breaks]", "What was good?"]
    rows = [["Transport", "Short breaks", "They asked us first of all"], ["Transport", "", "It was a very good lunch"]]
    survey = read_survey([write([header, *rows])], framework)
    assert (survey.forms, len(survey.responses), survey.responses["person"].nunique()) == (2, 3, 2)


def test_what_is_left_out_is_told_and_adds_up(write: Write, framework: Framework) -> None:
    nothing = ["P9", "Parent", "Transport", "", "n/a", "Yes"]
    survey = read_survey([write([HEADER, *ROWS, ROWS[0], [""] * 6, nothing])], framework)
    assert {code: rows for code, rows in codes(survey).items() if rows} == {
        "empty_rows": 1,
        "same_form_twice": 1,
        "no_answers": 1,
    }
    assert (survey.rows_read, survey.forms) == (7, 4)


def test_equal_forms_without_a_number_are_different_people(write: Write, framework: Framework) -> None:
    rows = [["Mum", "Mostly"], ["Mum", "Mostly"], ["Dad", "Partly"]]
    survey = read_survey([write([["Role", ITEM], *rows])], framework)
    assert survey.forms == survey.responses["response"].nunique() == survey.responses["person"].nunique() == 3


def test_what_nobody_said_has_a_name_and_is_told(write: Write, framework: Framework) -> None:
    survey = read_survey([write([["What was good?"], ["They asked us before they wrote it"]])], framework)
    [response] = survey.responses.to_dict("records")
    assert (response["role"], response["project"], response["wave"], response["consent"], response["weight"]) == (
        "other", "All answers", "", False, 1.0,
    )  # fmt: skip
    assert {"role_missing", "project_missing", "consent_missing"} <= set(codes(survey))
    blank = [
        *ROWS,
        ["P4", "", "", "Mostly", "", ""],
        ["P5", "Tree surgeon", "Transport", "Mostly", "", "Maybe one day"],
    ]
    survey = read_survey([write([HEADER, *blank])], framework)
    assert "Not stated" in set(survey.responses["project"])
    assert {"role_blank", "role_unknown", "project_blank", "consent_unclear"} <= set(codes(survey))
    assert (survey.responses["role"] == "other").sum() == 2


def test_running_numbers_of_two_files_are_not_the_same_people(write: Write, framework: Framework) -> None:
    files = [
        write([["ID", ITEM], ["1", "Mostly"], ["2", "Partly"]], "parents.csv"),
        write([["ID", ITEM], ["1", "Mostly"], ["2", "Completely"]], "staff.csv"),
    ]
    assert read_survey(files[:1], framework).forms == 2
    survey = read_survey([files[0], files[1]], framework)
    assert survey.responses["person"].nunique() == 4
    assert survey.responses["role"].value_counts().to_dict() == {"parent": 2, "practitioner": 2}


def test_running_numbers_are_told_apart_by_content_not_by_names_or_order(tmp_path: Path, framework: Framework) -> None:
    header = ["ID", "I am a", ITEM]
    first = [["1", "Parent", "Mostly"], ["2", "SENCO", "Partly"], ["2", "SENCO", "Not at all"]]
    second = [["1", "Parent", "Mostly"], ["2", "Parent", "Completely"], ["2", "Parent", "Partly"]]

    def read(places: tuple[str, str], *, turned: bool) -> Survey:
        paths = []
        for place, rows in zip(places, (first, second), strict=True):
            path = tmp_path / place
            path.parent.mkdir(exist_ok=True)
            lines = [header, *(rows[::-1] if turned else rows)]
            path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
            paths.append(path)
        return read_survey(paths, framework)

    survey = read(("north/survey.csv", "south/survey.csv"), turned=False)
    assert (survey.forms, survey.responses["person"].nunique()) == (6, 4)
    for other in (
        read(("north/survey.csv", "south/survey.csv"), turned=True),
        read(("north/b.csv", "south/a.csv"), turned=False),
        read(("north/a.csv", "south/b.csv"), turned=True),
    ):
        pd.testing.assert_frame_equal(other.responses, survey.responses)
        pd.testing.assert_frame_equal(other.ratings, survey.ratings)


def test_forms_of_overlapping_exports_are_read_once(write: Write, framework: Framework) -> None:
    early, late = write([HEADER, *ROWS[:3]], "early.csv"), write([HEADER, *ROWS[::-1]], "late.csv")
    both, alone = read_survey([early, late], framework), read_survey([late], framework)
    assert tables(both) == tables(alone)
    assert (both.rows_read, both.forms, codes(both)["same_form_in_files"]) == (7, 4, 3)
    turned = read_survey([write([HEADER, *ROWS[:3]], "z.csv"), write([HEADER, *ROWS], "a.csv")], framework)
    assert (tables(turned), turned.notices) == (tables(both), both.notices)
    often = [write([HEADER, *[ROWS[0]] * times, ROWS[times]], f"{times}.csv") for times in (2, 3)]
    survey = read_survey(often, framework)
    assert survey.forms == 3
    assert survey.rows_read == survey.forms + sum(codes(survey).values()) == 7


def test_forms_sent_in_the_same_second_are_read_once_from_two_exports(write: Write, framework: Framework) -> None:
    header = ["Timestamp", "I am a", ITEM]
    rows = [[f"2025/10/06 9:{minute}:07 am GMT", "Parent", "Mostly"] for minute in (10, 11, 11, 12)]
    first, second = write([header, *rows[:2]], "first.csv"), write([header, *rows], "second.csv")
    survey = read_survey([first, second], framework)
    assert (survey.rows_read, survey.forms, codes(survey)["same_form_in_files"]) == (6, 4, 2)


@pytest.mark.parametrize(
    ("head", "cell"), [("ID", "7"), ("Date", "2025-10-06"), ("Date", "2025-10-06 00:00:00"), ("Area", "North")]
)
def test_forms_that_only_look_alike_are_kept(head: str, cell: str, write: Write, framework: Framework) -> None:
    one = write([[head, "I am a", ITEM], [cell, "Parent", "Mostly"]], "one.csv")
    two = write([[head, "I am a", ITEM], [cell, "Parent", "Mostly"], [cell, "Parent", "Partly"]], "two.csv")
    survey = read_survey([one, two], framework)
    assert survey.forms == survey.rows_read == 3


def test_the_same_file_given_twice_is_read_once(write: Write, framework: Framework) -> None:
    path = write([HEADER, *ROWS])
    survey = read_survey([path, path], framework)
    assert survey.forms == 4
    assert "same_file_twice" in codes(survey)


def test_rows_too_long_or_short_are_mended_or_told(write: Write, framework: Framework) -> None:
    rows = [["Mum", "Mostly", "", ""], ["Dad", "Partly", "", "surplus"], ["Nan"], ["Gran", "Completely"]]
    survey = read_survey([write([["Role", ITEM], *rows])], framework)
    [told] = [notice for notice in survey.notices if notice.code == "long_rows"]
    assert "1 row" in told.message
    assert told.message.endswith("3.")
    assert (survey.forms, survey.rows_read) == (3, 4)


def test_very_long_answers_are_read_and_told(write: Write, framework: Framework) -> None:
    survey = read_survey([write([["What was good?"], ["word " * 6000], ["They asked us before"]])], framework)
    assert len(survey.answers) == 2
    assert "long_answers" in codes(survey)


def test_no_notice_and_no_reason_holds_words_of_an_answer(plain: Survey) -> None:
    told = " ".join([*(notice.in_full for notice in plain.notices), *(c.why for s in plain.sources for c in s.columns)])
    assert not any(words in told for words in plain.answers["words"] if len(words) > 12)


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"", "survey.csv", "is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "survey.csv", "is empty"),
        (b'"",""\r\n', "survey.csv", "is empty"),
        (b"Role,What was good?\r\n", "survey.csv", "no answers below it"),
        (b"Town,Colour\r\nOverby,red\r\nNetherby,blue\r\n", "survey.csv", "no open question and no closed question"),
        (b"\x89PNG\r\n\x1a\n123", "survey.csv", "is a picture"),
    ],
)
def test_files_that_cannot_be_used_are_told_in_two_sentences(
    content: bytes, name: str, what: str, write: Write, framework: Framework
) -> None:
    with pytest.raises(UnreadableSurveyError, match=what) as told:
        require_questions(read_survey([write(content, name)], framework))
    assert told.value.exit_code == 3
    assert told.value.what.count(". ") == 0
    assert told.value.hint


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, framework: Framework) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(UnreadableSurveyError, match=path.name):
            read_survey([path], framework)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_a_file_name_that_is_not_utf8_can_be_written(write: Write, tmp_path: Path, framework: Framework) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.csv")
    write([HEADER, *ROWS]).rename(odd)
    [source] = read_survey([odd], framework).sources
    assert source.name == "caf\ufffd.csv"
    odd.unlink()
    with pytest.raises(UnreadableSurveyError) as told:
        read_survey([odd], framework)
    assert told.value.what.encode().endswith("caf\ufffd.csv.".encode())


CELL = st.sampled_from(
    ["", "Mostly", "Not at all", "Don't know", "Parent", "They asked us before it was written", "n/a", "P1", "Yes"]
)
TABLE = st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=12)


def read_quickly(rows: list[list[str]]) -> tuple[int, int, int, dict[str, object]]:
    """Rows read, forms, rows told of, and the tables' content, without a file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *rows])
    export = read_export(take_raw(out.getvalue().encode(), "survey.csv"), FRAMEWORK, None)
    filled = fill_tables([export])
    told = sum(each.number for each in (*export.told, *filled.told) if each.code in LEAVE_OUT)
    content: dict[str, object] = {
        name: getattr(filled, name).fillna(-1.0).to_dict("list") for name in ("responses", "answers", "ratings")
    }
    return export.source.rows_read, filled.forms, told, content


FRAMEWORK = read_framework()


@settings(max_examples=60, deadline=None)
@given(rows=TABLE, order=st.randoms(use_true_random=False))
def test_rows_add_up_and_their_order_changes_nothing(rows: list[list[str]], order: object) -> None:
    rows = [*ROWS, *rows]
    read, forms, told, content = read_quickly(rows)
    assert read == forms + told == len(rows)
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis calls it an object, it is a random.Random
    assert read_quickly(shuffled) == (read, forms, told, content)


def test_tables_keep_the_promise_of_their_types_when_empty(write: Write, framework: Framework) -> None:
    survey = read_survey([write([["What was good?"], ["-"], ["They asked us before they wrote"]])], framework)
    assert len(survey.ratings) == 0
    assert survey.ratings["score"].dtype == "float64"
    assert isinstance(survey.responses, pd.DataFrame)


def test_no_sentence_for_all_readers_names_a_command() -> None:
    assert not [code for code, (_, sentence) in SENTENCES.items() if "coprod inspect" in sentence or "--" in sentence]
    assert set(HINTS) <= set(SENTENCES)
