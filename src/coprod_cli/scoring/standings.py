"""The overall scores of several projects, with draws, go in; the projects side by side come out, never as a ranking."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby
from math import inf, nan, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from coprod_cli.model.comparison import Beside, Pairing, Spread, Standing
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.intervals import find_probability_up, find_range
from coprod_cli.scoring.scorer import Limit, Project, Scorer
from coprod_cli.scoring.shrinkage import FEWEST_PEOPLE, shrink_scores
from coprod_cli.telling import order_rounds

# With more projects the pairs would be too many to read, and most of what stands out among them would be luck.
MOST_PAIRED = 30
# A score rounded to a whole number has at least the variance of that rounding.
LEAST_VARIANCE = 1 / 12


class Kept(NamedTuple):
    """The overall score of one group, after limits, with its draws.

    people: as may be shown. most: the limit. effective: how many people with equal weights would tell as much.
    """

    group: Group
    estimate: float
    low: float
    high: float
    people: int
    basis: str
    draws: npt.NDArray[np.float32]
    most: float = inf
    effective: float = inf

    @property
    def counting(self) -> float:
        """What is held against the fewest people that a comparison takes."""
        return min(self.people, self.effective)


def keep_latest(project: Project, scorer: Scorer) -> Iterator[Kept]:
    """Each role's overall score of the project in the latest round that has one; limits of verified facts hold."""
    limit = scorer.limits.get(project.name, Limit())
    most = inf if limit.score_max is None else limit.score_max
    for role in sorted({group.role for group in project.measured}) if not limit.withheld else ():
        told = {
            group.wave: group for group, found in project.measured.items() if group.role == role and OVERALL in found
        }
        for wave in order_rounds(told, scorer.rounds)[-1:]:
            found = project.measured[told[wave]][OVERALL]
            low, high = find_range(found.widened, found.estimate, scorer.framework.scoring.level)
            estimate, low, high = (min(each, most) for each in (found.estimate, low, high))
            draws = np.minimum(found.widened, most).astype(np.float32)
            yield Kept(told[wave], estimate, low, high, found.people, found.basis, draws, most, found.effective)


def compare_projects(kept: Sequence[Kept], framework: Framework, thresholds: Thresholds) -> Beside:
    """Projects side by side, by name; each role by itself, and scores from comments alone by themselves.

    Ranked and paired are projects with enough people to be compared; shrunken scores need the framework's number of
    projects, with five people or more each.
    """
    standings: list[Standing] = []
    spreads: list[Spread] = []
    pairings: list[Pairing] = []
    ordered = sorted(kept, key=_find_kind)
    for _, together in groupby(ordered, key=_find_kind):
        several = sorted(together, key=lambda each: each.group)
        standing = [_place(each) for each in several]
        spread, standing = _shrink(several, standing, framework)
        spreads.extend(spread)
        comparable = [place for place, each in enumerate(several) if each.counting >= thresholds.min_compare]
        if len(comparable) > 1:
            standing = _rank(several, standing, comparable, framework.scoring.level)
        if len(comparable) <= MOST_PAIRED:
            chosen = [several[place] for place in comparable]
            pairings.extend(_pair(*each, framework.scoring.level) for each in combinations(chosen, 2))
        standings.extend(standing)
    return Beside(tuple(standings), tuple(spreads), tuple(pairings))


def hold_apart(beside: Beside, roles: Collection[str]) -> Beside:
    """The same without any comparison of projects as these roles see them; each project keeps its score."""
    return Beside(
        tuple(
            each._replace(
                shrunken=nan, shrunken_low=nan, shrunken_high=nan, reliability=nan, rank_low=0, rank_high=0, ranked=0
            )
            if each.role in roles
            else each
            for each in beside.standings
        ),
        tuple(each for each in beside.spreads if each.role not in roles),
        tuple(each for each in beside.pairings if each.role not in roles),
    )


def _find_kind(each: Kept) -> tuple[str, bool]:
    return each.group.role, each.basis == "comments"


def _place(each: Kept) -> Standing:
    group = each.group
    return Standing(group.project, group.role, group.wave, each.basis, each.estimate, each.low, each.high, each.people)


def _shrink(
    several: Sequence[Kept], standing: Sequence[Standing], framework: Framework
) -> tuple[list[Spread], list[Standing]]:
    enough = [place for place, each in enumerate(several) if each.counting >= FEWEST_PEOPLE]
    rules, found = framework.scoring, list(standing)
    if len(enough) < max(rules.shrink_projects, 2):
        return [], found
    chosen = [several[place] for place in enough]
    variances = np.array([max(float(np.var(each.draws, dtype=np.float64)), LEAST_VARIANCE) for each in chosen])
    shrunk = shrink_scores(np.array([each.estimate for each in chosen]), variances, rules.level)
    numbers = zip(shrunk.estimates, shrunk.lows, shrunk.highs, shrunk.reliability, strict=True)
    for place, each, (estimate, low, high, reliability) in zip(enough, chosen, numbers, strict=True):
        # What facts limit, shrinking does not free.
        ends = (min(float(end), each.most) for end in (estimate, low, high))
        shrunken, shrunken_low, shrunken_high = ends
        found[place] = found[place]._replace(
            shrunken=shrunken, shrunken_low=shrunken_low, shrunken_high=shrunken_high, reliability=float(reliability)
        )
    basis = "comments" if chosen[0].basis == "comments" else "items"
    usual = float(np.median(shrunk.reliability))
    role = chosen[0].group.role
    return [Spread(role, basis, len(chosen), shrunk.mean, sqrt(shrunk.between), usual)], found


def _rank(
    several: Sequence[Kept], standing: Sequence[Standing], comparable: Sequence[int], level: float
) -> list[Standing]:
    """Rank 1 for the highest score, on every draw; of these ranks the middle share."""
    draws = np.stack([several[place].draws for place in comparable])
    ranks = stats.rankdata(-draws, axis=0)
    lows, highs = np.quantile(ranks, [0.5 - level / 2, 0.5 + level / 2], axis=1)
    found = list(standing)
    for place, low, high in zip(comparable, np.floor(lows), np.ceil(highs), strict=True):
        found[place] = found[place]._replace(rank_low=int(low), rank_high=int(high), ranked=len(comparable))
    return found


def _pair(first: Kept, second: Kept, level: float) -> Pairing:
    draws = first.draws.astype(np.float64) - second.draws
    difference = first.estimate - second.estimate
    low, high = (float(end) for end in np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2]))
    basis = max(first.basis, second.basis, key=len)
    return Pairing(
        first.group.role,
        basis,
        first.group.project,
        second.group.project,
        difference,
        min(low, difference),
        max(high, difference),
        find_probability_up(draws),
        first.people,
        second.people,
    )
