"""coprod report tells an earlier report again, and never over what somebody changed by hand."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., CompletedProcess[str]]
SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "comments_only.csv"


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    run("analyse", SAMPLE, "--engine", "cues", "--out", out, "-q")
    return out


def list_changed(folder: Path) -> set[str]:
    """Files whose bytes are not as the manifest lists them, files it does not list, and listed ones that lack."""
    outputs = json.loads((folder / "manifest.json").read_bytes())["outputs"]
    listed = {each["name"]: each["sha256"] for each in outputs} | {"manifest.json": ""}
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    wrong = {
        name
        for name in {*found} & {*listed} - {"manifest.json"}
        if hashlib.sha256(found[name].read_bytes()).hexdigest() != listed[name]
    }
    return wrong | (set(found) ^ set(listed))


def test_another_template_is_added_to_the_folder(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "manifest.json"}
    done = run("report", folder, "--template", "summary", "--to", "html")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(folder / "summary.html")]
    assert list_changed(folder) == set()
    assert all(path.read_bytes() == content for path, content in before.items())
    assert run("analyse", SAMPLE, "--engine", "cues", "--out", folder, "-q", "--force").returncode in {0, 5}


def test_analyse_writes_the_same_report_at_once(run: Run, folder: Path, tmp_path: Path) -> None:
    run("report", folder, "--template", "summary", "--to", "html")
    both = tmp_path / "both"
    run("analyse", SAMPLE, "--engine", "cues", "--out", both, "-q", "--template", "summary", "--to", "html")
    assert (both / "summary.html").read_bytes() == (folder / "summary.html").read_bytes()
    assert list_changed(both) == set()


def test_the_workbook_is_the_same_from_the_survey_and_from_the_folder(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("report", folder, "--to", "xlsx", "--template", "forum", "--template", "summary")
    assert done.stdout.split() == [str(folder / "tables.xlsx")], done.stderr
    both = tmp_path / "both"
    run("analyse", SAMPLE, "--engine", "cues", "--out", both, "-q", "--to", "xlsx")
    assert (both / "tables.xlsx").read_bytes() == (folder / "tables.xlsx").read_bytes()
    assert list_changed(folder) == list_changed(both) == set()


def test_a_report_changed_by_hand_is_not_written_over(run: Run, folder: Path) -> None:
    report = folder / "report.html"
    report.write_text("mine", encoding="utf-8")
    done = run("report", folder)
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "--force" in done.stderr
    assert report.read_text(encoding="utf-8") == "mine"
    assert run("report", folder, "--force").returncode == 0
    assert list_changed(folder) == set()


def test_it_can_be_written_elsewhere(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("report", folder, "--out", tmp_path / "elsewhere", "--to", "md").returncode == 0
    assert (tmp_path / "elsewhere" / "report.md").is_file()
    assert list_changed(tmp_path / "elsewhere") == set()
    strangers = tmp_path / "strangers"
    strangers.mkdir()
    (strangers / "letter.txt").write_text("mine", encoding="utf-8")
    done = run("report", folder, "--out", strangers)
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert [path.name for path in strangers.iterdir()] == ["letter.txt"]


def test_what_is_no_report_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("report", tmp_path)
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "holds no report" in done.stderr
