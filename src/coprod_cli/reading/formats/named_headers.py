"""A table with short names in its first row and the questions in its second goes in; its headings come out.

So a survey tool's export looks when its own columns and marks have been deleted, and so people write tables by hand.
The second row would be a form if it were not for its cells: in the columns whose answers come again and again they are
what nobody answers, and longer than any answer.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from coprod_cli.reading.cells import Column, Grid
from coprod_cli.reading.grid import (
    Heading,
    Layout,
    count_filled,
    find_header_row,
    get_cell,
    measure_width,
    split_bracket,
)
from coprod_cli.reading.wording import clean_header

_NAME = re.compile(r"^[\w.#:$-]{1,60}$")
_LEAST_NAMED = 0.9
_LEAST_ASKED = 0.5
_FEWEST_WORDS = 3
_FEWEST_CLOSED = 3
_FEWEST_CELLS = 4
_LEAST_FOREIGN = 0.6
_BETWEEN = " - "


def lay_out_named(grid: Grid) -> Layout | None:
    """The layout of a table with names in one row and the questions in the next; None when there is no such row."""
    if grid.given_headers:
        return None
    header = find_header_row(grid)
    asked = next((row for row in range(header + 1, len(grid.top)) if count_filled(grid.top[row])), None)
    if asked is None or not _are_names(grid.top[header]) or not _are_questions(grid, asked):
        return None
    width = measure_width(grid, header, asked + 1)
    texts = [clean_header(get_cell(grid.top[asked], position)) for position in range(width)]
    shared = Counter(text.partition(_BETWEEN)[0] for text in texts)
    headings = [
        _head(position, get_cell(grid.top[header], position), get_cell(grid.top[asked], position), shared)
        for position in range(width)
    ]
    return Layout(asked + 1 - header, asked + 1, tuple(headings))


def _head(position: int, name: str, raw: str, shared: Counter[str]) -> Heading:
    code, text = clean_header(name), clean_header(raw)
    if len(text) <= len(code):
        # A mark that there is no question says less than the name.
        return Heading(position, name, code, code=code)
    stem, part = split_bracket(text)
    before, dash, after = text.partition(_BETWEEN)
    if not part and dash and shared[before] > 1:
        stem, part = before, after
    return Heading(position, raw, text, stem, part, code)


def _are_names(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    named = sum(1 for cell in cells if _NAME.match(cell) and not cell.replace(".", "").isdigit())
    return len(cells) >= _FEWEST_CLOSED and named >= _LEAST_NAMED * len(cells)


def _are_questions(grid: Grid, row: int) -> bool:
    cells = [clean_header(cell) for cell in grid.top[row] if cell.strip()]
    if sum(len(cell.split()) >= _FEWEST_WORDS for cell in cells) < _LEAST_ASKED * len(cells):
        return False
    told = [
        _is_foreign(column, clean_header(get_cell(grid.top[row], place)), row)
        for place, column in enumerate(grid.columns)
        if _is_closed(column, row)
    ]
    return len(told) >= _FEWEST_CLOSED and sum(told) >= _LEAST_FOREIGN * len(told)


def _is_closed(column: Column, row: int) -> bool:
    """Whether the answers below come again and again."""
    filled = column.filled[row + 1 :]
    held = np.unique(column.codes[row + 1 :][filled])
    return int(filled.sum()) >= _FEWEST_CELLS and len(held) * 2 <= int(filled.sum())


def _is_foreign(column: Column, cell: str, row: int) -> bool:
    """Whether nobody below answers so, and nobody with so many letters."""
    held = np.unique(column.codes[row + 1 :])
    return len(cell) > max(len(column.values[code].strip()) for code in held.tolist())
