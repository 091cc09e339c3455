"""The page about the questionnaire names every file and gives the right numbers."""

from pathlib import Path

from coprod_cli.asking import FORM_FORMATS, Order, write_questionnaire
from coprod_cli.model.framework import Framework

PAGE = (Path(__file__).parent.parent.parent / "docs" / "questionnaire.md").read_text(encoding="utf-8")


def test_every_file_is_named(framework: Framework) -> None:
    for name in write_questionnaire(framework, Order(), list(FORM_FORMATS)):
        assert f"`{name}`" in PAGE


def test_the_numbers_are_right(framework: Framework) -> None:
    quick = sum(item.quick for item in framework.items)
    assert f"{len(framework.items)} (`--form full`, about 15 minutes) or {quick}, one for each dimension" in PAGE
    assert quick == len(framework.dimensions)
    assert sum(item.direction < 0 for item in framework.items) == 8
    assert "Eight of the 24 are reversed" in PAGE
    differ = [item.id for item in framework.items if item.parent != item.practitioner]
    assert len(differ) == 3
    assert "Three of the 24 questions are worded differently" in PAGE
    assert all(f"`{name}` and `{name}_pro`" in PAGE for name in differ)
