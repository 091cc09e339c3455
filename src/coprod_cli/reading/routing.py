"""Recognised columns and their cells go in; the columns, where several ask the same question, named alike, come out.

A survey that is routed by role asks parents and practitioners the same thing in different words, each in a column of
its own; no form has both filled. A survey of several projects or rounds asks the same of each; every block of columns
is read by itself.
"""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.cells import Column
from coprod_cli.reading.columns import match_anchor
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_key

_WHY = "; asked in several wordings, of which every form has one filled"
# By a slip of the routing, or typed in from paper.
MOST_TWICE = 0.05
_ASKED = (ColumnKind.ITEM, ColumnKind.OPEN, ColumnKind.ANCHOR)


def label_columns(columns: Sequence[SurveyColumn], headings: Sequence[Heading]) -> tuple[SurveyColumn, ...]:
    """The columns with what their headings know: which project or round they are about, and whether they hold lists."""
    return tuple(
        dataclasses.replace(
            column,
            several=heading.several,
            project=heading.block if heading.about == "project" else "",
            wave=heading.block if heading.about == "wave" else "",
        )
        for column, heading in zip(columns, headings, strict=True)
    )


def join_routed(
    columns: Sequence[SurveyColumn],
    headings: Sequence[Heading],
    cells: Sequence[Column],
    given: Mapping[int, str],
    framework: Framework,
) -> tuple[tuple[SurveyColumn, ...], list[Told]]:
    """Columns that ask the same get one name, if about different projects or rounds, or hardly ever both filled.

    Args:
        columns: as recognised, each with a name of its own.
        headings: what stands over them.
        cells: the forms' cells.
        given: names that the mapping file gives, by place.
        framework: whose open questions and items may be asked in several wordings.
    """
    groups: dict[str, list[int]] = {}
    for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        asked = given.get(place, "") or _find_asked(column, heading, framework)
        if column.kind in _ASKED and asked:
            groups.setdefault(asked, []).append(place)
    joined = list(columns)
    both = 0
    for asked, places in groups.items():
        if len(places) < 2:  # noqa: PLR2004  # one column alone has its name
            continue
        name = columns[places[0]].name if asked.startswith("\x1f") else asked
        blocks: dict[tuple[str, str], list[int]] = {}
        for place in places:
            blocks.setdefault((columns[place].project, columns[place].wave), []).append(place)
        for within in blocks.values():
            twice = _count_twice([cells[place] for place in within])
            apart = len(within) > 1 and twice is not None
            both += twice or 0
            # Of several that ask different things in one block, the surest takes part; alone, none gives up its name.
            surest = max(within, key=lambda place: (columns[place].certainty, -place))
            for place in within if apart else [surest] * (len(blocks) > 1):
                why = columns[place].why + _WHY * apart
                joined[place] = dataclasses.replace(columns[place], name=name, why=why)
    return tuple(joined), [Told("wordings_both", both)] if both else []


def _find_asked(column: SurveyColumn, heading: Heading, framework: Framework) -> str:
    """What tells that two columns ask the same: the framework's item or question, or within blocks their words."""
    if column.kind is ColumnKind.ITEM and column.item:
        return column.item
    if column.kind in (ColumnKind.OPEN, ColumnKind.ANCHOR):
        anchor = match_anchor(heading, framework)
        if anchor:
            return anchor.id
    return f"\x1f{column.kind}\x1f{make_key(heading.text)}" if column.project or column.wave else ""


def _count_twice(columns: Sequence[Column]) -> int | None:
    """How many forms have two of these columns filled; None where so many do that the columns ask different things."""
    filled = np.stack([column.filled for column in columns]).sum(axis=0)
    twice = int((filled > 1).sum())
    return twice if twice <= MOST_TWICE * int((filled > 0).sum()) else None
