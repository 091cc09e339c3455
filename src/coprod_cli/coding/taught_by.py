"""A learnt coder and people's codes go in; what it learnt from, taken out of all measuring, and notices come out.

A coder codes the answers that it learnt from as people did, which says nothing of how well it does elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coprod_cli.coding.by_hand import ByHand, Place
from coprod_cli.coding.machine import Machine
from coprod_cli.model.survey import Notice


def set_lessons_aside(by_hand: ByHand, machine: Machine, places: Mapping[str, Place], least: int) -> ByHand:
    """The same where answers that the machine learnt from stand for no other: nothing is measured on them.

    Args:
        by_hand: what people coded.
        machine: what coded the others.
        places: response and question of each answer, by the ids that outputs show.
        least: how many answers there must be for their number to be told.
    """
    lessons = {place for name, place in places.items() if machine.has_learnt_from(name)}
    checked = lessons & by_hand.answers.keys()
    weights = dict(by_hand.weights)
    if checked:
        weights = {
            place: 0.0 if place in checked else by_hand.weights.get(place, 1.0) for place in sorted(by_hand.answers)
        }
    notices = (*by_hand.notices, *_note_lessons(len(checked), len(lessons - checked), least))
    return replace(by_hand, weights=weights, notices=notices)


def _note_lessons(checked: int, coded: int, least: int) -> Iterator[Notice]:
    if checked:
        message = (
            f"{_say_count(checked, least)} of the answers that people coded taught this coder. Their codes count, but "
            "they do not say how well the coder does, and correct no share."
        )
        hint = "To have that measured, draw other answers with coprod sheet, and code them blind."
        yield Notice("coder-learnt-from-checked", message, hint=hint)
    if coded:
        message = (
            f"{_say_count(coded, least)} of the answers taught this coder and were coded by it again: better there "
            "than anywhere else, so figures of the coder do not hold for them."
        )
        hint = "Give the codes that it learnt from with --codes: then people's codes count for these answers."
        yield Notice("coder-learnt-from-coded", message, hint=hint)


def _say_count(count: int, least: int) -> str:
    return f"{count:,}" if count >= least else "Some"
