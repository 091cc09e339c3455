"""What learning does with scores; the recipe as a whole is tested on what users see (tests/cli/test_learn.py)."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from scipy import sparse
from sklearn.kernel_ridge import KernelRidge

from coprod_cli.coding.presence import Schooling, _find_thresholds, _fit_curve, _solve, find_chances, fit_presence
from coprod_cli.coding.terms import count_texts

SIZE = 384


@lru_cache(maxsize=1)
def make_school() -> Schooling:
    """Two themes: the first lies in the first number of the meaning, the second is chance."""
    lots = np.random.default_rng(7)
    count = 200
    whole = lots.normal(size=(count, SIZE)) * 0.1
    held = np.column_stack((lots.random(count) < 0.3, lots.random(count) < 0.3))
    whole[:, 0] += 2.0 * held[:, 0]
    texts = ["lift and ramp"] * count
    counted = count_texts(texts, [str(each) for each in range(count)], lambda _: True)
    return Schooling(
        themes=("a", "b"),
        whole=whole,
        counted=counted,
        held=held,
        odds=np.zeros((count, 2)),
        known=np.zeros(2, bool),
        learnt=np.ones(2, bool),
        shipped_thresholds=np.ones(2),
        groups=tuple(str(each) for each in range(count)),
        texts=np.zeros((0, SIZE)),
        text_counts=sparse.csr_array((0, len(counted.terms)), dtype=np.int64),
        text_held=np.zeros((0, 2), bool),
    )


def test_a_theme_that_meaning_tells_is_found_and_one_that_nothing_tells_is_not_sure() -> None:
    school = make_school()
    half = np.arange(100)
    presence = fit_presence(school, half, 1)
    rest = np.arange(100, 200)
    scores = presence.score(school.whole[rest], ["lift and ramp"] * 100)
    chances = find_chances(presence.weigh(scores, school.odds[rest]))
    named = chances >= presence.thresholds
    assert (named[:, 0] == school.held[rest, 0]).mean() > 0.9
    assert chances[:, 1].std() < 0.1
    assert not (chances[:, 1] >= presence.sure).any()


def test_one_answer_is_scored_the_same_alone_and_among_others() -> None:
    school = make_school()
    presence = fit_presence(school, np.arange(200), 1)
    words = ["lift and ramp"]
    together = presence.weigh(presence.score(school.whole[:50], words * 50), school.odds[:50])
    for row in range(50):
        alone = presence.weigh(presence.score(school.whole[[row]], words), school.odds[[row]])
        np.testing.assert_array_equal(alone[0], together[row])


def test_with_few_codes_a_theme_that_ships_stays_as_it_ships_and_many_codes_move_it() -> None:
    school = make_school()
    # The shipped coder is sure that the second theme is everywhere; people found it in three of ten.
    odds = np.column_stack((np.zeros(200), np.full(200, 3.0)))
    school = replace(school, odds=odds, known=np.asarray([False, True]))
    few, many = (fit_presence(school, np.arange(size), 1) for size in (12, 200))
    said = [find_chances(each.weigh(np.zeros((1, 2)), odds[:1]))[0, 1] for each in (few, many)]
    assert said[0] > 0.6
    assert said[1] < 0.45


def test_ridge_is_that_of_scikit_learn_on_centred_kernels() -> None:
    lots = np.random.default_rng(3)
    seen, held = lots.normal(size=(30, 6)), (lots.random((30, 2)) < 0.4).astype(float)
    dual, base = _solve(seen @ seen.T, held)
    centred = seen - seen.mean(axis=0)
    ridge = KernelRidge(alpha=2.0, kernel="linear").fit(centred, held - held.mean(axis=0))
    new = lots.normal(size=(5, 6))
    expected = ridge.predict(new - seen.mean(axis=0)) + held.mean(axis=0)
    np.testing.assert_allclose(new @ seen.T @ dual + base, expected)


def test_thresholds_are_half_the_best_f1_to_be_expected() -> None:
    chances = np.asarray([[0.9], [0.8], [0.1], [0.1]])
    # Naming the first two: 2 x 1.7 / (2 + 1.9).
    assert _find_thresholds(chances)[0] == pytest.approx(1.7 / 3.9)


def test_an_own_score_never_counts_against_its_theme() -> None:
    school = make_school()
    rows = np.arange(200)
    held = school.held[:, 0].astype(float)
    upside_down = _fit_curve(-held, school.odds[:, 0], school, rows, 0)
    assert upside_down[0] == 0
    np.testing.assert_allclose(find_chances(upside_down[2:]), held.mean(), atol=0.01)
    assert _fit_curve(held, school.odds[:, 0], school, rows, 0)[0] > 1
