"""The marks that stand where a figure is missing, and the legend that explains them."""

from math import nan

import pytest

from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.telling import BESIDE_EARLIER, explain_marks, mark_score, mark_why, show_mark


@pytest.mark.parametrize(
    ("why_not", "mark"),
    [
        ("", ""),
        ("Not enough answers to say: fewer than 10 people.", "low"),
        ("No overall score: not enough answers about Shared purpose.", "low"),
        ("No question was asked about this.", "x"),
        ("No overall score: no question was asked about “Sharing decisions”.", "x"),
        ("No closed question about this was asked in both rounds.", "x"),
        ("Withheld, because no parent or young person is among those who made it (RF01).", "z"),
        (BESIDE_EARLIER, "c"),
    ],
)
def test_the_reason_gives_the_mark(why_not: str, mark: str) -> None:
    assert mark_why(why_not) == mark


@pytest.mark.parametrize(("basis", "mark"), [("items", ""), ("items+comments", ""), ("comments", "u")])
def test_a_score_that_is_told_has_a_mark_only_where_it_rests_on_comments(basis: str, mark: str) -> None:
    score = Score("A", "parent", "", OVERALL, 50.0, 40.0, 60.0, 20, basis, reportable=True, why_not="")
    assert mark_score(score) == mark
    assert mark_score(score._replace(estimate=nan, reportable=False, why_not="Not enough answers to say.")) == "low"


def test_a_legend_explains_the_marks_that_are_used_and_no_other() -> None:
    legend = explain_marks(["54 (46 to 61)", show_mark("c"), f"48 {show_mark('u')}"])
    assert "[c]: " in legend
    assert "[u]: " in legend
    assert "[low]" not in legend
    assert explain_marks(["54", ""]) == ""


def test_what_somebody_wrote_is_no_mark() -> None:
    assert explain_marks(["[x](here)", "See [c], please", "[u]nder", "[low] ebb, they said"]) == ""
    assert "[c]: " in explain_marks(["[c] people"])
