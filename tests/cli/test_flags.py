"""Red flags from end to end: a governance file joined to a survey, and what comes out on screen and in the files."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coprod_cli.model.errors import ExitCode

MAIN = Path(__file__).parents[2] / "data" / "samples" / "forum_survey.csv"
HELD, GONE = "Neurodevelopmental pathway redesign", "Home to school transport policy"
FORM = f"""
as_of = "2026-03-01"
[[projects]]
project = "{HELD}"
[projects.dates]
first_contact = "2025-03-01"
decided = "2025-01-15"
status = "verified"
who = "Chair of the forum"
evidence = "Minutes of the programme board"
date = "2025-01-15"
[[projects]]
project = "{GONE}"
[projects.producers]
number = 0
status = "verified"
who = "Chair of the forum"
evidence = "List on page 2 of the policy"
date = "2025-10-01"
"""


def test_verified_facts_hold_scores_rungs_and_conditions_and_both_scores_are_told(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    form, out = tmp_path / "governance.toml", tmp_path / "out"
    form.write_text(FORM, encoding="utf-8")
    condition = "P(overall > 50) < 0.5"
    done = run("analyse", MAIN, "--governance", form, "--engine", "cues", "--out", out, "--require", condition)
    told = json.loads((out / "results.json").read_bytes())
    effects = {(each["project"], each["id"]): each["effect"] for each in told["flags"]}
    assert effects[HELD, "RF02"] == "limit"
    assert effects[GONE, "RF01"] == "withheld"
    for each in told["projects"]:
        overall = each["overall"]
        if each["project"] == HELD and overall["reportable"]:
            assert overall["high"] <= 49
            assert overall["before_limits"] is None or overall["before_limits"] > overall["estimate"] == 49
            assert sum(rung["chance"] for rung in each["rungs"] if rung["rung"] > 2) == 0
        if each["project"] == GONE and each["role"] in {"parent", "practitioner"}:
            assert overall["estimate"] is None
            assert overall["why_not"].endswith("among those who made it (RF01).")
            assert any(dimension["reportable"] for dimension in each["dimensions"]), "what people scored stays"
    assert any(each["overall"]["before_limits"] for each in told["projects"])
    met = {each["project"]: each["met"] for each in told["conditions"]}
    assert met[HELD] is True
    assert met[GONE] is None
    assert done.returncode == ExitCode.GATE_NOT_MET, "another project scores above 50"
    assert "Decided already (RF02)" in done.stdout
    assert "before limits" in done.stdout
    rows = list(csv.DictReader((out / "flags.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["project"], row["id"]) for row in rows] == list(effects)
    assert "No response received by 1 March 2026." in (out / "report.html").read_text(encoding="utf-8")


def test_a_condition_is_never_set_on_a_red_flag(run: Callable[..., Any]) -> None:
    done = run("analyse", MAIN, "--require", "P(RF12 > 0) < 0.5")
    assert done.returncode == ExitCode.USAGE
