"""The answers worth coding next go in; their ids with the reasons, without a word of them, come out as CSV and JSON."""

import json

from coprod_cli.model.suggested import Suggested, Suggestions
from coprod_cli.reporting.numbers import RATIO_DECIMALS, round_value
from coprod_cli.reporting.to_csv import write_rows

SUGGESTED = "suggested.csv"


def write_suggestions(found: Suggestions) -> bytes:
    """One row an answer, the most useful first."""
    return write_rows(Suggested._fields, (tuple(map(_write, each)) for each in found.answers))


def list_suggestions(found: Suggestions) -> bytes:
    """The same as JSON, with how many are coded and left, and that they were not drawn by lot."""
    whole = {
        "coded": found.coded,
        "left": found.left,
        "other_language": found.unread,
        "says_nothing": found.silent,
        "drawn_by_lot": False,
        "answers": [{name: _round(value) for name, value in each._asdict().items()} for each in found.answers],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _round(value: object) -> object:
    return round_value(value, RATIO_DECIMALS) if isinstance(value, float) else value


def _write(value: object) -> str:
    return f"{value:.{RATIO_DECIMALS}f}" if isinstance(value, float) else str(value)
