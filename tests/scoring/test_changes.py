"""Laws of changes: like for like, swapped rounds swap signs, nothing changed is mostly told as nothing."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from coprod_cli.model.comparison import VERDICTS, Change
from coprod_cli.model.findings import Scored
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL, Mention, table
from coprod_cli.scoring import gather_evidence, score_projects
from coprod_cli.scoring.changes import judge_change

QUICK = tuple(
    f"{name}_1" for name in ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")
)
PLACES = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]
Said = dict[str, dict[str, float]]


def draw(count: int, seed: int, shift: float = 0.0, items: tuple[str, ...] = QUICK) -> list[dict[str, float]]:
    """What so many people tick: one mood a person, a step up or down an item."""
    lots = np.random.default_rng(seed)
    moods = lots.normal(50 + shift, 20, count)
    return [
        {item: float(PLACES[np.abs(PLACES - mood - lots.normal(0, 12)).argmin()]) for item in items} for mood in moods
    ]


def score(  # noqa: PLR0913  # what may differ is named
    make_survey: MakeSurvey,
    framework: Framework,
    rounds: dict[str, list[dict[str, float]]],
    *,
    linked: bool = False,
    project: str = "Transport",
    more: Said | None = None,
    audience: str = "public",
    given: tuple[str, ...] = (),
    heavy: float = 1.0,
) -> Scored:
    """Rounds by name; people have one id in all of them where they are linked. heavy: the weight of one of a round."""
    said: Said = {
        f"{wave}/{place:03d}@{project}": items for wave, people in rounds.items() for place, items in enumerate(people)
    }
    survey = make_survey({**said, **(more or {})})
    split = survey.responses["person"].str.split("/", expand=True)
    person = split[1] if linked else survey.responses["person"]
    weight = split[1].str.startswith("000").map({True: heavy, False: 1.0})
    responses = survey.responses.assign(wave=split[0], person=person, weight=weight)
    heard = gather_evidence(replace(survey, responses=responses), table([], Mention), framework, (), ())
    survey = replace(survey, responses=responses)
    return score_projects(
        survey, heard, framework, framework.thresholds_for(audience), 7, rounds=given, side_by_side=True
    )


def find(scored: Scored, dimension: str = OVERALL, project: str = "Transport", before: str = "") -> Change:
    return next(
        each
        for each in scored.changes
        if (each.project, each.dimension) == (project, dimension) and before in ("", each.before)
    )


def test_a_large_rise_is_told_as_better_and_a_fall_as_worse(framework: Framework, make_survey: MakeSurvey) -> None:
    scored = score(make_survey, framework, {"2024": draw(40, 1), "2025": draw(40, 2, shift=30)})
    assert len(scored.changes) == len(framework.dimensions) + 1
    for each in scored.changes:
        assert (each.before, each.after) == ("2024", "2025")
        assert 0 < each.low <= each.change <= each.high
        assert each.verdict == "better"
        assert each.probability_up > 0.99
        assert each.probability_up_5 <= each.probability_up
    back = score(make_survey, framework, {"2025": draw(40, 1), "2024": draw(40, 2, shift=30)})
    assert {each.verdict for each in back.changes} == {"worse"}


def test_swapped_rounds_swap_the_signs(framework: Framework, make_survey: MakeSurvey) -> None:
    first, second = draw(30, 3), draw(30, 4, shift=6)
    rounds = {"one": first, "two": second}
    there = score(make_survey, framework, rounds, given=("one", "two"))
    back = score(make_survey, framework, rounds, given=("two", "one"))
    mirrored = dict(zip(VERDICTS, reversed(VERDICTS), strict=True))
    for one, other in zip(there.changes, back.changes, strict=True):
        assert (one.before, one.after) == (other.after, other.before)
        assert other.change == pytest.approx(-one.change)
        assert other.low == pytest.approx(-one.high)
        assert other.high == pytest.approx(-one.low)
        assert other.probability_up == pytest.approx(1 - one.probability_up)
        assert other.verdict == mirrored[one.verdict]


def test_where_nothing_changed_mostly_no_clear_change_is_told(framework: Framework, make_survey: MakeSurvey) -> None:
    told = [
        find(score(make_survey, framework, {"2024": draw(30, seed), "2025": draw(30, seed + 500)})).verdict
        for seed in range(24)
    ]
    assert told.count("better") + told.count("worse") <= 3
    assert told.count("no clear change") >= 12


def test_people_who_answered_twice_are_drawn_together(framework: Framework, make_survey: MakeSurvey) -> None:
    first = draw(40, 5)
    second = [{item: min(100.0, value + 25 * (place % 4 == 0)) for item, value in said.items()}
              for place, said in enumerate(first)]  # fmt: skip
    rounds = {"2024": first, "2025": second}
    linked, loose = (find(score(make_survey, framework, rounds, linked=flag)) for flag in (True, False))
    assert (linked.linked, linked.people_both) == (True, 40)
    assert (loose.linked, loose.people_both) == (False, 0)
    assert linked.change == pytest.approx(loose.change)
    assert linked.high - linked.low < 0.7 * (loose.high - loose.low)


def test_only_items_asked_in_both_rounds_count(framework: Framework, make_survey: MakeSurvey) -> None:
    """A kind new question about power must not look like a change for the better."""
    before = draw(30, 6)
    after = [{**said, "power_2": 100.0} for said in before]
    scored = score(make_survey, framework, {"2024": before, "2025": after}, linked=True)
    power = find(scored, "power")
    assert power.change == pytest.approx(0)
    assert (power.items, power.narrowed, power.verdict) == (1, True, "no clear change")
    assert find(scored).items == len(QUICK)
    raw = score(make_survey, framework, {"2024": before, "2025": after}).scores
    latest = raw[(raw["dimension"] == "power") & (raw["wave"] == "2025")]
    assert latest["estimate"].item() > find(scored, "power").change + 50


def test_a_dimension_asked_about_in_one_round_only_is_left_out_overall_too(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    after = draw(30, 6)
    before = [{item: value for item, value in said.items() if item != "sustain_1"} for said in after]
    scored = score(make_survey, framework, {"2024": before, "2025": after}, linked=True)
    sustain = find(scored, "sustain")
    assert sustain.why_not == "No closed question about this was asked in both rounds."
    assert isnan(sustain.change)
    assert (sustain.people_before, sustain.verdict) == (-1, "")
    assert find(scored).change == pytest.approx(0)
    assert find(scored).items == len(QUICK) - 1


def test_few_people_in_one_round_make_no_change(framework: Framework, make_survey: MakeSurvey) -> None:
    rounds = {"2024": draw(40, 1), "2025": draw(19, 2, shift=40)}
    scored = score(make_survey, framework, rounds)
    assert {each.why_not for each in scored.changes} == {
        "Not enough answers to say: it takes at least 20 people in each round."
    }
    assert all(not each.why_not for each in score(make_survey, framework, rounds, audience="restricted").changes)


def test_a_round_in_which_one_person_counts_for_many_makes_no_change(
    framework: Framework, make_survey: MakeSurvey
) -> None:
    # (8 + 23)^2 / (64 + 23) = 11 people: enough for a score, too few for a change.
    scored = score(make_survey, framework, {"2024": draw(24, 1), "2025": draw(24, 2, shift=40)}, heavy=8.0)
    assert scored.scores["reportable"].all()
    assert {each.why_not for each in scored.changes} == {
        "Not enough answers to say: some answers weigh far more than others, so too few people count."
    }


def test_three_rounds_are_compared_in_turn_and_first_to_last(framework: Framework, make_survey: MakeSurvey) -> None:
    rounds = {name: draw(25, seed) for seed, name in enumerate(("Spring 2025", "Autumn 2024", "2026"))}
    pairs = {(each.before, each.after) for each in score(make_survey, framework, rounds).changes}
    assert pairs == {("Autumn 2024", "Spring 2025"), ("Spring 2025", "2026"), ("Autumn 2024", "2026")}


def test_one_round_has_no_changes(framework: Framework, make_survey: MakeSurvey) -> None:
    assert score(make_survey, framework, {"2024": draw(30, 1)}).changes == ()


def test_another_project_and_the_order_of_rows_change_no_change(framework: Framework, make_survey: MakeSurvey) -> None:
    rounds = {"2024": draw(25, 1), "2025": draw(25, 2)}
    alone = score(make_survey, framework, rounds)
    more = {
        f"{wave}/x{place:03d}@Autism pathway": said
        for wave in rounds
        for place, said in enumerate(draw(30, 9, items=(*QUICK, "power_2") if wave == "2025" else QUICK))
    }
    both = score(make_survey, framework, rounds, more=more)
    assert repr([each for each in both.changes if each.project == "Transport"]) == repr(list(alone.changes))
    turned = {wave: list(people) for wave, people in reversed(rounds.items())}
    assert repr(score(make_survey, framework, turned).changes) == repr(alone.changes)


@pytest.mark.parametrize(
    ("up", "low", "high", "verdict"),
    [
        (0.97, 0.2, 9.0, "better"),
        (0.96, -0.2, 9.0, "probably better"),
        (0.80, -3.0, 9.0, "probably better"),
        (0.79, -3.0, 9.0, "no clear change"),
        (0.2, -9.0, 3.0, "probably worse"),
        (0.02, -9.0, -0.1, "worse"),
        (0.04, -9.0, 0.1, "probably worse"),
    ],
)
def test_no_sure_wording_with_a_range_that_holds_no_change(
    framework: Framework, up: float, low: float, high: float, verdict: str
) -> None:
    assert judge_change(up, low, high, framework.scoring) == verdict
