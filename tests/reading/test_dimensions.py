"""A closed question finds its dimension with an honest certainty; a doubtful guess waits for the mapping file."""

import json
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.dimensions import LEAST_ACCEPTED, DimensionGuess, accept_guesses, guess_dimension
from coprod_cli.reading.grid import Heading

STATEMENTS = Path(__file__).parents[2] / "benchmarks" / "item_statements.jsonl"


def guess(text: str, framework: Framework, part: str = "") -> DimensionGuess:
    return guess_dimension(
        Heading(0, text, f"{text} [{part}]" if part else text, text if part else "", part), framework
    )


def accept(found: DimensionGuess) -> bool:
    """Whether the guess is scored with --accept-guesses."""
    return bool(found.dimension) and found.certainty >= LEAST_ACCEPTED


def test_the_frameworks_own_items_are_certain(framework: Framework) -> None:
    for item in framework.items:
        for text in (item.id, item.parent, item.practitioner):
            found = guess(text, framework)
            assert (found.dimension, found.direction) == (item.dimension, item.direction)
            assert found.certainty >= 0.95
            assert accept(found)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Parents should have an equal say", "what people want"),
        ("I have an equal say in my child's care", "one's own child"),
        ("I trust my child's teachers", "one's own child"),
        ("Are you an equal partner?", "about the person"),
        ("The venue was accessible", "an event"),
    ],
)
def test_what_is_not_about_the_joint_work_is_not_scored_and_says_why(text: str, why: str, framework: Framework) -> None:
    found = guess(text, framework)
    assert not accept(found)
    assert not found.near
    assert why in found.why


def test_a_doubtful_guess_is_named_but_not_scored(framework: Framework) -> None:
    found = guess("I had a voice", framework)
    assert found.dimension == "heard"
    assert found.near == ("heard",)
    assert found.certainty < LEAST_ACCEPTED
    assert not accept(found)


def test_a_guess_by_key_words_is_scored_only_when_guesses_are_accepted(framework: Framework) -> None:
    found = guess("I felt listened to", framework)
    assert found.dimension == "heard"
    assert not found.is_scored(framework)
    assert found.is_scored(accept_guesses(framework))
    assert guess(framework.items[0].parent, framework).is_scored(framework)


def test_a_row_of_a_grid_is_judged_by_itself(framework: Framework) -> None:
    assert guess("How well did we listen?", framework, "Shared goals").dimension == "purpose"


def test_hardly_any_of_the_measured_statements_is_scored_wrongly(framework: Framework) -> None:
    wrong = scored = 0
    for line in STATEMENTS.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["half"] == "test":
            found = guess_dimension(Heading(0, said["text"], said["text"], said["stem"], said["part"]), framework)
            scored += accept(found)
            wrong += accept(found) and (found.dimension, found.direction) != (said["dimension"], said["direction"])
    assert scored >= 95
    assert wrong <= 2
