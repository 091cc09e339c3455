"""Exact figures go in; the same as coarsely as they may be told come out."""

from collections.abc import Mapping
from math import ceil, floor, isnan, nan

from coprod_cli.model.framework import Scoring, Thresholds

EDGES = (5.0, 95.0)
CHANCE_STEPS = {"public": 0.05, "restricted": 0.01}
_NEAR = 0.005
_TWENTIETH = 0.05
# A twentieth is no whole number to a computer.
_SLIP = 1e-9
_FINE = 2


def round_points(value: float) -> float:
    """Points to a whole number; NaN stays."""
    return value if isnan(value) else float(round(value))


def round_range(low: float, value: float, high: float, people: float, limits: Thresholds) -> tuple[float, float, float]:
    """A score with its range in whole points; on few people nothing that only all of them can give together."""
    if isnan(value):
        return nan, nan, nan
    middle = round_points(value)
    if people < limits.percent_base:
        middle = min(max(middle, EDGES[0]), EDGES[1])
    return min(round_points(low), middle), middle, max(round_points(high), middle)


def round_chance(chance: float, limits: Thresholds, *barriers: float) -> float:
    """A chance to the audience's step. Never 0 or 1 unless it nearly is, nor on the other side of a barrier."""
    step = CHANCE_STEPS[limits.audience]
    if isnan(chance):
        return chance
    rounded = round(round(chance / step) * step, _FINE)
    if rounded in {0.0, 1.0} and _NEAR <= chance <= 1 - _NEAR:
        rounded = min(max(round(chance, _FINE), 0.01), 0.99)
    for barrier in barriers:
        if rounded >= barrier > chance:
            rounded = round(rounded - step, _FINE)
        elif rounded < barrier <= chance:
            rounded = round(rounded + step, _FINE)
    return rounded


def round_told_chance(chance: float, limits: Thresholds, rules: Scoring) -> float:
    """The chance of a change or a difference; never rounded to where the words chosen by it would be others."""
    cuts = (rules.likely_change, rules.sure_change)
    if chance >= 1 - chance:
        return round_chance(chance, limits, *cuts)
    return round(1 - round_chance(1 - chance, limits, *cuts), _FINE)


def round_ratio(value: float) -> float:
    """A correlation, an alpha or a share with two decimals; NaN stays."""
    return value if isnan(value) else round(value, _FINE)


def round_figures(figures: Mapping[str, object]) -> dict[str, float]:
    """The figures among these, to twentieths; ends of ranges (`..._low`, `..._high`) outward: none is too narrow."""
    return {name: _round_figure(name, value) for name, value in figures.items() if isinstance(value, float)}


def _round_figure(name: str, value: float) -> float:
    if isnan(value):
        return value
    steps = value / _TWENTIETH
    if name.endswith("_low"):
        whole = floor(steps + _SLIP)
    else:
        whole = ceil(steps - _SLIP) if name.endswith("_high") else round(steps)
    return round(whole * _TWENTIETH, _FINE) + 0.0
