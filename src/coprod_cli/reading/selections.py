"""Headings and columns go in; the same with every question of ticked choices as one column come out.

Survey tools write "tick all that apply" as one column for each choice, with a mark, a yes or the choice itself in it;
as one cell with all choices; or both. A single choice, too, may be spread over a column for each choice. Blank is not
"no": a form that ticked nothing has an empty cell.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from coprod_cli.reading.cells import Column
from coprod_cli.reading.choices import Choices, asks_for_several, count_parts, find_choices, says_tick_all
from coprod_cli.reading.column_rules import (
    ASKS_FOR_WORDS,
    COMMENT,
    OTHER_TEXT,
    Cells,
    are_choices,
    are_listed_choices,
)
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading
from coprod_cli.reading.tick_boxes import Boxes, find_boxes, find_ticks
from coprod_cli.reading.wording import make_key

_MOST_DISTINCT_UNASKED = 2_000
_LONGEST_CHOICE = 120
_FEW_CHOICES, _OFTEN, _NEARLY_ALL = 15, 4, 0.95
_FEW_WHOLE = 3
_WHOLE_NUMBER = re.compile(r"\d+")
_CODE_END = re.compile(r"[^_\[(/.#:]*$")


def gather_choices(
    headings: Sequence[Heading], columns: Sequence[Column], separator: str
) -> tuple[tuple[Heading, ...], tuple[Column, ...]]:
    """The headings and columns, where every question of ticked choices is one column.

    Its cells hold the ticked choices with BETWEEN_CHOICES between them, in the order of the boxes or of the cell, and
    its heading is `several`. Boxes of which nobody ticked two become an ordinary column with the choice as its cell.
    Text beside "Other" stays a column of its own: words of one's own are no choice. Nothing else is changed.

    Args:
        headings: what stands over each column.
        columns: the forms' cells, one column for each heading.
        separator: what the survey tool puts between choices in one cell, "" when that is not known.
    """
    groups = [*find_boxes(headings, columns)]
    firsts = {group.first: group for group in groups}
    within = {place for group in groups for place in (*group.places, group.joined)}
    found: list[tuple[Heading, Column]] = []
    joined: set[int] = set()
    for place, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if place in firsts:
            joined.add(len(found))
            found.append(_join_boxes(firsts[place], headings, columns))
        elif place not in within:
            found.append(_part_cells(heading, column, separator))
    return _name_rows([heading for heading, _ in found], joined), tuple(column for _, column in found)


def find_left_whole(heading: Heading, column: Column) -> frozenset[str]:
    """The cells of a column, as gather_choices gives it, that may hold several choices and were left as one."""
    cells = column.count_cells()
    choices: Counter[str] = Counter()
    for cell, count in cells.items():
        for choice in cell.split(BETWEEN_CHOICES):
            choices[choice] += count
    found = find_choices(choices, several=heading.several or asks_for_several(make_key(heading.text))).whole
    # What comes again and again by itself is a name, whatever stands in it.
    whole = {cell for cell in found if choices[cell] < _FEW_WHOLE}
    return frozenset(cell for cell in cells if whole.intersection(cell.split(BETWEEN_CHOICES)))


def _join_boxes(boxes: Boxes, headings: Sequence[Heading], columns: Sequence[Column]) -> tuple[Heading, Column]:
    ticked = np.array([find_ticks(label, columns[at]) for label, at in zip(boxes.labels, boxes.places, strict=True)])
    first, stem = headings[boxes.places[0]], boxes.stem
    several = asks_for_several(make_key(stem)) or bool((ticked.sum(axis=0) > 1).any())
    header, code = stem or first.header, _share_code([headings[place].code for place in boxes.places])
    if boxes.joined is not None:
        header, code = headings[boxes.joined].header, headings[boxes.joined].code
    heading = Heading(
        position=headings[boxes.first].position,
        header=header,
        text=stem,
        stem=stem,
        code=code,
        several=several,
        block=first.block,
        about=first.about,
    )
    return heading, _join_ticks(boxes.labels, ticked)


def _join_ticks(labels: Sequence[str], ticked: npt.NDArray[np.bool_]) -> Column:
    """One column of the labels ticked in each row."""
    packed = np.ascontiguousarray(np.packbits(ticked, axis=0).T)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, firsts, codes = np.unique(rows, return_index=True, return_inverse=True)
    values = []
    for row in firsts.tolist():
        chosen = (label for label, tick in zip(labels, ticked[:, row].tolist(), strict=True) if tick)
        values.append(BETWEEN_CHOICES.join(dict.fromkeys(chosen)))
    return Column(tuple(values), codes.astype(np.int32))


def _share_code(codes: Sequence[str]) -> str:
    """The tool's name of the question that its boxes' names share: 'Q6' of 'Q6_1' and 'Q6_2'."""
    if len(set(codes)) == 1:
        return codes[0]
    shared = next((place for place, each in enumerate(zip(*codes, strict=False)) if len(set(each)) > 1), None)
    return _CODE_END.sub("", min(codes, key=len)[:shared]).rstrip("_[(/.#: ")


def _part_cells(heading: Heading, column: Column, separator: str) -> tuple[Heading, Column]:
    """A column whose cells may hold several choices, taken apart where they do."""
    found = _find_lists(heading, column, separator)
    if found is None:
        return heading, column
    changed = column.change(lambda cell: BETWEEN_CHOICES.join(found.parts.get(cell.strip(), (cell.strip(" ;"),))))
    return heading._replace(several=True), changed


def _find_lists(heading: Heading, column: Column, separator: str) -> Choices | None:
    """The choices in the cells of a column; None where it is no question of ticked choices."""
    if heading.several and any(BETWEEN_CHOICES in cell for cell in column.values):
        return Choices({}, frozenset())
    asks = says_tick_all(make_key(heading.text))
    if heading.hint or not (heading.several or asks or _may_be_listed(heading, column)):
        return None
    cells = column.count_cells()
    # Microsoft Forms ends a cell of ticked choices with a semicolon, and nobody else does.
    ended = bool(cells) and all(cell.endswith(";") for cell in cells)
    if ended or heading.several:
        between = ";" if ended else separator or _guess_separator(cells)
        return find_choices(cells, several=True, separators=[between], sure=True)
    if not _look_chosen(cells):
        return None
    separators = [separator, *([";"] if separator.strip() == "," else [])] if separator.strip() else None
    found = find_choices(cells, several=asks_for_several(make_key(heading.text)), separators=separators)
    return found if asks or not all(map(_WHOLE_NUMBER.fullmatch, chain(*found.parts.values()))) else None


def _may_be_listed(heading: Heading, column: Column) -> bool:
    """Whether a column that does not ask for several may hold lists all the same: no words of people's own."""
    asked = make_key(heading.text)
    if len(column.values) > _MOST_DISTINCT_UNASKED:
        return False
    if any(rule.search(asked) for rule in (COMMENT, OTHER_TEXT)):
        return False
    return not ASKS_FOR_WORDS.search(asked) or _hold_few_choices(column.count_cells())


def _hold_few_choices(cells: Counter[str]) -> bool:
    """Whether the same few parts come in many cells, and hardly anything else: 'Why ...?' may list reasons."""
    parts = count_parts(cells)
    again = {part: count for part, count in parts.items() if count >= _OFTEN}
    listed = sum(count for cell, count in cells.items() if any(mark in cell for mark in (", ", ";")))
    often = sum(again.values()) >= _NEARLY_ALL * parts.total()
    return 1 < len(again) <= _FEW_CHOICES and often and listed >= _OFTEN * 2


def _guess_separator(cells: Counter[str]) -> str:
    return ";" if any(";" in cell for cell in cells) else ", " if any(", " in cell for cell in cells) else ","


def _look_chosen(cells: Counter[str]) -> bool:
    """Whether these are choices, or lists of them, and no words of people's own."""
    told = Cells(cells)
    short = all(len(part) <= _LONGEST_CHOICE for cell in cells for part in re.split("[;,]", cell))
    return short and (are_choices(told) or are_listed_choices(told))


def _name_rows(headings: Sequence[Heading], joined: Collection[int]) -> tuple[Heading, ...]:
    """The headings, where joined boxes of a grid's rows ('question - row') have the row as their part again."""
    named = list(headings)
    for place in joined:
        stem, _, part = headings[place].text.rpartition(" - ")
        beside = [headings[each].text for each in (place - 1, place + 1) if each in joined]
        if stem and part and any(text.rpartition(" - ")[0] == stem for text in beside):
            named[place] = headings[place]._replace(stem=stem.strip(), part=part.strip())
    return tuple(named)
