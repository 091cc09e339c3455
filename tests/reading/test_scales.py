"""The answers to closed questions become places from 0 to 100, whatever words or numbers people ticked."""

from collections import Counter

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.scale_words import SCALES
from coprod_cli.reading.scales import Fit, fit_scales, is_missing, make_range_scale
from coprod_cli.reading.wording import make_cell_key


def fit(cells: list[str], framework: Framework) -> Fit | None:
    return fit_scales({0: Counter(make_cell_key(cell) for cell in cells)}, framework).get(0)


def places(cells: list[str], framework: Framework) -> list[float | None]:
    found = fit(cells, framework)
    assert found is not None
    return [found.scale.places.get(make_cell_key(cell)) for cell in cells]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Not at all", "A little", "PARTLY", "Mostly\u00a0", "Completely"], [0, 25, 50, 75, 100]),
        (
            ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
            [0, 25, 50, 75, 100],
        ),
        (["Strongly disagree", "Tend to disagree", "Neither", "Tend to agree", "Strongly agree"], [0, 25, 50, 75, 100]),
        (["Disagree", "Slightly disagree", "Slightly agree", "Agree"], [100 / 6, 200 / 6, 400 / 6, 500 / 6]),
        (["Never", "Rarely", "Sometimes", "Often", "Always"], [0, 25, 50, 75, 100]),
        (["Very poor", "Poor", "Fair", "Good", "Very good"], [0, 25, 50, 75, 100]),
        (["Poor", "Fair", "Good", "Very good", "Excellent"], [0, 25, 50, 75, 100]),
        (["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"], [0, 25, 75, 100]),
        (["No", "Partly", "Yes"], [0, 50, 100]),
        (["Yes, definitely", "Yes, to some extent", "No"], [100, 50, 0]),
        (["1", "2", "3", "4", "5"], [0, 25, 50, 75, 100]),
        (["1", "4", "7"], [0, 50, 100]),
        (["0", "5", "10"], [0, 50, 100]),
        (["1 - Not good", "3", "5 - Good enough"], [0, 50, 100]),
        (["4 - Good", "2 - Poor", "Fair (3)"], [75, 25, 50]),
        (["1 - Strongly agree", "2", "5 - Strongly disagree"], [100, 75, 0]),
    ],
)
def test_scales_in_words_and_numbers(cells: list[str], expected: list[float], framework: Framework) -> None:
    assert places(cells, framework) == pytest.approx(expected)


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "lots"],
        ["Year 7", "Year 9"],
        ["2 children", "1 child"],
        ["5-10", "11-16"],
        ["2019", "2020"],
        ["Leeds", "York"],
        ["Don't know"],
        ["4.5", "3"],
    ],
)
def test_columns_that_only_look_alike_are_no_scale(cells: list[str], framework: Framework) -> None:
    assert fit(cells, framework) is None


def test_ways_to_say_that_there_is_no_answer() -> None:
    for cell in ("Don\u2019t know", "Doesn't apply", "Prefer not to say", "N/A", "9 - Don't know", "not applicable."):
        assert is_missing(make_cell_key(cell)), cell
    assert not is_missing(make_cell_key("Not at all"))


def test_missing_words_do_not_stand_in_the_way_of_a_scale(framework: Framework) -> None:
    assert places(["Mostly", "Partly", "Don't know", "Doesn't apply"], framework) == [75, 50, None, None]
    assert places(["1", "5", "N/A"], framework) == [0, 100, None]


def test_questions_of_one_block_share_their_labels(framework: Framework) -> None:
    seven = Counter(["slightly agree", "agree", "disagree"])
    shy = Counter(["slightly agree", "strongly agree"])
    fits = fit_scales({0: seven, 1: shy}, framework)
    assert {each.scale.name for each in fits.values()} == {"agreement of 7"}
    points = {0: Counter(["1", "7"]), 1: Counter(["2", "6"]), 2: Counter(["3", "5"])}
    assert {each.scale.name for each in fit_scales(points, framework).values()} == {"numbers 1 to 7"}


def test_an_overall_mark_does_not_stretch_the_items(framework: Framework) -> None:
    points = {0: Counter(["0", "4"]), 1: Counter(["1", "3"]), 2: Counter(["0", "10"])}
    fits = fit_scales(points, framework)
    assert [fits[place].scale.name for place in (0, 1, 2)] == ["numbers 0 to 4", "numbers 0 to 4", "numbers 0 to 10"]


def test_every_scale_runs_from_0_to_100_and_says_nothing_twice(framework: Framework) -> None:
    for name, steps in SCALES.items():
        words = [word for step in steps for word in step]
        assert len(words) == len(set(words)), name
        assert all(word == make_cell_key(word) for word in words), name
        cells = [step[0].replace("~", "useful") for step in steps]
        assert places(cells * 20, framework) == pytest.approx(
            [100 * n / (len(steps) - 1) for n in range(len(steps))] * 20
        )


def test_a_range_may_run_downwards() -> None:
    assert make_range_scale(4, 1, ["4 - poor"]).places == {
        "1": 100,
        "2": pytest.approx(200 / 3),
        "3": pytest.approx(100 / 3),
        "4": 0,
        "4 - poor": 0,
    }
