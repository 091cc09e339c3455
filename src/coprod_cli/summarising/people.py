"""A survey, closed groups and weights go in; what a reader must know of the people in them comes out as notices."""

from collections.abc import Iterator, Sequence

from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.survey import NAMELESS, Notice, Survey
from coprod_cli.telling import ROLE_WORDS, name_role


def note_nameless(survey: Survey) -> Iterator[Notice]:
    """That forms stand for people where nothing tells who sent them, and what cannot be said then."""
    roles = survey.nameless
    if not roles:
        return
    every = roles == frozenset(survey.responses["role"])
    whose = "" if every else f" of {' or '.join(name_role(role) for role in ROLE_WORDS if role in roles)}"
    several = survey.responses.loc[survey.responses["role"].isin(roles), "project"].nunique() > 1
    apart = (
        " Somebody who sent forms about two projects counts as two people, so projects cannot be compared with each "
        "other; each keeps its score."
    )
    yield Notice(
        NAMELESS,
        f"Nothing in the survey tells who sent which form{whose}, so each form counts as one person."
        f"{apart if several else ''}",
    )


def note_people(closed: Sequence[ClosedGroup], weighting: Sequence[Weighting]) -> Iterator[Notice]:
    """At most one notice of each kind, without a count that may have to be withheld."""
    if any(not each.used and not each.few for each in closed):
        yield Notice(
            "more-than-asked",
            "For some groups the governance file says that fewer people were asked than answered, so that number was "
            "not used.",
            hint="Correct it under asked in the governance file, or take it out.",
        )
    if weighting:
        yield Notice(
            "weighted",
            "Some answers count for more and some for less, so that the people who answered are alike to the shares in "
            "the targets file. That mends only what the file speaks of. It does not mend that people chose whether to "
            "answer.",
        )
    if any(not each.converged for each in weighting):
        yield Notice(
            "weights-not-met",
            "No weights could match all the shares of the targets file at once, so they match them only roughly.",
            hint="Use fewer margins in the targets file, or join small answers.",
        )
