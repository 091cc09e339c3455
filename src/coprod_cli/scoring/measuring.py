"""What one group of people said goes in; its score on each dimension and overall, with plausible draws, comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import NamedTuple

import numpy as np

from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL, Evidence
from coprod_cli.scoring.composite import combine_dimensions, find_missing
from coprod_cli.scoring.intervals import (
    Draws,
    count_effective,
    draw_means,
    draw_noise,
    draw_weights,
    estimate_mean,
    widen_draws,
)

MIN_FOR_RANGE = 2


class Group(NamedTuple):
    """One role in one project in one round: what a score is of."""

    project: str
    role: str
    wave: str


@dataclass(frozen=True)
class Measured:
    """One score of one group. `raw` draws keep people together across dimensions; `widened` ones give the range."""

    estimate: float
    people: int
    basis: str
    raw: Draws
    widened: Draws


@dataclass(frozen=True)
class GroupEvidence:
    """The evidence of one group, and whether it rests on closed items or on comments alone.

    `least` is the fewest people behind a score. Where fewer answered closed items, but as many commented, the group's
    score rests on comments alone.
    """

    group: Group
    evidence: tuple[Evidence, ...]
    least: int

    @cached_property
    def rated(self) -> bool:
        """Whether enough of the group answered closed items for those to carry its scores."""
        raters = {each.person for each in self.evidence if not isnan(each.blend)}
        commenters = {each.person for each in self.evidence if not isnan(each.comments)}
        return bool(raters) and (len(raters) >= self.least or len(commenters) < self.least)

    @property
    def basis(self) -> str:
        """The basis of the group's scores, before looking at one dimension."""
        return "items" if self.rated or not self.evidence else "comments"

    @cached_property
    def people(self) -> list[str]:
        """Everybody in the group whose evidence counts."""
        return sorted({each.person for each in self.evidence if not isnan(self.value(each))})

    def value(self, each: Evidence) -> float:
        """What counts of one person's evidence: the blend where there are closed items, else the comments."""
        return each.blend if self.rated else each.comments

    def about(self, dimension: str) -> list[Evidence]:
        """The evidence that counts for one dimension, in the order of people."""
        heard = [each for each in self.evidence if each.dimension == dimension and not isnan(self.value(each))]
        return sorted(heard, key=lambda each: each.person)


def measure_group(
    spoken: GroupEvidence, framework: Framework, thresholds: Thresholds, seed: int
) -> dict[str, Measured]:
    """Every dimension that enough people spoke of, and the overall score where those dimensions suffice.

    From comments only, the overall score is the mean over people of what their comments say of all dimensions
    together; too few people raise any one theme for the composite of dimensions to be had.
    """
    least = max(thresholds.min_base, MIN_FOR_RANGE)
    if len(spoken.people) < least:
        return {}
    weights = draw_weights(spoken.people, seed, framework.scoring.draws)
    noise = draw_noise("noise:" + ":".join(spoken.group), seed, framework.scoring.draws)
    measure = _Measurer(spoken, dict(zip(spoken.people, weights, strict=True)), noise, framework)
    found: dict[str, Measured] = {}
    for dimension in framework.dimensions:
        heard = spoken.about(dimension.id)
        if _count(heard) >= least:
            found[dimension.id] = measure.average(heard)
    if spoken.rated and not find_missing(found, framework):
        found[OVERALL] = measure.combine(found)
    whole = [] if spoken.rated else list(_sum_up_comments(spoken, framework))
    if _count(whole) >= least:
        found[OVERALL] = measure.average(whole)
    if OVERALL in found and found[OVERALL].people < thresholds.min_composite:
        del found[OVERALL]
    return found


@dataclass(frozen=True)
class _Measurer:
    """The parts that measuring any score of one group needs.

    The noise is one for all dimensions: people who answer alike answer alike throughout, so that what is not known of
    one dimension is not known of the others either.
    """

    spoken: GroupEvidence
    chances: dict[str, Draws]
    noise: Draws
    framework: Framework

    def average(self, heard: list[Evidence]) -> Measured:
        """The mean over people, and its plausible values."""
        rules = self.framework.scoring
        values = np.array([self.spoken.value(each) for each in heard])
        weights = np.array([each.weight for each in heard])
        estimate = estimate_mean(values, weights)
        raw = draw_means(
            values,
            weights,
            np.stack([self.chances[each.person] for each in heard]),
            (rules.prior_df, rules.prior_sd if self.spoken.rated else rules.comments_prior_sd),
            self.noise,
        )
        with_comments = self.spoken.rated and any(each.comment_weight > 0 for each in heard)
        basis = "items+comments" if with_comments else self.spoken.basis
        return Measured(estimate, len(heard), basis, raw, widen_draws(raw, estimate, _count(heard), rules.level))

    def combine(self, found: dict[str, Measured]) -> Measured:
        """The composite, draw by draw, stretched for the dimension with the fewest people.

        The limit takes the lowest of several estimates, which reads low: by the bootstrap's own estimate of bias, mean
        of the draws less the estimate (Efron and Tibshirani 1993, chapter 10). The draws are moved to where the truth
        most likely lies, the estimate less that bias; the estimate itself is left as the rule says.
        """
        estimate = float(combine_dimensions({name: each.estimate for name, each in found.items()}, self.framework))
        raw = combine_dimensions({name: each.raw for name, each in found.items()}, self.framework)
        raw = raw - 2 * (float(raw.mean()) - estimate)
        fewest = min(_count(self.spoken.about(name)) for name in found)
        people = len({each.person for name in found for each in self.spoken.about(name)})
        basis = max((each.basis for each in found.values()), key=len)
        return Measured(estimate, people, basis, raw, widen_draws(raw, estimate, fewest, self.framework.scoring.level))


def _count(heard: list[Evidence]) -> float:
    """The effective number of people: as many as there are, fewer where survey weights let some speak for many."""
    return round(count_effective(np.array([each.weight for each in heard])), 6) if heard else 0.0


def _sum_up_comments(spoken: GroupEvidence, framework: Framework) -> Iterator[Evidence]:
    """What each person's comments say of the dimensions together, weighted as the dimensions are."""
    weight_of = {each.id: each.weight for each in framework.dimensions}
    for person in spoken.people:
        own = [each for each in spoken.evidence if each.person == person and not isnan(each.comments)]
        if own:
            total = sum(weight_of[each.dimension] for each in own)
            score = sum(each.comments * weight_of[each.dimension] for each in own) / total
            yield own[0]._replace(dimension=OVERALL, comments=score)
