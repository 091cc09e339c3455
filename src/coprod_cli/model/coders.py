"""How far the people who coded answers of a survey agree: what may stand beside its results, without any answer."""

from dataclasses import dataclass
from math import nan
from typing import NamedTuple


class CodersFigures(NamedTuple):
    """How far coders agree on one question about the answers that at least two of them looked at.

    measure, scope, theme: as in Agreed of model/agreement.py. found: answers in which anybody found the theme, or any
    theme; of stance and level, themes in answers that at least two found and said this of. people: who wrote these.
    kappa: Cohen's of two coders, Fleiss' of more. All -1..1, agreement 0..1, with both ends of the likely range; NaN
    where there are not enough answers to say, and a range is NaN where coders never differ.
    """

    measure: str
    scope: str
    theme: str
    found: int
    people: int
    agreement: float = nan
    agreement_low: float = nan
    agreement_high: float = nan
    alpha: float = nan
    alpha_low: float = nan
    alpha_high: float = nan
    kappa: float = nan
    kappa_low: float = nan
    kappa_high: float = nan
    ac1: float = nan
    ac1_low: float = nan
    ac1_high: float = nan


@dataclass(frozen=True)
class CodersAgreement:
    """How far they agree.

    coders: what they are called. answers: those that at least two looked at, 0 where no two did; same: of them, those
    in which all who looked found the same themes; people: who wrote them; -1 when withheld, to the nearest rounded_to.
    figures: of themes as one list, as a mean, each; then of stance and level.
    """

    coders: tuple[str, ...] = ()
    answers: int = 0
    same: int = 0
    people: int = 0
    rounded_to: int = 1
    figures: tuple[CodersFigures, ...] = ()


NOBODY_COMPARED = CodersAgreement()
