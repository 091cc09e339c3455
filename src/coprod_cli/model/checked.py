"""What people coded by hand: how much of the survey it is, how far the machine agrees, and what follows for themes."""

from dataclasses import dataclass
from math import nan
from typing import NamedTuple


class CheckedTheme(NamedTuple):
    """How well the machine finds one theme in the answers that people coded; all 0..1, counts are of answers.

    Only what is said of the joint work counts, as in the tables of themes. theme: its id, empty for all themes as one
    list. found: of the answers drawn, those in which people found it; named: in which the machine did; -1 when
    withheld. NaN where there are not enough answers to say.
    """

    theme: str
    found: int
    named: int
    precision: float = nan
    precision_low: float = nan
    precision_high: float = nan
    recall: float = nan
    recall_low: float = nan
    recall_high: float = nan
    f1: float = nan
    f1_low: float = nan
    f1_high: float = nan


class CheckedShare(NamedTuple):
    """The share of one role's answers that hold a theme, corrected for the mistakes that people found; 0..1.

    coded: the share as it would be told without the correction, people's codes and the machine's together.
    """

    role: str
    wave: str
    theme: str
    coded: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Checked:
    """What came of codes that people made.

    answers: answers in the survey; by_hand: of them, those that people coded; drawn: of these, those that the machine
    is measured on, all but such as were chosen rather than drawn; -1 when withheld, to the nearest rounded_to.
    effective: as many answers drawn alike tell as much, where they were drawn with unequal chances; else 0. coders:
    what the people are called. themes: all as one list, then each. shares: by role, round, theme.
    """

    answers: int = 0
    by_hand: int = 0
    rounded_to: int = 1
    coders: tuple[str, ...] = ()
    themes: tuple[CheckedTheme, ...] = ()
    shares: tuple[CheckedShare, ...] = ()
    drawn: int = 0
    effective: int = 0

    @property
    def is_weighted(self) -> bool:
        """Whether the answers coded were drawn with unequal chances, and count by their weights."""
        return self.effective > 0

    @property
    def is_all(self) -> bool:
        """Whether people are known to have coded every answer."""
        return self.rounded_to == 1 and self.by_hand == self.answers > 0


NOTHING_CHECKED = Checked()
