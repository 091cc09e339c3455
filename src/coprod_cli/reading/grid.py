"""A grid of cells goes in; what a survey tool's format file says about them comes out: headings, and rows to leave out.

Every format is a pair of functions over a Grid (`Format`), named in `formats/__init__.py`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, Grid, Mask
from coprod_cli.reading.wording import clean_header

SEARCHED_ROWS = 15
BETWEEN_CHOICES = "\x1e"


class Hint(NamedTuple):
    """What a tool's own column is known to be: its kind, how surely (0..1), and why in words."""

    kind: ColumnKind
    certainty: float
    why: str


class Heading(NamedTuple):
    """What stands over one column.

    header: as in the export, header rows joined; text: the question as a person reads it; stem and part: a grid's
    question and its row (part is empty when there is none); code: the tool's own name of the question; hint: what the
    tool's column is known to be; submission: whether its cells name the form, so that equal rows are one form.

    choice: the column is one box to tick of the question `stem`, and `part` is what the box says; several: its cells
    hold any number of choices, with BETWEEN_CHOICES between them. block: which turn of a question that is asked several
    times over (a loop, a repeat, one block of questions for each project or round), by the tool's number or by the
    block's own words; about: what the blocks tell apart, "project" or "wave"; empty when a question is asked once.
    words: the tool says that people write here in words of their own, which may be a name or a number all the same.
    """

    position: int
    header: str
    text: str
    stem: str = ""
    part: str = ""
    code: str = ""
    hint: Hint | None = None
    submission: bool = False
    choice: bool = False
    several: bool = False
    block: str = ""
    about: str = ""
    words: bool = False


class LeftOut(NamedTuple):
    """Rows that are no answers (true for each of them, as many as the grid has), for the reason of that notice code."""

    code: str
    rows: Mask


class Layout(NamedTuple):
    """How a tool laid out a grid: where the headers stand, where the forms begin, what is over each column.

    unfinished: rows of people who did not send the form off (None: the tool does not tell). dates: the order in which
    the tool writes day and month ("day", "month", "iso"; empty when it does not keep to one). separator: what the tool
    puts between several choices in one cell ("; "), empty when it does not. columns: the grid's columns as the tool
    means them, where their cells had to be put right (one form spread over several rows, the tool's own marks for "not
    asked"); as many rows as the grid has; empty when the grid's own will do.
    """

    header_rows: int
    first_row: int
    headings: tuple[Heading, ...]
    left_out: tuple[LeftOut, ...] = ()
    unfinished: Mask | None = None
    dates: str = ""
    separator: str = ""
    columns: tuple[Column, ...] = ()


class Format(NamedTuple):
    """One survey tool: how surely a grid is its export (0..1), and how it lays a grid out."""

    recognises: Callable[[Grid], float]
    questions: Callable[[Grid], Layout]


def count_filled(row: Sequence[str]) -> int:
    """How many cells of the row hold more than blanks."""
    return sum(1 for cell in row if cell.strip())


def get_cell(row: Sequence[str], position: int) -> str:
    """The cell, or an empty one beyond the end of a short row."""
    return row[position] if position < len(row) else ""


def find_header_row(grid: Grid) -> int:
    """The first row that is as filled as the table is: title rows and blank rows above it are passed over.

    A header has more than half as many cells filled as the fullest of the first rows; a title has one or two.
    """
    searched = [count_filled(row) for row in grid.top[:SEARCHED_ROWS]]
    fullest = max(searched, default=0)
    return next((index for index, filled in enumerate(searched) if filled * 2 > fullest), 0)


def list_heads(grid: Grid) -> Sequence[Sequence[str]]:
    """The rows in which a tool's own column names count: down to the first full one, or those the file itself names.

    Further down stand answers, and an answer may be any words, 'Unique Response Number' too.
    """
    return grid.top[: grid.given_headers or find_header_row(grid) + 1]


def find_row_with(grid: Grid, wanted: frozenset[str], least: int) -> int | None:
    """The first of the header rows that holds at least `least` of the wanted cells (lower case), or None."""
    for index, row in enumerate(list_heads(grid)):
        if len(wanted & {clean_header(cell).casefold() for cell in row}) >= least:
            return index
    return None


def measure_width(grid: Grid, header: int, first_row: int) -> int:
    """How many columns the table has: as many as its header, or more where most rows agree that there are.

    Columns at the end that are empty from top to bottom (a comma too many in every line) are not counted.
    """
    tops = [index + 1 for row in grid.top[header:first_row] for index, cell in enumerate(row) if cell.strip()]
    width = max(tops, default=0)
    below = [column.filled[first_row:] for column in grid.columns[width:]]
    widest = max((width + index + 1 for index, filled in enumerate(below) if filled.any()), default=0)
    if widest and int(np.any(below, axis=0).sum()) * 2 > grid.height - first_row:
        return widest
    return width


def lay_out_one_row(
    grid: Grid, header: int, hints: dict[str, Hint], submissions: frozenset[str] = frozenset()
) -> Layout:
    """The layout of a tool that writes one header row: `stem [row]` for grids, its own columns known by name."""
    width = measure_width(grid, header, header + 1)
    row = grid.top[header] if grid.top else ()
    headings = []
    for position in range(width):
        raw = get_cell(row, position)
        text = clean_header(raw)
        stem, part = split_bracket(text)
        name = text.casefold()
        headings.append(Heading(position, raw, text, stem, part, hint=hints.get(name), submission=name in submissions))
    return Layout(1, header + 1, tuple(headings))


def split_bracket(text: str) -> tuple[str, str]:
    """'How far ... [Parents were heard]' as ('How far ...', 'Parents were heard'); without brackets (text, '')."""
    if text.endswith("]") and "[" in text:
        stem, _, part = text[:-1].rpartition("[")
        if stem.strip() and part.strip():
            return stem.strip(), part.strip()
    return text, ""
