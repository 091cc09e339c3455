"""How far coders agree goes in; its JSON, a CSV of every figure and a CSV of what to talk through come out."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from coprod_cli.model.agreement import THEME, Agreed, Agreement, Confused, Figure
from coprod_cli.reporting.numbers import RATIO_DECIMALS, round_value
from coprod_cli.reporting.to_csv import write_rows

FIGURE_COLUMNS = ("measure", "scope", "theme", "figure", "coder", "value", "low", "high", "answers", "cases")
DIFFERENCE_COLUMNS = ("answer", "theme", "about")
WORDS = "words"


def write_agreement(agreement: Agreement) -> bytes:
    """Everything as JSON; a figure that is not there is null. docs/agreement.md explains every key."""
    whole = {
        "coders": [
            {"coder": coder, "looked_at": looked, "left_out": alone, "without_theme": empty}
            for coder, looked, alone, empty in zip(
                agreement.coders, agreement.looked, agreement.alone, agreement.empty, strict=True
            )
        ],
        "answers": agreement.answers,
        "same_themes": agreement.same,
        "unused_themes": list(agreement.unused),
        "bootstrap": {"draws": agreement.draws, "seed": agreement.seed},
        "agreement": [_list_agreed(row, agreement.coders) for row in agreement.rows],
        "confusion": [_list_confused(each) for each in agreement.confused],
        "differences": [
            {**each._asdict(), "said": dict(zip(agreement.coders, each.said, strict=True))}
            for each in agreement.differences
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def write_figures(agreement: Agreement) -> bytes:
    """One row for each figure, with both ends of its likely range; empty cells where there is none."""
    return write_rows(FIGURE_COLUMNS, (cells for row in agreement.rows for cells in _list_cells(row, agreement.coders)))


def write_differences(agreement: Agreement, words: Mapping[str, str] | None) -> bytes:
    """One row for each theme in each answer that coders see differently, with what each of them said.

    Args:
        agreement: how far they agree.
        words: the masked words of answers, by id; None leaves that column out.
    """
    header = (*DIFFERENCE_COLUMNS, *agreement.coders, *([] if words is None else [WORDS]))
    body = (
        (each.answer, each.theme, each.about, *each.said, *([] if words is None else [words.get(each.answer, "")]))
        for each in agreement.differences
    )
    return write_rows(header, body)


def list_prevalence(row: Agreed) -> list[tuple[int, float]]:
    """Of one theme, or of all pooled, by coder: how many cases they found it in, and their share; else nothing.

    The share is NaN for a coder who looked at none of them.
    """
    if row.measure != THEME:
        return []
    return [(counts[1], counts[1] / sum(counts) if sum(counts) else math.nan) for counts in row.counts]


def _list_agreed(row: Agreed, coders: tuple[str, ...]) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "scope": row.scope,
        "theme": row.theme,
        "answers": row.answers,
        "cases": row.cases,
        "said": {
            coder: dict(zip(row.values, counts, strict=True)) for coder, counts in zip(coders, row.counts, strict=False)
        },
        "prevalence": [round_value(share, RATIO_DECIMALS) for _, share in list_prevalence(row)],
        "figures": {name: _list_figure(figure) for name, figure in row.figures.items()},
        "f1": [{"coder": coder, **_list_figure(each)} for coder, each in zip(coders[1:], row.f1, strict=True)],
    }


def _list_figure(figure: Figure) -> dict[str, float | None]:
    return {name: round_value(value, RATIO_DECIMALS) for name, value in figure._asdict().items()}


def _list_confused(each: Confused) -> dict[str, object]:
    return {
        "measure": each.measure,
        "coder": each.first,
        "said": each.said,
        "other_coder": each.second,
        "other_said": each.instead,
        "cases": each.cases,
    }


def _list_cells(row: Agreed, coders: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    shared = (row.measure, row.scope, row.theme)
    bases = (str(row.answers), str(row.cases))
    for coder, (_, share) in zip(coders, list_prevalence(row), strict=False):
        yield (*shared, "prevalence", coder, _write(share), "", "", *bases)
    for name, figure in row.figures.items():
        yield (*shared, name, "", *map(_write, figure), *bases)
    for coder, figure in zip(coders[1:], row.f1, strict=True):
        yield (*shared, "f1", coder, *map(_write, figure), *bases)


def _write(value: float) -> str:
    rounded = round_value(value, RATIO_DECIMALS)
    return "" if rounded is None else f"{rounded:.{RATIO_DECIMALS}f}"
