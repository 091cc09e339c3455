"""The score under other conventions: each does what its name says, on the same people, and gives nobody away."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.findings import Variant
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import ProjectFacts
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, Score, rows, table
from coprod_cli.scoring import Limit, gather_evidence, score_projects

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
PLACES = (0.0, 25.0, 50.0, 75.0, 100.0)


def vary(  # noqa: PLR0913  # each test changes one thing
    survey: Survey,
    framework: Framework,
    said: list[Mention] | None = None,
    *,
    audience: str = "public",
    limits: dict[str, Limit] | None = None,
    asked: int = 0,
) -> dict[str, Variant]:
    """Variants of parents' overall score of "Transport", by id; the score itself under "score"."""
    themes = [each.id for each in framework.themes]
    heard = gather_evidence(survey, table(said or [], Mention), framework, themes, themes)
    facts = {"Transport": ProjectFacts("Transport", asked=(("parent", asked),))} if asked else {}
    thresholds = framework.thresholds_for(audience)
    scored = score_projects(survey, heard, framework, thresholds, 7, limits=limits, facts=facts)
    found = {each.variant: each for each in scored.variants if each.role == "parent"}
    assert len(found) == sum(each.role == "parent" for each in scored.variants)
    overall = next(each for each in rows(scored.scores, Score) if (each.role, each.dimension) == ("parent", OVERALL))
    shown = Variant("Transport", "parent", "", "score", "", overall.estimate, overall.low, overall.high, overall.people)
    return found | {"score": shown}


def give_profile(framework: Framework, profile: dict[str, float], people: int = 20) -> dict[str, dict[str, float]]:
    """People who all score each dimension as the profile says, and 60 where it says nothing."""
    scores = {item.id: profile.get(item.dimension, 60.0) for item in framework.items}
    return {f"p{place:02d}": dict(scores) for place in range(people)}


def draw_people(framework: Framework, count: int) -> dict[str, dict[str, float]]:
    lots = np.random.default_rng(2)
    return {
        f"p{place:02d}": {item.id: float(lots.choice(PLACES)) for item in framework.items} for place in range(count)
    }


def test_the_first_row_is_the_score_itself(framework: Framework, make_survey: MakeSurvey) -> None:
    found = vary(make_survey(draw_people(framework, 30)), framework)
    assert found["as_scored"][5:] == pytest.approx(found["score"][5:])
    assert next(iter(found)) == "as_scored"


def test_each_convention_by_hand(framework: Framework, make_survey: MakeSurvey) -> None:
    # Core 60 but for power 30; the others 60 but for purpose 90. Mean .15 * (60 + 30 + 60 + 60) + .1 * (270) = 58.5.
    found = vary(make_survey(give_profile(framework, {"power": 30.0, "purpose": 90.0})), framework)
    assert found["as_scored"].estimate == pytest.approx(45)
    assert found["slack_10"].estimate == pytest.approx(40)
    assert found["slack_20"].estimate == pytest.approx(50)
    # Without power the limit is 75, and the mean (.15 * 180 + .1 * 270) / .85.
    assert found["without_power"].estimate == pytest.approx(54 / 0.85)
    # Power sets the score, so neither equal weights nor another dimension left out can move it: they are not told.
    assert set(found) == {"score", "as_scored", "slack_10", "slack_20", "without_power"}


def test_equal_weights_are_seen_where_the_limit_does_not_bind(framework: Framework, make_survey: MakeSurvey) -> None:
    found = vary(make_survey(give_profile(framework, {"purpose": 80.0, "trust": 40.0, "start": 52.0})), framework)
    assert found["as_scored"].estimate == pytest.approx(60 - 0.15 * 8)
    assert found["equal_weights"].estimate == pytest.approx(60 - 8 / 8)
    assert {"without_start", "without_trust"} <= set(found)
    assert not {"slack_10", "slack_20"} & set(found), "no limit holds, so no other can"


def test_the_closed_score_is_that_without_comments(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    survey = make_survey(draw_people(framework, 30))
    plain = vary(survey, framework)
    assert "closed_only" not in plain
    said = [make_mention(f"p{place:02d}", "shared_decisions", "negative") for place in range(8)]
    spoken = vary(survey, framework, said)
    assert spoken["as_scored"].estimate < plain["as_scored"].estimate
    assert spoken["closed_only"].estimate == pytest.approx(plain["as_scored"].estimate)
    assert spoken["closed_only"].low == pytest.approx(plain["as_scored"].low, abs=1.5)
    assert spoken["closed_only"].high == pytest.approx(plain["as_scored"].high, abs=1.5)
    few = vary(survey, framework, said[:4])
    assert "closed_only" not in few, "the difference would be the comments of four people"
    assert "closed_only" in vary(survey, framework, said[:4], audience="raw")


def test_a_lean_to_yes_falls_out_of_the_balanced_score(framework: Framework, make_survey: MakeSurvey) -> None:
    # Everybody is at 50 and ticks one step towards yes: two forward items at 75, one reversed at 25 after direction.
    leaning = {item.id: 75.0 if item.direction > 0 else 25.0 for item in framework.items}
    found = vary(make_survey({f"p{place:02d}": leaning for place in range(20)}), framework)
    assert found["as_scored"].estimate == pytest.approx(175 / 3)
    assert found["balanced"].estimate == pytest.approx(50)


def test_straight_liners_are_left_out_unless_they_are_few(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(framework, 30)
    rest = vary(make_survey(people), framework)
    straight = {item.id: 100.0 if item.direction > 0 else 0.0 for item in framework.items}
    for place in range(6):
        people[f"s{place}"] = dict(straight)
    found = vary(make_survey(people), framework)
    assert found["no_straight_liners"].people == 30
    assert found["no_straight_liners"].estimate == pytest.approx(rest["as_scored"].estimate)
    del people["s0"], people["s1"]
    assert "no_straight_liners" not in vary(make_survey(people), framework)
    assert "no_straight_liners" not in rest


def test_those_who_were_asked_and_said_nothing_could_move_it_so_far(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    found = vary(make_survey(give_profile(framework, {})), framework, asked=80)
    assert found["as_scored"].estimate == pytest.approx(60)
    assert found["silent_25"].estimate == pytest.approx((20 * 60 + 60 * 25) / 80)
    assert found["silent_75"].estimate == pytest.approx((20 * 60 + 60 * 75) / 80)
    own = found["as_scored"]
    for name in ("silent_25", "silent_75"):
        width = found[name].high - found[name].low
        assert width == pytest.approx(own.high - own.low, abs=0.5), "supposed answers make nobody surer"
    assert not {"silent_25", "silent_75"} & set(vary(make_survey(give_profile(framework, {})), framework, asked=20))


def test_there_is_no_other_convention_for_what_has_no_score(framework: Framework, make_survey: MakeSurvey) -> None:
    few = make_survey(draw_people(framework, 9))
    assert list(vary(few, framework)) == ["score"]
    enough = make_survey(draw_people(framework, 30))
    withheld = {"Transport": Limit(withheld="No parent took part, so there is no score.")}
    assert list(vary(enough, framework, limits=withheld)) == ["score"]


def test_facts_that_limit_a_score_are_left_aside(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(give_profile(framework, {}))
    found = vary(survey, framework, limits={"Transport": Limit(score_max=49.0)})
    assert found["score"].estimate == 49
    assert found["as_scored"].estimate == pytest.approx(60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1), st.integers(10, 25))
def test_every_range_holds_its_estimate_and_slack_only_lifts(
    framework: Framework, make_survey: MakeSurvey, seed: int, count: int
) -> None:
    lots = np.random.default_rng(seed)
    people = {f"p{place}": {item.id: float(lots.choice(PLACES)) for item in framework.items} for place in range(count)}
    survey = make_survey(people)
    found = vary(survey, framework)
    assert all(0 <= each.low <= each.estimate <= each.high <= 100 for each in found.values())
    score = found["as_scored"]
    assert found.get("slack_10", score).estimate <= score.estimate <= found.get("slack_20", score).estimate
    shuffled = replace(survey, ratings=survey.ratings.sample(frac=1, random_state=1).reset_index(drop=True))
    assert vary(shuffled, framework) == found
