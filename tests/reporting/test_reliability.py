"""How often the machine is right is never told of themes on which it was not measured."""

import math
from dataclasses import replace

import pytest

from coprod_cli.model.findings import LEARNT, Findings
from coprod_cli.reporting.reliability import say_rates


@pytest.fixture
def measured(usual: Findings) -> Findings:
    """Every theme measured."""
    themes = tuple(each._replace(f1=0.8, precision=0.75, recall=0.5) for each in usual.coder.themes)
    return replace(usual, coder=usual.coder._replace(themes=themes))


def keep(findings: Findings, count: int) -> Findings:
    coder = findings.coder
    kept = tuple(
        each if at < count else each._replace(f1=math.nan, precision=math.nan, recall=math.nan)
        for at, each in enumerate(coder.themes)
    )
    return replace(findings, coder=coder._replace(themes=kept, engine=LEARNT))


def test_figures_of_all_themes_are_told_as_such(measured: Findings) -> None:
    told = say_rates(measured, past=True)
    assert told.startswith("On made-up answers, it was right about 3 of 4 times when it named a theme")
    assert "too few" not in told


def test_figures_of_one_theme_say_that_they_are(measured: Findings) -> None:
    of = len(measured.coder.themes)
    told = say_rates(keep(measured, 1), past=True)
    name = measured.framework.theme(measured.coder.themes[0].theme).name
    assert f"measured for only 1 of the {of} themes that it codes (“{name}”): there, on hand-coded answers, it" in told
    assert f"For the other {of - 1} there are too few of these to say." in told
    assert "“" not in say_rates(keep(measured, of - 1), past=False)
    assert "For the other one there are too few" in say_rates(keep(measured, of - 1), past=False)


def test_without_any_figure_nothing_is_told(measured: Findings) -> None:
    assert not say_rates(keep(measured, 0), past=True)


def test_a_theme_that_was_never_named_spoils_no_mean(measured: Findings) -> None:
    first, *others = measured.coder.themes
    themes = (first._replace(precision=math.nan, recall=0.0, f1=0.0), *others)
    told = say_rates(replace(measured, coder=measured.coder._replace(themes=themes)), past=True)
    assert "right about 3 of 4 times" in told
