import math
from collections.abc import Callable

import pytest

from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.tables import Score, ThemeCount
from coprod_cli.reporting.to_markdown import escape
from coprod_cli.reporting.wording import (
    explain_short_forms,
    list_names,
    say_about,
    say_score,
    say_theme,
    say_theme_and_parts,
)
from coprod_cli.telling import say_people

SCORE = Score("Short breaks", "parent", "", "overall", 53.6, 45.9, 61.2, 35, "items", reportable=True, why_not="")


def test_a_score_is_said_with_its_range_and_its_people(usual: Findings) -> None:
    assert say_score(usual, SCORE) == "54 out of 100 (likely range 46 to 61; about 35 people)"


def test_a_score_from_comments_says_so(usual: Findings) -> None:
    assert say_score(usual, SCORE._replace(basis="comments")) == (
        "from comments only: 54 out of 100 (likely range 46 to 61; about 35 people)"
    )


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("", "not enough answers to say (fewer than 10 people)"),
        ("Fewer than 10 people answered.", "not enough answers to say (fewer than 10 people answered)"),
        ("Not enough answers to say: fewer than 10 people.", "not enough answers to say (fewer than 10 people)"),
        (
            "No overall score: not enough answers about Shared purpose.",
            "not enough answers to say (not enough answers about Shared purpose)",
        ),
        (
            "No overall score: no question was asked about “Trust”.",
            "no score, because no question was asked about “Trust”",
        ),
        ("No question was asked about this.", "no score, because no question was asked about this"),
        ("“Sharing decisions” is missing.", "not enough answers to say (“Sharing decisions” is missing)"),
    ],
)
def test_what_cannot_be_said_is_never_a_number(usual: Findings, why: str, words: str) -> None:
    silent = SCORE._replace(estimate=math.nan, low=math.nan, high=math.nan, people=0, reportable=False, why_not=why)
    assert say_score(usual, silent) == words


@pytest.mark.parametrize(
    ("audience", "count", "words"),
    [
        ("public", 35, "about 35 people"),
        ("public", 118, "118 people"),
        ("public", -1, "too few people to show"),
        ("restricted", 7, "7 people"),
        ("raw", 1, "1 person"),
    ],
)
def test_people_are_said_as_exactly_as_they_may_be(
    make_findings: Callable[..., Findings], audience: str, count: int, words: str
) -> None:
    assert say_people(make_findings(settings=Settings(audience=audience)), count) == words


def test_a_theme_is_said_with_its_people_and_what_is_withheld_is_told_together(usual: Findings) -> None:
    row = ThemeCount("", "parent", "", "trust", 12.0, 5.0, 0.0, 7.0, 0.0, 30.0)
    assert say_theme(usual, row) == "“Trust”: 12 people"
    assert say_theme_and_parts(usual, row) == "“Trust”: 12 people (5 coded as going well, 7 as not going well)"
    assert say_theme_and_parts(usual, row._replace(people=15.0, mixed=1.0, neutral=2.0)) == (
        "“Trust”: 15 people (5 coded as going well, 7 as not going well, 1 as both, 2 as neither)"
    )
    assert say_theme_and_parts(usual, row._replace(positive=0.0, people=7.0)) == (
        "“Trust”: 7 people (0 coded as going well, 7 as not going well)"
    )
    withheld = row._replace(positive=math.nan, mixed=math.nan, neutral=math.nan)
    assert say_theme_and_parts(usual, withheld) == "“Trust”: 12 people (7 coded as not going well, 5 otherwise)"
    assert say_theme_and_parts(usual, withheld._replace(negative=math.nan)) == "“Trust”: 12 people"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.754, "3 of 4"), (0.842, "5 of 6"), (0.6, "3 of 5"), (0.996, "99 of 100"), (1.0, "100 of 100")],
)
def test_a_share_is_said_as_people_say_it(share: float, words: str) -> None:
    assert say_about(share) == words


def test_short_forms_are_whole_words(usual: Findings) -> None:
    assert usual.people > 0
    assert [short for short, _ in explain_short_forms(["The LA sent the EHCP.", "LATE PLAN"])] == ["EHCP", "LA"]


def test_names_are_listed_as_people_list_them() -> None:
    assert list_names([]) == ""
    assert list_names(["a"]) == "a"
    assert list_names(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("a | b", r"a \| b"),
        ("<i>*no*</i>", r"\<i\>\*no\*\</i\>"),
        ("- not a list", r"\- not a list"),
        ("1. nor this", r"1\. nor this"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_cannot_be_smuggled_in(words: str, safe: str) -> None:
    assert escape(words) == safe
