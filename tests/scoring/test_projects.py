"""Laws of the score: ranges hold the estimate, order and neighbours change nothing, more people narrow the range."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.findings import Scored
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, Score, rows, table
from coprod_cli.scoring import gather_evidence, score_projects

QUICK = tuple(
    f"{name}_1" for name in ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")
)
MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
PLACES = (0.0, 25.0, 50.0, 75.0, 100.0)


def score(survey: Survey, framework: Framework, audience: str = "public", said: list[Mention] | None = None) -> Scored:
    themes = [each.id for each in framework.themes]
    evidence = gather_evidence(survey, table(said or [], Mention), framework, themes, themes)
    return score_projects(survey, evidence, framework, framework.thresholds_for(audience), seed=7)


def find(scored: Scored, dimension: str = OVERALL, project: str = "Transport", role: str = "parent") -> Score:
    return next(
        each
        for each in rows(scored.scores, Score)
        if (each.project, each.role, each.dimension) == (project, role, dimension)
    )


def draw_people(count: int, seed: int = 3, prefix: str = "p") -> dict[str, dict[str, float]]:
    lots = np.random.default_rng(seed)
    return {f"{prefix}{place:03d}": {item: float(lots.choice(PLACES)) for item in QUICK} for place in range(count)}


def test_every_group_gets_a_row_for_every_dimension_and_overall(framework: Framework, make_survey: MakeSurvey) -> None:
    scored = score(make_survey(draw_people(12) | draw_people(3, prefix="staff")), framework)
    assert len(scored.scores) == 2 * 9
    small = [each for each in rows(scored.scores, Score) if each.role == "practitioner"]
    assert all(isnan(each.estimate) and "fewer than 10 people" in each.why_not for each in small)


def test_a_score_held_near_its_weakest_core_dimension_tells_what_it_would_be(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    lots = np.random.default_rng(5)
    low = {f"p{place:02d}": {item: float(lots.choice(PLACES[2:])) for item in QUICK} for place in range(20)}
    for said in low.values():
        said["power_1"] = float(lots.choice(PLACES[:2]))
    scored = score(make_survey(low), framework)
    overall, power = find(scored), find(scored, "power")
    assert overall.weakest == "power"
    assert overall.estimate == pytest.approx(power.estimate + 15)
    weights = {each.id: each.weight for each in framework.dimensions}
    mean = sum(find(scored, name).estimate * weight for name, weight in weights.items()) / sum(weights.values())
    assert overall.plain_mean == pytest.approx(mean)
    assert overall.estimate < overall.plain_low < mean < overall.plain_high
    assert (power.weakest, isnan(power.plain_mean)) == ("", True)
    even = find(score(make_survey(draw_people(40)), framework))
    assert (even.weakest, isnan(even.plain_mean)) == ("", True)


def test_the_effective_number_of_people_is_told_where_some_count_for_more(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = make_survey(draw_people(40))
    assert score(survey, framework).scores["effective"].isna().all()
    weights = [2.0 if place % 2 else 0.5 for place in range(40)]
    weighted = score(replace(survey, responses=survey.responses.assign(weight=weights)), framework)
    # Kish: (20 * 2 + 20 * 0.5)^2 / (20 * 4 + 20 * 0.25).
    assert find(weighted).effective == find(weighted, "power").effective == pytest.approx(50**2 / 85)
    few = score(replace(survey, responses=survey.responses.assign(weight=[20.0] * 4 + [0.1] * 36)), framework)
    assert few.scores["effective"].isna().all(), "a score that may not be had tells nothing of its weights"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(PLACES), min_size=8, max_size=8), min_size=10, max_size=25))
def test_the_range_holds_the_estimate_and_stays_in_bounds(
    framework: Framework, make_survey: MakeSurvey, said: list[list[float]]
) -> None:
    people = {f"p{place}": dict(zip(QUICK, scores, strict=True)) for place, scores in enumerate(said)}
    for each in rows(score(make_survey(people), framework).scores, Score):
        assert each.reportable
        assert 0 <= each.low <= each.estimate <= each.high <= 100


def test_the_order_of_rows_changes_no_bit(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(30)
    forwards = score(make_survey(people), framework).scores
    backwards = score(make_survey(dict(reversed(people.items()))), framework).scores
    pd.testing.assert_frame_equal(forwards, backwards, check_exact=True)


def test_adding_a_project_leaves_the_others_as_they_were(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(15)
    alone = score(make_survey(people), framework)
    more = people | {f"{name}@Short breaks": said for name, said in draw_people(20, seed=9, prefix="q").items()}
    assert repr(find(score(make_survey(more), framework))) == repr(find(alone))


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 999), count=st.integers(10, 40))
def test_doubling_everybody_keeps_estimates_and_narrows_ranges(
    framework: Framework, make_survey: MakeSurvey, seed: int, count: int
) -> None:
    people = draw_people(count, seed)
    once = score(make_survey(people), framework)
    twice = score(make_survey(people | {f"{name}-twin": said for name, said in people.items()}), framework)
    for dimension in (OVERALL, "power", "trust"):
        one, two = find(once, dimension), find(twice, dimension)
        assert two.estimate == pytest.approx(one.estimate)
        assert two.high - two.low < one.high - one.low


def test_kindness_cannot_make_up_for_powerlessness(framework: Framework, make_survey: MakeSurvey) -> None:
    kind = dict.fromkeys(QUICK, 100.0) | {"power_1": 25.0}
    overall = find(score(make_survey({f"p{place}": kind for place in range(20)}), framework))
    assert overall.estimate == pytest.approx(25 + framework.scoring.slack)


def test_agreement_of_all_is_not_certainty(framework: Framework, make_survey: MakeSurvey) -> None:
    same = score(make_survey({f"p{place}": dict.fromkeys(QUICK, 50.0) for place in range(12)}), framework)
    assert find(same, "power").estimate == 50
    assert find(same, "power").high - find(same, "power").low > 8


def test_a_missing_core_dimension_withholds_the_overall_score_and_says_so(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    people = {
        name: {item: said[item] for item in QUICK if item != "influence_1"} for name, said in draw_people(12).items()
    }
    overall = find(score(make_survey(people), framework))
    assert not overall.reportable
    assert overall.why_not == 'No overall score: not enough answers about "Making a difference".'


def test_a_dimension_that_was_never_asked_about_is_told_apart_from_too_few_people(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = make_survey(draw_people(12))
    asked = tuple(each for each in survey.questions if each.dimension not in {"start", "sustain"})
    short = replace(survey, questions=asked)
    assert find(score(short, framework), "start").why_not == "No question was asked about this."
    overall = find(score(short, framework)).why_not
    assert overall == 'No overall score: no question was asked about "Starting together and staying in".'
    few = replace(make_survey(draw_people(4)), questions=asked)
    assert find(score(few, framework), "power").why_not == "Not enough answers to say: fewer than 10 people."


def test_too_few_other_dimensions_are_told(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(draw_people(12))
    core = {each.id for each in framework.dimensions if each.core}
    only_core = replace(survey, questions=tuple(each for each in survey.questions if each.dimension in core))
    told = find(score(only_core, framework)).why_not
    assert told == "No overall score: no question was asked about 2 more of the other dimensions."


def test_nothing_is_scored_below_the_minimum_of_the_audience(framework: Framework, make_survey: MakeSurvey) -> None:
    nine = make_survey(draw_people(9))
    assert not score(nine, framework, "public").scores["reportable"].any()
    assert score(nine, framework, "restricted").scores["reportable"].all()


def test_a_survey_without_closed_items_is_scored_from_comments_only(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    people: dict[str, dict[str, float]] = {f"p{place:02d}": {} for place in range(24)}
    said = [make_mention(name, "trust", "negative" if place % 3 else "positive") for place, name in enumerate(people)]
    scored = score(make_survey(people), framework, said=said)
    assert find(scored).basis == "comments"
    assert find(scored).estimate == pytest.approx(100 / 3)
    assert find(scored, "trust").people == 24
    assert not find(scored, "power").reportable


def test_a_few_ticks_do_not_take_a_groups_comments_away(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    people: dict[str, dict[str, float]] = {f"p{place:02d}": {} for place in range(24)}
    people["p00"] = {"trust_1": 50.0}
    said = [make_mention(name, "trust", "negative") for name in people]
    scored = score(make_survey(people), framework, said=said)
    assert find(scored).basis == "comments"
    assert find(scored).people == 24


def test_like_minded_comments_are_not_certainty(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    people: dict[str, dict[str, float]] = {f"p{place:02d}": {} for place in range(20)}
    said = [make_mention(name, "trust", "negative") for name in people]
    overall = find(score(make_survey(people), framework, said=said))
    assert overall.estimate == 0
    assert overall.high > 10


def test_only_the_dimension_that_comments_entered_is_said_to_rest_on_them(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    people = draw_people(12)
    said = [make_mention(name, "shared_decisions", "negative") for name in people]
    scored = score(make_survey(people), framework, said=said)
    assert find(scored, "power").basis == "items+comments"
    assert find(scored, "heard").basis == "items"
    assert find(scored).basis == "items+comments"


def test_parents_and_practitioners_are_never_pooled(framework: Framework, make_survey: MakeSurvey) -> None:
    parents = {f"p{place:02d}": dict.fromkeys(QUICK, 25.0) for place in range(25)}
    staff = {f"staff{place:02d}": dict.fromkeys(QUICK, 75.0) for place in range(25)}
    scored = score(make_survey(parents | staff), framework)
    assert find(scored).estimate == pytest.approx(25)
    assert find(scored, role="practitioner").estimate == pytest.approx(75)
    gap = next(each for each in scored.contrasts if each.dimension == OVERALL)
    assert (gap.clear, gap.parents, gap.practitioners) == (True, 25, 25)
    assert gap.gap == pytest.approx(50)
    assert gap.low < 50 < gap.high


def test_few_people_are_not_compared(framework: Framework, make_survey: MakeSurvey) -> None:
    parents = {f"p{place:02d}": dict.fromkeys(QUICK, 0.0) for place in range(12)}
    staff = {f"staff{place:02d}": dict.fromkeys(QUICK, 100.0) for place in range(12)}
    assert score(make_survey(parents | staff), framework).contrasts == ()


def test_a_clear_gap_has_a_range_without_zero(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(20) | draw_people(20, seed=8, prefix="staff")
    for shift in (0.0, 15.0, 30.0):
        moved = {
            name: {item: min(100.0, value + shift * name.startswith("staff")) for item, value in said.items()}
            for name, said in people.items()
        }
        for each in score(make_survey(moved), framework).contrasts:
            assert each.low <= each.gap <= each.high
            assert not (each.clear and each.low <= 0 <= each.high)


def test_survey_weights_move_scores_and_never_narrow_ranges(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(draw_people(30))
    even = find(score(survey, framework))
    heavy = survey.responses.assign(weight=[3.0] * 10 + [0.5] * 20)
    weighted = find(score(replace(survey, responses=heavy), framework))
    assert weighted.estimate != even.estimate
    assert weighted.high - weighted.low > even.high - even.low


def test_people_without_weight_do_not_count_and_one_voice_is_no_group(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = make_survey(draw_people(14))
    for weights in ([0.0] * 14, [0.0] * 5 + [1.0] * 9, [1e6] + [1.0] * 13):
        responses = survey.responses.assign(weight=weights)
        assert not score(replace(survey, responses=responses), framework).scores["reportable"].any()


def test_groups_that_said_nothing_are_named_in_the_scores(framework: Framework, make_survey: MakeSurvey) -> None:
    scores = score(make_survey({"a": {}}), framework).scores
    assert set(scores["project"]) == {"Transport"}
    assert not scores["reportable"].any()


def weigh(survey: Survey, heavy: float) -> Survey:
    """The first person of each role counts for so many others."""
    first = survey.responses.groupby("role")["person"].transform("min") == survey.responses["person"]
    return replace(survey, responses=survey.responses.assign(weight=first.map({True: heavy, False: 1.0})))


OUTWEIGHED = "Not enough answers to say: some answers weigh far more than others, so too few people count."


def test_where_one_person_counts_for_many_the_reason_is_not_that_few_answered(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    scored = score(weigh(make_survey(draw_people(12)), 100_000.0), framework)
    assert not scored.scores["reportable"].any()
    assert {each.why_not for each in rows(scored.scores, Score)} == {OUTWEIGHED}
    assert len(scored.rungs) == 0
    few = score(weigh(make_survey(draw_people(9)), 100_000.0), framework)
    assert {each.why_not for each in rows(few.scores, Score)} == {"Not enough answers to say: fewer than 10 people."}


def test_an_overall_score_needs_the_effective_number_of_people_too(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    # Kish: (4 + 9)^2 / (16 + 9) = 6.8 people; a restricted report needs 5 for a dimension, 8 overall.
    scored = score(weigh(make_survey(draw_people(10)), 4.0), framework, "restricted")
    assert find(scored, "power").reportable
    assert (find(scored).reportable, find(scored).why_not) == (False, OUTWEIGHED)


def test_roles_are_compared_by_the_effective_number_of_people(framework: Framework, make_survey: MakeSurvey) -> None:
    both = make_survey(draw_people(24) | draw_people(24, prefix="staff"))
    assert score(both, framework).contrasts
    # (8 + 23)^2 / (64 + 23) = 11: enough for a score, too few for a comparison.
    heavy = score(weigh(both, 8.0), framework)
    assert find(heavy).reportable
    assert heavy.contrasts == ()


def test_a_rung_rests_on_the_effective_number_of_people(framework: Framework, make_survey: MakeSurvey) -> None:
    people = make_survey(draw_people(24))
    assert set(score(people, framework).rungs["people"]) == {24}
    assert set(score(weigh(people, 8.0), framework).rungs["people"]) == {11}, "too few for the name of a rung"


def test_roles_that_say_the_same_are_as_likely_higher_as_lower(framework: Framework, make_survey: MakeSurvey) -> None:
    """At the end of the scale many draws are level; half of these count for either side."""
    said = dict.fromkeys(QUICK, 100.0)
    people = {f"{role}{place:02d}": said for role in ("p", "staff") for place in range(30)}
    for each in score(make_survey(people), framework).contrasts:
        assert each.probability_higher == pytest.approx(0.5, abs=0.03)
