"""A grid and a survey tool's own names go in; which cells a column holds, and columns put right, come out.

What the format files of several tools need alike, asked of distinct cells, never of rows.
"""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, Grid, Mask
from coprod_cli.reading.grid import Heading, Hint
from coprod_cli.reading.wording import clean_header

# What a stem says when people may tick more than one box.
ASKS_FOR_ALL = re.compile(
    r"\b(?:all|any) (?:that|which) appl|\b(?:tick|select|choose|check|mark) (?:all|any|every|as many|one or more)\b"
    r"|\bmore than one (?:answer|choice|box|option)\b|\bmultiple answers\b",
    re.IGNORECASE,
)
OTHER_TEXT = Hint(ColumnKind.UNUSED, 0.85, "it is the text beside 'Other' of another question")
RANKING = Hint(ColumnKind.UNUSED, 0.85, "it is a place in a ranking, which coprod does not score")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]|$)")
_LONGEST_MARK = 40


def take_cells(grid: Grid, place: int, first_row: int) -> frozenset[str]:
    """The distinct filled cells of a column from first_row on, without the blanks around them."""
    if not 0 <= place < len(grid.columns):
        return frozenset()
    column = grid.columns[place]
    used = np.flatnonzero(np.bincount(column.codes[first_row:], minlength=len(column.values)))
    return frozenset(stripped for code in used.tolist() if (stripped := column.values[code].strip()))


def holds_only(grid: Grid, place: int, first_row: int, words: frozenset[str]) -> bool:
    """Whether a column has filled cells, all of them among these words (lower case)."""
    cells = take_cells(grid, place, first_row)
    return bool(cells) and all(cell.casefold() in words for cell in cells)


def tell_dates(grid: Grid, first_row: int, places: Iterable[int]) -> str:
    """'iso' when the tool's own dates still are as 2025-10-06; empty when somebody's spreadsheet rewrote them."""
    cells = [cell for place in places for cell in take_cells(grid, place, first_row)]
    return "iso" if cells and all(_ISO.match(cell) for cell in cells) else ""


def change_cells(
    columns: Sequence[Column], turn: Callable[[str], str], chosen: Callable[[int], object] = lambda _: True
) -> tuple[Column, ...]:
    """The columns with every cell turned into another in the chosen places; the same columns where nothing changes."""
    return tuple(
        column.change(turn) if chosen(place) and any(turn(cell) != cell for cell in column.values) else column
        for place, column in enumerate(columns)
    )


def blank_marks(
    columns: Sequence[Column], marks: frozenset[str], chosen: Callable[[int], object] = lambda _: True
) -> tuple[Column, ...]:
    """The columns with the tool's marks for 'not asked' (lower case) made blank, in the chosen places."""
    return change_cells(
        columns,
        lambda cell: "" if len(cell) <= _LONGEST_MARK and cell.strip().casefold() in marks else cell,
        chosen,
    )


def find_blank(grid: Grid, place: int, first_row: int) -> Mask | None:
    """The rows with nothing in a column but something in others; None when the column is empty or not there."""
    if not take_cells(grid, place, first_row):
        return None
    return grid.find_rows(place, first_row, lambda cell: not cell.strip()) & (grid.filled > 0)


def read_names(row: Sequence[str]) -> list[str]:
    """The header cells as the tools' own names are compared: plain and in lower case."""
    return [clean_header(cell).casefold() for cell in row]


def mark_ticked(heading: Heading) -> Heading:
    """The heading as one box to tick, whatever the tool's text or code suggested before."""
    return heading._replace(choice=True, hint=None)


def list_siblings(headings: Sequence[Heading]) -> dict[str, list[int]]:
    """The places of the headings that have a part, by their stem; only stems that occur more than once."""
    groups: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if heading.stem and heading.part and heading.hint is None:
            groups.setdefault(heading.stem, []).append(place)
    return {stem: places for stem, places in groups.items() if len(places) > 1}


def head_own(position: int, raw: str, hint: Hint, *, submission: bool = False) -> Heading:
    """The heading of one of the tool's own columns."""
    text = clean_header(raw)
    return Heading(position, raw, text, text, hint=hint, submission=submission)
