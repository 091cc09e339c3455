"""Changes between rounds go in; the words for them, and how many would look sure by luck alone, come out."""

from collections.abc import Iterable, Sequence

from coprod_cli.model.comparison import Change
from coprod_cli.model.framework import Scoring
from coprod_cli.telling.words import say_range

SURE = ("better", "worse")


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
    if low >= 0:
        return f"up {say_range(low, high)}"
    if high <= 0:
        return f"down {say_range(-high, -low)}"
    return f"down {-low} to up {high}"
