import importlib
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from coprod_cli.coding import Asked, Found

ROOT = Path(__file__).resolve().parents[2]
CODE = Found("trust", "positive", "project", 0.5, 0, 5)
# What a writer's answers hold and what was found in them: all wrong, all right.
WRONG = ((), (CODE,))
RIGHT = ((CODE,), (CODE,))
Sides = tuple[tuple[Found, ...], tuple[Found, ...]]


@pytest.fixture
def examining(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("training.examining")


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("training.measuring")


@pytest.fixture
def write(measuring: ModuleType) -> Callable[..., tuple[list[Any], list[tuple[Found, ...]]]]:
    def write_answers(*sides: Sides, each: int) -> tuple[list[Any], list[tuple[Found, ...]]]:
        answers = [
            measuring.CodedAnswer(f"{writer}-{number}", f"w{writer}", Asked("They listened", "", "parent"), held)
            for writer, (held, _) in enumerate(sides)
            for number in range(each)
        ]
        return answers, [found for _, found in sides for _ in range(each)]

    return write_answers


def test_two_writers_are_two_units_however_much_they_wrote(
    examining: ModuleType, write: Callable[..., tuple[list[Any], list[tuple[Found, ...]]]]
) -> None:
    # One writer is always coded right, one always wrong: a draw of writers may hold one of them alone.
    answers, coded = write(WRONG, RIGHT, each=200)
    chances = np.full((len(answers), 1), 0.5)
    figures = examining.examine(answers, coded, chances, ["trust"])
    everything = figures["coverage"][0]
    assert (everything["low"], everything["precision"], everything["high"]) == (0, 0.5, 1)
    parents = figures["roles"]["parent"]
    assert (parents["answers"], parents["writers"], parents["low"], parents["high"]) == (400, 2, 0, 1)


def test_of_mentions_as_sure_as_each_other_the_wrong_ones_are_not_doubted_first(
    examining: ModuleType, write: Callable[..., tuple[list[Any], list[tuple[Found, ...]]]]
) -> None:
    answers, coded = write(RIGHT, WRONG, each=5)
    half = next(each for each in examining.list_coverage(answers, coded) if each["doubted"] == 0.5)
    assert half["precision"] == 0


def test_the_order_of_answers_changes_no_coverage(
    examining: ModuleType, write: Callable[..., tuple[list[Any], list[tuple[Found, ...]]]]
) -> None:
    answers, coded = write(RIGHT, WRONG, RIGHT, WRONG, each=1)
    told = [
        examining.list_coverage([answers[place] for place in order], [coded[place] for place in order])
        for order in permutations(range(4))
    ]
    assert all(each == told[0] for each in told)


def test_the_error_of_chances_is_the_same_wherever_it_is_told(
    measuring: ModuleType, write: Callable[..., tuple[list[Any], list[tuple[Found, ...]]]]
) -> None:
    # Ten answers at a chance of 0.2, of which five hold the theme, and ten at 1, of which all do.
    answers, _ = write(RIGHT, WRONG, RIGHT, RIGHT, each=5)
    chances = np.repeat([0.2, 1.0], 10)[:, None]
    assert measuring.find_calibration(answers, chances, ["trust"]) == 0.15
    assert measuring.find_error(np.empty(0), np.empty(0, dtype=bool)) == 0
