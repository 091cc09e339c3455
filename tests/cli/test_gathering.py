"""What there is to code is the same whether it comes from a survey or from a folder made for its holder."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.cli.gathering import Gathering, gather
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.model.errors import ExitCode, SettingsFileError, UsageError
from coprod_cli.reading import find_codes

Run = Callable[..., CompletedProcess[str]]
# Words with which a spreadsheet might run something, and words that look as if they had been kept from it.
LISTENED = "How far did people really listen to what parents said?"
SURVEY = f"""Respondent ID,I am a...,Which project?,{LISTENED},What was good?,What was not good?
1,Parent or carer,Short breaks,Mostly,=1+1 they listened to us,-nobody told us what changed
2,Parent or carer,Short breaks,A little,'=they did listen,They decided before the first meeting
3,Parent or carer,Short breaks,Mostly,They listened and it changed,"I was told
what happened, 😀 @last"
4,I work in health,Short breaks,Not at all,n/a,Two sides fighting each other
5,Parent or carer,Short breaks,Partly,Equal say in every decision,No feedback at all
"""
QUICKLY = Gathering(engine="cues")


@pytest.fixture(scope="module")
def folder(survey: Path, run: Run) -> Path:
    out = survey.with_name("raw")
    done = run("analyse", survey, "--engine", "cues", "-q", "--audience", "raw", "--out", out)
    assert done.returncode in {0, 5}, done.stderr
    return out


@pytest.fixture(scope="module")
def gathered(survey: Path) -> CodedAnswers:
    return gather([survey], QUICKLY)


def test_a_folder_holds_what_the_survey_does_but_closed_answers(gathered: CodedAnswers, folder: Path) -> None:
    read = gather([folder], QUICKLY)
    assert gathered.closed
    assert read.closed == ()
    assert read.found == gathered.found
    assert gathered.found
    assert read.answers == {name: each._replace(closed=()) for name, each in gathered.answers.items()}


@pytest.mark.parametrize("command", ["review", "sheet", "suggest", "export"])
def test_codes_are_not_taken_for_a_survey(folder: Path, run: Run, tmp_path: Path, command: str) -> None:
    codes = tmp_path / "anna.csv"
    shutil.copy(folder / "coded_answers.csv", codes)
    target = ("--to", "long") if command == "export" else ()
    done = run(command, codes, "--engine", "cues", *target, "--out", tmp_path / "out.csv")
    assert done.returncode == ExitCode.UNREADABLE_SURVEY
    assert "anna.csv is no survey: it is a table of codes" in done.stderr
    assert f"coprod review SURVEY --codes {codes}" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_every_kind_of_codes_is_known_by_its_headings(survey: Path, run: Run, tmp_path: Path) -> None:
    run("sheet", survey, "--engine", "cues", "--out", tmp_path / "coding", "-q")
    run("review", survey, "--engine", "cues", "--out", tmp_path / "review.csv", stdin="r\nq\n")
    run("export", survey, "--engine", "cues", "--to", "wide", "--out", tmp_path / "wide.csv")
    found = [find_codes(tmp_path / each) for each in ("coding/coder-1.xlsx", "review.csv", "wide.csv")]
    assert found == ["coding sheet", "review", "table of codes"]
    assert find_codes(survey) == ""
    # A column of people's codes is no column of themes.
    (tmp_path / "own.csv").write_text("ID,Code,Role,What was good?\n1,A7,Parent,Tea\n", encoding="utf-8")
    assert find_codes(tmp_path / "own.csv") == ""
    assert find_codes(tmp_path) == ""


def test_words_that_a_spreadsheet_might_run_come_back_as_they_were(gathered: CodedAnswers) -> None:
    words = {each.words for each in gathered.answers.values()}
    assert {"=1+1 they listened to us", "-nobody told us what changed"} <= words


def test_closed_answers_stand_beside_each_answer_of_the_same_form(gathered: CodedAnswers) -> None:
    assert {each.closed for each in gathered.answers.values() if each.words.startswith("=1+1")} == {("Mostly",)}


def test_people_s_codes_take_the_machine_s_place_in_both(
    gathered: CodedAnswers, survey: Path, folder: Path, tmp_path: Path, run: Run
) -> None:
    one = next(iter(gathered.found))
    codes = tmp_path / "codes.csv"
    with codes.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "theme", "stance"), (one, "trust", "negative")])
    both = [gather([path], QUICKLY._replace(codes=(("carer", codes),))) for path in (survey, folder)]
    assert both[0].found == both[1].found
    assert both[0].by_hand == both[1].by_hand == {one: "carer"}
    assert [(mark.theme, mark.stance, mark.coder) for mark in both[0].found[one]] == [("trust", "negative", "carer")]
    told = survey.with_name("checked")
    run("analyse", survey, "--engine", "cues", "-q", "--audience", "raw", "--codes", f"carer={codes}", "--out", told)
    again = gather([told], QUICKLY)
    assert again.by_hand == both[0].by_hand
    assert again.found == both[0].found
    others = {name: marks for name, marks in gathered.found.items() if name != one}
    assert {name: marks for name, marks in both[0].found.items() if name != one} == others


def test_which_themes_and_answers_a_machine_looked_at_is_said(
    gathered: CodedAnswers, survey: Path, folder: Path, tmp_path: Path
) -> None:
    every = tuple(theme.id for theme in gathered.framework.themes)
    assert (gathered.engine, gathered.machine_themes, gathered.unread) == ("cues", every, frozenset())
    name = min(gathered.answers)
    codes = tmp_path / "codes.csv"
    codes.write_text(f"id,theme\n{name},\n", encoding="utf-8")
    # The machine's codes of what a person coded are gone, unless everybody's stand side by side.
    for path in (survey, folder):
        alone = gather([path], QUICKLY._replace(codes=(("Anna", codes),)))
        assert (alone.engine, alone.machine_themes, alone.unread) == ("cues", every, frozenset({name}))
        beside = gather([path], QUICKLY._replace(codes=(("Anna", codes),), everybody=True))
        assert beside.unread == frozenset()
    nobody = gather([survey], QUICKLY._replace(engine=""))
    assert (nobody.engine, nobody.machine_themes) == ("", ())


def test_the_order_of_rows_is_nothing(gathered: CodedAnswers, tmp_path: Path) -> None:
    header, *forms = SURVEY.splitlines(keepends=True)
    whole = "".join(forms).replace("I was told\n", "I was told\0").splitlines(keepends=True)
    path = tmp_path / "survey.csv"
    path.write_text((header + "".join(reversed(whole))).replace("\0", "\n"), encoding="utf-8")
    turned = gather([path], QUICKLY)
    assert replace(turned, sources=()) == replace(gathered, sources=())


def test_a_report_for_others_is_refused_as_it_holds_a_part_only(survey: Path, run: Run, tmp_path: Path) -> None:
    run("analyse", survey, "--engine", "cues", "-q", "--out", tmp_path / "public")
    with pytest.raises(SettingsFileError) as told:
        gather([tmp_path / "public"], QUICKLY)
    assert "--audience raw" in told.value.hint


def test_a_folder_bears_no_option_of_a_survey(folder: Path, survey: Path) -> None:
    for how in (QUICKLY._replace(salt="x"), QUICKLY._replace(keep_partial=True)):
        with pytest.raises(UsageError):
            gather([folder], how)
    with pytest.raises(UsageError):
        gather([folder, survey], QUICKLY)


@pytest.mark.parametrize("spoil", ["theme", "role", "cut"])
def test_a_damaged_file_is_named_and_none_of_its_words(spoil: str, folder: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "raw"
    shutil.copytree(folder, spoilt)
    path = spoilt / "coded_answers.csv"
    text = path.read_text(encoding="utf-8")
    changed = {
        "theme": text.replace(",positive,", ",splendid,"),
        "role": text.replace(",parent,", ",pirate,"),
        "cut": text.replace("answer,", "", 1),
    }
    path.write_text(changed[spoil], encoding="utf-8")
    with pytest.raises(SettingsFileError) as told:
        gather([spoilt], QUICKLY)
    assert "coded_answers.csv" in told.value.what
    assert "listened" not in told.value.what + told.value.hint
