"""How people answered closed questions goes in; plain lists for results.json and rows for its CSV come out."""

from collections.abc import Iterator
from typing import Any

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.numbers import count_people
from coprod_cli.telling import name_dimension, name_part

CLOSED_ITEMS = (
    "project",
    "role",
    "wave",
    "item",
    "asked",
    "dimension",
    "dimension_name",
    "bad_high",
    "people",
    "first",
    "last",
    "answer",
    "percent",
)


def list_closed_items(findings: Findings) -> list[dict[str, Any]]:
    """One object a project, role, round and question; an empty project stands for all together."""
    return [
        {
            "project": each.project,
            "role": each.role,
            "wave": each.wave,
            "item": each.item,
            "dimension": each.dimension,
            "labels": list(each.labels),
            "bad_high": each.bad_high,
            "people": count_people(each.people),
            "parts": [{**part._asdict(), "answer": name_part(each, part)} for part in each.parts],
            "counts": list(each.counts) or None,
        }
        for each in findings.spreads
    ]


def list_closed_item_rows(findings: Findings) -> Iterator[tuple[str, ...]]:
    """The same as rows of CLOSED_ITEMS, one for each part that is told."""
    asked = {each.name: each.text for each in findings.questions}
    for each in list_closed_items(findings):
        names = {"asked": asked.get(each["item"], ""), "dimension_name": name_dimension(findings, each["dimension"])}
        people = "" if each["people"] is None else str(each["people"])
        whole = {**each, **names, "people": people, "bad_high": "yes" if each["bad_high"] else "no"}
        yield from (tuple(str({**whole, **part}[column]) for column in CLOSED_ITEMS) for part in each["parts"])
