"""What a person decided of one answer in coprod review: its codes, and what was done to those that were shown."""

from collections.abc import Mapping
from typing import NamedTuple

from coprod_cli.model.answers import Marked
from coprod_cli.model.tables import UNCLEAR

# What was done to the codes that were shown: all accepted; or one or several of the next three; or none were shown, and
# the person coded from nothing; or somebody changed the file in another program; or nothing was decided, and there is
# but a note.
ACCEPTED, CHANGED, ADDED, REMOVED, BLIND, ELSEWHERE = "accepted", "changed", "added", "removed", "blind", "elsewhere"
NOTED = "noted"
DEEDS = (ACCEPTED, CHANGED, ADDED, REMOVED, BLIND, ELSEWHERE, NOTED)
# What can be done only to codes that are in sight.
DEEDS_IN_SIGHT = frozenset({ACCEPTED, CHANGED, ADDED, REMOVED})
# The columns of the file that decisions are kept in: a row for each code, or for an answer without any.
REVIEW_COLUMNS = (
    "id", "looked at", "theme", "stance", "level", "start", "end", "evidence", "decision", "note", "coder", "weight",
    "shown", "shown by", "words", "question", "role", "project", "wave", "person",
)  # fmt: skip


class Decision(NamedTuple):
    """One person's word on one answer; or, where the deed is NOTED, a note on one that is not decided yet.

    codes: what the answer holds; none is a decision, too. deeds: some of DEEDS. note: the person's own, for people.
    coder: what the person is called. weight: how many answers this one stands for where the machine is measured: 1 if
    it came by lot and was coded blind, else 0, since who sees a suggestion tends to follow it. shown, shown_by: the
    codes that the person saw at first, in the words of say_shown, and whose they were; both empty where none were.
    """

    codes: tuple[Marked, ...]
    deeds: tuple[str, ...]
    note: str = ""
    coder: str = ""
    weight: int = 0
    shown: str = ""
    shown_by: str = ""

    @property
    def is_made(self) -> bool:
        """Whether anything is decided, and not only noted."""
        return NOTED not in self.deeds


def keep_made(decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """Those by which something is decided, without mere notes."""
    return {name: each for name, each in decisions.items() if each.is_made}


def name_deeds(shown: tuple[Marked, ...], kept: tuple[Marked, ...]) -> tuple[str, ...]:
    """What was done to the codes shown to make them those kept: some of accepted, changed, added, removed.

    A code is changed if one of its theme was shown, with another stance, level or evidence; with another theme it is
    a new one in the place of the old.
    """
    before, after = [_identify(each) for each in shown], [_identify(each) for each in kept]
    old = [each[0] for each in before if each not in after]
    new = [each[0] for each in after if each not in before]
    changed = [theme for theme in new if theme in old]
    deeds = {
        CHANGED: changed,
        ADDED: [theme for theme in new if theme not in changed],
        REMOVED: [theme for theme in old if theme not in changed],
    }
    return tuple(deed for deed, themes in deeds.items() if themes) or (ACCEPTED,)


def say_shown(shown: tuple[Marked, ...]) -> str:
    """The codes shown, each as theme:stance:level, with ! behind those that the machine was not sure of."""
    said = {f"{each.theme}:{each.stance}:{each.level or UNCLEAR}{'!' if each.unsure else ''}" for each in shown}
    return " ".join(sorted(said)) or "none"


def _identify(mark: Marked) -> tuple[str, str, str, int, int]:
    return mark.theme, mark.stance, mark.level, mark.start, mark.end
