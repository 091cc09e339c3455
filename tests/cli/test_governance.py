"""coprod governance, and coprod analyse --governance, as people run them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., Any]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MAIN = SAMPLES / "forum_survey.csv"
FILLED = SAMPLES / "governance.toml"


def test_a_form_is_written_checked_and_never_overwritten(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "governance.toml"
    done = run("governance", MAIN, "--write", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Form for 4 projects, 17 facts each" in done.stdout
    assert f"coprod analyse {MAIN} --governance {form}" in done.stdout
    assert 'project = "Short breaks offer"' in form.read_text(encoding="utf-8")
    checked = run("governance", MAIN, "--check", form)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.count("none of 17 known yet") == 4
    assert "Please check" not in checked.stdout
    form.write_text("[[projects]]\nproject = 'Mine'\n", encoding="utf-8")
    again = run("governance", "--write", form)
    assert again.returncode == ExitCode.CANNOT_WRITE
    assert "Mine" in form.read_text(encoding="utf-8")
    assert run("governance", "--write", form, "--force").returncode == 0
    assert "Mine" not in form.read_text(encoding="utf-8")


def test_a_misspelt_project_is_told_without_the_survey(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "governance.toml"
    run("governance", MAIN, "--write", form)
    text = form.read_text(encoding="utf-8")
    form.write_text(text.replace('project = "Short breaks offer"', 'project = "Short break offer"'), encoding="utf-8")
    done = run("governance", "--check", form)
    assert done.returncode == 0
    assert 'If "Short breaks offer" is meant, write it so.' in done.stdout
    assert "checked by the list in the file" in done.stdout
    form.write_text('[[projects]]\nproject = "A"\n', encoding="utf-8")
    assert "coprod governance SURVEY --check FILE" in run("governance", "--check", form).stdout


def test_all_faults_are_told_at_once_by_check_and_by_analyse(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "governance.toml"
    form.write_text(
        '[[projects]]\nproject = "A"\ncalled = yes\nstarted = "2025-01-01"\n[projects.facts]\nG01 = "aye"\n',
        encoding="utf-8",
    )
    for words in (("governance", "--check", form), ("analyse", MAIN, "--governance", form, "--out", tmp_path / "out")):
        done = run(*words)
        assert done.returncode == ExitCode.BAD_SETTINGS_FILE
        assert "coprod: governance.toml: 3 things to mend." in done.stderr
        for line in (3, 4, 6):
            assert f"line {line}: " in done.stderr


def test_a_survey_is_never_written_over(run: Run, tmp_path: Path) -> None:
    survey = tmp_path / "survey.csv"
    survey.write_bytes(MAIN.read_bytes())
    assert run("governance", survey, "--write", survey, "--force").returncode == ExitCode.CANNOT_WRITE
    assert survey.read_bytes() == MAIN.read_bytes()


@pytest.mark.parametrize("words", [(), ("--write", "a.toml", "--check", "b.toml")])
def test_one_of_writing_and_checking_is_wanted(run: Run, words: tuple[str, ...]) -> None:
    done = run("governance", *words)
    assert done.returncode == ExitCode.USAGE
    assert "--check" in done.stderr


def test_a_filled_form_is_summed_up_with_what_to_look_at(run: Run) -> None:
    done = run("governance", MAIN, "--check", FILLED)
    assert done.returncode == 0
    for words in (
        "governance.toml can be used, as of 2025-12-01.",
        "Parents have a seat on 6 of 7 workstreams (86%); of 1 more it is not known",
        "Dates (verified): started 2025-02-03, parents first asked 2025-06-16, decided 2025-05-21",
        "Not known yet: G04, G08, G10, G11, G13 to G17",
        "Red flags on paper: Decided already (RF02, limits the score); Decided somewhere else (RF03, a note)",
        "Please check",
        'G03 of "Neurodevelopmental pathway redesign" is "yes"',
        '"Hydrotherapy pool timetable" is in the governance file, but nobody',
    ):
        assert words in done.stdout
    assert "Hydrotherapy pool timetable" in run("governance", "--check", FILLED).stdout.partition("Please check")[0]


def test_a_fault_and_a_name_are_told(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "governance.toml"
    form.write_text('[[projects]]\nproject = "A"\n[[projects.facts]]\nfact = "G01"\nanswer = "aye"\n', encoding="utf-8")
    done = run("governance", "--check", form)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "governance.toml, line 5: 'answer' cannot be 'aye'." in done.stderr
    form.write_text('[[projects]]\nproject = "Hub of Mrs Quill"\nchanged = ["Ring 07700 900123."]\n', encoding="utf-8")
    done = run("governance", "--check", form)
    assert "Hub of Mrs [name]" in done.stdout
    assert "Quill" not in done.stdout
    assert "looks like a person's name" in done.stdout


def test_analyse_joins_the_file_to_the_survey(run: Run, quick: tuple[Path, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("analyse", MAIN, "--engine", "cues", "--governance", FILLED, "--out", out)
    assert done.returncode == 0, done.stderr
    told = json.loads((out / "results.json").read_bytes())
    names = {each["project"]: each["in_survey"] for each in told["governance"]["projects"]}
    assert names == {
        "Home to school transport policy": True,
        "Neurodevelopmental pathway redesign": True,
        "Short breaks offer": True,
        "Supported internships": True,
        "Hydrotherapy pool timetable": False,
    }
    assert "Not known yet: 9 of 17 facts (G04, G08, G10," in (out / "report.html").read_text(encoding="utf-8")
    assert "Hydrotherapy pool timetable: 3 of 17 facts known; not known yet: G02 to G07," in done.stdout
    assert len(json.loads((out / "manifest.json").read_bytes())["governance_sha256"]) == 64
    assert {"governance-contradiction", "governance-unanswered"} <= {each["code"] for each in told["notices"]}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert 'id="project-hydrotherapy-pool-timetable"' in page
    # Facts never earn points: no score is higher than without the file.
    before = json.loads((quick[0] / "results.json").read_bytes())["projects"]
    after = {(each["project"], each["role"]): each["overall"] for each in told["projects"]}
    for each in before:
        if each["overall"]["reportable"]:
            score = after[each["project"], each["role"]]
            assert not score["reportable"] or score["estimate"] <= each["overall"]["estimate"]


def test_a_file_with_a_fault_stops_before_any_work(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "governance.toml"
    form.write_text("[[projects]]\n", encoding="utf-8")
    done = run("analyse", MAIN, "--governance", form, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert not (tmp_path / "out").exists()


def test_a_project_named_for_a_person_is_joined_and_the_name_hidden(run: Run, tmp_path: Path) -> None:
    rows = [
        f"{at},Parent,Swimming with Mrs Quill,They asked us {at} times at the start and it was good."
        for at in range(12)
    ]
    header = "Respondent ID,I am a...,Which piece of work are you telling us about?,What was good?"
    (tmp_path / "survey.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    form = tmp_path / "governance.toml"
    form.write_text('[[projects]]\nproject = "swimming with mrs quill"\ncalled = "fun"\n', encoding="utf-8")
    out = tmp_path / "out"
    run("analyse", tmp_path / "survey.csv", "--governance", form, "--engine", "cues", "--out", out, "-q")
    (project,) = json.loads((out / "results.json").read_bytes())["governance"]["projects"]
    assert (project["project"], project["in_survey"]) == ("Swimming with Mrs [name]", True)
    for name in ("results.json", "report.html", "governance.csv", "summary.md"):
        assert b"quill" not in (out / name).read_bytes().lower()
