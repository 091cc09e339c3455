"""The half page on method in a report tells what this run used, and nothing else."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Findings, Flag, Settings
from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.tables import RungChance, table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_run import tell_run
from coprod_cli.reporting.template_research import tell as tell_research
from coprod_cli.reporting.to_markdown import write_markdown

HALF_A_PAGE = 350
PROJECT = "Short breaks strategy"
RAKED = Weighting("parent", ("I am a...", "Age of your child", "Area"), 74, 57.0, 3, 3.0, converged=True)
CLOSED = ClosedGroup(PROJECT, "parent", "", 60, used=True)
RUNGS = table([RungChance(PROJECT, "parent", "", rung, 1 / 6, 35) for rung in range(6)], RungChance)
PAPER = Governance((ProjectFacts(PROJECT),), as_of="2026-11-01", sha256="d" * 64)
LIMITED = Flag(PROJECT, "", "RF02", "Decided already", "limit", "It is verified.", escalate=False, reply="")
UNHEARD = LIMITED._replace(id="RF15", effect="withheld")
MEASURED = ((90, 4, 4, 2), (5, 40, 3, 2), (5, 3, 40, 2), (1, 1, 1, 1))

Change_ = Callable[[Findings], Findings]


def set_settings(**changed: object) -> Change_:
    return lambda findings: replace(findings, settings=replace(findings.settings, **changed))  # type: ignore[arg-type]  # names come from the tests


def set_provenance(**changed: object) -> Change_:
    return lambda findings: replace(findings, provenance=replace(findings.provenance, **changed))  # type: ignore[arg-type]  # names come from the tests


def let_in(count: int) -> Change_:
    return lambda found: replace(found, scored_themes=tuple(each.id for each in found.framework.themes[:count]))


def make_change() -> Change:
    return Change(
        project=PROJECT,
        role="parent",
        dimension="overall",
        before="2024",
        after="2025",
        change=4.0,
        low=-3.0,
        high=11.0,
        probability_up=0.86,
        probability_up_5=0.4,
        people_before=35,
        people_after=40,
        people_both=12,
        linked=True,
        items=24,
        verdict="probably better",
        why_not="",
    )


@pytest.fixture
def usual(usual: Findings) -> Findings:
    """The usual findings, without rungs of the ladder."""
    return replace(usual, rungs=usual.rungs.iloc[:0])


def rest_on_comments(findings: Findings) -> Findings:
    """One practitioners' group of comments alone, the rest as it was."""
    alone = (findings.scores["role"] == "practitioner") & findings.scores["reportable"]
    return replace(findings, scores=findings.scores.assign(basis=findings.scores["basis"].mask(alone, "comments")))


def correct(findings: Findings) -> Findings:
    themes = tuple(each._replace(verdicts=MEASURED) for each in findings.coder.themes)
    return replace(rest_on_comments(findings), coder=findings.coder._replace(themes=themes))


def fall_silent(findings: Findings) -> Findings:
    return replace(findings, bases=tuple(each._replace(commented=0) for each in findings.bases))


def read_note(findings: Findings) -> str:
    """The paragraphs on this run."""
    return " ".join(f"{block.strong} {block.text}" for block in tell_run(findings))


USED: dict[str, tuple[Change_, str]] = {
    "own framework": (set_provenance(own_framework=True), "with a framework file of the user's own (coprod-send,"),
    "unfinished forms": (set_settings(keep_partial=True), "By choice, forms never sent off count."),
    "guesses": (set_settings(accept_guesses=True), "By choice, guessed questions count."),
    "conditions": (set_settings(gates=("P(overall < 40) < 0.9",)), "1 condition was set on chances."),
    "two conditions": (set_settings(gates=("P(overall < 40) < 0.9",) * 2), "2 conditions were set on chances."),
    "weights of the survey": (set_provenance(own_weights=True), "The survey's own weights were used."),
    "raking": (lambda it: replace(it, weighting=(RAKED,)), "weighted by raking to given shares in 3 questions."),
    "rungs": (lambda it: replace(it, rungs=RUNGS), "A rung is named from 20 people and a chance of 80% on"),
    "rounds": (lambda it: replace(it, changes=(make_change(),)), "“better” or “worse” needs a chance of 95%."),
    "closed groups": (lambda it: replace(it, closed=(CLOSED,)), "Those of closed groups are narrower."),
    "all themes": (set_settings(comments="all"), "By choice, these themes could enter"),
    "no themes": (set_settings(comments="none"), "By choice, none entered a score."),
    "no theme good enough": (let_in(0), "No theme is coded reliably enough to enter a score"),
    "many themes": (let_in(9), "These themes could enter a score: 9 of 20."),
    "one theme": (let_in(1), "This theme could enter a score, for a third at most: “Involved from the start"),
    "comments alone": (rest_on_comments, "Some scores rest on comments alone; they usually read low."),
    "corrected": (correct, "comments alone, corrected for the machine's known mistakes; they"),
    "paper": (lambda it: replace(it, governance=PAPER), "Filled in by hand. Only verified facts limit a score"),
    "limits": (lambda it: replace(it, governance=PAPER, flags=(LIMITED, UNHEARD)), "They limit 1 project."),
    "restricted": (
        set_settings(audience="restricted"),
        "is for a named group only. Nothing is told about fewer than 5",
    ),
    "raw": (set_settings(audience="raw"), "Nothing is held back. This report must not be published."),
    "one earlier report": (
        set_provenance(previous_sha256=("e" * 64,)),
        "Nor is what, beside an earlier report, would tell",
    ),
    "earlier reports": (set_provenance(previous_sha256=("e" * 64, "f" * 64)), "Nor is what, beside 2 earlier reports,"),
    "another seed": (set_settings(seed=7), "(seed 7)"),
}


@pytest.mark.parametrize("name", USED)
def test_what_a_run_used_is_told_and_only_then(usual: Findings, name: str) -> None:
    change, words = USED[name]
    assert words in read_note(change(usual))
    assert words not in read_note(usual)


def test_the_usual_note_says_what_every_run_uses(usual: Findings) -> None:
    note = read_note(usual)
    framework = usual.framework
    for words in (
        f"coprod {usual.provenance.version}, offline",
        f"with coprod's own framework ({framework.id}, version {framework.version}). {framework.status}",
        "at most 15 points above the lowest of the 4 dimensions at the heart of co-production",
        "The middle 95% of 4,000 draws (seed 20260101)",
        "These are score intervals that count in a usual spread of 24 points, as of 4 more people.",
        "the engine “trained”, version 1.",
        "it is right about 7 of 10 times when it names a theme, and finds about 3 of 5 of those there.",
        "These themes could enter a score, for a third at most: “Being listened to” and “Involved from the start",
        "is for the public. Nothing is told about fewer than 10 people, and no counts under 5",
    ):
        assert words in note, words
    for words in ("raking", "closed group", "By choice", "On paper", "Rounds", "earlier report", "alone"):
        assert words not in note, words


def test_a_survey_without_comments_has_no_word_on_coding_and_one_without_scores_none_on_ranges(
    usual: Findings, make_findings: Callable[..., Findings]
) -> None:
    assert "Sorted by machine" not in read_note(fall_silent(usual))
    few = read_note(make_findings([("School transport panel", 6, 3)]))
    assert "draws" not in few
    assert "Closed answers" not in few
    only = read_note(make_findings(basis="comments"))
    assert "Closed answers" not in only
    assert "Some scores rest on comments alone" in only


def test_the_spread_taken_in_is_that_of_the_settings(usual: Findings) -> None:
    scoring = replace(usual.framework.scoring, prior_sd=30.0, prior_df=2.5, comments_prior_sd=45.0)
    own = replace(usual, framework=replace(usual.framework, scoring=scoring))
    assert "a usual spread of 30 points, as of 2.5 more people" in read_note(own)
    assert "of 30 points (45 from comments alone), as of 2.5" in read_note(rest_on_comments(own))
    only = own.scores.assign(basis="comments")
    assert "a usual spread of 45 points, as of 2.5" in read_note(replace(own, scores=only))


def test_an_engine_that_was_not_measured_gives_no_figures_here(usual: Findings) -> None:
    themes = tuple(each._replace(f1=math.nan) for each in usual.coder.themes)
    note = read_note(replace(usual, coder=usual.coder._replace(themes=themes)))
    assert "How often it is right has not been measured." in note
    assert "right about" not in note


def test_with_everything_used_it_is_still_half_a_page(usual: Findings) -> None:
    together = usual
    for name in (
        *("own framework", "unfinished forms", "guesses", "two conditions", "raking", "rungs", "rounds"),
        *("closed groups", "corrected", "paper", "limits", "restricted", "earlier reports"),
    ):
        together = USED[name][0](together)
    together = USED["all themes"][0](let_in(2)(together))
    assert len(read_note(together).split()) <= HALF_A_PAGE
    assert len(read_note(usual).split()) <= HALF_A_PAGE * 2 / 3


def test_what_was_used_is_said_once_to_researchers(usual: Findings) -> None:
    report = write_markdown(tell_research(Material(replace(usual, settings=Settings(seed=7))))).decode("utf-8")
    assert report.count(", offline, with") == 1
