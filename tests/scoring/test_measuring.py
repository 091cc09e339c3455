"""Measuring one group: closed groups, spread that few people do not show, and what must change nothing."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, table
from coprod_cli.scoring import gather_evidence
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import Measured, Spoken, combine_measured, measure_group

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
Measure = Callable[..., dict[str, Measured]]
NAMES = ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")
QUICK = tuple(f"{name}_1" for name in NAMES)


def draw_people(count: int, seed: int = 3) -> dict[str, dict[str, float]]:
    lots = np.random.default_rng(seed)
    return {f"p{place:03d}": {item: float(lots.choice([25.0, 50.0, 75.0])) for item in QUICK} for place in range(count)}


@pytest.fixture
def listen(framework: Framework, make_survey: MakeSurvey) -> Callable[..., Spoken]:
    def take(people: dict[str, dict[str, float]]) -> Spoken:
        heard = gather_evidence(make_survey(people), table([], Mention), framework, [], [])
        return Spoken(next(heard.groups()), heard.dimensions, 5)

    return take


@pytest.fixture
def measure(framework: Framework, listen: Callable[..., Spoken]) -> Measure:
    def take(people: dict[str, dict[str, float]], population: int = 0) -> dict[str, Measured]:
        return measure_group(listen(people), framework, framework.thresholds_for("raw"), 7, population)

    return take


def find_width(found: Measured) -> float:
    low, high = find_range(found.widened, found.estimate, 0.95)
    return high - low


def test_when_everybody_of_a_closed_group_answered_there_is_nothing_left_to_doubt(measure: Measure) -> None:
    low = {name: dict.fromkeys(QUICK[:4], 25.0) | dict.fromkeys(QUICK[4:], 100.0) for name in draw_people(6)}
    for people in (draw_people(12), low | draw_people(12)):
        for found in measure(people, population=len(people)).values():
            assert find_width(found) == pytest.approx(0, abs=1e-9)
            np.testing.assert_allclose(found.widened, found.estimate)


def test_a_closed_group_narrows_ranges_by_the_finite_population_factor(measure: Measure) -> None:
    people = draw_people(9)
    of_all, of_twelve = measure(people), measure(people, population=12)
    for name in NAMES:
        assert of_twelve[name].estimate == of_all[name].estimate
        # A little less than the factor, as ranges of few people bend at the ends of the scale.
        assert find_width(of_twelve[name]) == pytest.approx(find_width(of_all[name]) * np.sqrt(3 / 11), rel=0.12)
    assert find_width(of_twelve[OVERALL]) < 0.7 * find_width(of_all[OVERALL])


def test_the_middle_of_plausible_scores_is_the_score(measure: Measure) -> None:
    found = measure(draw_people(10))
    for name in (*NAMES, OVERALL):
        assert float(np.median(found[name].widened)) == pytest.approx(found[name].estimate, abs=1.5)


def test_like_minded_people_leave_doubt_that_dimensions_share_for_the_most_part(measure: Measure) -> None:
    found = measure({f"p{place}": dict.fromkeys(QUICK, 50.0) for place in range(10)})
    assert find_width(found["power"]) == pytest.approx(2 * 2.16 * 24 * np.sqrt(4 / 13 / 10), rel=0.06)
    together = float(np.corrcoef(found["power"].widened, found["trust"].widened)[0, 1])
    assert together == pytest.approx(0.8, abs=0.05)
    assert find_width(found[OVERALL]) < find_width(found["power"])


def test_who_stands_far_off_may_be_missing_so_ranges_reach_towards_the_middle(measure: Measure) -> None:
    people = {f"p{place}": dict.fromkeys(QUICK, 0.0 if place else 25.0) for place in range(10)}
    for found in measure(people).values():
        low, high = find_range(found.widened, found.estimate, 0.95)
        assert high - found.estimate > 3 * (found.estimate - low)


def test_people_of_one_mind_at_an_end_may_lack_those_who_are_not(measure: Measure) -> None:
    top = measure({f"p{place}": dict.fromkeys(QUICK, 100.0) for place in range(10)})["power"]
    low, high = find_range(top.widened, top.estimate, 0.95)
    assert high == 100
    # Clopper and Pearson's 95 % range for 10 of 10 is 69 to 100.
    assert 69 < low < 80


def test_answers_turned_round_turn_the_score_round_and_keep_its_range(measure: Measure) -> None:
    people = draw_people(40)
    turned = {name: {item: 100 - value for item, value in said.items()} for name, said in people.items()}
    ours, theirs = measure(people), measure(turned)
    for name in NAMES:
        assert theirs[name].estimate == pytest.approx(100 - ours[name].estimate)
        assert find_width(theirs[name]) == pytest.approx(find_width(ours[name]), rel=0.05)


def test_a_person_without_an_answer_changes_nothing(measure: Measure) -> None:
    people = draw_people(12)
    alone, joined = measure(people), measure(people | {"silent": {}})
    for name, found in alone.items():
        np.testing.assert_array_equal(joined[name].widened, found.widened)
        assert (joined[name].estimate, joined[name].people) == (found.estimate, 12)


def test_a_change_of_weights_is_had_from_what_was_measured(
    framework: Framework, listen: Callable[..., Spoken], measure: Measure
) -> None:
    people = draw_people(15)
    found = {name: each for name, each in measure(people).items() if name != OVERALL}
    equal = replace(framework, dimensions=tuple(replace(each, weight=1 / 8) for each in framework.dimensions))
    overall = combine_measured(found, listen(people), equal)
    assert overall.estimate == pytest.approx(np.mean([each.estimate for each in found.values()]))
    same = combine_measured(found, listen(people), framework)
    np.testing.assert_array_equal(same.widened, measure(people)[OVERALL].widened)
