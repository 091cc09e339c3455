"""Closed groups and weights go in; what a reader must know of them before using a figure comes out as notices."""

from collections.abc import Iterator, Sequence

from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.survey import Notice


def note_people(closed: Sequence[ClosedGroup], weighting: Sequence[Weighting]) -> Iterator[Notice]:
    """At most one notice of each kind, without a count that may have to be withheld."""
    if any(not each.used for each in closed):
        yield Notice(
            "more-than-asked",
            "For some groups the governance file says that fewer people were asked than answered, so that number was "
            "not used. Correct it under asked in the governance file, or take it out.",
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
            "No weights could match all the shares of the targets file at once, so they match them only roughly. Use "
            "fewer margins, or join small answers.",
        )
