"""Findings go in; sectors, weights and closed groups come out, as plain lists for results.json and rows for its CSV."""

from collections.abc import Iterator
from typing import Any

from coprod_cli.model.findings import Findings, SectorScore
from coprod_cli.telling import is_withheld, name_dimension

SECTOR_ROWS = (*SectorScore._fields[:4], "dimension_name", *SectorScore._fields[4:], "mark")
_POINTS, _PARTS = 1, 3


def list_sectors(findings: Findings) -> list[dict[str, Any]]:
    """How practitioners of each sector score each project; null where that is not told."""
    return [
        {
            "project": each.project,
            "wave": each.wave,
            "sector": each.sector,
            "dimension": each.dimension,
            **{name: _round(getattr(each, name), _POINTS) for name in ("estimate", "low", "high")},
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
            "people": None if is_withheld(each.people) else each.people,
            "effective": _round(each.effective, _POINTS),
            "trimmed": None if is_withheld(each.trimmed) else each.trimmed,
            "largest": _round(each.largest, _PARTS),
            "furthest": _round(each.furthest, _PARTS),
            "converged": each.converged,
        }
        for each in findings.weighting
    ]


def list_closed(findings: Findings) -> list[dict[str, Any]]:
    """The closed groups, and whether their size narrowed the ranges."""
    return [each._asdict() for each in findings.closed]


def _round(value: float, decimals: int) -> float | None:
    return None if is_withheld(value) else round(float(value), decimals) + 0.0
