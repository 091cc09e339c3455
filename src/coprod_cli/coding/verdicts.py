"""Codes of answers go in; what each says for or against the joint work, and how alike two coders are, come out.

A verdict is what would enter a score: what an answer says of a theme, of the joint work itself.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Coded(Protocol):
    """One code of an answer."""

    @property
    def theme(self) -> str:
        """The id of its theme."""

    @property
    def stance(self) -> str:
        """One of STANCES; may be empty."""

    @property
    def level(self) -> str:
        """One of LEVELS; empty, where a coder did not say, is of the joint work."""


def find_verdicts(codes: Sequence[Sequence[Coded]], themes: Sequence[str]) -> NDArray[np.intp]:
    """What each answer says for or against each theme of the joint work itself; answers x themes.

    0 nothing, 1 for, 2 against, 3 both: from the codes of level project whose stance is positive or negative.
    """
    places = {theme: place for place, theme in enumerate(themes)}
    verdicts = np.zeros((len(codes), len(themes)), dtype=np.intp)
    for row, own in enumerate(codes):
        for code in own:
            judged = code.level in {"project", ""} and code.stance in {"positive", "negative"}
            if judged and code.theme in places:
                verdicts[row, places[code.theme]] |= 1 if code.stance == "positive" else 2
    return verdicts


def pair_values(left: NDArray[Any], right: NDArray[Any], kinds: int) -> NDArray[np.float64]:
    """Which pair of values two coders gave: units x kinds x kinds x themes, one 1 for each unit and theme."""
    marks = np.arange(kinds)[:, None]
    return np.asarray((left[:, None, None] == marks[:, None]) & (right[:, None, None] == marks[None]), dtype=np.float64)


def find_alphas(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Krippendorff's nominal alpha (2011, two coders, nothing missing) from counts of pairs, kinds x kinds x themes."""
    values = pairs.sum(axis=0) + pairs.sum(axis=1)
    size = values.sum(axis=0)
    observed = 1 - np.trace(pairs) / pairs.sum(axis=(0, 1))
    expected = (size**2 - (values**2).sum(axis=0)) / (size * (size - 1))
    return np.asarray(1 - observed / expected)


def find_designs(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times an answer of a writer met before counts for less than one of a new writer; kinds x themes.

    The design effect (Kish 1965, Survey Sampling) of the shares in which each true value was given each value: their
    variance between writers (ratio estimator, Cochran 1977, section 6.4) over that of unrelated answers, summed over
    the values given; at least 1.

    Args:
        pairs: counts of true and given values, writers x kinds x kinds x themes.
    """
    size = pairs.sum(axis=2, keepdims=True)
    total = np.maximum(size.sum(axis=0), 1)
    shares = pairs.sum(axis=0) / total
    writers = (size > 0).sum(axis=0)
    apart = ((pairs - shares * size) ** 2).sum(axis=0) / total**2 * (writers / np.maximum(writers - 1, 1))
    unrelated = (shares * (1 - shares) / total).sum(axis=1)
    ratio = np.divide(apart.sum(axis=1), unrelated, out=np.ones_like(unrelated), where=unrelated > 0)
    return np.asarray(np.maximum(ratio, 1.0))
