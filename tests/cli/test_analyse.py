"""The main job as people and scripts run it: real files, real exit codes, the same bytes twice."""

import csv
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coprod_cli.model.errors import ExitCode
from coprod_cli.reading import read_framework, read_survey

# Other tests run these lines too: counting them here would only take time.
pytestmark = pytest.mark.no_cover
Run = Callable[..., Any]
ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "data" / "samples"
MAIN = SAMPLES / "forum_survey.csv"
SHAPES = (
    "forum_survey.csv",
    "forum_survey_google_forms.csv",
    "forum_survey_microsoft_forms.xlsx",
    "forum_survey_surveymonkey.csv",
    "forum_survey_qualtrics.csv",
)
TOP_LEVEL = {
    "report.html",
    "summary.md",
    "results.json",
    "scores.csv",
    "changes.csv",
    "flags.csv",
    "sectors.csv",
    "sensitivity.csv",
    "quality.csv",
    "rungs.csv",
    "themes.csv",
    "governance.csv",
    "closed_items.csv",
    "coded_answers.csv",
    "framework.toml",
    "manifest.json",
    "quotes.csv",
    "charts",
}
PLANTED = (
    "okonjo-bell", "karen", "shaz", "jareth", "07700 900456", "amira", "transport@example.org", "www.example.org",
    "zz99 3ab", "dunnock", "penhallow", "lindqvist-amadi", "999 000 0018", "rosalind", "01632 960 123",
)  # fmt: skip
KINDS_OF_CHART = ("dimension-profile", "parents-beside-practitioners", "theme-stances", "themes-by-project")


QUICKLY = ("--engine", "cues")


def list_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def again(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The main job once more."""
    out = tmp_path_factory.mktemp("again") / "out"
    return out, run("analyse", MAIN, "--out", out, "--json")


@pytest.fixture(scope="module")
def raw(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """What the data holder alone may see."""
    out = tmp_path_factory.mktemp("raw") / "out"
    return out, run("analyse", MAIN, *QUICKLY, "--audience", "raw", "--out", out)


def test_the_main_job_writes_everything(report: tuple[Path, Any]) -> None:
    out, done = report
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in out.iterdir()} == TOP_LEVEL
    charts = {path.name for path in (out / "charts").iterdir()}
    for kind in KINDS_OF_CHART:
        assert any(name.startswith(kind) and name.endswith(".svg") for name in charts), kind
        assert any(name.startswith(kind) and name.endswith(".png") for name in charts), kind
    assert f"Report: {out / 'report.html'}" in done.stdout


def test_the_screen_tells_scores_with_range_and_people(report: tuple[Path, Any]) -> None:
    assert " to " in report[1].stdout
    assert "people" in report[1].stdout
    assert "not enough answers to say" in report[1].stdout
    assert "\x1b[" not in report[1].stdout


@pytest.mark.parametrize("words", [("analyse", MAIN, *QUICKLY, "--audience", "restricted", "--out"), ("inspect", MAIN)])
def test_a_terminal_gets_tables(
    run: Run, words: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = run(*words, *([tmp_path / "out"] if words[-1] == "--out" else []))
    assert done.returncode == 0
    assert "┃" in done.stdout
    assert "Short breaks offer" in done.stdout


def test_results_hold_what_a_script_needs(report: tuple[Path, Any]) -> None:
    results = json.loads((report[0] / "results.json").read_bytes())
    survey = results["survey"]
    assert survey["rows_read"] == survey["forms"] + sum(each["rows"] for each in survey["left_out"])
    assert len({each["project"] for each in results["projects"]}) == 4
    seen = []
    for group in results["projects"]:
        for score in (group["overall"], *group["dimensions"]):
            assert {"estimate", "low", "high", "people", "basis", "reportable", "why_not"} <= set(score)
            if score["reportable"]:
                assert score["low"] <= score["estimate"] <= score["high"]
                assert score["people"] >= 10
            else:
                assert score["estimate"] is None
                assert score["why_not"]
        seen.append(group["overall"]["reportable"])
    assert any(seen)
    assert not all(seen)
    assert results["themes"]
    assert results["coder"]["how_measured"]
    assert [each["code"] for each in results["notices"]]


def test_the_same_survey_gives_the_same_bytes_in_any_order_of_rows(
    run: Run, report: tuple[Path, Any], again: tuple[Path, Any], tmp_path: Path
) -> None:
    with MAIN.open(encoding="utf-8", newline="") as stream:
        header, *body = csv.reader(stream)
    order = np.random.default_rng(5).permutation(len(body))
    shuffled = tmp_path / "other_name.csv"
    with shuffled.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *(body[place] for place in order)])
    assert run("analyse", shuffled, "--out", tmp_path / "out").returncode == 0
    first, second = list_files(report[0]), list_files(tmp_path / "out")
    assert list_files(again[0]) == first
    assert {name for name in first if first[name] != second.get(name)} == {"manifest.json"}
    assert set(first) == set(second)


def test_what_peoples_chances_are_drawn_by_is_never_written(
    run: Run, quick: tuple[Path, Any], raw: tuple[Path, Any]
) -> None:
    lots = set(read_survey([MAIN], read_framework()).responses["lot"])
    assert len(lots) > 100
    inspected = run("inspect", MAIN, "--json")
    written = [*list_files(quick[0]).values(), *list_files(raw[0]).values()]
    for done in (quick[1], raw[1], inspected):
        assert done.returncode == 0
        written.append((done.stdout + done.stderr).encode())
    told = b"".join(written)
    assert [lot for lot in lots if lot.encode() in told] == []


@pytest.mark.parametrize("made", ["report", "raw"])
def test_no_name_or_contact_reaches_any_file(made: str, request: pytest.FixtureRequest) -> None:
    source = MAIN.read_text(encoding="utf-8").lower()
    assert [word for word in PLANTED if word not in source] == []
    out, done = request.getfixturevalue(made)
    for name, content in list_files(out).items():
        if not name.endswith(".png"):
            text = content.decode().lower()
            assert [word for word in PLANTED if word in text] == [], name
    assert [word for word in PLANTED if word in (done.stdout + done.stderr).lower()] == []


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_every_export_shape_gives_the_same_scores(
    run: Run, quick: tuple[Path, Any], shape: str, tmp_path: Path
) -> None:
    done = run("analyse", SAMPLES / shape, *QUICKLY, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    ours = json.loads((quick[0] / "results.json").read_bytes())["projects"]
    theirs = json.loads((tmp_path / "out" / "results.json").read_bytes())["projects"]
    assert theirs == ours


def test_a_survey_of_comments_only_is_marked_so(run: Run, tmp_path: Path) -> None:
    done = run("analyse", SAMPLES / "comments_only.csv", "--out", tmp_path / "out")
    assert done.returncode == 0
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    overall = [each["overall"] for each in results["projects"] if each["role"] == "parent"]
    assert {each["basis"] for each in overall} == {"comments"}
    assert any(each["reportable"] for each in overall)
    assert "comments-only" in {each["code"] for each in results["notices"]}
    assert "from comments only" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8").lower()


def test_the_screen_shows_whoever_answered(run: Run, tmp_path: Path) -> None:
    with (SAMPLES / "comments_only.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.reader(stream))
    role = table[0].index("I am a...")
    with (tmp_path / "cards.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[:role] + row[role + 1 :] for row in table])
    done = run("analyse", tmp_path / "cards.csv")
    assert done.returncode == 0
    assert "People in other roles: from comments only:" in done.stdout
    assert "nobody answered" not in done.stdout


def test_two_exports_are_read_as_one_survey(run: Run, tmp_path: Path) -> None:
    both = [SAMPLES / "parents_export.csv", SAMPLES / "practitioners_export.csv"]
    done = run("analyse", *both, *QUICKLY, "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert {"parent", "practitioner"} <= {each["role"] for each in results["projects"]}


def test_json_goes_to_stdout_alone(again: tuple[Path, Any]) -> None:
    out, done = again
    assert json.loads(done.stdout) == json.loads((out / "results.json").read_bytes())


def test_the_default_folder_is_beside_the_survey_and_never_overwritten_without_force(run: Run, tmp_path: Path) -> None:
    shutil.copy(MAIN, tmp_path / "spring.csv")
    words = ("analyse", tmp_path / "spring.csv", *QUICKLY)
    assert run(*words).returncode == 0
    assert (tmp_path / "spring-coprod" / "report.html").is_file()
    again = run(*words)
    assert again.returncode == ExitCode.CANNOT_WRITE
    assert "--force" in again.stderr
    assert run(*words, "--force", "-q").returncode == 0


def test_a_survey_too_small_to_report_says_so_by_exit_code_and_still_writes(run: Run, tmp_path: Path) -> None:
    lines = MAIN.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "small.csv").write_text("".join(lines[:5]), encoding="utf-8")
    done = run("analyse", tmp_path / "small.csv")
    assert done.returncode == ExitCode.NOTHING_REPORTABLE
    assert (tmp_path / "small-coprod" / "report.html").is_file()


def write_header_only(path: Path) -> None:
    path.write_text("I am a,What was good?\n", encoding="utf-8")


BAD_SURVEYS: dict[str, Callable[[Path], object]] = {
    "missing.csv": lambda _: None,
    "empty.csv": lambda path: path.write_bytes(b""),
    "picture.csv": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    "letter.docx": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(500)),
    "broken.xlsx": lambda path: path.write_bytes(b"PK\x03\x04 this is no workbook"),
    "header.csv": write_header_only,
    "nothing.csv": lambda path: path.write_text("id,ip address\n1,192.0.2.1\n2,192.0.2.2\n", encoding="utf-8"),
    "folder.csv": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("name", BAD_SURVEYS)
@pytest.mark.parametrize("command", ["analyse", "inspect"])
def test_a_bad_survey_gets_what_and_a_hint_and_no_traceback(run: Run, name: str, command: str, tmp_path: Path) -> None:
    BAD_SURVEYS[name](tmp_path / name)
    done = run(command, tmp_path / name)
    assert done.returncode == ExitCode.UNREADABLE_SURVEY
    what, hint = done.stderr.strip().splitlines()
    assert what.startswith("coprod: ")
    assert hint.strip()
    assert "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {name}


@pytest.mark.parametrize(
    "text",
    [
        "this is not TOML",
        "[[columns]]\nheader = 'No such column'\nkind = 'role'\n",
        "[colums]\n",
        "[[columns]]\nkind = 'rôle'\n",
    ],
)
def test_a_bad_mapping_is_told_with_its_exit_code(run: Run, text: str, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    done = run("analyse", MAIN, "--map", tmp_path / "map.toml", "--out", tmp_path / "out")
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert len(done.stderr.strip().splitlines()) == 2
    assert not (tmp_path / "out").exists()


def test_a_missing_mapping_or_framework_is_told(run: Run, tmp_path: Path) -> None:
    for option in ("--map", "--framework"):
        done = run("analyse", MAIN, option, tmp_path / "none.toml", "--out", tmp_path / "out")
        assert done.returncode == ExitCode.BAD_SETTINGS_FILE
        assert "none.toml" in done.stderr


def test_codes_to_look_at_first_are_counted_and_marked(raw: tuple[Path, Any]) -> None:
    assert (raw[0] / "coded_answers.csv").stat().st_mode & 0o077 == 0 or os.name == "nt"
    results = json.loads((raw[0] / "results.json").read_bytes())
    (told,) = [each for each in results["notices"] if each["code"] == "unsure_codes"]
    with (raw[0] / "coded_answers.csv").open(encoding="utf-8", newline="") as stream:
        unsure = [row for row in csv.DictReader(stream) if row["unsure"] == "yes"]
    assert told["message"].startswith(f"{len(unsure)} codes are marked unsure")
    assert all(float(row["confidence"]) < 0.5 for row in unsure)
