"""Dimension scores go in; the one overall score comes out: a weighted mean, held near the weakest core dimension.

Kindness cannot make up for powerlessness: the overall score is at most `slack` points above the lowest core
dimension. It is a formative index (the dimensions make it; they are not signs of one hidden thing).
"""

from collections.abc import Mapping
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


def find_missing(dimensions: set[str], framework: Framework) -> str:
    """Empty when the dimensions suffice for an overall score; else one sentence that says what is missing."""
    core = [each for each in framework.dimensions if each.core]
    absent = [each.name for each in core if each.id not in dimensions]
    if absent:
        names = f'"{absent[0]}"' if len(absent) == 1 else f"{len(absent)} of the {len(core)} core dimensions"
        return f"No overall score: not enough answers about {names}."
    others = len(dimensions) - len(core)
    needed = framework.scoring.min_other_dimensions
    if others < needed:
        return (
            f"No overall score: it needs {needed} dimensions besides the core ones, and {others} have enough answers."
        )
    return ""
