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


@pytest.mark.parametrize("half", ["dev2", "test2"])
def test_no_near_miss_of_an_item_is_scored_unseen_and_most_rewordings_are(half: str, framework: Framework) -> None:
    near = reworded = found = 0
    for line in STATEMENTS.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if said["half"] != half:
            continue
        seen = guess_dimension(Heading(0, said["text"], said["text"], said["stem"], said["part"]), framework)
        scored = seen.is_scored(framework)
        if said["kind"] == "near miss":
            near += 1
            assert not scored, said["text"]
        else:
            reworded += 1
            found += scored
            assert not scored or (seen.dimension, seen.direction) == (said["dimension"], said["direction"])
    assert near >= 30
    assert found >= 0.8 * reworded > 0


def test_a_key_word_alone_is_scored_unseen_only_under_a_question_about_the_joint_work(framework: Framework) -> None:
    assert guess("How would you rate the work of this project for", framework, "Trust").is_scored(framework)
    for text, part in (("Which of these words are hard to spell?", "Trust"), ("Trust", ""), ("Please rate", "Trust")):
        assert not guess(text, framework, part).is_scored(framework)
    assert not accept(guess("Trust (which academy trust)", framework))


def test_an_opposite_or_a_wish_is_not_taken_from_its_key_words_either(framework: Framework) -> None:
    for text in (
        "How far did people really fail to listen to what parents said?",
        "When decisions were made, how far would parents like an equal say?",
        "How far were young people involved from the very beginning, before plans were written?",
        "How far were parents involved only at the end, not from the very beginning?",
    ):
        assert not accept(guess(text, framework)), text


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
