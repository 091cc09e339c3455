"""How people ticked: what bends the scores is found, what does not is left alone, and few people are never told of."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.findings import Habits, Quality, Scored
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import AnchorValue, Answer, Mention, RungChance, rows, table
from coprod_cli.scoring import gather_evidence, score_projects
from coprod_cli.scoring.ticks import Ticks, gather_ticks

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
PLACES = (0.0, 25.0, 50.0, 75.0, 100.0)


def score(survey: Survey, framework: Framework, audience: str = "public") -> Scored:
    heard = gather_evidence(survey, table([], Mention), framework, (), ())
    return score_projects(survey, heard, framework, framework.thresholds_for(audience), seed=7)


def judge(survey: Survey, framework: Framework, audience: str = "public") -> Quality:
    return score(survey, framework, audience).quality


def tick(framework: Framework, raw: dict[str, float]) -> dict[str, float]:
    """Scores of steps as they were ticked: reversed items turned round."""
    directions = {item.id: item.direction for item in framework.items}
    return {name: place if directions[name] > 0 else 100 - place for name, place in raw.items()}


def draw_people(framework: Framework, count: int, lean: float = 0.0, prefix: str = "p") -> dict[str, dict[str, float]]:
    """People with a level of their own, who tick near it; `lean` steps to yes on every item, reversed or not."""
    lots = np.random.default_rng(11)
    found = {}
    for place in range(count):
        level = lots.uniform(1, 3)
        raw = {}
        for item in framework.items:
            true = level if item.direction > 0 else 4 - level
            raw[item.id] = 25.0 * float(np.clip(round(true + lean + lots.normal(0, 0.7)), 0, 4))
        found[f"{prefix}{place:03d}"] = tick(framework, raw)
    return found


def find_habits(survey: Survey, framework: Framework, role: str = "parent") -> Habits:
    return next(each for each in judge(survey, framework).habits if each.role == role)


def take_ticks(survey: Survey, framework: Framework) -> Ticks:
    return gather_ticks(survey, gather_evidence(survey, table([], Mention), framework, (), ()), framework)


def test_alpha_needs_as_many_people_as_the_framework_says(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(framework, 50)
    alphas = judge(make_survey(people), framework).alphas
    assert [each.dimension for each in alphas] == [each.id for each in framework.dimensions]
    assert all((each.people, each.items, len(each.item_rest)) == (50, 3, 3) for each in alphas)
    assert all(rest.low < rest.r < rest.high for each in alphas for rest in each.item_rest)
    assert all(each.low <= each.alpha <= each.high and 0.4 < each.alpha < 1 for each in alphas)
    del people["p000"]["power_2"]
    assert "power" not in {each.dimension for each in judge(make_survey(people), framework).alphas}


def test_the_short_form_with_one_item_a_dimension_has_no_alpha(framework: Framework, make_survey: MakeSurvey) -> None:
    quick = {item.id for item in framework.items if item.quick}
    people = {
        name: {item: value for item, value in said.items() if item in quick}
        for name, said in draw_people(framework, 60).items()
    }
    quality = judge(make_survey(people), framework)
    assert not quality.alphas
    assert quality.correlations
    assert quality.habits[0].straight_liners == -1
    assert isnan(quality.habits[0].acquiescence)


def test_roles_are_never_mixed(framework: Framework, make_survey: MakeSurvey) -> None:
    parents, staff = draw_people(framework, 60), draw_people(framework, 55, prefix="staff")
    both = judge(make_survey(parents | staff), framework)
    alone = judge(make_survey(parents), framework)
    assert tuple(each for each in both.alphas if each.role == "parent") == alone.alphas
    assert {each.role for each in both.alphas} == {"parent", "practitioner"}
    assert tuple(each for each in both.habits if each.role == "parent") == alone.habits


def test_everybody_who_ticks_alike_throughout_is_found(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(framework, 20)
    everything = [item.id for item in framework.items]
    for place in range(3):
        people[f"s{place}"] = tick(framework, dict.fromkeys(everything, PLACES[place + 2]))
    # Not one of them: the same score throughout, which takes opposite ticks; and five ticks only.
    people["t1"] = dict.fromkeys(everything, 75.0)
    people["t2"] = tick(framework, dict.fromkeys(everything[:5], 75.0))
    survey = make_survey(people)
    assert find_habits(survey, framework).straight_liners == 3
    ticks = take_ticks(survey, framework)
    named = [name for name, straight in zip(sorted(people), ticks.find_straight(), strict=True) if straight]
    assert named == ["s0", "s1", "s2"]


def test_a_lean_to_yes_shows_in_the_index_and_an_even_hand_does_not(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    even = find_habits(make_survey(draw_people(framework, 80)), framework)
    leaning = find_habits(make_survey(draw_people(framework, 80, lean=0.6)), framework)
    assert even.acquiescence_low < 50 < even.acquiescence_high
    assert even.acquiescence == pytest.approx(50, abs=1.5)
    assert leaning.acquiescence_low > 55
    assert leaning.acquiescence_people == leaning.people == 80


def test_the_index_of_one_person_by_hand(framework: Framework, make_survey: MakeSurvey) -> None:
    # start: forward 100 and 50, reversed ticked 25: (75 + 25) / 2 = 50. power: forward 100, reversed ticked 100: 100.
    raw = {"start_1": 100.0, "start_2": 50.0, "start_3": 25.0, "power_1": 100.0, "power_3": 100.0, "heard_1": 0.0}
    ticks = take_ticks(make_survey({"p1": tick(framework, raw)}), framework)
    assert ticks.find_lean() == pytest.approx([75.0])
    # Balanced: start (75 + 75) / 2, power (100 + 0) / 2, heard has forward items only.
    assert ticks.balance()[0, :3] == pytest.approx([75.0, 50.0, 0.0])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PLACES), min_size=24, max_size=24))
def test_a_mirrored_answer_mirrors_the_index(framework: Framework, make_survey: MakeSurvey, steps: list[float]) -> None:
    raw = dict(zip([item.id for item in framework.items], steps, strict=True))
    mirrored = {name: 100 - step for name, step in raw.items()}
    ticks = take_ticks(make_survey({"a": tick(framework, raw), "b": tick(framework, mirrored)}), framework)
    lean = ticks.find_lean()
    assert 0 <= lean[0] <= 100
    assert lean[0] + lean[1] == pytest.approx(100)
    assert ticks.find_straight().tolist() == [len(set(steps)) == 1] * 2


def test_those_who_comment_are_set_against_everybody(framework: Framework, make_survey: MakeSurvey) -> None:
    low, high = dict.fromkeys(("power_1", "heard_1"), 25.0), dict.fromkeys(("power_1", "heard_1"), 75.0)
    people = {f"p{place:02d}": low if place < 12 else high for place in range(36)}
    answers = table([Answer(f"p{place:02d}", "q", "We waited.", "We waited.") for place in range(12)], Answer)
    found = find_habits(replace(make_survey(people), answers=answers), framework)
    # Commenters 25; everybody (12 * 25 + 24 * 75) / 36 = 58.33.
    assert found.tilt == pytest.approx(25 - 700 / 12)
    assert found.tilt_low < found.tilt < found.tilt_high < 0
    assert (found.people, found.commenters) == (36, 12)
    nobody = find_habits(make_survey(people), framework)
    assert nobody.commenters == 0
    assert isnan(nobody.tilt)


def test_nothing_is_said_of_the_habits_of_few(framework: Framework, make_survey: MakeSurvey) -> None:
    quality = judge(make_survey(draw_people(framework, 9)), framework)
    assert quality == Quality()


def test_questions_that_many_cannot_answer_stand_out(framework: Framework, make_survey: MakeSurvey) -> None:
    people = draw_people(framework, 40)
    for place, said in enumerate(people.values()):
        if place < 9:
            said["power_2"] = np.nan
        if place == 39:
            del said["power_2"], said["heard_1"]
    found = {each.item: each for each in judge(make_survey(people), framework).unanswered}
    assert found["power_2"].unknown == pytest.approx(9 / 40)
    assert found["power_2"].left == pytest.approx(1 / 40)
    assert found["power_2"].much
    assert found["heard_1"].left == pytest.approx(1 / 40)
    assert (found["heard_1"].people, found["heard_1"].unknown, found["heard_1"].much) == (40, 0.0, False)
    assert find_habits(make_survey(people), framework).missing == pytest.approx(11 / (40 * 24))


def test_nobody_of_few_people_who_left_anything_out_is_no_certainty(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    few, many = (find_habits(make_survey(draw_people(framework, count)), framework) for count in (12, 80))
    assert few.missing == many.missing == few.missing_low == many.missing_low == 0
    # Wilson's upper end of 0 of 12 is 0.24.
    assert 0.15 < few.missing_high < 0.35
    assert 0 < many.missing_high < few.missing_high


def test_each_person_counts_once_however_many_projects_were_spoken_of(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    people = draw_people(framework, 30)
    again = {f"{name}@Buses": dict(people[name]) for name in sorted(people)[:12]}
    once, twice = find_habits(make_survey(people), framework), find_habits(make_survey(people | again), framework)
    assert twice.people == once.people == 30
    assert twice.acquiescence == pytest.approx(once.acquiescence), "who spoke twice weighs no more"
    # Six people left a question empty of both projects; two do not know it of one, and answered it of the other.
    for place, name in enumerate(sorted(people)[:8]):
        if place < 6:
            del people[name]["power_2"], again[f"{name}@Buses"]["power_2"]
        else:
            again[f"{name}@Buses"]["power_2"] = np.nan
    judged = judge(make_survey(people | again), framework)
    gap = {each.item: each for each in judged.unanswered}["power_2"]
    assert (gap.people, gap.unknown) == (30, 0.0)
    assert gap.left == pytest.approx(6 / 30)
    habit = judged.habits[0]
    # Of 24 questions, six people left one in each form, and two people one in one form of two.
    assert habit.missing == pytest.approx((6 / 24 + 2 / 48) / 30)
    assert habit.missing_low < habit.missing < habit.missing_high


def test_a_question_that_a_group_was_never_asked_is_not_missing(framework: Framework, make_survey: MakeSurvey) -> None:
    asked = draw_people(framework, 25)
    spared = {f"{name}@Buses": {"power_1": 50.0, "heard_1": 25.0} for name in draw_people(framework, 25, prefix="q")}
    found = judge(make_survey(asked | spared), framework)
    assert found.habits[0].missing == 0
    assert {each.item: each.people for each in found.unanswered}["power_2"] == 25
    assert {each.item: each.people for each in found.unanswered}["power_1"] == 50


def put_on_ladder(survey: Survey, rungs: list[int]) -> Survey:
    places = zip(survey.responses["response"], rungs, strict=True)
    return replace(
        survey, anchors=table([AnchorValue(form, "anchor_ladder", float(rung)) for form, rung in places], AnchorValue)
    )


def test_what_people_say_of_the_whole_is_set_beside_their_scores(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(draw_people(framework, 40))
    overall = survey.ratings.groupby("response")["score"].mean()
    marks = [AnchorValue(str(form), "anchor_overall", float(10 * (value // 10))) for form, value in overall.items()]
    found = judge(replace(survey, anchors=table(marks, AnchorValue)), framework).correlations
    mark = [each for each in found if each.second == "anchor_overall"]
    assert [(each.role, each.first, each.people) for each in mark] == [("parent", "overall", 40)]
    assert 0.8 < mark[0].low < mark[0].r < mark[0].high <= 1


def test_the_rungs_people_chose_are_told_but_never_those_of_few(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(draw_people(framework, 40))
    told = put_on_ladder(survey, [1] * 12 + [2] * 10 + [3] * 16 + [4] * 2)
    said = [each.said for each in rows(score(told, framework).rungs, RungChance)]
    # Two people chose rung 4; told by itself, and so by subtraction, is neither it nor the least chosen of the others.
    assert said == pytest.approx([0, 12 / 40, np.nan, 16 / 40, np.nan, 0], nan_ok=True)
    assert set(score(told, framework).rungs["said_people"]) == {40}
    every = [each.said for each in rows(score(told, framework, "raw").rungs, RungChance)]
    assert every == pytest.approx([0, 12 / 40, 10 / 40, 16 / 40, 2 / 40, 0])


def test_fewer_than_a_percentage_needs_are_not_told(framework: Framework, make_survey: MakeSurvey) -> None:
    told = put_on_ladder(make_survey(draw_people(framework, 19)), [1] * 10 + [2] * 9)
    rungs = score(told, framework).rungs
    assert rungs["said"].isna().all()
    assert set(rungs["said_people"]) == {-1}


def test_the_base_of_what_people_chose_is_not_that_of_the_axis(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey(draw_people(framework, 40))
    some = survey.responses.head(24)["response"]
    chosen = table([AnchorValue(form, "anchor_ladder", 1.0 + (at % 2)) for at, form in enumerate(some)], AnchorValue)
    rungs = score(replace(survey, anchors=chosen), framework).rungs
    assert (set(rungs["people"]), set(rungs["said_people"])) == ({40}, {24})
    assert rungs["said"].sum() == pytest.approx(1)


def test_neither_order_of_rows_nor_people_who_do_not_count_change_anything(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = put_on_ladder(make_survey(draw_people(framework, 55)), [1, 2, 3, 4, 5] * 11)
    expected = judge(survey, framework)
    shuffled = replace(
        survey,
        responses=survey.responses.sample(frac=1, random_state=1).reset_index(drop=True),
        ratings=survey.ratings.sample(frac=1, random_state=2).reset_index(drop=True),
        anchors=survey.anchors.sample(frac=1, random_state=3).reset_index(drop=True),
    )
    assert judge(shuffled, framework) == expected
    mute = make_survey({"zz": dict.fromkeys([item.id for item in framework.items], 100.0)})
    more = replace(
        survey,
        responses=pd.concat([survey.responses, mute.responses.assign(weight=0.0)], ignore_index=True),
        ratings=pd.concat([survey.ratings, mute.ratings], ignore_index=True),
    )
    assert judge(more, framework) == expected


@pytest.mark.parametrize("heavy", [5.0, 100_000.0, 1e12])
def test_habits_of_one_person_who_outweighs_all_others_are_not_told(
    framework: Framework, make_survey: MakeSurvey, heavy: float
) -> None:
    people = draw_people(framework, 12)
    people["p000"] = tick(framework, dict.fromkeys((item.id for item in framework.items), 100.0))
    survey = make_survey(people)
    answers = table([Answer(name, "q", "We waited.", "We waited.") for name in sorted(people)[1:]], Answer)
    weights = [heavy if name == "p000" else 1.0 for name in survey.responses["person"]]
    weighed = replace(survey, answers=answers, responses=survey.responses.assign(weight=weights))
    found = find_habits(weighed, framework)
    assert all(isnan(each) for each in (found.acquiescence, found.acquiescence_low, found.acquiescence_high))
    assert all(isnan(each) for each in (found.tilt, found.tilt_low, found.tilt_high)), "everybody is that one person"
    assert found.missing == 0, "what was not answered is not weighted"


@pytest.mark.no_cover
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([0.01, 0.5, 1.0, 3.0, 50.0, 1e6]), min_size=12, max_size=12), st.integers(0, 12))
def test_ranges_of_habits_stay_where_these_can_be(
    framework: Framework, make_survey: MakeSurvey, weights: list[float], commenters: int
) -> None:
    people = draw_people(framework, 12, lean=2.5)
    survey = make_survey(people)
    answers = table([Answer(name, "q", "We waited.", "We waited.") for name in sorted(people)[:commenters]], Answer)
    weighed = replace(survey, answers=answers, responses=survey.responses.assign(weight=weights))
    for audience in ("public", "restricted", "raw"):
        (found,) = judge(weighed, framework, audience).habits
        if not isnan(found.acquiescence):
            assert 0 <= found.acquiescence_low <= found.acquiescence <= found.acquiescence_high <= 100
        if not isnan(found.tilt):
            assert -100 <= found.tilt_low <= found.tilt <= found.tilt_high <= 100
        assert 0 <= found.missing_low <= found.missing <= found.missing_high <= 1
