"""Findings go in; pictures with their words and figures come out."""

from collections.abc import Callable

from coprod_cli.drawing import (
    changes,
    closed_items,
    dimension_profile,
    parents_beside_practitioners,
    rung_chances,
    theme_stances,
    themes_by_project,
)
from coprod_cli.drawing.changes import draw_steps as draw_changes
from coprod_cli.drawing.chart import Chart
from coprod_cli.model.findings import Findings

CHARTS: dict[str, Callable[[Findings], tuple[Chart, ...]]] = {
    dimension_profile.KIND: dimension_profile.draw,
    parents_beside_practitioners.KIND: parents_beside_practitioners.draw,
    rung_chances.KIND: rung_chances.draw,
    changes.KIND: changes.draw,
    closed_items.KIND: closed_items.draw,
    theme_stances.KIND: theme_stances.draw,
    themes_by_project.KIND: themes_by_project.draw,
}

__all__ = ["CHARTS", "Chart", "draw_changes", "draw_charts"]


def draw_charts(findings: Findings) -> tuple[Chart, ...]:
    """Every chart that the findings can carry, in the order of CHARTS; those with nothing to report are left out."""
    return tuple(chart for draw in CHARTS.values() for chart in draw(findings))
