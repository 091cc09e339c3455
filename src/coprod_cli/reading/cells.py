"""Rows of text cells, or columns already taken apart, go in; a Grid that any format can look at quickly comes out.

A survey has few different answers and many forms. So every column keeps its distinct cells once, and for every row only
the number of its cell: whatever is asked of the cells ("is it blank?", "is it a test?") is asked once for each distinct
one.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, zip_longest

import numpy as np
import numpy.typing as npt

from coprod_cli.reading.wording import make_cell_key

TOP_ROWS = 60
# Rows as long as one in so many, or shorter, are no strays; a slip or two in a row (a comma too many) is kept as it is.
SELDOM = 10
_SLIPS = 20

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its distinct cells, each once, and for every row the place of its cell among them."""

    values: tuple[str, ...]
    codes: Codes

    def expand(self) -> list[str]:
        """The cell of every row."""
        return [self.values[code] for code in self.codes.tolist()]

    def test(self, true_of: Callable[[str], object]) -> Mask:
        """For every row, whether it is true of its cell; asked once for each distinct cell."""
        known = np.fromiter(map(bool, map(true_of, self.values)), bool, len(self.values))
        found: Mask = known[self.codes]
        return found

    @cached_property
    def filled(self) -> Mask:
        """For every row, whether its cell holds more than blanks; not to be changed."""
        return self.test(str.strip)

    def count_cells(self) -> Counter[str]:
        """How often each filled cell occurs, without the blanks around it."""
        counts: Counter[str] = Counter()
        for value, count in zip(self.values, self._count_codes(), strict=True):
            if count and (stripped := value.strip()):
                counts[stripped] += count
        return counts

    @cached_property
    def keys(self) -> frozenset[str]:
        """The filled cells as the scales know them, each once."""
        return frozenset(map(make_cell_key, self.count_cells()))

    def keep(self, rows: Mask | slice | npt.NDArray[np.intp]) -> "Column":
        """The same column with these rows only; cells that no row holds any more are gone."""
        codes = self.codes[rows]
        used = np.bincount(codes, minlength=len(self.values)) > 0
        if used.all():
            return Column(self.values, codes)
        renumbered = (np.cumsum(used) - 1).astype(np.int32)
        values = tuple(value for value, kept in zip(self.values, used.tolist(), strict=True) if kept)
        return Column(values, renumbered[codes])

    def change(self, turn: Callable[[str], str]) -> "Column":
        """The column with every cell turned into another; equal ones become one."""
        return number_cells([turn(value) for value in self.values]).follow(self.codes)

    def follow(self, codes: Codes) -> "Column":
        """This column's own codes, looked up by those of another whose distinct cells it was made from."""
        return Column(self.values, self.codes[codes])

    def _count_codes(self) -> list[int]:
        counts: list[int] = np.bincount(self.codes, minlength=len(self.values)).tolist()
        return counts


def number_cells(cells: Sequence[str]) -> Column:
    """Cells as a Column."""
    places: dict[str, int] = {}
    codes = np.fromiter((places.setdefault(cell, len(places)) for cell in cells), np.int32, len(cells))
    return Column(tuple(places), codes)


def join_columns(columns: Sequence[Column]) -> Column:
    """Columns one below the other, as one."""
    if len(columns) == 1:
        return columns[0]
    places: dict[str, int] = {}
    codes = [
        np.fromiter((places.setdefault(value, len(places)) for value in column.values), np.int32, len(column.values))[
            column.codes
        ]
        for column in columns
    ]
    return Column(tuple(places), np.concatenate(codes) if codes else np.zeros(0, np.int32))


def _cut_blank_end(row: Sequence[str]) -> list[str]:
    """The row up to its last cell: one stray cell far to the right must not make all the others thousands wide."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return list(row[:end])


def _choose_width(rows: Sequence[Sequence[str]]) -> int:
    """How many columns a Grid of these rows keeps: most rows fit, and so do all that may be headers."""
    often = sorted(map(len, rows), reverse=True)[len(rows) // SELDOM] if rows else 0
    tops = [len(_cut_blank_end(row)) for row in rows[:TOP_ROWS]]
    return min(max(often, *tops, 0) + _SLIPS, max(map(len, rows), default=0))


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one sheet or text file, all of them text.

    top: the first TOP_ROWS rows as they stand, ragged, for finding headers. columns: every column whole, from the very
    first row, as many as the widest row has, but for stray long rows, whose far cells share the last column; a short
    row has empty cells. height: how many rows. sheet: the sheet's name, empty for a file without sheets. given_headers:
    how many rows at the top are known to be headers, because the file keeps names and labels apart from the answers
    (SPSS, Stata, JSON, Parquet); 0 when that must be found out.
    """

    top: Sequence[Sequence[str]]
    columns: tuple[Column, ...]
    height: int
    sheet: str = ""
    given_headers: int = 0

    @staticmethod
    def of(rows: Sequence[Sequence[str]], sheet: str = "", given_headers: int = 0) -> "Grid":
        """A Grid of whole rows, which may be ragged.

        One line of thousands of commas must not make all the others as wide. So the Grid is as wide as one row in
        SELDOM, or one of its first rows, and a little more; what stands further out is joined in one last column.
        """
        widest = max(map(len, rows), default=0)
        width = _choose_width(rows)
        columns = [number_cells(cells) for cells in zip_longest(*(row[:width] for row in rows), fillvalue="")]
        if widest > width:
            columns.append(number_cells([" ".join(filter(None, map(str.strip, row[width:]))) for row in rows]))
        return Grid([list(row[:width]) for row in rows[:TOP_ROWS]], tuple(columns), len(rows), sheet, given_headers)

    @staticmethod
    def of_columns(columns: Sequence[Column], sheet: str = "", given_headers: int = 0) -> "Grid":
        """A Grid of columns of one height."""
        height = len(columns[0].codes) if columns else 0
        tops = [[column.values[code] for code in column.codes[:TOP_ROWS].tolist()] for column in columns]
        top = [_cut_blank_end(row) for row in zip(*tops, strict=True)]
        return Grid(top, tuple(columns), height, sheet, given_headers)

    @cached_property
    def filled(self) -> npt.NDArray[np.int32]:
        """For every row, how many of its cells hold more than blanks."""
        counts = np.zeros(self.height, np.int32)
        for column in self.columns:
            counts += column.filled
        return counts

    def find_rows(self, place: int, first_row: int, true_of: Callable[[str], object]) -> Mask:
        """For every row, whether it stands at or below first_row and this is true of its cell at that place.

        A place that no column has is true of no row.
        """
        if not 0 <= place < len(self.columns):
            return np.zeros(self.height, bool)
        found = self.columns[place].test(true_of)
        found[:first_row] = False
        return found

    def walk(self, first_row: int = 0) -> Iterator[tuple[str, ...]]:
        """Row after row from first_row on, each as wide as the widest. Slow: for short tables and for tests."""
        return islice(zip(*(column.expand() for column in self.columns), strict=True), first_row, None)
