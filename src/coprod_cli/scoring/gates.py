"""A condition on a chance, as typed for a script, goes in; whether each project meets it comes out.

Conditions are on chances, never on scores themselves, since a score alone looks surer than it is. They are never on
red flags: a flag is a reason to talk, not to fail a build, and RF12 and RF13 least of all.
"""

import operator
import re
from collections.abc import Callable, Iterator
from math import nan

import numpy as np
import numpy.typing as npt

from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.gates import Gate, GateResult
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.measuring import Measured
from coprod_cli.scoring.rungs import list_needed, place_on_ladder
from coprod_cli.scoring.scorer import Limit, Project, Scorer

RUNG = "rung"
SIGNS: dict[str, Callable[[npt.NDArray[np.float64], float], npt.NDArray[np.bool_]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LEADING = "parent"
_PATTERN = re.compile(
    r"\s*P\s*\(\s*(?P<subject>\w+)\s*(?P<sign><=|>=|<|>)\s*(?P<value>\d+(?:\.\d+)?)\s*\)"
    r"\s*(?P<bound_sign><=|>=|<|>)\s*(?P<bound>\d*\.?\d+)\s*",
    re.IGNORECASE,
)
_FLAG = re.compile(r"\bRF\d\d\b", re.IGNORECASE)


def read_gate(text: str, framework: Framework) -> Gate:
    """A condition such as "P(overall < 40) < 0.9": of parents and carers, of every project that can be scored.

    Raises:
        UsageError: it is no such condition, names an unknown dimension, asks about a red flag, or its chance is not
            between 0 and 1.
    """
    example = "Write it like --require 'P(overall < 40) < 0.9', in quotes."
    if _FLAG.search(text):
        raise UsageError("A condition cannot be about a red flag.", f"Conditions are about scores and rungs. {example}")
    found = _PATTERN.fullmatch(text)
    if found is None:
        raise UsageError("The condition after --require is not understood.", example)
    subject = found["subject"].lower()
    known = [OVERALL, *(each.id for each in framework.dimensions), *([RUNG] if framework.ladder.rungs else [])]
    if subject not in known:
        raise UsageError(f"There is no '{subject}' to set a condition on.", f"Known are: {', '.join(known)}.")
    bound = float(found["bound"])
    if bound > 1:
        raise UsageError("A chance lies between 0 and 1.", example)
    return Gate(subject, found["sign"], float(found["value"]), found["bound_sign"], bound, " ".join(text.split()))


def judge_gates(project: Project, scorer: Scorer) -> Iterator[GateResult]:
    """Each condition for each round of the project, as parents and carers see it.

    Where there is no such score, or it rests on comments alone, the chance is NaN and nothing is decided: comments by
    themselves are a sign, not a measure.
    """
    limit = scorer.limits.get(project.name, Limit())
    for group, measured in project.measured.items():
        for gate in scorer.gates if group.role == _LEADING else ():
            draws = _find_draws(gate, measured, scorer.framework, limit)
            if draws is None:
                yield GateResult(project.name, group.wave, gate.text, nan, met=None)
                continue
            chance = float(SIGNS[gate.sign](draws, gate.value).mean())
            met = bool(SIGNS[gate.bound_sign](np.array([chance]), gate.bound)[0])
            yield GateResult(project.name, group.wave, gate.text, chance, met=met)


def _find_draws(
    gate: Gate, measured: dict[str, Measured], framework: Framework, limit: Limit
) -> npt.NDArray[np.float64] | None:
    """Plausible values of what the condition is about, after limits; None where there are none to judge by."""
    if gate.subject == RUNG:
        needed = list_needed(framework.ladder)
        if any(name not in measured or measured[name].basis == "comments" for name in needed):
            return None
        place = place_on_ladder({name: measured[name].widened for name in needed}, framework.ladder).astype(float)
        return place if limit.rung_max is None else np.minimum(place, limit.rung_max)
    if gate.subject not in measured or (gate.subject == OVERALL and limit.withheld):
        return None
    if measured[gate.subject].basis == "comments":
        return None
    draws = measured[gate.subject].widened
    if gate.subject == OVERALL and limit.score_max is not None:
        return np.minimum(draws, limit.score_max)
    return draws
