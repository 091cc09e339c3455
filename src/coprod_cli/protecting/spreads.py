"""How people answered closed questions goes in, exact; as much of it as may be told comes out.

Shares are told where enough people answered for a percentage. Where few gave one answer, neighbouring answers are told
together: disagree and strongly disagree as one, then all but the agreeing ones as one, until no part told is few
people. What is put together must also stay hidden from whoever knows everything else: how many people answered, the
mean of the answers (the score beside it gives it away) and the figures of all projects together. Answers can move
between steps so that none of these changes: one person from the second step to the first, another from the fifth to the
fourth. A few people are hidden once such moves leave as many possible numbers of them as a small cell has people. It is
the hypercube method of the official statisticians (Giessing and Repsilber 2002, in Inference Control in Statistical
Databases), with moves that keep the mean as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.model.closed_items import STEPS, ItemSpread, make_parts
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.release import Release
from coprod_cli.protecting.releases import Since, State
from coprod_cli.protecting.suppression import show_base

Counts = npt.NDArray[np.int64]
Cuts = tuple[tuple[int, int], ...]
LEVELS: tuple[Cuts, ...] = (
    ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4)),
    ((0, 1), (2, 2), (3, 4)),
    ((0, 2), (3, 4)),
    ((0, 1), (2, 4)),
)
UNTOLD: Cuts = ((0, STEPS - 1),)
# Each keeps the number of people and the mean.
MOVES: Counts = np.array(
    [
        [1, -1, 0, -1, 1],
        [1, -2, 1, 0, 0],
        [0, 1, -2, 1, 0],
        [0, 0, 1, -2, 1],
        [1, 0, -2, 0, 1],
        [1, -1, -1, 1, 0],
        [0, 1, -1, -1, 1],
        [1, 0, -1, -2, 2],
        [2, -2, -1, 0, 1],
    ]
)
# What a reader might want to know of few people: each step, and each end of the scale as a whole.
_SECRETS: Counts = np.vstack([np.eye(STEPS, dtype=np.int64), [[1, 1, 0, 0, 0], [0, 0, 0, 1, 1]]])


class _Row(NamedTuple):
    """One group's answers, and what of them is told."""

    counts: Counts
    cuts: Cuts


def show_spreads(spreads: Iterable[ItemSpread], limits: Thresholds) -> tuple[ItemSpread, ...]:
    """Whole percentages of what may be told, bases rounded; what may not is left out."""
    together: dict[tuple[str, str, str], list[ItemSpread]] = defaultdict(list)
    for each in spreads:
        together[each.role, each.wave, each.item].append(each)
    told: dict[ItemSpread, Cuts] = {}
    for group in together.values():
        own = [each for each in group if each.project]
        rows = [_Row(np.array(each.counts), _choose_cuts(np.array(each.counts), limits)) for each in own]
        told |= {each: row.cuts for each, row in zip(own, rows, strict=True)}
        told |= {each: _choose_sum(np.array(each.counts), rows, limits) for each in group if not each.project}
    return tuple(
        each._replace(people=show_base(each.people, limits), parts=make_parts(each.counts, cuts), counts=())
        for each, cuts in told.items()
        if cuts != UNTOLD
    )


def hold_spreads(shown: Iterable[ItemSpread], since: Since, releases: Sequence[Release]) -> tuple[ItemSpread, ...]:
    """Of groups that an earlier report told of, only what is just as it was: beside it, new shares would tell on few.

    Args:
        shown: fit for the audience by itself.
        since: the state of each group.
        releases: the earlier reports.
    """
    before = {(role, wave) for (_, role, wave), state in since.groups.items() if state is not State.NEW}
    kept = []
    for each in shown:
        group = (each.project, each.role, each.wave)
        known = group[1:] in before if not each.project else since.groups.get(group) is not State.NEW
        key = (*group, each.item)
        if not known or (
            since.groups.get(group) is not State.FROZEN
            and all(key in release.spreads and release.spreads[key] == each.parts for release in releases)
        ):
            kept.append(each)
    return tuple(kept)


def _choose_cuts(counts: Counts, limits: Thresholds) -> Cuts:
    """The finest parts that may be told of one group by itself."""
    if counts.sum() < limits.percent_base:
        return UNTOLD
    return next((cuts for cuts in LEVELS if _is_safe(_Row(counts, cuts), limits)), UNTOLD)


def _is_safe(row: _Row, limits: Thresholds) -> bool:
    """Whether no part told is few people, and all else that is few people can hide."""
    sizes = _add_up(row.counts, row.cuts)
    if ((sizes > 0) & (sizes < limits.small_cell)).any():
        return False
    moves = MOVES[_list_kept(row.cuts)]
    return all(_can_hide(secret, moves, _find_ends(row.counts, moves), limits) for secret in _list_secrets(row, limits))


def _choose_sum(whole: Counts, rows: Sequence[_Row], limits: Thresholds) -> Cuts:
    """The finest parts that may be told of all projects together, beside what is told of each.

    What is left when the projects told are taken away must be nobody, or itself fit to be told; where some people
    answered about several projects, so many that it says nothing of one of them. And what hides in each project must
    still hide: where the move that hides it shows in the sum, others must be able to make it good.
    """
    double = int(sum(row.counts.sum() for row in rows) - whole.sum())
    if whole.sum() < limits.percent_base or 0 < double < limits.percent_base:
        return UNTOLD
    rest = np.sum([np.zeros(STEPS, dtype=np.int64), *(row.counts for row in rows if row.cuts == UNTOLD)], axis=0)
    if 0 < rest.sum() < limits.percent_base:
        return UNTOLD
    for cuts in LEVELS:
        sizes = _add_up(rest, cuts)
        few = ((sizes > 0) & (sizes < limits.small_cell)).any()
        if not few and _is_safe(_Row(whole, cuts), limits) and _hides_all(rows, cuts, limits):
            return cuts
    return UNTOLD


def _hides_all(rows: Sequence[_Row], cuts: Cuts, limits: Thresholds) -> bool:
    """Whether what hides in each project still hides beside the sum of all, told in these parts."""
    free = _list_kept(cuts)
    allowed = np.array([_list_kept(row.cuts) for row in rows])
    ends = np.array([_find_ends(row.counts, MOVES) for row in rows]) * allowed[:, None, :]
    every = ends.sum(axis=0)
    for row, own, kept in zip(rows, ends, allowed, strict=True):
        others = every - own
        bounded = np.where(free, own, np.minimum(own, others[::-1]))
        for secret in _list_secrets(row, limits):
            if _can_hide(secret, MOVES[kept], bounded[:, kept], limits) or _can_swap(row, rows, secret, limits):
                continue
            if _is_known_anyway(row, secret, limits):
                continue
            if not _can_answer_otherwise(row, rows, secret, cuts, limits):
                return False
    return True


def _is_known_anyway(row: _Row, secret: Counts, limits: Thresholds) -> bool:
    """Whether base and mean alone, which the score tells, leave too few possible numbers: there is nothing to hide."""
    people = int(row.counts.sum())
    if people < limits.min_base:
        return False
    if people >= limits.percent_base:
        return not _find_ends(row.counts, MOVES).any()
    return len(set((_list_ways(row) @ secret).tolist())) < limits.small_cell


def _can_answer_otherwise(row: _Row, rows: Sequence[_Row], secret: Counts, cuts: Cuts, limits: Thresholds) -> bool:
    """Whether an untold project could have answered in enough other ways, which some other project makes good."""
    if not limits.min_base <= row.counts.sum() < limits.percent_base:
        return False
    ways = _list_ways(row)
    moved = ways - row.counts
    possible = (_add_up(moved.T, cuts) == 0).all(axis=0)
    few = [each.counts for each in rows if each is not row and each.counts.sum() < limits.min_base]
    others = [*(each for each in rows if each is not row), *([_Row(np.sum(few, axis=0), UNTOLD)] if few else [])]
    for other in others:
        possible |= (other.counts >= moved).all(axis=1) & (_add_up(moved.T, other.cuts) == 0).all(axis=0)
    return len(set((ways[possible] @ secret).tolist())) >= limits.small_cell


def _list_ways(row: _Row) -> Counts:
    """All ways in which so few people can have answered with this mean; ways x steps."""
    return _list_sums(int(row.counts.sum()), int(row.counts @ np.arange(STEPS)))


@lru_cache(maxsize=256)
def _list_sums(people: int, total: int) -> Counts:
    """All numbers of people by step that are so many together and have this sum of steps; ways x steps."""
    ways = []
    for top, upper, middle in product(range(people + 1), repeat=3):
        lower = total - 4 * top - 3 * upper - 2 * middle
        bottom = people - top - upper - middle - lower
        if lower >= 0 and bottom >= 0:
            ways.append((bottom, lower, middle, upper, top))
    return np.array(ways)


def _can_swap(row: _Row, rows: Sequence[_Row], secret: Counts, limits: Thresholds) -> bool:
    """Whether a project of which nothing at all is told, neither mean nor how many answered, could have other people.

    It can swap people with others of that kind, and people can move between them while each still has somebody.
    """
    if row.counts.sum() >= limits.min_base:
        return False
    others = [each.counts for each in rows if each is not row and 0 < each.counts.sum() < limits.min_base]
    people, room = sum(int(each.sum()) for each in others), (limits.min_base - 1) * len(others)
    theirs, ours, own = sum(int(secret @ each) for each in others), int(secret @ row.counts), int(row.counts.sum())
    joining = min(limits.min_base - 1 - own, people - len(others))
    leaving = min(own - 1, room - people)
    up, down = min(own - ours + joining, theirs), min(ours, people - theirs + leaving)
    return up + down + 1 >= limits.small_cell


def _list_secrets(row: _Row, limits: Thresholds) -> list[Counts]:
    """What is few people and not told by itself: none of them is a finding, too, where a percentage is not allowed."""
    sizes = _SECRETS @ row.counts
    least = 0 if limits.min_base <= row.counts.sum() < limits.percent_base else 1
    told = {tuple(range(first, last + 1)) for first, last in row.cuts}
    return [
        secret
        for secret, size in zip(_SECRETS, sizes, strict=True)
        if least <= size < limits.small_cell and tuple(np.flatnonzero(secret)) not in told
    ]


def _can_hide(secret: Counts, moves: Counts, ends: Counts, limits: Thresholds) -> bool:
    """Whether one of the moves leaves as many possible numbers as a small cell has people."""
    return bool((((moves @ secret) != 0) & (ends.sum(axis=0) + 1 >= limits.small_cell)).any())


@cache
def _list_kept(cuts: Cuts) -> npt.NDArray[np.bool_]:
    """Which moves leave every part as it is."""
    return np.asarray(np.all(_add_up(MOVES.T, cuts) == 0, axis=0))


def _find_ends(counts: Counts, moves: Counts) -> Counts:
    """How often each move can be made, and how often its opposite, before a step is empty; 2 x moves."""
    sides = np.array([moves, -moves])
    taken = np.maximum(-sides, 1)
    return np.asarray(np.where(sides < 0, counts // taken, counts.sum()).min(axis=2))


def _add_up(counts: Counts, cuts: Cuts) -> Counts:
    return np.array([counts[first : last + 1].sum(axis=0) for first, last in cuts])
