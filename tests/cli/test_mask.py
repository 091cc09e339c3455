import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import openpyxl
import pytest

from coprod_cli.model.errors import ExitCode
from coprod_cli.reading import read_framework, read_survey

Run = Callable[..., CompletedProcess[str]]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
HEADER = ["Ref", "Your name", "Email address", "I am a", "Project", "How far were parents heard?", "What was good?"]
ROWS = [
    ["1", "Halina Zabek", "h.z@example.org", "Parent", "Oak School", "Mostly", "Halina was heard. Ring 07700 900123"],
    ["2", "Jo Pike", "jo@example.org", "SENCO", "Oak School", "Partly", "We met, in the end; Zabek and I agreed"],
    ["1", "Halina Zabek", "h.z@example.org", "Parent", "Transport", "Mostly", "=Nothing, really, but thank you all"],
]  # fmt: skip
SECRETS = ("Halina", "Zabek", "Pike", "example.org", "07700")


def read(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=";"))


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEADER, *ROWS])
    path = tmp_path / "survey.csv"
    path.write_bytes(out.getvalue().encode("cp1252"))
    return path


def test_the_masked_file_has_its_shape_and_gives_nobody_away(run: Run, survey: Path) -> None:
    done = run("mask", survey)
    assert done.returncode == 0, done.stderr
    masked = survey.with_name("survey-masked.csv")
    assert not any(secret in masked.read_text(encoding="utf-8-sig") for secret in SECRETS)
    header, *rows = read(masked)
    assert header == HEADER
    assert [row[3:6] for row in rows] == [row[3:6] for row in ROWS]
    assert rows[0][0] == rows[2][0] != rows[1][0]
    assert [row[1:3] for row in rows] == [["", ""]] * 3
    assert rows[0][6] == "[name] was heard. Ring [phone]"
    assert "Your name; Email address" in done.stdout
    assert not any(secret in done.stdout + done.stderr for secret in SECRETS)
    assert sorted(path.name for path in survey.parent.iterdir()) == ["survey-masked.csv", "survey.csv"]


def test_the_log_is_written_only_when_asked_for_and_undoes_the_masking(run: Run, survey: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    done = run("mask", survey, "--log", log)
    assert done.returncode == 0, done.stderr
    lines = list(csv.DictReader(io.StringIO(log.read_text(encoding="utf-8-sig"), newline="")))
    phones = [line for line in lines if line["kind"] == "phone"]
    assert [(line["row"], line["column"], line["words"]) for line in phones] == [
        ("2", "What was good?", "07700 900123")
    ]
    assert ROWS[0][6][int(phones[0]["start"]) : int(phones[0]["end"])] == "07700 900123"
    assert "as safe as the survey itself" in done.stdout
    assert run("mask", survey, "--log", log, "--out", tmp_path / "x.csv").returncode == ExitCode.CANNOT_WRITE


def test_the_survey_itself_is_never_overwritten(run: Run, survey: Path) -> None:
    before = survey.read_bytes()
    for options in (("--out", survey, "--force"), ("--log", survey, "--force")):
        assert run("mask", survey, *options).returncode == ExitCode.CANNOT_WRITE
    assert survey.read_bytes() == before


def test_a_masked_workbook_is_read_as_the_same_survey(run: Run, tmp_path: Path) -> None:
    sample = tmp_path / "forms.xlsx"
    book = openpyxl.load_workbook(SAMPLES / "forum_survey_microsoft_forms.xlsx")
    book.create_sheet("Notes").append(["Ring Mrs Zabek on 07700 900123"])
    book.properties.creator = "Halina Zabek"
    book.save(sample)
    assert run("mask", sample, "--out", tmp_path / "masked.xlsx").returncode == 0
    plain, masked = (read_survey([each], read_framework()) for each in (sample, tmp_path / "masked.xlsx"))
    assert masked.forms == plain.forms
    assert masked.responses["person"].nunique() == plain.responses["person"].nunique()
    assert sorted(masked.ratings["score"].dropna()) == sorted(plain.ratings["score"].dropna())
    inside = zipfile.ZipFile(tmp_path / "masked.xlsx")
    assert not any(b"Zabek" in inside.read(name) for name in inside.namelist())
    assert run("mask", sample, "--out", tmp_path / "again.xlsx").returncode == 0
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "masked.xlsx").read_bytes()


def test_other_kinds_of_file_become_csv(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "survey.json"
    path.write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]), encoding="utf-8")
    assert run("mask", path).returncode == 0
    text = (tmp_path / "survey-masked.csv").read_text(encoding="utf-8-sig")
    assert not any(secret in text for secret in SECRETS)
    assert "[name] was heard" in text


@pytest.mark.parametrize("command", [("inspect", "--write"), ("mask", "--out"), ("code", "--out")])
def test_no_command_writes_over_what_it_reads(command: tuple[str, str], run: Run, survey: Path) -> None:
    before = survey.read_bytes()
    done = run(command[0], survey, command[1], survey, "--force")
    assert done.returncode == ExitCode.CANNOT_WRITE, done.stderr
    assert survey.read_bytes() == before


def test_running_numbers_of_two_files_do_not_become_the_same_people(run: Run, tmp_path: Path) -> None:
    ids = []
    for name in ("one.csv", "two.csv"):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([HEADER, *[[str(number), "", "", *ROWS[0][3:6], name] for number in range(1, 13)]])
        (tmp_path / name).write_text(out.getvalue(), encoding="utf-8")
        assert run("mask", tmp_path / name, "--salt", "a secret", "--out", tmp_path / f"m-{name}").returncode == 0
        text = (tmp_path / f"m-{name}").read_text(encoding="utf-8")
        ids.append({row[0] for row in list(csv.reader(io.StringIO(text, newline="")))[1:]})
    assert len(ids[0] | ids[1]) == 24


def test_words_in_closed_answers_are_masked_and_columns_nobody_knows_emptied(run: Run, tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    header = [*HEADER, "Key contact", "Colour", "Response ID", "Device", "Browser"]
    said = ["Parent", "Buses", "Mostly", "They asked us", "Zabek", "Zabek"]
    rows = [[str(n), "", "", *said, f"R_secret{n}", "Phone", "Firefox"] for n in range(12)]
    rows[3][5] = "Mostly, but ring Callum on 07700 900123"
    csv.writer(out).writerows([["Sent in by Mrs Zabek, 07700 900123"], header, *rows])
    path = tmp_path / "survey.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    done = run("mask", path)
    text = (tmp_path / "survey-masked.csv").read_text(encoding="utf-8")
    assert not any(secret in text for secret in ("Zabek", "07700", "Callum", "R_secret"))
    assert "Colour" in done.stdout


def test_an_empty_secret_is_refused(run: Run, survey: Path) -> None:
    assert run("mask", survey, "--salt", "").returncode == ExitCode.USAGE
