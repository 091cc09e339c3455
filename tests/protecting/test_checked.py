"""What came of people's codes gives away no count that the tables withhold."""

from collections.abc import Callable
from dataclasses import replace
from math import nan

import pytest

from coprod_cli.model.checked import Checked, CheckedShare, CheckedTheme
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import ThemeCount, table
from coprod_cli.protecting.checked import show_checked

MakeFindings = Callable[..., Findings]
KNOWN = CheckedTheme("trust", 23, 21, 0.713, 0.52, 0.87, 0.652, 0.44, 0.81, 0.68, 0.5, 0.8)
EXACT = Checked(
    answers=211,
    by_hand=62,
    drawn=58,
    effective=52,
    coders=("person",),
    themes=(CheckedTheme("", 60, 58), KNOWN, CheckedTheme("openness", 3, 4)),
    shares=tuple(CheckedShare("parent", "", theme, 0.2345, 0.2789, 0.2, 0.35) for theme in ("trust", "openness")),
)


def count(theme: str, people: float) -> ThemeCount:
    return ThemeCount("", "parent", "", theme, people, nan, nan, nan, nan, 60.0)


@pytest.fixture
def shown(make_findings: MakeFindings) -> Checked:
    limits = make_findings().framework.thresholds_for("public")
    return show_checked(EXACT, table([count("trust", 23), count("openness", nan)], ThemeCount), limits, counted=True)


def test_numbers_and_rates_are_rounded(shown: Checked) -> None:
    assert (shown.answers, shown.by_hand, shown.drawn, shown.effective, shown.rounded_to) == (210, 60, 60, 50, 5)
    trust = shown.themes[1]
    assert (trust.found, trust.named, trust.precision, trust.recall) == (25, 20, 0.7, 0.65)


def test_of_themes_with_too_few_answers_nothing_is_told(shown: Checked) -> None:
    assert [(each.found, each.named) for each in shown.themes if each.theme == "openness"] == [(-1, -1)]


def test_a_share_is_told_only_where_the_tables_tell_of_the_theme(shown: Checked) -> None:
    assert [(each.theme, each.share) for each in shown.shares] == [("trust", 0.28)]


def test_beside_an_earlier_report_no_number_is_told(make_findings: MakeFindings) -> None:
    findings = make_findings()
    limits = findings.framework.thresholds_for("public")
    hidden = show_checked(EXACT, findings.themes, limits, counted=False)
    assert hidden == Checked(-1, -1, 5, ("person",), drawn=-1)
    assert show_checked(replace(EXACT, by_hand=0), findings.themes, limits, counted=False).by_hand == 0
