"""The page on governance files says what is so, and its examples can be read."""

import re
from collections.abc import Callable
from pathlib import Path

from coprod_cli.reading import read_framework, read_governance
from coprod_cli.telling.papers import MIN_BODIES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "governance.md").read_text(encoding="utf-8")
Write = Callable[..., Path]


def test_the_example_of_the_page_is_read(write: Write) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    found = read_governance(write(text, "governance.toml"), read_framework())
    (project,) = found.projects
    assert (found.as_of, found.notices) == ("2026-01-31", ())
    assert project.fact("G01") is not None
    assert project.bodies
    assert project.replies
    assert project.asked
    assert project.producers == 6


def test_every_fact_stands_on_the_page_as_it_is_asked() -> None:
    told = dict(re.findall(r"^\| (G\d\d) \| (.*) \|$", PAGE, flags=re.MULTILINE))
    assert told == {each.id: each.text for each in read_framework().facts}
    assert f"from {MIN_BODIES} on" in PAGE


def test_the_sample_fits_the_sample_survey_and_shows_every_status() -> None:
    found = read_governance(ROOT / "data" / "samples" / "governance.toml", read_framework())
    assert {fact.status for each in found.projects for fact in each.facts} == {"verified", "claimed", "disputed"}
    assert [notice.code for notice in found.notices] == ["governance-contradiction"]
    survey = (ROOT / "data" / "samples" / "forum_survey.csv").read_text(encoding="utf-8")
    assert [each.project for each in found.projects if each.project not in survey] == ["Hydrotherapy pool timetable"]
