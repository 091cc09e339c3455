"""Everything there is to code goes in; the answers that a person is asked about, in their order, come out."""

from collections.abc import Collection
from typing import NamedTuple

from coprod_cli import __version__
from coprod_cli.cli.choices import Only
from coprod_cli.cli.reviewing.session import Shown
from coprod_cli.coding import draw_lot, is_left_to_a_person, says_nothing
from coprod_cli.model.answers import CodedAnswers, Marked
from coprod_cli.telling import exchange


class Choice(NamedTuple):
    """Which answers are asked, and in which order.

    theme: only those where the machine finds it; empty for all. limit: how many at most; 0 for no end. again: also
    those that are decided. blind: by lot alone, and without codes.
    """

    only: Only = Only.all
    theme: str = ""
    limit: int = 0
    again: bool = False
    blind: bool = False
    seed: int = 0

    @property
    def is_by_lot(self) -> bool:
        """Whether nothing but lots says which answers come first: those coded then stand for all the others."""
        return self.blind and self.only is Only.all and not self.theme and not self.again


class Queue(NamedTuple):
    """The answers to ask, in their order; of all that fit the choice, how many are decided, and how many are not."""

    shown: tuple[Shown, ...]
    decided: int
    left: int


def choose_answers(told: CodedAnswers, decided: Collection[str], choice: Choice) -> Queue:
    """First the answers that the machine is unsure of, then the others, each in an order by lot; blind all by lot.

    Answers that say nothing are not asked. No order of rows changes anything.
    """
    asked = [name for name, each in told.answers.items() if not says_nothing(each.words)]
    if choice.theme:
        asked = [name for name in asked if any(each.theme == choice.theme for each in told.found.get(name, ()))]
    unsure = {name for name in asked if _is_unsure(told, name)}
    if choice.only is Only.unsure:
        asked = [name for name in asked if name in unsure]
    waiting = [name for name in asked if name not in decided]
    first = frozenset() if choice.blind else unsure
    order = sorted(
        asked if choice.again else waiting,
        key=lambda name: (name not in first, draw_lot(choice.seed, "review", name), name),
    )
    shown = tuple(
        Shown(told.answers[name])
        if choice.blind
        else Shown(told.answers[name], _list_codes(told, name), _name(told, name))
        for name in order[: choice.limit or None]
    )
    return Queue(shown, len(asked) - len(waiting), len(waiting))


def _list_codes(told: CodedAnswers, name: str) -> tuple[Marked, ...]:
    """The codes of an answer; of people who gave no levels at all those of the joint work, as they count elsewhere."""
    return tuple(
        mark._replace(level=exchange.USUAL_LEVEL) if not mark.level and mark.coder in told.levelless else mark
        for mark in told.found.get(name, ())
    )


def _name(told: CodedAnswers, name: str) -> str:
    """Whose codes an answer has: a person's, or a machine's with its version."""
    machine = f"{told.engine} {__version__}" if told.engine else ""
    return told.by_hand.get(name, "") or machine


def _is_unsure(told: CodedAnswers, name: str) -> bool:
    """Whether the machine is unsure of some theme of it, or leaves it to a person since it is not in English."""
    if name in told.by_hand:
        return False
    return any(each.unsure for each in told.found.get(name, ())) or is_left_to_a_person(told.answers[name].words)
