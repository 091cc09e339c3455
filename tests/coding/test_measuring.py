import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from coprod_cli.coding import Asked, Found

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("training.measuring")


@pytest.mark.parametrize(
    ("left", "right", "alpha"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_alpha_is_that_of_the_examples_krippendorff_works_out(
    left: str, right: str, alpha: float, measuring: ModuleType
) -> None:
    # Computing Krippendorff's Alpha-Reliability (2011), sections A and B.
    kinds = sorted({*left, *right})
    first, second = (np.asarray([[kinds.index(each)] for each in side]) for side in (left, right))
    pairs = measuring.pair_values(first, second, len(kinds)).sum(axis=0)
    assert measuring.find_alphas(pairs)[0] == pytest.approx(alpha, abs=0.0005)


def test_a_verdict_is_what_is_said_for_or_against_the_joint_work(measuring: ModuleType) -> None:
    codes = [
        Found("trust", stance, level, 1.0, start, start + 1)
        for start, (stance, level) in enumerate(
            [("positive", "individual"), ("negative", "system"), ("neutral", "project"), ("negative", "project")]
        )
    ]
    answers = [
        measuring.CodedAnswer(str(size), "w01", Asked("some words", "", "parent"), tuple(codes[:size]))
        for size in (0, 3, 4)
    ]
    praised = codes[0]._replace(level="project")
    answers.append(answers[-1]._replace(codes=(praised,)))
    answers.append(answers[-1]._replace(codes=(praised, codes[3])))
    assert measuring.mark_verdicts(answers, ["trust"])[:, 0].tolist() == [0, 0, 2, 1, 3]


def test_sway_counts_shared_themes_of_answers_that_are_long_enough(measuring: ModuleType) -> None:
    praised = Found("trust", "positive", "project", 0.9, 0, 5)
    blamed = praised._replace(stance="negative")
    answers = [
        measuring.CodedAnswer("a", "w01", Asked(words, "", "parent"), ())
        for words in ("one two three four five six", "one two three four five six", "one two", "one two three four 5 6")
    ]
    coded = measuring.Codings(
        [], [(praised,), (praised,), (praised,), (praised,)], [(blamed,), (praised,), (blamed,), ()]
    )
    assert measuring.find_sway(answers, coded) == 0.5


def test_answers_of_one_writer_that_fare_alike_count_for_fewer(measuring: ModuleType) -> None:
    # Two true values; four writers of ten answers each. One writer's are all missed, the others' all found: as little
    # is known as from four answers. In the second theme every writer misses the same share.
    pairs = np.zeros((4, 2, 2, 2))
    pairs[0, 1, 0, 0], pairs[1:, 1, 1, 0] = 10, 10
    pairs[:, 1, 0, 1], pairs[:, 1, 1, 1] = 4, 6
    designs = measuring.find_designs(pairs)
    assert designs[1, 0] == pytest.approx(10 * 4 / 3)
    assert designs[1, 1] == designs[0, 0] == 1


def test_verdicts_true_and_given_are_counted(measuring: ModuleType) -> None:
    praised = Found("trust", "positive", "project", 1.0, 0, 5)
    blamed, silent = praised._replace(stance="negative"), ()
    true = [(praised,), (praised,), (blamed,), silent, silent, (praised, blamed)] * 3
    given = [(praised,), silent, (praised,), silent, (blamed,), (blamed,)] * 3
    asked = Asked("six words that say very little", min(measuring.PLAIN_QUESTIONS), "parent")
    answers = [measuring.CodedAnswer(str(at), f"w{at % 3}", asked, codes) for at, codes in enumerate(true)]
    figures = measuring.measure_engine(answers, measuring.Codings(given, given, given), ["trust"])
    assert figures["themes"][0]["verdicts"] == [[3, 0, 3, 0], [3, 3, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0]]
    assert len(figures["themes"][0]["verdict_designs"]) == 4
