"""Findings go in; how far the answers bear the scores comes out as plain lists, and as rows for a spreadsheet."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from coprod_cli.model.findings import Findings, Variant
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS, count_people, round_value
from coprod_cli.telling import find_share_range, is_withheld

QUALITY = ("role", "measure", "of", "beside", "people", "base", "value", "low", "high", "mark")
# Who the people are that a figure rests on, each counted once.
_CLOSED = "answered any closed question"
BASES = {
    "alpha": "answered every question of the dimension",
    "item_rest": "answered every question of the dimension",
    "correlation": "said both",
    "comment_tilt": "answered closed questions and wrote comments",
    "acquiescence": "answered questions worded for and against on one dimension",
    "straight_liners": _CLOSED,
    "not_answered": _CLOSED,
    "left_empty": "were asked it and answered any closed question",
    "do_not_know": "were asked it and answered any closed question",
}
SENSITIVITY = ("project", "role", "wave", "variant", "variant_name", "estimate", "low", "high", "people")
Row = tuple[str, ...]


def list_quality(findings: Findings) -> dict[str, Any]:
    """Reliability, correlations, habits and what was not answered, each role by itself; null for what is withheld."""
    quality = findings.quality
    return {
        "alphas": [
            {
                **_round_all(each._asdict(), ("alpha", "low", "high"), RATIO_DECIMALS),
                "people": count_people(each.people),
                "item_rest": [
                    _round_all(rest._asdict(), ("r", "low", "high"), RATIO_DECIMALS) for rest in each.item_rest
                ],
            }
            for each in quality.alphas
        ],
        "correlations": [
            {**_round_all(each._asdict(), ("r", "low", "high"), RATIO_DECIMALS), "people": count_people(each.people)}
            for each in quality.correlations
        ],
        "habits": [
            {
                **_round_all(
                    _round_all(each._asdict(), ("missing", "missing_low", "missing_high"), RATIO_DECIMALS),
                    ("tilt", "tilt_low", "tilt_high", "acquiescence", "acquiescence_low", "acquiescence_high"),
                    SCORE_DECIMALS,
                ),
                **{
                    name: count_people(getattr(each, name))
                    for name in ("people", "commenters", "straight_liners", "acquiescence_people")
                },
            }
            for each in quality.habits
        ],
        "unanswered": [
            {
                **_round_all(each._asdict(), ("left", "unknown"), RATIO_DECIMALS),
                **_list_ends(findings, "left", each.left, each.people),
                **_list_ends(findings, "unknown", each.unknown, each.people),
                "people": count_people(each.people),
            }
            for each in quality.unanswered
        ],
    }


def list_sensitivity(findings: Findings) -> list[dict[str, Any]]:
    """The overall scores under other conventions; the first of each project, role and round is as it was scored."""
    return [
        {**_round_all(each._asdict(), ("estimate", "low", "high"), SCORE_DECIMALS), "people": count_people(each.people)}
        for each in findings.variants
    ]


def list_sensitivity_rows(findings: Findings) -> Iterator[Row]:
    """Rows of sensitivity.csv, with SENSITIVITY columns."""
    for each in findings.variants:
        numbers = (each.estimate, each.low, each.high)
        yield (*_head(each), *(_show(value, SCORE_DECIMALS) for value in numbers), _show_count(each.people))


def list_quality_rows(findings: Findings) -> Iterator[Row]:
    """Rows of quality.csv, with QUALITY columns: one a role, measure and what it is of."""
    quality, blank = findings.quality, math.nan
    for alpha in quality.alphas:
        yield _write("alpha", alpha.role, alpha.dimension, alpha.people, (alpha.alpha, alpha.low, alpha.high))
        for rest in alpha.item_rest:
            yield _write("item_rest", alpha.role, rest.item, alpha.people, rest[1:])
    for pair in quality.correlations:
        row = _write("correlation", pair.role, pair.first, pair.people, (pair.r, pair.low, pair.high))
        yield (*row[:3], pair.second, *row[4:])
    for habit in quality.habits:
        tilt = (habit.tilt, habit.tilt_low, habit.tilt_high)
        lean = (habit.acquiescence, habit.acquiescence_low, habit.acquiescence_high)
        straight = math.nan if is_withheld(habit.straight_liners) else habit.straight_liners
        yield _write("comment_tilt", habit.role, "", habit.commenters, tilt)
        yield _write("acquiescence", habit.role, "", habit.acquiescence_people, lean)
        yield _write("straight_liners", habit.role, "", habit.people, (straight, blank, blank))
        missing = (habit.missing, habit.missing_low, habit.missing_high)
        yield _write("not_answered", habit.role, "", habit.people, missing)
    for gap in quality.unanswered:
        mark = "many" if gap.much else ""
        for measure, share in (("left_empty", gap.left), ("do_not_know", gap.unknown)):
            ends = find_share_range(findings, share, gap.people)
            yield (*_write(measure, gap.role, gap.item, gap.people, (share, *ends))[:-1], mark)


def _head(each: Variant) -> Row:
    return each.project, each.role, each.wave, each.variant, each.name


def _write(measure: str, role: str, of: str, people: int, values: Iterable[float]) -> Row:
    figures = (_show(value, RATIO_DECIMALS) for value in values)
    return role, measure, of, "", _show_count(people), BASES[measure], *figures, ""


def _show(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else f"{round(value, decimals) + 0.0:.{decimals}f}"


def _show_count(people: int) -> str:
    return "" if is_withheld(people) else f"{people}"


def _list_ends(findings: Findings, name: str, share: float, people: int) -> dict[str, float | None]:
    low, high = find_share_range(findings, share, people)
    return {f"{name}_low": round_value(low, RATIO_DECIMALS), f"{name}_high": round_value(high, RATIO_DECIMALS)}


def _round_all(values: dict[str, Any], names: Iterable[str], decimals: int) -> dict[str, Any]:
    return values | {name: round_value(values[name], decimals) for name in names}
