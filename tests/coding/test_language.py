import json
from pathlib import Path

import pandas as pd
import pytest

from coprod_cli.coding import ENGINES, code_answers, note_languages
from coprod_cli.coding.language import find_language, is_left_to_a_person
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, table

HERE = Path(__file__).parent
CORPUS = HERE.parent.parent / "data" / "corpus"
ANSWERS = [json.loads(line) for line in (HERE / "languages.jsonl").read_text(encoding="utf-8").splitlines()]
# Of the answers in other languages, at least so many are told apart. The rules were made on "tuning"; "fresh" was
# written when they were done.
LEAST_FOUND = {"tuning": 0.9, "held out": 0.9, "fresh": 0.8}


@pytest.mark.parametrize("part", sorted(LEAST_FOUND))
def test_answers_in_other_languages_are_told_apart(part: str) -> None:
    others = [each for each in ANSWERS if each["part"] == part and each["language"] != "english"]
    found = sum(is_left_to_a_person(each["words"]) for each in others)
    assert found / len(others) >= LEAST_FOUND[part]


def test_welsh_is_known_by_name() -> None:
    welsh = [each["words"] for each in ANSWERS if each["language"] == "welsh"]
    assert {find_language(words) for words in welsh} == {"welsh"}


@pytest.mark.parametrize("words", [each["words"] for each in ANSWERS if each["language"] == "english"])
def test_dialect_text_speak_second_languages_names_lists_and_mixtures_are_coded_as_english(words: str) -> None:
    assert not is_left_to_a_person(words)


@pytest.mark.parametrize("name", ["answers.jsonl", "more.jsonl"])
def test_no_answer_of_the_corpus_is_taken_for_another_language(name: str) -> None:
    answers = [json.loads(line)["text"] for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]
    assert [words for words in answers if is_left_to_a_person(words) or is_left_to_a_person(words.upper())] == []


@pytest.mark.parametrize(
    "words", ["", "   ", "n/a", "\U0001f600\U0001f600", "12 3", "[name] [school]", "\x00\x07", "\u200f"]
)
def test_what_has_no_words_is_of_no_known_language(words: str) -> None:
    assert find_language(words) == "unknown"


def test_masks_and_addresses_of_pages_are_no_words() -> None:
    assert find_language("[name] [place] nikt nas nie s\u0142ucha\u0142 https://the.and.of.example/it") == "other"


@pytest.fixture
def mixed() -> pd.DataFrame:
    words = [
        "They never listened to us.",
        "Nikt nas nie s\u0142ucha\u0142, they never listened",
        "Doedd neb yn gwrando arnom ni",
        "Roedd y rhieni yn y cyfarfod. They never listened to us, and nobody told us what had changed.",
    ]
    return table([Answer(f"r{place}", "q1", each, each) for place, each in enumerate(words)], Answer)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_no_engine_codes_another_language_and_every_engine_codes_a_mixture(
    engine: str, mixed: pd.DataFrame, framework: Framework
) -> None:
    coded = set(code_answers(mixed, {}, {}, framework, engine)["response"])
    assert coded == {"r0", "r1", "r3"}


def test_a_notice_tells_how_many_are_left_to_a_person(mixed: pd.DataFrame) -> None:
    (notice,) = note_languages(mixed, 1)
    assert notice.code == "other_language"
    assert notice.message.startswith("1 answer is in Welsh")
    assert notice.rows == 0


def test_a_small_number_of_them_is_withheld(mixed: pd.DataFrame) -> None:
    (notice,) = note_languages(mixed, 5)
    assert notice.message.startswith("Fewer than 5 answers are in Welsh")


def test_no_notice_where_all_is_english(mixed: pd.DataFrame) -> None:
    assert note_languages(mixed.iloc[:1], 1) == ()
