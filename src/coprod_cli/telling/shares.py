"""Shares of people go in, as they are told; their likely ranges, and the words for both, come out.

The range is made from the share and the people that are told, not from exact ones: it tells no more than they do.
"""

import math
from statistics import NormalDist

from coprod_cli.telling.words import Released, is_withheld


def find_share_range(findings: Released, share: float, people: float) -> tuple[float, float]:
    """Both ends of the likely range of a share of so many people, 0..1; NaN where either is withheld.

    Wilson's interval: (p + z^2 / 2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n) (Wilson 1927, Journal of the
    American Statistical Association 22:209-212).
    """
    if math.isnan(share) or is_withheld(people) or people < 1:
        return math.nan, math.nan
    square = NormalDist().inv_cdf(0.5 + findings.framework.scoring.level / 2) ** 2
    middle = share + square / (2 * people)
    half = math.sqrt(square * (share * (1 - share) / people + square / (4 * people**2)))
    low, high = ((middle + sign * half) / (1 + square / people) for sign in (-1, 1))
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def say_share(findings: Released, share: float, people: float) -> str:
    """A share with its likely range: "31% (likely range 23% to 40%)"; its people are told beside it."""
    low, high = find_share_range(findings, share, people)
    return f"{share:.0%} (likely range {low:.0%} to {high:.0%})"


def say_share_shortly(findings: Released, share: float, people: float) -> str:
    """The same for a cell of a table whose note says the rest: "31% (23% to 40%)"."""
    low, high = find_share_range(findings, share, people)
    return f"{share:.0%} ({low:.0%} to {high:.0%})"
