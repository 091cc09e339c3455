"""Suggestions of themes go in; what an audience may see of them comes out."""

from collections.abc import Iterable, Iterator

from coprod_cli.model.emerging import Emerging, RolePeople
from coprod_cli.model.framework import Thresholds
from coprod_cli.protecting.suppression import WITHHELD, show_base


def show_emerging(emerging: Iterable[Emerging], limits: Thresholds, *, counted: bool) -> Iterator[Emerging]:
    """Only with roles of which enough people stand behind it, rounded as bases are, and only answers of theirs.

    Args:
        emerging: exact.
        limits: of the audience.
        counted: whether numbers of people may be told; beside an earlier report they would tell of newcomers.
    """
    least = max(limits.min_base, limits.quote_group)
    for each in emerging:
        told = [part for part in each.people if part.people >= least]
        if told:
            roles = {part.role for part in told}
            yield each._replace(
                people=tuple(
                    RolePeople(part.role, show_base(part.people, limits) if counted else WITHHELD) for part in told
                ),
                typical=tuple(answer for answer in each.typical if answer.role in roles),
            )
