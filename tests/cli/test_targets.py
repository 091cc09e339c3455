"""coprod analyse --targets: people are weighted as the file says, the report says so, and a bad file stops the run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coprod_cli.model.errors import ExitCode

Run = Callable[..., Any]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MAIN, TARGETS = SAMPLES / "forum_survey.csv", SAMPLES / "targets.toml"


def test_the_sample_is_weighted_and_says_so(run: Run, quick: tuple[Path, Any], tmp_path: Path) -> None:
    out = tmp_path / "weighted"
    done = run("analyse", MAIN, "--targets", TARGETS, "--engine", "cues", "--out", out, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    told = {
        name: json.loads((folder / "results.json").read_bytes())
        for name, folder in (("plain", quick[0]), ("weighted", out))
    }
    assert told["plain"]["weighting"] == []
    [weighting] = told["weighted"]["weighting"]
    assert (weighting["role"], weighting["people"], weighting["converged"]) == ("parent", 70, True)
    assert 40 < weighting["effective"] < 70
    assert {"weighted"} <= {each["code"] for each in told["weighted"]["notices"]}
    scores = {
        name: {(each["project"], each["role"]): each["overall"] for each in results["projects"]}
        for name, results in told.items()
    }
    changed = {role for (project, role), each in scores["plain"].items() if each != scores["weighted"][project, role]}
    assert changed == {"parent"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Some parents and carers count for more and some for less" in page
    assert len(json.loads((out / "manifest.json").read_bytes())["targets_sha256"]) == 64


def test_a_file_that_does_not_fit_stops_before_any_work(run: Run, tmp_path: Path) -> None:
    targets = tmp_path / "targets.toml"
    for text, words in (
        (TARGETS.read_text(encoding="utf-8").replace("0.86", "0.8"), "add up to 0.94"),
        (TARGETS.read_text(encoding="utf-8").replace('"I am a..."', '"Shoe size"'), "no survey file has this column"),
    ):
        targets.write_text(text, encoding="utf-8")
        done = run("analyse", MAIN, "--targets", targets, "--out", tmp_path / "out")
        assert done.returncode == ExitCode.BAD_SETTINGS_FILE
        assert "targets.toml, line " in done.stderr
        assert words in " ".join(done.stderr.split())
        assert not (tmp_path / "out").exists()


def test_inspect_says_where_practitioners_work(run: Run) -> None:
    done = run("inspect", MAIN)
    told = next(line for line in done.stdout.splitlines() if "Practitioners in" in line)
    assert "the words for their role: education 9; health 16; council 14; voluntary 4" in told
    plain = json.loads(run("inspect", MAIN, "--json").stdout)
    assert plain["sectors"] == ["council", "education", "health", "voluntary"]
