"""Small numbers are withheld, and cannot be had back by subtraction; words need consent and a large enough group."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import isnan, nan

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.emerging import Emerging, RolePeople, Typical
from coprod_cli.model.findings import CODED, Base, Findings, Quote, Settings
from coprod_cli.model.tables import OVERALL, Score, ThemeCount, rows, table
from coprod_cli.protecting import for_publication
from coprod_cli.reporting import list_results

PARTS = ("people", "positive", "mixed", "negative", "neutral")
MakeFindings = Callable[..., Findings]
Counts = list[tuple[int, int, int, int]]


@pytest.fixture
def exact(make_findings: MakeFindings) -> Findings:
    """Findings with nothing in their tables, to be filled by each test."""
    return replace(
        make_findings(),
        bases=(),
        scores=table([], Score),
        themes=table([], ThemeCount),
        themes_beside=table([], ThemeCount),
        contrasts=(),
        quotes=(),
        coded=pd.DataFrame(columns=list(CODED)),
        consented=frozenset(),
    )


def count_themes(parts: Counts, commenters: int = 60) -> pd.DataFrame:
    """One theme over several projects, and all of them together in the first row."""
    whole = tuple(sum(each[place] for each in parts) for place in range(4))
    named = [("", whole, commenters * len(parts))]
    named += [(f"Project {place}", each, commenters) for place, each in enumerate(parts)]
    return table(
        (
            ThemeCount(name, "parent", "", "trust", float(sum(each)), *(float(part) for part in each), float(people))  # type: ignore[call-arg]  # mypy cannot count a starred tuple
            for name, each, people in named
        ),
        ThemeCount,
    )


def publish(findings: Findings, counts: pd.DataFrame) -> list[ThemeCount]:
    return list(rows(for_publication(replace(findings, themes=counts)).themes, ThemeCount))


def test_counts_from_one_to_four_are_never_shown(exact: Findings) -> None:
    for each in publish(exact, count_themes([(12, 3, 20, 5), (8, 0, 9, 1)])):
        assert all(isnan(getattr(each, part)) or getattr(each, part) == 0 or getattr(each, part) >= 5 for part in PARTS)


LAWS = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # frozen, so safe to share
)


@pytest.mark.no_cover
@LAWS
@given(
    st.lists(st.tuples(*(st.integers(0, 14) for _ in range(4))), min_size=1, max_size=4),
    st.sampled_from([12, 25, 60]),
)
def test_subtraction_gives_no_small_number(exact: Findings, parts: Counts, commenters: int) -> None:
    counts = count_themes(parts, commenters)
    shown, true = publish(exact, counts), list(rows(counts, ThemeCount))
    lines = [
        [(getattr(told, part), getattr(real, part)) for part in PARTS] for told, real in zip(shown, true, strict=True)
    ]
    if len(shown) > 1:
        lines += [list(column) for column in zip(*lines, strict=True)]
    for whole, *rest in lines:
        hidden = [real for told, real in rest if isnan(told)]
        if isnan(whole[0]):
            assert hidden
        elif hidden:
            none_of_many = sum(hidden) == 0 and commenters * len(parts) >= 20
            assert none_of_many or sum(hidden) >= 5


@pytest.mark.no_cover
@LAWS
@given(
    st.lists(st.tuples(*(st.integers(0, 14) for _ in range(4))), min_size=2, max_size=4),
    st.tuples(*(st.integers(0, 2) for _ in range(4))),
)
def test_subtraction_gives_no_number_of_a_group_too_small_to_show(
    exact: Findings, parts: Counts, own: tuple[int, int, int, int]
) -> None:
    counts = count_themes([own, *parts], 60)
    counts = counts.assign(commenters=counts["commenters"].mask(counts["project"] == "Project 0", 8.0))
    whole, *projects = publish(exact, counts)
    assert isnan(projects[0].people)
    for part in PARTS:
        hidden = [isnan(getattr(each, part)) for each in projects]
        nobody = getattr(whole, part) == 0
        assert hidden[0] or nobody
        assert isnan(getattr(whole, part)) or nobody or sum(hidden) > 1, part


def tell(row: ThemeCount) -> list[float]:
    return [-1 if isnan(getattr(row, part)) else getattr(row, part) for part in PARTS]


def test_small_projects_that_tell_nothing_leave_the_split_over_all_projects_to_be_told(exact: Findings) -> None:
    whole, *projects = publish(exact, count_themes([(4, 1, 3, 0), (2, 2, 4, 0), (3, 1, 2, 0), (1, 3, 1, 0)], 14))
    assert tell(whole) == [27, 10, 7, 10, 0]
    assert all(isnan(getattr(each, part)) for each in projects for part in PARTS[1:])


def test_a_small_part_over_all_projects_takes_one_other_with_it_and_no_more(exact: Findings) -> None:
    whole, *_ = publish(exact, count_themes([(14, 0, 3, 2), (12, 6, 4, 1), (3, 2, 9, 0)], 30))
    assert tell(whole) == [56, 29, -1, 16, -1]


def test_that_nobody_at_all_said_something_is_told_of_small_projects_too(exact: Findings) -> None:
    assert [tell(each) for each in publish(exact, count_themes([(0, 0, 0, 0), (0, 0, 0, 0)], 12))] == [[0] * 5] * 3


@pytest.mark.no_cover
@LAWS
@given(st.lists(st.tuples(*(st.integers(0, 14) for _ in range(4))), min_size=2, max_size=4))
def test_what_is_shown_is_true(exact: Findings, parts: Counts) -> None:
    counts = count_themes(parts)
    for told, true in zip(publish(exact, counts), rows(counts, ThemeCount), strict=True):
        assert all(isnan(getattr(told, part)) or getattr(told, part) == getattr(true, part) for part in PARTS)


def test_a_project_with_few_commenters_shows_no_counts_at_all(exact: Findings) -> None:
    shown = publish(exact, count_themes([(7, 0, 0, 0)], commenters=9))
    assert all(isnan(getattr(shown[1], part)) for part in (*PARTS, "commenters"))


def test_bases_under_the_minimum_are_withheld_and_others_rounded(exact: Findings) -> None:
    bases = (
        Base("A", "parent", "", 9, 9, 4),
        Base("A", "practitioner", "", 33, 31, 12),
        Base("B", "parent", "", 142, 0, 0),
    )
    shown = for_publication(replace(exact, bases=bases)).bases
    assert [each.answered for each in shown] == [-1, 35, 142]
    assert (shown[1].rated, shown[1].commented, shown[2].rated) == (30, 10, 0)


def test_totals_are_exact_where_every_group_is_told(exact: Findings) -> None:
    bases = (Base("A", "parent", "", 142, 142, 142), Base("B", "parent", "", 33, 33, 33))
    shown = for_publication(replace(exact, bases=bases, people=175, forms=175, responses=175, rows_read=180))
    assert (shown.people, shown.forms, shown.rows_read, shown.totals_step) == (175, 175, 180, 1)


def test_totals_of_fewer_people_than_any_figure_needs_are_withheld(exact: Findings) -> None:
    bases = (Base("A", "parent", "", 8, 8, 0),)
    shown = for_publication(replace(exact, bases=bases, people=8, forms=8, responses=8, rows_read=9))
    assert (shown.people, shown.forms, shown.responses, shown.rows_read) == (-1, -1, -1, -1)


@pytest.mark.parametrize("few", range(1, 10))
def test_one_withheld_group_cannot_be_had_from_the_totals(exact: Findings, few: int) -> None:
    bases = (Base("A", "parent", "", 142, 142, 142), Base("B", "parent", "", few, few, few))
    total = 142 + few
    shown = for_publication(
        replace(exact, bases=bases, people=total, forms=total, responses=total, rows_read=total + 4)
    )
    assert shown.totals_step != 1
    if shown.people != -1:
        assert shown.rows_read - shown.forms == 4
        step = shown.totals_step
        could = [people for people in range(1, 10) if int((142 + people + step / 2) // step * step) == shown.people]
        assert few in could
        assert len(could) >= 5


def test_scores_are_whole_and_few_people_are_never_shown_to_be_of_one_mind(exact: Findings) -> None:
    scores = [
        Score("A", "parent", "", OVERALL, 0.0, 0.0, 9.9, 12, "items", reportable=True, why_not=""),
        Score("B", "parent", "", OVERALL, 61.7, 50.2, 70.1, 25, "items", reportable=True, why_not=""),
    ]
    shown = list(rows(for_publication(replace(exact, scores=table(scores, Score))).scores, Score))
    assert [(each.low, each.estimate, each.high) for each in shown] == [(0, 5, 10), (50, 62, 70)]


def test_a_role_that_few_people_have_is_not_told_of_by_itself(exact: Findings) -> None:
    bases = (Base("A", "parent", "", 20, 20, 20), Base("A", "young_person", "", 1, 1, 1))
    scores = [
        Score("A", role, "", OVERALL, nan, nan, nan, 1, "items", reportable=False, why_not="Not enough answers.")
        for role in ("parent", "young_person")
    ]
    counts = count_themes([(7, 0, 0, 0)])
    few = pd.concat([counts, counts.assign(role="young_person")], ignore_index=True)
    by_role = (("parent", 20), ("young_person", 1))
    shown = for_publication(
        replace(exact, bases=bases, scores=table(scores, Score), themes=few, people_by_role=by_role)
    )
    assert {each.role for each in shown.bases} == {"parent"}
    assert set(shown.scores["role"]) == {"parent"}
    assert set(shown.themes["role"]) == {"parent"}
    assert shown.people_by_role == (("parent", 20),)
    assert "children and young people" in next(each.message for each in shown.notices if each.code == "few-in-role")


def test_commenters_are_never_fewer_than_the_people_who_raised_a_theme(exact: Findings) -> None:
    for each in publish(exact, count_themes([(17, 0, 0, 0)], commenters=17)):
        assert isnan(each.people) or each.commenters >= each.people


def test_people_behind_a_score_are_rounded_or_withheld(exact: Findings) -> None:
    scores = [
        Score("A", "parent", "", OVERALL, 50.0, 40.0, 60.0, 33, "items", reportable=True, why_not=""),
        Score("B", "parent", "", OVERALL, nan, nan, nan, 6, "items", reportable=False, why_not="Not enough."),
    ]
    shown = for_publication(replace(exact, scores=table(scores, Score))).scores
    assert shown["people"].tolist() == [35, -1]


def list_answers(
    people: int, *, theme: str = "trust", role: str = "parent", start: int = 0
) -> list[tuple[object, ...]]:
    tail = ("", "q", theme, "positive", "project", 0.9, 0, 5, "Words", "Words here", "trained", False, "")
    return [(f"a{place}", f"p{place}", "A", role, *tail) for place in range(start, start + people)]


def show_coded(exact: Findings, answers: list[tuple[object, ...]], consented: int) -> pd.DataFrame:
    """What is published of these answers when the first so many of them may be quoted."""
    coded = pd.DataFrame(answers, columns=list(CODED))
    said = coded[coded["theme"] == "trust"]
    counts = [
        ThemeCount(name, "parent", "", str(theme), people, people, 0.0, 0.0, 0.0, 60.0)
        for theme, people in coded.groupby("theme")["person"].nunique().astype(float).items()
        for name in ("", "A")
    ]
    willing = frozenset(f"a{place}" for place in range(consented))
    assert len(said) > 0
    return for_publication(replace(exact, coded=coded, consented=willing, themes=table(counts, ThemeCount))).coded


def test_only_words_that_may_be_quoted_are_shown_and_nobody_has_an_id(exact: Findings) -> None:
    shown = show_coded(exact, list_answers(20), consented=12)
    assert set(shown["answer"]) == {f"a{place}" for place in range(12)}
    assert set(shown["person"]) == {""}
    assert set(shown["project"]) == {"A"}
    assert set(shown["stance"]) == {"positive"}


def test_codes_that_the_tables_withhold_are_not_in_the_published_answers(exact: Findings) -> None:
    shown = show_coded(exact, list_answers(20) + list_answers(3, theme="adversarial"), consented=20)
    assert set(shown["theme"]) == {"trust"}


def test_a_rare_trio_of_role_project_and_theme_hides_the_project(exact: Findings) -> None:
    elsewhere = [(*each[:2], "B", *each[3:]) for each in list_answers(3, start=30)]
    shown = show_coded(exact, list_answers(20) + elsewhere, consented=40)
    assert set(shown.loc[shown["answer"].isin(["a30", "a31", "a32"]), "project"]) == {"[c]"}


def test_the_stance_is_shown_only_where_the_tables_tell_it(exact: Findings) -> None:
    coded = pd.DataFrame(list_answers(20), columns=list(CODED)).assign(left_open="stance and level")
    counts = table([ThemeCount("", "parent", "", "trust", 20.0, 17.0, 0.0, 3.0, 0.0, 60.0)], ThemeCount)
    consented = frozenset(coded["answer"])
    shown = for_publication(replace(exact, coded=coded, consented=consented, themes=counts)).coded
    assert set(shown["stance"]) == {"[c]"}
    # Where a rule said the stance, it is neutral more often than not.
    assert set(shown["left_open"]) == {"level"}


def test_counting_the_published_answers_gives_nothing_that_the_tables_withhold(exact: Findings) -> None:
    answers = list_answers(14) + list_answers(6, theme="openness", start=20) + list_answers(11, theme="trust", start=40)
    shown = show_coded(exact, answers, consented=60)
    for theme, people in shown.groupby("theme")["answer"].nunique().items():
        assert theme == "trust"
        assert people >= 10


@pytest.mark.parametrize(("people", "kept"), [(9, 0), (10, 1)])
def test_a_quote_needs_ten_people_of_that_role_who_raised_that_theme(exact: Findings, people: int, kept: int) -> None:
    coded = pd.DataFrame(list_answers(people), columns=list(CODED))
    quote = Quote("a1", "trust", "positive", "parent", "Words")
    assert len(for_publication(replace(exact, coded=coded, quotes=(quote,))).quotes) == kept


def publish_quotes(exact: Findings, people: int, *, told: float, quotes: int = 1) -> tuple[Quote, ...]:
    """Quotes from so many people on one theme of project A, of whom the table of that project tells so many."""
    coded = pd.DataFrame(list_answers(people), columns=list(CODED))
    counts = [ThemeCount("A", "parent", "", "trust", told, told, 0.0, 0.0, 0.0, 60.0)]
    listed = tuple(
        Quote(f"a{place}", "trust", "positive", "parent", f"Words {place}", project="A") for place in range(quotes)
    )
    return for_publication(replace(exact, coded=coded, quotes=listed, themes=table(counts, ThemeCount))).quotes


@pytest.mark.parametrize(("people", "project"), [(9, ""), (10, "A")])
def test_the_project_of_a_quote_is_told_from_ten_people_on(exact: Findings, people: int, project: str) -> None:
    coded = [*list_answers(people), *((*each[:2], "B", *each[3:]) for each in list_answers(20, start=40))]
    counts = [ThemeCount("A", "parent", "", "trust", people, people, 0.0, 0.0, 0.0, 60.0)]
    quote = Quote("a1", "trust", "positive", "parent", "Words", project="A")
    given = replace(
        exact,
        coded=pd.DataFrame(coded, columns=list(CODED)),
        quotes=(quote,),
        themes=table(counts, ThemeCount),
    )
    assert [each.project for each in for_publication(given).quotes] == [project]


def test_the_project_of_a_quote_is_withheld_with_its_count(exact: Findings) -> None:
    assert [each.project for each in publish_quotes(exact, 20, told=nan)] == [""]


def test_the_list_of_quotes_is_bounded(exact: Findings) -> None:
    assert len(publish_quotes(exact, 30, told=30.0, quotes=12)) == 6


def test_a_suggestion_is_told_of_roles_with_ten_people_only(exact: Findings) -> None:
    typical = (Typical("a1", "parent", "Of a parent"), Typical("a2", "practitioner", "Of a practitioner"))
    few = Emerging(("portal",), (RolePeople("parent", 9),), 0.9, typical)
    many = Emerging(("bus",), (RolePeople("parent", 13), RolePeople("practitioner", 9)), 0.81234, typical)
    [told] = for_publication(replace(exact, emerging=(few, many))).emerging
    assert told == Emerging(("bus",), (RolePeople("parent", 15),), 0.812, typical[:1])


def test_raw_is_for_the_data_holder_and_withholds_nothing(exact: Findings) -> None:
    raw = replace(exact, settings=Settings(audience="raw"), bases=(Base("A", "parent", "", 3, 3, 3),))
    shown = for_publication(raw)
    assert list_results(shown) == list_results(raw)
    assert shown.coded is raw.coded


def test_the_order_of_projects_does_not_decide_what_is_withheld(exact: Findings) -> None:
    for one, two in combinations([(12, 3, 20, 5), (8, 0, 9, 1), (30, 6, 7, 8)], 2):
        forwards = {tuple(getattr(each, part) for part in PARTS) for each in publish(exact, count_themes([one, two]))}
        backwards = {tuple(getattr(each, part) for part in PARTS) for each in publish(exact, count_themes([two, one]))}
        assert {tuple(map(str, each)) for each in forwards} == {tuple(map(str, each)) for each in backwards}


def test_a_theme_withheld_to_guard_another_is_not_passed_over_in_silence(exact: Findings) -> None:
    trust = count_themes([(14, 0, 0, 0), (3, 0, 0, 0)])
    other = count_themes([(7, 0, 0, 0), (0, 0, 0, 0)]).assign(theme="openness")
    shown = for_publication(replace(exact, themes=pd.concat([trust, other], ignore_index=True)))
    assert ("Project 0", "parent", "") in shown.unled
    assert ("", "parent", "") not in shown.unled
