"""Wherever comments enter a score it is said that a machine coded them, and that nobody checked."""

from collections.abc import Callable

import pytest

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import Score, rows
from coprod_cli.reporting import OUTPUTS, Material, list_results
from coprod_cli.telling import say_basis, tell_basis

PERFECT = ((9000, 0, 0, 0), (0, 500, 0, 0), (0, 0, 500, 0), (0, 0, 0, 0))
MakeFindings = Callable[..., Findings]


@pytest.fixture
def corrected(comments_only: Findings, make_findings: MakeFindings) -> Findings:
    coder = comments_only.coder
    themes = tuple(each._replace(verdicts=PERFECT, verdict_designs=(1.0,) * 4) for each in coder.themes)
    return make_findings(basis="comments", contrasts=(), coder=coder._replace(themes=themes))


def test_closed_questions_alone_say_nothing_of_a_machine(make_findings: MakeFindings) -> None:
    findings = make_findings(basis="items")
    assert say_basis(findings, "items") == "closed questions"
    assert tell_basis(findings, rows(findings.scores, Score)) == ""


def test_comments_beside_closed_questions_are_marked(usual: Findings) -> None:
    assert "at most a third: coded by machine, not checked" in say_basis(usual, "items+comments")
    told = tell_basis(usual, rows(usual.scores, Score))
    assert "at most a third" in told
    assert "coded by machine, not checked" in told


def test_a_score_from_comments_says_whether_it_is_corrected(comments_only: Findings, corrected: Findings) -> None:
    assert "corrected" not in say_basis(comments_only, "comments")
    assert "not known well enough" in tell_basis(comments_only, rows(comments_only.scores, Score))
    assert say_basis(corrected, "comments") == (
        "comments only: coded by machine, not checked; corrected for the machine's known mistakes; usually reads low"
    )
    assert "The likely range is wider" in tell_basis(corrected, rows(corrected.scores, Score))


@pytest.mark.parametrize("name", ["report.html", "summary.md", "results.json"])
def test_every_output_says_so(corrected: Findings, name: str) -> None:
    words = OUTPUTS[name](Material(corrected)).decode()
    assert "corrected for the machine" in words


def test_each_score_in_the_results_has_its_note(usual: Findings) -> None:
    overall = [each["overall"] for each in list_results(usual)["projects"] if each["overall"]]
    overall = [each for each in overall if each["reportable"]]
    assert overall
    assert all("not checked" in each["basis_note"] for each in overall)
