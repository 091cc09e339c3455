"""The contract of every engine: whatever is named in ENGINES is tested here."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.coding import CHANCES, ENGINES, Asked, code_answers, fast, trained
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import LEVELS, STANCES, Answer, Mention, require, table

ASKED = {"q1": "What was not good, or could have been better?"}
WORDS = st.lists(
    st.sampled_from(
        ["They listened", "never asked us", "tick box", ".", "\n", "but", "my son", "the council", "trust", "n/a", "?",
         "nothing changed", "we had a vote", "\U0001f600", "caf\u00e9", "DIM YN GWRANDO", "\u2019", "war", "1."]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize("engine", sorted(ENGINES))
class TestEveryEngine:
    def test_gives_mentions_that_keep_their_promises(
        self, engine: str, answers: pd.DataFrame, framework: Framework
    ) -> None:
        mentions = require(code_answers(answers, ASKED, {"r0": "parent"}, framework, engine), Mention)
        assert len(mentions) > 0
        assert set(mentions["coder"]) == {engine}
        assert set(mentions["theme"]) <= {theme.id for theme in framework.themes}

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=st.one_of(WORDS, st.text(max_size=120)))
    def test_points_at_words_inside_the_answer(self, engine: str, words: str, framework: Framework) -> None:
        (found,) = ENGINES[engine]([Asked(words, ASKED["q1"], "parent")], framework)
        for each in found:
            evidence = words[each.start : each.end]
            assert 0 <= each.start < each.end <= len(words)
            assert evidence == evidence.strip()
            assert each.stance in STANCES
            assert each.level in LEVELS
            assert 0 <= each.confidence <= 1
        assert len({(each.theme, each.start) for each in found}) == len(found)
        assert len({(each.theme, each.stance) for each in found}) == len(found)

    def test_leaves_answers_that_say_nothing_alone(
        self, engine: str, answers: pd.DataFrame, framework: Framework
    ) -> None:
        mentions = code_answers(answers, ASKED, {}, framework, engine)
        assert not set(mentions["response"]) & {"r3", "r4"}

    def test_does_not_care_for_the_order_of_rows(
        self, engine: str, answers: pd.DataFrame, framework: Framework
    ) -> None:
        straight = code_answers(answers, ASKED, {}, framework, engine)
        shuffled = code_answers(answers.sample(frac=1, random_state=3), ASKED, {}, framework, engine)
        pd.testing.assert_frame_equal(straight, shuffled)

    def test_codes_an_answer_alone_as_it_does_among_many(
        self, engine: str, answers: pd.DataFrame, framework: Framework
    ) -> None:
        together = code_answers(answers, ASKED, {}, framework, engine)
        alone = [code_answers(answers.iloc[[row]], ASKED, {}, framework, engine) for row in range(len(answers))]
        pd.testing.assert_frame_equal(together, pd.concat([each for each in alone if len(each)], ignore_index=True))

    def test_codes_in_batches_as_it_does_at_once(
        self, engine: str, answers: pd.DataFrame, framework: Framework, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = [Asked(words, ASKED["q1"], "parent") for words in answers["masked"]]
        whole, (_, sure, _) = ENGINES[engine](asked, framework), CHANCES[engine](asked, framework)
        assert sum(map(bool, whole)) > 3
        for most in (1, 3, 4):
            monkeypatch.setattr(fast, "_BATCH", most)
            monkeypatch.setattr(trained, "_BATCH", most)
            assert len(list(fast.cut_batches(asked))) == -(-len(asked) // most)
            assert ENGINES[engine](asked, framework) == whole
            assert np.array_equal(CHANCES[engine](asked, framework)[1], sure)

    def test_gives_the_same_words_the_same_codes(
        self, engine: str, answers: pd.DataFrame, framework: Framework
    ) -> None:
        mentions = code_answers(answers, ASKED, {}, framework, engine).drop(columns="response")
        response = code_answers(answers, ASKED, {}, framework, engine)["response"]
        first, again = (mentions[response == each].reset_index(drop=True) for each in ("r0", "r8"))
        pd.testing.assert_frame_equal(first, again)

    def test_takes_a_survey_without_answers(self, engine: str, framework: Framework) -> None:
        assert len(code_answers(table([], Answer), {}, {}, framework, engine)) == 0

    def test_never_reads_the_unmasked_words(self, engine: str, framework: Framework) -> None:
        unmasked = table([Answer("r1", "q1", "They never listened to us", "[masked]")], Answer)
        masked = table([Answer("r1", "q1", "", "[masked]")], Answer)
        pd.testing.assert_frame_equal(
            code_answers(unmasked, ASKED, {}, framework, engine), code_answers(masked, ASKED, {}, framework, engine)
        )

    def test_takes_part_of_a_long_answer_as_evidence(self, engine: str, framework: Framework) -> None:
        words = (
            "The hall was easy to find and there was somewhere to put the car. I met two people I knew. "
            "They never listened to us and talked over us all morning. After that we had soup. The raffle was fun too."
        )
        mentions = code_answers(table([Answer("r", "q1", words, words)], Answer), ASKED, {}, framework, engine)
        listened = mentions[mentions["theme"] == "listened_to"].iloc[0]
        assert "never listened" in words[listened["start"] : listened["end"]]
        assert listened["end"] - listened["start"] < len(words) / 2


@pytest.mark.parametrize("lengths", [(), (0,), (9_000,), (1, 9_000, 1, 1), (9_000, 9_000), (1, 1, 1, 1, 1), (700, 1)])
def test_batches_hold_few_answers_and_few_words_and_lose_none(lengths: tuple[int, ...]) -> None:
    asked = [Asked("a" * length, "", str(place)) for place, length in enumerate(lengths)]
    batches = [list(batch) for batch in fast.cut_batches(asked, 2)]
    assert [each for batch in batches for each in batch] == asked
    assert all(1 <= len(batch) <= 2 for batch in batches)
    assert all(sum(len(each.words) for each in batch) <= 800 for batch in batches if len(batch) > 1)


def test_an_unknown_engine_is_told_with_those_there_are(answers: pd.DataFrame, framework: Framework) -> None:
    with pytest.raises(UsageError) as raised:
        code_answers(answers, ASKED, {}, framework, "oracle")
    assert "cues, fast, trained" in raised.value.hint
