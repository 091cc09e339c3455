"""coprod find shows a phrase in its context, with names masked."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from coprod_cli.model.errors import ExitCode

Run = Callable[..., CompletedProcess[str]]
HEADER = "Respondent ID,I am a...,Which piece of work are you telling us about?,What was not good?\n"
ROWS = (
    'p1,Parent or carer,Short breaks,"Our views went into a black hole, ask Denise Okafor."\n'
    "p2,Parent or carer,EHCP forms,A black  hole again.\n"
    "p3,Teacher or SENCO,Short breaks,No black hole here.\n"
    "p4,Parent or carer,Short breaks,It was fine.\n"
)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def test_every_place_is_shown_with_how_many_wrote_it(run: Run, survey: Path) -> None:
    done = run("find", "black hole", survey)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("[black hole]") == 3
    assert "3 places, in the words of 3 of 4 people who wrote anything." in done.stdout
    assert "Okafor" not in done.stdout
    assert "Short breaks / parents and carers: What was not good?" in done.stdout


def test_one_role_or_project_alone(run: Run, survey: Path) -> None:
    assert run("find", "black hole", survey, "--role", "practitioner").stdout.count("[black hole]") == 1
    told = [
        json.loads(line)
        for line in run("find", "black hole", survey, "--project", "ehcp FORMS", "--json").stdout.splitlines()
    ]
    assert [(each["project"], each["words"]) for each in told] == [("EHCP forms", "black hole")]


def test_nothing_found_is_said(run: Run, survey: Path) -> None:
    done = run("find", "rainbow", survey)
    assert done.returncode == 0
    assert done.stdout == "0 places, in the words of 0 of 4 people who wrote anything.\n"


def test_a_project_that_there_is_not_is_told(run: Run, survey: Path) -> None:
    done = run("find", "black hole", survey, "--project", "Nope")
    assert done.returncode == ExitCode.USAGE
    assert "EHCP forms; Short breaks" in done.stderr
