"""How far people agree who coded answers of a survey: the figures of coprod agree, and how many people they are of."""

import pytest

from coprod_cli.coding import compare_coders
from coprod_cli.coding.agreement import find_agreements
from coprod_cli.model.agreement import MEAN, STANCE, THEME
from coprod_cli.model.coders import NOBODY_COMPARED, CodersFigures
from coprod_cli.model.codes import Code, Coding

THEMES = ("openness", "trust")
NAMES = tuple(f"a{place:02d}" for place in range(12))
# Two answers of each person.
PEOPLE = {name: f"p{place // 2}" for place, name in enumerate(NAMES)}


def code(who: str, trust: range, names: tuple[str, ...] = NAMES) -> Coding:
    codes = tuple(Code(NAMES[place], "trust", "negative" if place % 3 else "positive") for place in trust)
    return Coding(who, names, codes)


BOTH = (code("anna", range(6)), code("ben", range(2, 8)))


def pick(figures: tuple[CodersFigures, ...], measure: str, scope: str) -> CodersFigures:
    return next(each for each in figures if (each.measure, each.scope) == (measure, scope))


def test_the_figures_are_those_of_coprod_agree() -> None:
    found = compare_coders(BOTH, THEMES, PEOPLE, 1)
    whole = find_agreements(BOTH, THEMES, 1)
    mean = next(row for row in whole.rows if (row.measure, row.scope) == (THEME, MEAN))
    told = pick(found.figures, THEME, MEAN)
    assert (told.alpha, told.alpha_low, told.alpha_high) == tuple(mean.figures["alpha"])
    assert (told.kappa, told.ac1) == (mean.figures["cohen"].value, mean.figures["ac1"].value)
    assert (found.answers, found.same, found.coders) == (12, whole.same, ("anna", "ben"))


def test_it_tells_in_how_many_answers_and_of_how_many_people() -> None:
    found = compare_coders(BOTH, THEMES, PEOPLE, 1)
    trust = next(each for each in found.figures if each.theme == "trust")
    assert (trust.found, trust.people, found.people) == (8, 4, 6)
    stance = pick(found.figures, STANCE, "pooled")
    assert (stance.found, stance.people) == (4, 2)
    assert [each.theme for each in found.figures if each.theme] == ["trust"]


def test_of_three_coders_kappa_is_fleiss() -> None:
    three = (*BOTH, code("cleo", range(4)))
    mean = next(row for row in find_agreements(three, THEMES, 1).rows if (row.measure, row.scope) == (THEME, MEAN))
    assert pick(compare_coders(three, THEMES, PEOPLE, 1).figures, THEME, MEAN).kappa == pytest.approx(
        mean.figures["fleiss"].value
    )


def test_where_no_two_looked_at_one_answer_there_is_nothing() -> None:
    apart = (code("anna", range(3), NAMES[:6]), code("ben", range(6, 9), NAMES[6:]))
    assert compare_coders(apart, THEMES, PEOPLE, 1) == NOBODY_COMPARED
    assert compare_coders(BOTH[:1], THEMES, PEOPLE, 1) == NOBODY_COMPARED
