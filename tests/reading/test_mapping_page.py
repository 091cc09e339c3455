"""docs/mapping.md says what the program does: its examples are read, every key is explained."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.reading import read_mapping, read_survey
from coprod_cli.reading.mapping import COLUMN_KEYS, CONSTANT_KEYS, SCALE_NAMES

Write = Callable[..., Path]
PAGE = (Path(__file__).parents[2] / "docs" / "mapping.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```csv\n(.*?)```\s*```toml\n(.*?)```", PAGE, re.DOTALL)


def read_example(number: int, write: Write, framework: Framework) -> tuple[Survey, Survey]:
    """The example's survey as coprod takes it by itself, and with the example's mapping file."""
    survey, mapping = EXAMPLES[number]
    path = write(survey)
    return read_survey([path], framework), read_survey([path], framework, read_mapping(write(mapping, "mapping.toml")))


def test_the_roles_of_the_example_are_known_by_its_mapping(write: Write, framework: Framework) -> None:
    before, after = read_example(0, write, framework)
    assert (before.responses["role"] == "other").sum() == 3
    assert sorted(after.responses["role"]) == ["parent", "practitioner", "practitioner"]


def test_the_closed_questions_of_the_example_are_scored_by_its_mapping(write: Write, framework: Framework) -> None:
    before, after = read_example(1, write, framework)
    assert not any(question.name == "x_council_fair" for question in before.questions)
    assert {question.dimension for question in after.questions} == {"trust", "start"}
    assert after.ratings.groupby("item")["score"].agg(sorted).tolist() == [[0, 25, 100], [0, 50, 100]]


def test_the_projects_of_the_example_are_parted_by_its_mapping(write: Write, framework: Framework) -> None:
    before, after = read_example(2, write, framework)
    assert set(before.responses["project"]) == {"All answers"}
    assert after.responses["project"].value_counts().to_dict() == {"School buses": 2, "Short breaks": 2}
    assert (after.forms, after.responses["person"].nunique(), len(after.questions)) == (3, 3, 2)


def test_the_example_with_every_table_is_a_mapping(write: Write) -> None:
    every = [example for example in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "[set_aside]" in example]
    mapping = read_mapping(write(every[0], "mapping.toml"))
    assert (len(every), len(EXAMPLES), len(mapping.columns)) == (1, 3, 5)
    assert mapping.constants_for("staff.csv").role == "practitioner"
    assert mapping.constants_for("other.csv").wave == "2025"


@pytest.mark.parametrize("word", [*CONSTANT_KEYS, *COLUMN_KEYS, *SCALE_NAMES, *ColumnKind])
def test_every_key_kind_and_scale_of_the_mapping_is_explained(word: str) -> None:
    assert f"`{word}`" in " ".join(PAGE.split())
