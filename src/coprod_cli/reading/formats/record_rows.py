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


class Turns(NamedTuple):
    """The columns that say whose row it is and which of their rows: the record, and the places of event and turn."""

    record: int
    order: tuple[int, ...]


def join_rows(
    columns: Sequence[Column],
    turns: Turns,
    first_row: int,
    instruments: Sequence[Sequence[int]],
    unseen: Sequence[Mask],
) -> Joined:
    """The columns with every form in one row; how the rows are sorted does not matter.

    Args:
        columns: the cells, headers and all.
        turns: whose row each is, and which of theirs. A row without a record stays as it is.
        first_row: where the forms begin.
        instruments: the places of the fields of each instrument.
        unseen: for each column, the rows whose cell says nothing (blank, or a box that nobody was shown).
    """
    record = turns.record
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
    order = _rank_rows(columns, turns.order)
    forms = made | _find_first(records, alone, order)
    first_made = _find_first(records, forms, order)
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


def _rank_rows(columns: Sequence[Column], order: Sequence[int]) -> npt.NDArray[np.intp]:
    """All rows, sorted by these columns, the first of them before the others; 10 comes behind 9."""
    ranks = []
    for place in order:
        values = columns[place].values
        ranked = sorted(range(len(values)), key=lambda code: (len(values[code]), values[code]))
        ranks.append(np.argsort(ranked)[columns[place].codes])
    return np.lexsort(ranks[::-1]) if ranks else np.arange(len(columns[0].codes))


def _find_first(records: Codes, rows: Mask, order: npt.NDArray[np.intp]) -> Mask:
    """The first of these rows, in that order, for every record."""
    places = order[rows[order]]
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
