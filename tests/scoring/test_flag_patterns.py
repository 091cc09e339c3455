"""Flags from what people said: up when they should be, not a step short; the gravest from checked codes alone."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
import pytest

from coprod_cli.model.findings import Contrast, Flag
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.model.survey import ColumnKind, Question, Survey
from coprod_cli.model.tables import AnchorValue, Answer, Mention, Rating, Response, table
from coprod_cli.scoring import judge_patterns, settle_flags

MACHINE, PERSON = "trained", "checked by hand"
NOTHING = Governance()
NAMED = Governance((ProjectFacts("Transport", called="Our Co-Production hub"),))


def make_survey(
    parents: int = 20,
    staff: int = 0,
    *,
    ratings: dict[str, list[float]] | None = None,
    rungs: Iterable[int] = (),
    project: str = "Transport",
) -> Survey:
    """So many parents and staff, all of whom commented; item to the score of each parent; the rungs parents chose."""
    names = [f"{project}-p{at:02d}" for at in range(parents)] + [f"{project}-s{at:02d}" for at in range(staff)]
    roles = ["parent"] * parents + ["practitioner"] * staff
    forms = [Response(name, name, role, project, "", True, 1.0) for name, role in zip(names, roles, strict=True)]
    rated = [
        Rating(names[at], item, score) for item, scores in (ratings or {}).items() for at, score in enumerate(scores)
    ]
    placed = [AnchorValue(names[at], "anchor_ladder", float(rung)) for at, rung in enumerate(rungs)]
    return Survey(
        responses=table(forms, Response),
        answers=table([Answer(name, "open_1", "words", "words") for name in names], Answer),
        ratings=table(rated, Rating),
        questions=(Question("open_1", "What was good?", ColumnKind.OPEN),),
        sources=(),
        rows_read=len(forms),
        forms=len(forms),
        anchors=table(placed, AnchorValue),
    )


def complain(theme: str, people: int, coder: str = MACHINE, *, who: str = "p", level: str = "project") -> list[Mention]:
    return [
        Mention(f"Transport-{who}{at:02d}", "open_1", theme, "negative", level, 0.9, 0, 5, coder)
        for at in range(people)
    ]


def judge(  # noqa: PLR0913  # named by its callers
    survey: Survey,
    framework: Framework,
    mentions: list[Mention] | None = None,
    *,
    audience: str = "restricted",
    contrasts: tuple[Contrast, ...] = (),
    governance: Governance = NOTHING,
) -> dict[str, Flag]:
    flags = judge_patterns(
        survey,
        table(mentions or [], Mention),
        contrasts,
        framework,
        framework.thresholds_for(audience),
        governance=governance,
        machines={MACHINE, "cues"},
    )
    settled = settle_flags(flags, governance, framework)
    assert len({(each.project, each.wave, each.id) for each in settled}) == len(settled)
    assert all(each.effect == ("withheld" if each.id == "RF15" else "note") for each in settled)
    return {each.id: each for each in settled if each.project == "Transport"}


def test_people_who_answer_and_complain_of_nothing_raise_no_flag(framework: Framework) -> None:
    assert judge(make_survey(20, 20), framework) == {}


@pytest.mark.parametrize(
    ("flag", "theme"), [("RF06", "shared_purpose"), ("RF09", "inclusion_access"), ("RF11", "staff_behaviour")]
)
def test_a_pattern_takes_three_people_and_a_fifth_of_those_who_commented(
    flag: str, theme: str, framework: Framework
) -> None:
    for coder, mark in ((MACHINE, "coded by machine, not checked"), (PERSON, "A person checked these codes.")):
        found = judge(make_survey(15), framework, complain(theme, 3, coder))
        assert list(found) == [flag]
        assert found[flag].reason.startswith(
            "At least 3 parents and carers, and a fifth or more of those who commented"
        )
        assert mark in found[flag].reason
        assert not found[flag].escalate
    assert judge(make_survey(16), framework, complain(theme, 3)) == {}, "less than a fifth"
    assert judge(make_survey(8), framework, complain(theme, 2)) == {}, "fewer than three people"
    assert judge(make_survey(15), framework, complain(theme, 3, level="individual")) == {}, "of one child's own case"
    praise = [each._replace(stance="positive") for each in complain(theme, 9)]
    assert judge(make_survey(15), framework, praise) == {}


def test_a_person_who_says_it_three_times_is_one_person(framework: Framework) -> None:
    thrice = [each._replace(start=at) for each in complain("staff_behaviour", 1) for at in range(3)]
    assert judge(make_survey(10), framework, thrice) == {}


def test_roles_are_not_added_up(framework: Framework) -> None:
    split = complain("staff_behaviour", 2) + complain("staff_behaviour", 2, who="s")
    assert judge(make_survey(8, 8), framework, split) == {}
    both = complain("staff_behaviour", 3) + complain("staff_behaviour", 3, who="s")
    reason = judge(make_survey(8, 8), framework, both)["RF11"].reason
    assert "3 parents and carers" in reason
    assert "3 practitioners" in reason


def test_what_a_person_found_in_an_answer_stands_in_place_of_the_machines_codes(framework: Framework) -> None:
    rejected = [each._replace(theme="", stance="neutral") for each in complain("staff_behaviour", 1, PERSON)]
    assert judge(make_survey(15), framework, complain("staff_behaviour", 3) + rejected) == {}
    assert "RF11" in judge(make_survey(15), framework, complain("staff_behaviour", 4) + rejected)


def test_codes_that_are_checked_in_part_are_marked_so(framework: Framework) -> None:
    mixed = complain("staff_behaviour", 1, PERSON) + complain("staff_behaviour", 3)[1:]
    assert "Some of these comments were coded by machine" in judge(make_survey(15), framework, mixed)["RF11"].reason


def test_a_public_report_tells_of_no_fewer_people_than_its_smallest_cell(framework: Framework) -> None:
    assert judge(make_survey(15), framework, complain("staff_behaviour", 4), audience="public") == {}
    told = judge(make_survey(15), framework, complain("staff_behaviour", 5), audience="public")["RF11"]
    assert told.reason.startswith("At least 5 parents and carers")
    few = make_survey(9)
    assert "RF11" not in judge(few, framework, complain("staff_behaviour", 9), audience="public")


def test_rf02_words_alone_are_a_note_and_only_checked_ones(framework: Framework) -> None:
    found = judge(make_survey(15), framework, complain("involved_early", 3, PERSON))
    assert found["RF02"].effect == "note"
    assert judge(make_survey(15), framework, complain("involved_early", 15)) == {}


def test_rf12_takes_five_parents_and_a_quarter_all_checked_by_a_person(framework: Framework) -> None:
    assert list(judge(make_survey(20), framework, complain("tokenism", 5, PERSON))) == ["RF12"]
    assert judge(make_survey(21), framework, complain("tokenism", 5, PERSON)) == {}, "less than a quarter"
    assert judge(make_survey(12), framework, complain("tokenism", 4, PERSON)) == {}, "fewer than five"
    assert judge(make_survey(20), framework, complain("tokenism", 20, MACHINE)) == {}, "never from machine codes"
    almost = complain("tokenism", 4, PERSON) + complain("tokenism", 20)[4:]
    assert judge(make_survey(20), framework, almost) == {}
    assert judge(make_survey(20, 20), framework, complain("tokenism", 20, PERSON, who="s")) == {}, "parents only"


def test_rf13_takes_one_report_checked_by_a_person_and_is_never_counted(framework: Framework) -> None:
    one = judge(make_survey(15), framework, complain("respect_equality", 1, PERSON))["RF13"]
    nine = judge(make_survey(15), framework, complain("respect_equality", 9, PERSON))["RF13"]
    assert one.reason == nine.reason
    assert not any(letter.isdigit() for letter in one.reason)
    assert "parents" not in one.reason
    assert one.escalate
    assert judge(make_survey(15), framework, complain("respect_equality", 15, MACHINE)) == {}
    assert judge(make_survey(9), framework, complain("respect_equality", 1, PERSON), audience="public").keys() == {
        "RF15"
    }


@pytest.mark.parametrize(("flag", "item"), [("RF07", "purpose_3"), ("RF09", "inclusive_3"), ("RF10", "sustain_1")])
def test_parents_who_answer_low_on_average_raise_a_flag(flag: str, item: str, framework: Framework) -> None:
    low, edge = [25.0] * 6 + [50.0] * 5, [25.0] * 5 + [50.0] * 5
    found = judge(make_survey(11, ratings={item: low}), framework)
    assert list(found) == [flag]
    assert "average less than 37.5" in found[flag].reason
    assert judge(make_survey(10, ratings={item: edge}), framework) == {}
    assert judge(make_survey(11, ratings={item: [0.0] * 4}), framework) == {}, "too few of them rated it"
    assert judge(make_survey(11, ratings={item: [0.0] * 9}), framework, audience="public") == {}
    assert judge(make_survey(0, 11, ratings={item: low}), framework).keys() == {"RF15"}, "practitioners do not raise it"


def test_one_parent_who_counts_for_many_raises_no_flag_alone(framework: Framework) -> None:
    survey = make_survey(12, ratings={"purpose_3": [0.0] + [100.0] * 11})
    weights = [100_000.0] + [1.0] * 11
    heavy = replace(survey, responses=survey.responses.assign(weight=weights))
    assert judge(heavy, framework) == {}
    weights = [2.0, *[1.0] * 11]
    low = make_survey(12, ratings={"purpose_3": [0.0] * 12})
    assert judge(replace(low, responses=low.responses.assign(weight=weights)), framework).keys() == {"RF07"}


def test_rf14_takes_twenty_points_and_nine_chances_of_ten(framework: Framework) -> None:
    wide = Contrast("Transport", "", "power", 20.0, 5.0, 35.0, 0.9, 30, 30, clear=True)
    reason = judge(make_survey(), framework, contrasts=(wide,))["RF14"].reason
    assert reason.startswith("Practitioners scored this 20 points or more higher than parents and carers: ")
    assert "The chance that theirs is the higher score is at least 90%." in reason
    assert "“Sharing decisions”" in reason
    for short in (wide._replace(gap=19.9), wide._replace(probability_higher=0.89), wide._replace(gap=-30.0)):
        assert judge(make_survey(), framework, contrasts=(short,)) == {}


def test_rf15_fewer_parents_than_the_minimum_said_anything(framework: Framework) -> None:
    assert judge(make_survey(10), framework, audience="public") == {}
    found = judge(make_survey(9, 30), framework, audience="public")["RF15"]
    assert found.effect == "withheld"
    assert found.reason.startswith("Fewer than 10 parents and carers answered")
    silent = make_survey(20)
    assert "RF15" in judge(replace(silent, answers=silent.answers.iloc[:4]), framework)
    assert "RF15" not in judge(replace(silent, answers=silent.answers.iloc[:5]), framework)
    unheard = Governance((ProjectFacts("Transport"),))
    assert "RF15" in judge(make_survey(20, project="Short breaks"), framework, governance=unheard)


def test_rf16_called_co_production_but_most_parents_place_it_low(framework: Framework) -> None:
    low = make_survey(rungs=[2] * 6 + [3] * 5)
    assert "“Consultation” or a lower rung" in judge(low, framework, governance=NAMED)["RF16"].reason
    assert judge(make_survey(rungs=[2] * 5 + [3] * 5), framework, governance=NAMED) == {}, "no more than half"
    assert judge(make_survey(rungs=[0] * 4), framework, governance=NAMED) == {}, "too few"
    assert judge(low, framework) == {}, "called nothing"
    consulted = Governance((ProjectFacts("Transport", called="consultation"),))
    assert judge(low, framework, governance=consulted) == {}
    for called in ("coproduced", "CO PRODUCTION", "cyd-gynhyrchu"):
        assert "RF16" in judge(low, framework, governance=Governance((ProjectFacts("Transport", called=called),)))


def test_people_without_weight_raise_nothing(framework: Framework) -> None:
    survey = make_survey(20)
    weights = [0.0] * 5 + [1.0] * 15
    mute = replace(survey, responses=survey.responses.assign(weight=weights))
    assert judge(mute, framework, complain("staff_behaviour", 5)) == {}


def test_another_project_and_the_order_of_rows_change_no_flag(framework: Framework) -> None:
    checked = [each._replace(question="open_2") for each in complain("tokenism", 5, PERSON)]
    said = complain("staff_behaviour", 5) + checked
    alone = make_survey(15, ratings={"purpose_3": [25.0] * 15}, rungs=[1] * 15)
    before = judge(alone, framework, said, governance=NAMED)
    assert before.keys() == {"RF07", "RF11", "RF12", "RF16"}
    other = make_survey(40, 3, ratings={"purpose_3": [100.0] * 40}, rungs=[5] * 40, project="Short breaks")
    both = replace(
        alone,
        **{
            name: pd.concat([getattr(other, name), getattr(alone, name)]).iloc[::-1].reset_index(drop=True)
            for name in ("responses", "answers", "ratings", "anchors")
        },
    )
    assert judge(both, framework, said[::-1], governance=NAMED) == before
