"""What an engine found in answers of writers it never saw goes in; how far, and for whom, to trust it comes out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer
from training.fitting import mark_themes

from coprod_cli.coding.engine import Found
from coprod_cli.coding.tokens import count_words

BINS = 10
DRAWS = 1000
SEED = 20261122
# Upper bounds, in words, of the groups of answers by length.
LENGTHS = (5, 15, 30, 60)
DOUBTED = (0.0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5)
_FEW = 30

Coded = Sequence[tuple[Found, ...]]


def examine(
    answers: Sequence[CodedAnswer], coded: Coded, chances: NDArray[np.float64], themes: Sequence[str]
) -> dict[str, Any]:
    """Reliability diagram, coverage against precision, and figures by role and length.

    chances: answers x themes, of the same answers. Ranges (2.5th to 97.5th percentile) come from drawing answers.
    """
    held = mark_themes(answers, themes)
    said = mark_themes([answer._replace(codes=found) for answer, found in zip(answers, coded, strict=True)], themes)
    return {
        "reliability": list_bins(chances, held),
        "calibration_error_of_named": find_error(chances[said], held[said]),
        "coverage": list_coverage(answers, coded),
        "roles": _split(answers, held, said, lambda answer: answer.asked.role),
        "lengths": _split(answers, held, said, lambda answer: _name_length(count_words(answer.asked.words))),
    }


def list_bins(chances: NDArray[np.float64], held: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Ten bins of equal width: how many chances lie in each, their mean, and the share of themes that were there."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        {
            "cases": int((bins == each).sum()),
            "chance": round(float(chances[bins == each].mean()), 4),
            "share": round(float(held[bins == each].mean()), 4),
        }
        for each in sorted(set(bins.ravel().tolist()))
    ]


def find_error(chances: NDArray[np.float64], held: NDArray[np.bool_]) -> float:
    """Expected calibration error (Naeini et al. 2015), ten bins of equal width."""
    bins = list_bins(chances, held)
    total = sum(each["cases"] for each in bins)
    return round(sum(abs(each["chance"] - each["share"]) * each["cases"] for each in bins) / max(total, 1), 4)


def list_coverage(answers: Sequence[CodedAnswer], coded: Coded) -> list[dict[str, float]]:
    """Share of the remaining mentions whose theme is there, when the least sure so many are left to a person."""
    pairs = sorted(
        (found.confidence, found.theme in {code.theme for code in answer.codes})
        for answer, each in zip(answers, coded, strict=True)
        for found in each
    )
    right = np.asarray([there for _, there in pairs], dtype=float)
    listed = []
    for share in DOUBTED:
        rest = right[round(share * right.size) :]
        low, high = _draw(rest)
        listed.append({"doubted": share, "precision": round(float(rest.mean()), 4), "low": low, "high": high})
    return listed


def _split(
    answers: Sequence[CodedAnswer],
    held: NDArray[np.bool_],
    said: NDArray[np.bool_],
    name: Callable[[CodedAnswer], str],
) -> dict[str, dict[str, float]]:
    names = np.asarray([name(answer) for answer in answers])
    parts = {}
    for each in sorted(set(names.tolist())):
        mine = names == each
        if mine.sum() < _FEW:
            continue
        counts = np.stack(
            [(held & said)[mine].sum(axis=1), said[mine].sum(axis=1), held[mine].sum(axis=1)], axis=1
        ).astype(float)
        chance = np.random.default_rng(SEED)
        drawn = counts[chance.integers(len(counts), size=(DRAWS, len(counts)))].sum(axis=1)
        low, high = np.quantile(_find_f1(drawn), (0.025, 0.975))
        parts[each] = {
            "answers": int(mine.sum()),
            "micro_f1": round(float(_find_f1(counts.sum(axis=0))), 4),
            "low": round(float(low), 4),
            "high": round(float(high), 4),
        }
    return parts


def _find_f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2 * counts[..., 0] / np.maximum(counts[..., 1] + counts[..., 2], 1))


def _name_length(words: int) -> str:
    least = 1
    for most in LENGTHS:
        if words <= most:
            return f"{least:02d} to {most:02d} words"
        least = most + 1
    return f"{least:02d} and more words"


def _draw(values: NDArray[np.float64]) -> tuple[float, float]:
    chance = np.random.default_rng(SEED)
    means = [float(chance.choice(values, values.size).mean()) for _ in range(DRAWS)]
    low, high = np.quantile(means, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
