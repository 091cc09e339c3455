"""Changes between rounds go in; the words for them, and how many would look sure by luck alone, come out."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

import pandas as pd

from coprod_cli.model.comparison import Change
from coprod_cli.model.framework import Scoring
from coprod_cli.model.tables import OVERALL
from coprod_cli.telling.marks import mark_why
from coprod_cli.telling.words import ROLE_WORDS, Released, say_range

SURE = ("better", "worse")
_LEAST_PERCENT = 0.01


class Stepped(Released, Protocol):
    """What tells of scores in several rounds: Findings, or a Comparison."""

    @property
    def scores(self) -> pd.DataFrame:
        """Score rows."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Of every project, role and dimension."""


def group_steps(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes of one project, role and step each, by project, with parents first; the overall score comes first."""
    order = list(ROLE_WORDS)
    listed = sorted(changes, key=lambda each: (each.project.casefold(), each.project, order.index(each.role)))
    by_step = groupby(listed, key=lambda each: (each.project, each.role, each.before, each.after))
    return [sorted(group, key=lambda each: each.dimension != OVERALL) for _, group in by_step]


def is_broken(change: Change) -> bool:
    """Whether two rounds are no one series: not too few answers, but answers that cannot be compared."""
    return mark_why(change.why_not) == "z"


def list_tested(changes: Iterable[Change]) -> list[Change]:
    """Those of which anything may be said."""
    return [each for each in changes if not each.why_not]


def count_by_luck(tested: int, rules: Scoring) -> float:
    """How many of so many changes would be called sure if nothing had changed at all.

    A sure change needs the chance and a likely range that leaves out no change, so the narrower of the two counts.
    """
    return tested * min(2 * (1 - rules.sure_change), 1 - rules.level)


def find_false_discovery_rates(changes: Sequence[Change], draws: int) -> list[float]:
    """For each change the least share of false finds among all that are at least as sure, 0..1.

    Benjamini and Hochberg 1995, JRSS B 57:289-300; valid where the changes lean the same way, as those of one group of
    people do (Benjamini and Yekutieli 2001, Annals of Statistics 29:1165-1188). The p-value is twice the smaller of the
    chances up and down, and never less than one of the draws.

    Args:
        changes: those tested.
        draws: from which the chances were taken.
    """
    chances = [max(2 * min(each.probability_up, 1 - each.probability_up), 1 / draws) for each in changes]
    order = sorted(range(len(chances)), key=lambda place: chances[place], reverse=True)
    rates, least = [1.0] * len(chances), 1.0
    for behind, place in enumerate(order):
        least = min(least, chances[place] * len(chances) / (len(chances) - behind))
        rates[place] = least
    return rates


def say_percent(chance: float, rules: Scoring) -> str:
    """A chance in whole percent that agrees with the words chosen by it: "just under 80%" where 80% would not.

    Never quite none or all, since draws can be no surer than that.
    """
    if not _LEAST_PERCENT <= chance <= 1 - _LEAST_PERCENT:
        return "under 1%" if chance < _LEAST_PERCENT else "over 99%"
    whole = round(chance, 2)
    for cut in (rules.likely_change, rules.sure_change):
        if chance < cut <= whole:
            return f"just under {cut:.0%}"
        if 1 - chance < cut <= round(1 - whole, 2):
            return f"just over {1 - cut:.0%}"
    return f"{whole:.0%}"


def say_rule(rules: Scoring, sure: str, unclear: str) -> str:
    """By what rule the words of a table are chosen, to stand above it.

    sure: the words for it, such as "better or worse"; unclear: those where nothing can be said.
    """
    return (
        f"We say {sure} where the chance of it is at least {rules.sure_change:.0%} and the likely range leaves out 0; "
        f"“probably” where the chance is at least {rules.likely_change:.0%}; else there is {unclear}."
    )


def say_points(change: Change) -> str:
    """By how many points, and the likely range: "up 6 points (likely range: down 1 to up 12)"."""
    return f"{_say_move(change.change)} (likely range: {_say_ends(change)})"


def _say_move(points: float) -> str:
    rounded = round(points)
    if rounded == 0:
        return "0 points"
    return f"{'up' if rounded > 0 else 'down'} {abs(rounded)} point{'' if abs(rounded) == 1 else 's'}"


def _say_ends(change: Change) -> str:
    low, high = round(change.low), round(change.high)
    # Words that are sure rest on a range without 0, so it is not told with 0 in it.
    if change.verdict in SURE and low == 0:
        return f"up just over {say_range(low, high)}"
    if change.verdict in SURE and high == 0:
        return f"down just over {say_range(-high, -low)}"
    if low >= 0:
        return f"up {say_range(low, high)}"
    if high <= 0:
        return f"down {say_range(-high, -low)}"
    return f"down {-low} to up {high}"
