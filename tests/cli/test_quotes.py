"""A volunteer strikes out quotes in the list, and no report, from the survey or from its folder, prints them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., CompletedProcess[str]]
Rows = list[dict[str, str]]
SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "comments_only.csv"
QUICKLY = ("--engine", "fast")
FAULTS = ("logs me out", "froze", "asked for another password", "crashed", "would not load")
PLACES = ("on my phone", "on the old laptop", "at the library", "after five minutes", "on a Sunday")


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, and 25 parents more who write of a portal, of which the codebook has nothing."""
    header, *rows = csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8-sig")))
    for place, (fault, where) in enumerate((fault, where) for fault in FAULTS for where in PLACES):
        words = f"The portal {fault} {where}."
        rows.append([f"CARD-{place}X", "07/10/2025", "Parent or carer", "A project", "", words, "", "Yes"])
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture(scope="module")
def folder(survey: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("first") / "out"
    run("analyse", survey, *QUICKLY, "--out", out, "-q")
    return out


def read_list(folder: Path) -> Rows:
    return list(csv.DictReader(io.StringIO((folder / "quotes.csv").read_text(encoding="utf-8"))))


def write_list(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def strike(rows: Rows, tmp_path: Path) -> tuple[Path, list[str]]:
    """The list with some rows marked no and one taken out, and the words of these; with a theme and without."""
    told, untold = [row for row in rows if row["theme"]], [row for row in rows if not row["theme"]]
    assert len(told) > 2
    assert len(untold) > 1
    gone = [row["words"] for row in (*told[:2], untold[0])]
    kept = [{**told[0], "keep": "no"}, *told[2:], {**untold[0], "keep": ""}, *untold[1:]]
    return write_list(tmp_path / "pruned.csv", kept), gone


def test_what_was_struck_out_is_in_no_file_made_with_the_list(
    run: Run, survey: Path, folder: Path, tmp_path: Path
) -> None:
    pruned, gone = strike(read_list(folder), tmp_path)
    again, anew = tmp_path / "again", tmp_path / "anew"
    done = run("report", folder, "--quotes", pruned, "--out", again)
    assert done.returncode == 0, done.stderr
    run("analyse", survey, *QUICKLY, "--out", anew, "-q", "--quotes", pruned)
    assert (again / "report.html").read_bytes() == (anew / "report.html").read_bytes()
    assert len(read_list(anew)) == len(read_list(folder)) - len(gone)
    for path in anew.rglob("*.*"):
        if path.suffix in {".html", ".json", ".csv", ".md"}:
            content = path.read_text(encoding="utf-8")
            assert not [words for words in gone if words in content or json.dumps(words)[1:-1] in content], path.name
    assert json.loads((anew / "manifest.json").read_bytes())["quotes_sha256"]


def test_a_list_changed_in_its_folder_needs_no_option(run: Run, survey: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("analyse", survey, *QUICKLY, "--out", out, "-q")
    rows = read_list(out)
    write_list(out / "quotes.csv", [{**row, "keep": "no"} for row in rows])
    assert run("report", out, "-q").returncode == 0
    report = (out / "report.html").read_text(encoding="utf-8")
    assert not [row for row in rows if row["words"] in report]


def test_a_quote_of_another_survey_is_refused_with_its_row(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = read_list(folder)
    rows[1]["id"] = "a0123456789"
    done = run("report", folder, "--quotes", write_list(tmp_path / "other.csv", rows), "--out", tmp_path / "out")
    assert done.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "other.csv, row 3" in done.stderr
    assert rows[1]["words"] not in done.stderr
    assert not (tmp_path / "out").exists()


def test_words_are_not_rewritten_and_that_is_said(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = read_list(folder)
    rows[0]["words"] = "Everything was perfect."
    changed = write_list(tmp_path / "changed.csv", rows)
    done = run("report", folder, "--quotes", changed, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "(row 2)" in done.stderr
    assert "perfect" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8") + done.stderr
    assert run("report", folder, "--quotes", changed, "--out", tmp_path / "out", "-q").stderr == ""
