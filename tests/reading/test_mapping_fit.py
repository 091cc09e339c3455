"""A mapping file of last year says what fits no column any more, and what it may be now."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import read_mapping, read_survey, write_mapping

Write = Callable[..., Path]
SAY = "When decisions were made, how far did parents have an equal say?"
ROWS = [
    ["Mum", "Buses", "Fair enough", "They asked us before it was written"],
    ["Sir", "Bus", "Fairish", "We met every single week of it"],
]
MAPPING = """
[[columns]]
header = "hat "
kind = "role"
words = { "Sir" = "practitioner" }

[[columns]]
header = "Topic"
kind = "project"
words = { "Bus" = "Buses" }

[[columns]]
header = "Was it fair?"
kind = "item"
dimension = "trust"
scale = { "Not fair" = 1, "Fair enough" = 3 }

[[columns]]
header = "Say more"
occurrence = 2
kind = "unused"

[set_aside]
metadata = ["Seconds taken"]
"""


def codes(survey: Survey) -> dict[str, str]:
    return {notice.code: notice.in_full for notice in survey.notices}


def test_last_years_mapping_says_what_no_longer_fits(write: Write, framework: Framework) -> None:
    path = write([["Your hat", "Topic", "Was it fair to you?", "Say more"], *ROWS])
    text = MAPPING
    survey = read_survey([path], framework, read_mapping(write(text, "map.toml")))
    assert dict(survey.unfit) == {"hat ": "Your hat", "Was it fair?": "Was it fair to you?", "Say more": "Say more"}
    assert codes(survey)["mapping_unused"] == (
        "Not in the survey: 3 columns that the mapping file names; their headers may have changed. "
        "coprod inspect SURVEY --map map.toml shows which, and what they may be now."
    )
    assert set(survey.responses["project"]) == {"Buses"}
    written = write_mapping(survey)
    assert '# "Was it fair?"   Was it fair to you?' in written
    assert not read_survey([path], framework, read_mapping(write(written, "map.toml"))).unfit
    twice = [["Hat", "Topic", "Was it fair?", "Say more", "Say more"], *([*row, "x"] for row in ROWS)]
    fits = read_survey([write(twice)], framework, read_mapping(write(text, "map.toml")))
    assert fits.unfit == ()
    assert "mapping_unused" not in codes(fits)


def test_a_mapping_of_another_survey_is_refused(write: Write, framework: Framework) -> None:
    path = write([["ID", SAY], ["P1", "Mostly"]])
    with pytest.raises(SettingsFileError, match=r"^map\.toml, line 3: no survey file has this column") as told:
        read_survey([path], framework, read_mapping(write(MAPPING, "map.toml")))
    assert "coprod inspect" in told.value.hint
    constants = read_mapping(write('[constants]\nrole = "parent"\n', "map.toml"))
    assert set(read_survey([path], framework, constants).responses["role"]) == {"parent"}


def test_words_that_occur_no_more_are_fine_and_new_ones_are_told(write: Write, framework: Framework) -> None:
    header = ["Hat", "Topic", "Was it fair?", "Say more"]
    survey = read_survey([write([header, *ROWS])], framework, read_mapping(write(MAPPING, "map.toml")))
    assert codes(survey)["closed_unknown"].startswith("1 answer on a scale could not be read")
    assert survey.ratings["score"].dropna().tolist() == [100]
