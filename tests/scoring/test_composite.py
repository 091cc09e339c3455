"""The rule min(mean, lowest core + slack), and where plausible overall scores lie about it."""

import numpy as np
import numpy.typing as npt
import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.scoring.composite import combine_dimensions, find_missing, spread_composite

DRAWS = 40_000
# The mean of the lowest of four independent standard normal numbers (Harter 1961, Biometrika 48:151-165).
LOWEST_OF_FOUR = -1.02938


def draw_scores(
    framework: Framework, core: list[float], spread: float = 3.0
) -> tuple[dict[str, float], dict[str, npt.NDArray[np.float64]]]:
    """Estimates, core ones as given and 100 for all others, and independent normal draws about the core ones."""
    lots = np.random.default_rng(4)
    given = iter(core)
    estimates = {each.id: next(given) if each.core else 100.0 for each in framework.dimensions}
    draws = {
        each.id: estimates[each.id] + spread * lots.standard_normal(DRAWS) * each.core for each in framework.dimensions
    }
    return estimates, draws


def test_the_rule_is_the_mean_held_to_the_lowest_core_dimension_and_slack(framework: Framework) -> None:
    even = {each.id: 60.0 for each in framework.dimensions}
    assert float(combine_dimensions(even, framework)) == pytest.approx(60)
    low = even | {"power": 20.0}
    assert float(combine_dimensions(low, framework)) == pytest.approx(20 + framework.scoring.slack)
    # One that is not core may be as low as it likes: 0.1 of 40 points.
    assert float(combine_dimensions(even | {"trust": 20.0}, framework)) == pytest.approx(56)
    some = {name: value for name, value in low.items() if name not in {"trust", "purpose"}}
    by_hand = (0.15 * (60 + 20 + 60 + 60) + 0.1 * (60 + 60)) / 0.8
    assert float(combine_dimensions(some | {"power": 50.0}, framework)) == pytest.approx(by_hand + 0.15 * 30 / 0.8)


def test_arrays_of_draws_are_combined_one_by_one(framework: Framework) -> None:
    estimates, draws = draw_scores(framework, [30.0, 40.0, 50.0, 60.0])
    together = combine_dimensions(draws, framework)
    for place in (0, 1, 2):
        one = combine_dimensions({name: float(each[place]) for name, each in draws.items()}, framework)
        assert float(one) == together[place]
    assert set(draws) == set(estimates)


def test_what_an_overall_score_lacks_is_told(framework: Framework) -> None:
    names = [each.id for each in framework.dimensions]
    assert find_missing(names, framework) == ()
    assert find_missing([name for name in names if name != "power"], framework) == ("Sharing decisions",)
    core = [each.id for each in framework.dimensions if each.core]
    assert find_missing(core, framework) == ("2 more of the other dimensions",)


def test_with_one_core_dimension_far_below_the_range_is_that_dimensions(framework: Framework) -> None:
    estimates, draws = draw_scores(framework, [20.0, 60.0, 60.0, 60.0])
    spread = spread_composite(estimates, draws, framework)
    np.testing.assert_allclose(spread, draws["start"] - (np.median(draws["start"]) - 20) + framework.scoring.slack)


def test_level_core_dimensions_move_every_other_draw_up_by_what_the_lowest_of_four_reads_low(
    framework: Framework,
) -> None:
    estimates, draws = draw_scores(framework, [30.0] * 4)
    spread = spread_composite(estimates, draws, framework)
    estimate = float(combine_dimensions(estimates, framework))
    assert np.median(spread[::2]) == pytest.approx(estimate, abs=0.1)
    assert spread[1::2].mean() - spread[::2].mean() == pytest.approx(-LOWEST_OF_FOUR * 3, abs=0.1)


def test_gaps_that_chance_may_have_made_count_as_none_in_half_of_the_draws(framework: Framework) -> None:
    # A gap's standard error is 3 * sqrt(2) = 4.2, so 8 points lie within 1.96 of it, 12 do not.
    near, far = (
        spread_composite(*draw_scores(framework, [30.0, 30.0 + gap, 90.0, 90.0]), framework) for gap in (8.0, 12.0)
    )
    level = spread_composite(*draw_scores(framework, [30.0, 30.0, 90.0, 90.0]), framework)
    shift = [float(each[1::2].mean() - each[::2].mean()) for each in (level, near, far)]
    assert shift[0] == pytest.approx(shift[1], abs=0.1)
    assert shift[0] == pytest.approx(3 / np.sqrt(np.pi), abs=0.1)
    assert 0 < shift[2] < shift[1]


def test_without_doubt_there_is_no_spread_and_no_shift(framework: Framework) -> None:
    for core in ([30.0] * 4, [30.0, 31.0, 32.0, 90.0]):
        estimates, draws = draw_scores(framework, core, spread=0.0)
        spread = spread_composite(estimates, draws, framework)
        np.testing.assert_allclose(spread, combine_dimensions(estimates, framework), atol=1e-9)


def test_draws_stay_on_the_scale(framework: Framework) -> None:
    for core in ([1.0] * 4, [99.0] * 4):
        spread = spread_composite(*draw_scores(framework, core, spread=30.0), framework)
        assert spread.min() >= 0
        assert spread.max() <= 100
