"""A survey and a population's shares go in; the survey with weights that match the shares, and what it took, come out.

Method: raking, or iterative proportional fitting (Deming and Stephan 1940, Annals of Mathematical Statistics
11:427-444): the weights are multiplied, margin by margin, until the weighted shares of the people who answered are
those of the population in all margins at once. Each round of the survey is raked by itself, over all its projects:
the shares are those of one population. The weights have mean 1; then they are held between the framework's bounds by
scaling and holding them together, so that the mean stays 1. Conventions of ours: the bounds; whoever does not answer a
margin's question keeps, there, the weight that the other margins give, and the others match the shares among
themselves. Weighting does not cure that people chose themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.framework import Scoring
from coprod_cli.model.population import Margin, Targets, Weighting
from coprod_cli.model.survey import Survey
from coprod_cli.scoring.intervals import count_effective

Weights = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
MOST_ROUNDS = 1000
# How far a weighted share may be from its target, as a part of it, for the margins to count as met.
CLOSE_ENOUGH = 1e-10
_HALVINGS = 200
_HELD = 1e-9
NOWHERE = -1


class Raked(NamedTuple):
    """Weights with mean 1, one a person, as the margins want them, and whether all margins were met."""

    weights: Weights
    converged: bool


def rake_weights(survey: Survey, targets: Targets | None, rules: Scoring) -> tuple[Survey, tuple[Weighting, ...]]:
    """The survey, where the weights of one role match a population's shares, and one row a round on how.

    The survey's own weights are what raking starts from. A person's forms of one round share one weight, in proportion
    to the forms' own; where they give different answers, the one given most often counts, of equals the first one of
    the targets.

    Args:
        survey: with margins, as read for these targets.
        targets: role and shares; None for leaving the survey's own weights as they are.
        rules: the bounds of weights.
    """
    if targets is None:
        return survey, ()
    responses = survey.responses.reset_index(drop=True)
    chosen = responses[(responses["role"] == targets.role) & (responses["weight"] > 0)]
    weights = responses["weight"].to_numpy().copy()
    told = []
    for wave, forms in chosen.groupby("wave", sort=True):
        people, own, base = _list_people(forms)
        # The spread of one person's own forms stays; the person as a whole is raked.
        categories = [_place_people(survey.margins, forms, own, len(people), each) for each in targets.margins]
        raked = rake(base, categories, [np.array([share for _, share in each.shares]) for each in targets.margins])
        held = hold_weights(raked.weights, rules.least_weight, rules.most_weight)
        weights[forms.index.to_numpy()] *= (held / base)[own]
        told.append(
            Weighting(
                role=targets.role,
                margins=tuple(each.name for each in targets.margins),
                people=len(people),
                effective=count_effective(held),
                trimmed=int(_find_held(held, rules).sum()),
                largest=round(float(held.max()), 6),
                converged=raked.converged,
                wave=str(wave),
                furthest=round(max(_measure_misses(held, categories, targets.margins), default=0.0), 6),
            )
        )
    return replace(survey, responses=responses.assign(weight=weights)), tuple(told)


def rake(base: Weights, categories: Sequence[Places], shares: Sequence[Weights]) -> Raked:
    """Iterative proportional fitting, from these weights on.

    Args:
        base: the weights to begin with, above 0, (people,).
        categories: of each margin, the number of everybody's answer, (people,), NOWHERE where it is missing.
        shares: of each margin, the share that each answer is to have, adding up to 1.

    Returns:
        weights with mean 1; not converged where no weights meet all margins, or an answer is nobody's.
    """
    weights = base / base.mean()
    for _ in range(MOST_ROUNDS):
        furthest = 0.0
        for own, wanted in zip(categories, shares, strict=True):
            known = own != NOWHERE
            total = np.bincount(own[known], weights=weights[known], minlength=len(wanted))
            if not (total > 0).all():
                return Raked(weights / weights.mean(), converged=False)
            factors = wanted * total.sum() / total
            furthest = max(furthest, float(np.abs(factors - 1).max()))
            weights = weights * np.where(known, factors[own], 1.0)
        if furthest <= CLOSE_ENOUGH:
            return Raked(weights / weights.mean(), converged=True)
    return Raked(weights / weights.mean(), converged=False)


def hold_weights(weights: Weights, least: float, most: float) -> Weights:
    """The weights, times one number, held to least..most, such that their mean is 1; least <= 1 <= most.

    The mean grows with that number, which is found by halving the interval it lies in.
    """
    low, high = 0.0, most / float(weights.min())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(np.clip(weights * middle, least, most).mean()) < 1:
            low = middle
        else:
            high = middle
    return np.asarray(np.clip(weights * high, least, most))


def _find_held(weights: Weights, rules: Scoring) -> npt.NDArray[np.bool_]:
    return np.asarray((weights <= rules.least_weight + _HELD) | (weights >= rules.most_weight - _HELD))


def _list_people(forms: pd.DataFrame) -> tuple[npt.NDArray[np.object_], Places, Weights]:
    """The people of these forms, sorted, the place of each form's own, and the mean weight of each one's forms."""
    people, own = np.unique(forms["person"].to_numpy(object), return_inverse=True)
    given = forms["weight"].to_numpy()
    # Added up in the order of their size, so that the order of rows changes no bit.
    order = np.lexsort((given, own))
    total = np.bincount(own[order], weights=given[order], minlength=len(people))
    return people, own.astype(np.int64), total / np.bincount(own, minlength=len(people))


def _place_people(margins: pd.DataFrame, forms: pd.DataFrame, own: Places, count: int, margin: Margin) -> Places:
    """The number of everybody's answer to one margin's question; NOWHERE without one."""
    numbers = {word: number for number, (word, _) in enumerate(margin.shares)}
    said = margins[margins["margin"] == margin.name]
    found = forms["response"].map(dict(zip(said["response"], said["category"].map(numbers), strict=True)))
    given = found.notna().to_numpy()
    times = np.zeros((count, len(numbers)), np.int64)
    np.add.at(times, (own[given], found[given].to_numpy(np.int64)), 1)
    return np.where(times.any(axis=1), times.argmax(axis=1), NOWHERE)


def _measure_misses(weights: Weights, categories: Sequence[Places], margins: Sequence[Margin]) -> Iterator[float]:
    """How far each weighted share is from its target at most, 0..1, margin by margin, among those who answered."""
    for own, margin in zip(categories, margins, strict=True):
        known = own != NOWHERE
        total = np.bincount(own[known], weights=weights[known], minlength=len(margin.shares))
        wanted = np.array([share for _, share in margin.shares])
        yield float(np.abs(total / total.sum() - wanted).max()) if total.sum() > 0 else 1.0
