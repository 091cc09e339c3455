"""Alpha, correlations and their ranges: by hand, by law, and against independent packages."""

import math

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from coprod_cli.model.framework import Framework
from coprod_cli.scoring.reliability import (
    combine_people,
    correlate,
    correlate_rest,
    find_alpha,
    find_alpha_range,
    find_pearson,
)

STEPS = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])
MATRICES = st.integers(2, 6).flatmap(
    lambda items: arrays.arrays(np.float64, st.tuples(st.integers(5, 80), st.just(items)), elements=STEPS)
)


def test_alpha_by_hand() -> None:
    scores = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])
    # Items' variances 1 and 1, sums 2, 5, 5 with variance 3.
    assert find_alpha(scores) == pytest.approx(2 * (1 - 2 / 3))


@settings(max_examples=60, deadline=None)
@given(MATRICES)
def test_alpha_is_that_of_an_independent_package(scores: np.ndarray) -> None:
    ours = find_alpha(scores)
    if math.isnan(ours):
        assert scores.sum(axis=1).var() == pytest.approx(0)
        return
    theirs, ends = pingouin.cronbach_alpha(data=pd.DataFrame(scores))
    assert ours == pytest.approx(theirs, abs=1e-9, rel=1e-9)
    low, high = find_alpha_range(ours, len(scores), scores.shape[1], 0.95)
    assert low <= ours <= high
    # The package rounds its range to three decimals.
    assert [low, high] == pytest.approx(list(ends), abs=0.0005 + 1e-9, rel=1e-6)


@given(MATRICES, st.permutations(range(2)))
def test_neither_order_of_people_nor_of_items_moves_alpha(scores: np.ndarray, first: list[int]) -> None:
    alpha = find_alpha(scores)
    swapped = scores[::-1][:, [*first, *range(2, scores.shape[1])]]
    assert find_alpha(swapped) == pytest.approx(alpha, nan_ok=True)
    assert find_alpha(100 - scores) == pytest.approx(alpha, nan_ok=True)


def test_more_people_narrow_the_range_of_alpha() -> None:
    few, many = find_alpha_range(0.7, 50, 3, 0.95), find_alpha_range(0.7, 500, 3, 0.95)
    assert few.low < many.low < 0.7 < many.high < few.high
    assert few == pytest.approx((0.520, 0.819), abs=0.005)


def test_an_item_is_held_against_the_sum_of_the_others() -> None:
    lots = np.random.default_rng(5)
    scores = lots.normal(size=(40, 1)) + lots.normal(size=(40, 3))
    expected = [
        stats.pearsonr(scores[:, item], np.delete(scores, item, axis=1).sum(axis=1)).statistic for item in range(3)
    ]
    assert correlate_rest(scores) == pytest.approx(expected, abs=1e-12)


def test_a_correlation_and_its_range_are_those_of_an_independent_package() -> None:
    lots = np.random.default_rng(8)
    one, other = lots.normal(size=(2, 60))
    other = one + other
    one[:7] = np.nan
    found = list(correlate("parent", ("a", "b"), (one, other), np.arange(60), (0.95, 20)))
    theirs = stats.pearsonr(one[7:], other[7:])
    assert len(found) == 1
    assert found[0].people == 53
    assert found[0].r == pytest.approx(theirs.statistic, abs=1e-12)
    assert (found[0].low, found[0].high) == pytest.approx(tuple(theirs.confidence_interval(0.95)), abs=1e-9)


def test_the_same_person_twice_does_not_narrow_a_range() -> None:
    lots = np.random.default_rng(8)
    one, other = lots.normal(size=(2, 30))
    once = next(correlate("parent", ("a", "b"), (one, other), np.arange(30), (0.95, 20)))
    twice = next(
        correlate("parent", ("a", "b"), (np.tile(one, 2), np.tile(other, 2)), np.tile(np.arange(30), 2), (0.95, 20))
    )
    assert twice[:4] == once[:4]
    assert (twice.r, twice.low, twice.high) == pytest.approx((once.r, once.low, once.high))


@pytest.mark.parametrize("same", [0.0, 50.0])
def test_what_does_not_vary_has_no_correlation(same: float) -> None:
    flat = np.full(30, same)
    assert math.isnan(find_pearson(flat, np.arange(30.0)))
    assert not list(correlate("parent", ("a", "b"), (flat, np.arange(30.0)), np.arange(30), (0.95, 20)))


def test_too_few_people_have_no_correlation() -> None:
    values = np.arange(19.0)
    assert not list(correlate("parent", ("a", "b"), (values, values), np.arange(19), (0.95, 20)))


def test_a_persons_overall_score_follows_the_rule_of_projects(framework: Framework) -> None:
    even = np.full(8, 60.0)
    charming = np.array([80.0, 20.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0])
    no_core, few_others = even.copy(), even.copy()
    no_core[1], few_others[5:] = np.nan, np.nan
    found = combine_people(np.array([even, charming, no_core, few_others]), framework)
    assert found == pytest.approx([60.0, 35.0, np.nan, np.nan], nan_ok=True)
