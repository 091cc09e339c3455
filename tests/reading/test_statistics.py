"""SPSS and Stata files become the words that their codes stand for, under names and labels."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.formats import choose_format
from coprod_cli.reading.formats.statistics import split_labels
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.opening import Opened, open_file

WRITERS: dict[str, Callable[..., None]] = {
    ".sav": pyreadstat.write_sav,
    ".dta": pyreadstat.write_dta,
    ".por": pyreadstat.write_por,
}


def save(tmp_path: Path, columns: dict[str, Any], ending: str = ".sav", **said: Any) -> bytes:  # noqa: ANN401  # pyreadstat's own options
    path = tmp_path / f"survey{ending}"
    WRITERS[ending](pd.DataFrame(columns), path, **said)
    return path.read_bytes()


def open_rows(data: bytes, name: str = "survey.sav") -> list[tuple[str, ...]]:
    [grid] = open_file(take_raw(data, name)).grids
    return list(grid.walk())


def open_column(data: bytes) -> list[str]:
    return [row[0] for row in open_rows(data)[2:]]


def test_names_and_labels_are_the_first_two_rows(tmp_path: Path) -> None:
    data = save(tmp_path, {"q1": ["a"], "q2": ["b"]}, column_labels=["How far?", None])
    assert open_rows(data) == [("q1", "q2"), ("How far?", "q2"), ("a", "b")]


LIKELY = {1: "Not at all", 5: "Completely"}
AGREE = {1: "Disagree", 2: "Agree"}


@pytest.mark.parametrize(
    ("codes", "labels", "missing", "expected"),
    [
        ([1.0, 2.0, None], AGREE, None, ["Disagree", "Agree", ""]),
        ([1.0, 3.0, 5.0], LIKELY, None, ["1 - Not at all", "3", "5 - Completely"]),
        ([1.0, 3.5, 5.0], {1: "1 Not at all", 5: "5 = Completely"}, None, ["1 Not at all", "3.5", "5 = Completely"]),
        ([1.0, 2.0, 9.0], AGREE | {9: "No answer"}, [9], ["Disagree", "Agree", "No answer"]),
        ([1.0, 2.0, 9.0], AGREE, [9], ["Disagree", "Agree", ""]),
        ([3.0, 4.0, 98.0], {98: "Don't know"}, None, ["3", "4", "Don't know"]),
        ([3.0, -1.0, -9.0], {}, [{"lo": -99, "hi": -1}], ["3", "", ""]),
        ([1.0, 2.0], {1: "Other", 2: "Other"}, None, ["1 - Other", "2 - Other"]),
        ([1.0, None], {1: "Dogs"}, None, ["Dogs", ""]),
    ],
)
def test_codes_become_the_words_they_stand_for(
    tmp_path: Path, codes: list[float | None], labels: dict[float, str], missing: list[Any] | None, expected: list[str]
) -> None:
    said: dict[str, Any] = {"variable_value_labels": {"q": labels}} | (
        {"missing_ranges": {"q": missing}} if missing else {}
    )
    assert open_column(save(tmp_path, {"q": codes}, **said)) == expected


def test_the_missing_values_of_stata_are_their_labels_or_nothing(tmp_path: Path) -> None:
    columns = {"q": pd.Series([1.0, "a", "b", None], dtype=object)}
    data = save(
        tmp_path,
        columns,
        ".dta",
        variable_value_labels={"q": {1.0: "Agree", "a": "Refused"}},
        missing_user_values={"q": ["a", "b"]},
    )
    assert open_column(data) == ["Agree", "Refused", "", ""]


def test_dates_times_and_texts(tmp_path: Path) -> None:
    when = datetime(2025, 10, 6, 9, 30)  # noqa: DTZ001  # such files know no time zones
    columns: dict[str, Any] = {
        "day": [when.date()], "at": [when], "hour": [when.time()], "words": ["They listened.   "],
        "number": [12749699617.0],
    }  # fmt: skip
    assert open_rows(save(tmp_path, columns))[2] == (
        "2025-10-06", "2025-10-06 09:30:00", "09:30:00", "They listened.", "12749699617",
    )  # fmt: skip


def test_a_portable_file_is_read_too(tmp_path: Path) -> None:
    data = save(tmp_path, {"Q1": [1.0, 2.0], "Q2": ["x", "yy"]}, ".por", column_labels=["How far?", "Words"])
    assert open_rows(data, "survey.por") == [("Q1", "Q2"), ("How far?", "Words"), ("1", "x"), ("2", "yy")]


def test_a_file_is_known_by_its_bytes_whatever_it_is_called(tmp_path: Path) -> None:
    assert open_file(take_raw(save(tmp_path, {"q": ["a"]}), "survey.csv")).kind == "spss"
    assert open_file(take_raw(save(tmp_path, {"q": ["a"]}, ".dta"), "survey")).kind == "stata"


def test_a_file_that_says_the_wrong_encoding_is_read_and_told(tmp_path: Path) -> None:
    data = save(tmp_path, {"q": ["They didn\u2019t ask"]}, column_labels=["What\u2019s good?"])
    assert data.count(b"UTF-8") == 1
    opened: Opened = open_file(take_raw(data.replace(b"UTF-8", b"CP125").replace(b"CP125", b"ASCII"), "x.sav"))
    assert list(opened.grids[0].walk())[1:] == [("What\u2019s good?",), ("They didn\u2019t ask",)]
    assert [(each.code, each.detail) for each in opened.told] == [("encoding_misstated", "UTF-8")]


def test_windows_bytes_in_a_file_that_says_utf8(tmp_path: Path) -> None:
    data = save(tmp_path, {"q": ["They didn~t ask"]})
    opened = open_file(take_raw(data.replace(b"didn~t", b"didn\x92t"), "x.sav"))
    assert list(opened.grids[0].walk())[2] == ("They didn\u2019t ask",)
    assert [(each.code, each.detail) for each in opened.told] == [("encoding_misstated", "Windows-1252")]


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_broken_files_are_told(tmp_path: Path, ending: str) -> None:
    data = save(tmp_path, {"q": ["a" * 50] * 50}, ending)
    with pytest.raises(UnreadableSurveyError, match="broken"):
        open_file(take_raw(data[: len(data) // 2], f"survey{ending}"))


@pytest.mark.parametrize(("place", "byte"), [(4, 200), (5, 135), (8, 2), (12, 9), (35, 127)])
def test_a_damaged_record_of_a_variable_does_not_bring_the_program_down(tmp_path: Path, place: int, byte: int) -> None:
    data = bytearray(save(tmp_path, {"q": [1.0, 2.0]}, column_labels=["How far?"]))
    data[176 + place] = byte
    with pytest.raises(UnreadableSurveyError, match="broken SPSS"):
        open_file(take_raw(bytes(data), "survey.sav"))


@pytest.mark.parametrize("length", [1, 8, 9, 255, 256, 2_000])
def test_texts_of_any_length_are_sound(tmp_path: Path, length: int) -> None:
    assert open_column(save(tmp_path, {"q": ["x" * length, "y"]})) == ["x" * length, "y"]


def test_a_file_without_answers_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSurveyError, match="no answers below"):
        open_file(take_raw(save(tmp_path, {"q": pd.Series([], dtype=float)}), "survey.sav"))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["How far - a", "How far - b"], [("How far", "a"), ("How far", "b")]),
        (["How far [a]", "How far [b]"], [("How far", "a"), ("How far", "b")]),
        (["Pets: dogs", "Pets: cats", "Words"], [("Pets", "dogs"), ("Pets", "cats"), ("Words", "")]),
        (["dogs: Pets", "cats: Pets"], [("Pets", "dogs"), ("Pets", "cats")]),
        (["A - b", "Far away", "A - c"], [("A - b", ""), ("Far away", ""), ("A - c", "")]),
    ],
)
def test_labels_with_one_question_in_common_are_taken_apart(texts: list[str], expected: list[tuple[str, str]]) -> None:
    assert split_labels(texts) == expected


def lay_out(rows: list[list[str]]) -> tuple[str, tuple[Heading, ...]]:
    grid = Grid.of(rows, given_headers=2)
    name = choose_format(grid)[0]
    return name, FORMATS[name].questions(grid).headings


def test_boxes_with_a_single_label_are_boxes() -> None:
    name, headings = lay_out([["q1_1", "q1_2"], ["Pets - Dogs", "Pets - Cats"], ["Dogs", ""], ["", "Cats"]])
    assert name == "statistics"
    assert [(each.stem, each.part, each.choice, each.code) for each in headings] == [
        ("Pets", "Dogs", True, "q1_1"),
        ("Pets", "Cats", True, "q1_2"),
    ]


def test_surveymonkeys_own_names_are_no_questions() -> None:
    _, headings = lay_out([["RespondentID", "CollectorID", "q1"], ["", "", "How far?"], ["118", "43", "Mostly"]])
    assert [each.hint is not None for each in headings] == [True, True, False]
    assert headings[0].submission


def test_items_are_found_by_their_labels(tmp_path: Path, framework: Framework) -> None:
    asked = "How far did people really listen to what parents said?"
    labels = {1: "Not at all", 2: "A little", 3: "Partly", 4: "Mostly", 5: "Completely"}
    data = save(tmp_path, {"q1": [1.0, 4.0, 5.0]}, column_labels=[asked], variable_value_labels={"q1": labels})
    path = tmp_path / "again.sav"
    path.write_bytes(data)
    survey = read_survey([path], framework)
    assert [question.dimension for question in survey.questions] == ["heard"]
    assert sorted(survey.ratings["score"]) == [0, 75, 100]


@pytest.mark.parametrize("label", ["Spring", "Caf\u00e9 survey"])
def test_utf8_in_a_stata_file_that_says_windows_is_read_unless_other_bytes_contradict(
    tmp_path: Path, label: str
) -> None:
    data = save(tmp_path, {"q": ["caf~~"]}, ".dta", version=12, file_label="*" * len(label))
    spoilt = data.replace(b"~~", "\u00e9".encode()).replace(b"*" * len(label), label.encode("cp1252"))
    opened = open_file(take_raw(spoilt, "survey.dta"))
    mistaken = label.isascii()
    assert list(opened.grids[0].walk())[2] == ("caf\u00e9" if mistaken else "caf\u00c3\u00a9",)
    assert [(each.code, each.detail) for each in opened.told] == [("encoding_misstated", "UTF-8")] * mistaken
