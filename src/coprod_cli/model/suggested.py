"""Which answers a person should code next, and why."""

from dataclasses import dataclass
from typing import NamedTuple


class Suggested(NamedTuple):
    """One answer that is worth coding.

    id: as outputs show it. theme: the one that speaks most for it, as the machine is unsure of it and few codes tell of
    it. chance: the machine's, of this theme; line: from which chance on it names the theme; both 0..1. coded: in how
    many answers people have found the theme so far. distance: how unlike it is to what is coded or stands before it, 0
    for the same and 1 or more for nothing in common; 1 for the first where nothing is coded.
    """

    id: str
    theme: str
    chance: float
    line: float
    coded: int
    distance: float


@dataclass(frozen=True)
class Suggestions:
    """What to code next, the most useful first.

    coded: answers that people have coded. left: those that nobody has, and that a machine can read; unread: in another
    language; silent: that say nothing.
    """

    answers: tuple[Suggested, ...]
    coded: int
    left: int
    unread: int
    silent: int
