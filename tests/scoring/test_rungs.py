"""The ladder: cut points, what the top rung needs beside, and limits by verified facts."""

from math import isnan

import numpy as np
import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.measuring import Measured
from coprod_cli.scoring.rungs import find_rungs, place_on_ladder

GROUP = Group("Transport", "parent", "")


def place(framework: Framework, power: float, influence: float, start: float) -> int:
    scores = {"power": np.array([power]), "influence": np.array([influence]), "start": np.array([start])}
    return int(place_on_ladder(scores, framework.ladder)[0])


@pytest.mark.parametrize(
    ("score", "rung"),
    [(0, 0), (12.4, 0), (12.5, 1), (37.4, 1), (37.5, 2), (50, 3), (62.5, 4), (74.9, 4), (75, 5), (100, 5)],
)
def test_rungs_begin_where_the_framework_says(framework: Framework, score: float, rung: int) -> None:
    assert place(framework, score, score, score) == rung


def test_the_top_rung_needs_power_and_not_too_little_of_the_others(framework: Framework) -> None:
    assert place(framework, 100, 100, 62.5) == 5
    assert place(framework, 74, 100, 100) == 4
    assert place(framework, 100, 62, 100) == 4
    assert place(framework, 100, 100, 62) == 4


def measured(value: float, spread: float, basis: str = "items") -> Measured:
    draws = np.linspace(value - spread, value + spread, 1001)
    return Measured(value, 25, 25.0, basis, draws)


def test_chances_are_shares_of_draws_and_add_up(framework: Framework) -> None:
    found = {name: measured(50, 25) for name in ("power", "influence", "start")}
    told = find_rungs(GROUP, found, framework)
    assert sum(each.chance for each in told) == pytest.approx(1)
    assert told[3].chance == pytest.approx(0.25, abs=0.01)
    assert {each.people for each in told} == {25}


def test_a_limit_puts_everything_above_it_on_the_highest_rung_allowed(framework: Framework) -> None:
    found = {name: measured(90, 1) for name in ("power", "influence", "start")}
    assert find_rungs(GROUP, found, framework)[5].chance == 1
    held = find_rungs(GROUP, found, framework, rung_max=2)
    assert held[2].chance == 1
    assert [each.chance_before for each in held] == [0, 0, 0, 0, 0, 1]


def test_chances_before_limits_are_told_only_where_a_limit_moved_them(framework: Framework) -> None:
    found = {name: measured(20, 1) for name in ("power", "influence", "start")}
    for rung_max in (None, 2):
        assert all(isnan(each.chance_before) for each in find_rungs(GROUP, found, framework, rung_max=rung_max))


def test_no_rung_from_comments_or_without_a_dimension_of_the_axis(framework: Framework) -> None:
    found = {name: measured(90, 1) for name in ("power", "influence", "start")}
    assert find_rungs(GROUP, found | {"power": measured(90, 1, "comments")}, framework) == []
    assert find_rungs(GROUP, {name: found[name] for name in ("power", "start")}, framework) == []
