"""Rounds in the order of time, words for changes, and how much luck alone would make of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coprod_cli.model.comparison import Change
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework
from coprod_cli.telling import count_by_luck, find_false_discovery_rates, list_tested, order_rounds, say_points


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


def make_change(
    change: float = 5.0, low: float = -1.0, high: float = 11.0, up: float = 0.9, why_not: str = ""
) -> Change:
    return Change(
        "Transport", "parent", "power", "2024", "2025", change, low, high, up, 0.5, 30, 30, 20, linked=True, items=2,
        verdict="probably better", why_not=why_not,
    )  # fmt: skip


@pytest.mark.parametrize(
    "ordered",
    [
        ("2023", "2024", "2025"),
        ("Spring 2024", "Summer 2024", "Autumn 2024", "Spring 2025"),
        ("March 2024", "Oct 2024", "Jan 2025"),
        ("baseline", "follow-up"),
        ("Before", "After"),
        ("Round 2", "Round 10"),
        ("wave 1", "wave 2"),
        ("2024-25 term 1", "2024-25 term 2"),
    ],
)
def test_rounds_stand_in_the_order_of_time(ordered: tuple[str, ...]) -> None:
    assert order_rounds(ordered) == ordered
    assert order_rounds(tuple(reversed(ordered))) == ordered


def test_rounds_without_years_stand_as_they_were_given() -> None:
    assert order_rounds(("apple", "zebra"), ("zebra", "apple")) == ("zebra", "apple")
    assert order_rounds(("2024", "2025"), ("2025", "2024")) == ("2024", "2025")


@given(st.lists(st.text(max_size=12), unique=True, max_size=6))
def test_any_names_have_one_order(names: list[str]) -> None:
    assert order_rounds(names) == order_rounds(list(reversed(names)))
    assert sorted(order_rounds(names)) == sorted(names)


@pytest.mark.parametrize(
    ("change", "low", "high", "words"),
    [
        (6.0, -1.0, 12.0, "up 6 points (likely range: down 1 to up 12)"),
        (1.2, 0.4, 8.0, "up 1 point (likely range: up 0 to 8)"),
        (-6.0, -12.0, -2.0, "down 6 points (likely range: down 2 to 12)"),
        (0.3, -4.0, 4.0, "0 points (likely range: down 4 to up 4)"),
    ],
)
def test_a_change_is_never_told_without_its_range(change: float, low: float, high: float, words: str) -> None:
    assert say_points(make_change(change, low, high)) == words


def test_one_in_twenty_looks_sure_by_luck(framework: Framework) -> None:
    assert count_by_luck(100, framework.scoring) == pytest.approx(5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_false_discovery_rates_are_those_of_benjamini_and_hochberg(ups: list[float]) -> None:
    draws = 4000
    rates = find_false_discovery_rates([make_change(up=up) for up in ups], draws)
    chances = np.maximum([2 * min(up, 1 - up) for up in ups], 1 / draws)
    assert rates == pytest.approx(stats.false_discovery_control(chances, method="bh").tolist())


def test_what_may_not_be_said_is_not_tested() -> None:
    assert list_tested([make_change(), make_change(why_not="Not enough answers to say.")]) == [make_change()]
