"""Who was asked, as a user says: shares to weight people by, sizes of closed groups, and what came of both."""

from dataclasses import dataclass
from typing import NamedTuple

MOST_MARGINS = 3
MISSING = "missing"


class Margin(NamedTuple):
    """One question about people and, for each of its answers, the share of the population; shares add up to 1.

    name: the question, as the survey's header has it.
    """

    name: str
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Targets:
    """A targets file as read: the role whose people are weighted, and up to MOST_MARGINS margins."""

    role: str
    margins: tuple[Margin, ...]
    sha256: str = ""


class Weighting(NamedTuple):
    """Raking of one role in one round. effective: number of people (Kish 1965).

    trimmed: people whose weight was held to the bounds. largest: the heaviest weight, where the mean is 1. furthest:
    how far, after that, the weighted share of any answer is from its target, 0..1. converged: whether the weights met
    all the targets before any were held.
    """

    role: str
    margins: tuple[str, ...]
    people: int
    effective: float
    trimmed: int
    largest: float
    converged: bool
    wave: str = ""
    furthest: float = 0.0


class ClosedGroup(NamedTuple):
    """A closed group of which everybody was asked, and how many that is, as a governance file says.

    used: whether its size narrowed the likely ranges; not where more people answered than are said to have been asked,
    nor where too small a share of them did. few: that the latter is so. How many answered stands in the bases, fit for
    the audience.
    """

    project: str
    role: str
    wave: str
    asked: int
    used: bool
    few: bool = False
