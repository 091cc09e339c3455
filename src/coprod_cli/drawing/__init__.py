"""Findings go in; pictures with their words and figures come out."""

from collections.abc import Callable

from coprod_cli.drawing import dimension_profile, parents_beside_practitioners, theme_stances, themes_by_project
from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.choosing import (
    Panel,
    choose_lead,
    choose_speaker,
    find_overall,
    list_panels,
    list_waves,
    name_files,
    name_panel,
    pick_profile,
    pick_scores,
    pick_themes,
    pick_told_themes,
)
from coprod_cli.drawing.parents_beside_practitioners import Pair, pair_scores, say_difference
from coprod_cli.drawing.theme_stances import say_people_and_parts
from coprod_cli.drawing.words import (
    COMMENTS,
    NO_FIGURE,
    NOT_ENOUGH,
    ROLE_WORDS,
    STANCE_WORDS,
    WITHHELD,
    is_withheld,
    name_dimension,
    name_role,
    quote_name,
    say_cell,
    say_count,
    say_people,
    say_range,
    start_sentence,
)
from coprod_cli.model.findings import Findings

CHARTS: dict[str, Callable[[Findings], tuple[Chart, ...]]] = {
    dimension_profile.KIND: dimension_profile.draw,
    parents_beside_practitioners.KIND: parents_beside_practitioners.draw,
    theme_stances.KIND: theme_stances.draw,
    themes_by_project.KIND: themes_by_project.draw,
}

__all__ = [
    "CHARTS",
    "COMMENTS",
    "NOT_ENOUGH",
    "NO_FIGURE",
    "ROLE_WORDS",
    "STANCE_WORDS",
    "WITHHELD",
    "Chart",
    "Pair",
    "Panel",
    "choose_lead",
    "choose_speaker",
    "draw_charts",
    "find_overall",
    "is_withheld",
    "list_panels",
    "list_waves",
    "name_dimension",
    "name_files",
    "name_panel",
    "name_role",
    "pair_scores",
    "pick_profile",
    "pick_scores",
    "pick_themes",
    "pick_told_themes",
    "quote_name",
    "say_cell",
    "say_count",
    "say_difference",
    "say_people",
    "say_people_and_parts",
    "say_range",
    "start_sentence",
]


def draw_charts(findings: Findings) -> tuple[Chart, ...]:
    """Every chart that the findings can carry, in the order of CHARTS; those with nothing to report are left out."""
    return tuple(chart for draw in CHARTS.values() for chart in draw(findings))
