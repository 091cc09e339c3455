"""Somebody who knows every base and every mean exactly cannot work out a few people's answers to a closed question.

Groups are made by hypothesis and told of as they would be. The attacker reads shares as exact counts, adds up projects
to all of them, and looks by linear programming for the fewest and the most people that each step could stand for.
"""

import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coprod_cli.model.closed_items import ItemSpread, Part, make_parts
from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.release import Release
from coprod_cli.protecting.releases import Since, State
from coprod_cli.protecting.spreads import hold_spreads, show_spreads
from coprod_cli.reading import read_release
from coprod_cli.reporting import write_json

LABELS = ("Not at all", "A little", "Partly", "Mostly", "Completely")
STEPS = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4))
LAWS = settings(deadline=None, max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
COUNTS = st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, 30))] * 5).filter(any)
FEW = st.tuples(*[st.integers(0, 2)] * 5).filter(any)
WORLDS = st.lists(st.one_of(COUNTS, FEW), min_size=1, max_size=6)


def make(counts: Sequence[int], project: str = "A", item: str = "power_1", role: str = "parent") -> ItemSpread:
    own = tuple(counts)
    return ItemSpread(
        project,
        role,
        "",
        item,
        "power",
        LABELS,
        bad_high=False,
        people=sum(own),
        parts=make_parts(own, STEPS),
        counts=own,
    )


def gather(world: Sequence[Sequence[int]]) -> list[ItemSpread]:
    rows = [make(counts, name) for name, counts in zip("ABCDEF", world, strict=False)]
    return [make(np.sum(world, axis=0).tolist(), ""), *rows] if len(rows) > 1 else rows


def cut(shown: Sequence[ItemSpread]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {each.project: tuple((part.first, part.last) for part in each.parts) for each in shown}


@pytest.fixture(scope="module", params=["public", "restricted"])
def limits(request: pytest.FixtureRequest, framework: Framework) -> Thresholds:
    return framework.thresholds_for(request.param)


@pytest.fixture(scope="module")
def public(framework: Framework) -> Thresholds:
    return framework.thresholds_for("public")


class Attack:
    """What must hold of the people at each step of each project, for all that is told or could be known."""

    def __init__(
        self, world: Sequence[Sequence[int]], told: dict[str, tuple[tuple[int, int], ...]], least: int
    ) -> None:
        self.size = 5 * len(world)
        self.known: list[npt.NDArray[np.float64]] = []
        self.values: list[float] = []
        self.least: list[npt.NDArray[np.float64]] = []
        self.most: list[float] = []
        cells = np.array(world).ravel()
        for place in range(len(world)):
            name = "ABCDEF"[place]
            steps = 5 * place + np.arange(5)
            row = np.zeros(self.size)
            row[steps] = 1.0
            if sum(world[place]) < least:  # nothing is told of them, not even how many they are
                self.least += [-row, row]
                self.most += [-1.0, least - 1.0]
                continue
            self._know(cells, steps, np.ones(5))
            self._know(cells, steps, np.arange(5.0))
            for first, last in told.get(name, ()):
                self._know(cells, steps[first : last + 1], np.ones(last - first + 1))
        for first, last in told.get("", ()) if len(world) > 1 else ():
            steps = np.array([5 * place + step for place in range(len(world)) for step in range(first, last + 1)])
            self._know(cells, steps, np.ones(len(steps)))

    def _know(
        self, cells: npt.NDArray[np.int64], places: npt.NDArray[np.int64], weights: npt.NDArray[np.float64]
    ) -> None:
        row = np.zeros(self.size)
        row[places] = weights
        self.known.append(row)
        self.values.append(float(row @ cells))

    def count_values(self, places: Sequence[int]) -> int:
        """How many whole numbers the people at these steps together may be."""
        ends = []
        for sign in (1, -1):
            goal = np.zeros(self.size)
            goal[list(places)] = sign
            found = linprog(
                goal,
                A_ub=np.array(self.least) if self.least else None,
                b_ub=self.most or None,
                A_eq=np.array(self.known),
                b_eq=self.values,
                bounds=(0, None),
            )
            assert found.status == 0
            ends.append(sign * float(found.fun or 0.0))
        return math.floor(ends[1] + 1e-6) - math.ceil(ends[0] - 1e-6) + 1


@LAWS
@given(world=WORLDS)
def test_no_few_people_can_be_worked_out_where_anything_is_told(
    limits: Thresholds, world: list[tuple[int, ...]]
) -> None:
    told = cut(show_spreads(gather(world), limits))
    if not told:
        return
    attack, before = (Attack(world, each, limits.min_base) for each in (told, {}))
    for place, counts in enumerate(world):
        name = "ABCDEF"[place]
        if name not in told and "" not in told:
            continue
        for places in ((0,), (1,), (2,), (3,), (4,), (0, 1), (3, 4)):
            people = sum(counts[step] for step in places)
            if 0 < people < limits.small_cell:
                steps = [5 * place + step for step in places]
                values = attack.count_values(steps)
                if values < limits.small_cell:  # then base and mean give it away by themselves
                    assert name not in told
                    assert before.count_values(steps) < limits.small_cell, (world, told, name, places)


@LAWS
@given(world=WORLDS)
def test_what_is_told_is_of_enough_people_and_true(limits: Thresholds, world: list[tuple[int, ...]]) -> None:
    every = {each.project: each for each in gather(world)}
    for each in show_spreads(every.values(), limits):
        counts = every[each.project].counts
        assert sum(counts) >= limits.percent_base
        assert each.counts == ()
        assert [step for part in each.parts for step in range(part.first, part.last + 1)] == list(range(5))
        for part in each.parts:
            people = sum(counts[part.first : part.last + 1])
            assert people == 0 or people >= limits.small_cell
            assert part.percent == math.floor(100 * people / sum(counts) + 0.5)
        assert len(each.parts) > 1


def test_enough_people_at_every_step_are_told_step_by_step(public: Thresholds) -> None:
    (shown,) = show_spreads([make((5, 10, 12, 8, 8))], public)
    assert [part.percent for part in shown.parts] == [12, 23, 28, 19, 19]
    assert shown.people == 45, "rounded to the nearest five"


@pytest.mark.parametrize(
    ("counts", "parts"),
    [
        ((3, 6, 8, 9, 6), ((0, 1), (2, 2), (3, 4))),
        ((0, 2, 8, 10, 9), ((0, 2), (3, 4))),
        ((9, 10, 8, 2, 0), ((0, 1), (2, 4))),
        ((0, 0, 2, 20, 20), ((0, 1), (2, 4))),
    ],
)
def test_few_people_at_one_step_are_told_with_their_neighbours(
    public: Thresholds, counts: tuple[int, ...], parts: tuple[tuple[int, int], ...]
) -> None:
    assert cut(show_spreads([make(counts)], public)) == {"A": parts}


def test_percentages_need_enough_people(public: Thresholds) -> None:
    assert show_spreads([make((0, 0, 0, 9, 10))], public) == ()
    assert len(show_spreads([make((0, 0, 0, 10, 10))], public)) == 1


def test_all_projects_are_not_told_where_they_give_a_small_one_away(public: Thresholds) -> None:
    big, small = (10, 10, 10, 10, 10), (3, 3, 3, 3, 3)
    assert set(cut(show_spreads(gather([big, big, small]), public))) == {"A", "B"}
    assert set(cut(show_spreads(gather([big, big, big]), public))) == {"", "A", "B", "C"}
    assert set(cut(show_spreads(gather([small, small, small]), public))) == {""}


def test_many_small_projects_do_not_keep_all_of_them_from_being_told(public: Thresholds) -> None:
    big, tiny = (10, 10, 10, 10, 10), (1, 2, 2, 2, 1)
    assert "" not in cut(show_spreads(gather([big, tiny]), public))
    assert "" in cut(show_spreads(gather([big, tiny, tiny, tiny, tiny, tiny]), public))


def test_what_a_mean_gives_away_by_itself_keeps_nothing_from_being_told(public: Thresholds) -> None:
    big, agreed = (10, 10, 10, 10, 10), (0, 0, 0, 0, 15)
    assert "" in cut(show_spreads(gather([big, agreed, agreed]), public))


def test_a_few_people_who_answered_about_two_projects_are_no_difference_to_be_taken(public: Thresholds) -> None:
    big = (10, 10, 10, 10, 10)
    rows = [make(big, "A"), make(big, "B")]
    assert "" not in cut(show_spreads([make((19, 19, 19, 19, 19), ""), *rows], public))
    assert "" in cut(show_spreads([make((15, 15, 15, 15, 15), ""), *rows], public))


def test_beside_an_earlier_report_only_what_is_just_as_it_was_is_told() -> None:
    parts = {name: (Part(0, 2, 40), Part(3, 4, 60)) for name in ("", "A", "B", "C")}
    shown = [make((10, 10, 10, 10, 10), name)._replace(parts=parts[name], counts=()) for name in parts]
    groups = {
        ("A", "parent", ""): State.SAME,
        ("B", "parent", ""): State.FROZEN,
        ("C", "parent", ""): State.NEW,
    }
    same: dict[tuple[str, ...], tuple[Part, ...]] = {(name, "parent", "", "power_1"): parts[name] for name in parts}
    for spreads, kept in (
        (same, ["", "A", "C"]),
        ({**same, ("A", "parent", "", "power_1"): (Part(0, 2, 41), Part(3, 4, 59))}, ["", "C"]),
        ({}, ["C"]),
    ):
        told = hold_spreads(shown, Since(groups, {}, {}, {}), [Release("", "public", spreads=spreads)])
        assert [each.project for each in told] == kept


def test_where_nobody_was_told_of_before_everything_is_new() -> None:
    shown = [make((10, 10, 10, 10, 10), name) for name in ("", "A")]
    since = Since({("A", "parent", ""): State.NEW}, {}, {}, {})
    assert hold_spreads(shown, since, [Release("", "public")]) == tuple(shown)


def test_each_role_and_question_is_judged_by_itself(public: Thresholds) -> None:
    rows = [
        make(counts, "A", item, role)
        for (item, counts), role in product(
            [("power_1", (10, 10, 10, 10, 10)), ("power_2", (1, 1, 1, 1, 1))], ["parent", "practitioner"]
        )
    ]
    shown = show_spreads(rows, public)
    assert {(each.role, each.item) for each in shown} == {("parent", "power_1"), ("practitioner", "power_1")}
    assert [replace_parts(each) for each in shown] == [
        replace_parts(each) for each in show_spreads(rows[::-1], public)
    ][::-1]


def replace_parts(each: ItemSpread) -> tuple[str, str, tuple[Part, ...]]:
    return each.role, each.item, each.parts


def test_what_an_earlier_report_told_of_closed_questions_is_read_back(tmp_path: Path, usual: Findings) -> None:
    (tmp_path / "results.json").write_bytes(write_json(usual))
    release = read_release(tmp_path)
    assert usual.spreads
    assert release.spreads == {(each.project, each.role, each.wave, each.item): each.parts for each in usual.spreads}
    groups = {(each.project, each.role, each.wave): State.SAME for each in usual.spreads}
    assert hold_spreads(usual.spreads, Since(groups, {}, {}, {}), [release]) == usual.spreads
