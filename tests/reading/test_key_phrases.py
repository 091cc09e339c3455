"""Every key phrase means its own dimension, whatever else stands in the list, and never another than the items do."""

import tomllib
from importlib import resources

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.key_phrases import find_dimension

TEXT = resources.files("coprod_cli.reading").joinpath("key_phrases.toml").read_text(encoding="utf-8")
TABLES = tomllib.loads(TEXT)["phrases"]
PHRASES = [(table, words) for table in TABLES for words in (*table["words"], *table["alone"])]


def test_every_phrase_means_its_own_dimension_and_direction(framework: Framework) -> None:
    for table, words in PHRASES:
        text = words.replace(" .. ", " quite ")
        spoken = find_dimension(Heading(0, text, text), framework)
        assert spoken.near == (table["dimension"],), words
        assert (spoken.dimension, spoken.direction) == (table["dimension"], table["direction"]), words


def test_no_phrase_is_written_twice_and_every_dimension_has_some(framework: Framework) -> None:
    for key in ("words", "alone"):
        written = [words for table in TABLES for words in table[key]]
        assert len(written) == len(set(written))
    assert {table["dimension"] for table in TABLES} == {dimension.id for dimension in framework.dimensions}


def test_the_items_of_the_framework_are_never_given_to_another_dimension(framework: Framework) -> None:
    for item in framework.items:
        for text in (item.parent, item.practitioner):
            assert find_dimension(Heading(0, text, text), framework).dimension in ("", item.dimension), text


@pytest.mark.parametrize(
    "text",
    [
        "Which NHS Trust do you work for?",
        "How did you hear about this survey?",
        "Have you heard of the local offer?",
        "Are you an unpaid carer?",
        "I would like to be listened to",
        "I was involved in decisions about my care",
        "The venue was good",
    ],
)
def test_words_that_only_resemble_a_phrase_say_nothing(text: str, framework: Framework) -> None:
    assert find_dimension(Heading(0, text, text), framework).dimension == ""
