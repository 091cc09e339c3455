"""The codebook's pages are as they are generated, and a page says all that belongs to its theme."""

import subprocess
import sys
from pathlib import Path

import pytest

from coprod_cli.coding import ENGINES
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

ROOT = Path(__file__).resolve().parents[2]
THEMES = ROOT / "docs" / "themes"


def test_the_pages_of_the_codebook_are_up_to_date() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "training.write_codebook_page", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("theme", [theme.id for theme in read_framework().themes])
def test_a_page_holds_all_of_its_theme(theme: str, framework: Framework) -> None:
    page = (THEMES / f"{theme}.md").read_text(encoding="utf-8")
    told = framework.theme(theme)
    assert all(words in page for words in (told.definition, told.positive, told.negative, *told.include))
    assert all(example.text in page for example in told.examples)
    for border in framework.borders:
        expected = theme in border.themes or not border.themes
        assert all((rule in page) == expected for rule in border.rules), border.id
    assert all(f"| `{engine}` | " in page for engine in ENGINES)


def test_neighbours_are_linked_both_ways(framework: Framework) -> None:
    pages = {theme.id: (THEMES / f"{theme.id}.md").read_text(encoding="utf-8") for theme in framework.themes}
    for theme in framework.themes:
        for other in framework.neighbours_of(theme.id):
            assert f"[{framework.theme(other).name}]({other}.md)" in pages[theme.id]
            assert f"[{theme.name}]({theme.id}.md)" in pages[other]
