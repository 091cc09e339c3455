"""Whatever people write, and in whatever order: what every engine in ENGINES keeps to."""

from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.coding import ENGINES, Asked, code_answers
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, table

QUESTIONS = {"q1": "What was not good, or could have been better?", "q2": ""}
ROLES = {"r0": "parent", "r1": "practitioner", "r2": "young_person"}
PHRASES = [
    "They never listened to us",
    "we had an equal say in what was decided",
    "tick box exercise",
    "my son was asked what he wanted",
    "nobody told us what changed",
    "the council said it would ring",
    "staff were kind",
    "the hall was cold",
    "it was all decided before we came",
    "they paid our travel",
    "she stopped the officers mid flow",
    "you said we did",
]
SENTENCES = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5).map(". ".join)
SURVEYS = st.lists(SENTENCES, min_size=2, max_size=6)
LONG = st.lists(st.sampled_from(PHRASES), min_size=16, max_size=24)
# Many people write on a phone, without any mark: the last.
MARKS = [". ", ", and ", "\n- ", "; ", " but ", "! ", " "]
LONG_ANSWER = 60
BEFORE = ["the hall was cold", "we met on a Tuesday", "I took the bus there", "it rained all that week"]
IGNORED = [
    "they never listened to us",
    "nobody took any notice of what we said",
    "they talked over us every time",
    "we were ignored from start to finish",
    "not one person heard us",
]
AFTER = ["there was tea and a raffle", "my sister came along once", "we sat round one big table"]
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

STRANGE = {
    "empty": "",
    "blanks": " \n\t ",
    "emoji only": "\U0001f600\U0001f44d\U0001f3fd \u2764\ufe0f",
    "emoji between": "They \U0001f600 never \U0001f44d listened \U0001f621 to us",
    "ten thousand words": "We met in the hall and had tea. They never listened to us. " * 834,
    "one endless word": "a" * 20_000,
    "no stops": "they never listened to us and " * 400,
    "right to left": "\u05d4\u05dd \u05dc\u05d0 They never listened to us \u200f \u0644\u0645 \u064a\u0633\u062a",
    "turned round": "\u202eThey never listened to us\u202c",
    "control characters": "They\x00 never\x07 listened\x1b[2J to\x85 us\x7f",
    "odd blanks": "They\u00a0never\u2003listened\u3000to\u200bus",
    "accents apart": "They ne\u0301ver liste\u0300ned to us",
    "marks only": "?!?! ... --- *** ((( )))",
    "numbers only": "10 9 8 2024 3.5%",
    "new lines": "They never listened\r\n\r\n\u2028to us\n\n\n\n",
    "masks only": "[name] [name] [school]",
    "no marks": "they never listened to us the hall was cold we met again " * 40,
}


@pytest.mark.parametrize("engine", sorted(ENGINES))
class TestEveryEngine:
    @FEW
    @given(words=SURVEYS, order=st.randoms(use_true_random=False))
    def test_shuffled_rows_get_the_same_codes(
        self, engine: str, words: list[str], order: Random, framework: Framework
    ) -> None:
        survey = [Answer(f"r{place}", "q1", each, each) for place, each in enumerate(words)]
        shuffled = order.sample(survey, len(survey))
        pd.testing.assert_frame_equal(
            code_answers(pd.DataFrame(survey), QUESTIONS, ROLES, framework, engine),
            code_answers(pd.DataFrame(shuffled), QUESTIONS, ROLES, framework, engine),
        )

    @FEW
    @given(words=SURVEYS)
    def test_an_answer_alone_gets_the_codes_it_gets_among_many(
        self, engine: str, words: list[str], framework: Framework
    ) -> None:
        asked = [Asked(each, QUESTIONS["q1"], "parent") for each in words]
        among = ENGINES[engine](asked, framework)
        assert among == [ENGINES[engine]([each], framework)[0] for each in asked]

    @FEW
    @given(words=SENTENCES, others=SURVEYS)
    def test_the_same_answer_twice_gets_the_same_codes(
        self, engine: str, words: str, others: list[str], framework: Framework
    ) -> None:
        asked = [Asked(each, "", "other") for each in (words, *others, words)]
        first, *_, last = ENGINES[engine](asked, framework)
        assert first == last

    @pytest.mark.parametrize("kind", sorted(STRANGE))
    def test_strange_answers_are_coded_or_left_alone(self, engine: str, kind: str, framework: Framework) -> None:
        words = STRANGE[kind]
        mentions = code_answers(table([Answer("r1", "q2", words, words)], Answer), QUESTIONS, {}, framework, engine)
        for start, end in zip(mentions["start"], mentions["end"], strict=True):
            assert 0 <= start < end <= len(words)
            assert words[start:end].strip()

    def test_thousands_of_equal_answers_cost_no_more_than_one(self, engine: str, framework: Framework) -> None:
        words = "They never listened to us"
        many = table([Answer(f"r{place}", "q1", words, words) for place in range(2_000)], Answer)
        mentions = code_answers(many, QUESTIONS, {}, framework, engine)
        assert set(mentions.groupby("theme").size()) == {2_000}


@pytest.mark.parametrize("engine", sorted(ENGINES))
@FEW
@given(phrases=LONG, mark=st.sampled_from(MARKS))
def test_evidence_is_a_part_of_a_long_answer(engine: str, phrases: list[str], mark: str, framework: Framework) -> None:
    words = mark.join(phrases)
    assert len(words.split()) > LONG_ANSWER
    (found,) = ENGINES[engine]([Asked(words, QUESTIONS["q1"], "parent")], framework)
    assert all(0 <= each.start < each.end <= len(words) for each in found)
    assert all(each.end - each.start < len(words) for each in found)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_what_stands_in_the_middle_of_a_long_answer_is_found_there(
    engine: str, mark: str, framework: Framework
) -> None:
    words = mark.join([*BEFORE, *IGNORED, *AFTER])
    assert len(words.split()) > LONG_ANSWER
    (found,) = ENGINES[engine]([Asked(words, QUESTIONS["q1"], "parent")], framework)
    listened = [each for each in found if each.theme == "listened_to"]
    assert listened
    for each in listened:
        assert each.start < words.index(IGNORED[-1]) + len(IGNORED[-1])
        assert each.end > words.index(IGNORED[0])
        assert each.end - each.start < len(words) * 0.6
