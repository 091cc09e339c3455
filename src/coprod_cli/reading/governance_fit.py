"""What is on paper and the names of a survey's projects go in; the same, under the survey's names, comes out."""

import difflib
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations

from coprod_cli.model.governance import Governance
from coprod_cli.model.survey import Notice
from coprod_cli.reading.forms import ALL_ANSWERS
from coprod_cli.reading.wording import make_key

_NEAR = 0.75
_MOST_NAMES = 5


def fit_governance(governance: Governance, projects: Collection[str]) -> Governance:
    """The same, with each project spelt as in the survey where only capitals, marks or blanks differ.

    Notices tell of projects that are only in the file (with the name that may be meant) or only in the survey.

    Args:
        governance: as read, not masked yet.
        projects: names of the survey's projects.
    """
    if not governance.projects:
        return governance
    spelt = {make_key(name): name for name in sorted(projects)}
    named = tuple(
        each if each.project in projects else replace(each, project=spelt.get(make_key(each.project), each.project))
        for each in governance.projects
    )
    mine = [each.project for each in named]
    silent = sorted(set(projects) - set(mine))
    notices = [_tell_unanswered(name, silent) for name in mine if name not in projects]
    if silent and silent != [ALL_ANSWERS]:
        notices.append(_tell_silent(silent))
    return replace(governance, projects=named, notices=(*governance.notices, *notices))


def fit_as_listed(governance: Governance) -> Governance:
    """The same where no survey is at hand: spelt and told of as the form's own list of the survey's projects has them.

    Without such a list, projects of the file whose names are nearly one another's are told.
    """
    if governance.surveyed:
        return fit_governance(governance, governance.surveyed)
    names = [each.project for each in governance.projects]
    notices = [
        Notice(
            "governance-near",
            f'"{first}" and "{second}" are nearly the same name.',
            hint="If they are one project, put all of it under one.",
        )
        for first, second in combinations(names, 2)
        if _find_near(first, [second])
    ]
    return replace(governance, notices=(*governance.notices, *notices))


def _find_near(name: str, others: Sequence[str]) -> str:
    """The one of the others that is spelt most like it; empty where none is nearly so."""
    near = difflib.get_close_matches(name.casefold(), [each.casefold() for each in others], n=1, cutoff=_NEAR)
    return next((each for each in others if near and each.casefold() == near[0]), "")


def _tell_unanswered(name: str, silent: Sequence[str]) -> Notice:
    meant = _find_near(name, silent)
    start = f'"{name}" is in the governance file, but nobody in the survey spoke of it.'
    end, hint = "Its page shows what is on paper.", ""
    if meant:
        hint = f'If "{meant}" is meant, write it so.'
    elif ALL_ANSWERS in silent:
        end = "The survey does not say what it is about."
        hint = f'If it is about "{name}", say so in a mapping file: project = "{name}".'
    return Notice("governance-unanswered", f"{start} {end}", hint=hint)


def _tell_silent(silent: Sequence[str]) -> Notice:
    shown = [f'"{name}"' for name in silent[:_MOST_NAMES]]
    rest = len(silent) - len(shown)
    names = "; ".join([*shown, *([f"and {rest} more"] if rest else [])])
    return Notice("governance-silent", f"The governance file says nothing about: {names}.")
