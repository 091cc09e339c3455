"""Draws against what is known of them: moments, independence, textbook variances, finite populations."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from coprod_cli.scoring.intervals import (
    Reach,
    Seen,
    count_effective,
    draw_means,
    draw_noise,
    draw_weights,
    estimate_means,
    find_finite_factor,
    find_range,
    find_reach,
    find_usual_share,
    measure_variances,
    place_draws,
    rank_draws,
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
def test_a_wide_spread_gives_students_score_interval(people: int) -> None:
    seen = Seen(30.0, 40.0**2, people)
    reach = find_reach(seen, 24, 4, LEVEL)
    assert reach.shown == 1
    z = stats.norm.ppf(0.975)
    for score in (-z, z):
        end = float(place_draws(np.array([score]), seen.mean, reach)[0])
        # At either end the estimate is t standard errors away, the error being that of a mean there.
        error = sqrt(seen.variance / (30 * 70) * end * (100 - end) / people)
        assert abs(end - seen.mean) / error == pytest.approx(stats.t.ppf(0.975, people - 1))


@pytest.mark.parametrize("spread", [0.0, 10.0, 20.0])
def test_a_narrow_spread_is_shrunk_towards_the_usual_one(spread: float) -> None:
    reach = find_reach(Seen(50.0, spread**2, 10), 24, 4, LEVEL)
    shrunk = (4 * 24**2 + 9 * spread**2) / 13
    assert reach.share * 10 == pytest.approx(shrunk / 50**2)
    assert reach.stretch == pytest.approx(stats.t.ppf(0.975, 13) / stats.norm.ppf(0.975))
    assert reach.shown == pytest.approx(spread**2 / shrunk)


def test_yes_and_no_give_wilsons_interval() -> None:
    # Of many people the prior and Student's t weigh nothing: 1,400 of 2,000 said 100, all others 0.
    seen = Seen(70.0, 2000 / 1999 * 70 * 30, 2000)
    z = stats.norm.ppf(0.975)
    ends = place_draws(np.array([-z, z]), 70.0, find_reach(seen, 24, 4, LEVEL)) / 100
    wilson = stats.binomtest(1400, 2000).proportion_ci(method="wilson")
    np.testing.assert_allclose(ends, [wilson.low, wilson.high], atol=1e-4)


def test_more_spread_or_fewer_people_never_narrow_a_range() -> None:
    def find_ends(spread: float, people: int) -> np.ndarray:
        return place_draws(np.array([-2.0, 2.0]), 40.0, find_reach(Seen(40.0, spread**2, people), 24, 4, LEVEL))

    wide = np.array([find_ends(spread, 10) for spread in np.linspace(0, 48, 97)])
    assert (np.diff(wide[:, 0]) < 0).all()
    assert (np.diff(wide[:, 1]) > 0).all()
    assert np.abs(np.diff(wide, axis=0)).max() < 1
    few = np.array([find_ends(20.0, people) for people in range(2, 300)])
    assert (np.diff(few[:, 0]) > 0).all()
    assert (np.diff(few[:, 1]) < 0).all()


def test_the_usual_share_is_that_of_the_spread_in_the_middle_and_all_there_can_be_at_the_ends() -> None:
    assert find_usual_share(50, 10, 24) == pytest.approx(((24 / 50) ** 2, 2500))
    assert find_usual_share(80, 10, 24) == pytest.approx(find_usual_share(20, 10, 24))
    # By hand: ten who all say 100 count as eleven with one at 50, so a mean of 1050 / 11.
    held = 1050 / 11
    share, greatest = find_usual_share(100, 10, 24)
    assert greatest == pytest.approx(held * (100 - held))
    assert share == pytest.approx(0.2304 + 0.7696 * (1 - greatest / 2500) ** 2)
    assert find_usual_share(100, 1e9, 24)[0] == pytest.approx(1)


def test_people_of_one_mind_at_an_end_leave_room_towards_the_middle_alone() -> None:
    draws = place_draws(np.linspace(-2, 2, 41), 100.0, find_reach(Seen(100.0, 0.0, 10), 24, 4, LEVEL))
    assert draws.max() == 100
    # As wide, for few people, as what is known of a share of which none was found (Clopper and Pearson).
    assert 100 - draws.min() == pytest.approx(100 * stats.binomtest(0, 10).proportion_ci().high, abs=8)


def test_a_closed_group_of_whom_all_answered_leaves_no_doubt() -> None:
    assert find_finite_factor(12, 12) == 0
    assert find_finite_factor(9, 12) == pytest.approx(sqrt(3 / 11))
    assert find_finite_factor(9, 0) == 1
    assert find_finite_factor(14, 12) == 0
    reach = find_reach(Seen(40.0, 20.0**2, 12), 24, 4, LEVEL)
    np.testing.assert_allclose(place_draws(np.array([-1.0, 0, 2]), 40.0, reach, find_finite_factor(12, 12)), 40)


def test_ranges_hold_the_estimate_and_stay_on_the_scale() -> None:
    assert tuple(find_range(np.linspace(20, 40, 101), 10.0, LEVEL)) == pytest.approx((10, 39.5))
    assert tuple(find_range(np.linspace(20, 40, 101), 60.0, LEVEL)) == pytest.approx((20.5, 60))
    far = place_draws(np.array([-50.0, 0.0, 50.0]), 30.0, Reach(0.1, 2.0, 1.0))
    assert 0 <= far[0] < 1
    assert far[1] == pytest.approx(30)
    assert 99 < far[2] <= 100


def test_ranks_keep_the_order_of_draws_and_nothing_else() -> None:
    draws = np.array([[3.0, 1.0, 9.0, 2.0], [5.0, 5.0, 5.0, 5.0]])
    scores = rank_draws(draws)
    np.testing.assert_allclose(scores[0], stats.norm.ppf([0.625, 0.125, 0.875, 0.375]))
    np.testing.assert_array_equal(scores[1], 0)


def test_noise_is_standard_normal_and_named() -> None:
    noise = draw_noise("noise:A", 1, DRAWS)
    np.testing.assert_array_equal(noise, draw_noise("noise:A", 1, DRAWS))
    assert stats.kstest(noise, "norm").pvalue > 1e-4
    assert abs(np.corrcoef(noise, draw_noise("noise:B", 1, DRAWS))[0, 1]) < 5 / sqrt(DRAWS)
