import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.cli.explain import Role
from coprod_cli.cli.explaining import show_explanation
from coprod_cli.coding import CHANCES, ENGINES, Asked, find_machine
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import ROLES
from coprod_cli.reading import read_framework

Run = Callable[..., Any]
Chances = NDArray[np.float64]
ANSWER = "They never listened to us. My son Zebedee Quill was there as well, ring 07700 900123."


@pytest.fixture(params=["trained", "cues"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_explain_shows_themes_evidence_and_what_tipped_it(run: Run, engine: str) -> None:
    done = run("explain", ANSWER, "--question", "What was not good?", "--role", "parent", "--engine", engine)
    assert done.returncode == 0, done.stderr
    assert "Named" in done.stdout
    assert "(listened_to)" in done.stdout
    assert 'Evidence: "They never listened to us' in done.stdout
    assert ("What tipped it:" in done.stdout) or ("No few words tip it alone" in done.stdout)
    assert "Without the question" in done.stdout
    assert "Nothing was saved or sent." in done.stdout
    assert "Zebedee" not in done.stdout
    assert "07700" not in done.stdout


def test_explain_is_plain_text_that_fits_eighty_columns(run: Run) -> None:
    done = run("explain", f"{ANSWER} {'We met and then we met again, ' * 40}", "--engine", "cues")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert done.stdout.isascii()


def test_an_answer_cannot_move_the_cursor(run: Run) -> None:
    done = run("explain", "They never\x1b[2J listened\x07 to\u202e us", "--engine", "cues")
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)


def test_bytes_that_are_no_letters_do_not_break_it(run: Run) -> None:
    assert run("explain", "They never listened \udcff to us", "--engine", "cues").returncode == 0


def test_explain_reads_stdin(run: Run) -> None:
    words = ("--engine", "cues")
    assert run("explain", "-", *words, stdin=f"{ANSWER}\n").stdout == run("explain", ANSWER, *words).stdout


def test_explain_as_json(run: Run, engine: str) -> None:
    told = json.loads(run("explain", ANSWER, "--engine", engine, "--json").stdout)
    assert told["engine"] == engine
    listened = next(each for each in told["themes"] if each["theme"] == "listened_to")
    assert listened["state"] in {"named", "unsure"}
    mention = listened["mentions"][0]
    assert "never listened" in told["words"][mention["start"] : mention["end"]]
    assert all(told["words"][tip["start"] : tip["end"]] for tip in listened["tips"])
    first = told["segments"][0]
    assert told["words"][first["start"] : first["end"]] == "They never listened to us."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("n/a", "says nothing that could be coded"),
        ("", "says nothing that could be coded"),
        ("Nikt nas nie s\u0142ucha\u0142", "another language than English"),
        ("The moon was out.", "No theme was named"),
    ],
)
def test_explain_says_why_nothing_is_named(run: Run, words: str, said: str) -> None:
    done = run("explain", words, "--engine", "cues")
    assert done.returncode == 0
    assert said in done.stdout


def test_explain_says_when_no_few_words_tip_a_theme(run: Run) -> None:
    done = run("explain", "They never listened to us. We were ignored again.", "--engine", "cues")
    assert "No few words tip it alone" in done.stdout


def test_explain_says_when_it_bounds_the_work(run: Run) -> None:
    done = run("explain", f"{'We had soup. ' * 200}They never listened to us.", "--engine", "cues")
    assert "The answer has 605 words" in done.stdout
    assert "and 141 more parts" in done.stdout
    assert 'without "listened" the chance falls by ' in done.stdout


def test_explain_says_that_nothing_is_left_out_of_a_long_answer_without_a_named_theme(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find_chances(asked: Sequence[Asked], _: Framework) -> tuple[tuple[str, ...], Chances, Chances]:
        return ("listened_to",), np.full((len(asked), 1), 0.4), np.array([0.5])

    monkeypatch.setitem(ENGINES, "cues", lambda asked, _: [() for _ in asked])
    monkeypatch.setitem(CHANCES, "cues", find_chances)
    show_explanation("We had soup. " * 100, "", "parent", find_machine("cues"), read_framework(), as_json=False)
    told = " ".join(capsys.readouterr().out.split())
    assert "Nearly: thought of, not named" in told
    assert "The answer has 300 words. In so long an answer words are left out only where a theme is named" in told
    assert "0 words" not in told.replace("300 words", "")


def test_an_engine_without_graded_chances_claims_no_least_chance(run: Run) -> None:
    told = run("explain", ANSWER, "--engine", "cues").stdout
    assert "Chance: " in told
    assert "at least 0%" not in told


def test_the_roles_are_those_of_a_survey() -> None:
    assert tuple(role.value for role in Role) == ROLES
