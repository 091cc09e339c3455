from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.fast import code_fast, code_with, find_chances, find_fast_chances, score_answers
from coprod_cli.coding.shipped import load_linear
from coprod_cli.model.framework import Example, Framework

QUESTION = "How has it been, working with us on this?"
ASKED_FOR_GOOD = "What was good about how parents and professionals worked together?"
ASKED_FOR_BAD = "What was not good, or could have been better?"
BARE = {
    "Honesty": "openness",
    "Openness": "openness",
    "Trust": "trust",
    "Communication": "openness",
    "Respect": "respect_equality",
    "Listening": "listened_to",
    "Being heard": "listened_to",
    "Transparency": "openness",
    "Parking": "inclusion_access",
    "Teamwork": "reciprocity",
    "The timing": "inclusion_access",
    "Feedback": "influence_feedback",
}
EVERY_WAY = (ASKED_FOR_GOOD, ASKED_FOR_BAD, "Any other comments?", QUESTION, "")


def code(words: str, framework: Framework, question: str = QUESTION, role: str = "parent") -> tuple[Found, ...]:
    return code_fast([Asked(words, question, role)], framework)[0]


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
    coder = replace(load_linear(), rules=replace(load_linear().rules, split=0.5))
    words = "I trust them completely. But I do not trust the council any more."
    asked = [Asked(words, "", "parent")]
    found = code_with(coder, asked, {"trust"})[0]
    assert [each.stance for each in found] == ["positive", "negative"]
    assert words[found[1].start : found[1].end] == "But I do not trust the council any more."
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
        score_answers(load_linear(), [Asked(words, question, "parent")])
        for question in ("Did people listen to you?", "Were the meetings at a good time?")
    ]
    place = load_linear().themes.index("listened_to")
    assert scores[0][0, place] > scores[1][0, place]


@pytest.mark.parametrize("question", EVERY_WAY)
def test_blame_stays_blame_whatever_was_asked(question: str, framework: Framework) -> None:
    found = code("nothing was good, they ignored us and talked over us", framework, question)
    assert {each.stance for each in found if each.theme == "listened_to"} == {"negative"}


@pytest.mark.parametrize("question", EVERY_WAY)
def test_praise_stays_praise_whatever_was_asked(question: str, framework: Framework) -> None:
    found = code("Can't think of anything, they listened to us and heard what we said", framework, question)
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


def test_most_bare_words_mean_what_was_asked_for(framework: Framework) -> None:
    # Half of these would come out right without any question; some words lean so far that no question turns them.
    right = sum(
        {each.stance for each in code(words, framework, question) if each.theme == theme} == {stance}
        for words, theme in BARE.items()
        for question, stance in ((ASKED_FOR_GOOD, "positive"), (ASKED_FOR_BAD, "negative"))
    )
    assert right > 0.6 * 2 * len(BARE)


@pytest.mark.parametrize(
    ("words", "theme", "stance"),
    [
        ("I trust them completely", "trust", "positive"),
        ("I do not trust them any more", "trust", "negative"),
        ("They listened to us", "listened_to", "positive"),
        ("They never listened to us", "listened_to", "negative"),
    ],
)
def test_a_denied_cue_is_read_as_denied(words: str, theme: str, stance: str, framework: Framework) -> None:
    assert {each.stance for each in code(words, framework) if each.theme == theme} == {stance}


def test_only_themes_asked_for_are_named() -> None:
    asked = [Asked("They never listened and the plan was already written.", QUESTION, "parent")]
    everything = code_with(load_linear(), asked, set(load_linear().themes))[0]
    assert {each.theme for each in everything} >= {"listened_to"}
    assert {each.theme for each in code_with(load_linear(), asked, {"listened_to"})[0]} == {"listened_to"}


def test_every_confidence_reaches_the_threshold_of_its_theme(framework: Framework) -> None:
    coder = load_linear()
    asked = [Asked(example.text, QUESTION, example.role) for theme in framework.themes for example in theme.examples]
    for found in code_fast(asked, framework):
        for each in found:
            assert coder.rules.thresholds[coder.themes.index(each.theme)] - 1e-4 <= each.confidence < 1


def test_chances_rise_with_scores() -> None:
    rules = load_linear().rules
    assert (rules.slopes > 0).all()
    low, high = (find_chances(rules, load_scores(value)) for value in (-0.5, 0.5))
    assert (low < high).all()


def load_scores(value: float) -> NDArray[np.float64]:
    return np.full((1, len(load_linear().themes)), value)


def test_a_row_of_scores_depends_on_its_own_answer_alone(framework: Framework) -> None:
    examples = [(theme.id, each) for theme in framework.themes for each in theme.examples]
    asked = [Asked(f"{each.text} ({theme})", question, each.role) for theme, each in examples for question in EVERY_WAY]
    asked += [Asked(words, "", "other") for words in ("", "?", "zxqj", "[name]", "\n", "one")]
    together = score_answers(load_linear(), asked)
    assert np.array_equal(together[::-1], score_answers(load_linear(), asked[::-1]))
    for row in range(0, len(asked), 7):
        assert np.array_equal(together[row], score_answers(load_linear(), asked[row : row + 1])[0])


def test_a_mask_says_nothing_of_what_it_stands_for() -> None:
    scores = [
        score_answers(load_linear(), [Asked(f"They met us at {mask} on Monday", QUESTION, "parent")])
        for mask in ("[school]", "[council]", "[date of birth]")
    ]
    assert np.array_equal(scores[0], scores[1])
    assert np.array_equal(scores[0], scores[2])


def test_chances_name_the_themes_that_are_found(framework: Framework) -> None:
    asked = [Asked(each.text, QUESTION, each.role) for theme in framework.themes for each in theme.examples]
    asked.append(Asked("n/a", QUESTION, "parent"))
    themes, chances, least = find_fast_chances(asked, framework)
    assert chances.shape == (len(asked), len(themes))
    named = [{theme for theme, sure in zip(themes, row, strict=True) if sure} for row in chances >= least]
    assert named == [{each.theme for each in found} for found in code_fast(asked, framework)]


def test_a_quarter_or_so_of_what_is_named_is_unsure(framework: Framework) -> None:
    asked = [Asked(each.text, QUESTION, each.role) for theme in framework.themes for each in theme.examples]
    found = [each for findings in code_fast(asked, framework) for each in findings]
    assert 0 < sum(each.unsure for each in found) < len(found) / 2
    assert max(each.confidence for each in found if each.unsure) < min(
        each.confidence for each in found if not each.unsure
    )
