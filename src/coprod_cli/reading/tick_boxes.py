"""Headings and columns go in; which columns are the boxes to tick of one question comes out.

The survey tool's format may say so (`Heading.choice`); else the cells show it: they repeat what stands over the box, or
hold nothing but marks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
from coprod_cli.reading.workplaces import find_sector

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
_LONGEST_STEM = 300
_CUT = re.compile(r"\s+[-|]\s+|[?:]\s+|/|\s+\((?=[^()]*\)$)|_{2,3}")
_CODE_PARTS = re.compile(r"[/_\[(]")
_TICKABLE = (ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT)


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
    spent: dict[str, int] = {}
    while place < len(headings):
        boxes = next(filter(None, _try_all(headings, columns, place, spent)), None)
        if boxes:
            joined = _find_joined(headings, columns, boxes)
            yield boxes._replace(joined=joined)
            place = max(boxes.places[-1], joined or 0)
        place += 1


def _try_all(
    headings: Sequence[Heading], columns: Sequence[Column], start: int, spent: dict[str, int]
) -> Iterator[Boxes | None]:
    """What the boxes from this place on may be: those of a known question, of a question before a mark, of none.

    spent: by question, the place before which there are none, since the run that begins further up has none: without
    it, every row of a grid of thousands would look at all the rows behind it again. It is added to here.
    """
    for question, run in _list_runs(headings, start, spent):
        looks = {place: _look_at(heading.part, columns[place], flagged=run[0][1].choice) for place, heading in run}
        boxes = _leave_out_words([(place, heading, columns[place]) for place, heading in run], looks)
        yield _choose_boxes(run[0][1], boxes, looks)
        # Only reached where these are no boxes. Behind the last words, the rest of the run may still be some.
        words = [place for place, _, _ in boxes if looks[place] is _Looks.WORDS]
        spent[question] = (words[-1] if words else run[-1][0]) + 1
    named = _list_named_by_choice(headings, columns, start)
    yield Boxes(named, tuple(headings[place].text for place in named), "") if named else None


def _list_runs(
    headings: Sequence[Heading], start: int, spent: Mapping[str, int]
) -> Iterator[tuple[str, list[tuple[int, Heading]]]]:
    """The neighbouring columns from this place on that may have a question in common, with a name for it."""
    first = headings[start]
    stem = make_key(first.stem)
    if stem and first.part and not first.hint and spent.get(stem, 0) <= start:
        yield stem, [(place, headings[place]) for place in _list_run(headings, start)]
    for cut in reversed([cut for cut in _CUT.finditer(first.text) if cut.start() < _LONGEST_STEM]):
        # No question that make_key writes has a line break in it.
        question = f"\n{first.text[: cut.end()]}"
        if spent.get(question, 0) <= start:
            run = _list_cut_run(headings, start, cut)
            if len(run) >= _LEAST_BOXES:
                yield question, run


def _list_cut_run(headings: Sequence[Heading], start: int, cut: re.Match[str]) -> list[tuple[int, Heading]]:
    """Neighbouring columns of a tool that nobody knows, whose headers begin with the same question and a mark."""
    before = cut.string[: cut.end()]
    stem = before[: cut.start()] + cut[0].strip(" -|/:(_")
    run: list[tuple[int, Heading]] = []
    for place in range(start, len(headings)):
        heading = headings[place]
        label = heading.text.removeprefix(before).removesuffix(")" if "(" in cut[0] else "").strip()
        if heading.hint or heading.part or not heading.text.startswith(before) or not label:
            break
        run.append((place, heading._replace(stem=stem, part=label)))
    return run


def _list_run(headings: Sequence[Heading], start: int) -> list[int]:
    """The neighbouring columns that stand under the same question, each with a part of its own."""
    first = headings[start]
    stem = make_key(first.stem)
    run: list[int] = []
    parts: set[str] = set()
    for place in range(start, len(headings)):
        heading = headings[place]
        if heading.hint:
            # Text beside a choice stands between the boxes, known to be what it is.
            if heading.hint.kind is not ColumnKind.UNUSED:
                break
            continue
        same = heading.block == first.block and (heading.stem == first.stem or make_key(heading.stem) == stem)
        part = heading.part.casefold()
        if not same or not part or heading.choice != first.choice or part in parts:
            break
        parts.add(part)
        run.append(place)
    return run


def _leave_out_words(
    run: Sequence[tuple[int, Heading, Column]], looks: Mapping[int, _Looks]
) -> list[tuple[int, str, Column]]:
    """The columns of a run with what each box says, without those for words of one's own beside the boxes."""
    flagged = run[0][1].choice
    return [
        (place, heading.part, column)
        for place, heading, column in run
        if not (looks[place] is _Looks.WORDS and (flagged or OTHER_TEXT.search(make_key(heading.part))))
    ]


def _choose_boxes(
    first: Heading, boxes: Sequence[tuple[int, str, Column]], looks: Mapping[int, _Looks]
) -> Boxes | None:
    """The columns that are boxes to tick; None where the run is a grid of questions."""
    if not boxes or not (first.choice or _are_ticked({looks[place] for place, _, _ in boxes}, first.stem, boxes)):
        return None
    return Boxes(tuple(place for place, _, _ in boxes), tuple(label for _, label, _ in boxes), first.stem)


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
    sectors = 2 * sum(map(bool, map(find_sector, labels))) >= len(labels)
    asked = {rule.kind for rule in HEADER_RULES if rule.kind in _TICKABLE and rule.header.search(stem)}
    people = (ColumnKind.ROLE in asked and roles) or (ColumnKind.SECTOR in asked and sectors)
    return says_tick_all(stem) or ColumnKind.PROJECT in asked or people


def _look_at(label: str, column: Column, *, flagged: bool) -> _Looks:
    if len(column.values) > _MOST_MARKS:
        return _Looks.WORDS
    keys = column.keys - _NOT_SHOWN
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
