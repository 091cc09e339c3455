"""What a project's page says of its score: what holds it down, what it would be, what it rests on."""

import html
from dataclasses import replace

import pytest

from coprod_cli.drawing import rung_chances
from coprod_cli.model.findings import Findings, Provenance, SectorScore, Settings
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting import OUTPUTS, Material
from coprod_cli.reporting.document import Document
from coprod_cli.reporting.story_of_method import tell_measuring
from coprod_cli.reporting.story_of_sectors import tell_sectors
from coprod_cli.reporting.template_research import tell as tell_research
from coprod_cli.reporting.to_markdown import write_markdown

PROJECT = "Autism assessment pathway"
HELD = (
    "The score is held to 15 points above its weakest dimension at the heart of co-production, “Making a difference”: "
    "24 (likely range 13 to 35; about 30 people). The plain weighted mean would be 52 (likely range 46 to 58)."
)
LOW = "Several dimensions at the heart of co-production are low together, so this score reads low"


def write(findings: Findings, name: str = "report.html") -> str:
    return html.unescape(OUTPUTS[name](Material(findings)).decode("utf-8"))


def change(findings: Findings, dimension: str, **values: str | float) -> Findings:
    """The findings with another score of parents on one dimension of the project."""
    scores = findings.scores.copy()
    row = (scores["project"] == PROJECT) & (scores["role"] == "parent") & (scores["dimension"] == dimension)
    for name, value in values.items():
        scores.loc[row, name] = value
    return replace(findings, scores=scores)


@pytest.fixture
def held(usual: Findings) -> Findings:
    plain: dict[str, str | float] = {"weakest": "influence", "plain_mean": 52.0, "plain_low": 46.0, "plain_high": 58.0}
    return change(usual, OVERALL, estimate=39.0, low=30.0, high=50.0, **plain)


def test_what_holds_a_score_down_is_said_with_what_it_would_be(usual: Findings, held: Findings) -> None:
    assert HELD in write(held)
    assert "plain weighted mean" not in write(usual)
    hardly = change(held, OVERALL, plain_mean=39.4)
    assert "plain weighted mean" not in write(hardly), "less than a point is not worth a sentence"


def test_a_score_is_said_to_read_low_only_where_several_dimensions_are_low_together(held: Findings) -> None:
    assert LOW in write(held), "the ranges of others reach down to 24"
    apart = held
    for dimension in ("start", "power", "heard"):
        apart = change(apart, dimension, estimate=60.0, low=50.0, high=70.0)
    assert LOW not in write(apart)
    assert HELD in write(apart)
    free = change(held, OVERALL, weakest="")
    assert LOW not in write(free)


def test_where_a_fact_holds_the_score_still_lower_both_are_told(held: Findings) -> None:
    limited = change(held, OVERALL, estimate=20.0, low=20.0, high=20.0, before_limits=39.0)
    assert "Before that, the score was held to 15 points above its weakest dimension" in write(limited)


def test_the_effective_number_of_people_is_told_where_people_were_weighted(usual: Findings) -> None:
    def tell(findings: Findings) -> str:
        return write_markdown(tell_research(Material(findings))).decode()

    told = tell(change(usual, OVERALL, effective=20.0))
    assert "Effective people: how many of equal weight would tell as much" in told
    assert "Effective people" not in tell(usual)


def test_the_ladder_tells_the_people_of_each_of_its_figures(usual: Findings) -> None:
    asked = replace(usual, rungs=usual.rungs.assign(said=0.5, said_people=25))
    chart = rung_chances.draw(asked)[0]
    assert chart.subtitle.endswith("what people chose when they were asked: of about 25 people who chose one.")


def test_small_numbers_are_not_called_exact_where_they_are_not(usual: Findings) -> None:
    def tell(findings: Findings) -> str:
        return write_markdown(Document("t", "s", None, (tell_measuring(findings),), "f")).decode()

    for audience in ("public", "restricted"):
        words = tell(replace(usual, settings=Settings(audience=audience)))
        assert "All other numbers are exact" not in words
        assert "whole survey, are exact where they are shown" in words
    assert "those of the whole survey are rounded or not shown" in tell(replace(usual, totals_step=5))
    told = Provenance("0", (), "", "", "", previous_sha256=("a" * 64,))
    assert "its numbers are told as they were, or not at all" in tell(replace(usual, provenance=told))


def test_the_summary_says_how_well_themes_are_found_without_a_list_of_figures(usual: Findings) -> None:
    summary = write(usual, "summary.md")
    assert "right about 7 of 10 times when it named a theme, and found about 3 of 5 of those there" in summary
    assert "F1" not in summary


def test_sectors_use_the_marks_of_every_other_table(usual: Findings) -> None:
    told = SectorScore(PROJECT, "", "health", OVERALL, 50.0, 40.0, 60.0, 15, reportable=True)
    withheld = told._replace(dimension="power", estimate=float("nan"), people=-1, reportable=False)
    other = told._replace(sector="council", dimension="power")
    sections = tell_sectors(replace(usual, sectors=(told, withheld, other)))
    words = write_markdown(Document("t", "s", None, sections, "f")).decode().replace("\\", "")
    assert "| Sharing decisions | [c] | 50 (40 to 60), about 15 people |" in words
    assert "| Overall | 50 (40 to 60), about 15 people | [low] |" in words
