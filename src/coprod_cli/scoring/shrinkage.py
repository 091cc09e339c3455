"""Scores of many projects with their variances go in; how much the projects differ, and shrunken scores, come out.

A score that rests on few people swings widely by luck, so the highest and the lowest of many are mostly unsure ones.
Drawn towards the mean of all, as far as each is unsure, they are nearer to the truth on the whole; but the worst
project then reads too well. So shrunken scores stand beside the raw ones where projects are compared, and nowhere else:
they never enter a headline, a rung or a flag.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

Numbers = npt.NDArray[np.float64]
FEWEST_PEOPLE = 5


class Shrunken(NamedTuple):
    """Shrunken scores with both ends of their likely ranges, 0..100, and the reliability, 0..1, of each raw score.

    mean: of the projects; between: variance between them (tau squared), in points squared.
    """

    estimates: Numbers
    lows: Numbers
    highs: Numbers
    reliability: Numbers
    mean: float
    between: float


def estimate_between(estimates: Numbers, variances: Numbers) -> float:
    """Tau squared, the variance between projects beyond chance, by Paule and Mandel.

    The value at which the weighted squares about the weighted mean are as many as they should be: the root of
    sum((y - mean)^2 / (v + tau^2)) = k - 1, which falls steadily; 0 where even without tau squared they are fewer
    (Paule and Mandel 1982, J Res Natl Bur Stand 87:377-385; DerSimonian and Kacker 2007, Contemp Clin Trials 28:105).

    Args:
        estimates: one score a project, two or more.
        variances: of each, above 0.
    """

    def find_excess(between: float) -> float:
        weights = 1 / (variances + between)
        return float(np.sum(weights * (estimates - np.average(estimates, weights=weights)) ** 2) - (len(estimates) - 1))

    if find_excess(0.0) <= 0:
        return 0.0
    most = float(np.sum((estimates - estimates.mean()) ** 2))
    return float(optimize.brentq(find_excess, 0.0, most, xtol=1e-12, rtol=1e-14))


def shrink_scores(estimates: Numbers, variances: Numbers, level: float) -> Shrunken:
    """Empirical-Bayes scores: each moved towards the mean by v / (tau^2 + v).

    The range adds to the variance left, v tau^2 / (tau^2 + v), what is not known of the mean and of tau squared (to
    first order: Kass and Steffey 1989, JASA 84:717-726; the variance of tau squared as 2 / sum of squared weights).

    Args:
        estimates: one score a project, two or more.
        variances: of each, above 0.
        level: of the likely range.
    """
    between = estimate_between(estimates, variances)
    weights = 1 / (variances + between)
    mean = float(np.average(estimates, weights=weights))
    pull = variances * weights
    shrunken = estimates - pull * (estimates - mean)
    unsure_mean = pull**2 / weights.sum()
    unsure_between = (pull * weights * (estimates - mean)) ** 2 * 2 / float(np.sum(weights**2))
    reach = stats.norm.ppf(0.5 + level / 2) * np.sqrt(variances * (1 - pull) + unsure_mean + unsure_between)
    low, high = (np.clip(shrunken + side * reach, 0.0, 100.0) for side in (-1, 1))
    return Shrunken(shrunken, low, high, 1 - pull, mean, between)
