"""The tables of the output folder: of each its columns, what finds its rows and how its figures are shown."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.change_figures import CHANGES, list_change_rows
from coprod_cli.reporting.closed_items import CLOSED_ITEMS, list_closed_item_rows
from coprod_cli.reporting.papers import PAPERS, list_paper_rows
from coprod_cli.reporting.people import SECTOR_ROWS, list_sector_rows
from coprod_cli.reporting.quality_figures import QUALITY, SENSITIVITY, list_quality_rows, list_sensitivity_rows
from coprod_cli.reporting.quote_list import QUOTE_LIST, list_quote_rows
from coprod_cli.reporting.score_figures import (
    FLAGS,
    RUNGS,
    SCORES,
    THEMES,
    list_flag_rows,
    list_rung_rows,
    list_score_rows,
    list_theme_rows,
)
from coprod_cli.reporting.to_json import PARTS

# How a workbook shows a figure; a column without any holds words.
POINTS, RATIO, COUNT, DAY = "0.0", "0.000", "0", "yyyy-mm-dd"
_RANGE = dict.fromkeys(("estimate", "low", "high"), POINTS) | {"people": COUNT}
_BEFORE = ("before_limits", "low_before", "high_before", "plain_mean", "plain_low", "plain_high", "effective")


class DataTable(NamedTuple):
    """Columns, rows as words (an empty cell is withheld or not there), and the formats of columns of figures and days.

    title: of its sheet in a workbook, at most 31 letters.
    """

    title: str
    columns: tuple[str, ...]
    list_rows: Callable[[Findings], Iterable[tuple[str, ...]]]
    formats: Mapping[str, str] = MappingProxyType({})


TABLES: dict[str, DataTable] = {
    "scores": DataTable("Scores", SCORES, list_score_rows, _RANGE | dict.fromkeys(_BEFORE, POINTS)),
    "rungs": DataTable(
        "Rungs",
        RUNGS,
        list_rung_rows,
        dict.fromkeys(("chance", "said", "said_low", "said_high", "chance_before"), RATIO)
        | dict.fromkeys(("rung", "people", "said_people"), COUNT),
    ),
    "changes": DataTable(
        "Changes",
        CHANGES,
        list_change_rows,
        dict.fromkeys(("change", "low", "high"), POINTS)
        | dict.fromkeys(("probability_up", "probability_up_5", "false_discovery_rate"), RATIO)
        | dict.fromkeys(("people_before", "people_after", "people_both", "items"), COUNT),
    ),
    "flags": DataTable("Red flags", FLAGS, list_flag_rows),
    "sectors": DataTable("Sectors", SECTOR_ROWS, list_sector_rows, _RANGE),
    "themes": DataTable("Themes", THEMES, list_theme_rows, dict.fromkeys(PARTS, COUNT)),
    "closed_items": DataTable(
        "Closed questions",
        CLOSED_ITEMS,
        list_closed_item_rows,
        dict.fromkeys(("people", "first", "last", "percent"), COUNT),
    ),
    "quotes": DataTable("Quotes", QUOTE_LIST, list_quote_rows),
    "governance": DataTable("On paper", PAPERS, list_paper_rows, {"answer": DAY, "date": DAY}),
    "sensitivity": DataTable("Sensitivity", SENSITIVITY, list_sensitivity_rows, _RANGE),
    "quality": DataTable(
        "Quality",
        QUALITY,
        list_quality_rows,
        dict.fromkeys(("value", "low", "high"), RATIO) | {"people": COUNT},
    ),
}
