"""Draws against what is known of them: moments, independence, textbook variances, finite populations."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from coprod_cli.scoring.intervals import (
    count_effective,
    draw_means,
    draw_noise,
    draw_weights,
    estimate_means,
    find_finite_factor,
    find_range,
    find_reach,
    find_stretch,
    find_usual_variance,
    measure_variances,
    widen_draws,
)

DRAWS = 4000
PEOPLE = tuple(f"p{place:03d}" for place in range(200))
LEVEL = 0.95


def draw_answers(people: int, columns: int = 3, seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).choice([0.0, 25.0, 50.0, 75.0, 100.0], (people, columns))


def test_weights_are_standard_exponential() -> None:
    weights = draw_weights(PEOPLE, seed=1, draws=DRAWS)
    # 800,000 weights: standard errors 0.0011 of the mean and 0.0032 of the variance (kurtosis of an exponential: 9).
    assert weights.mean() == pytest.approx(1, abs=0.005)
    assert weights.var() == pytest.approx(1, abs=0.015)
    assert stats.kstest(weights[0], "expon").pvalue > 1e-4
    assert stats.kstest(weights[:, 0], "expon").pvalue > 1e-4


def test_weights_of_two_people_and_of_two_draws_are_independent() -> None:
    weights = draw_weights(PEOPLE, seed=2, draws=DRAWS)
    between = np.asarray(np.corrcoef(weights[:40]))[np.triu_indices(40, 1)]
    # 780 correlations with a standard deviation of 1 / sqrt(4000) each.
    assert np.abs(between).max() < 5 / sqrt(DRAWS)
    assert between.std() == pytest.approx(1 / sqrt(DRAWS), rel=0.15)
    for step in (1, 2, 3, 4):
        lagged = (weights[:, :-step] - 1) * (weights[:, step:] - 1)
        assert lagged.mean() == pytest.approx(0, abs=5 / sqrt(lagged.size))


def test_a_persons_weights_hang_on_the_person_and_the_seed_alone() -> None:
    weights = draw_weights(PEOPLE, seed=3, draws=101)
    np.testing.assert_array_equal(draw_weights(PEOPLE[7:8], seed=3, draws=101), weights[7:8])
    np.testing.assert_array_equal(draw_weights(PEOPLE, seed=3, draws=50), weights[:, :50])
    assert not np.allclose(draw_weights(PEOPLE[7:8], seed=4, draws=101), weights[7:8])


def test_means_in_blocks_are_the_means_of_the_whole() -> None:
    values = draw_answers(len(PEOPLE), columns=5)
    values[:30, 1] = np.nan
    values[100:, 2] = np.nan
    values[:30, 3] = np.nan
    values[:, 4] = np.nan
    weights = np.random.default_rng(6).uniform(0.3, 3, len(PEOPLE))
    chances = draw_weights(PEOPLE, seed=5, draws=DRAWS) * weights[:, None]
    drawn = draw_means(values, weights, PEOPLE, seed=5, draws=DRAWS)
    for column in range(4):
        there = ~np.isnan(values[:, column])
        by_hand = (values[there, column][:, None] * chances[there]).sum(axis=0) / chances[there].sum(axis=0)
        np.testing.assert_allclose(drawn[column], by_hand, rtol=1e-12)
    assert np.isnan(drawn[4]).all()
    assert draw_means(values[:, :0], weights, PEOPLE, seed=5, draws=DRAWS).shape == (0, DRAWS)


def test_weighted_mean_and_effective_number_by_hand() -> None:
    values = np.array([[0.0, np.nan], [50.0, 25.0], [100.0, 75.0]])
    weights = np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(estimate_means(values, weights), [400 / 6, (2 * 25 + 3 * 75) / 5])
    assert count_effective(weights) == pytest.approx(36 / 14, abs=1e-6)
    assert count_effective(np.full(9, 0.7)) == 9


@pytest.mark.parametrize("people", [8, 20, 200])
def test_the_bootstraps_variance_is_the_textbooks_times_a_known_factor(people: int) -> None:
    values = draw_answers(people)
    drawn = draw_means(values, np.ones(people), PEOPLE[:people], seed=7, draws=DRAWS)
    # Rubin 1981: the posterior variance of the mean is the population variance / (n + 1).
    expected = values.var(axis=0) / (people + 1)
    np.testing.assert_allclose(drawn.var(axis=1), expected, rtol=0.1)
    np.testing.assert_allclose(drawn.mean(axis=1), values.mean(axis=0), atol=5 * np.sqrt(expected.max() / DRAWS))


def test_variances_are_the_usual_ones_with_equal_weights_and_linearised_ones_with_others() -> None:
    values = draw_answers(30)
    values[:4, 1] = np.nan
    means = np.nanmean(values, axis=0)
    np.testing.assert_allclose(measure_variances(values, np.full(30, 2.5), means), np.nanvar(values, axis=0, ddof=1))
    weights = np.random.default_rng(8).uniform(0.3, 3, 200)
    answers = draw_answers(200, columns=1)
    mean = estimate_means(answers, weights)
    linearised = measure_variances(answers, weights, mean)[0] / count_effective(weights)
    drawn = draw_means(answers, weights, PEOPLE, seed=9, draws=DRAWS)
    assert drawn.var() == pytest.approx(linearised, rel=0.1)
    assert measure_variances(answers[:1], weights[:1], answers[0]).tolist() == [0.0]


@pytest.mark.parametrize("people", [8, 10, 50])
def test_a_wide_spread_gives_students_range(people: int) -> None:
    seen = 40.0**2
    missing, stretch = find_reach(seen, 24.0**2, 4, people, LEVEL)
    assert missing == 0
    bootstrap = sqrt(seen * (people - 1) / (people * (people + 1)))
    half = bootstrap * stretch * stats.norm.ppf(0.975)
    assert half == pytest.approx(stats.t.ppf(0.975, people - 1) * sqrt(seen / people))
    assert stretch == pytest.approx(find_stretch(people, LEVEL))


@pytest.mark.parametrize("seen", [0.0, 10.0**2, 20.0**2])
def test_a_narrow_spread_gives_the_conjugate_posteriors_range(seen: float) -> None:
    people, usual = 10, 24.0**2
    missing, stretch = find_reach(seen, usual, 4, people, LEVEL)
    bootstrap = sqrt(seen * (people - 1) / (people * (people + 1)))
    half = sqrt(bootstrap**2 + missing**2) * stretch * stats.norm.ppf(0.975)
    posterior = sqrt((4 * usual + 9 * seen) / 13 / people)
    assert half == pytest.approx(stats.t.ppf(0.975, 13) * posterior)


def test_more_spread_or_fewer_people_never_narrow_a_range() -> None:
    def find_half(seen: float, people: int) -> float:
        missing, stretch = find_reach(seen, 24.0**2, 4, people, LEVEL)
        return stretch * sqrt(seen * (people - 1) / (people * (people + 1)) + missing**2)

    wide = [find_half(spread**2, 10) for spread in np.linspace(0, 50, 101)]
    assert all(np.diff(wide) > 0)
    assert max(np.diff(wide)) < 1
    few = [find_half(20.0**2, people) for people in range(2, 300)]
    assert all(np.diff(few) < 0)


def test_the_usual_spread_is_largest_in_the_middle_and_never_nothing() -> None:
    assert find_usual_variance(50, 10, 24) == pytest.approx(24**2)
    assert find_usual_variance(80, 10, 24) == pytest.approx(find_usual_variance(20, 10, 24))
    at_end = [find_usual_variance(100, people, 24) for people in (5, 10, 100)]
    assert 24**2 / 2 > at_end[0] > at_end[1] > at_end[2] > 0
    # By hand: ten who all say 100 count as eleven with one at 50, so a mean of 1050 / 11.
    held = 1050 / 11
    assert at_end[1] == pytest.approx(24**2 * held * (100 - held) / 2500)


def test_a_closed_group_of_whom_all_answered_leaves_no_doubt() -> None:
    assert find_finite_factor(12, 12) == 0
    assert find_finite_factor(9, 12) == pytest.approx(sqrt(3 / 11))
    assert find_finite_factor(9, 0) == 1
    assert find_finite_factor(14, 12) == 0
    draws = widen_draws(np.array([10.0, 60.0, 90.0]), 40.0, find_stretch(12, LEVEL) * find_finite_factor(12, 12))
    assert find_range(draws, 40.0, LEVEL) == (40, 40)


def test_ranges_hold_the_estimate_and_stay_on_the_scale() -> None:
    assert tuple(find_range(np.linspace(20, 40, 101), 10.0, LEVEL)) == pytest.approx((10, 39.5))
    assert tuple(find_range(np.linspace(20, 40, 101), 60.0, LEVEL)) == pytest.approx((20.5, 60))
    assert widen_draws(np.array([-50.0, 50.0, 150.0]), 50.0, 1.0).tolist() == [0, 50, 100]


def test_noise_is_standard_normal_and_named() -> None:
    noise = draw_noise("noise:A", 1, DRAWS)
    np.testing.assert_array_equal(noise, draw_noise("noise:A", 1, DRAWS))
    assert stats.kstest(noise, "norm").pvalue > 1e-4
    assert abs(np.corrcoef(noise, draw_noise("noise:B", 1, DRAWS))[0, 1]) < 5 / sqrt(DRAWS)
