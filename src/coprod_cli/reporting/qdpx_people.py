"""Answers with their codes go in; who coded them, as users of a project for other programs, comes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coprod_cli.binding import clean_words
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.telling import exchange, make_guid


class User(NamedTuple):
    """One user of the project. kind: "person", "machine", or "structure" for what nobody coded, such as questions."""

    guid: str
    name: str
    kind: str


@dataclass(frozen=True)
class Coders:
    """Who coded, and which answers each left without a theme.

    users: people first, as some programs work on as the first one. own: GUID of the user whose work is the project's
    structure. guids, names: of users, by the coder of a code. people: coders who are people. empty: by answer, GUIDs of
    the users who looked at it and found no theme.
    """

    users: tuple[User, ...]
    own: str
    guids: Mapping[str, str]
    names: Mapping[str, str]
    people: frozenset[str]
    empty: Mapping[str, tuple[str, ...]]

    def list_empty(self, answer: str) -> tuple[str, ...]:
        """GUIDs of the users who looked at an answer and found no theme in it."""
        return self.empty.get(answer, ())


def find_coders(told: CodedAnswers) -> Coders:
    """The users of a project: each person, each machine, and one for the structure."""
    people = frozenset(who for looked in told.looked.values() for who in looked)
    machines = sorted({mark.coder for marks in told.found.values() for mark in marks} - people)
    machines = machines or [told.engine] * bool(told.engine)
    users: dict[str, User] = {}
    for kind, coders in (("person", sorted(people)), ("machine", machines)):
        for coder in coders:
            plain = clean_words(coder) or kind
            name = f"{exchange.ORIGIN} {plain}" if kind == "machine" else plain
            users[coder] = User(make_guid("user", kind, coder), name, kind)
    own = User(make_guid("user", "structure"), exchange.ORIGIN, "structure")
    guids = {coder: user.guid for coder, user in users.items()}
    names = {coder: user.name for coder, user in users.items()}
    empty = {answer: tuple(guids[who] for who in whose) for answer, whose in _list_empty(told, machines)}
    return Coders((*users.values(), own), own.guid, guids, names, people, empty)


def _list_empty(told: CodedAnswers, machines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Of each answer, who looked at it and found no theme."""
    for answer in told.answers:
        marked = {mark.coder for mark in told.found.get(answer, ())}
        asked = [*told.looked.get(answer, ()), *(() if answer in told.unread else machines)]
        yield answer, [who for who in asked if who not in marked]
