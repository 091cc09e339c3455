"""The columns of one question go in; whether they are boxes to tick, or places in a ranking, comes out.

A ranking looks like a rating: one column an item, a number in each. But nobody gives two items of a ranking the same
number. In one cell it looks like a multi-select of which everybody ticked everything.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from coprod_cli.reading.cells import Column, Grid
from coprod_cli.reading.formats.own_columns import RANKING, list_siblings, take_cells
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.wording import clean_header

PLAIN_TICK = "1"
_FEWEST_ITEMS = 3
_FEWEST_FORMS = 3
_MOST_ITEMS = 30
_MOST_SLIPS = 0.02
_PLACE = re.compile(r"[1-9]\d?")


def mark_rankings(grid: Grid, first_row: int, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The same headings; those whose columns hold the places 1 to n of the n rows of one question are known as such."""
    marked = list(headings)
    for siblings in list_siblings(headings).values():
        if not _FEWEST_ITEMS <= len(siblings) <= _MOST_ITEMS or any(headings[place].choice for place in siblings):
            continue
        if _are_places([grid.columns[headings[place].position] for place in siblings], first_row):
            for place in siblings:
                marked[place] = headings[place]._replace(hint=RANKING)
    return tuple(marked)


def are_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> bool:
    """Whether the columns of one question hold nothing but ticks: a 1, the choice's own label, or its own number.

    Where all hold a 1, or numbers of their own, some form must have left a box that it could have ticked.
    """
    held = [frozenset(map(clean_header, take_cells(grid, each.position, first_row))) for each in headings]
    said = frozenset().union(*held)
    if not said:
        return False
    if all(cells <= {heading.part} for cells, heading in zip(held, headings, strict=True)):
        return True
    numbered = len(said) == sum(map(len, held)) > 1 and all(_PLACE.fullmatch(cell) for cell in said)
    if said != {PLAIN_TICK} and not (numbered and all(len(cells) <= 1 for cells in held)):
        return False
    filled = np.stack([grid.columns[each.position].filled[first_row:] for each in headings])
    return bool((filled.any(axis=0) & ~filled.all(axis=0)).sum() >= _FEWEST_FORMS)


def is_ranked_list(grid: Grid, place: int, first_row: int, separator: str) -> bool:
    """Whether every cell of a column lists the same things, in one order or another."""
    cells = take_cells(grid, place, first_row)
    if not all(separator in cell for cell in cells):
        return False
    lists = {tuple(part.strip() for part in cell.strip().strip(separator).split(separator)) for cell in cells}
    if len(lists) < 2 or any(len(each) < _FEWEST_ITEMS for each in lists):  # noqa: PLR2004  # one order alone may be a text
        return False
    return len({tuple(sorted(each)) for each in lists}) == 1


def _are_places(columns: Sequence[Column], first_row: int) -> bool:
    numbers = np.stack([_read_places(column)[first_row:] for column in columns])
    if not numbers.size or numbers.min() < 0 or numbers.max() != len(columns):
        return False
    table = np.sort(numbers, axis=0)
    ranked = (table > 0).sum(axis=0) > 1
    twice = ((table[1:] == table[:-1]) & (table[1:] > 0)).any(axis=0)
    # People who rank on paper make slips.
    return bool(ranked.sum() >= _FEWEST_FORMS and twice.sum() <= _MOST_SLIPS * ranked.sum())


def _read_places(column: Column) -> npt.NDArray[np.int32]:
    """The whole number in every row; 0 where there is nothing, -1 where there is anything else."""
    known = [int(cell) if _PLACE.fullmatch(cell := value.strip()) else -1 if cell else 0 for value in column.values]
    found: npt.NDArray[np.int32] = np.array(known, np.int32)[column.codes]
    return found
