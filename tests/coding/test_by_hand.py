"""What people coded takes the machine's place; what their file leaves open comes from the machine, or the answer."""

import pandas as pd
import pytest

from coprod_cli.coding import ByHand, put_codes
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.tables import Answer, Mention, rows, table

WORDS = "They listened to us. Nobody trusts them now."
PLACES = {"a1": ("r1", "q"), "a2": ("r2", "q")}
MACHINE = Mention("r1", "q", "trust", "negative", "system", 0.6, 21, 44, "cues", unsure=True)


def take(
    *codes: Code,
    looked: tuple[str, ...] = ("a1",),
    machine: tuple[Mention, ...] = (MACHINE,),
    says_level: bool = False,
) -> ByHand:
    answers = table((Answer(response, "q", WORDS, WORDS) for response, _ in PLACES.values()), Answer)
    rows_named = tuple(range(2, len(looked) + 2))
    coding = Coding("person", looked, tuple(sorted(codes)), "", rows_named, file="codes_zoe.csv", says_level=says_level)
    return put_codes(table(machine, Mention), [coding], PLACES, answers)


def list_mentions(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        (each.theme, each.stance, each.level, WORDS[each.start : each.end], each.coder) for each in rows(found, Mention)
    ]


def test_what_is_left_open_comes_from_the_same_theme_of_the_machine() -> None:
    found = list_mentions(take(Code("a1", "trust")).mentions)
    assert found == [("trust", "negative", "system", "Nobody trusts them now.", "person")]


def test_a_level_that_a_person_cannot_tell_is_what_the_question_asked_about_and_never_the_machines() -> None:
    taken = take(Code("a1", "trust", "negative"), says_level=True).mentions
    assert list_mentions(taken) == [("trust", "negative", "project", "Nobody trusts them now.", "person")]
    assert list(taken["left_open"]) == ["level"]


def test_what_a_person_said_and_what_a_rule_did_can_be_told_apart() -> None:
    said = (Code("a1", "trust"), Code("a1", "openness", "positive", "system"), Code("a1", "listened_to", "positive"))
    left = {each.theme: each.left_open for each in rows(take(*said).mentions, Mention)}
    assert left == {"trust": "stance and level", "openness": "", "listened_to": "level"}


def test_where_the_machine_missed_the_theme_the_whole_answer_is_the_evidence() -> None:
    found = list_mentions(take(Code("a1", "listened_to", "positive")).mentions)
    assert found == [("listened_to", "positive", "project", WORDS, "person")]


@pytest.mark.parametrize(
    "code",
    [
        Code("a1", "trust", "negative", "project", 21, 27),
        Code("a1", "trust", "negative", "project", words="Nobody"),
        Code("a1", "trust", "negative", "project", 900, 999, "Nobody"),
    ],
)
def test_the_persons_own_evidence_comes_first(code: Code) -> None:
    assert list_mentions(take(code).mentions) == [("trust", "negative", "project", "Nobody", "person")]


@pytest.mark.parametrize("words", [(), (MACHINE,)])
def test_a_theme_for_and_against_is_two_codes_with_places_of_their_own(words: tuple[Mention, ...]) -> None:
    said = (Code("a1", "trust", "positive", "project"), Code("a1", "trust", "negative", "project"))
    found = take(*said, machine=words).mentions
    assert sorted(found["stance"]) == ["negative", "positive"]
    assert found["start"].is_unique


def test_an_answer_without_a_theme_loses_the_machines_and_is_told_as_looked_at() -> None:
    taken = take(looked=("a1", "a2"))
    assert taken.mentions.empty
    assert list(taken.replaced["theme"]) == ["trust"]
    assert sorted(taken.list_all()["response"]) == ["r1", "r2"]
    assert set(taken.list_all()["theme"]) == {""}


def test_an_id_that_the_survey_lacks_is_told_with_its_row_and_what_was_found() -> None:
    with pytest.raises(SettingsFileError, match=r"1 of their 2 answers are not in this survey \(row 3\)") as caught:
        take(looked=("a1", "other"))
    assert "codes_zoe.csv" in caught.value.what
    assert caught.value.hint.startswith("Was an id changed there?")
    assert "--salt" in caught.value.hint
