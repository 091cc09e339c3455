"""Recognised columns and their cells go in; the columns, where wordings of one question share its name, come out.

A survey that is routed by role asks parents and practitioners the same question in different words, each in a column
of its own. No form has both filled: together they are one question.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.cells import Column
from coprod_cli.reading.columns import match_anchor
from coprod_cli.reading.grid import Heading

_WHY = "; asked in several wordings, of which every form has one filled"


def join_routed(
    columns: Sequence[SurveyColumn], headings: Sequence[Heading], cells: Sequence[Column], framework: Framework
) -> tuple[SurveyColumn, ...]:
    """Columns that ask the same item or the same open question get one name, if no form has two of them filled."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        asked = _find_asked(column, heading, framework)
        if asked:
            groups.setdefault((asked, column.project, column.wave), []).append(place)
    joined = list(columns)
    for (asked, _, _), places in groups.items():
        if len(places) > 1 and _are_apart([cells[place] for place in places]):
            for place in places:
                joined[place] = dataclasses.replace(columns[place], name=asked, why=columns[place].why + _WHY)
    return tuple(joined)


def _find_asked(column: SurveyColumn, heading: Heading, framework: Framework) -> str:
    if column.kind is ColumnKind.ITEM:
        return column.item
    if column.kind in (ColumnKind.OPEN, ColumnKind.ANCHOR):
        anchor = match_anchor(heading, framework)
        return anchor.id if anchor else ""
    return ""


def _are_apart(columns: Sequence[Column]) -> bool:
    filled = np.stack([column.filled for column in columns]).sum(axis=0)
    return bool((filled <= 1).all())
