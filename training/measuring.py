"""What an engine found and what the corpus says go in; figures with their likely ranges come out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer
from training.fitting import mark_themes

from coprod_cli.coding.engine import Found

DRAWS = 2000
SEED = 20260101


def measure_engine(
    answers: Sequence[CodedAnswer], coded: Sequence[tuple[Found, ...]], themes: Sequence[str]
) -> dict[str, Any]:
    """Every figure of one engine; the unit is the presence of a theme in an answer.

    Ranges (2.5th to 97.5th percentile) come from drawing whole writers with replacement, since the answers of one
    writer resemble each other. stance_accuracy and level_accuracy: of the themes found in the answers that hold them,
    the share where the set of stances (levels) named is the set in the corpus. evidence_overlap: over the same, the
    mean F1 of the characters marked.
    """
    held = mark_themes(answers, themes)
    said = mark_themes([answer._replace(codes=found) for answer, found in zip(answers, coded, strict=True)], themes)
    writers = sorted({answer.writer for answer in answers})
    place = np.asarray([writers.index(answer.writer) for answer in answers])
    # Per writer and theme: right, named, held; a bootstrap draw only adds writers up again.
    counts = np.zeros((len(writers), 3, len(themes)))
    for kind, marks in enumerate((held & said, said, held)):
        np.add.at(counts[:, kind], place, marks)
    draws = np.random.default_rng(SEED).integers(len(writers), size=(DRAWS, len(writers)))
    f1_drawn = _find_f1(counts[draws].sum(axis=1))
    total = counts.sum(axis=0)
    f1 = _find_f1(total[None])[0]
    agreed = list(_compare_details(answers, coded))
    macro_low, macro_high = np.quantile(f1_drawn.mean(axis=1), (0.025, 0.975))
    lows, highs = np.quantile(f1_drawn, (0.025, 0.975), axis=0)
    return {
        "answers": len(answers),
        "writers": len(writers),
        "macro_f1": _round(f1.mean()),
        "macro_f1_low": _round(macro_low),
        "macro_f1_high": _round(macro_high),
        "micro_f1": _round(2 * total[0].sum() / (total[1].sum() + total[2].sum())),
        "stance_accuracy": _round(np.mean([stance for stance, _, _ in agreed])),
        "level_accuracy": _round(np.mean([level for _, level, _ in agreed])),
        "evidence_overlap": _round(np.mean([overlap for _, _, overlap in agreed])),
        "themes": [
            {
                "theme": theme,
                "precision": _round(total[0, column] / max(total[1, column], 1)),
                "recall": _round(total[0, column] / max(total[2, column], 1)),
                "f1": _round(f1[column]),
                "f1_low": _round(lows[column]),
                "f1_high": _round(highs[column]),
                "alpha": _round(find_alpha(held[:, column], said[:, column])),
                "cases": int(total[2, column]),
            }
            for column, theme in enumerate(themes)
        ],
    }


def find_alpha(left: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    """Krippendorff's alpha for two coders and two values (present, absent), nothing missing."""
    values = 2 * left.size
    ones = int(left.sum() + right.sum())
    expected = 2 * ones * (values - ones) / (values * (values - 1))
    return float(1 - (left != right).mean() / expected)


def find_calibration(answers: Sequence[CodedAnswer], chances: NDArray[np.float64], themes: Sequence[str]) -> float:
    """Expected calibration error over all answers and themes, ten bins of equal width: 0 is perfect."""
    held = mark_themes(answers, themes).ravel()
    flat = chances.ravel()
    bins = np.minimum((flat * 10).astype(int), 9)
    gaps = [abs(held[bins == each].mean() - flat[bins == each].mean()) * (bins == each).mean() for each in set(bins)]
    return _round(sum(gaps))


def overlap_spans(left: Sequence[Found], right: Sequence[Found]) -> float:
    """F1 of the characters that two sets of stretches mark."""
    marked = [{place for each in side for place in range(each.start, each.end)} for side in (left, right)]
    return 2 * len(marked[0] & marked[1]) / max(len(marked[0]) + len(marked[1]), 1)


def _compare_details(
    answers: Sequence[CodedAnswer], coded: Sequence[tuple[Found, ...]]
) -> list[tuple[bool, bool, float]]:
    agreed = []
    for answer, found in zip(answers, coded, strict=True):
        for theme in sorted({code.theme for code in answer.codes} & {each.theme for each in found}):
            gold = [code for code in answer.codes if code.theme == theme]
            ours = [each for each in found if each.theme == theme]
            stance = {code.stance for code in gold} == {each.stance for each in ours}
            level = {code.level for code in gold} == {each.level for each in ours}
            agreed.append((stance, level, overlap_spans(gold, ours)))
    return agreed


def _find_f1(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2 * counts[:, 0] / np.maximum(counts[:, 1] + counts[:, 2], 1))


def _round(value: float | np.floating[Any]) -> float:
    return round(float(value), 4)
