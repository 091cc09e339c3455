"""Shrunken scores are what an independent computation gives; ranks and pairs come with what is not known of them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from coprod_cli.model.framework import Framework
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.shrinkage import estimate_between, shrink_scores
from coprod_cli.scoring.standings import MOST_PAIRED, Kept, compare_projects

ESTIMATES = np.array([61.0, 48.0, 72.5, 39.0, 55.0, 66.0, 51.0, 80.0])
VARIANCES = np.array([30.0, 14.0, 55.0, 21.0, 9.0, 40.0, 18.0, 62.0])


def bisect_between(estimates: list[float], variances: list[float]) -> float:
    """Paule and Mandel's equation solved by halving, in plain Python."""

    def sum_up(between: float) -> float:
        weights = [1 / (each + between) for each in variances]
        mean = sum(w * y for w, y in zip(weights, estimates, strict=True)) / sum(weights)
        return sum(w * (y - mean) ** 2 for w, y in zip(weights, estimates, strict=True)) - (len(estimates) - 1)

    low, high = 0.0, 1e6
    if sum_up(low) <= 0:
        return 0.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum_up(middle) > 0 else (low, middle)
    return (low + high) / 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 200)), min_size=2, max_size=30))
def test_the_variance_between_projects_equals_an_independent_computation(several: list[tuple[float, float]]) -> None:
    estimates, variances = (list(each) for each in zip(*several, strict=True))
    ours = estimate_between(np.array(estimates), np.array(variances))
    assert ours == pytest.approx(bisect_between(estimates, variances), rel=1e-9, abs=1e-7)


def test_the_variance_between_projects_equals_that_of_statsmodels() -> None:
    theirs = combine_effects(ESTIMATES, VARIANCES, method_re="iterated")
    assert estimate_between(ESTIMATES, VARIANCES) == pytest.approx(theirs.tau2, rel=1e-4)
    assert shrink_scores(ESTIMATES, VARIANCES, 0.95).mean == pytest.approx(theirs.mean_effect_re, rel=1e-4)


def test_shrunken_scores_follow_from_the_variance_between_projects() -> None:
    between = bisect_between(ESTIMATES.tolist(), VARIANCES.tolist())
    weights = [1 / (each + between) for each in VARIANCES]
    mean = sum(w * y for w, y in zip(weights, ESTIMATES, strict=True)) / sum(weights)
    found = shrink_scores(ESTIMATES, VARIANCES, 0.95)
    for place, (estimate, variance) in enumerate(zip(ESTIMATES, VARIANCES, strict=True)):
        reliability = between / (between + variance)
        assert found.reliability[place] == pytest.approx(reliability, abs=1e-9)
        assert found.estimates[place] == pytest.approx(mean + reliability * (estimate - mean), abs=1e-9)
        assert min(mean, estimate) <= found.estimates[place] <= max(mean, estimate)
        assert found.lows[place] < found.estimates[place] < found.highs[place]


def test_projects_that_differ_by_chance_alone_are_all_drawn_to_the_mean() -> None:
    found = shrink_scores(np.array([50.0, 51.0, 49.0]), np.array([25.0, 25.0, 25.0]), 0.95)
    assert (found.between, found.reliability.tolist()) == (0.0, [0.0, 0.0, 0.0])
    assert found.estimates.tolist() == pytest.approx([50.0, 50.0, 50.0])


def test_ranges_of_shrunken_scores_hold_the_truth_about_as_often_as_they_say() -> None:
    lots = np.random.default_rng(20260101)
    held: list[float] = []
    for _ in range(400):
        truth = lots.normal(55, 9, 12)
        variances = lots.uniform(12, 60, 12)
        found = shrink_scores(lots.normal(truth, np.sqrt(variances)), variances, 0.95)
        held.append(float(np.mean((found.lows <= truth) & (truth <= found.highs))))
    assert 0.93 <= float(np.mean(held)) <= 0.97


def keep(name: str, middle: float, spread: float = 4.0, people: int = 25, basis: str = "items") -> Kept:
    seed = int.from_bytes(name.encode())
    draws = np.random.default_rng(seed).normal(middle, spread, 4000).clip(0, 100).astype(np.float32)
    low, high = (float(end) for end in np.quantile(draws, [0.025, 0.975]))
    return Kept(Group(name, "parent", ""), middle, low, high, people, basis, draws)


def test_projects_stand_by_name_with_rank_ranges_and_the_chance_that_one_is_higher(framework: Framework) -> None:
    found = compare_projects(
        [keep("Zebra", 80), keep("Apple", 40), keep("Mango", 42)], framework, framework.thresholds_for("public")
    )
    assert [each.project for each in found.standings] == ["Apple", "Mango", "Zebra"]
    apple, mango, zebra = found.standings
    assert (zebra.rank_low, zebra.rank_high, zebra.ranked) == (1, 1, 3)
    assert (apple.rank_low, apple.rank_high) == (mango.rank_low, mango.rank_high) == (2, 3)
    first = {(each.first, each.second): each for each in found.pairings}
    assert set(first) == {("Apple", "Mango"), ("Apple", "Zebra"), ("Mango", "Zebra")}
    assert 0.2 < first["Apple", "Mango"].probability_higher < 0.5
    assert first["Apple", "Zebra"].probability_higher == 0
    assert first["Apple", "Zebra"].high < 0


def test_shrinking_needs_many_projects_and_people(framework: Framework) -> None:
    number = framework.scoring.shrink_projects
    few = compare_projects(
        [keep(f"P{place}", 40 + 5 * place) for place in range(number - 1)], framework, framework.thresholds_for("raw")
    )
    assert few.spreads == ()
    kept = [*(keep(f"P{place}", 40 + 5 * place) for place in range(number)), keep("Tiny", 5, people=4)]
    found = compare_projects(kept, framework, framework.thresholds_for("raw"))
    [spread] = found.spreads
    assert spread.projects == number
    assert 0 < spread.reliability < 1
    raw = {each.project: each for each in found.standings}
    assert np.isnan(raw["Tiny"].shrunken)
    assert raw["P0"].estimate < raw["P0"].shrunken < spread.mean


def test_comments_are_never_compared_with_ratings_nor_one_role_with_another(framework: Framework) -> None:
    kept = [keep("A", 50), keep("B", 50), keep("C", 20, basis="comments"), keep("D", 20, basis="comments")]
    kept.append(keep("E", 60)._replace(group=Group("E", "practitioner", "")))
    found = compare_projects(kept, framework, framework.thresholds_for("public"))
    assert {(each.first, each.second) for each in found.pairings} == {("A", "B"), ("C", "D")}
    assert {each.ranked for each in found.standings if each.role == "practitioner"} == {0}


def test_few_people_are_neither_ranked_nor_paired(framework: Framework) -> None:
    found = compare_projects(
        [keep("A", 50), keep("B", 70), keep("C", 10, people=19)], framework, framework.thresholds_for("public")
    )
    assert [each.ranked for each in found.standings] == [2, 2, 0]
    assert len(found.pairings) == 1


def test_projects_in_which_few_count_for_all_are_neither_ranked_nor_paired_nor_shrunk(framework: Framework) -> None:
    several = [keep(f"P{place}", 40 + 5 * place) for place in range(framework.scoring.shrink_projects)]
    heavy = keep("Heavy", 10)._replace(effective=4.9)
    found = compare_projects([*several, heavy], framework, framework.thresholds_for("public"))
    standing = next(each for each in found.standings if each.project == "Heavy")
    assert (standing.ranked, np.isnan(standing.shrunken)) == (0, True)
    assert all("Heavy" not in (each.first, each.second) for each in found.pairings)
    middling = compare_projects([*several, heavy._replace(effective=11)], framework, framework.thresholds_for("public"))
    standing = next(each for each in middling.standings if each.project == "Heavy")
    assert (standing.ranked, np.isnan(standing.shrunken)) == (0, False)


def test_a_limit_holds_for_the_shrunken_score_too(framework: Framework) -> None:
    several = [keep(f"P{place}", 70 + place) for place in range(framework.scoring.shrink_projects)]
    held = keep("Held", 49)._replace(most=49.0)
    held = held._replace(draws=np.minimum(held.draws, np.float32(49)))
    found = compare_projects([*several, held], framework, framework.thresholds_for("public"))
    standing = next(each for each in found.standings if each.project == "Held")
    assert standing.shrunken <= 49
    assert standing.shrunken_high <= 49


def test_very_many_projects_are_ranked_but_not_paired(framework: Framework) -> None:
    several = [keep(f"P{place:02d}", 30 + place) for place in range(MOST_PAIRED + 1)]
    found = compare_projects(several, framework, framework.thresholds_for("public"))
    assert found.pairings == ()
    assert all(first.rank_low >= second.rank_low for first, second in pairwise(found.standings))
