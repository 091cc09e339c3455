"""Figures go in; the same as JSON holds them come out: rounded, and null for what is withheld or not there."""

import math

from coprod_cli.model.tables import RATIO_DECIMALS, SCORE_DECIMALS
from coprod_cli.telling import is_withheld

__all__ = ["RATIO_DECIMALS", "SCORE_DECIMALS", "count_people", "round_value"]


def round_value(value: float, decimals: int) -> float | None:
    """A figure with so many decimals, never -0.0; null for NaN."""
    return None if math.isnan(value) else round(float(value), decimals) + 0.0


def count_people(value: float) -> int | None:
    """A count; null where it is withheld."""
    return None if is_withheld(value) else int(value)
