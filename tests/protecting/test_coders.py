"""How far people who coded agree gives away no count that the tables withhold."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.model.coders import CodersAgreement, CodersFigures
from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Thresholds
from coprod_cli.protecting.coders import show_coders

FIGURES = (0.91, 0.83, 0.97, 0.713, 0.52, 0.87, 0.7, 0.5, 0.86, 0.888, 0.8, 0.95)
EXACT = CodersAgreement(
    ("person 1", "person 2"),
    answers=62,
    same=41,
    people=38,
    figures=(
        CodersFigures("theme", "mean", "", 57, 36, *FIGURES),
        CodersFigures("theme", "each", "trust", 23, 17, *FIGURES),
        CodersFigures("theme", "each", "openness", 12, 9, *FIGURES),
    ),
)


@pytest.fixture
def limits(make_findings: Callable[..., Findings]) -> Thresholds:
    return make_findings().framework.thresholds_for("public")


def test_numbers_and_figures_are_rounded(limits: Thresholds) -> None:
    shown = show_coders(EXACT, limits, counted=True)
    assert (shown.answers, shown.same, shown.people, shown.rounded_to) == (60, 40, 40, 5)
    trust = shown.figures[1]
    assert (trust.found, trust.people, trust.agreement, trust.alpha, trust.ac1) == (25, 15, 0.9, 0.7, 0.9)


def test_a_range_is_never_told_narrower_than_it_is(limits: Thresholds) -> None:
    trust = show_coders(EXACT, limits, counted=True).figures[1]
    assert (trust.agreement_low, trust.agreement_high, trust.alpha_low, trust.alpha_high) == (0.8, 1.0, 0.5, 0.9)
    assert (trust.ac1_low, trust.ac1_high) == (0.8, 0.95)


def test_of_a_theme_in_few_people_s_answers_nothing_is_told(limits: Thresholds) -> None:
    assert [each.theme for each in show_coders(EXACT, limits, counted=True).figures] == ["", "trust"]


def test_where_few_people_wrote_them_or_beside_an_earlier_report_no_number_is_told(limits: Thresholds) -> None:
    nothing = CodersAgreement(EXACT.coders, -1, -1, -1, 5)
    assert show_coders(EXACT, limits, counted=False) == nothing
    assert show_coders(replace(EXACT, people=9), limits, counted=True) == nothing
    assert show_coders(CodersAgreement(), limits, counted=False) == CodersAgreement()
