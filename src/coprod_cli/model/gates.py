"""Conditions on chances that a script asks for, and what came of them."""

from typing import NamedTuple


class Gate(NamedTuple):
    """A condition on a chance: P(subject sign value) bound_sign bound, as typed in `text`.

    subject: "overall", "rung" or the id of a dimension, as parents and carers see it.
    """

    subject: str
    sign: str
    value: float
    bound_sign: str
    bound: float
    text: str


class GateResult(NamedTuple):
    """What came of one condition for one project and round: the chance, and whether it is met.

    Where there is no score from closed questions, chance is NaN and met None.
    """

    project: str
    wave: str
    gate: str
    chance: float
    met: bool | None
