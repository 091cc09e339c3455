"""What was published is compared by its likely ranges, as if normal, and never more finely than it allows."""

from math import nan

import numpy as np
import pytest
from scipy import stats

from coprod_cli.model.comparison import Change
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.scoring import Group, PublishedRound, compare_published, stand_published

Z = float(stats.norm.ppf(0.975))


def make_round(  # noqa: PLR0913  # what may differ is named
    framework: Framework,
    wave: str,
    estimate: float = 50.0,
    half: float = 8.0,
    *,
    people: int = 30,
    project: str = "Transport",
    items: int = 1,
    before_limits: float = nan,
) -> PublishedRound:
    group = Group(project, "parent", wave)
    names = [*(each.id for each in framework.dimensions), OVERALL]
    scores = {
        name: Score(
            project, "parent", wave, name, estimate, estimate - half, estimate + half, people, "items", True, "",
            before_limits if name == OVERALL else nan,
        )
        for name in names
    }  # fmt: skip
    asked = {each.id: frozenset(f"{each.id}_{number}" for number in range(items)) for each in framework.dimensions}
    return PublishedRound(group, scores, asked)


def compare(
    framework: Framework, *rounds: PublishedRound, known: tuple[Change, ...] = (), allow: bool = False
) -> list[Change]:
    return compare_published(rounds, known, framework, framework.thresholds_for("public"), allow_break=allow)


def find(changes: list[Change], dimension: str = OVERALL) -> Change:
    return next(each for each in changes if each.dimension == dimension)


def test_the_chance_that_a_score_rose_is_that_of_two_normal_scores(framework: Framework) -> None:
    found = find(compare(framework, make_round(framework, "2024", 50), make_round(framework, "2025", 57, 6.0)))
    spread = np.hypot(8 / Z, 6 / Z)
    assert found.change == pytest.approx(7)
    assert found.probability_up == pytest.approx(stats.norm.cdf(7 / spread))
    assert found.probability_up_5 == pytest.approx(stats.norm.cdf(2 / spread))
    assert found.low == pytest.approx(7 - Z * spread)
    assert found.high == pytest.approx(7 + Z * spread)
    assert (found.verdict, found.linked, found.people_both) == ("probably better", False, -1)


def test_rounds_that_asked_other_questions_are_not_compared_unless_one_insists(framework: Framework) -> None:
    pair = (make_round(framework, "2024"), make_round(framework, "2025", 80, items=2))
    assert "different closed questions" in find(compare(framework, *pair), "power").why_not
    assert find(compare(framework, *pair, allow=True), "power").verdict == "better"


def test_few_people_and_scores_held_by_a_fact_are_not_compared(framework: Framework) -> None:
    few = compare(framework, make_round(framework, "2024"), make_round(framework, "2025", people=15))
    assert {each.why_not for each in few} == {"Not enough answers to say: it takes at least 20 people in each round."}
    held = compare(framework, make_round(framework, "2024"), make_round(framework, "2025", 49, before_limits=66.0))
    assert "held one of the scores down" in find(held).why_not
    assert not find(held, "power").why_not


def test_changes_that_the_results_hold_already_are_taken_as_they_are(framework: Framework) -> None:
    pair = (make_round(framework, "2024"), make_round(framework, "2025", 80))
    [known, *_] = compare(framework, *pair)
    known = known._replace(change=1.25, linked=True)
    assert compare(framework, *pair, known=(known,)) == [known]


def test_each_project_stands_in_its_latest_round(framework: Framework) -> None:
    rounds = [
        make_round(framework, "2024", 20),
        make_round(framework, "2025", 60),
        make_round(framework, "2024", 50, project="Autism pathway"),
    ]
    found = stand_published(rounds, framework, framework.thresholds_for("public"), 7)
    assert [(each.project, each.wave) for each in found.standings] == [
        ("Autism pathway", "2024"),
        ("Transport", "2025"),
    ]
    [pair] = found.pairings
    spread = np.hypot(8 / Z, 8 / Z)
    assert pair.probability_higher == pytest.approx(stats.norm.cdf(-10 / spread), abs=0.02)
    alone = stand_published(rounds[:2], framework, framework.thresholds_for("public"), 7)
    assert alone.standings[0].estimate == found.standings[1].estimate
