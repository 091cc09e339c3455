"""Dimension scores go in; the one overall score comes out: a weighted mean, held near the weakest core dimension.

Kindness cannot make up for powerlessness: the overall score is at most `slack` points above the lowest core
dimension. It is a formative index (the dimensions make it; they are not signs of one hidden thing).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import special

from coprod_cli.model.framework import Framework

_NO_LIMIT = 100.0
Number = TypeVar("Number", float, npt.NDArray[np.float64])


def combine_dimensions(scores: Mapping[str, Number], framework: Framework) -> npt.NDArray[np.float64]:
    """min(weighted mean, lowest core + slack) over the dimensions given; element by element for arrays of draws."""
    used = [each for each in framework.dimensions if each.id in scores]
    total = sum(each.weight for each in used)
    mean = sum(np.asarray(scores[each.id]) * each.weight for each in used) / total
    lowest = np.minimum.reduce([np.asarray(scores[each.id]) for each in used if each.core])
    return np.asarray(np.clip(np.minimum(mean, lowest + framework.scoring.slack), 0.0, 100.0))


def lift_limit(framework: Framework) -> Framework:
    """The framework with so much slack that the weighted mean of the dimensions stands as it is."""
    return replace(framework, scoring=replace(framework.scoring, slack=_NO_LIMIT))


def find_missing(dimensions: Collection[str], framework: Framework) -> tuple[str, ...]:
    """The names of what an overall score still needs: core dimensions first, then how many others."""
    absent = [each.name for each in framework.dimensions if each.core and each.id not in dimensions]
    others = sum(1 for each in framework.dimensions if not each.core and each.id in dimensions)
    lacking = framework.scoring.min_other_dimensions - others
    if lacking > 0:
        absent.append(f"{lacking} more of the other dimensions")
    return tuple(absent)


def spread_composite(
    estimates: Mapping[str, float], draws: Mapping[str, npt.NDArray[np.float64]], framework: Framework
) -> npt.NDArray[np.float64]:
    """Plausible overall scores, (draws,), from plausible scores of the dimensions; held to 0..100.

    The limit takes the lowest of several estimates, which reads low by chance (Clark 1961, Operations Research
    9:145-162), and how low depends on how far apart the dimensions truly are, which nobody knows. So two cases count
    alike. Every other draw takes the gaps between core dimensions as they look: the middle one of the draws is the
    estimate. The others take core dimensions that cannot be told from the lowest to be level with it: the draws lie
    lower, or higher, by the bias that the limit has there (parametric bootstrap estimate of bias; Efron and Tibshirani
    1993, chapter 10; gaps shrunk after James and Stein 1961; near ties after Chernozhukov, Lee and Rosen 2013,
    Econometrica 81:667-737).

    Args:
        estimates: of the dimensions, by id.
        draws: of the same dimensions, each (draws,).
        framework: weights, slack and level.
    """
    estimate, plain = float(combine_dimensions(estimates, framework)), combine_dimensions(draws, framework)
    centred = plain - (float(np.median(plain)) - estimate)
    level = _level_core(estimates, draws, framework)
    moved = {name: level[name] + (draws[name] - float(draws[name].mean())) for name in draws}
    bias = float(combine_dimensions(moved, framework).mean()) - float(combine_dimensions(level, framework))
    centred[1::2] -= bias
    return np.asarray(np.clip(centred, 0.0, 100.0))


def _level_core(
    estimates: Mapping[str, float], draws: Mapping[str, npt.NDArray[np.float64]], framework: Framework
) -> dict[str, float]:
    """The estimates with the gaps between core dimensions and the lowest shrunk by what chance makes of them.

    A gap g with standard error v shrinks to g * max(0, 1 - (z v / g)^2): to nothing where the likely range of the gap
    holds 0. All core dimensions are then moved alike, so that their mean stays.
    """
    core = [each.id for each in framework.dimensions if each.core and each.id in estimates]
    lowest = min(core, key=lambda name: estimates[name])
    least = special.ndtri(0.5 + framework.scoring.level / 2) ** 2
    gaps = {}
    for name in core:
        gap = estimates[name] - estimates[lowest]
        apart = (draws[name] - draws[lowest]) - gap
        gaps[name] = gap * max(0.0, 1 - least * float(np.mean(apart**2)) / gap**2) if gap > 0 else 0.0
    lost = sum(estimates[name] - estimates[lowest] - gaps[name] for name in core) / len(core)
    return dict(estimates) | {name: estimates[lowest] + gaps[name] + lost for name in core}
