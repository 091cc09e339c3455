"""Answers are drawn by a stated rule: rare and uncertain ones more often, and with just the chances that are told."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked
from coprod_cli.coding.sampling import draw_answers, find_shares, share_chances
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

LINE = 0.5

FOREIGN = "Roedden nhw yn gwrando arnom ni ac mae pethau wedi newid er gwell yn yr ysgol ers hynny."


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


def find(asked: Sequence[Asked], _: Framework) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """A machine that finds one theme in rare words, another in common ones, and wavers over unsure ones."""
    known = {"rare": (0.99, 0.0), "common": (0.0, 0.99), "unsure": (0.45, 0.0)}
    chances = np.asarray([known.get(each.words.split()[0], (0.0, 0.0)) for each in asked])
    return ("rare_one", "common_one"), chances.reshape(-1, 2), np.full(2, LINE)


def make_answers(**numbers: int) -> dict[str, Asked]:
    return {
        f"{kind}{at:03d}": Asked(f"{kind} words, number {at}", "", "parent")
        for kind, number in numbers.items()
        for at in range(number)
    }


@pytest.mark.no_cover
def test_each_answer_is_drawn_with_the_chance_that_is_told(framework: Framework) -> None:
    asked = make_answers(rare=3, common=80, unsure=5, plain=60)
    rounds, size = 400, 20
    drawn = dict.fromkeys(asked, 0)
    told: dict[str, float] = {}
    for seed in range(rounds):
        draw = draw_answers(asked, framework, find, size, seed)
        assert len(draw.chances) == size
        told |= draw.chances
        for each in draw.chances:
            drawn[each] += 1
    assert told.keys() == asked.keys()
    assert sum(told.values()) == pytest.approx(size)
    for name, chance in told.items():
        # Four standard errors: with 148 answers and fixed seeds this holds or fails for good.
        assert abs(drawn[name] / rounds - chance) <= 4 * (chance * (1 - chance) / rounds) ** 0.5 + 1e-9


@pytest.mark.no_cover
def test_the_weights_make_up_for_the_chances(framework: Framework) -> None:
    asked = make_answers(rare=3, common=80, unsure=5, plain=60)
    estimates = []
    for seed in range(200):
        chances = draw_answers(asked, framework, find, 20, seed).chances
        estimates.append(sum(1 / chance for name, chance in chances.items() if name.startswith("common")))
    assert np.mean(estimates) == pytest.approx(80, rel=0.05)


def test_rare_themes_and_uncertain_answers_have_better_chances_and_nobody_less_than_half_the_usual(
    framework: Framework,
) -> None:
    asked = make_answers(rare=4, common=80, unsure=5, plain=60)
    shares = dict(zip(asked, find_shares(list(asked.values()), framework, find), strict=True))
    assert shares["rare000"] > 3 * shares["common000"]
    assert shares["unsure000"] > 3 * shares["plain000"]
    assert shares["common000"] > shares["plain000"]
    assert shares["plain000"] == pytest.approx(0.5 / len(asked))
    assert sum(shares.values()) == pytest.approx(1)


def test_what_the_machine_cannot_read_counts_as_uncertain(framework: Framework) -> None:
    asked = {**make_answers(plain=60), "welsh": Asked(FOREIGN, "", "parent")}
    shares = dict(zip(asked, find_shares(list(asked.values()), framework, find), strict=True))
    assert shares["welsh"] > 3 * shares["plain000"]


def test_the_order_of_answers_changes_nothing_and_the_seed_does(framework: Framework) -> None:
    asked = make_answers(rare=3, common=50)
    turned = dict(reversed(asked.items()))
    once = draw_answers(asked, framework, find, 12, 1)
    assert draw_answers(turned, framework, find, 12, 1) == once
    assert draw_answers(asked, framework, find, 12, 2) != once


def test_what_says_nothing_is_left_out_and_few_answers_are_all_drawn(framework: Framework) -> None:
    asked = {**make_answers(common=5), "none": Asked("n/a", "", "parent")}
    draw = draw_answers(asked, framework, find, 60, 1)
    assert draw == (dict.fromkeys(make_answers(common=5), 1.0), 5, 1)
    assert draw_answers({}, framework, find, 60, 1) == ({}, 0, 0)


def test_no_chance_is_above_one() -> None:
    shares = np.asarray([0.9, 0.05, 0.03, 0.02])
    chances = share_chances(shares, 3)
    assert chances[0] == chances[1] == 1
    assert chances.tolist() == pytest.approx([1, 1, 0.6, 0.4])
