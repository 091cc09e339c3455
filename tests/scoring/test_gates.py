"""Conditions on chances: understood or blamed, judged on draws after limits, never on red flags."""

from collections.abc import Callable
from math import isnan

import numpy as np
import pytest

from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework
from coprod_cli.model.gates import GateResult
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Mention, table
from coprod_cli.scoring import Limit, gather_evidence, read_gate, score_projects

QUICK = ("start_1", "power_1", "heard_1", "influence_1", "trust_1", "purpose_1", "inclusive_1", "sustain_1")
MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]


def judge(survey: Survey, framework: Framework, text: str, limit: Limit | None = None) -> tuple[GateResult, ...]:
    heard = gather_evidence(survey, table([], Mention), framework, (), ())
    limits = {"Transport": limit} if limit else {}
    gates = (read_gate(text, framework),)
    return score_projects(
        survey, heard, framework, framework.thresholds_for("public"), 7, limits=limits, gates=gates
    ).gates


@pytest.fixture
def low(make_survey: MakeSurvey) -> Survey:
    lots = np.random.default_rng(5)
    return make_survey({f"p{n:02d}": {item: float(lots.choice([0, 25, 50])) for item in QUICK} for n in range(30)})


@pytest.mark.parametrize(
    "text",
    ["overall < 40", "P(overall) < 0.9", "P(overall < 40) < 1.5", "P(kindness < 40) < 0.9", "P(RF12 > 0) < 0.5", ""],
)
def test_what_is_no_condition_is_blamed_with_a_way_out(framework: Framework, text: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_gate(text, framework)
    assert raised.value.hint


def test_red_flags_are_never_a_condition(framework: Framework) -> None:
    with pytest.raises(UsageError, match="red flag"):
        read_gate("P(rf13 > 0) < 0.5", framework)


def test_a_low_project_fails_and_meets_what_it_should(framework: Framework, low: Survey) -> None:
    (failed,) = judge(low, framework, "P( overall<40 ) < 0.9")
    assert failed.met is False
    assert failed.chance > 0.9
    (met,) = judge(low, framework, "P(power > 75) <= 0.1")
    assert met.met is True
    (rung,) = judge(low, framework, "P(rung <= 2) > 0.5")
    assert rung.met is True


def test_limits_hold_for_conditions_too(framework: Framework, make_survey: MakeSurvey) -> None:
    survey = make_survey({f"p{n:02d}": dict.fromkeys(QUICK, 100.0) for n in range(30)})
    (free,) = judge(survey, framework, "P(overall > 50) > 0.5")
    (held,) = judge(survey, framework, "P(overall > 50) > 0.5", Limit(score_max=49, rung_max=2))
    (rung,) = judge(survey, framework, "P(rung > 2) > 0.5", Limit(score_max=49, rung_max=2))
    assert (free.met, held.met, rung.met) == (True, False, False)


def test_comments_alone_decide_nothing(
    framework: Framework, make_survey: MakeSurvey, make_mention: Callable[..., Mention]
) -> None:
    people: dict[str, dict[str, float]] = {f"p{place:02d}": {} for place in range(40)}
    said = table([make_mention(name, "trust", "negative") for name in people], Mention)
    survey, themes = make_survey(people), [each.id for each in framework.themes]
    heard = gather_evidence(survey, said, framework, themes, themes)
    for text in ("P(overall < 40) < 0.9", "P(trust < 40) < 0.9"):
        gates = (read_gate(text, framework),)
        scored = score_projects(survey, heard, framework, framework.thresholds_for("public"), 7, gates=gates)
        assert set(scored.scores.loc[scored.scores["reportable"], "basis"]) == {"comments"}
        (result,) = scored.gates
        assert result.met is None
        assert isnan(result.chance)


def test_without_a_score_nothing_is_decided(framework: Framework, make_survey: MakeSurvey) -> None:
    few = make_survey({f"p{n}": dict.fromkeys(QUICK, 100.0) for n in range(4)})
    (result,) = judge(few, framework, "P(overall < 40) < 0.9")
    assert result.met is None
    assert isnan(result.chance)
