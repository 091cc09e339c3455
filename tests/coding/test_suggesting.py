"""What is suggested is doubtful, various, of themes with few codes, and nothing that is coded or says nothing."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from coprod_cli.coding import suggest_answers
from coprod_cli.coding.engine import Asked
from coprod_cli.coding.suggesting import spread_out, weigh_doubt
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

WELSH = "Roedden nhw yn gwrando arnom ni ac mae pethau wedi newid er gwell yn yr ysgol ers hynny."
WORDS = {
    "doubt one": "They said they would listen and then the meeting was moved again.",
    "doubt twin": "They said they would listen and then the meeting was moved again!",
    "doubt other": "A lift that works would help wheelchair users to come upstairs.",
    "sure": "Nobody trusts them now.",
    "none": "n/a",
    "welsh": WELSH,
}
ASKED = {name: Asked(words, "", "parent") for name, words in WORDS.items()}
CHANCES = {"doubt one": (0.5, 0.0), "doubt twin": (0.49, 0.0), "doubt other": (0.0, 0.4), "sure": (0.99, 0.01)}
THEMES = ("trust", "inclusion_access")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


def find(asked: Sequence[Asked], _: Framework) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    known = {ASKED[name].words: each for name, each in CHANCES.items()}
    return THEMES, np.asarray([known[each.words] for each in asked]).reshape(-1, 2), np.full(2, 0.3)


def test_doubtful_answers_come_first_and_near_copies_last(framework: Framework) -> None:
    found = suggest_answers(ASKED, {}, framework, find, 4)
    assert [each.id for each in found.answers] == ["doubt one", "doubt other", "sure", "doubt twin"]
    assert (found.coded, found.left, found.unread, found.silent) == (0, 4, 1, 1)
    first, other, _, twin = found.answers
    assert (first.theme, first.chance, first.line, first.coded, first.distance) == ("trust", 0.5, 0.3, 0, 1)
    assert other.theme == "inclusion_access"
    assert twin.distance < 0.2 < other.distance


def test_what_is_coded_is_left_out_and_so_is_what_is_like_it(framework: Framework) -> None:
    found = suggest_answers(ASKED, {"doubt one": {"trust"}, "none": set()}, framework, find, 3)
    assert [each.id for each in found.answers] == ["doubt other", "sure", "doubt twin"]
    assert (found.coded, found.left) == (2, 3)
    assert next(each.coded for each in found.answers if each.theme == "trust") == 1


def test_the_order_of_answers_changes_nothing(framework: Framework) -> None:
    turned = dict(reversed(ASKED.items()))
    assert suggest_answers(turned, {}, framework, find, 3) == suggest_answers(ASKED, {}, framework, find, 3)


def test_where_nothing_is_left_nothing_is_suggested(framework: Framework) -> None:
    found = suggest_answers({"none": ASKED["none"]}, {}, framework, find, 3)
    assert (found.answers, found.left, found.silent) == ((), 0, 1)


def test_a_theme_counts_the_less_the_more_codes_tell_of_it() -> None:
    doubt = weigh_doubt(np.asarray([[0.5, 0.0], [0.0, 0.5], [0.9, 0.0]]), np.asarray([8.0, 0.0]))
    assert doubt.sum(axis=1) == pytest.approx([0.25 / 3, 0.25, 0.09 / 3])


def test_each_next_one_lies_far_from_all_before_it() -> None:
    meanings = np.asarray([[1.0, 0.1], [1.0, 0.11], [-1.0, 0.1], [0.0, -1.0]])
    taken, distances = spread_out(np.ones(4), meanings, np.zeros((0, 2)), 3)
    assert taken == [0, 2, 3]
    assert min(distances) > 0.5
