"""What an explanation promises: by an engine so simple that the right answer is known, and by every real one."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.coding import CHANCES, ENGINES, Asked, Found, explain_answer
from coprod_cli.coding.explain import NAMED, NEARLY, OTHER_LANGUAGE, SAYS_NOTHING, UNSURE, explain_coding
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework

THEMES = ("listened_to", "openness", "trust")
LEAST = np.array([0.5, 0.5, 0.5])
BATCHES: list[int] = []


def find_chances(
    asked: Sequence[Asked], _: Framework
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Listening is 0.9 with "never listened" together; openness 0.4 with "told"; a question about trust adds 0.6."""
    BATCHES.append(len(asked))
    rows = [
        [
            0.9 if "never listened" in each.words else 0.1,
            0.4 if "told" in each.words else 0.0,
            0.1 + 0.6 * ("trust" in each.question) - 0.1 * (each.role == "parent"),
        ]
        for each in asked
    ]
    return THEMES, np.array(rows), LEAST


def code(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    themes, chances, least = find_chances(asked, framework)
    return [
        tuple(
            Found(theme, "negative", "project", chance, *span, unsure=theme == "trust")
            for theme, chance, limit in zip(themes, row.tolist(), least.tolist(), strict=True)
            for span in [_find_span(each.words)]
            if chance >= limit
        )
        for each, row in zip(asked, chances, strict=True)
    ]


def _find_span(words: str) -> tuple[int, int]:
    start = max(words.find("never listened"), 0)
    return start, min(start + len("never listened"), len(words))


def test_the_words_that_tip_a_theme_are_found(framework: Framework) -> None:
    words = "They never listened, and nobody told us."
    told = explain_coding(Asked(words, "", "other"), framework, code, find_chances)
    named, nearly = told.themes
    assert (named.theme, named.state, named.chance, named.least) == ("listened_to", NAMED, 0.9, 0.5)
    # Either of the two words alone tips it; both together do no more, and are not told.
    assert [words[tip.start : tip.end] for tip in named.tips] == ["never", "listened"]
    assert [round(tip.drop, 2) for tip in named.tips] == [0.8, 0.8]
    assert (nearly.theme, nearly.state, nearly.found) == ("openness", NEARLY, ())
    assert [words[tip.start : tip.end] for tip in nearly.tips] == ["told"]


def test_what_question_and_role_add_is_told(framework: Framework) -> None:
    told = explain_coding(
        Asked("It was as you would think.", "Was there trust?", "parent"), framework, code, find_chances
    )
    (trust,) = told.themes
    assert trust.state == UNSURE
    assert round(trust.chance - trust.without_question, 2) == 0.6
    assert round(trust.without_role - trust.chance, 2) == 0.1
    assert trust.tips == ()


def test_a_very_long_answer_is_tried_near_its_evidence_only(framework: Framework) -> None:
    words = "We had tea and the sun was out. " * 1250 + "They never listened to us. " + "Then we went home. " * 100
    BATCHES.clear()
    told = explain_coding(Asked(words, "", "other"), framework, code, find_chances)
    (listened,) = told.themes
    assert told.size > 10_000
    assert told.tried == 2
    assert {words[tip.start : tip.end] for tip in listened.tips} == {"never", "listened"}
    assert sum(BATCHES) <= 160


def code_far_apart(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    """Listening where it is said; two themes more surely, elsewhere; and trust, less surely, at the end."""
    (found,) = code(asked[:1], framework)
    words = asked[0].words
    sure = [(0.99, "joined_up", "We had tea"), (0.95, "respect_equality", "sun was out"), (0.5, "trust", "went home")]
    others = [Found(theme, "neutral", "project", chance, *_find(words, told)) for chance, theme, told in sure]
    return [(*found, *others)]


def _find(words: str, told: str) -> tuple[int, int]:
    return words.find(told), words.find(told) + len(told)


def test_a_theme_whose_evidence_was_not_tried_is_said_to_be_so(framework: Framework) -> None:
    words = "We had tea. The sun was out. " * 20 + "They never listened to us and told us. Then we went home."
    asked = Asked(words, "", "other")
    told = {each.theme: each for each in explain_coding(asked, framework, code_far_apart, find_chances).themes}
    assert told["listened_to"].tried
    assert {words[tip.start : tip.end] for tip in told["listened_to"].tips} == {"never", "listened"}
    # Three passages are tried, and trust stands in none; nor does what was nearly named.
    assert (told["trust"].tried, told["trust"].tips) == (False, ())
    assert (told["openness"].tried, told["openness"].tips) == (False, ())


def test_tips_come_from_the_evidence_of_the_theme_itself(framework: Framework) -> None:
    def code_openness(asked: Sequence[Asked], _: Framework) -> list[tuple[Found, ...]]:
        named = [("listened_to", 0.9, "never listened nor told"), ("openness", 0.4, "went home")]
        return [
            tuple(Found(theme, "neutral", "project", sure, *_find(asked[0].words, at)) for theme, sure, at in named)
        ]

    words = (
        "We had tea. The sun was out. " * 20
        + "They never listened nor told us. "
        + "So it was. " * 40
        + "We went home."
    )
    told = explain_coding(Asked(words, "", "other"), framework, code_openness, find_chances).themes
    assert {each.theme: [words[tip.start : tip.end] for tip in each.tips] for each in told} == {
        "listened_to": ["never", "listened"],
        "openness": [],
    }
    assert all(each.tried for each in told)


def test_only_words_left_out_are_counted_as_such(framework: Framework) -> None:
    def code_long_stretches(asked: Sequence[Asked], _: Framework) -> list[tuple[Found, ...]]:
        words = asked[0].words
        starts = [words.find(each) for each in ("one", "two", "three")]
        spans = zip(starts, [*starts[1:], len(words)], strict=True)
        return [tuple(Found("listened_to", "neutral", "project", 0.9, *span) for span in spans)]

    words = "one " * 58 + "never listened " + "two " * 60 + "three " * 60
    told = explain_coding(Asked(words.strip(), "", "other"), framework, code_long_stretches, find_chances)
    assert (told.size, told.tried) == (180, 150)


@pytest.mark.parametrize(
    ("words", "uncoded"),
    [
        ("", SAYS_NOTHING),
        ("n/a", SAYS_NOTHING),
        ("\U0001f600", SAYS_NOTHING),
        ("Nikt nas nie s\u0142ucha\u0142", OTHER_LANGUAGE),
        ("Doedd neb yn gwrando arnom ni", OTHER_LANGUAGE),
    ],
)
def test_what_no_engine_reads_is_said_to_be_so(words: str, uncoded: str, framework: Framework) -> None:
    told = explain_coding(Asked(words, "", "other"), framework, code, find_chances)
    assert told.uncoded == uncoded
    assert told.themes == ()


def test_every_engine_can_say_how_sure_it_is() -> None:
    assert set(CHANCES) == set(ENGINES)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_an_explanation_tells_what_the_engine_codes(engine: str, framework: Framework) -> None:
    asked = Asked("They never listened to us, it was a tick box exercise. Tea was nice.", "How was it?", "parent")
    told = explain_answer(asked, framework, engine)
    (found,) = ENGINES[engine]([asked], framework)
    assert {each.theme for each in told.themes if each.state != NEARLY} == {each.theme for each in found}
    assert tuple(sorted(each for theme in told.themes for each in theme.found)) == tuple(sorted(found))
    for each in told.themes:
        assert (each.chance >= each.least) == (each.state != NEARLY)
        assert all(0 <= tip.start < tip.end <= len(asked.words) for tip in each.tips)


def test_a_cue_is_what_tips_the_engine_of_cues(framework: Framework) -> None:
    words = "They never listened to us. Tea was nice."
    (listened,) = explain_answer(Asked(words, "How was it?", "parent"), framework, "cues").themes
    assert [words[tip.start : tip.end] for tip in listened.tips] == ["listened"]
    assert listened.without_question == listened.chance == listened.tips[0].drop


def test_an_unknown_engine_is_told(framework: Framework) -> None:
    with pytest.raises(UsageError):
        explain_answer(Asked("They listened", "", "other"), framework, "oracle")
