"""What people of one role said goes in; how well items hang together, and what goes with what, comes out.

A row is what one person said of one project in one round. A person with several rows counts once where people are
counted, so that ranges are never narrower than the people behind them allow.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import nan

import numpy as np
import numpy.typing as npt
from scipy import stats

from coprod_cli.model.findings import Alpha, Correlation, ItemRest
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.evidence import Matrix, Places
from coprod_cli.scoring.intervals import LikelyRange
from coprod_cli.scoring.ticks import Ticks

_LEAST_FOR_FISHER = 4
_FLAT = 1e-12


def measure_alphas(role: str, ticks: Ticks, people: Places, framework: Framework) -> Iterator[Alpha]:
    """Alpha of each dimension that at least two items ask about, from people who answered all of these.

    Items that nobody of the role answered were not asked. None where fewer people than the framework's floor did.

    Args:
        role: whose answers these are.
        ticks: of that role only.
        people: for each row of `ticks` who it is.
        framework: its dimensions, the floor and the level of ranges.
    """
    asked = ~np.isnan(ticks.scores).all(axis=0)
    for place, dimension in enumerate(framework.dimensions):
        columns = np.flatnonzero(asked & (ticks.dimension == place))
        scores = ticks.scores[:, columns]
        complete = ~np.isnan(scores).any(axis=1)
        count = count_people(people[complete])
        if len(columns) > 1 and count >= framework.scoring.alpha_people:
            alpha = find_alpha(scores[complete])
            low, high = find_alpha_range(alpha, count, len(columns), framework.scoring.level)
            rests = tuple(
                ItemRest(ticks.items[column], r, *find_correlation_range(r, count, framework.scoring.level))
                for column, r in zip(columns, correlate_rest(scores[complete]).tolist(), strict=True)
            )
            yield Alpha(role, dimension.id, len(columns), count, alpha, low, high, rests)


def find_alpha(scores: Matrix) -> float:
    """Alpha of k items: k / (k - 1) * (1 - sum of variances / variance of the sum) (Cronbach 1951, Psychometrika 16).

    scores: people x items, none missing. NaN where everybody's sum is the same.
    """
    items = scores.shape[1]
    total = float(scores.sum(axis=1).var(ddof=1))
    if total < _FLAT:
        return nan
    return float(items / (items - 1) * (1 - scores.var(axis=0, ddof=1).sum() / total))


def find_alpha_range(alpha: float, people: int, items: int, level: float) -> LikelyRange:
    """1 - (1 - alpha) * F at both tails, n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt 1965, Psychometrika 30).

    Exact where items are parallel and answers normal.
    """
    tail = (1 - level) / 2
    degrees = (people - 1, (people - 1) * (items - 1))
    low, high = (float(1 - (1 - alpha) * stats.f.isf(end, *degrees)) for end in (tail, 1 - tail))
    return LikelyRange(low, high)


def correlate_rest(scores: Matrix) -> npt.NDArray[np.float64]:
    """Pearson's correlation of each item with the sum of the others (Nunnally and Bernstein 1994); NaN where flat."""
    rest = scores.sum(axis=1, keepdims=True) - scores
    return np.array([find_pearson(own, others) for own, others in zip(scores.T, rest.T, strict=True)])


def correlate_dimensions(
    role: str, items: Matrix, people: Places, framework: Framework, least: int
) -> Iterator[Correlation]:
    """Every two dimensions, from people with closed items on both, where at least so many people have."""
    for one, other in combinations(range(len(framework.dimensions)), 2):
        names = framework.dimensions[one].id, framework.dimensions[other].id
        yield from correlate(role, names, (items[:, one], items[:, other]), people, (framework.scoring.level, least))


def correlate(
    role: str, names: tuple[str, str], values: Sequence[Matrix], people: Places, rules: tuple[float, int]
) -> Iterator[Correlation]:
    """One correlation, none where fewer people than the least said both things, or all said one of them alike.

    Args:
        role: whose.
        names: of the two.
        values: what was said of each, (rows,), NaN for nothing.
        people: who each row is.
        rules: the level of the range, and the fewest people.
    """
    level, least = rules
    both = ~np.isnan(values[0]) & ~np.isnan(values[1])
    count = count_people(people[both])
    if count < max(least, _LEAST_FOR_FISHER):
        return
    r = find_pearson(values[0][both], values[1][both])
    if np.isnan(r):
        return
    low, high = find_correlation_range(r, count, level)
    yield Correlation(role, *names, people=count, r=r, low=low, high=high)


def find_correlation_range(r: float, people: int, level: float) -> LikelyRange:
    """Fisher's: tanh(atanh(r) +- z / sqrt(n - 3)) (Fisher 1921, Metron 1:3); NaN where there is no correlation.

    people: n; of fewer than 4 nothing is known.
    """
    if np.isnan(r):
        return LikelyRange(nan, nan)
    if people < _LEAST_FOR_FISHER:
        return LikelyRange(-1.0, 1.0)
    half = float(stats.norm.ppf(0.5 + level / 2)) / np.sqrt(people - 3)
    middle = np.arctanh(np.clip(r, -1 + _FLAT, 1 - _FLAT))
    return LikelyRange(min(r, float(np.tanh(middle - half))), max(r, float(np.tanh(middle + half))))


def find_pearson(one: Matrix, other: Matrix) -> float:
    """Pearson's correlation; NaN where either does not vary."""
    one, other = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float(np.clip((one * other).sum() / spread, -1.0, 1.0)) if spread > _FLAT else nan


def combine_people(items: Matrix, framework: Framework) -> Matrix:
    """Each row's overall score by the rule of projects, (rows,); NaN without all core dimensions and enough others."""
    there = ~np.isnan(items)
    core = np.array([each.core for each in framework.dimensions])
    weights = np.array([each.weight for each in framework.dimensions])
    enough = there[:, core].all(axis=1)
    enough &= there[:, ~core].sum(axis=1) >= framework.scoring.min_other_dimensions
    total = there @ weights
    mean = np.divide(np.nan_to_num(items) @ weights, total, out=np.full(len(items), np.nan), where=enough & (total > 0))
    lowest = np.where(there[:, core], items[:, core], np.inf).min(axis=1, initial=np.inf)
    return np.asarray(np.minimum(mean, lowest + framework.scoring.slack))


def correlate_anchors(
    role: str,
    overall: Matrix,
    anchors: dict[str, Matrix],
    people: Places,
    rules: tuple[float, int],
) -> Iterator[Correlation]:
    """Each person's overall score with what the same person says of the work as a whole."""
    for name in sorted(anchors):
        yield from correlate(role, (OVERALL, name), (overall, anchors[name]), people, rules)


def count_people(people: Places) -> int:
    """How many different people the rows are from."""
    return int(np.count_nonzero(np.bincount(people)))
