"""A table of counts and what is withheld of it go in; more to withhold comes out, until every small cell can hide.

A table has its sums in row 0 and column 0. Four withheld cells at the corners of a rectangle can trade people with each
other and leave every sum as it is, so nobody can tell how many each holds. A small cell is hidden once one such trade
lets it take enough values. This is the hypercube method of the official statisticians (Giessing and Repsilber 2002, in
Inference Control in Statistical Databases): sufficient, since every table that a trade leads to fits all that is told.
"""

from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Sheet(NamedTuple):
    """One theme: all projects together and then each, by the people who raised it and the four things they said.

    hidden: what is withheld so far; it grows in place. fixed: cells that earlier results give away, so that they cannot
    trade. floor, room: by how many people each row could have been raised by fewer, and more, going by all else told.
    """

    cells: Cells
    hidden: Mask
    fixed: Mask
    floor: Cells
    room: Cells


def hide_partners(sheet: Sheet, small: Mask, values: int) -> None:
    """Withhold the cheapest partners with which each small cell can take that many values.

    How many people raised the theme over all projects is given up last: it is what readers want most. Where there are
    no partners, because earlier results give them away, the whole table is withheld.
    """
    for row, column in np.argwhere(small).tolist():
        if _measure_chains(sheet, row, column) >= values - 1:
            continue
        fit = _measure_trades(sheet, row, column) >= values - 1
        price = np.where(fit, _price_trades(sheet, row, column), inf)
        cheapest = float(price.min())
        if cheapest == 0 or (cheapest >= _price_sum(sheet) and _hide_sums(sheet, row, column, values)):
            continue
        if not fit.any():
            sheet.hidden[:] = True
            return
        best = np.argwhere(price == cheapest).tolist()
        other_row, other_column = min(best, key=lambda at: (*sheet.cells[at[0]].tolist(), at[1], at[0]))
        sheet.hidden[np.ix_([row, other_row], [column, other_column])] = True
        hide_parts(sheet.hidden)


def hide_parts(hidden: Mask) -> None:
    """A row whose people are withheld tells none of its parts."""
    hidden |= hidden[:, :1]


def _hide_sums(sheet: Sheet, row: int, column: int, values: int) -> bool:
    """Withhold what was said over all projects, smallest first, until chains let the cell take that many values."""
    tried = sheet.hidden.copy()
    parts = sorted(range(1, sheet.cells.shape[1]), key=lambda part: (part != column, sheet.cells[0, part], part))
    for part in parts:
        tried[0, part] |= not sheet.fixed[0, part]
        if _measure_chains(sheet._replace(hidden=tried), row, column) >= values - 1:
            sheet.hidden[:] = tried
            return True
    return False


def _measure_chains(sheet: Sheet, row: int, column: int) -> float:
    """How far up and down a cell of a project can go together while its people are withheld; 0 where they are told.

    For each person more in the cell there is one more in its project and one less in another withheld project, there
    in the same column, or in one whose sum is withheld as this column's is: six cells change, and no sum that is told.
    Or there is one less in another column of the project, where both columns' sums are withheld: four cells change.
    """
    cells, hidden = sheet.cells, sheet.hidden & ~sheet.fixed
    if row == 0 or not hidden[row].all():
        return 0.0
    others = [place for place in range(1, len(cells)) if place != row and hidden[place].all()]
    parts = range(1, cells.shape[1])
    loose = bool(column and hidden[0, column])
    open_columns = [place for place in parts if place == column or (loose and hidden[0, place]) or not column]
    beside = [place for place in open_columns if place != column] if loose else []
    giving = sum(min(float(sheet.floor[place]), float(cells[place, open_columns].sum())) for place in others)
    up = min(float(sheet.room[row]), giving) + float(cells[row, beside].sum())
    taking = min(float(sheet.floor[row]), float(sheet.room[others].sum())) if others else 0.0
    down = float(cells[row, column]) if beside else min(float(cells[row, column]), taking)
    if loose:
        # What the cell gains, the sums of the columns that lose must be able to lose.
        up = min(up, float(cells[0, open_columns].sum()))
    return up + down


def _measure_trades(sheet: Sheet, row: int, column: int) -> Cells:
    """How far up and down a cell can go together, in trades with each opposite corner; -1 where there is no trade.

    In a table of one row there is nothing to keep but its sum: the trade is with another cell of the row.
    """
    cells = sheet.cells
    rises = np.where(np.arange(len(cells)) * row == 0, 1, -1)[:, None]
    along = np.where(np.arange(cells.shape[1]) * column == 0, 1, -1)[None, :]
    less, spare = cells.copy(), np.full(cells.shape, inf)
    less[:, 0], spare[:, 0] = sheet.floor, sheet.room
    own, beside = (slice(row, row + 1), slice(column, column + 1)), (slice(row, row + 1), slice(None))
    above = (slice(None), slice(column, column + 1))
    whole = (slice(None), slice(None))
    corners = [(own, np.ones((1, 1))), (beside, along), (above, rises), (whole, rises * along)]
    if len(cells) == 1:
        corners = corners[:2]
    up, down = np.full(cells.shape, inf), np.full(cells.shape, inf)
    barred = np.zeros(cells.shape, dtype=np.bool_)
    for part, sign in corners:
        up = np.minimum(up, np.where(sign > 0, spare[part], less[part]))
        down = np.minimum(down, np.where(sign > 0, less[part], spare[part]))
        if part != own:
            barred |= sheet.fixed[part]
    barred[:, column] = True
    if len(cells) > 1:
        barred[row] = True
    return np.where(barred, -1, up + down)


def _price_trades(sheet: Sheet, row: int, column: int) -> Cells:
    """What would have to be withheld for each trade, in people; with the people of a row go all its parts."""
    loss = np.where(sheet.hidden, 0, sheet.cells + 1)
    loss[:, 0] *= 1 + loss[:, 1:].sum(axis=1)
    if len(loss) > 1 and not sheet.hidden[0, 0]:
        loss[0, 0] = _price_sum(sheet)
    if len(sheet.cells) == 1:
        return loss
    price: Cells = loss + loss[row][None, :] + loss[:, column][:, None]
    return price


def _price_sum(sheet: Sheet) -> float:
    """More than all else together."""
    return float(2 * (1 + sheet.cells.size) * (1 + sheet.cells.sum()) ** 2)
