"""Findings go in; sectors, weights and closed groups come out, as plain lists for results.json and rows for its CSV."""

from collections.abc import Iterator
from typing import Any

from coprod_cli.model.findings import Findings, SectorScore
from coprod_cli.reporting.numbers import RATIO_DECIMALS, SCORE_DECIMALS, count_people, round_value
from coprod_cli.telling import is_withheld, name_dimension

SECTOR_ROWS = (*SectorScore._fields[:4], "dimension_name", *SectorScore._fields[4:], "mark")


def list_sectors(findings: Findings) -> list[dict[str, Any]]:
    """How practitioners of each sector score each project; null where that is not told."""
    return [
        {
            "project": each.project,
            "wave": each.wave,
            "sector": each.sector,
            "dimension": each.dimension,
            **{name: round_value(getattr(each, name), SCORE_DECIMALS) for name in ("estimate", "low", "high")},
            "people": None if is_withheld(each.people) or not each.reportable else each.people,
            "reportable": each.reportable,
            "mark": "" if each.reportable else "c",
        }
        for each in findings.sectors
    ]


def list_sector_rows(findings: Findings) -> Iterator[tuple[str, ...]]:
    """The same as rows of SECTOR_ROWS; what is not told is empty."""
    for each in list_sectors(findings):
        numbers = ("" if each[name] is None else f"{each[name]}" for name in ("estimate", "low", "high", "people"))
        head = (each[name] for name in ("project", "wave", "sector", "dimension"))
        name = name_dimension(findings, each["dimension"])
        yield (*head, name, *numbers, "yes" if each["reportable"] else "no", each["mark"])


def list_weighting(findings: Findings) -> list[dict[str, Any]]:
    """How each round's people of one role were weighted."""
    return [
        {
            "role": each.role,
            "wave": each.wave,
            "margins": list(each.margins),
            "people": count_people(each.people),
            "effective": None if is_withheld(each.effective) else round_value(each.effective, SCORE_DECIMALS),
            "trimmed": count_people(each.trimmed),
            "largest": None if is_withheld(each.largest) else round_value(each.largest, RATIO_DECIMALS),
            "furthest": None if is_withheld(each.furthest) else round_value(each.furthest, RATIO_DECIMALS),
            "converged": each.converged,
        }
        for each in findings.weighting
    ]


def list_closed(findings: Findings) -> list[dict[str, Any]]:
    """The closed groups, and whether their size narrowed the ranges."""
    return [each._asdict() for each in findings.closed]
