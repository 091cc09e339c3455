"""What every engine takes and gives: an answer with its question and role goes in, findings in its words come out."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.model.framework import Framework


class Asked(NamedTuple):
    """One answer as an engine sees it: the masked words, the question as it was put, and the role of the writer."""

    words: str
    question: str
    role: str


class Found(NamedTuple):
    """One theme in one stretch of one answer: the fields of a Mention that an engine decides."""

    theme: str
    stance: str
    level: str
    confidence: float
    start: int
    end: int
    unsure: bool = False


Chances = Callable[[Sequence[Asked], Framework], tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]]
"""How sure an engine is: its themes, calibrated chances (answers x themes), the least chance that names each theme."""

Engine = Callable[[Sequence[Asked], Framework], list[tuple[Found, ...]]]
"""Codes each answer by itself: as many results as answers, in the same order, sorted by theme and start."""
