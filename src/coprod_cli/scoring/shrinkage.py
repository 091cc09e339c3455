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
_STEPS = 200


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

    The range is as wide as what is left of each project's variance, what is not known of the mean, and what is not
    known of tau^2 make it: over the values that tau may have, weighed by how likely they make the scores (flat prior
    on tau, mean integrated out: Gelman 2006, Bayesian Analysis 1:515-534), the expected variance plus the squared
    distance of the score there from the score shown. It reaches as far as Student's t with k - 1 degrees of freedom, a
    convention that errs to the wide side where projects are few.

    Args:
        estimates: one score a project, two or more.
        variances: of each, above 0.
        level: of the likely range.
    """
    between = estimate_between(estimates, variances)
    shrunken, mean, pull = _shrink(estimates, variances, np.array([between]))
    most = 3 * float(np.std(estimates, ddof=1)) + float(np.sqrt(variances.mean()))
    taus = np.linspace(0.0, most, _STEPS) ** 2
    there, means, pulls = _shrink(estimates, variances, taus)
    weights = 1 / (variances + taus[:, None])
    fit = np.log(weights).sum(axis=1) - np.log(weights.sum(axis=1))
    fit -= (weights * (estimates - means[:, None]) ** 2).sum(axis=1)
    chances = np.exp((fit - fit.max()) / 2)
    chances /= chances.sum()
    unsure = variances * (1 - pulls) + pulls**2 / weights.sum(axis=1)[:, None] + (there - shrunken) ** 2
    reach = stats.t.ppf(0.5 + level / 2, len(estimates) - 1) * np.sqrt(chances @ unsure)
    low, high = (np.clip(shrunken[0] + side * reach, 0.0, 100.0) for side in (-1, 1))
    return Shrunken(shrunken[0], low, high, 1 - pull[0], float(mean[0]), between)


def _shrink(estimates: Numbers, variances: Numbers, betweens: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For each value of tau^2: the shrunken scores, their mean, and how far each is drawn to it (0..1)."""
    weights = 1 / (variances + betweens[:, None])
    means = (weights @ estimates) / weights.sum(axis=1)
    pulls = variances * weights
    return estimates - pulls * (estimates - means[:, None]), means, pulls
