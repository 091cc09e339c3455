"""A closed group's size narrows its ranges, and only its; a size that cannot be right is not used."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest

from coprod_cli.model.findings import Scored
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import ProjectFacts
from coprod_cli.model.population import ClosedGroup
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Mention, Score, rows, table
from coprod_cli.scoring import gather_evidence, score_projects

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]


@pytest.fixture
def survey(make_survey: MakeSurvey) -> Survey:
    """Twelve parents and twelve practitioners of one project."""
    lots = np.random.default_rng(2)
    names = [*(f"p{number:02d}" for number in range(12)), *(f"staff{number:02d}" for number in range(12))]
    return make_survey({name: {"power_1": float(lots.choice((25, 50, 75)))} for name in names})


def score(survey: Survey, framework: Framework, asked: int = 0) -> Scored:
    heard = gather_evidence(survey, table([], Mention), framework, (), ())
    facts = {"Transport": ProjectFacts("Transport", asked=(("parent", asked),))} if asked else None
    return score_projects(survey, heard, framework, framework.thresholds_for("public"), seed=7, facts=facts)


def find(scored: Scored, role: str) -> Score:
    return next(each for each in rows(scored.scores, Score) if (each.role, each.dimension) == (role, "power"))


def test_the_range_is_narrowed_by_the_finite_population_factor(survey: Survey, framework: Framework) -> None:
    usual, closed = find(score(survey, framework), "parent"), find(score(survey, framework, 16), "parent")
    assert closed.estimate == usual.estimate
    # Nearly: the ranges of few people bend towards the middle of the scale, the wider the more.
    factor = sqrt((16 - 12) / (16 - 1))
    assert closed.high - closed.low == pytest.approx((usual.high - usual.low) * factor, rel=0.1)


def test_where_fewer_than_half_answered_the_size_is_told_and_not_used(survey: Survey, framework: Framework) -> None:
    usual, half, thin = (find(score(survey, framework, asked), "parent") for asked in (0, 24, 25))
    assert (thin.low, thin.high) == (usual.low, usual.high)
    assert usual.low < half.low < half.high < usual.high
    assert score(survey, framework, 24).closed == (ClosedGroup("Transport", "parent", "", 24, used=True),)
    assert score(survey, framework, 25).closed == (ClosedGroup("Transport", "parent", "", 25, used=False, few=True),)


def test_where_all_answered_there_is_nothing_left_to_guess(survey: Survey, framework: Framework) -> None:
    closed = find(score(survey, framework, 12), "parent")
    assert closed.low == pytest.approx(closed.estimate) == pytest.approx(closed.high)


def test_other_roles_are_left_as_they_are(survey: Survey, framework: Framework) -> None:
    usual, beside = (find(score(survey, framework, asked), "practitioner") for asked in (0, 14))
    assert (usual.low, usual.high) == (beside.low, beside.high)


def test_more_answers_than_people_asked_are_told_and_the_size_is_not_used(survey: Survey, framework: Framework) -> None:
    scored = score(survey, framework, 11)
    assert scored.closed == (ClosedGroup("Transport", "parent", "", 11, used=False),)
    assert (find(scored, "parent").low, find(scored, "parent").high) == (
        find(score(survey, framework), "parent").low,
        find(score(survey, framework), "parent").high,
    )


def test_it_is_off_unless_somebody_says_how_many_were_asked(survey: Survey, framework: Framework) -> None:
    assert score(survey, framework).closed == ()
    assert score(survey, framework, 12).closed == (ClosedGroup("Transport", "parent", "", 12, used=True),)
