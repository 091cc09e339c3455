"""Headings and columns go in; which columns are the boxes to tick of one question comes out.

The survey tool's format may say so (`Heading.choice`); else the cells show it: they repeat what stands over the box, or
hold nothing but marks.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, Mask
from coprod_cli.reading.choices import part_cell, says_tick_all
from coprod_cli.reading.column_rules import HEADER_RULES, OTHER_TEXT
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.wording import make_cell_key, make_key

_MARKS = frozenset({
    "x", "✓", "✔", "☑", "☒", "v", "checked", "ticked", "selected", "true", "wahr", "vrai",
    "unchecked", "not checked", "unticked", "not selected", "unselected", "false", "falsch", "faux", "☐",
})  # fmt: skip
_YES_OR_NO = frozenset({"yes", "y", "no", "n"})
_BITS = frozenset({"1", "0"})
_NOT_SHOWN = frozenset({"n/a", "na", "n.a"})
_NOT_TICKED = frozenset({
    "0", "no", "n", "false", "falsch", "faux", "unchecked", "not checked", "unticked", "not selected", "unselected",
    "☐", "-", *_NOT_SHOWN,
})  # fmt: skip
_LEAST_BOXES = 2
_MOST_MARKS = 100
_CUT = re.compile(r"\s+[-|]\s+|[?:]\s+|/|\s+\((?=[^()]*\)$)|_{2,3}")
_CODE_PARTS = re.compile(r"[/_\[(]")
_TICKABLE = (ColumnKind.ROLE, ColumnKind.PROJECT)


class Boxes(NamedTuple):
    """The boxes of one question.

    places: where they stand; labels: what each says; stem: the question, "" where there is none; joined: the place of a
    column that holds the same choices once more, in one cell, if there is one.
    """

    places: tuple[int, ...]
    labels: tuple[str, ...]
    stem: str
    joined: int | None = None

    @property
    def first(self) -> int:
        """The first place of them all."""
        return min(self.places) if self.joined is None else min(*self.places, self.joined)


class _Looks(Enum):
    """What the cells of a box to tick look like. LABEL: they repeat what the box says."""

    EMPTY = "empty"
    LABEL = "label"
    MARK = "mark"
    YES = "yes"
    YES_OR_NO = "yes or no"
    ONE = "one"
    BIT = "bit"
    WORDS = "words"


def find_boxes(headings: Sequence[Heading], columns: Sequence[Column]) -> Iterator[Boxes]:
    """Every question whose choices stand in columns of their own, in the order of the columns."""
    place = 0
    while place < len(headings):
        boxes = next(filter(None, _try_all(headings, columns, place)), None)
        if boxes:
            joined = _find_joined(headings, columns, boxes)
            yield boxes._replace(joined=joined)
            place = max(boxes.places[-1], joined or 0)
        place += 1


def _try_all(headings: Sequence[Heading], columns: Sequence[Column], start: int) -> Iterator[Boxes | None]:
    """What the boxes from this place on may be: those of a known question, of a question before a mark, of none."""
    yield _choose_boxes([(place, headings[place], columns[place]) for place in _list_run(headings, start)])
    for run in _list_cut_runs(headings, start):
        yield _choose_boxes([(place, heading, columns[place]) for place, heading in run])
    named = _list_named_by_choice(headings, columns, start)
    yield Boxes(named, tuple(headings[place].text for place in named), "") if named else None


def _list_cut_runs(headings: Sequence[Heading], start: int) -> Iterator[list[tuple[int, Heading]]]:
    """Neighbouring columns of a tool that nobody knows, whose headers begin with the same question and a mark."""
    for cut in reversed(list(_CUT.finditer(headings[start].text))):
        before = headings[start].text[: cut.end()]
        run: list[tuple[int, Heading]] = []
        for place in range(start, len(headings)):
            heading = headings[place]
            label = heading.text.removeprefix(before).removesuffix(")" if "(" in cut[0] else "").strip()
            if heading.hint or heading.part or not heading.text.startswith(before) or not label:
                break
            run.append((place, heading._replace(stem=before[: cut.start()] + cut[0].strip(" -|/:(_"), part=label)))
        if len(run) >= _LEAST_BOXES:
            yield run


def _list_run(headings: Sequence[Heading], start: int) -> list[int]:
    """The neighbouring columns that stand under the same question, each with a part of its own."""
    first = headings[start]
    stem = make_key(first.stem)
    if not stem or not first.part or first.hint:
        return []
    run: list[int] = []
    parts: set[str] = set()
    for place in range(start, len(headings)):
        heading = headings[place]
        same = make_key(heading.stem) == stem and heading.block == first.block
        if heading.hint:
            # Text beside a choice stands between the boxes, known to be what it is.
            if heading.hint.kind is not ColumnKind.UNUSED:
                break
            continue
        part = heading.part.casefold()
        if not same or not part or heading.choice != first.choice or part in parts:
            break
        parts.add(part)
        run.append(place)
    return run


def _choose_boxes(run: Sequence[tuple[int, Heading, Column]]) -> Boxes | None:
    """The columns that are boxes to tick; None where the run is a grid of questions."""
    if not run:
        return None
    flagged = run[0][1].choice
    looks = {place: _look_at(heading.part, column, flagged=flagged) for place, heading, column in run}
    boxes = [
        (place, heading.part, column)
        for place, heading, column in run
        if not (looks[place] is _Looks.WORDS and (flagged or OTHER_TEXT.search(make_key(heading.part))))
    ]
    if not boxes or not (flagged or _are_ticked({looks[place] for place, _, _ in boxes}, run[0][1].stem, boxes)):
        return None
    return Boxes(tuple(place for place, _, _ in boxes), tuple(label for _, label, _ in boxes), run[0][1].stem)


def _are_ticked(looks: set[_Looks], stem: str, boxes: Sequence[tuple[int, str, Column]]) -> bool:
    """Whether columns that no tool calls boxes are some."""
    seen = looks - {_Looks.EMPTY}
    if len(boxes) < _LEAST_BOXES or not seen or _Looks.WORDS in seen:
        return False
    if _asks_to_tick(make_key(stem), [label for _, label, _ in boxes]):
        return True
    if seen & {_Looks.YES_OR_NO, _Looks.BIT}:
        return False
    if seen & {_Looks.YES, _Looks.ONE}:
        # Whoever rates or answers goes through all rows; whoever ticks leaves some out.
        filled = np.array([column.filled for _, _, column in boxes])
        answering = filled.any(axis=0)
        return 2 * int((answering & ~filled.all(axis=0)).sum()) >= int(answering.sum())
    return True


def _asks_to_tick(stem: str, labels: Sequence[str]) -> bool:
    """Whether the question asks to tick boxes, or for projects, or, with roles to choose from, who people are."""
    roles = 2 * sum(map(bool, map(find_role, labels))) >= len(labels)
    asked = {rule.kind for rule in HEADER_RULES if rule.kind in _TICKABLE and rule.header.search(stem)}
    return says_tick_all(stem) or ColumnKind.PROJECT in asked or (ColumnKind.ROLE in asked and roles)


def _look_at(label: str, column: Column, *, flagged: bool) -> _Looks:
    if len(column.values) > _MOST_MARKS:
        return _Looks.WORDS
    keys = {make_cell_key(cell) for cell in column.count_cells()} - _NOT_SHOWN
    said = make_cell_key(label)
    ticked = keys - _NOT_TICKED
    if not keys:
        return _Looks.EMPTY
    if keys == {said} or (ticked == {said} and said not in _YES_OR_NO):
        return _Looks.LABEL
    if flagged and len(ticked) <= 1 and not OTHER_TEXT.search(make_key(label)):
        return _Looks.MARK
    for words, alone, looks in (
        (_MARKS, _Looks.MARK, _Looks.MARK),
        (_YES_OR_NO, _Looks.YES, _Looks.YES_OR_NO),
        (_BITS, _Looks.ONE, _Looks.BIT),
    ):
        if keys <= words:
            return looks if keys & _NOT_TICKED else alone
    return _Looks.WORDS


def _list_named_by_choice(headings: Sequence[Heading], columns: Sequence[Column], start: int) -> tuple[int, ...]:
    """Neighbouring columns without a question, each headed by the only thing that its cells say."""
    boxes = []
    for place in range(start, len(headings)):
        heading = headings[place]
        label = make_cell_key(heading.text)
        if heading.part or heading.hint or not label or heading.block != headings[start].block:
            break
        flagged = heading.choice and heading.stem in ("", heading.text)
        if not flagged and _look_at(label, columns[place], flagged=False) is not _Looks.LABEL:
            break
        boxes.append(place)
    return tuple(boxes) if len(boxes) >= _LEAST_BOXES else ()


def _find_joined(headings: Sequence[Heading], columns: Sequence[Column], boxes: Boxes) -> int | None:
    """The neighbouring column that holds the same choices once more, in one cell."""
    stem = make_key(boxes.stem)
    names = {make_cell_key(label) for label in boxes.labels}
    names |= {make_cell_key(_CODE_PARTS.split(headings[place].code)[-1].strip("])")) for place in boxes.places}
    for place in (boxes.places[0] - 1, boxes.places[-1] + 1):
        if stem and 0 <= place < len(headings):
            heading = headings[place]
            if not heading.part and make_key(heading.text) == stem and not heading.hint:
                pieces = {
                    make_cell_key(piece)
                    for cell in columns[place].values
                    for between in (BETWEEN_CHOICES, ";", ",", " ")
                    if between in cell or between == BETWEEN_CHOICES
                    for piece in part_cell(cell, between)
                }
                if heading.several or pieces & names:
                    return place
    return None


def find_ticks(label: str, column: Column) -> Mask:
    """For every row, whether the box with that label is ticked."""
    said = make_cell_key(label)
    return column.test(lambda cell: (key := make_cell_key(cell)) and (key == said or key not in _NOT_TICKED))
