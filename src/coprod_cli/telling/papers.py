"""Facts, boards and dates on paper go in; the words that screen and report share for them come out."""

import datetime as dt
from collections.abc import Sequence

from coprod_cli.model.governance import Body, ProjectFacts

# Fewer bodies than this are counted, but no percentage is made of them: one seat would move it too far.
MIN_BODIES = 5
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ONLY_ONE = {
    "yes": "Parents have a seat on the one {kind}",
    "partly": "Parents partly have a seat on the one {kind}",
    "no": "Parents have no seat on the one {kind}",
}
_PLURALS = {"workstream": "workstreams", "board": "boards"}


def say_seats(bodies: Sequence[Body], kind: str) -> str:
    """On how many bodies of a kind parents have a seat: "Parents have a seat on 7 of 8 workstreams (88%)".

    A percentage only from MIN_BODIES known ones on; empty where there is no body of that kind.
    """
    here = [each for each in bodies if each.kind == kind]
    known = [each for each in here if each.parent_seat != "not known"]
    if not here:
        return ""
    if not known:
        return f"Whether parents have a seat on the {_count(len(here), kind)} is not known"
    if len(here) == 1:
        return ONLY_ONE[known[0].parent_seat].format(kind=kind)
    whole = sum(each.parent_seat == "yes" for each in known)
    partly = sum(each.parent_seat == "partly" for each in known)
    words = f"Parents have a seat on {whole} of {_count(len(known), kind)}"
    if len(known) >= MIN_BODIES:
        words += f" ({whole / len(known):.0%})"
    if partly:
        words += f", and partly on {partly} more"
    if len(known) < len(here):
        words += f"; of {len(here) - len(known)} more it is not known"
    return words


def name_unknown(project: ProjectFacts, facts: Sequence[str]) -> str:
    """The facts of a framework that are not known of a project, by id, on one line: "G02, G07 to G12"; empty for none.

    facts: every id, in the framework's order; what stands in a row of three or more is told by its ends.
    """
    known = {each.id for each in project.facts if each.answer != "not known"}
    runs: list[list[str]] = [[]]
    for name in facts:
        if name in known:
            runs.append([])
        else:
            runs[-1].append(name)
    told = (f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs if run)  # noqa: PLR2004 - two have no middle
    return ", ".join(told)


def say_day(day: str) -> str:
    """A date as people write it: "2026-01-31" is "31 January 2026"; empty for an empty one."""
    if not day:
        return ""
    date = dt.date.fromisoformat(day)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _count(number: int, kind: str) -> str:
    return f"{number} {kind if number == 1 else _PLURALS[kind]}"
