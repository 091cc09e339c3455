"""coprod suggest picks answers to code next, says why, and marks them as picked: nothing is measured on them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import load_workbook

from coprod_cli.model.errors import ExitCode
from coprod_cli.reading import read_codes, read_framework

Run = Callable[..., CompletedProcess[str]]
LISTENED = "How far did people really listen to what parents said?"
SURVEY = f"""Respondent ID,I am a...,Which project?,{LISTENED},What was good?,What was not good?
1,Parent or carer,Short breaks,Mostly,They listened to us,Nobody told us what changed
2,Parent or carer,Short breaks,A little,They did listen,They decided before the first meeting
3,Parent or carer,Short breaks,Mostly,They listened and it changed,I was told what happens
4,I work in health,Short breaks,Not at all,n/a,Two sides fighting each other
5,Parent or carer,Short breaks,Partly,Equal say in every decision,No feedback at all
"""
QUICKLY = ("--engine", "cues")


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("suggest") / "survey.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def told(survey: Path, run: Run) -> tuple[Path, str]:
    out = survey.with_name("next")
    done = run("suggest", survey, *QUICKLY, "--size", 4, "--out", out)
    assert done.returncode == 0, done.stderr
    return out, done.stdout


def list_ids(folder: Path) -> list[str]:
    listed = csv.DictReader(io.StringIO((folder / "suggested.csv").read_text(encoding="utf-8")))
    return [row["id"] for row in listed]


def fill(folder: Path, target: Path) -> Path:
    book = load_workbook(folder / "suggested.xlsx")
    sheet = book["Coding"]
    column = {str(cell.value): cell.column for cell in sheet[2] if cell.value}
    for row in range(3, 7):
        sheet.cell(row, column["looked at"]).value = "yes"
    sheet.cell(3, column["theme 1"]).value, sheet.cell(3, column["stance 1"]).value = "Trust", "negative"
    book.save(target)
    return target


def test_it_says_which_and_why_without_a_word_of_anybody(told: tuple[Path, str]) -> None:
    out, said = told
    assert "0 answers are coded by people, 9 are left" in said
    assert all(name in said for name in list_ids(out))
    assert "picked, not drawn by lot" in said
    assert f"coprod analyse {out.with_name('survey.csv')} --codes {out / 'suggested.xlsx'}\n" in said
    assert "nobody has coded it yet" in said
    for words in ("listened to us", "fighting", "Equal say"):
        assert words not in said
        assert words not in (out / "suggested.csv").read_text(encoding="utf-8")


def test_the_workbook_has_the_answers_in_that_order_and_says_that_they_were_picked(told: tuple[Path, str]) -> None:
    book = load_workbook(told[0] / "suggested.xlsx")
    ids = [str(row[0]) for row in book["Coding"].iter_rows(min_row=3, max_col=1, values_only=True)]
    assert ids == list_ids(told[0])
    words = " ".join(str(cell) for row in book["Read me"].iter_rows(values_only=True) for cell in row if cell)
    assert "Answers worth coding next" in words
    assert "They were not drawn by lot" in words
    assert "coprod agree" not in words
    assert "other coders" not in words


def test_filled_in_it_counts_but_measures_nothing(told: tuple[Path, str], survey: Path, run: Run) -> None:
    codes = fill(told[0], survey.with_name("coder.xlsx"))
    read = read_codes(codes, read_framework())
    assert set(read.weights.values()) == {0.0}
    assert len(read.answers) == 4
    out = survey.with_name("out")
    done = run("analyse", survey, *QUICKLY, "-q", "--audience", "raw", "--codes", codes, "--out", out)
    assert done.returncode in {ExitCode.DONE, ExitCode.NOTHING_REPORTABLE}, done.stderr
    results = json.loads((out / "results.json").read_bytes())
    assert (results["checked"]["by_hand"], results["checked"]["drawn"]) == (4, 0)
    assert "coded-in-sight" in {each["code"] for each in results["notices"]}


def test_what_is_coded_is_not_suggested_again_and_a_folder_does_as_well(
    told: tuple[Path, str], survey: Path, run: Run
) -> None:
    codes = fill(told[0], survey.with_name("again.xlsx"))
    raw = survey.with_name("raw")
    done = run("analyse", survey, *QUICKLY, "-q", "--audience", "raw", "--out", raw)
    assert done.returncode in {ExitCode.DONE, ExitCode.NOTHING_REPORTABLE}, done.stderr
    printed = [run("suggest", each, *QUICKLY, "--codes", codes, "--json") for each in (survey, raw)]
    first, second = (json.loads(each.stdout) for each in printed)
    assert first == second
    assert (first["coded"], first["left"], first["drawn_by_lot"]) == (4, 5, False)
    assert not set(list_ids(told[0])) & {each["id"] for each in first["answers"]}
    further = survey.with_name("further")
    done = run("suggest", survey, *QUICKLY, "--codes", f"carers={codes}", "--keep-partial", "--out", further)
    named = f"{survey} --keep-partial --codes carers={codes} --codes {further / 'suggested.xlsx'}"
    assert f"coprod analyse {named}\n" in done.stdout
    assert not survey.with_name("survey-suggested").exists()


def test_agree_says_that_they_were_picked_and_whether_coders_saw_suggestions(
    told: tuple[Path, str], survey: Path, run: Run
) -> None:
    blind = survey.with_name("blind")
    assert run("suggest", survey, *QUICKLY, "--size", 4, "--blind", "--out", blind).returncode == 0
    one, other = (fill(blind, survey.with_name(f"{name}.xlsx")) for name in ("anna", "ben"))
    done = run("agree", one, other)
    assert done.returncode == 0, done.stderr
    assert "picked as hard to code" in done.stderr
    assert "in sight" not in done.stderr
    one, other = (fill(told[0], survey.with_name(f"{name}.xlsx")) for name in ("anna", "ben"))
    done = run("agree", one, other)
    assert "4 of the answers were coded with suggestions in sight" in done.stderr
    assert "They did not come by lot, either" in done.stderr


def test_words_to_talk_through_are_found_in_the_survey_itself(
    told: tuple[Path, str], survey: Path, run: Run, tmp_path: Path
) -> None:
    [answer, *_] = list_ids(told[0])
    for theme in ("openness", "trust"):
        (tmp_path / f"{theme}.csv").write_text(f"id,theme\n{answer},{theme}\n", encoding="utf-8")
    both = (tmp_path / "openness.csv", tmp_path / "trust.csv")
    [words] = [
        str(row[4])
        for row in load_workbook(told[0] / "suggested.xlsx")["Coding"].iter_rows(min_row=3, values_only=True)
        if row[0] == answer
    ]
    assert words not in run("agree", *both).stdout
    done = run("agree", *both, "--answers", survey)
    assert (done.returncode, done.stderr) == (0, "")
    assert f'"{words}"' in done.stdout
    assert done.stdout.index("To talk through") < done.stdout.index("Agreement beyond chance")


def test_a_workbook_that_somebody_has_filled_in_is_never_replaced(
    told: tuple[Path, str], survey: Path, run: Run
) -> None:
    fill(told[0], told[0] / "suggested.xlsx")
    done = run("suggest", survey, *QUICKLY, "--out", told[0], "--force")
    assert done.returncode == ExitCode.CANNOT_WRITE
