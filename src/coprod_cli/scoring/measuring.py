"""What one group of people said goes in; its score on each dimension and overall, with plausible draws, comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.composite import combine_dimensions, find_missing, spread_composite
from coprod_cli.scoring.evidence import Matrix, Said
from coprod_cli.scoring.intervals import (
    Draws,
    Seen,
    count_effective,
    draw_means,
    draw_noise,
    estimate_means,
    find_finite_factor,
    find_reach,
    measure_variances,
    place_draws,
    rank_draws,
)

MIN_FOR_RANGE = 2
OUTWEIGHED = "Not enough answers to say: some answers weigh far more than others, so too few people count."
# Few or like-minded people do not show all of their spread; noise makes up for it. Whoever stands far off, and was not
# among them, does so on several dimensions: the noise of two has this correlation (a convention, found by simulation).
_SHARED = 0.8


@dataclass(frozen=True)
class Measured:
    """One score of one group, with plausible ones. In each draw people are drawn alike for all dimensions.

    effective: how many people with equal weights would tell as much; fewest people that anything takes are held against
    this number.
    """

    estimate: float
    people: int
    effective: float
    basis: str
    widened: Draws


@dataclass(frozen=True)
class Spoken:
    """What one group said, and whether its scores rest on closed items or on comments alone.

    `least` is the fewest people behind a score. Where fewer answered closed items, but as many commented, the group's
    score rests on comments alone.
    """

    said: Said
    dimensions: tuple[str, ...]
    least: int

    @cached_property
    def rated(self) -> bool:
        """Whether enough of the group answered closed items for those to carry its scores."""
        raters = int((~np.isnan(self.said.blend)).any(axis=1).sum())
        commenters = int((~np.isnan(self.said.comments)).any(axis=1).sum())
        return raters > 0 and (raters >= self.least or commenters < self.least)

    @cached_property
    def values(self) -> Matrix:
        """What counts of each person, people x dimensions: the blend where there are closed items, else comments."""
        return self.said.blend if self.rated else self.said.comments

    @property
    def basis(self) -> str:
        """The basis of the group's scores, before looking at one dimension."""
        return "items" if self.rated or not self.spoke else "comments"

    @property
    def spoke(self) -> bool:
        """Whether anybody said anything of a dimension, in items or comments."""
        return not (np.isnan(self.said.blend).all() and np.isnan(self.said.comments).all())

    def count(self, dimension: str) -> int:
        """How many people spoke of a dimension, or, overall, of any."""
        return int(self._find_there(dimension).sum())

    def weigh(self, dimension: str) -> float:
        """The effective number of those people: fewer where survey weights let some speak for many."""
        return count_effective(self.said.weights[self._find_there(dimension)])

    def _find_there(self, dimension: str) -> npt.NDArray[np.bool_]:
        there = ~np.isnan(self.values)
        return np.asarray(there.any(axis=1) if dimension == OVERALL else there[:, self.dimensions.index(dimension)])


def measure_group(
    spoken: Spoken, framework: Framework, thresholds: Thresholds, seed: int, population: int = 0
) -> dict[str, Measured]:
    """Every dimension that enough people spoke of, and the overall score where those dimensions suffice.

    From comments only, the overall score is the mean over people of what their comments say of all dimensions
    together; too few people raise any one theme for the composite of dimensions to be had.

    population: how many people the closed group has of which these answered; 0 where it is not closed or not known.
    """
    if spoken.count(OVERALL) < spoken.least:
        return {}
    return _Measurer(spoken, framework, seed, population).measure(thresholds)


def combine_measured(found: Mapping[str, Measured], spoken: Spoken, framework: Framework) -> Measured:
    """The overall score of measured dimensions, with its draws; see `spread_composite`.

    Args:
        found: dimensions by id; all core ones among them.
        spoken: what they were measured from; tells how many people spoke of any of them.
        framework: weights and slack, which may differ from those the dimensions were measured by.
    """
    estimates = {name: each.estimate for name, each in found.items()}
    kept = [spoken.dimensions.index(name) for name in found]
    spoke = (~np.isnan(spoken.values[:, kept])).any(axis=1)
    return Measured(
        estimate=float(combine_dimensions(estimates, framework)),
        people=int(spoke.sum()),
        effective=count_effective(spoken.said.weights[spoke]),
        basis=max((each.basis for each in found.values()), key=len),
        widened=spread_composite(estimates, {name: each.widened for name, each in found.items()}, framework),
    )


@dataclass(frozen=True)
class _Measurer:
    """The parts that measuring any score of one group needs."""

    spoken: Spoken
    framework: Framework
    seed: int
    population: int

    def measure(self, thresholds: Thresholds) -> dict[str, Measured]:
        """Every score that may be had; see measure_group."""
        rated, least = self.spoken.rated, self.spoken.least
        names = [*self.spoken.dimensions] if rated else [*self.spoken.dimensions, OVERALL]
        values = self.spoken.values if rated else np.column_stack([self.spoken.values, self._sum_up()])
        enough = [place for place in range(len(names)) if self._count(values[:, place]) >= least]
        kept = [names[place] for place in enough]
        found = dict(zip(kept, self._average(kept, values[:, enough]), strict=True))
        if rated and not find_missing(found, self.framework):
            found[OVERALL] = combine_measured(found, self.spoken, self.framework)
        if OVERALL in found and found[OVERALL].effective < thresholds.min_composite:
            del found[OVERALL]
        return found

    def _average(self, names: Sequence[str], values: Matrix) -> list[Measured]:
        """The mean over people of each column, named by dimension, and its plausible values."""
        rules, said = self.framework.scoring, self.spoken.said
        shared = self._draw_noise("")
        estimates = estimate_means(values, said.weights)
        variances = measure_variances(values, said.weights, estimates)
        scores = rank_draws(draw_means(values, said.weights, said.lots, self.seed, rules.draws))
        spread = rules.prior_sd if self.spoken.rated else rules.comments_prior_sd
        found = []
        for place, (name, estimate, variance) in enumerate(
            zip(names, estimates.tolist(), variances.tolist(), strict=True)
        ):
            there = ~np.isnan(values[:, place])
            with_comments = self.spoken.rated and bool(
                (said.comment_weight[there, self.spoken.dimensions.index(name)] > 0).any()
            )
            people, effective = int(there.sum()), self._count(values[:, place])
            reach = find_reach(Seen(estimate, variance, effective), spread, rules.prior_df, rules.level)
            drawn = scores[place]
            if reach.shown < 1:
                noise = np.sqrt(_SHARED) * shared + np.sqrt(1 - _SHARED) * self._draw_noise(name)
                drawn = np.sqrt(reach.shown) * drawn + np.sqrt(1 - reach.shown) * noise
            basis = "items+comments" if with_comments else self.spoken.basis
            widened = place_draws(drawn, estimate, reach, find_finite_factor(people, self.population))
            found.append(Measured(estimate, people, effective, basis, widened))
        return found

    def _draw_noise(self, dimension: str) -> Draws:
        """Noise of this group's own, for one dimension or, unnamed, for all."""
        name = ":".join(("noise", *self.spoken.said.group, *([dimension] if dimension else [])))
        return draw_noise(name, self.seed, self.framework.scoring.draws)

    def _count(self, values: Draws) -> float:
        """The effective number of people: as many as spoke, fewer where survey weights let some speak for many."""
        return count_effective(self.spoken.said.weights[~np.isnan(values)])

    def _sum_up(self) -> Draws:
        """What each person's comments say of the dimensions together, weighted as the dimensions are."""
        weights = np.array([each.weight for each in self.framework.dimensions])
        there = ~np.isnan(self.spoken.values)
        total = there @ weights
        spoken = np.nan_to_num(self.spoken.values) @ weights
        return np.asarray(np.divide(spoken, total, out=np.full(len(total), np.nan), where=total > 0))
