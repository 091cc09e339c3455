"""What people said, 0 to 100, goes in; 4,000 plausible averages, and the likely range they span, come out.

Method: Bayesian bootstrap over people (Rubin 1981, Annals of Statistics 9:130-134): each draw weighs every person by
an independent standard exponential, which normalised is a flat Dirichlet. The draws keep their order, and in it take
the places of score intervals (Wilson 1927, Journal of the American Statistical Association 22:209-212): each asks how
far people would differ if the truth lay there. So a range reaches further towards the middle of the scale than towards
its end, also where nobody who answered stands far off. It is the wider of two: Student's for the spread seen, and that
for a spread shrunk towards a usual one. docs/method.md gives the simulated coverage (benchmarks/simulation.py).

A person's weights depend on the person's lot (reading/lots.py), the seed and the number of the draw only. So the
order of rows changes nothing, adding a project changes nothing elsewhere, and one person's answers about two projects,
or in two rounds, are drawn together. People are taken in blocks: memory grows with the draws, not with the people.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

Draws = npt.NDArray[np.float64]
MIDDLE, TOP = 50.0, 100.0
# People are taken in blocks, and so many draws at a time that a product of matrices has at most _SMALL multiplications:
# it stays in the processor's cache, and the library of matrices does not split it between cores (OpenBLAS does so from
# 2^18 on), so that the last bit of a draw does not hang on how many there are.
_BLOCK, _SMALL = 32, 2**18
# SplitMix64 (Steele, Lea and Flood 2014, OOPSLA): a counter goes in, evenly mixed 64 bits come out.
_GOLDEN, _FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class LikelyRange(NamedTuple):
    """Both ends of a likely range, 0..100, with low <= estimate <= high."""

    low: float
    high: float


# Standard exponential quantiles at the middles of 65,536 equal steps: sixteen random bits pick one weight, and no
# logarithm is taken in the loop. Rounded, so that every machine has the same ones.
_STEPS = 2**16
_EXPONENTIALS = np.round(-np.log((np.arange(_STEPS) + 0.5) / _STEPS), 12)
_LANES = 4


class Seen(NamedTuple):
    """What people say: their mean, 0..100, the variance between them, see `measure_variances`, and how many they are.

    people: the effective number.
    """

    mean: float
    variance: float
    people: float


class Reach(NamedTuple):
    """How far plausible means lie from their estimate.

    share: the variance of the mean, of the greatest that the answer of one person can have at that mean. stretch: t
    over z, as people are few. shown: how much of that variance people themselves show, 0..1; the rest is noise.
    """

    share: float
    stretch: float
    shown: float


def draw_weights(people: Sequence[str], seed: int, draws: int) -> Draws:
    """Standard exponential weights, people x draws: row i depends on the seed and on person i only."""
    return _spread_keys(_make_keys(people, seed), 0, draws)


def _make_keys(people: Sequence[str], seed: int) -> npt.NDArray[np.uint64]:
    salt = sha256(str(seed).encode()).hexdigest()[:16]
    return np.asarray(pd.util.hash_array(np.array(people, dtype=object), hash_key=salt, categorize=False))


def _spread_keys(keys: npt.NDArray[np.uint64], first: int, last: int) -> Draws:
    """Exponential weights, keys x (last - first) draws: each mixed counter gives four, sixteen bits each."""
    bits = np.arange(first // _LANES + 1, -(-last // _LANES) + 1, dtype=np.uint64) * _GOLDEN + keys[:, None]
    bits ^= bits >> np.uint64(30)
    bits *= _FIRST
    bits ^= bits >> np.uint64(27)
    bits *= _SECOND
    bits ^= bits >> np.uint64(31)
    steps = bits.astype("<u8", copy=False).view("<u2")[:, : last - first]
    return np.asarray(_EXPONENTIALS.take(steps))


def estimate_means(values: Draws, weights: Draws) -> Draws:
    """Weighted means of the columns of values (people x columns), NaN left out; each held within what was said."""
    there = ~np.isnan(values)
    joint = there * weights[:, None]
    total = joint.sum(axis=0)
    means = np.divide(
        (np.nan_to_num(values) * joint).sum(axis=0), total, out=np.full(len(total), np.nan), where=total > 0
    )
    low, high = np.where(there, values, np.inf).min(axis=0), np.where(there, values, -np.inf).max(axis=0)
    return np.asarray(np.where(total > 0, np.clip(means, low, high), np.nan))


def count_effective(weights: Draws) -> float:
    """How many people with equal weights would tell as much: (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling)."""
    return round(float(np.sum(weights) ** 2 / np.sum(weights**2)), 6) if np.any(weights > 0) else 0.0


def draw_means(values: Draws, weights: Draws, people: Sequence[str], seed: int, draws: int) -> Draws:
    """Plausible means of each column, columns x draws, before noise and widening; NaN for a column without a value.

    Args:
        values: what people said, people x columns, 0..100, NaN for nothing.
        weights: survey weights, (people,).
        people: their lots, in the order of the rows.
        seed: of the drawing.
        draws: how many.
    """
    if not values.shape[1]:
        return np.zeros((0, draws))
    there = ~np.isnan(values)
    spoken = np.nan_to_num(values) * weights[:, None]
    # Columns with the same people share one divisor.
    seen = [column.tobytes() for column in there.T]
    patterns = sorted(set(seen))
    pattern_of = np.array([patterns.index(each) for each in seen], dtype=np.int64)
    columns = np.concatenate([spoken.T, [there[:, seen.index(each)] * weights for each in patterns]])
    keys = _make_keys(people, seed)
    totals = np.zeros((len(columns), draws))
    step = max(1, _SMALL // (_LANES * _BLOCK * len(columns))) * _LANES
    for start in range(0, len(people), _BLOCK):
        block = slice(start, start + _BLOCK)
        for first in range(0, draws, step):
            last = min(first + step, draws)
            totals[:, first:last] += columns[:, block] @ _spread_keys(keys[block], first, last)
    top, whole = totals[: len(seen)], totals[len(seen) + pattern_of]
    return np.asarray(np.divide(top, whole, out=np.full_like(top, np.nan), where=whole > 0))


def measure_variances(values: Draws, weights: Draws, means: Draws) -> Draws:
    """The variance between people of each column that, over the effective number of people, is that of the mean.

    n / (n - 1) * sum w^2 (x - mean)^2 / sum w^2, the linearised variance of a weighted mean (Cochran 1977, section
    6.4) times the effective number n; with equal weights the usual s^2. 0 for one person.

    Args:
        values: people x columns, NaN for nothing.
        weights: of the people.
        means: of the columns.
    """
    squares = ~np.isnan(values) * (weights**2)[:, None]
    total = squares.sum(axis=0)
    effective = (~np.isnan(values) * weights[:, None]).sum(axis=0) ** 2 / np.where(total > 0, total, 1)
    spread = (np.nan_to_num(values - means) ** 2 * squares).sum(axis=0) / np.where(total > 0, total, 1)
    return np.asarray(np.where(effective > 1, spread * effective / np.maximum(effective - 1, 1e-9), 0.0))


def find_usual_share(mean: float, people: float, spread: float) -> tuple[float, float]:
    """What is usual of the variance between people, as a share of the greatest at this mean; and that greatest.

    The greatest is m (100 - m), of people at both ends of the scale (Bhatia and Davis 2000, American Mathematical
    Monthly 107:353-357). In the middle `spread` points are usual. Towards the ends the share goes to 1: where nearly
    all say the same, those who do not may stand anywhere. The mean is taken with one more person, at the middle, so
    that it is never 0.
    """
    held = (people * mean + MIDDLE) / (people + 1)
    greatest = held * (TOP - held)
    middle, end = (spread / MIDDLE) ** 2, (1 - greatest / MIDDLE**2) ** 2
    return middle + (1 - middle) * end, greatest


def find_reach(seen: Seen, spread: float, degrees: float, level: float) -> Reach:
    """How far plausible means are to reach: the wider of two, both in shares of the greatest variance.

    Student's: the share seen, n - 1 degrees of freedom. The other: that share and the usual one, taken together as if
    `degrees` more people had shown the usual one at the mean with one more person; n - 1 + degrees (after the scaled
    inverse chi-square prior; Gelman and others 2013, Bayesian Data Analysis, section 3.3).

    Args:
        seen: what people say.
        spread: the usual one in the middle of the scale, in points.
        degrees: what that prior counts for.
        level: of the likely range.
    """
    if seen.people <= 1:
        return Reach(0.0, 1.0, 1.0)
    tail, own = 0.5 + level / 2, seen.people - 1
    greatest = seen.mean * (TOP - seen.mean)
    usual, prior = find_usual_share(seen.mean, seen.people, spread)
    shrunk = (degrees * usual * prior + own * seen.variance) / (degrees * prior + own * greatest)
    alone = seen.variance / greatest if greatest > 0 else 0.0
    shared = special.stdtrit(own + degrees, tail) * np.sqrt(shrunk) > special.stdtrit(own, tail) * np.sqrt(alone)
    share, freedom = (shrunk, own + degrees) if shared else (alone, own)
    stretch = float(special.stdtrit(freedom, tail) / special.ndtri(tail))
    return Reach(share / seen.people, stretch, min(alone / share, 1.0) if share > 0 else 1.0)


def find_stretch(people: float, level: float) -> float:
    """sqrt((n + 1) / (n - 1)) * t(n - 1) / z: how much wider than plain draws a small group's range is.

    The root turns the bootstrap's variance, (n - 1) s^2 / (n (n + 1)), into s^2 / n.
    """
    return float(np.sqrt((people + 1) / (people - 1)) * find_tails(people, level))


def find_tails(people: float, level: float) -> float:
    """t(n - 1) / z: how much further than a normal range Student's reaches; 1 for one person."""
    tail = 0.5 + level / 2
    return float(special.stdtrit(people - 1, tail) / special.ndtri(tail)) if people > 1 else 1.0


def draw_noise(name: str, seed: int, draws: int) -> Draws:
    """Standard normal draws, (draws,), from a stream named by what they are for."""
    return open_stream(name, seed).standard_normal(draws)


def open_stream(name: str, seed: int) -> np.random.Generator:
    """Chances from a stream named by what they are for, the same wherever and whenever it is opened."""
    digest = sha256(f"{seed}:{name}".encode()).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "little")))


def rank_draws(draws: Draws) -> Draws:
    """Each row of draws, columns x draws, by rank in standard normal scores; only 0 where all draws are the same."""
    scores = np.zeros_like(draws)
    order = np.argsort(draws, axis=1, kind="stable")
    apart = np.take_along_axis(draws, order[:, :1], 1) < np.take_along_axis(draws, order[:, -1:], 1)
    np.put_along_axis(scores, order, np.where(apart, _list_normals(draws.shape[1]), 0.0), axis=1)
    return scores


@cache
def _list_normals(draws: int) -> Draws:
    return np.asarray(special.ndtri((np.arange(draws) + 0.5) / draws))


def place_draws(scores: Draws, estimate: float, reach: Reach, factor: float = 1.0) -> Draws:
    """Plausible means, 0..100, of standard normal scores: score intervals about the estimate, one for each score.

    Each is the m from which the estimate is as many standard errors away as the score says, the standard error being
    that at m: sqrt(share * m (100 - m)). The middle one is the estimate.

    factor: that of a finite population, for the scores.
    """
    lean = scores * (np.sqrt(reach.share) * reach.stretch * factor)
    told, square = estimate / TOP, lean**2
    placed = (told + square / 2 + lean * np.sqrt(told * (1 - told) + square / 4)) / (1 + square)
    return np.asarray(np.clip(TOP * placed, 0.0, TOP))


def find_finite_factor(answered: int, population: int) -> float:
    """sqrt((N - n) / (N - 1)) for n of the N people of a closed group (Cochran 1977, section 2.6); 1 without N."""
    if population <= 1:
        return 1.0
    return float(np.sqrt(max(0, population - answered) / (population - 1)))


def find_probability_up(differences: Draws) -> float:
    """The share of draws above 0; those at 0 are halved, so that turning the sides round turns the chance round."""
    return float(np.mean(differences > 0) + np.mean(differences == 0) / 2)


def find_range(draws: Draws, estimate: float, level: float) -> LikelyRange:
    """The middle `level` share of the draws, stretched where needed to hold the estimate itself."""
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2])
    return LikelyRange(min(float(low), estimate), max(float(high), estimate))
