"""Weights match a population's shares, stay within bounds, and depend on nothing but what people answered."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_cli.model.framework import Framework
from coprod_cli.model.population import Margin, Targets
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import MarginValue, Rating, Response, table
from coprod_cli.scoring.raking import NOWHERE, hold_weights, rake, rake_weights

AGE = Margin("age", (("young", 0.6), ("old", 0.4)))
PLACE = Margin("place", (("town", 0.5), ("coast", 0.3), ("hills", 0.2)))
TARGETS = Targets("parent", (AGE, PLACE))


def rake_naively(
    base: list[float], answers: list[dict[str, str]], targets: dict[str, dict[str, float]], rounds: int = 4000
) -> list[float]:
    """Deming and Stephan's recipe, person by person, as written; who did not answer is left as they are."""
    weights = list(base)
    for _ in range(rounds):
        for margin, shares in targets.items():
            known = [place for place, said in enumerate(answers) if margin in said]
            whole = sum(weights[place] for place in known)
            for word, share in shares.items():
                those = [place for place in known if answers[place][margin] == word]
                now = sum(weights[place] for place in those)
                for place in those:
                    weights[place] *= share * whole / now
    mean = sum(weights) / len(weights)
    return [weight / mean for weight in weights]


def draw_answers(count: int, seed: int, missing: float = 0.15) -> list[dict[str, str]]:
    lots = np.random.default_rng(seed)
    told = [
        {
            each.name: str(lots.choice([word for word, _ in each.shares]))
            for each in TARGETS.margins
            if lots.random() > missing
        }
        for _ in range(count)
    ]
    # Everything is there at least once, whatever is drawn.
    every = [{"age": age, "place": place} for age, _ in AGE.shares for place, _ in PLACE.shares]
    return [*every, *told]


def place_answers(answers: list[dict[str, str]]) -> list[npt.NDArray[np.int64]]:
    numbers = [{word: number for number, (word, _) in enumerate(each.shares)} for each in TARGETS.margins]
    return [
        np.array([known.get(said.get(each.name, ""), NOWHERE) for said in answers])
        for each, known in zip(TARGETS.margins, numbers, strict=True)
    ]


def make_survey(answers: list[dict[str, str]], weights: list[float] | None = None, wave: str = "") -> Survey:
    forms = [
        Response(f"r{place:03d}{wave}", f"p{place:03d}", "parent", "Transport", wave, consent=True, weight=weight)
        for place, weight in enumerate(weights or [1.0] * len(answers))
    ]
    margins = [
        MarginValue(form.response, margin, word)
        for form, said in zip(forms, answers, strict=True)
        for margin, word in said.items()
    ]
    return Survey(
        responses=table(forms, Response),
        answers=pd.DataFrame(),
        ratings=table([], Rating),
        questions=(),
        sources=(),
        rows_read=len(forms),
        forms=len(forms),
        margins=table(margins, MarginValue),
    )


@pytest.mark.parametrize("seed", range(6))
def test_weights_are_those_of_an_independent_computation(seed: int) -> None:
    answers = draw_answers(60, seed)
    base = np.random.default_rng(seed + 100).uniform(0.5, 2.0, len(answers)).tolist()
    raked = rake(
        np.array(base),
        place_answers(answers),
        [np.array([share for _, share in each.shares]) for each in TARGETS.margins],
    )
    assert raked.converged
    naive = rake_naively(base, answers, {each.name: dict(each.shares) for each in TARGETS.margins})
    np.testing.assert_allclose(raked.weights, naive, rtol=1e-9)


def test_one_margin_is_plain_post_stratification() -> None:
    own = np.array([0, 0, 0, 1])
    raked = rake(np.ones(4), [own], [np.array([0.5, 0.5])])
    np.testing.assert_allclose(raked.weights, [2 / 3, 2 / 3, 2 / 3, 2.0])


def test_who_does_not_answer_keeps_the_weight_of_the_other_margins() -> None:
    age = np.array([0, 0, 1, 1, NOWHERE, NOWHERE])
    raked = rake(np.ones(6), [age], [np.array([0.75, 0.25])])
    np.testing.assert_allclose(raked.weights, [1.5, 1.5, 0.5, 0.5, 1, 1])


def test_the_surveys_own_weights_multiply(framework: Framework) -> None:
    answers = [{"age": "young"}, {"age": "young"}, {"age": "old"}, {"age": "old"}]
    survey, [told] = rake_weights(make_survey(answers, [1, 2, 1, 1]), Targets("parent", (AGE,)), framework.scoring)
    np.testing.assert_allclose(survey.responses["weight"], [0.8, 1.6, 0.8, 0.8])
    assert (told.people, told.trimmed, told.converged) == (4, 0, True)
    assert told.effective == pytest.approx(16 / (3 * 0.64 + 2.56))
    assert told.furthest == pytest.approx(0)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(1e-3, 1e3), min_size=2, max_size=40))
def test_held_weights_are_within_the_bounds_and_have_mean_one(weights: list[float]) -> None:
    held = hold_weights(np.array(weights), 0.3, 3.0)
    assert 0.3 <= held.min() <= held.max() <= 3
    assert held.mean() == pytest.approx(1, abs=1e-9)
    order = np.argsort(weights, kind="stable")
    assert (np.diff(held[order]) >= -1e-12).all()


def test_weights_within_the_bounds_are_left_as_they_are() -> None:
    weights = np.array([0.5, 1.0, 1.5])
    np.testing.assert_allclose(hold_weights(weights, 0.3, 3), weights, rtol=1e-12)


def test_a_few_can_never_speak_for_many_and_how_far_off_that_is_is_told(framework: Framework) -> None:
    answers = [{"age": "young"}] * 49 + [{"age": "old"}]
    survey, [told] = rake_weights(make_survey(answers), Targets("parent", (AGE,)), framework.scoring)
    assert survey.responses["weight"].max() == framework.scoring.most_weight == told.largest
    assert told.trimmed == 1
    assert told.furthest == pytest.approx(0.4 - 3 / 50, abs=1e-6)
    assert 40 < told.effective < 50


def test_margins_that_contradict_each_other_are_told(framework: Framework) -> None:
    size = Margin("size", (("young", 0.9), ("old", 0.1)))
    answers = [{"age": word, "size": word} for word in ("young", "old") * 10]
    _, [told] = rake_weights(make_survey(answers), Targets("parent", (AGE, size)), framework.scoring)
    assert not told.converged
    assert told.furthest > 0.1


def test_the_order_of_rows_changes_no_bit(framework: Framework) -> None:
    answers = draw_answers(80, 3)
    survey = make_survey(answers, np.random.default_rng(5).uniform(0.3, 3, len(answers)).tolist())
    forwards, told = rake_weights(survey, TARGETS, framework.scoring)
    lots = np.random.default_rng(1)
    mixed = replace(
        survey,
        responses=survey.responses.iloc[lots.permutation(len(survey.responses))],
        margins=survey.margins.iloc[lots.permutation(len(survey.margins))],
    )
    backwards, again = rake_weights(mixed, TARGETS, framework.scoring)
    assert told == again
    first, second = (each.responses.set_index("response")["weight"] for each in (forwards, backwards))
    pd.testing.assert_series_equal(first.sort_index(), second.sort_index(), check_exact=True)


def test_each_round_is_weighted_by_itself_and_other_roles_are_left_alone(framework: Framework) -> None:
    first, second = make_survey(draw_answers(20, 1), wave="2024"), make_survey(draw_answers(30, 2), wave="2025")
    alone, [told] = rake_weights(second, TARGETS, framework.scoring)
    staff = table([Response("s1", "p000", "practitioner", "Transport", "2025", consent=True, weight=1.7)], Response)
    both = replace(
        second,
        responses=pd.concat([first.responses, second.responses, staff], ignore_index=True),
        margins=pd.concat([first.margins, second.margins], ignore_index=True),
    )
    survey, rounds = rake_weights(both, TARGETS, framework.scoring)
    assert [each.wave for each in rounds] == ["2024", "2025"]
    assert rounds[1] == told
    weights = survey.responses.set_index("response")["weight"]
    assert weights["s1"] == 1.7
    pd.testing.assert_series_equal(
        weights[alone.responses["response"]], alone.responses.set_index("response")["weight"]
    )


def test_a_person_with_two_forms_is_one_person_and_the_commoner_answer_counts(framework: Framework) -> None:
    survey = make_survey([{"age": "young"}, {"age": "old"}, {"age": "old"}, {"age": "old"}])
    people = survey.responses.assign(person=["a", "a", "a", "b"], project=["x", "y", "z", "x"])
    more = table([Response("r9", "c", "parent", "x", "", consent=True, weight=1.0)], Response)
    margins = pd.concat([survey.margins, table([MarginValue("r9", "age", "young")], MarginValue)], ignore_index=True)
    survey = replace(survey, responses=pd.concat([people, more], ignore_index=True), margins=margins)
    raked, [told] = rake_weights(survey, Targets("parent", (AGE,)), framework.scoring)
    assert told.people == 3
    np.testing.assert_allclose(raked.responses["weight"], [0.6, 0.6, 0.6, 0.6, 1.8])


def test_who_has_no_weight_is_not_weighted_up(framework: Framework) -> None:
    answers = [{"age": "young"}, {"age": "young"}, {"age": "old"}, {"age": "old"}]
    survey, [told] = rake_weights(make_survey(answers, [0, 1, 1, 1]), Targets("parent", (AGE,)), framework.scoring)
    assert survey.responses["weight"][0] == 0
    assert told.people == 3


def test_without_targets_nothing_is_weighted(framework: Framework) -> None:
    survey = make_survey(draw_answers(5, 1))
    assert rake_weights(survey, None, framework.scoring) == (survey, ())
