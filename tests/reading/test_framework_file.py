"""The packaged framework is sound, and a framework that is not is told with file, line and what to do."""

import hashlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

Write = Callable[..., Path]
PACKAGED = resources.files("coprod_cli").joinpath("frameworks", "send.toml").read_text(encoding="utf-8")


def test_the_packaged_framework_is_read_whole(framework: Framework) -> None:
    assert (len(framework.themes), len(framework.dimensions), len(framework.items)) == (20, 8, 24)
    assert sum(dimension.weight for dimension in framework.dimensions) == pytest.approx(1)
    assert [each.audience for each in framework.thresholds] == ["public", "restricted", "raw"]
    assert framework.sha256 == hashlib.sha256(PACKAGED.encode()).hexdigest()


def test_a_copy_given_by_path_is_the_same(write: Write, framework: Framework) -> None:
    assert read_framework(write(PACKAGED, "mine.toml")) == framework


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('id = "start_2"', 'id = "start_1"', "the id 'start_1' is given twice"),
        ("weight = 0.15", "weight = 0.25", "add up to 1.100"),
        ("weight = 0.15", 'weight = "much"', "'weight' must be a number"),
        ('dimension = "start"\ndirection = 1', 'dimension = "begin"\ndirection = 1', "no 'begin'"),
        ('feeds = [{ dimension = "start", weight = 1.0 }]', 'feeds = [{ dimension = "x", weight = 1.0 }]', "no 'x'"),
        ('feeds = [{ dimension = "start", weight = 1.0 }]', 'feeds = "start"', "'feeds' must be a list"),
        ("direction = -1", "direction = -2", "'direction' must be 1 or -1"),
        ("core = true", 'core = "yes"', "'core' must be true or false"),
        ("[thresholds.raw]", "[thresholds.row]", "no key 'row'"),
        ("min_base = 10\n", "", "'min_base' is missing"),
        ("slack = 15", "slak = 15", "no key 'slak'"),
        ("level = 0.95", "level = 95", "from 0.5 to 0.999"),
        ("prior_df = 4", "prior_df = 0", "'prior_df' must be a number from 0.01 to 1,000"),
        ("\nprior_sd = 24", "\nprior_sd = 51", "'prior_sd' must be a number from 0 to 50"),
        ("comments_prior_sd = 50", "comments_prior_sd = 60", "'comments_prior_sd' must be a number from 0 to 50"),
        ('kind = "ordinal"', 'kind = "ladder"', "no 'ladder'"),
        ('{ label = "Consultation"', '{ lable = "Consultation"', "no key 'lable'"),
        ("options = [", 'options = ["Parents were told.",', "'options' must be a list of tables"),
        ('confusable_with = ["shared_decisions", "tokenism"]', 'confusable_with = ["nothing"]', "no 'nothing'"),
        ('include = ["being there', 'include = "x"\nrest = ["being there', "no key 'rest'"),
        ('labels = ["Not at all", "A little", "Partly", "Mostly", "Completely"]', "labels = []", "two or more"),
        ('name = "Sharing decisions"\n', "", "'name' is missing"),
        ("[scoring]", "[scoring", "this cannot be read as a setting: a bracket is missing"),
    ],
)
def test_a_framework_that_cannot_be_is_told_with_its_line(old: str, new: str, what: str, write: Write) -> None:
    assert old in PACKAGED
    with pytest.raises(SettingsFileError, match=what) as told:
        read_framework(write(PACKAGED.replace(old, new, 1), "mine.toml"))
    assert told.value.what.startswith("mine.toml, line ")
    assert told.value.hint


def test_the_line_that_is_named_is_the_right_one(write: Write) -> None:
    text = PACKAGED.replace('dimension = "power"\ndirection = 1', 'dimension = "might"\ndirection = 1', 1)
    line = text[: text.index('dimension = "might"')].count("\n") + 1
    with pytest.raises(SettingsFileError, match=rf"mine\.toml, line {line}: "):
        read_framework(write(text, "mine.toml"))


@pytest.mark.parametrize("text", ["", 'id = "x"\nversion = "1"\nlabels = ["a", "b"]\n'])
def test_an_empty_framework_is_told(text: str, write: Write) -> None:
    with pytest.raises(SettingsFileError):
        read_framework(write(text, "mine.toml"))
