"""The machine is measured against people, and shares are corrected by what was found, where enough was checked."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from coprod_cli.coding.sampling import share_chances
from coprod_cli.model.checked import Checked, CheckedTheme
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, table
from coprod_cli.scoring import measure_checked

THEME = "trust"


def measure(  # noqa: PLR0913  # every input varies in some test
    truth: list[bool],
    named: list[bool],
    checked: int,
    framework: Framework,
    each: int = 1,
    *,
    weights: Sequence[float] = (),
    silent: int = 0,
) -> Checked:
    """One parent for so many answers; the first `checked` were coded by a person, who saw the truth, and weigh so.

    The last `silent` say nothing.
    """
    forms = [f"f{place:04d}" for place in range(len(truth))]
    people = [f"p{place // each:04d}" for place in range(len(truth))]
    survey = Survey(
        responses=table(
            (Response(form, who, "parent", "A", "", True, 1.0) for form, who in zip(forms, people, strict=True)),
            Response,
        ),
        answers=table((Answer(form, "q", "", "") for form in forms), Answer),
        ratings=table([], Rating),
        questions=(),
        sources=(),
        rows_read=len(forms),
        forms=len(forms),
    )

    def mention(marks: list[bool], start: int, stop: int) -> list[Mention]:
        return [
            Mention(form, "q", THEME, "positive", "project", 1.0, 0, 1, "x")
            for form, there in zip(forms[start:stop], marks[start:stop], strict=True)
            if there
        ]

    total = len(forms)
    return measure_checked(
        survey,
        table([*mention(truth, 0, checked), *mention(named, checked, total)], Mention),
        table(mention(named, 0, checked), Mention),
        {(form, "q"): "person" for form in forms[:checked]},
        framework=framework,
        thresholds=framework.thresholds_for("public"),
        seed=1,
        weights={(form, "q"): weight for form, weight in zip(forms, weights, strict=False)},
        silent=[(form, "q") for form in forms[total - silent :]] if silent else (),
    )


def pick(checked: Checked) -> CheckedTheme:
    return next(each for each in checked.themes if each.theme == THEME)


def test_rates_are_those_of_the_answers_checked(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 60
    named = [True] * 15 + [False] * 5 + [True] * 10 + [False] * 50
    found = pick(measure(truth, named, 80, framework))
    assert (found.found, found.named) == (20, 25)
    assert (found.precision, found.recall) == pytest.approx((0.6, 0.75))
    assert found.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert found.recall_low < 0.75 < found.recall_high < 1
    assert 0.45 < found.recall_low < 0.65


def test_no_mistake_in_a_few_answers_is_not_certainty(framework: Framework) -> None:
    truth = [True] * 12 + [False] * 60
    found = pick(measure(truth, truth, 72, framework))
    assert found.recall == found.precision == 1
    assert found.recall_low < 0.97


def test_precision_is_not_told_of_what_the_machine_hardly_names(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 60
    found = pick(measure(truth, [True] * 9 + [False] * 71, 80, framework))
    assert math.isnan(found.precision)
    assert found.recall == pytest.approx(0.45)
    assert not math.isnan(pick(measure(truth, [True] * 10 + [False] * 70, 80, framework)).precision)


@pytest.mark.parametrize(("there", "checked", "each"), [(9, 80, 1), (20, 49, 1), (40, 80, 8)])
def test_too_few_answers_or_people_are_not_enough_to_say(
    framework: Framework, there: int, checked: int, each: int
) -> None:
    truth = [True] * there + [False] * (160 - there)
    found = measure(truth, truth, checked, framework, each)
    assert math.isnan(pick(found).recall)
    assert not found.shares


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_the_corrected_share_is_nearer_the_truth_and_its_range_holds_it(framework: Framework, share: float) -> None:
    """A machine that finds 60 % of what is there and names 15 % of what is not, in 40 made-up surveys."""
    held, off, uncorrected = 0, [], []
    for number in range(40):
        lots = np.random.default_rng(number)
        truth = lots.random(600) < share
        named = np.where(truth, lots.random(600) < 0.6, lots.random(600) < 0.15)
        (found,) = measure(truth.tolist(), named.tolist(), 200, framework).shares
        held += found.low <= share <= found.high
        off.append(found.share - share)
        uncorrected.append(found.coded - share)
    assert held >= 35
    assert abs(np.mean(off)) < 0.02
    assert abs(np.mean(off)) < abs(np.mean(uncorrected)) or abs(np.mean(uncorrected)) < 0.02


def test_a_machine_that_names_at_random_corrects_nothing(framework: Framework) -> None:
    truth = [place % 2 == 0 for place in range(200)]
    named = [place % 4 < 2 for place in range(200)]
    found = measure(truth, named, 120, framework)
    assert not math.isnan(pick(found).recall)
    assert not found.shares


def test_where_people_coded_all_the_share_is_theirs(framework: Framework) -> None:
    truth = [True] * 30 + [False] * 70
    named = [True] * 24 + [False] * 6 + [False] * 70
    (found,) = measure(truth, named, 100, framework).shares
    assert found.coded == found.share == pytest.approx(0.3)
    assert found.low < 0.3 < found.high


def draw_unevenly(number: int) -> tuple[list[bool], list[bool], list[float]]:
    """Truth and machine of 600 answers, those drawn first, and the weights of these: 200, doubtful ones more often.

    Two in five are doubtful: there the machine finds 45 % of what is there and names 25 % of what is not; else 90 and
    3 %. Chances go as in coprod sheet: half alike, a quarter by what is named, a quarter by doubt.
    """
    lots, total = np.random.default_rng(number), 600
    truth, doubt = lots.random(total) < 0.2, lots.random(total) < 0.4
    finds, errs = np.where(doubt, 0.45, 0.9), np.where(doubt, 0.25, 0.03)
    named = lots.random(total) < np.where(truth, finds, errs)
    near = np.where(doubt, 0.9, 0.1)
    chances = share_chances(0.5 / total + 0.25 * named / named.sum() + 0.25 * near / near.sum(), 200)
    drawn = lots.random(total) < chances
    order = np.argsort(~drawn, kind="stable")
    return truth[order].tolist(), named[order].tolist(), (1 / chances[order][: drawn.sum()]).tolist()


def test_a_sample_of_unequal_chances_misleads_without_its_weights_and_does_not_with_them(framework: Framework) -> None:
    """20 made-up surveys; the figures are told in docs/method.md."""
    off: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    held = {False: 0, True: 0}
    for number in range(20):
        truth, named, weights = draw_unevenly(number)
        recall, share = float(np.mean(np.asarray(named)[truth])), float(np.mean(truth))
        for weighted in (False, True):
            found = measure(truth, named, len(weights), framework, weights=weights if weighted else ())
            (told,) = found.shares
            off[weighted].append((pick(found).recall - recall, told.share - share))
            held[weighted] += int(told.low <= share <= told.high)
            assert found.is_weighted is weighted
    assert np.mean(off[False], axis=0) == pytest.approx([0.10, -0.09], abs=0.02)
    assert np.mean(off[True], axis=0) == pytest.approx([0, 0], abs=0.015)
    assert held[False] <= 1
    assert held[True] >= 18


def test_where_all_weigh_the_same_nothing_changes(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 140
    named = [True] * 15 + [False] * 5 + [True] * 10 + [False] * 130
    assert measure(truth, named, 80, framework, weights=[2.5] * 80) == measure(truth, named, 80, framework)


def test_answers_that_weigh_much_count_for_much(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 140
    named = [True] * 10 + [False] * 10 + [False] * 140
    found = pick(measure(truth, named, 100, framework, weights=[3.0] * 10 + [1.0] * 10 + [1.5] * 80))
    assert found.recall == pytest.approx(0.75)
    assert (found.found, found.named) == (20, 10)


def test_the_effective_number_says_whether_there_are_enough(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 140
    assert not math.isnan(pick(measure(truth, truth, 60, framework, weights=[1.0, 2.0] * 30)).recall)
    lopsided = measure(truth, truth, 60, framework, weights=[1.0, 9.0] * 30)
    assert (lopsided.drawn, lopsided.effective) == (60, 37)
    assert math.isnan(pick(lopsided).recall)
    assert not lopsided.shares


def test_answers_that_were_chosen_measure_nothing(framework: Framework) -> None:
    truth = [True] * 20 + [False] * 140
    found = measure(truth, truth, 80, framework, weights=[0.0] * 80)
    assert (found.by_hand, found.drawn, found.effective) == (80, 0, 0)
    assert math.isnan(pick(found).recall)
    assert not found.shares
    mixed = measure(
        [True] * 90 + [False] * 110, [False] * 10 + [True] * 190, 160, framework, weights=[0.0] * 80 + [1.0] * 80
    )
    assert mixed.drawn == 80
    assert pick(mixed).recall == 1


def test_answers_that_say_nothing_are_no_mistakes_that_the_machine_might_have_made(framework: Framework) -> None:
    """As many answers say nothing as say something; a tenth of all hold the theme."""
    off: dict[int, list[float]] = {0: [], 400: []}
    for number in range(20):
        lots = np.random.default_rng(number)
        truth = lots.random(400) < 0.2
        named = np.where(truth, lots.random(400) < 0.7, lots.random(400) < 0.1)
        marks = [[*each.tolist(), *[False] * 400] for each in (truth, named)]
        for silent, found in off.items():
            (share,) = measure(marks[0], marks[1], 200, framework, silent=silent).shares
            found.append(share.share - truth.mean() / 2)
    assert abs(np.mean(off[400])) < 0.01
    assert np.mean(off[0]) < -0.02
