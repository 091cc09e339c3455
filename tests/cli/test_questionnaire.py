"""coprod questionnaire: what it writes, says and refuses."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., Any]
EVERYTHING = {
    "questionnaire_for_parents.docx",
    "questionnaire_for_professionals.docx",
    "questions.csv",
    "answer_sheet.csv",
    "questionnaire_for_parents.md",
    "questionnaire_for_professionals.md",
    "limesurvey.txt",
    "qualtrics.txt",
    "manifest.json",
}


def list_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_everything_is_written_and_told(run: Run, tmp_path: Path) -> None:
    done = run("questionnaire", "--project", "Short breaks", "--project", "Autism pathway", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list_names(tmp_path / "questionnaire") == EVERYTHING
    for name in EVERYTHING - {"manifest.json"}:
        assert name in done.stdout
    assert "24 rated questions" in done.stdout
    assert "coprod analyse EXPORT" in done.stdout
    assert "--project" not in done.stdout


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("word", {"questionnaire_for_parents.docx"}),
        ("csv", {"questions.csv", "answer_sheet.csv"}),
        ("markdown", {"questionnaire_for_parents.md"}),
        ("limesurvey", {"limesurvey.txt"}),
        ("qualtrics", {"qualtrics.txt"}),
    ],
)
def test_one_format_alone(run: Run, tmp_path: Path, name: str, files: set[str]) -> None:
    out = tmp_path / "form"
    done = run("questionnaire", "--for", "parent", "--form", "short", "--format", name, "--out", out)
    assert done.returncode == 0
    assert list_names(out) == files | {"manifest.json"}
    assert "8 rated questions" in done.stdout
    assert "Name each with --project" in done.stdout


def test_title_and_settings_are_kept(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "form"
    done = run("questionnaire", "--title", "How was it for you?", "--format", "markdown", "--out", out, "-q")
    assert (done.returncode, done.stdout) == (0, "")
    assert (out / "questionnaire_for_parents.md").read_text(encoding="utf-8").startswith("# How was it for you?\n")
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["settings"] == {"form": "full", "audience": "both", "projects": [], "title": "How was it for you?"}


def test_an_earlier_one_is_replaced_only_when_asked(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "form"
    assert run("questionnaire", "--format", "csv", "--out", out).returncode == 0
    again = run("questionnaire", "--format", "markdown", "--out", out)
    assert again.returncode == ExitCode.CANNOT_WRITE
    assert "--force" in again.stderr
    assert run("questionnaire", "--format", "markdown", "--out", out, "--force").returncode == 0
    assert "answer_sheet.csv" not in list_names(out)


def test_answers_typed_into_the_sheet_are_never_lost(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "form"
    assert run("questionnaire", "--format", "csv", "--out", out).returncode == 0
    sheet = out / "answer_sheet.csv"
    typed = sheet.read_bytes() + b"1,A parent or carer\r\n"
    sheet.write_bytes(typed)
    again = run("questionnaire", "--out", out, "--force")
    assert again.returncode == ExitCode.CANNOT_WRITE
    assert "was changed since" in again.stderr
    assert sheet.read_bytes() == typed


def test_an_empty_sheet_and_a_missing_name_are_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "form"
    assert run("questionnaire", "--format", "csv", "--out", out).returncode == 0
    assert run("analyse", out / "answer_sheet.csv").returncode == ExitCode.UNREADABLE_SURVEY
    nameless = run("questionnaire", "--project", " ", "--out", tmp_path / "other")
    assert nameless.returncode == ExitCode.USAGE
    assert "has no name" in nameless.stderr
    assert not (tmp_path / "other").exists()


def test_a_filled_sheet_is_analysed_without_a_mapping(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "form"
    projects = ("--project", "Short breaks", "--project", "Autism pathway")
    assert run("questionnaire", "--form", "short", *projects, "--format", "csv", "--out", out).returncode == 0
    sheet = out / "answer_sheet.csv"
    header = next(csv.reader(io.StringIO(sheet.read_bytes().decode("utf-8-sig"))))
    rows = [header, *(fill(number) for number in range(48))]
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    done = run("analyse", sheet, "--engine", "cues", "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)["projects"]
    shown = {(each["project"], each["role"]) for each in told if each["overall"]["reportable"]}
    assert shown == {
        (project, role) for project in ("Short breaks", "Autism pathway") for role in ("parent", "practitioner")
    }


def fill(number: int) -> list[str]:
    """One row as somebody types it from a short paper form."""
    steps = ("Partly", "Mostly", "Completely", "A little")
    return [
        str(number),
        "A parent or carer" if number % 2 else "A professional who works in education, health, care",
        ("Short breaks", "Autism pathway")[number // 2 % 2],
        *(steps[(number * 3 + place) % 4] for place in range(8)),
        "Parents were told what would happen.",
        str(number % 11),
        f"They listened to us at meeting {number} and wrote it all down.",
        f"The letter about visit {number} came far too late for us.",
        "Nothing that I can see.",
        "Yes",
    ]
