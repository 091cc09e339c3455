"""Findings go in; the same with every figure rounded once, as results.json tells it, come out.

So every output tells the same figure, and a report told again from results.json is the same to the last byte.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import isnan
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import pandas as pd

from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Contrast, Findings, Habits, Quality, SectorScore, Variant
from coprod_cli.model.population import Weighting
from coprod_cli.model.tables import RATIO_DECIMALS, SCORE_DECIMALS, RungChance, Score

# Fields in points of the scale, or in people; every other figure is a share, a chance or a correlation.
POINTS: dict[type, frozenset[str]] = {
    Change: frozenset({"change", "low", "high"}),
    Contrast: frozenset({"gap", "low", "high"}),
    Habits: frozenset({"tilt", "tilt_low", "tilt_high", "acquiescence", "acquiescence_low", "acquiescence_high"}),
    SectorScore: frozenset({"estimate", "low", "high"}),
    Variant: frozenset({"estimate", "low", "high"}),
    Weighting: frozenset({"effective"}),
}
RowT = TypeVar("RowT", bound=NamedTuple)


def settle_figures(findings: Findings) -> Findings:
    """Every figure with one decimal where it is in points, with three where it is a share; counts stay."""
    quality = findings.quality
    return replace(
        findings,
        scores=_settle_table(findings.scores, Score, SCORE_DECIMALS),
        rungs=_settle_table(findings.rungs, RungChance, RATIO_DECIMALS),
        contrasts=_settle(findings.contrasts),
        changes=_settle(findings.changes),
        variants=_settle(findings.variants),
        sectors=_settle(findings.sectors),
        gates=_settle(findings.gates),
        weighting=_settle(findings.weighting),
        emerging=_settle(findings.emerging),
        coder=_settle_row(findings.coder),
        checked=replace(
            findings.checked,
            themes=_settle(findings.checked.themes),
            shares=_settle(findings.checked.shares),
        ),
        coders=replace(findings.coders, figures=_settle(findings.coders.figures)),
        quality=Quality(
            _settle(quality.alphas),
            _settle(quality.correlations),
            _settle(quality.habits),
            _settle(quality.unanswered),
        ),
    )


def _settle_table(frame: pd.DataFrame, row: type, decimals: int) -> pd.DataFrame:
    figures = [name for name in row.__annotations__ if frame[name].dtype == "float64"]
    return frame.assign(**{name: [_round(value, decimals) for value in frame[name]] for name in figures})


def _settle(values: Iterable[RowT]) -> tuple[RowT, ...]:
    return tuple(_settle_row(each) for each in values)


def _settle_row(row: RowT) -> RowT:
    points = POINTS.get(type(row), frozenset())
    return row._replace(
        **{
            name: _settle_value(hint, getattr(row, name), SCORE_DECIMALS if name in points else RATIO_DECIMALS)
            for name, hint in get_type_hints(type(row)).items()
        }
    )


def _settle_value(hint: Any, value: Any, decimals: int) -> Any:  # noqa: ANN401 - any type of the model, and its value
    if hint is float:
        return _round(value, decimals)
    if get_origin(hint) is tuple and hasattr(get_args(hint)[0], "_fields"):
        return _settle(value)
    return value


def _round(value: float, decimals: int) -> float:
    """Never -0.0; NaN and a count of -1 for what is withheld stay."""
    return value if isnan(value) else round(float(value), decimals) + 0.0
