"""Dimension scores go in; the one overall score comes out: a weighted mean, held near the weakest core dimension.

Kindness cannot make up for powerlessness: the overall score is at most `slack` points above the lowest core
dimension. It is a formative index (the dimensions make it; they are not signs of one hidden thing).
"""

from collections.abc import Collection, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from coprod_cli.model.framework import Framework

Number = TypeVar("Number", float, npt.NDArray[np.float64])


def combine_dimensions(scores: Mapping[str, Number], framework: Framework) -> npt.NDArray[np.float64]:
    """min(weighted mean, lowest core + slack) over the dimensions given; element by element for arrays of draws."""
    used = [each for each in framework.dimensions if each.id in scores]
    total = sum(each.weight for each in used)
    mean = sum(np.asarray(scores[each.id]) * each.weight for each in used) / total
    lowest = np.minimum.reduce([np.asarray(scores[each.id]) for each in used if each.core])
    return np.asarray(np.clip(np.minimum(mean, lowest + framework.scoring.slack), 0.0, 100.0))


def find_missing(dimensions: Collection[str], framework: Framework) -> tuple[str, ...]:
    """The names of what an overall score still needs: core dimensions first, then how many others."""
    absent = [each.name for each in framework.dimensions if each.core and each.id not in dimensions]
    others = sum(1 for each in framework.dimensions if not each.core and each.id in dimensions)
    lacking = framework.scoring.min_other_dimensions - others
    if lacking > 0:
        absent.append(f"{lacking} more of the other dimensions")
    return tuple(absent)
