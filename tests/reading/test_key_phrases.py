"""Every key phrase means its own dimension, whatever else stands in the list, and never another than the items do."""

import tomllib
from importlib import resources

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.dimensions import LEAST_ACCEPTED
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.key_phrases import Spoken, find_dimension

TEXT = resources.files("coprod_cli.reading").joinpath("key_phrases.toml").read_text(encoding="utf-8")
DATA = tomllib.loads(TEXT)
TABLES = DATA["phrases"]
PHRASES = [(table, words) for table in TABLES for words in (*table["words"], *table["alone"])]
MEANT = {name: words.split()[0] for name, words in DATA["same"].items()}


def ask(text: str, framework: Framework) -> Spoken:
    return find_dimension(Heading(0, text, text), framework)


def test_every_phrase_means_its_own_dimension_and_direction(framework: Framework) -> None:
    for table, words in PHRASES:
        text = " ".join(MEANT.get(word, word) for word in words.replace(" .. ", " quickly ").split())
        spoken = ask(text, framework)
        if spoken.certainty:
            assert table["dimension"] in spoken.near, words
        if spoken.certainty >= LEAST_ACCEPTED:
            assert (spoken.dimension, spoken.direction) == (table["dimension"], table["direction"]), words


def test_no_phrase_is_written_twice_and_every_dimension_has_some(framework: Framework) -> None:
    for key in ("words", "hints", "alone"):
        written = [words for table in TABLES for words in table[key]]
        assert len(written) == len(set(written)), [words for words in written if written.count(words) > 1]
    assert {table["dimension"] for table in TABLES} == {dimension.id for dimension in framework.dimensions}
    words = [word for words in DATA["same"].values() for word in words.split()]
    assert len(words) == len(set(words))


def test_the_items_of_the_framework_are_never_given_to_another_dimension(framework: Framework) -> None:
    for item in framework.items:
        for text in (item.parent, item.practitioner):
            spoken = ask(text, framework)
            assert spoken.certainty < LEAST_ACCEPTED or spoken.dimension == item.dimension, text


@pytest.mark.parametrize(
    ("text", "dimension", "direction"),
    [
        ("Our ideas were really appreciated", "heard", 1),
        ("I didn't feel listened to", "heard", -1),
        ("Nobody listened to the families", "heard", -1),
        ("Carers were never trusted", "trust", -1),
        ("Parents' opinions were ignored", "heard", -1),
        ("It felt like them and us", "trust", -1),
        ("The project was only there for show", "influence", -1),
        ("Families and practitioners decided together", "power", 1),
    ],
)
def test_words_that_mean_the_same_are_known_and_denials_turn_round(
    text: str, dimension: str, direction: int, framework: Framework
) -> None:
    spoken = ask(text, framework)
    assert (spoken.dimension, spoken.direction) == (dimension, direction)
    assert spoken.certainty >= LEAST_ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "It was not a tick-box exercise",
        "Staff were honest and parents made decisions jointly",
        "The minutes were read by everyone in the team",
    ],
)
def test_double_denials_two_dimensions_and_mere_hints_are_not_certain(text: str, framework: Framework) -> None:
    assert ask(text, framework).certainty < LEAST_ACCEPTED


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
    assert ask(text, framework).certainty < LEAST_ACCEPTED
