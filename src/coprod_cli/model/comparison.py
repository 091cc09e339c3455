"""What comes of comparing: rounds with earlier rounds, and projects side by side."""

from dataclasses import dataclass
from math import nan
from typing import NamedTuple

VERDICTS = ("better", "probably better", "no clear change", "probably worse", "worse")


class Change(NamedTuple):
    """A score in one round minus that in an earlier one, of the same role and the items asked in both.

    Points with likely range; chances that it rose, and rose by 5 or more. linked: whether people who answered both
    times are known by their id and drawn together. items: how many closed items the two rounds share; narrowed: whether
    items that one round alone asked were left out. verdict: one of VERDICTS. basis: as of scores. why_not: a sentence
    where nothing may be said; numbers are then NaN, counts of people -1 and verdict and basis empty.
    """

    project: str
    role: str
    dimension: str
    before: str
    after: str
    change: float
    low: float
    high: float
    probability_up: float
    probability_up_5: float
    people_before: int
    people_after: int
    people_both: int
    linked: bool
    items: int
    verdict: str
    why_not: str = ""
    basis: str = ""
    narrowed: bool = False


class Standing(NamedTuple):
    """One project's overall score in its latest round beside those of other projects, as one role sees them.

    shrunken, with its range: drawn towards the mean of the projects, as far as its own figure is unsure; reliability
    (0..1) is how far it is not. NaN where there are too few projects. rank_low to rank_high: the likely range of its
    rank among `ranked` projects, 1 for the highest score; 0 where it is not ranked.
    """

    project: str
    role: str
    wave: str
    basis: str
    estimate: float
    low: float
    high: float
    people: int
    shrunken: float = nan
    shrunken_low: float = nan
    shrunken_high: float = nan
    reliability: float = nan
    rank_low: int = 0
    rank_high: int = 0
    ranked: int = 0


class Spread(NamedTuple):
    """How much projects differ, as one role sees them: number, mean and standard deviation between them, in points.

    reliability: the middle project's share of what differs that is not chance, 0..1.
    """

    role: str
    basis: str
    projects: int
    mean: float
    between: float
    reliability: float


class Pairing(NamedTuple):
    """Two projects' overall scores: first minus second in points, with range, and the chance that first is higher."""

    role: str
    basis: str
    first: str
    second: str
    difference: float
    low: float
    high: float
    probability_higher: float
    people_first: int
    people_second: int


@dataclass(frozen=True)
class Beside:
    """Projects side by side, each in its latest round."""

    standings: tuple[Standing, ...] = ()
    spreads: tuple[Spread, ...] = ()
    pairings: tuple[Pairing, ...] = ()
