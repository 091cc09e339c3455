"""Answers in other languages through the real commands: left to a person, and said so."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
SURVEY = Path(__file__).parent.parent.parent / "data" / "samples" / "forum_survey.csv"
POLISH = "Nikt nas nie s\u0142ucha\u0142, wszystko by\u0142o ju\u017c ustalone."


def test_code_tells_which_answers_it_left_to_a_person(run: Run) -> None:
    table = f'id,text\na,They never listened to us\nb,"{POLISH}"\nc,Doedd neb yn gwrando arnom ni\n'
    done = run("code", "-", "--id", "id", "--engine", "cues", stdin=table)
    assert done.returncode == 0
    assert {json.loads(line)["id"] for line in done.stdout.splitlines()} == {"a"}
    assert "2 answers are in Welsh or another language" in done.stderr
    assert "In rows 3, 4 of the table." in done.stderr
    assert "ustalone" not in done.stderr


def test_code_tells_rows_and_never_ids_which_may_be_addresses(run: Run) -> None:
    table = f'id,text\na@b.example,They never listened\n,\n"z.quill@mail.example\x1b[2J","{POLISH}"\n'
    done = run("code", "-", "--id", "id", "--engine", "cues", stdin=table)
    assert done.returncode == 0
    assert "In row 4 of the table." in done.stderr
    assert "quill" not in done.stderr
    assert "\x1b" not in done.stderr


def test_analyse_tells_how_many_answers_it_left_to_a_person(run: Run, tmp_path: Path) -> None:
    with SURVEY.open(encoding="utf-8", newline="") as stream:
        header, *body = csv.reader(stream)
    longest = max(range(len(header)), key=lambda place: sum(len(row[place]) for row in body))
    for row in body[:7]:
        row[longest] = POLISH
    with (tmp_path / "survey.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *body])
    words = ("analyse", tmp_path / "survey.csv", "--engine", "cues", "--json", "--out", tmp_path / "out")
    notices = {each["code"]: each for each in json.loads(run(*words).stdout)["notices"]}
    assert notices["other_language"]["message"].startswith("7 answers are in Welsh or another language")
    assert notices["other_language"]["rows"] == 0
