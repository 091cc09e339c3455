"""Sizes of groups and their total go in; how finely the total may be told beside them comes out.

Whoever knows the total and the groups that are told knows what the withheld ones hold together. So a total is rounded
until each withheld group could still have as many sizes as a small count must be able to take, and withheld if no
rounding does it. That somebody may belong to two groups is no protection to count on, so it is not counted on.
"""

from collections.abc import Iterable
from typing import NamedTuple

STEPS = (1, 5, 10, 20, 50, 100)
UNTOLD = 0


class Size(NamedTuple):
    """What readers know of the size of a group that is told: it lies between the two, ends included."""

    low: int
    high: int


def round_to(people: float, step: int) -> int:
    """To the nearest step, halves up."""
    return int((people + step / 2) // step * step)


def spread(shown: int, step: int) -> Size:
    """Which numbers of people are told as `shown` when rounded to the nearest step."""
    low = shown - step // 2
    return Size(max(low, 0), low + step - 1)


def choose_step(total: int, told: Iterable[Size], hidden: int, most: int, values: int) -> int:
    """The finest of STEPS to which the total may be told; UNTOLD when it must be withheld.

    Args:
        total: exact.
        told: of each group that is told, what readers know of its size.
        hidden: how many groups are withheld.
        most: people in the largest group that may be withheld.
        values: how many sizes each withheld group must be able to have.
    """
    if not hidden:
        return 1
    known = list(told)
    least_told, most_told = sum(each.low for each in known), sum(each.high for each in known)
    for step in STEPS:
        size = spread(round_to(total, step), step)
        least, greatest = size.low - most_told, size.high - least_told
        if greatest < hidden:  # more in the groups than in all: people belong to several, so nothing adds up
            return step
        low, high = max(1, least - most * (hidden - 1)), min(most, greatest - (hidden - 1))
        if high - low + 1 >= values:
            return step
    return UNTOLD
