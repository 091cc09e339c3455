"""How far coders agree: figures with their likely ranges, what was said instead, and what to talk through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

THEME, STANCE, LEVEL = "theme", "stance", "level"
MEASURES = (THEME, STANCE, LEVEL)
EACH, POOLED, MEAN = "each", "pooled", "mean"
NOT_FOUND = "not found"


class Figure(NamedTuple):
    """One figure of agreement, and both ends of its likely range.

    value: NaN where it is undefined. low, high: NaN where no range can be told, since coders never differ or too few
    answers bear on it.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreed:
    """How far coders agree on one question about answers.

    measure: whether a theme is there, or, where at least two coders found it, its stance or level. scope: of one theme,
    of all themes as one long list (pooled), or the mean of the themes' own figures. theme: its id; empty but for one.
    answers: how many were compared. cases: pairs of an answer and a theme that were. values: what could be said; for
    themes "no" and "yes". counts: coders x values, how often each said each. figures: by name, see FIGURES in
    coding/agreement.py. f1: of each coder but the first, against the first.
    """

    measure: str
    scope: str
    theme: str
    answers: int
    cases: int
    values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    figures: Mapping[str, Figure]
    f1: tuple[Figure, ...]


class Confused(NamedTuple):
    """How many answers (of stance and level: answers and themes) two coders put like this.

    first, second: the coders, in the order given. said, instead: what each of them said. Of themes, only where each has
    at most one that the other lacks: the ids of those two; empty where one of them has none.
    """

    measure: str
    first: str
    second: str
    said: str
    instead: str
    cases: int


class Difference(NamedTuple):
    """One theme in one answer that coders see differently.

    about: "theme", "stance", "level" or "stance and level". said: each coder's stance and level there, or NOT_FOUND;
    empty for one who did not look at the answer.
    """

    answer: str
    theme: str
    about: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """Everything about how far two or more coders agree.

    coders: their names, in the order given. looked: answers each looked at; alone: of them, those nobody else did,
    which are left out; empty: of them, those without a theme, of which there may be none as a file does not list them.
    answers: those compared, looked at by at least two. same: of them, those in which all who looked found the same
    themes. rows: pooled, mean, then each theme, for every measure. unused: themes that nobody found in the answers
    compared; they count nowhere. draws, seed: of the bootstrap.
    """

    coders: tuple[str, ...]
    looked: tuple[int, ...]
    alone: tuple[int, ...]
    empty: tuple[int, ...]
    answers: int
    same: int
    rows: tuple[Agreed, ...]
    confused: tuple[Confused, ...]
    differences: tuple[Difference, ...]
    unused: tuple[str, ...]
    draws: int
    seed: int
