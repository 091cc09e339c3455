"""Codes go to R, SPSS and spreadsheets as tables, and what goes out as a table comes back whole."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.codes import Code
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_codes, read_codings, read_framework
from coprod_cli.reading.codes_file import read_coders
from coprod_cli.reporting import EXPORTS, ExportChoices

LATE = "We were heard \U0001f600.\nBut it was decided, \u201cas ever\u201d."
FORMULA = "=cmd()|'x'!A1 they never wrote back"
FOUND = {
    "a1": (
        Marked("listened_to", "positive", "project", 0, 16, 0.81, unsure=True, coder="fast"),
        Marked("shared_decisions", "negative", "system", 17, len(LATE), 0.66, coder="fast"),
        Marked("shared_decisions", "positive", "project", 0, 7, 0.9, coder="fast"),
    ),
    "a2": (Marked("openness", "negative", "project", 0, len(FORMULA), coder="Anna"),),
}


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="module")
def told(framework: Framework) -> CodedAnswers:
    answers = (
        AskedAnswer("a1", LATE, "What was good?", "parent", "Caf\u00e9", "2026", "p1", ("Mostly", "")),
        AskedAnswer("a2", FORMULA, "What was not?", "parent", "Caf\u00e9", "2026", "p1", ("Mostly", "")),
        AskedAnswer("a3", "Nothing more.", "What was not?", "practitioner", "", "", "p2", ("", "7")),
        AskedAnswer("a4", "Nid oedd neb yn gwrando.", "What was not?", "parent", "Caf\u00e9", "2026", "p3", ("", "")),
    )
    return CodedAnswers(
        framework=framework,
        answers={each.id: each for each in answers},
        found=FOUND,
        by_hand={"a2": "Anna"},
        looked={"a2": ("Anna",)},
        closed=("How far were parents really listened to, all in all, from the very first day?", "Overall mark"),
        engine="fast",
        machine_themes=tuple(theme.id for theme in framework.themes if theme.id != "trust"),
        unread=frozenset({"a2", "a4"}),
    )


def export(told: CodedAnswers, kind: str) -> bytes:
    return EXPORTS[kind](told, ExportChoices())


def list_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def list_codes(told: CodedAnswers) -> list[Code]:
    return sorted(
        Code(
            name,
            each.theme,
            each.stance,
            each.level,
            each.start,
            each.end,
            told.answers[name].words[each.start : each.end],
        )
        for name, marks in told.found.items()
        for each in marks
    )


def test_long_has_a_row_a_code_and_reads_back_losing_nothing(told: CodedAnswers, tmp_path: Path) -> None:
    content = export(told, "long")
    first, *_ = list_rows(content)
    assert first | {"words": ""} == {
        "answer": "a1", "person": "p1", "project": "Caf\u00e9", "role": "parent", "round": "2026",
        "question": "What was good?", "theme": "listened_to", "theme_name": "Being listened to", "stance": "positive",
        "level": "project", "start": "0", "end": "16", "evidence": "We were heard \U0001f600.", "confidence": "0.81",
        "unsure": "yes", "coder": "fast", "by_hand": "no", "looked_at": "yes", "weight": "", "words": "",
    }  # fmt: skip
    (tmp_path / "long.csv").write_bytes(content)
    [anna, machine] = [each.coding for each in read_coders(tmp_path / "long.csv", told.framework)]
    assert sorted((*anna.codes, *machine.codes)) == list_codes(told)
    # Nobody could look at the one in Welsh: it is not said to hold no theme.
    assert (anna.answers, machine.answers) == (("a2",), ("a1", "a3"))
    for read in (anna, machine):
        assert [each._replace(closed=()) for each in read.told] == [
            told.answers[name]._replace(closed=()) for name in read.answers
        ]
    # The machine looked at what Anna did not, so there is nothing of it to compare.
    [alone] = read_codings(tmp_path / "long.csv", told.framework)
    assert alone.answers == anna.answers


def test_wide_says_one_nought_or_that_nobody_could_look(told: CodedAnswers, tmp_path: Path) -> None:
    content = export(told, "wide")
    rows = {row["answer"]: row for row in list_rows(content)}
    assert [rows[name]["listened_to"] for name in ("a1", "a2", "a3", "a4")] == ["1", "0", "0", ""]
    # The machine does not know this theme here; a person who looked did.
    assert [rows[name]["trust"] for name in ("a1", "a2", "a3", "a4")] == ["", "0", "", ""]
    decisions = [rows["a1"][f"shared_decisions{each}"] for each in ("", "_positive", "_negative", "_neutral")]
    assert decisions == ["1", "1", "1", "0"]
    assert [(row["coder"], row["by_hand"], row["looked_at"]) for row in rows.values()] == [
        ("fast", "0", "1"), ("Anna", "1", "1"), ("fast", "0", "1"), ("", "0", "0"),
    ]  # fmt: skip
    assert rows["a2"]["words"] == f"'{FORMULA}"
    assert rows["a3"]["closed_overall_mark"] == "7"
    (tmp_path / "wide.csv").write_bytes(content)
    [anna, machine] = [each.coding for each in read_coders(tmp_path / "wide.csv", told.framework)]
    assert {code[:3] for code in (*anna.codes, *machine.codes)} == {code[:3] for code in list_codes(told)}
    assert (anna.answers, machine.answers) == (("a2",), ("a1", "a3"))
    assert anna.told[0].words == FORMULA


def test_a_code_that_the_machine_is_not_sure_of_is_told_in_the_wide_table(told: CodedAnswers) -> None:
    rows = {row["answer"]: row for row in list_rows(export(told, "wide"))}
    assert [rows[name]["unsure"] for name in ("a1", "a2", "a3", "a4")] == ["1", "0", "0", ""]
    people = {row["person"]: row for row in list_rows(EXPORTS["wide"](told, ExportChoices(people=True)))}
    assert [people[name]["answers_unsure"] for name in ("p1", "p2", "p3")] == ["1", "0", "0"]


@pytest.mark.parametrize("kind", ["long", "wide"])
def test_the_weight_of_what_a_person_coded_goes_along_and_comes_back(
    told: CodedAnswers, tmp_path: Path, kind: str
) -> None:
    looked = {"a2": ("Anna",), "a3": ("Anna",), "a4": ("Anna",)}
    weighed = replace(told, by_hand=dict.fromkeys(looked, "Anna"), looked=looked, weights={"a2": 2.5, "a3": 0.0})
    (tmp_path / "table.csv").write_bytes(export(weighed, kind))
    read = read_codes(tmp_path / "table.csv", told.framework)
    assert read.answers == ("a2", "a3", "a4")
    assert read.weights == {"a2": 2.5, "a3": 0.0}


def test_names_of_columns_are_such_as_r_and_spss_take(told: CodedAnswers) -> None:
    themes = told.framework.themes
    odd = ("if", "2nd", "\u00dcber-\u00fcbung", "words", "a" * 90, "a" * 90 + "b", "trust_positive", "trust")
    mine = replace(
        told.framework, themes=tuple(replace(each, id=name) for each, name in zip(themes, odd, strict=False))
    )
    asked = ("Why?", "Why?", "\u4fe1\u4efb", "How " * 40)
    answers = {name: each._replace(closed=("",) * 4) for name, each in told.answers.items()}
    table = export(replace(told, framework=mine, closed=asked, found={}, answers=answers), "wide")
    names = next(csv.reader(io.StringIO(table.decode())))
    assert len({name.casefold() for name in names}) == len(names) == 12 + 4 + 4 * len(odd)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name) and not name.endswith("_") for name in names)
    assert {"v_if", "theme_if", "if"} & set(names) == {"theme_if"}


def test_sav_has_the_same_with_labels(told: CodedAnswers, tmp_path: Path) -> None:
    content = export(told, "sav")
    assert content == export(told, "sav")
    (tmp_path / "codes.sav").write_bytes(content)
    frame, meta = pyreadstat.read_sav(tmp_path / "codes.sav")
    wide = list_rows(export(told, "wide"))
    assert meta.column_names == list(wide[0])
    assert frame["words"].tolist() == [each.words for each in told.answers.values()]
    assert frame["trust"].fillna(-1).tolist() == [-1, 0, -1, -1]
    assert frame["shared_decisions_negative"].tolist()[0] == 1
    labels = {name: str(label) for name, label in zip(meta.column_names, meta.column_labels, strict=True)}
    assert labels["trust_positive"].endswith(" - positive")
    assert labels["listened_to"].startswith("Being listened to: ")
    assert labels["closed_overall_mark"] == "Ticked: Overall mark"
    assert meta.variable_measure["weight"] == "scale"
    assert meta.variable_value_labels["openness"] == {0: "Not coded", 1: "Coded"}
    assert meta.variable_measure["openness"] == "nominal"
    assert (meta.file_encoding, str(meta.creation_time)) == ("UTF-8", "1980-01-01 00:00:00")


def test_sav_holds_long_answers_and_cuts_what_spss_cannot_hold(told: CodedAnswers, tmp_path: Path) -> None:
    long, longer = "\u00e9" * 9_000, "\u00e9" * 20_000
    answers = {
        **told.answers,
        "a1": told.answers["a1"]._replace(words=long),
        "a3": told.answers["a3"]._replace(words=longer),
    }
    (tmp_path / "long.sav").write_bytes(export(replace(told, answers=answers, found={}), "sav"))
    words = pyreadstat.read_sav(tmp_path / "long.sav")[0]["words"].tolist()
    assert words[0] == long
    assert words[2].endswith("\u00e9\u2026")
    assert 32_700 < len(words[2].encode()) <= 32_767


def test_a_row_for_each_person_says_what_any_answer_holds(told: CodedAnswers, tmp_path: Path) -> None:
    choices = ExportChoices(people=True)
    rows = {row["person"]: row for row in list_rows(EXPORTS["wide"](told, choices))}
    both = rows["p1"]
    assert (both["answers"], both["answers_by_hand"], both["answers_looked_at"]) == ("2", "1", "2")
    assert [both[name] for name in ("listened_to", "openness", "openness_negative", "joined_up")] == [
        "1",
        "1",
        "1",
        "0",
    ]
    # A person looked at one of her answers for this theme; nobody at his.
    assert [rows[name]["trust"] for name in ("p1", "p2", "p3")] == ["0", "", ""]
    assert [rows[name]["openness"] for name in ("p1", "p2", "p3")] == ["1", "0", ""]
    assert rows["p2"]["closed_overall_mark"] == "7"
    assert not {"words", "answer", "coder"} & both.keys()
    (tmp_path / "people.sav").write_bytes(EXPORTS["sav"](told, choices))
    frame, meta = pyreadstat.read_sav(tmp_path / "people.sav")
    assert sorted(frame["answers"].tolist()) == [1, 1, 2]
    assert meta.variable_measure["answers"] == "scale"
    # PSPP shows a mean with as many decimals as the values have.
    assert meta.original_variable_types["trust"] == "F8.2"
    assert "answers" not in meta.variable_value_labels


def test_everybodys_codes_side_by_side_have_a_row_for_each_coder(told: CodedAnswers) -> None:
    found = {"a1": (*FOUND["a1"], Marked("openness", "negative", "project", 0, 7, coder="Ben"))}
    looked = {"a1": ("Anna", "Ben")}
    rows = list_rows(
        export(replace(told, found=found, looked=looked, by_hand={"a1": "Anna"}, unread=frozenset()), "wide")
    )
    ours = [
        (row["coder"], row["by_hand"], row["openness"], row["listened_to"]) for row in rows if row["answer"] == "a1"
    ]
    assert ours == [("Anna", "1", "0", "0"), ("Ben", "1", "1", "0"), ("fast", "0", "0", "1")]


Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(text: str) -> Path:
        path = tmp_path / "mine.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_a_table_of_ones_and_noughts_that_somebody_made_is_read(framework: Framework, write: Write) -> None:
    text = (
        "ID;Trust;Being listened to;openness positive;openness negative;Notes\n"
        "1;x;;;;a note\n2;0;0;;;\n3;;;1;1;\n4;;;;;\n5;;1.0;;x;\n"
    )
    [read] = read_codings(write(text), framework)
    assert [code[:3] for code in read.codes] == [
        ("1", "trust", ""),
        ("3", "openness", "negative"),
        ("3", "openness", "positive"),
        ("5", "listened_to", ""),
        ("5", "openness", "negative"),
    ]
    # A row without any mark may not have been come to yet.
    assert read.answers == ("1", "2", "3", "5")


def test_a_workbook_of_ones_and_noughts_is_read(framework: Framework, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("answer", "looked at", "trust"), ("7", "yes", None), ("8", None, 1), ("9", None, None)):
        book.active.append(row)
    book.save(tmp_path / "codes.xlsx")
    [read] = read_codings(tmp_path / "codes.xlsx", framework)
    assert (read.answers, [code[:2] for code in read.codes]) == (("7", "8"), [("8", "trust")])


@pytest.mark.parametrize(
    ("cells", "column", "what"),
    [
        ("maybe Jo,", "Trust", "neither 0 nor 1"),
        ("0,1", "trust positive", "the theme itself says 0"),
    ],
)
def test_what_cannot_be_meant_is_told_by_row_and_column(
    cells: str, column: str, what: str, framework: Framework, write: Write
) -> None:
    with pytest.raises(SettingsFileError) as told:
        read_codes(write(f"id,Trust,trust positive\n1,1,1\n2,{cells}\n"), framework)
    assert f"row 3, column '{column}'" in told.value.what
    assert what in told.value.what
    assert "1 or x, 0, or nothing" in told.value.hint
    assert "Jo" not in told.value.what + told.value.hint
