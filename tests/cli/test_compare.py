"""Comparing rounds and projects as people and scripts do it: the sample rounds, and folders made from them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.cli.comparing import name_rounds
from coprod_cli.model.errors import ExitCode

Run = Callable[..., Any]
SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples"
FIRST, SECOND = SAMPLES / "forum_2024.csv", SAMPLES / "forum_2025.csv"
QUICK = ("--engine", "cues", "-q")


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of both rounds, each by itself, and both compared from the surveys."""
    base = tmp_path_factory.mktemp("compared")
    for path in (FIRST, SECOND):
        assert run("analyse", path, "--out", base / path.stem, *QUICK).returncode == 0
    done = run("compare", FIRST, SECOND, "--out", base / "compared", *QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    return base


def read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def find_overall(rows: list[dict[str, str]], project: str, role: str = "parent") -> dict[str, str]:
    return next(
        row
        for row in rows
        if row["project"].startswith(project) and (row["role"], row["dimension"]) == (role, "overall")
    )


def test_two_surveys_are_two_rounds_of_one_and_people_are_followed(folder: Path) -> None:
    compared = json.loads((folder / "compared" / "compare.json").read_bytes())
    assert compared["rounds"] == ["2024", "2025"]
    assert compared["chances"] == "draws"
    rows = read_rows(folder / "compared" / "changes.csv")
    better = find_overall(rows, "Short breaks")
    assert (better["before"], better["after"], better["verdict"], better["linked"]) == ("2024", "2025", "better", "yes")
    assert float(better["low"]) > 0
    same = find_overall(rows, "Home to school")
    assert same["verdict"] == "no clear change"
    assert float(same["low"]) < 0 < float(same["high"])
    few = find_overall(rows, "Home to school", "practitioner")
    assert (few["change"], few["people_before"]) == ("", "")
    assert "at least 20 people in each round" in few["why_not"]


def test_a_question_of_the_second_round_alone_does_not_count(folder: Path) -> None:
    rows = read_rows(folder / "compared" / "changes.csv")
    influence = next(row for row in rows if row["dimension"] == "influence" and row["verdict"])
    assert (influence["items"], influence["narrowed"]) == ("1", "yes")


def test_the_page_stands_by_name_and_says_what_not_to_say(folder: Path) -> None:
    page = (folder / "compared" / "compare.md").read_text(encoding="utf-8")
    assert "in the order of their names, not of their scores" in page
    places = [page.index(f"| {name} \\(") if f"| {name} \\(" in page else page.index(f"| {name} (")
              for name in ("Home to school transport policy", "Short breaks offer")]  # fmt: skip
    assert places == sorted(places)
    assert "1 of 2" in page
    assert "would be called so by luck alone" in page
    assert "margin of error" not in page
    html = (folder / "compared" / "compare.html").read_text(encoding="utf-8")
    assert "<script src" not in html


def test_the_same_bytes_twice_and_whatever_the_order_of_the_files(folder: Path, run: Run, tmp_path: Path) -> None:
    assert run("compare", SECOND, FIRST, "--out", tmp_path / "again", *QUICK).returncode == 0
    files = [path for path in sorted((folder / "compared").rglob("*")) if path.is_file()]
    assert any(path.match("charts/changes-*.svg") for path in files)
    for path in files:
        name = path.relative_to(folder / "compared")
        assert (tmp_path / "again" / name).read_bytes() == path.read_bytes(), name


def test_folders_are_compared_by_what_they_published(folder: Path, run: Run, tmp_path: Path) -> None:
    done = run("compare", folder / "forum_2024", folder / "forum_2025", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "less exact" in done.stdout
    told = read_rows(tmp_path / "out" / "changes.csv")
    exact = read_rows(folder / "compared" / "changes.csv")
    for project in ("Short breaks", "Home to school"):
        ours, theirs = find_overall(told, project), find_overall(exact, project)
        if not ours["why_not"]:
            assert abs(float(ours["change"]) - float(theirs["change"])) <= 4
    heard = next(row for row in told if row["dimension"] == "heard" and row["project"].startswith("Short"))
    assert (heard["verdict"], heard["linked"]) == ("better", "no")
    asked_more = next(row for row in told if row["dimension"] == "influence" and row["project"].startswith("Short"))
    assert "different closed questions" in asked_more["why_not"]
    shown = run("compare", folder / "forum_2024", folder / "forum_2025", "--out", tmp_path / "more", "--json")
    assert json.loads(shown.stdout)["chances"] == "ranges"


def test_a_folder_and_a_survey_are_compared_by_what_would_be_published(folder: Path, run: Run, tmp_path: Path) -> None:
    assert run("compare", folder / "forum_2024", SECOND, "--out", tmp_path / "out", *QUICK).returncode == 0
    assert (
        run("compare", folder / "forum_2024", folder / "forum_2025", "--out", tmp_path / "folders", "-q").returncode
        == 0
    )
    for name in ("changes.csv", "compare.csv", "pairs.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "folders" / name).read_bytes()


def test_results_made_differently_are_no_series_unless_one_insists(folder: Path, run: Run, tmp_path: Path) -> None:
    done = run("analyse", SECOND, "--engine", "cues", "--comments", "none", "-q", "--out", tmp_path / "other")
    assert done.returncode == 0
    pair = (folder / "forum_2024", tmp_path / "other", "--out", tmp_path / "out")
    refused = run("compare", *pair)
    assert refused.returncode == ExitCode.USAGE
    assert "no one series" in refused.stderr
    assert "--allow-break" in refused.stderr
    assert not (tmp_path / "out").exists()
    assert run("compare", *pair, "--allow-break", "-q").returncode == 0
    page = (tmp_path / "out" / "compare.md").read_text(encoding="utf-8")
    assert "The series is broken" in page
    assert json.loads((tmp_path / "out" / "compare.json").read_bytes())["breaks"]
    pictures = [path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "charts").glob("*.svg")]
    assert pictures
    assert all("The series is broken" in picture for picture in pictures)


def test_what_was_written_for_few_is_not_shown_to_many(run: Run, tmp_path: Path) -> None:
    assert run("analyse", FIRST, "--audience", "raw", "--out", tmp_path / "raw", *QUICK).returncode == 0
    refused = run("compare", tmp_path / "raw", "--out", tmp_path / "out")
    assert refused.returncode == ExitCode.USAGE
    assert "raw audience" in refused.stderr
    assert run("compare", tmp_path / "raw", "--audience", "raw", "--out", tmp_path / "out", "-q").returncode == 0
    assert "Raw: for the holder" in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")


def test_what_cannot_be_compared_is_said(folder: Path, run: Run, tmp_path: Path) -> None:
    assert run("compare", FIRST, FIRST, "--out", tmp_path / "out").returncode == ExitCode.USAGE
    twice = run("compare", folder / "forum_2024", folder / "nowhere", "--out", tmp_path / "out")
    assert twice.returncode == ExitCode.UNREADABLE_SURVEY
    (tmp_path / "empty").mkdir()
    no_results = run("compare", folder / "forum_2024", tmp_path / "empty", "--out", tmp_path / "out")
    assert no_results.returncode == ExitCode.UNREADABLE_SURVEY
    assert "results.json" in no_results.stderr
    (tmp_path / "broken").mkdir()
    for name in ("results.json", "manifest.json"):
        (tmp_path / "broken" / name).write_text('{"schema": "another"}', encoding="utf-8")
    broken = run("compare", tmp_path / "broken", "--out", tmp_path / "out")
    assert broken.returncode == ExitCode.UNREADABLE_SURVEY
    assert run("compare", folder / "forum_2024", "--out", folder / "compared").returncode == ExitCode.CANNOT_WRITE


def test_one_survey_has_its_projects_side_by_side(run: Run, tmp_path: Path) -> None:
    done = run("compare", SECOND, "--out", tmp_path / "out", "--engine", "cues")
    assert done.returncode == 0, done.stderr
    assert "Short breaks offer | Parents and carers" in done.stdout
    [pair, *_] = read_rows(tmp_path / "out" / "pairs.csv")
    assert (pair["first"], pair["second"]) == ("Home to school transport policy", "Short breaks offer")
    assert pair["verdict"] == "scored higher"


def test_nothing_is_said_of_comments_where_there_are_none(folder: Path) -> None:
    page = (folder / "compared" / "compare.md").read_text(encoding="utf-8")
    for words in ("comment", "quoted", "--"):
        assert words not in page.replace("| --- ", "").replace("---", "")
    told = json.loads((folder / "forum_2024" / "results.json").read_bytes())["notices"]
    assert "coded-by-machine" not in {each["code"] for each in told}
    assert "sorted by machine" not in (folder / "forum_2024" / "summary.md").read_text(encoding="utf-8")


def test_projects_of_a_survey_without_ids_are_not_compared_but_keep_their_scores(run: Run, tmp_path: Path) -> None:
    rows = list(csv.reader(SECOND.read_text(encoding="utf-8").splitlines()))
    survey = tmp_path / "nameless.csv"
    kept = [place for place, name in enumerate(rows[0]) if name != "Your reference (on your invitation)"]
    with survey.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[row[place] for place in kept] for row in rows])
    done = run("compare", survey, "--out", tmp_path / "out", "--engine", "cues")
    assert done.returncode == 0, done.stderr
    assert "projects cannot be compared with each other; each keeps its score" in done.stdout
    assert read_rows(tmp_path / "out" / "pairs.csv") == []
    told = read_rows(tmp_path / "out" / "compare.csv")
    assert not any(row["rank_low"] for row in told)
    assert find_overall(told, "Short breaks")["estimate"]
    assert run("analyse", survey, "--out", tmp_path / "results", *QUICK).returncode == 0
    again = run("compare", tmp_path / "results", "--out", tmp_path / "folder")
    assert "projects cannot be compared with each other" in again.stdout
    assert read_rows(tmp_path / "folder" / "pairs.csv") == []


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (("a/2024.csv", "a/2025.csv"), ("2024", "2025")),
        (("forum_2024.csv", "forum_2025.csv"), ("2024", "2025")),
        (("spring/export.csv", "autumn/export.csv"), ("spring export", "autumn export")),
        (("before.csv", "after.csv"), ("before", "after")),
        (("forum-survey.csv",), ("forum survey",)),
    ],
)
def test_rounds_are_named_by_what_tells_their_files_apart(paths: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert name_rounds([Path(path) for path in paths]) == names
