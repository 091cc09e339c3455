"""What people said, 0 to 100, goes in; 4,000 plausible averages, and the likely range they span, come out.

Method: Bayesian bootstrap over people (Rubin 1981, Annals of Statistics 9:130-134): each draw weighs every person by
an independent standard exponential, which normalised is a flat Dirichlet. Two mends for small groups: the spread
between people is never taken to be smaller than one shrunk towards a usual spread, and the draws are stretched about
the estimate by sqrt((n+1)/(n-1)) * t(n-1) / z. docs/method.md gives the simulated coverage.

Each person's weights come from a stream of the person's own. So the order of rows changes nothing, adding a project
changes nothing elsewhere, and one person's answers about two projects are drawn together.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

Draws = npt.NDArray[np.float64]


class LikelyRange(NamedTuple):
    """Both ends of a likely range, 0..100, with low <= estimate <= high."""

    low: float
    high: float


def draw_weights(people: Sequence[str], seed: int, draws: int) -> Draws:
    """Weights of shape (people, draws): row i depends on the seed and on person i only."""
    return np.stack([_stream(person, seed).standard_exponential(draws) for person in people])


def estimate_mean(values: Draws, weights: Draws) -> float:
    """The weighted mean of values (n,) with survey weights (n,); held within them against the last bit's rounding."""
    return float(np.clip(np.sum(values * weights) / np.sum(weights), values.min(), values.max()))


def count_effective(weights: Draws) -> float:
    """How many people with equal weights would tell as much: (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling)."""
    return float(np.sum(weights) ** 2 / np.sum(weights**2))


def draw_means(values: Draws, weights: Draws, chances: Draws, prior: tuple[float, float], noise: Draws) -> Draws:
    """Plausible means, shape (draws,), before they are widened.

    Args:
        values: what each person said, (n,), 0..100.
        weights: survey weights, (n,).
        chances: the people's bootstrap weights, (n, draws).
        prior: degrees of freedom and standard deviation (points) that the spread between people is shrunk towards.
        noise: standard normal draws, (draws,), used for the spread that few or like-minded people do not show.
    """
    n = len(values)
    joint = chances * weights[:, None]
    means = (values @ joint) / joint.sum(axis=0)
    if n < 2:  # noqa: PLR2004 - a spread needs two people
        return np.asarray(means)
    degrees, spread = prior
    variance = float(np.var(values, ddof=1))
    shrunk = (degrees * spread**2 + (n - 1) * variance) / (degrees + n - 1)
    missing = max(0.0, shrunk - variance) * (n - 1) / (n * (n + 1))
    return np.asarray(means + noise * np.sqrt(missing))


def draw_noise(name: str, seed: int, draws: int) -> Draws:
    """Standard normal draws, (draws,), from a stream named by what they are for."""
    return _stream(name, seed).standard_normal(draws)


def widen_draws(draws: Draws, estimate: float, people: float, level: float) -> Draws:
    """The draws stretched about the estimate for a small (effective) number of people, held to 0..100."""
    tail = 0.5 + level / 2
    stretch = np.sqrt((people + 1) / (people - 1)) * stats.t.ppf(tail, people - 1) / stats.norm.ppf(tail)
    return np.asarray(np.clip(estimate + (draws - estimate) * stretch, 0.0, 100.0))


def find_range(draws: Draws, estimate: float, level: float) -> LikelyRange:
    """The middle `level` share of the draws, stretched where needed to hold the estimate itself."""
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2])
    return LikelyRange(min(float(low), estimate), max(float(high), estimate))


def _stream(name: str, seed: int) -> np.random.Generator:
    digest = sha256(f"{seed}:{name}".encode()).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "little")))
