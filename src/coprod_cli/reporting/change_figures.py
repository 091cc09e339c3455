"""Changes between rounds go in; their figures, as plain lists and as rows for a spreadsheet, come out."""

from collections.abc import Iterator, Sequence
from typing import Any

from coprod_cli.model.comparison import Change
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS, count_people, round_value
from coprod_cli.reporting.story_of_changes import RoundsReleased
from coprod_cli.telling import find_false_discovery_rates, list_tested, mark_why, name_dimension

CHANGES = (
    "project",
    "role",
    "dimension",
    "dimension_name",
    "before",
    "after",
    "change",
    "low",
    "high",
    "probability_up",
    "probability_up_5",
    "people_before",
    "people_after",
    "people_both",
    "linked",
    "items",
    "narrowed",
    "basis",
    "verdict",
    "false_discovery_rate",
    "why_not",
    "mark",
)


def list_changes(told: RoundsReleased) -> list[dict[str, Any]]:
    """One object a change, in the order of the changes; what may not be said is null."""
    rates = _find_rates(told)
    return [
        {
            "project": each.project,
            "role": each.role,
            "dimension": each.dimension,
            "before": each.before,
            "after": each.after,
            **_list_numbers(each, rate),
            "people_before": count_people(each.people_before),
            "people_after": count_people(each.people_after),
            "people_both": count_people(each.people_both),
            "linked": each.linked,
            "items": each.items,
            "narrowed": each.narrowed,
            "basis": each.basis or None,
            "verdict": each.verdict or None,
            "why_not": each.why_not or None,
            "mark": mark_why(each.why_not),
        }
        for each, rate in zip(told.changes, rates, strict=True)
    ]


def list_change_rows(told: RoundsReleased) -> Iterator[tuple[str, ...]]:
    """The same as rows of CHANGES; what may not be said is empty."""
    for each in list_changes(told):
        named = {**each, "dimension_name": name_dimension(told, each["dimension"])}
        yield tuple(show_value(named[column]) for column in CHANGES)


def show_value(value: object) -> str:
    """A value of JSON as a cell: yes and no, and nothing for null."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _list_numbers(each: Change, rate: float | None) -> dict[str, float | None]:
    """The figures of one change, rounded; the rate of false finds comes last."""
    return {
        "change": round_value(each.change, SCORE_DECIMALS),
        "low": round_value(each.low, SCORE_DECIMALS),
        "high": round_value(each.high, SCORE_DECIMALS),
        "probability_up": round_value(each.probability_up, RATIO_DECIMALS),
        "probability_up_5": round_value(each.probability_up_5, RATIO_DECIMALS),
        "false_discovery_rate": None if rate is None else round(rate, RATIO_DECIMALS),
    }


def _find_rates(told: RoundsReleased) -> Sequence[float | None]:
    """For each change the rate of false finds; None where nothing was tested."""
    rates = iter(find_false_discovery_rates(list_tested(told.changes), told.framework.scoring.draws))
    return [None if each.why_not else next(rates) for each in told.changes]
