"""The summary: one side of A4 that says what was found, what could come next, and what to keep in mind."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from coprod_cli.drawing import CHARTS, draw_charts
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reading import read_details
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.template_summary import tell
from coprod_cli.reporting.templates import write_report
from coprod_cli.reporting.texts import list_texts

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def read(findings: Findings) -> str:
    return " ".join(list_texts(tell(Material(findings)).sections))


def test_it_is_one_side_of_a4_also_with_everything_in_it(sample: Findings, comments_only: Findings) -> None:
    details = read_details(SAMPLES / "details.toml")
    whole = Material(sample, draw_charts(sample), details)
    for material in (whole, Material(comments_only, draw_charts(comments_only))):
        assert tell(material).look == "page"
        assert len(PdfReader(io.BytesIO(write_report(material, "summary", "pdf")[1])).pages) == 1


@pytest.mark.parametrize("projects", [6, 12])
def test_more_projects_stand_in_a_table_on_the_same_side(make_findings: Callable[..., Findings], projects: int) -> None:
    findings = make_findings([(f"Piece of joint work number {at}", 30, 20, 40 + at, 4) for at in range(projects)])
    pictures = CHARTS["theme_stances"](findings)  # the summary shows one of these
    content = write_report(Material(findings, pictures), "summary", "pdf")[1]
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert f"Piece of joint work number {projects - 1}" in " ".join(pages[0].extract_text().split())


def test_it_says_what_to_keep_in_mind(usual: Findings) -> None:
    words = read(usual)
    assert "They do not speak for everyone." in words
    assert "A machine sorted the comments. No person checked it." in words
    silent = replace(usual, bases=tuple(each._replace(commented=0) for each in usual.bases))
    assert "machine sorted" not in read(silent)


def test_it_gives_no_orders_to_a_computer_and_no_figures_for_researchers(usual: Findings) -> None:
    words = read(replace(usual, settings=Settings(audience="restricted")))
    assert "--" not in words
    assert "coprod " not in words
    assert "F1" not in words


def test_where_nothing_may_be_scored_it_says_what_would_be_needed(nothing_told: Findings) -> None:
    words = read(nothing_told)
    assert "No group was large enough, or asked enough, for a score." in words
    assert "Hear from more families about “" in words
