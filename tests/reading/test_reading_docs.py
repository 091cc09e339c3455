"""docs/formats.md says what the program does."""

from pathlib import Path

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading import FORMATS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_format_and_kind_is_explained() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    for word in (*FORMATS, *ColumnKind):
        assert f"`{word}`" in page
