"""What an engine found in answers of writers it never saw goes in; how far, and for whom, to trust it comes out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer
from training.fitting import mark_themes
from training.measuring import add_by_writer, draw_writers, find_bins, find_error, find_f1, round_figure

from coprod_cli.coding.engine import Found
from coprod_cli.coding.tokens import count_words

# Upper bounds, in words, of the groups of answers by length.
LENGTHS = (5, 15, 30, 60)
DOUBTED = (0.0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5)
_FEW = 30

Coded = Sequence[tuple[Found, ...]]


def examine(
    answers: Sequence[CodedAnswer], coded: Coded, chances: NDArray[np.float64], themes: Sequence[str]
) -> dict[str, Any]:
    """Reliability diagram, coverage against precision, and figures by role and length.

    chances: answers x themes, of the same answers. Ranges (2.5th to 97.5th percentile) come from drawing whole writers
    with replacement, as in `measure_engine`.
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
    bins = find_bins(chances)
    return [
        {
            "cases": int((bins == each).sum()),
            "chance": round_figure(chances[bins == each].mean()),
            "share": round_figure(held[bins == each].mean()),
        }
        for each in sorted(set(bins.ravel().tolist()))
    ]


def list_coverage(answers: Sequence[CodedAnswer], coded: Coded) -> list[dict[str, float]]:
    """Share of the remaining mentions whose theme is there, when the least sure so many are left to a person.

    Of mentions as sure as each other, which come first must not depend on which are right: id and theme decide.
    """
    mentions = sorted(
        (found.confidence, answer.id, found.theme, answer.writer, found.theme in {code.theme for code in answer.codes})
        for answer, each in zip(answers, coded, strict=True)
        for found in each
    )
    place, draws = draw_writers([writer for *_, writer, _ in mentions])
    marks = np.asarray([(there, 1) for *_, there in mentions])
    listed = []
    for share in DOUBTED:
        left = np.arange(len(marks)) >= round(share * len(marks))
        right, named = add_by_writer(place, marks * left[:, None])[draws].sum(axis=1).T
        low, high = np.quantile(right / np.maximum(named, 1), (0.025, 0.975))
        listed.append(
            {
                "doubted": share,
                "precision": round_figure(marks[left, 0].mean()),
                "low": round_figure(low),
                "high": round_figure(high),
            }
        )
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
        place, draws = draw_writers([answer.writer for answer, own in zip(answers, mine, strict=True) if own])
        marks = np.stack(((held & said)[mine].sum(axis=1), said[mine].sum(axis=1), held[mine].sum(axis=1)), axis=1)
        counts = add_by_writer(place, marks)
        low, high = np.quantile(find_f1(counts[draws].sum(axis=1)), (0.025, 0.975))
        parts[each] = {
            "answers": int(mine.sum()),
            "writers": len(counts),
            "micro_f1": round_figure(find_f1(counts.sum(axis=0)[None])[0]),
            "low": round_figure(low),
            "high": round_figure(high),
        }
    return parts


def _name_length(words: int) -> str:
    least = 1
    for most in LENGTHS:
        if words <= most:
            return f"{least:02d} to {most:02d} words"
        least = most + 1
    return f"{least:02d} and more words"
