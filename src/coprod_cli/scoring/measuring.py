"""What one group of people said goes in; its score on each dimension and overall, with plausible draws, comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.composite import combine_dimensions, find_missing
from coprod_cli.scoring.evidence import Matrix, Said
from coprod_cli.scoring.intervals import (
    Draws,
    count_effective,
    draw_means,
    draw_noise,
    estimate_means,
    find_finite_factor,
    find_missing_spread,
    widen_draws,
)

MIN_FOR_RANGE = 2


@dataclass(frozen=True)
class Measured:
    """One score of one group. `raw` draws keep people together across dimensions; `widened` ones give the range.

    effective: how many people with equal weights would tell as much.
    """

    estimate: float
    people: int
    effective: float
    basis: str
    raw: Draws
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
        there = ~np.isnan(self.values)
        return int((there.any(axis=1) if dimension == OVERALL else there[:, self.dimensions.index(dimension)]).sum())


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


def combine_measured(
    found: Mapping[str, Measured], spoken: Spoken, framework: Framework, population: int = 0
) -> Measured:
    """The composite of measured dimensions, draw by draw, stretched for the dimension with the fewest people.

    The limit takes the lowest of several estimates, which reads low: by the bootstrap's own estimate of bias, mean of
    the draws less the estimate (Efron and Tibshirani 1993, chapter 10). The draws are moved to where the truth most
    likely lies, the estimate less that bias; the estimate itself is left as the rule says.
    """
    estimate = float(combine_dimensions({name: each.estimate for name, each in found.items()}, framework))
    raw = combine_dimensions({name: each.raw for name, each in found.items()}, framework)
    raw = raw - 2 * (float(raw.mean()) - estimate)
    fewest = min(each.effective for each in found.values())
    kept = [spoken.dimensions.index(name) for name in found]
    people = int((~np.isnan(spoken.values[:, kept])).any(axis=1).sum())
    basis = max((each.basis for each in found.values()), key=len)
    finite = find_finite_factor(people, population)
    widened = widen_draws(raw, estimate, fewest, framework.scoring.level, finite)
    return Measured(estimate, people, fewest, basis, raw, widened)


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
        found = dict(zip([names[place] for place in enough], self._average(values[:, enough]), strict=True))
        if rated and not find_missing(found, self.framework):
            found[OVERALL] = combine_measured(found, self.spoken, self.framework, self.population)
        if OVERALL in found and found[OVERALL].people < thresholds.min_composite:
            del found[OVERALL]
        return found

    def _average(self, values: Matrix) -> list[Measured]:
        """The mean over people of each column, and its plausible values.

        The noise is one for all dimensions: people who answer alike answer alike throughout, so that what is not known
        of one dimension is not known of the others either.
        """
        rules, said = self.framework.scoring, self.spoken.said
        noise = draw_noise("noise:" + ":".join(said.group), self.seed, rules.draws)
        prior = (rules.prior_df, rules.prior_sd if self.spoken.rated else rules.comments_prior_sd)
        raws = draw_means(values, said.weights, said.people, self.seed, rules.draws)
        found = []
        for place, (estimate, raw) in enumerate(zip(estimate_means(values, said.weights), raws, strict=True)):
            there = ~np.isnan(values[:, place])
            raw = raw + noise * find_missing_spread(values[there, place], prior)  # noqa: PLW2901
            with_comments = self.spoken.rated and bool((said.comment_weight[there] > 0).any())
            effective = self._count(values[:, place])
            found.append(
                Measured(
                    float(estimate),
                    int(there.sum()),
                    effective,
                    "items+comments" if with_comments else self.spoken.basis,
                    raw,
                    self._widen(raw, float(estimate), effective, int(there.sum())),
                )
            )
        return found

    def _widen(self, raw: Draws, estimate: float, effective: float, people: int) -> Draws:
        finite = find_finite_factor(people, self.population)
        return widen_draws(raw, estimate, effective, self.framework.scoring.level, finite)

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
