"""A table of counts and what is withheld of it go in; what readers can still work out of each count comes out.

Readers know what is told, and that the projects add up to all of them together. Of each project all that was said of a
theme is told, or nothing of it, so what is withheld is a whole table with known sums, and how few and how many people
each of its cells can stand for is known exactly (the bounds of Fréchet; Dobra and Fienberg 2000, Bounds for cell
entries in contingency tables given marginal totals and decomposable graphs).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Sheet(NamedTuple):
    """One theme: all projects together in row 0 and then each, by the people who raised it and the four things said.

    hidden: what is withheld so far; it grows in place. fixed: cells that earlier results give away. least, most: how
    few and how many people can have raised it in each row, going by all that is told but sums. commenters: of each row.
    """

    cells: Cells
    hidden: Mask
    fixed: Mask
    least: Cells
    most: Cells
    commenters: Cells

    @property
    def loose(self) -> Mask:
        """What readers do not know of the projects."""
        return np.asarray(self.hidden & ~self.fixed)[1:]


def find_rests(sheet: Sheet) -> Cells:
    """How many people the projects that withhold a column hold together, for whoever takes the others from its sum.

    Columns whose sum is withheld can take from each other: only what they hold together can be worked out.
    """
    cells, loose = sheet.cells[1:], sheet.loose
    left = np.maximum(sheet.cells[0] - np.where(loose, 0, cells).sum(axis=0), 0)
    rests: Cells = np.minimum(np.where(loose, cells, 0).sum(axis=0), left)
    untold = sheet.hidden[0]
    rests[untold] = rests[untold].sum()
    return rests


def bound_cells(sheet: Sheet) -> tuple[Cells, Cells]:
    """How few and how many people each cell of the projects can stand for, where their sum is told."""
    rests, loose = find_rests(sheet), sheet.loose
    people, held = sheet.cells[1:, 0], sheet.loose[:, 0]
    least, most = np.where(held, sheet.least[1:], people), np.where(held, sheet.most[1:], people)
    others_least, others_most = least[held].sum() - least, most[held].sum() - most
    least = np.where(held, np.maximum(least, rests[0] - others_most), people)
    most = np.where(held, np.minimum(most, rests[0] - others_least), people)
    untold = sheet.hidden[0]
    every = people[loose[:, 1]].sum()
    low = np.where(untold, 0, np.maximum(least[:, None] + rests - every, 0))
    high = np.minimum(most[:, None], rests)
    low[:, 0], high[:, 0] = least, most
    return np.where(loose, low, sheet.cells[1:]), np.where(loose, high, sheet.cells[1:])
