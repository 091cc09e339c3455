"""docs/formats.md and docs/mapping.md say what the program does."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading import FORMATS, read_mapping
from coprod_cli.reading.mapping import COLUMN_KEYS, CONSTANT_KEYS, SCALE_NAMES

Write = Callable[..., Path]
DOCS = Path(__file__).parents[2] / "docs"
MAPPING = (DOCS / "mapping.md").read_text(encoding="utf-8")


def test_the_example_of_a_mapping_is_one(write: Write) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", MAPPING, re.DOTALL)
    mapping = read_mapping(write(example, "mapping.toml"))
    assert mapping.constants_for("staff.csv").role == "practitioner"
    assert len(mapping.columns) == 5


@pytest.mark.parametrize("word", [*CONSTANT_KEYS, *COLUMN_KEYS, *SCALE_NAMES, *ColumnKind])
def test_every_key_kind_and_scale_of_the_mapping_is_explained(word: str) -> None:
    assert f"`{word}`" in " ".join(MAPPING.split())


def test_every_format_and_kind_is_explained() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    for word in (*FORMATS, *ColumnKind):
        assert f"`{word}`" in page
