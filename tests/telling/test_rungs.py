"""What may be said of a rung: one when it is likely and enough people answered, else two, else neither."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import RungChance, table
from coprod_cli.telling import Panel, pick_rungs, say_chance, say_rung

MakeFindings = Callable[..., Findings]


def tell(findings: Findings, chances: list[float], people: int) -> str:
    told = [RungChance("Transport", "parent", "", rung, chance, people) for rung, chance in enumerate(chances)]
    given = replace(findings, rungs=table(told, RungChance))
    return say_rung(given, pick_rungs(given, Panel("Transport", ""), "parent"))


@pytest.mark.parametrize(
    ("chances", "people", "words"),
    [
        ([0, 0.02, 0.9, 0.08, 0, 0], 30, "on the rung “Consultation” (chance 90%)"),
        ([0, 0.02, 0.5, 0.45, 0.03, 0], 30, "on or between the rungs “Consultation” and “Participation” (chance 95%)"),
        ([0.1, 0.2, 0.2, 0.2, 0.2, 0.1], 30, "differ too much to say"),
        ([0, 0, 1, 0, 0, 0], 19, "not enough answers to name one rung: that takes 20 people"),
        ([0, 0, 1, 0, 0, 0], -1, "not enough answers to name one rung"),
    ],
)
def test_no_more_is_said_than_the_chances_allow(
    make_findings: MakeFindings, chances: list[float], people: int, words: str
) -> None:
    assert words in tell(make_findings(), chances, people)


def test_a_chance_is_never_certain() -> None:
    assert [say_chance(each) for each in (0.0, 0.5, 1.0)] == ["under 1%", "50%", "over 99%"]
