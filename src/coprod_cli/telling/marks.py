"""Figures that are missing or unsure go in; the marks that stand for them, and what the marks mean, come out.

The marks follow those of British official statistics (the shorthand of StatsWales).
"""

import re
from collections.abc import Iterable

from coprod_cli.model.tables import Score
from coprod_cli.telling.words import COMMENTS

MARKS = {
    "c": "not shown, so that nobody can be recognised",
    "low": "not enough answers to say",
    "u": "less sure, since it rests on comments only",
    "x": "not asked",
    "z": "does not apply",
}
BESIDE_EARLIER = "Withheld, because beside an earlier report it would tell what a few people said."
# A figure may stand before it ("48 (40 to 55) [u]"), and what is counted behind it ("[c] people").
_MARKED = re.compile(rf"(?:(?:about )?-?\d[^\[\]]{{0,60}} )?\[({'|'.join(MARKS)})\](?: [a-z]+){{0,3}}")
_NOT_ASKED = "no question was asked"
_NO_CLOSED = "no closed question about this was asked"


def mark_why(why_not: str) -> str:
    """The mark of a figure that is not told, by the reason beside it; empty where there is none.

    It does not apply where a verified fact takes the score away, or where two rounds cannot be compared.
    """
    if not why_not:
        return ""
    if why_not == BESIDE_EARLIER:
        return "c"
    if _NOT_ASKED in why_not.lower() or why_not.lower().startswith(_NO_CLOSED):
        return "x"
    return "low" if "not enough" in why_not.lower() else "z"


def mark_score(score: Score | None) -> str:
    """The mark of a score; empty where it is told and rests on closed questions."""
    if score is None:
        return "low"
    if score.reportable:
        return "u" if score.basis == COMMENTS else ""
    return mark_why(score.why_not) or "low"


def show_mark(mark: str) -> str:
    """A mark as it stands in a table: "[c]"; empty for none."""
    return f"[{mark}]" if mark else ""


def explain_marks(cells: Iterable[str]) -> str:
    """What the marks mean that stand in these cells, as it is said below their table; empty where none does.

    A mark stands in the place of a figure or behind one. What somebody wrote is no mark, though it may look like one.
    """
    found = {match[1] for match in map(_MARKED.fullmatch, cells) if match}
    told = [f"{show_mark(mark)}: {meaning}." for mark, meaning in MARKS.items() if mark in found]
    return " ".join(told)
