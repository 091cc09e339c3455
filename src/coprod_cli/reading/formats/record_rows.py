"""Rows that each hold a part of one person's record go in; forms in one row each come out.

REDCap writes one row for every event and for every repetition of an instrument; the fields of the other instruments are
blank in it. What is asked once (who somebody is) belongs to every form of the person; what is asked again makes forms.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.reading.cells import Codes, Column, Mask

_WORDS_EACH, _LEAST_DISTINCT = 3, 0.7


class Joined(NamedTuple):
    """Columns with the parts of every form together, and which rows were taken up into others and are no forms."""

    columns: tuple[Column, ...]
    taken_up: Mask
    asked_again: bool


def join_rows(
    columns: Sequence[Column], record: int, first_row: int, instruments: Sequence[Sequence[int]], unseen: Sequence[Mask]
) -> Joined:
    """The columns with every form in one row.

    record: the place of the column that names the person's record. instruments: the places of the fields of each.
    unseen: for each column, the rows whose cell says nothing (blank, or a box that nobody was shown). A row without a
    record stays as it is.
    """
    height = len(columns[record].codes)
    records = columns[record].codes
    rows = ~unseen[record]
    rows[:first_row] = False
    filled = [_find_any(unseen, places, rows) for places in instruments]
    again = [_is_asked_again(records, each) for each in filled]
    made = np.zeros(height, bool)
    for each, repeated in zip(filled, again, strict=True):
        if repeated:
            made |= each
    # A person of whom nothing was asked again is one form, in the first of the rows.
    alone = rows & ~np.isin(records, records[made])
    forms = made | _find_first(records, alone)
    first_made = _find_first(records, forms)
    joined = list(columns)
    for each, repeated, fields in zip(filled, again, instruments, strict=True):
        if not repeated:
            source = np.full(len(columns[record].values), -1, np.int64)
            source[records[each]] = np.flatnonzero(each)
            for place in fields:
                # Somebody's own words, said once, are not said again in each of their forms.
                wanted = first_made if _are_own_words(columns[place], each) else forms
                joined[place] = _carry(columns[place], source[records], wanted & unseen[place])
    return Joined(tuple(joined), rows & ~forms, any(again))


def _find_any(unseen: Sequence[Mask], places: Sequence[int], rows: Mask) -> Mask:
    filled = np.zeros(len(rows), bool)
    for place in places:
        filled |= ~unseen[place]
    return filled & rows


def _is_asked_again(records: Codes, filled: Mask) -> bool:
    counts = np.bincount(records[filled])
    return bool(counts.size) and int(counts.max()) > 1


def _find_first(records: Codes, rows: Mask) -> Mask:
    """The first of these rows for every record."""
    places = np.flatnonzero(rows)
    first = np.zeros(len(rows), bool)
    first[places[np.unique(records[places], return_index=True)[1]]] = True
    return first


def _are_own_words(column: Column, rows: Mask) -> bool:
    cells = column.keep(rows).count_cells()
    words = sum(len(cell.split()) * count for cell, count in cells.items())
    return words >= _WORDS_EACH * cells.total() and len(cells) >= _LEAST_DISTINCT * cells.total() > 0


def _carry(column: Column, source: npt.NDArray[np.int64], wanted: Mask) -> Column:
    """The column with the wanted cells taken from the source rows; below 0 there is no source."""
    rows = np.flatnonzero(wanted & (source >= 0))
    codes = column.codes.copy()
    codes[rows] = column.codes[source[rows]]
    return Column(column.values, codes)
