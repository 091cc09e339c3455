"""A framework and what was ordered go in; the questionnaire, before it has a file format, comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from coprod_cli.asking import wording
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Anchor, Framework, Item

ROLE, PROJECT = "role", "project"
_MOST_IN_A_PART = 8
_MARKS = tuple(str(mark) for mark in range(11))


@dataclass(frozen=True)
class Order:
    """What was asked for. form: full or short; audience: parent, practitioner or both; title: empty for the usual."""

    form: str = "full"
    audience: str = "both"
    projects: tuple[str, ...] = ()
    title: str = ""


class AskedKind(StrEnum):
    """How a question is answered: one choice, one label of the scale, a mark from 0 to 10, a line, or own words."""

    CHOICE = "choice"
    RATED = "rated"
    MARK = "mark"
    LINE = "line"
    WORDS = "words"
    YES_NO = "yes_no"


# What each kind of anchor is on the form, and what is said below it.
_ANCHOR_KINDS: dict[str, tuple[AskedKind, str]] = {
    "ordinal": (AskedKind.CHOICE, wording.LADDER_HELP),
    "0-10": (AskedKind.MARK, wording.MARK_HELP),
    "free_text": (AskedKind.WORDS, ""),
    "yes_no": (AskedKind.YES_NO, wording.QUOTING_HELP),
}


class Choice(NamedTuple):
    """One answer to tick: its short code, and what people read."""

    code: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One question as it is put. to_practitioners: their wording, where one survey asks both and the two differ."""

    id: str
    number: int
    kind: AskedKind
    text: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    to_practitioners: str = ""


@dataclass(frozen=True)
class Part:
    """Questions that stand together on a page."""

    title: str
    help: str
    questions: tuple[Asked, ...]

    @property
    def is_rated(self) -> bool:
        """Whether all of it is one grid of questions with the same answers."""
        return all(question.kind is AskedKind.RATED for question in self.questions)


@dataclass(frozen=True)
class Questionnaire:
    """The whole form. audience: parent, practitioner or both; project: the one it is about, if there is only one."""

    title: str
    audience: str
    project: str
    opening: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]

    @property
    def questions(self) -> Iterator[Asked]:
        """Every question, in its order."""
        for part in self.parts:
            yield from part.questions


def settle_order(order: Order) -> Order:
    """The order with blanks put in order, without characters that nobody sees, and each project once.

    Raises:
        UsageError: a project has no name.
    """
    names = [_clean(project) for project in order.projects]
    if not all(names):
        raise UsageError("A --project has no name.", "Write it as --project NAME, or leave the option out.")
    projects: dict[str, str] = {}
    for name in names:
        projects.setdefault(name.casefold(), name)
    return Order(order.form, order.audience, tuple(projects.values()), _clean(order.title))


def _clean(text: str) -> str:
    return " ".join("".join(mark for mark in text if mark.isprintable() or mark.isspace()).split())


def make_questionnaire(framework: Framework, order: Order, audience: str, *, paper: bool = False) -> Questionnaire:
    """The questionnaire for one audience, or for both in one survey with a question who people are.

    Args:
        framework: items, anchors and labels.
        order: form, projects and title, settled.
        audience: whose wording; with 'both', practitioners' wording is given beside the parents' where they differ.
        paper: whether people tick on paper.

    Raises:
        UsageError: the framework has no items for this form.
    """
    items = [item for item in framework.items if item.quick or order.form == "full"]
    if not items:
        what = "The framework has no questions for the short form."
        raise UsageError(what, "Write quick = true in the items that belong in it, or use --form full.")
    how = wording.ON_PAPER if paper else wording.ON_SCREEN
    project = order.projects[0] if len(order.projects) == 1 else ""
    about = wording.ABOUT_ONE.format(project=project) if project else wording.ABOUT_ANY
    fill = {
        "about": about,
        "how": how,
        "minutes": wording.MINUTES[order.form],
        "change": wording.NOTHING_CHANGES[audience],
    }
    drafts = [
        _ask_about_you(order.projects),
        *_ask_items(framework, items, audience, how),
        *_ask_anchors(framework.anchors),
    ]
    return Questionnaire(
        title=order.title or wording.TITLE,
        audience=audience,
        project=project,
        opening=tuple((heading, text.format(**fill)) for heading, text in wording.OPENING.items()),
        parts=tuple(_number(drafts)),
        closing=(wording.CLOSING, *((wording.HAND_BACK,) if paper else ()), wording.SOON),
    )


def _number(parts: Sequence[Part]) -> Iterator[Part]:
    numbers = count(1)
    for part in parts:
        yield replace(part, questions=tuple(replace(question, number=next(numbers)) for question in part.questions))


def _ask_about_you(projects: Sequence[str]) -> Part:
    roles = tuple(Choice(code, text) for text, code in wording.ROLES.values())
    asked = [Asked(ROLE, 0, AskedKind.CHOICE, wording.ROLE, wording.ROLE_HELP, roles)]
    if not projects:
        asked.append(Asked(PROJECT, 0, AskedKind.LINE, wording.PROJECT, wording.PROJECT_HELP_LINE))
    elif len(projects) > 1:
        choices = tuple(Choice(f"P{number}", name) for number, name in enumerate(projects, start=1))
        asked.append(Asked(PROJECT, 0, AskedKind.CHOICE, wording.PROJECT, wording.PROJECT_HELP_CHOICE, choices))
    return Part(wording.ABOUT_YOU, "", tuple(asked))


def _ask_items(framework: Framework, items: Sequence[Item], audience: str, how: str) -> Iterator[Part]:
    """The rated items in grids of at most _MOST_IN_A_PART rows; items of one dimension stay together."""
    labels = (*framework.labels, wording.DONT_KNOW)
    codes = (*(str(place) for place in range(1, len(framework.labels) + 1)), wording.DONT_KNOW_CODE)
    choices = tuple(Choice(code, label) for code, label in zip(codes, labels, strict=True))
    groups: list[list[Item]] = [[]]
    for dimension in dict.fromkeys(item.dimension for item in items):
        members = [item for item in items if item.dimension == dimension]
        if groups[-1] and len(groups[-1]) + len(members) > _MOST_IN_A_PART:
            groups.append([])
        groups[-1] += members
    for part, group in enumerate(groups, start=1):
        title = wording.RATED if len(groups) == 1 else wording.RATED_PART.format(part=part, parts=len(groups))
        asked = tuple(_ask_item(item, audience, choices) for item in group)
        yield Part(title, wording.RATED_HELP.format(how=how), asked)


def _ask_item(item: Item, audience: str, choices: tuple[Choice, ...]) -> Asked:
    differs = audience == "both" and item.practitioner != item.parent
    text = item.practitioner if audience == "practitioner" else item.parent
    other = item.practitioner if differs else ""
    return Asked(item.id, 0, AskedKind.RATED, text, choices=choices, to_practitioners=other)


def _ask_anchors(anchors: Sequence[Anchor]) -> Iterator[Part]:
    """The questions that are not scored, by what they ask for. A ladder without options cannot be asked."""
    whole = tuple(
        _ask_anchor(each) for each in anchors if each.kind == "0-10" or (each.kind == "ordinal" and each.options)
    )
    words = tuple(_ask_anchor(each) for each in anchors if each.kind == "free_text")
    quoting = tuple(_ask_anchor(each) for each in anchors if each.kind == "yes_no")
    parts = (
        (wording.WHOLE, "", whole),
        (wording.OWN_WORDS, wording.OWN_WORDS_HELP, words),
        (wording.QUOTING, "", quoting),
    )
    yield from (Part(title, told, asked) for title, told, asked in parts if asked)


def _ask_anchor(anchor: Anchor) -> Asked:
    kind, told = _ANCHOR_KINDS[anchor.kind]
    choices = {
        AskedKind.CHOICE: tuple(Choice(f"A{place}", each.text) for place, each in enumerate(anchor.options, start=1)),
        AskedKind.MARK: tuple(Choice(mark, mark) for mark in _MARKS),
        AskedKind.YES_NO: (Choice("Y", wording.YES), Choice("N", wording.NO)),
    }
    return Asked(anchor.id, 0, kind, anchor.text, f"{anchor.help} {told}".strip(), choices.get(kind, ()))
