import pytest

from coprod_cli.coding.cues import code_with_cues
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.model.framework import Framework

ANY = "Is there anything else you would like to tell us?"


def code(words: str, framework: Framework, question: str = ANY) -> tuple[Found, ...]:
    return code_with_cues([Asked(words, question, "parent")], framework, {})[0]


def stances(words: str, theme: str, framework: Framework, question: str = ANY) -> list[str]:
    return [found.stance for found in code(words, framework, question) if found.theme == theme]


@pytest.mark.parametrize(
    ("words", "theme", "stance"),
    [
        ("They listened to us", "listened_to", "positive"),
        ("They never listened to us", "listened_to", "negative"),
        ("They didn't listen", "listened_to", "negative"),
        ("they didn\u2019t really listen", "listened_to", "negative"),
        ("Nobody listened", "listened_to", "negative"),
        ("We were not listened to", "listened_to", "negative"),
        ("They listened, not like last time", "listened_to", "positive"),
        ("It was not perfect but they listened", "listened_to", "positive"),
        ("It was not quick, they listened though", "listened_to", "positive"),
        ("Not perfect. They listened", "listened_to", "positive"),
        ("I can't fault how they listened", "listened_to", "positive"),
        ("No complaints, we were listened to", "listened_to", "positive"),
        ("They not only listened, they came back to us", "listened_to", "positive"),
        ("It is no longer a fight", "adversarial", "positive"),
        ("We got there without a fight", "adversarial", "positive"),
        ("Everything is a fight", "adversarial", "negative"),
        ("I don't trust them", "trust", "negative"),
        ("There is no trust", "trust", "negative"),
        ("there's a lack of trust", "trust", "negative"),
        ("I was never ignored", "listened_to", "positive"),
        ("You can't say we were never ignored", "listened_to", "negative"),
        ("We had an equal say", "shared_decisions", "positive"),
        ("We never had an equal say", "shared_decisions", "negative"),
        ("It wasn't a tick box", "tokenism", "positive"),
        ("It changed all of it because we asked", "influence_feedback", "positive"),
    ],
)
def test_negation_has_its_own_scope(words: str, theme: str, stance: str, framework: Framework) -> None:
    assert stances(words, theme, framework) == [stance]


@pytest.mark.parametrize(
    ("words", "question", "stance"),
    [
        ("Parents should have an equal say", ANY, "neutral"),
        ("An equal say would be good", ANY, "neutral"),
        ("I hope we get an equal say", ANY, "neutral"),
        ("They say we will have an equal say", ANY, "neutral"),
        ("Parents should have had an equal say", ANY, "negative"),
        ("Parents should have an equal say", "What was not good, or could have been better?", "negative"),
        ("Did we have an equal say?", ANY, "neutral"),
    ],
)
def test_wishes_are_neutral_unless_they_say_what_was_missing(
    words: str, question: str, stance: str, framework: Framework
) -> None:
    assert stances(words, "shared_decisions", framework, question) == [stance]


@pytest.mark.parametrize(
    "words",
    ["The NHS Trust runs it", "He needs new training shoes", "a hearing aid", "our Trust has a form", "antitrust law"],
)
def test_words_with_another_meaning_are_no_cue(words: str, framework: Framework) -> None:
    themes = {found.theme for found in code(words, framework)}
    assert not themes & {"trust", "support_sustain", "listened_to"}


def test_one_answer_may_hold_a_theme_in_both_stances(framework: Framework) -> None:
    words = "The team listened to us. Later on the panel never listened."
    found = [each for each in code(words, framework) if each.theme == "listened_to"]
    assert [each.stance for each in found] == ["positive", "negative"]
    assert [words[each.start : each.end] for each in found] == [
        "The team listened to us.",
        "Later on the panel never listened.",
    ]


@pytest.mark.parametrize(
    ("words", "question", "level"),
    [
        ("They listened to everyone in the group", ANY, "project"),
        ("They listened about my son", ANY, "individual"),
        ("Our caseworker listened", ANY, "individual"),
        ("The council listened", ANY, "system"),
        ("Round here nobody is listened to", ANY, "system"),
        ("They listened", "How are decisions about your child made?", "individual"),
    ],
)
def test_levels_are_told_apart(words: str, question: str, level: str, framework: Framework) -> None:
    assert {found.level for found in code(words, framework, question)} == {level}


def test_evidence_is_the_clause_with_the_cue(framework: Framework) -> None:
    words = "The room was cold and the tea was worse. They listened to us for once; then we all went home."
    (found,) = code(words, framework)
    assert words[found.start : found.end] == "They listened to us for once"


def test_a_theme_whose_cues_are_wrong_more_often_than_right_is_unsure(framework: Framework) -> None:
    words = "They never listened to us. It was a tick box exercise."
    precisions = {"listened_to": 0.49, "tokenism": 0.5}
    (found,) = code_with_cues([Asked(words, ANY, "parent")], framework, precisions)
    assert {each.theme: each.unsure for each in found} == {"listened_to": True, "tokenism": False}
