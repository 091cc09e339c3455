"""Scores and what follows from them, as each audience may see them."""

from collections.abc import Callable
from dataclasses import replace
from math import isnan, nan

import pandas as pd
import pytest

from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import CODED, Findings, Flag, Habits, SectorScore, Settings, Unanswered, Variant
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.model.tables import OVERALL, RungChance, Score, ThemeCount, table
from coprod_cli.protecting import for_publication
from coprod_cli.protecting.rounding import round_chance, round_told_chance
from coprod_cli.protecting.totals import Size, choose_step, round_to, spread
from coprod_cli.scoring.changes import judge_change

MakeFindings = Callable[..., Findings]
NOTHING = {
    "bases": (),
    "scores": table([], Score),
    "themes": table([], ThemeCount),
    "themes_beside": table([], ThemeCount),
    "contrasts": (),
    "quotes": (),
    "coded": pd.DataFrame(columns=list(CODED)),
}


@pytest.fixture
def make_exact(make_findings: MakeFindings) -> MakeFindings:
    """A function that makes findings with nothing in them but what a test puts there."""

    def make(**changes: object) -> Findings:
        return make_findings(**{**NOTHING, **changes})

    return make


def score_practitioners(people: int) -> pd.DataFrame:
    score = Score("A", "practitioner", "", "power", 50.0, 40.0, 60.0, people, "items", reportable=True, why_not="")
    return table([score], Score)


def score_sectors(*people: int) -> tuple[SectorScore, ...]:
    names = ("education", "health", "social_care", "council", "voluntary")
    return tuple(
        SectorScore("A", "", name, "power", 50.4, 40.2, 60.9, number, reportable=number >= 10)
        for name, number in zip(names, people, strict=False)
    )


@pytest.mark.parametrize(
    ("everybody", "people", "told"),
    [
        (40, (15, 25), ["education", "health"]),  # nobody is left over
        (43, (15, 25, 3), ["health"]),  # 3 are left over: the next smallest goes, too
        (44, (15, 25), ["health"]),  # 4 who told no sector are left over
        (50, (15, 25), ["education", "health"]),  # 10 are left over
        (15, (11,), []),
    ],
)
def test_no_hidden_sector_is_had_from_the_mean_of_all_practitioners(
    make_exact: MakeFindings, everybody: int, people: tuple[int, ...], told: list[str]
) -> None:
    exact = make_exact(scores=score_practitioners(everybody), sectors=score_sectors(*people))
    shown = for_publication(exact).sectors
    assert [each.sector for each in shown if each.reportable] == told
    for each in shown:
        assert each.reportable or (isnan(each.estimate) and each.people == -1)
        assert not each.reportable or each.estimate == round(each.estimate)


@pytest.mark.parametrize(("people", "kept"), [(40, True), (39, False), (31, False), (30, True)])
def test_a_score_that_leaves_out_few_people_is_not_told_beside_the_usual_one(
    make_exact: MakeFindings, people: int, *, kept: bool
) -> None:
    score = Score("A", "parent", "", OVERALL, 50.0, 40.0, 60.0, 40, "items", reportable=True, why_not="")
    variant = Variant("A", "parent", "", "no_straight", "Without", 51.7, 42.0, 60.0, people)
    shown = for_publication(make_exact(scores=table([score], Score), variants=(variant,))).variants
    assert [each.estimate for each in shown] == ([52.0] if kept else [])


@pytest.mark.parametrize(("before", "after", "both", "shown"), [(40, 50, 30, 30), (40, 50, 36, -1), (40, 40, 40, 40)])
def test_people_of_both_rounds_never_leave_a_small_remainder(
    make_exact: MakeFindings, before: int, after: int, both: int, shown: int
) -> None:
    change = Change(
        "A", "parent", "power", "1", "2", 4.4, -1.2, 9.9, 0.913, 0.37, before, after, both,
        linked=True, items=3, verdict="probably better",
    )  # fmt: skip
    told = for_publication(make_exact(changes=(change,))).changes[0]
    assert told.people_both == shown
    assert (told.change, told.low, told.high) == (4, -1, 10)
    assert told.probability_up == pytest.approx(0.9)


def report_blame(people: int, coder: str = "hand") -> pd.DataFrame:
    tail = ("", "q", "respect_equality", "negative", "project", 0.9, 0, 5, "Words", "Words here", coder, False, "")
    return pd.DataFrame([(f"a{at}", f"p{at}", "A", "parent", *tail) for at in range(people)], columns=list(CODED))


@pytest.mark.parametrize(
    ("people", "coder", "audience", "told"),
    [
        (4, "hand", "public", False),
        (5, "hand", "public", True),
        (5, "trained", "public", False),
        (2, "hand", "restricted", False),
        (3, "hand", "restricted", True),
        (1, "hand", "raw", True),
    ],
)
def test_whoever_reports_fear_or_blame_is_not_found_by_the_flag(
    make_exact: MakeFindings, people: int, coder: str, audience: str, *, told: bool
) -> None:
    flag = Flag("A", "", "RF13", "Afraid to speak", "note", "It was written.", escalate=True, reply="")
    exact = make_exact(flags=(flag,), coded=report_blame(people, coder), settings=Settings(audience=audience))
    assert bool(for_publication(exact).flags) is told


def test_sizes_of_small_closed_groups_are_withheld(make_exact: MakeFindings) -> None:
    facts = ProjectFacts("A", asked=(("parent", 9), ("practitioner", 12)))
    shown = for_publication(make_exact(governance=Governance((facts,))))
    assert shown.governance.projects[0].asked == (("practitioner", 12),)


def test_habits_tell_nothing_of_the_few_who_did_not_comment_or_ticked_one_box(make_exact: MakeFindings) -> None:
    habits = Habits("parent", 60, 54, -4.2, -8.0, 0.3, 3, 52.0, 60, 0.123)
    exact = make_exact()
    shown = for_publication(replace(exact, quality=replace(exact.quality, habits=(habits,)))).quality.habits[0]
    assert isnan(shown.tilt)
    assert shown.straight_liners == -1
    assert shown.missing == pytest.approx(0.12)


@pytest.mark.parametrize(
    ("left", "unknown", "told"),
    [
        (0.15, 0.25, (0.15, 0.25)),
        (0.15, 0.05, (0.15, nan)),  # two people said so
        (0.5, 0.45, (nan, nan)),  # two people answered
    ],
)
def test_gaps_tell_of_neither_few_who_gave_no_answer_nor_few_who_did(
    make_exact: MakeFindings, left: float, unknown: float, told: tuple[float, float]
) -> None:
    exact = make_exact()
    gaps = (Unanswered("parent", "power_1", 40, left, unknown, much=True),)
    shown = for_publication(replace(exact, quality=replace(exact.quality, unanswered=gaps))).quality.unanswered[0]
    assert (shown.left, shown.unknown) == pytest.approx(told, nan_ok=True)


@pytest.mark.parametrize(("audience", "chance", "shown"), [("public", 0.63, 0.65), ("restricted", 0.634, 0.63)])
def test_chances_of_rungs_are_rounded(make_exact: MakeFindings, audience: str, chance: float, shown: float) -> None:
    rungs = table([RungChance("A", "parent", "", 2, chance, 33, nan)], RungChance)
    told = for_publication(make_exact(rungs=rungs, settings=Settings(audience=audience))).rungs
    assert told["chance"].tolist() == [pytest.approx(shown)]


@pytest.mark.parametrize(
    ("audience", "people", "shown"),
    [("public", 33, 35), ("public", 102, 100), ("public", 9, -1), ("restricted", 33, 33), ("raw", 3, 3)],
)
def test_people_who_chose_a_rung_are_rounded_however_many(
    make_exact: MakeFindings, audience: str, people: int, shown: int
) -> None:
    rungs = table([RungChance("A", "parent", "", 2, 0.5, 150, 0.414, people)], RungChance)
    told = for_publication(make_exact(rungs=rungs, settings=Settings(audience=audience))).rungs
    assert told["said_people"].tolist() == [shown]


def score_weighted(people: int, effective: float) -> pd.DataFrame:
    score = Score("A", "parent", "", OVERALL, 39.6, 30.2, 48.7, people, "items", reportable=True, why_not="")
    held = score._replace(weakest="power", plain_mean=52.4, plain_low=46.6, plain_high=58.3, effective=effective)
    return table([held], Score)


def test_the_mean_that_the_weakest_dimension_holds_down_is_told_as_coarsely_as_the_score(
    make_exact: MakeFindings,
) -> None:
    told = for_publication(make_exact(scores=score_weighted(33, 17.7))).scores.iloc[0]
    assert (told["weakest"], told["plain_mean"], told["plain_low"], told["plain_high"]) == ("power", 52, 47, 58)
    assert (told["people"], told["effective"]) == (35, 20), "neither tells more of how many people there are"
    raw = for_publication(make_exact(scores=score_weighted(33, 17.7), settings=Settings(audience="raw"))).scores
    assert raw.loc[0, "effective"] == 17.7
    alike = for_publication(make_exact(scores=score_weighted(33, nan))).scores
    assert alike["effective"].isna().all()


@pytest.mark.parametrize(("chance", "shown"), [(0.78, 0.75), (0.8, 0.8), (0.82, 0.8), (0.98, 0.98), (0.998, 1.0)])
def test_rounding_names_no_rung_and_makes_nothing_certain(framework: Framework, chance: float, shown: float) -> None:
    limits = framework.thresholds_for("public")
    assert round_chance(chance, limits, framework.scoring.named_rung) == pytest.approx(shown)


@pytest.mark.parametrize(
    ("chance", "shown"),
    [(0.81, 0.8), (0.79, 0.75), (0.2, 0.2), (0.21, 0.25), (0.948, 0.9), (0.951, 0.95), (0.04, 0.05), (0.06, 0.1),
     (0.5, 0.5), (0.003, 0.0), (0.01, 0.01)],
)  # fmt: skip
def test_a_chance_is_rounded_to_where_the_words_stay_the_same(
    framework: Framework, chance: float, shown: float
) -> None:
    rules = framework.scoring
    told = round_told_chance(chance, framework.thresholds_for("public"), rules)
    assert told == pytest.approx(shown)
    assert judge_change(told, -1, 1, rules) == judge_change(chance, -1, 1, rules)


@pytest.mark.parametrize("values", [3, 5])
def test_a_total_leaves_every_withheld_group_enough_sizes(values: int) -> None:
    for told in (20, 41, 142):
        for hidden in range(1, 10):
            step = choose_step(told + hidden, [Size(told, told)], 1, 9, values)
            if step:
                total = spread(round_to(told + hidden, step), step)
                could = [size for size in range(1, 10) if total.low <= told + size <= total.high]
                assert hidden in could
                assert len(could) >= values
