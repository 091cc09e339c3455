"""A table of counts and its small cells go in; more to withhold comes out, until nobody can work a small cell out.

Of each project all that was said of the theme is told, or nothing. All projects together are what readers want most
and what gives least away, so they go last: first go more projects, those with the fewest people first.
"""

import numpy as np

from coprod_cli.model.framework import Thresholds
from coprod_cli.protecting.bounds import Mask, Sheet, bound_cells, find_rests


def hide_partners(sheet: Sheet, secret: Mask, limits: Thresholds) -> None:
    """Withhold more until each secret cell can stand for enough numbers of people, and no rest is small.

    A rest is what the withheld parts of a row, or the projects that withhold a column, hold together: whoever takes
    what is told from the sum has it, so it is held to the rules for counts.
    """
    _close_rows(sheet.hidden)
    while not sheet.hidden[0].all() and (_guard_whole(sheet, limits) or _guard_projects(sheet, secret, limits)):
        _close_rows(sheet.hidden)


def _close_rows(hidden: Mask) -> None:
    """A project tells all parts or none; where the people are withheld, so are the parts."""
    hidden[1:, 1:] |= hidden[1:, 1:].any(axis=1, keepdims=True)
    hidden[:, 1:] |= hidden[:, :1]


def _guard_whole(sheet: Sheet, limits: Thresholds) -> bool:
    """Withhold the smallest part more of all projects together; False where that is not needed."""
    parts, hidden = sheet.cells[0, 1:], sheet.hidden[0, 1:]
    if not hidden.any() or (hidden.sum() > 1 and parts[hidden].sum() >= limits.small_cell):
        return False
    told = np.flatnonzero(~hidden & (parts > 0)).tolist()
    if told:
        hidden[min(told, key=lambda part: (parts[part], part))] = True
    else:
        sheet.hidden[0] = True
    return True


def _guard_projects(sheet: Sheet, secret: Mask, limits: Thresholds) -> bool:
    """Withhold the people or the parts of one project more, the smallest first; False where that is not needed.

    Where no project is left to help, the same goes of all projects together.
    """
    short, bare = _judge_columns(sheet, secret, limits)
    cells = sheet.cells[1:]
    for columns in (slice(0, 1), slice(1, None)):
        if not (short | bare)[columns].any() or sheet.hidden[0, columns].all():
            continue
        free = ~(sheet.hidden | sheet.fixed)[1:, columns].any(axis=1)
        if short[columns].any():
            free &= (cells[:, columns][:, short[columns]] > 0).any(axis=1)
        row = min(np.flatnonzero(free).tolist(), key=lambda at: (cells[at, 0] == 0, *cells[at]), default=-1)
        sheet.hidden[row + 1, columns] = True
        return True
    return False


def _judge_columns(sheet: Sheet, secret: Mask, limits: Thresholds) -> tuple[Mask, Mask]:
    """Columns whose rest is a small number, and columns where a secret cell can stand for too few numbers.

    That none of so many people said something may be told, so a rest of nobody hides nothing and needs no guard.
    """
    rests, loose = find_rests(sheet), sheet.loose
    people = np.where(loose, sheet.commenters[1:, None], 0).sum(axis=0)
    nobody = (rests == 0) & ((sheet.cells[0] == 0) | (people >= limits.percent_base))
    watched = loose.any(axis=0) & ~nobody
    low, high = bound_cells(sheet)
    wanted = np.full_like(low, limits.small_cell)
    wanted[:, 0] = np.minimum(limits.small_cell, sheet.most[1:] - sheet.least[1:] + 1)
    bare = (secret[1:] & (high - low + 1 < wanted)).any(axis=0)
    return watched & (rests < limits.small_cell), watched & bare
