"""Figures of agreement equal those of four other packages, and keep the laws that any such figure keeps.

irrcac.json was made with irrCAC 0.4.4, which cannot be installed beside today's scipy and pandas: for each table
CAC(table, weights="identity", categories=range(values), digits=12), whose gwet(), fleiss() and krippendorff() it holds.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import krippendorff
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score, f1_score, precision_recall_fscore_support
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from coprod_cli.coding import find_agreements
from coprod_cli.coding.agreement import FIGURES, Sums, find_f1, sum_up
from coprod_cli.model.agreement import EACH, LEVEL, MEAN, POOLED, STANCE, THEME, Agreed, Agreement
from coprod_cli.model.codes import Code, Coding

THEMES = ("trust", "openness", "tokenism")
CORPUS = Path(__file__).parents[2] / "data" / "corpus" / "two_coders.jsonl"
REFERENCE = json.loads((Path(__file__).parent / "irrcac.json").read_text(encoding="utf-8"))
Marks = npt.NDArray[np.int16]


def make_marks(seed: int, coders: int, values: int, missing: float) -> Marks:
    chance = np.random.default_rng(seed)
    truth = chance.integers(0, values, 60)
    said = [np.where(chance.random(60) < 0.7, truth, chance.integers(0, values, 60)) for _ in range(coders)]
    marks = np.stack(said, axis=1)
    marks[chance.random(marks.shape) < missing] = -1
    return marks.astype(np.int16)


def add_up(marks: Marks, values: int) -> Sums:
    return Sums(*(each.sum(axis=0) for each in sum_up(marks, values)))


def find(name: str, marks: Marks, values: int) -> float:
    return float(FIGURES[name](add_up(marks, values)))


def code(who: str, found: Mapping[str, Sequence[tuple[str, ...]]]) -> Coding:
    """A coding from, by answer, (theme, stance, level) of each code."""
    named = ("theme", "stance", "level")
    codes = {
        Code(answer, **dict(zip(named, each, strict=False)))  # type: ignore[arg-type]  # three words
        for answer, several in found.items()
        for each in several
    }
    return Coding(who, tuple(sorted(found)), tuple(sorted(codes)))


def pick(agreement: Agreement, measure: str, scope: str = POOLED, theme: str = "") -> Agreed:
    [row] = [row for row in agreement.rows if (row.measure, row.scope, row.theme) == (measure, scope, theme)]
    return row


TABLES = [(1, 2, 2, 0.0), (2, 2, 4, 0.0), (3, 3, 3, 0.0), (4, 2, 2, 0.2), (5, 4, 3, 0.25)]


@pytest.mark.parametrize("table", TABLES)
def test_alpha_is_that_of_krippendorff_and_of_nltk(table: tuple[int, int, int, float]) -> None:
    marks = make_marks(*table)
    data = np.where(marks < 0, np.nan, marks).T
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert find("alpha", marks, table[2]) == pytest.approx(theirs, abs=1e-9)
    rated = marks[(marks >= 0).sum(axis=1) > 1]
    triples = [(coder, unit, int(rated[unit, coder])) for unit, coder in np.argwhere(rated >= 0).tolist()]
    assert find("alpha", rated, table[2]) == pytest.approx(AnnotationTask(triples).alpha(), abs=1e-9)


@pytest.mark.parametrize("table", REFERENCE["tables"])
def test_fleiss_ac1_alpha_and_agreement_are_those_of_irrcac(table: dict[str, float]) -> None:
    lines: list[str] = table["ratings"]  # type: ignore[assignment]  # the one list among figures
    marks = np.array([line.split(",") for line in lines], dtype=np.int16)
    for name in ("fleiss", "ac1", "alpha", "agreement"):
        assert find(name, marks, int(table["values"])) == pytest.approx(table[name], abs=1e-9), name


@pytest.mark.parametrize(("seed", "values"), [(1, 2), (2, 4), (6, 3)])
def test_cohen_is_that_of_scikit_learn_and_of_nltk(seed: int, values: int) -> None:
    marks = make_marks(seed, 2, values, 0)
    assert find("cohen", marks, values) == pytest.approx(cohen_kappa_score(marks[:, 0], marks[:, 1]), abs=1e-9)
    triples = [(coder, unit, int(marks[unit, coder])) for unit in range(len(marks)) for coder in (0, 1)]
    assert find("cohen", marks, values) == pytest.approx(AnnotationTask(triples).kappa(), abs=1e-9)
    assert find("fleiss", marks, values) == pytest.approx(AnnotationTask(triples).pi(), abs=1e-9)


def test_fleiss_is_that_of_statsmodels() -> None:
    marks = make_marks(3, 3, 3, 0)
    counts, _ = aggregate_raters(marks)
    assert find("fleiss", marks, 3) == pytest.approx(fleiss_kappa(counts), abs=1e-9)
    assert math.isnan(find("cohen", marks, 3))


def test_f1_is_that_of_scikit_learn_and_positive_agreement_is_f1_of_two() -> None:
    marks = make_marks(4, 3, 2, 0)
    found = find_f1(add_up(marks, 2), of_yes=True)
    assert found == pytest.approx([f1_score(marks[:, 0], marks[:, coder]) for coder in (1, 2)], abs=1e-9)
    both = marks[:, :2]
    assert find("positive", both, 2) == pytest.approx(f1_score(both[:, 0], both[:, 1]), abs=1e-9)
    assert find("negative", both, 2) == pytest.approx(f1_score(both[:, 0], both[:, 1], pos_label=0), abs=1e-9)
    several = make_marks(5, 2, 4, 0)
    theirs = precision_recall_fscore_support(several[:, 0], several[:, 1], average="macro", zero_division=0)[2]
    assert find_f1(add_up(several, 4), of_yes=False) == pytest.approx([theirs], abs=1e-9)


def test_a_range_is_the_middle_of_draws_of_whole_answers() -> None:
    marks = make_marks(8, 2, 2, 0)
    found = [
        code(who, {f"{row:02d}": [("trust",)] if marks[row, place] else [] for row in range(len(marks))})
        for place, who in enumerate("ab")
    ]
    figure = pick(find_agreements(found, THEMES, 7, draws=200), THEME, EACH, "trust").figures["alpha"]
    chances = np.full(len(marks), 1 / len(marks))
    weights = np.random.default_rng(7).multinomial(len(marks), chances, size=200)
    drawn = [
        krippendorff.alpha(reliability_data=np.repeat(marks, each, axis=0).T, level_of_measurement="nominal")
        for each in weights
    ]
    assert (figure.low, figure.high) == pytest.approx(tuple(np.quantile(drawn, (0.025, 0.975))), abs=1e-9)


def test_the_two_coders_of_the_corpus_agree_as_its_card_says() -> None:
    lines = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    found = [
        code(
            who, {line["id"]: [(each["theme"], each["stance"], each["level"]) for each in line[who]] for line in lines}
        )
        for who in "ab"
    ]
    themes = sorted({each.theme for coding in found for each in coding.codes})
    agreement = find_agreements(found, themes, 0, draws=20)
    assert (agreement.answers, agreement.same, len(agreement.differences)) == (1560, 1409, 300)
    mean = pick(agreement, THEME, MEAN)
    assert round(mean.figures["alpha"].value, 3) == 0.953
    assert round(mean.f1[0].value, 3) == 0.956
    assert round(pick(agreement, STANCE).figures["agreement"].value, 3) == 0.982
    assert round(pick(agreement, LEVEL).figures["agreement"].value, 3) == 0.950


STANCE_WORDS = st.sampled_from(["positive", "negative", "neutral", ""])
LEVEL_WORDS = st.sampled_from(["project", "individual", "system", ""])
CODES = st.lists(st.tuples(st.sampled_from(THEMES), STANCE_WORDS, LEVEL_WORDS), max_size=3)
CODINGS = st.dictionaries(st.sampled_from([f"a{number}" for number in range(8)]), CODES, min_size=1)
Found = dict[str, list[tuple[str, str, str]]]


def list_values(agreement: Agreement, *, with_f1: bool = True) -> list[float]:
    found = [each for row in agreement.rows for each in (*row.figures.values(), *(row.f1 if with_f1 else ()))]
    return [value for figure in found for value in figure]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(CODINGS, CODINGS, CODINGS)
def test_it_does_not_matter_who_comes_first(one: Found, other: Found, last: Found) -> None:
    first, second, third = code("a", one), code("b", other), code("c", last)
    two = [find_agreements(pair, THEMES, 3, draws=30) for pair in ([first, second], [second, first])]
    assert list_values(two[0]) == pytest.approx(list_values(two[1]), abs=1e-12, nan_ok=True)
    orders = ([first, second, third], [third, first, second])
    three = [list_values(find_agreements(order, THEMES, 3, draws=30), with_f1=False) for order in orders]
    assert three[0] == pytest.approx(three[1], abs=1e-12, nan_ok=True)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(CODINGS)
def test_identical_codings_agree_wholly_or_cannot_be_judged(found: Found) -> None:
    agreement = find_agreements([code(who, found) for who in "abc"], THEMES, 3, draws=30)
    assert all(math.isnan(value) or value == 1 for value in list_values(agreement))
    assert agreement.differences == ()
    assert agreement.same == agreement.answers == len(found)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(CODINGS, CODINGS)
def test_figures_lie_in_their_ranges_and_bounds(one: Found, other: Found) -> None:
    agreement = find_agreements([code("a", one), code("b", other)], THEMES, 3, draws=60)
    for row in agreement.rows:
        for figure in (*row.figures.values(), *row.f1):
            assert math.isnan(figure.value) or -1 - 1e-9 <= figure.value <= 1 + 1e-9
            assert math.isnan(figure.low) or figure.low <= figure.value <= figure.high


def test_answers_of_one_coder_alone_are_left_out_and_counted() -> None:
    first = code("a", {"1": [("trust", "positive", "project")], "2": [], "3": [], "9": []})
    second = code("b", {"1": [("trust", "positive", "project")], "2": [], "4": [("openness", "neutral", "system")]})
    agreement = find_agreements([first, second], THEMES, 0, draws=10)
    assert (agreement.answers, agreement.looked, agreement.alone, agreement.empty) == (2, (4, 3), (2, 1), (3, 1))
    assert agreement.unused == ("openness", "tokenism")


def test_of_three_coders_one_may_have_missed_an_answer() -> None:
    answers = {"1": [("trust", "positive", "project")], "2": [("trust", "positive", "project")]}
    agreement = find_agreements(
        [code("a", {**answers, "3": []}), code("b", {**answers, "3": []}), code("c", {"1": []})], THEMES, 0, draws=10
    )
    row = pick(agreement, THEME, EACH, "trust")
    assert row.counts == ((1, 2), (1, 2), (1, 0))
    assert row.figures["agreement"].value == pytest.approx((1 / 3 + 1 + 1) / 3)
    assert [each.said for each in agreement.differences] == [("positive, project", "positive, project", "not found")]


def test_answers_to_talk_through_stand_in_the_order_of_their_numbers() -> None:
    ids = ("w2-10", "w2-9", "w10-1", "w2-x")
    codings = [code("a", {name: [("trust",)] for name in ids}), code("b", {name: [] for name in ids})]
    differences = find_agreements(codings, THEMES, 0, draws=10).differences
    assert [each.answer for each in differences] == ["w2-9", "w2-10", "w2-x", "w10-1"]


def test_what_was_said_instead_is_counted_by_single_differences() -> None:
    first = {"1": [("trust",)], "2": [("trust",), ("tokenism",)], "3": [("trust",)], "4": [("trust",), ("openness",)]}
    second = {"1": [("openness",)], "2": [("openness",), ("tokenism",)], "3": [], "4": [("tokenism",)]}
    agreement = find_agreements([code("a", first), code("b", second)], THEMES, 0, draws=10)
    assert [tuple(each) for each in agreement.confused] == [
        ("theme", "a", "b", "trust", "openness", 2),
        ("theme", "a", "b", "trust", "", 1),
    ]


def test_for_and_against_in_one_answer_is_mixed_and_what_nobody_said_is_not_compared() -> None:
    both = ("trust", "positive", "project"), ("trust", "negative", "project")
    first: Found = {"1": [*both], "2": [("trust", "", "project")]}
    second: Found = {"1": [("trust", "positive", "system")], "2": [("trust", "negative", "project")]}
    agreement = find_agreements([code("a", first), code("b", second)], THEMES, 0, draws=10)
    assert pick(agreement, STANCE).cases == 1
    [different] = agreement.differences
    assert (different.about, different.said) == ("stance and level", ("mixed, project", "positive, system"))


@pytest.mark.parametrize("name", ["cohen", "fleiss", "alpha"])
def test_where_everybody_always_says_the_same_chance_cannot_be_taken_off(name: str) -> None:
    assert math.isnan(find(name, np.zeros((9, 2), np.int16), 2))
    assert find("ac1", np.zeros((9, 2), np.int16), 2) == 1


@pytest.mark.parametrize("other", [Coding("b", ("1", "2"), ()), Coding("b", ("7",), (Code("7", "trust"),))])
def test_nothing_to_compare_gives_no_figures(other: Coding) -> None:
    agreement = find_agreements([Coding("a", ("1", "2"), ()), other], THEMES, 0)
    assert not agreement.rows
    assert not agreement.confused
    assert not agreement.differences
