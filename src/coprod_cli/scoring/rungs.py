"""Plausible scores of a group go in; how likely it stands on each rung of the ladder comes out.

The rung is found on every draw, so its probability is the share of draws (posterior classification, as in provider
profiling; the cut points are conventions of the framework).
"""

from math import nan

import numpy as np
import numpy.typing as npt

from coprod_cli.model.framework import Framework, Ladder
from coprod_cli.model.tables import RungChance
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.measuring import Measured

Numbers = npt.NDArray[np.int64]


def find_rungs(
    group: Group, found: dict[str, Measured], framework: Framework, rung_max: int | None = None
) -> list[RungChance]:
    """One row a rung; none where a dimension of the axis is not known, or rests on comments alone.

    rung_max: the highest rung that verified facts allow.
    """
    ladder = framework.ladder
    needed = list_needed(ladder)
    if not ladder.rungs or any(name not in found or found[name].basis == "comments" for name in needed):
        return []
    place = place_on_ladder({name: found[name].widened for name in needed}, ladder)
    before = np.bincount(place, minlength=len(ladder.rungs)) / len(place)
    chances = before
    if rung_max is not None:
        chances = np.bincount(np.minimum(place, rung_max), minlength=len(ladder.rungs)) / len(place)
    held = bool((chances != before).any())
    people = min(int(found[name].effective) for name in needed)
    return [
        RungChance(*group, number, float(chance), people, chance_before=float(before[number]) if held else nan)
        for number, chance in enumerate(chances)
    ]


def list_needed(ladder: Ladder) -> list[str]:
    """The dimensions without which no rung can be told, each once."""
    return list(dict.fromkeys([*dict(ladder.axis), *(name for each in ladder.rungs for name, _ in each.needs)]))


def place_on_ladder(scores: dict[str, npt.NDArray[np.float64]], ladder: Ladder) -> Numbers:
    """The number of the rung for each draw, or each set of scores; all arrays of one length."""
    axis = sum(scores[name] * weight for name, weight in ladder.axis)
    ends = np.array([each.below for each in ladder.rungs])
    place: Numbers = np.minimum(np.searchsorted(ends, axis, side="right"), len(ends) - 1).astype(np.int64)
    for rung in reversed(ladder.rungs):
        short = np.zeros(len(place), dtype=np.bool_)
        for name, least in rung.needs:
            short |= scores[name] < least
        place = np.where((place == rung.number) & short, rung.otherwise, place)
    return place
