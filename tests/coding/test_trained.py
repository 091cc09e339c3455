from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.coding.coder import score_themes
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.shipped import load_coder
from coprod_cli.coding.trained import code_by_training, code_with, find_chances
from coprod_cli.model.framework import Example, Framework

QUESTION = "How has it been, working with us on this?"
ASKED_FOR_GOOD = "What was good about how parents and professionals worked together?"
ASKED_FOR_BAD = "What was not good, or could have been better?"
EVERY_WAY = (ASKED_FOR_GOOD, ASKED_FOR_BAD, "Any other comments?", QUESTION, "")


def code(words: str, framework: Framework, question: str = QUESTION, role: str = "parent") -> tuple[Found, ...]:
    return code_by_training([Asked(words, question, role)], framework)[0]


def test_most_examples_of_the_codebook_are_found(framework: Framework) -> None:
    # Only a sanity check: sixty clear examples, no measure of accuracy. That is in weights/measured.json.
    examples: list[tuple[str, Example]] = [(theme.id, each) for theme in framework.themes for each in theme.examples]
    found = sum(
        theme in {each.theme for each in code(example.text, framework, role=example.role)}
        for theme, example in examples
    )
    assert found > len(examples) / 2


def test_opposite_parts_of_one_answer_are_two_mentions() -> None:
    # The shipped rule splits only what speaks very clearly, as measured; a laxer one shows that it can.
    coder = replace(load_coder(), rules=replace(load_coder().rules, split=0.5))
    words = "The young people designed the whole thing and it was brilliant. My daughter was never asked anything."
    asked = [Asked(words, "Were young people involved? How?", "parent")]
    found = code_with(coder, asked, {"child_voice"})[0]
    assert [each.stance for each in found] == ["positive", "negative"]
    assert words[found[1].start : found[1].end] == "My daughter was never asked anything."
    assert found[0].end <= found[1].start


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("My son's caseworker ignored everything I said about my son at his annual review.", "individual"),
        ("The working group ignored everything parents said about the new strategy.", "project"),
    ],
)
def test_levels_are_told_apart(words: str, level: str, framework: Framework) -> None:
    assert {each.level for each in code(words, framework, "") if each.theme == "listened_to"} == {level}


def test_the_question_is_read_with_the_answer() -> None:
    words = "Not really, they talked and we sat there."
    scores = [
        score_themes(load_coder(), [Asked(words, question, "parent")]).answers
        for question in ("Did people listen to you?", "Were the meetings at a good time?")
    ]
    place = load_coder().themes.index("listened_to")
    assert scores[0][0, place] > scores[1][0, place]


@pytest.mark.parametrize("question", EVERY_WAY)
def test_blame_stays_blame_whatever_was_asked(question: str, framework: Framework) -> None:
    found = code("nothing was good, they never listened", framework, question)
    assert {each.stance for each in found if each.theme == "listened_to"} == {"negative"}


@pytest.mark.parametrize("question", EVERY_WAY)
def test_praise_stays_praise_whatever_was_asked(question: str, framework: Framework) -> None:
    found = code("Can't think of anything, they listened to us at every step", framework, question)
    assert {each.stance for each in found if each.theme == "listened_to"} == {"positive"}


def test_the_question_seldom_changes_the_stance_of_whole_sentences(framework: Framework) -> None:
    shared = changed = 0
    for example in (each for theme in framework.themes for each in theme.examples):
        good, bad = (
            {each.theme: each.stance for each in code(example.text, framework, question)}
            for question in (ASKED_FOR_GOOD, ASKED_FOR_BAD)
        )
        shared += len(good.keys() & bad.keys())
        changed += sum(good[theme] != bad[theme] for theme in good.keys() & bad.keys())
    assert shared > 40
    assert changed / shared < 0.15


@pytest.mark.parametrize(("question", "stance"), [(ASKED_FOR_GOOD, "positive"), (ASKED_FOR_BAD, "negative")])
def test_a_bare_word_means_what_was_asked_for(question: str, stance: str, framework: Framework) -> None:
    assert {each.stance for each in code("Trust", framework, question) if each.theme == "trust"} == {stance}


def test_only_themes_asked_for_are_named() -> None:
    asked = [Asked("They never listened and the plan was already written.", QUESTION, "parent")]
    everything = code_with(load_coder(), asked, set(load_coder().themes))[0]
    assert {each.theme for each in everything} >= {"listened_to"}
    assert {each.theme for each in code_with(load_coder(), asked, {"listened_to"})[0]} == {"listened_to"}


def test_every_confidence_reaches_the_threshold_of_its_theme(framework: Framework) -> None:
    coder = load_coder()
    asked = [Asked(example.text, QUESTION, example.role) for theme in framework.themes for example in theme.examples]
    for found in code_by_training(asked, framework):
        for each in found:
            assert coder.rules.thresholds[coder.themes.index(each.theme)] - 1e-4 <= each.confidence < 1


def test_chances_rise_with_scores() -> None:
    rules = load_coder().rules
    assert (rules.slopes > 0).all()
    low, high = (find_chances(rules, load_scores(value)) for value in (-0.5, 0.5))
    assert (low < high).all()


def load_scores(value: float) -> NDArray[np.float64]:
    return np.full((1, len(load_coder().themes)), value)
