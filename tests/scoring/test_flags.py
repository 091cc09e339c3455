"""Flags from what is on paper: up when they should be, not one step short of it, and only verified facts limit."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.findings import Flag, Scored
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import FACT_ANSWERS, STATUSES, Fact, Governance, ProjectFacts
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, RungChance, Score, rows, table
from coprod_cli.scoring import Limit, gather_evidence, judge_facts, score_projects, settle_flags
from coprod_cli.scoring.flags import EARLY, count_months

QUICK = tuple(
    f"{name}_1" for name in ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")
)
OLD = ProjectFacts("Transport", started="2023-01-01", ended="2025-01-31", dates_status="verified")
AS_OF = "2026-03-01"
NOTES_ON_PAPER = {"RF06": "G06", "RF08": "G15", "RF10": "G09", "RF17": "G10", "RF18": "G07"}
LIMITS_ON_PAPER = {"RF03": ("G05", 62, 3), "RF04": ("G03", 62, 3), "RF05": ("G08", 74, 4)}
MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]


def judge(own: ProjectFacts, framework: Framework, as_of: str = AS_OF) -> tuple[dict[str, Limit], dict[str, Flag]]:
    governance = Governance((own,), as_of)
    limits, flags = judge_facts(governance, framework)
    settled = settle_flags(flags, governance, framework)
    assert len({each.id for each in settled}) == len(settled)
    return limits, {each.id: each for each in settled}


def state(name: str, answer: str = "no", status: str = "verified", own: ProjectFacts = OLD) -> ProjectFacts:
    return replace(own, facts=(*own.facts, Fact(name, answer, status)))


def test_a_project_of_which_nothing_is_known_has_no_flag(framework: Framework) -> None:
    assert judge(ProjectFacts("Transport"), framework) == ({}, {})
    assert judge_facts(Governance(), framework) == ({}, ())


def test_rf01_no_parent_among_those_who_made_it_takes_the_score_away_once_verified(framework: Framework) -> None:
    limits, flags = judge(replace(OLD, producers=0, producers_status="verified"), framework)
    assert flags["RF01"].effect == "withheld"
    assert limits["Transport"].rung_max == 0
    assert limits["Transport"].withheld.startswith("Withheld, because no parent or young person is named among")
    for status in ("claimed", "disputed"):
        limits, flags = judge(replace(OLD, producers=0, producers_status=status), framework)
        assert (flags["RF01"].effect, limits) == ("note", {})
    assert judge(replace(OLD, producers=1, producers_status="verified"), framework) == ({}, {})


def test_rf01_a_late_start_without_a_list_is_a_note_since_it_shows_nobodys_absence(framework: Framework) -> None:
    late = state("G01")
    assert "RF01" not in judge(late, framework)[1]
    limits, flags = judge(state("G17", own=late), framework)
    assert (flags["RF01"].effect, limits) == ("note", {})
    named = replace(state("G17", own=late), producers=2, producers_status="verified")
    assert "RF01" not in judge(named, framework)[1]


def test_rf02_a_decision_dated_before_parents_were_asked_limits_once_verified(framework: Framework) -> None:
    dated = replace(OLD, decided="2023-05-01", first_contact="2023-05-02")
    limits, flags = judge(dated, framework)
    assert (flags["RF02"].effect, limits["Transport"].score_max, limits["Transport"].rung_max) == ("limit", 49, 2)
    assert flags["RF02"].reason == (
        "It is verified that decisions were dated before parents were asked. So the overall score can be 49 at most "
        "and the rung can be “Consultation” at most."
    )
    for status in ("claimed", "disputed"):
        limits, flags = judge(replace(dated, dates_status=status), framework)
        assert (flags["RF02"].effect, limits) == ("note", {})
    assert "RF02" not in judge(replace(dated, first_contact="2023-05-01"), framework)[1]
    assert "RF02" not in judge(replace(dated, first_contact=""), framework)[1]


@pytest.mark.parametrize(("flag", "rule"), LIMITS_ON_PAPER.items())
def test_facts_that_are_verified_limit_and_others_are_notes(
    flag: str, rule: tuple[str, float, int], framework: Framework
) -> None:
    fact, score_max, rung_max = rule
    limits, flags = judge(state(fact), framework)
    assert (flags[flag].effect, list(flags)) == ("limit", [flag])
    assert limits["Transport"] == Limit(score_max, rung_max)
    for answer, status in (("no", "claimed"), ("no", "disputed"), ("yes", "disputed")):
        limits, flags = judge(state(fact, answer, status), framework)
        assert (flags[flag].effect, limits) == ("note", {})
        assert "only verified facts" in flags[flag].reason
        assert ("disputed whether" in flags[flag].reason) == (status == "disputed")
    for answer in ("yes", "partly", "not known"):
        assert judge(state(fact, answer), framework) == ({}, {})


@pytest.mark.parametrize(
    ("ended", "status", "effect"),
    [
        ("2025-09-01", "verified", "limit"),
        ("2025-09-02", "verified", "note"),
        ("", "verified", "note"),
        ("2025-01-31", "claimed", "note"),
    ],
)
def test_rf05_waits_six_months_after_the_end_of_the_work(
    ended: str, status: str, effect: str, framework: Framework
) -> None:
    own = state("G08", own=replace(OLD, ended=ended, dates_status=status))
    limits, flags = judge(own, framework)
    assert flags["RF05"].effect == effect
    assert bool(limits) == (effect == "limit")
    assert judge(own, framework, as_of="")[1]["RF05"].effect == "note"


@pytest.mark.parametrize(("flag", "fact"), NOTES_ON_PAPER.items())
def test_facts_that_are_notes_limit_nothing_even_when_verified(flag: str, fact: str, framework: Framework) -> None:
    for status in STATUSES:
        limits, flags = judge(state(fact, "no", status), framework)
        assert (list(flags), flags[flag].effect, limits) == ([flag], "note", {})
        assert flags[flag].escalate == (flag == "RF08")
    for answer in ("yes", "partly", "not known"):
        assert judge(state(fact, answer), framework) == ({}, {})


def test_rf19_an_independent_voice_that_is_missing_or_disputed(framework: Framework) -> None:
    for answer, status in (("no", "verified"), ("no", "claimed"), ("yes", "disputed"), ("partly", "disputed")):
        limits, flags = judge(state("G11", answer, status), framework)
        assert (flags["RF19"].effect, limits) == ("note", {})
    for status in ("verified", "claimed"):
        assert judge(state("G11", "yes", status), framework) == ({}, {})


def test_of_several_limits_the_lowest_counts(framework: Framework) -> None:
    own = replace(state("G03", own=state("G08")), decided="2023-01-01", first_contact="2024-01-01")
    limits, flags = judge(own, framework)
    assert list(flags) == ["RF02", "RF04", "RF05"]
    assert limits["Transport"] == Limit(49, 2)


def test_a_young_project_is_told_to_be_early_and_the_reply_stands_beside_its_flag(framework: Framework) -> None:
    young = replace(state("G10"), started="2025-09-02", replies=(("RF17", "Money is promised to March."),))
    flag = judge(young, framework)[1]["RF17"]
    assert flag.reason.endswith(EARLY)
    assert flag.reply == "Money is promised to March."
    older = judge(replace(young, started="2025-09-01", replies=()), framework)[1]["RF17"]
    assert EARLY not in older.reason
    assert older.reply == ""


def test_no_reason_holds_a_name_or_a_document(framework: Framework) -> None:
    facts = tuple(Fact(each.id, "no", "verified", "Ms Example", "minutes-of-board.pdf") for each in framework.facts)
    flags = judge(replace(OLD, facts=facts), framework)[1]
    assert len(flags) == 10
    assert not any("Example" in each.reason or "minutes" in each.reason for each in flags.values())


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-01-15", "2025-07-15", 6),
        ("2025-01-15", "2025-07-14", 5),
        ("2025-08-31", "2026-02-28", 6),
        ("2025-08-31", "2026-02-27", 5),
        ("2025-07-15", "2025-01-15", -6),
    ],
)
def test_months_are_counted_by_the_calendar(start: str, end: str, months: int) -> None:
    assert count_months(start, end) == months


def score(survey: Survey, framework: Framework, limits: dict[str, Limit]) -> Scored:
    themes = [each.id for each in framework.themes]
    heard = gather_evidence(survey, table([], Mention), framework, themes, themes)
    return score_projects(survey, heard, framework, framework.thresholds_for("public"), seed=7, limits=limits)


def draw_people(count: int, worst: int = 0) -> dict[str, dict[str, float]]:
    lots = np.random.default_rng(5)
    return {f"p{at:03d}": {item: float(lots.integers(worst, 5) * 25) for item in QUICK} for at in range(count)}


answers = st.lists(
    st.tuples(
        st.sampled_from([f"G{at:02d}" for at in range(1, 18)]), st.sampled_from(FACT_ANSWERS), st.sampled_from(STATUSES)
    ),
    max_size=6,
    unique_by=lambda each: each[0],
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers, st.integers(-1, 1), st.integers(0, 3))
def test_facts_never_raise_a_score_and_notes_never_change_one(
    framework: Framework, make_survey: MakeSurvey, told: list[tuple[str, str, str]], producers: int, worst: int
) -> None:
    own = replace(OLD, facts=tuple(Fact(*each) for each in told), producers=producers, producers_status="verified")
    limits, flags = judge_facts(Governance((own,), AS_OF), framework)
    survey = make_survey(draw_people(12, worst))
    free, held = score(survey, framework, {}), score(survey, framework, limits)
    if all(each.effect == "note" for each in flags):
        assert limits == {}
        assert repr(list(rows(held.scores, Score))) == repr(list(rows(free.scores, Score)))
    for before, after in zip(rows(free.scores, Score), rows(held.scores, Score), strict=True):
        if before.dimension != OVERALL:
            assert repr(after) == repr(before)
        elif after.reportable:
            assert after.estimate <= before.estimate
            assert after.low <= after.estimate <= after.high <= before.high
            assert isnan(after.before_limits) or after.before_limits == before.estimate
            assert isnan(after.before_limits) == (after.estimate == before.estimate)
            assert isnan(after.high_before) == (after.high == before.high)
            assert isnan(after.high_before) or after.high_before == before.high
        else:
            assert after.why_not.startswith("Withheld, because")


def test_the_score_before_and_after_its_limit_and_its_rung_are_kept(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    survey = make_survey(draw_people(30, worst=3))
    limits = {"Transport": Limit(49, 2)}
    found = score(survey, framework, limits)
    overall = next(each for each in rows(found.scores, Score) if each.dimension == OVERALL)
    assert overall.estimate == overall.high == 49
    assert overall.before_limits > 75
    chances = {each.rung: each.chance for each in rows(found.rungs, RungChance)}
    assert sum(chance for rung, chance in chances.items() if rung > 2) == 0
    assert chances[2] == 1


def test_another_project_changes_nothing(framework: Framework) -> None:
    one = replace(OLD, decided="2023-01-01", first_contact="2024-01-01")
    other = replace(state("G03"), project="Short breaks")
    limits, flags = judge_facts(Governance((one,), AS_OF), framework)
    more_limits, more_flags = judge_facts(Governance((other, one), AS_OF), framework)
    assert more_limits["Transport"] == limits["Transport"]
    assert tuple(each for each in more_flags if each.project == "Transport") == flags
