import numpy as np
import pytest

from coprod_cli.coding.dealing import deal_folds


def make(people: int) -> tuple[list[str], np.ndarray]:
    groups = [f"p{number // 3}" for number in range(3 * people)]
    lots = np.random.default_rng(4)
    return groups, lots.random((len(groups), 4)) < [0.5, 0.2, 0.1, 0.05]


def test_a_group_is_never_split() -> None:
    groups, held = make(40)
    folds = deal_folds(groups, held, 5, 1)
    assert all(len({*folds[[at for at, name in enumerate(groups) if name == who]]}) == 1 for who in set(groups))


def test_parts_are_alike_in_size_and_in_every_theme() -> None:
    groups, held = make(100)
    folds = deal_folds(groups, held, 5, 1)
    sizes = np.bincount(folds)
    assert sizes.max() - sizes.min() <= 6
    for theme in held.T:
        there = np.bincount(folds, theme, minlength=5)
        assert there.max() - there.min() <= max(3, 0.4 * there.mean())


def test_the_order_of_answers_changes_nothing() -> None:
    groups, held = make(30)
    folds = deal_folds(groups, held, 5, 1)
    order = np.random.default_rng(2).permutation(len(groups))
    again = deal_folds([groups[at] for at in order], held[order], 5, 1)
    np.testing.assert_array_equal(again, folds[order])


@pytest.mark.parametrize("people", [1, 3])
def test_there_are_no_more_parts_than_groups(people: int) -> None:
    groups, held = make(people)
    assert len(set(deal_folds(groups, held, 5, 1))) == people
