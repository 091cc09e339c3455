"""How far people who coded agree goes in; what an audience may see of it comes out.

As of what they coded (checked.py): numbers go to the nearest of the audience's step and figures to twentieths, and of a
theme that too few people's answers hold nothing is told.
"""

from dataclasses import replace

from coprod_cli.model.coders import CodersAgreement, CodersFigures
from coprod_cli.model.framework import Thresholds
from coprod_cli.protecting.rounding import round_figures
from coprod_cli.protecting.suppression import WITHHELD
from coprod_cli.protecting.totals import round_to


def show_coders(agreement: CodersAgreement, limits: Thresholds, *, counted: bool) -> CodersAgreement:
    """The same, coarsely; nothing but who coded where few wrote what they coded, or beside an earlier report.

    Args:
        agreement: exact.
        limits: of the audience.
        counted: whether numbers may be told at all; beside an earlier report differences would tell of newcomers.
    """
    if not agreement.answers:
        return agreement
    step = max(limits.round_base, limits.small_cell)
    if not counted or agreement.people < limits.min_base:
        return CodersAgreement(agreement.coders, WITHHELD, WITHHELD, WITHHELD, step)
    return replace(
        agreement,
        answers=max(round_to(agreement.answers, step), step),
        same=round_to(agreement.same, step),
        people=round_to(agreement.people, step),
        rounded_to=step,
        figures=tuple(
            _round(each, step)
            for each in agreement.figures
            if each.people >= limits.min_base and each.found >= limits.small_cell
        ),
    )


def _round(each: CodersFigures, step: int) -> CodersFigures:
    counts = {"found": round_to(each.found, step), "people": round_to(each.people, step)}
    return CodersFigures(**{**each._asdict(), **round_figures(each._asdict()), **counts})
