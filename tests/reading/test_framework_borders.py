"""Border rules of the codebook are sound, stand in the corpus as they say, and are checked in a file of one's own."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]
PACKAGED = resources.files("coprod_cli").joinpath("frameworks", "send.toml").read_text(encoding="utf-8")


def test_every_theme_has_a_border_of_its_own(framework: Framework) -> None:
    assert all(framework.borders_of(theme.id) for theme in framework.themes)
    assert [border for border in framework.borders if not border.themes]


def test_neighbours_are_neighbours_both_ways(framework: Framework) -> None:
    for theme in framework.themes:
        assert theme.id not in framework.neighbours_of(theme.id)
        for other in framework.neighbours_of(theme.id):
            assert theme.id in framework.neighbours_of(other)


def test_every_example_of_a_border_has_the_codes_of_the_corpus(framework: Framework) -> None:
    path = ROOT / "data" / "corpus" / "answers.jsonl"
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for border in framework.borders:
        for example in border.examples:
            words = example.text.rstrip(".")
            (answer,) = (each for each in answers if words in each["text"])
            start = answer["text"].index(words)
            end = start + len(words)
            codes = {
                (code["theme"], code["stance"], code["level"])
                for code in answer["codes"]
                if code["start"] < end and code["end"] > start
            }
            assert set(example.codes) == codes, (border.id, answer["id"])


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "one_family"', 'id = "meaning"', "the id 'meaning' is given twice"),
        ('themes = ["trust", "adversarial"]', 'themes = ["trust", "war"]', "no 'war'"),
        ('rules = ["Broken promises are trust, negative."]', "rules = []", "no rule"),
        (
            'codes = ["trust negative individual"]',
            'codes = ["trust bad individual"]',
            "'trust bad individual' is no code",
        ),
        ('codes = ["trust negative individual"]', 'codes = ["trust negative"]', "'trust negative' is no code"),
        ('name = "Stock phrases: money"', 'title = "Stock phrases: money"', "no key 'title'"),
        (
            '"Broken promises are trust, negative."]\nexamples = []',
            '"x"]\nexamples = ["y"]',
            "must be a list of",
        ),
    ],
)
def test_a_border_that_cannot_be_is_told_with_its_line(old: str, new: str, what: str, write: Write) -> None:
    assert old in PACKAGED
    with pytest.raises(SettingsFileError, match=what) as told:
        read_framework(write(PACKAGED.replace(old, new, 1), "mine.toml"))
    assert told.value.what.startswith("mine.toml, line ")
    assert told.value.hint


def test_a_framework_without_borders_is_still_one(write: Write) -> None:
    framework = read_framework(write(PACKAGED.partition("[[borders]]")[0], "mine.toml"))
    assert framework.borders == ()
    assert "tokenism" in framework.neighbours_of("involved_early")
