import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import ColumnKind, Question
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting import OUTPUTS, Material, tell_screen
from coprod_cli.reporting.to_markdown import write_markdown


def write_report(findings: Findings) -> str:
    return OUTPUTS["report.html"](Material(findings)).decode("utf-8")


def ask(*dimensions: str) -> tuple[Question, ...]:
    return tuple(Question(f"q{at}", f"Question {at}?", ColumnKind.ITEM, each) for at, each in enumerate(dimensions))


@pytest.mark.parametrize(
    ("questions", "why"),
    [
        ((), "because there were no closed questions"),
        (ask("", ""), "because none of the 2 closed questions was tied to a dimension"),
        (ask(""), "because the one closed question was tied to no dimension"),
        (ask("power"), "because too few of these people answered the closed questions"),
    ],
)
def test_comments_only_gives_the_true_reason(
    comments_only: Findings, questions: tuple[Question, ...], why: str
) -> None:
    assert why in write_report(replace(comments_only, questions=questions))


def test_questions_that_count_for_nothing_are_told_with_the_mend(usual: Findings) -> None:
    core = [each.id for each in usual.framework.dimensions if each.core]
    for questions, words in (
        (ask(*core, ""), f"1 of {len(core) + 1} closed questions was tied to no dimension, so it counts for no score."),
        (ask(*core, "", ""), f"2 of {len(core) + 2} closed questions were tied to no dimension"),
        (ask(*core[1:]), "No closed question asked about “Starting together and staying in”"),
    ):
        report = write_report(replace(usual, questions=questions))
        assert words in report
        assert "coprod inspect" not in report, "commands are for the screen"
        told = repr(tell_screen(replace(usual, questions=questions, scores=usual.scores.assign(reportable=False))))
        assert "coprod inspect SURVEY --write map.toml" in told
    for questions in (ask(*core), ()):
        summary = OUTPUTS["summary.md"](Material(replace(usual, questions=questions))).decode()
        assert "--write map.toml" not in summary


def test_a_project_that_no_question_asked_about_is_not_told_to_find_more_people(nothing_told: Findings) -> None:
    why = "No overall score: no question was asked about “Sharing decisions”."
    report = write_report(replace(nothing_told, scores=nothing_told.scores.assign(why_not=why)))
    assert "No score, because no question was asked about “Sharing decisions”" in report
    assert "(fewer than 10" not in report
    assert "at least 10 parents and carers would have" not in report


def test_dimensions_without_an_overall_score_are_not_called_nothing(usual: Findings) -> None:
    whole = usual.scores["dimension"] == OVERALL
    scores = usual.scores.assign(reportable=usual.scores["reportable"] & ~whole)
    assert "for an overall score. Some dimensions have a score." in write_report(replace(usual, scores=scores))


def test_the_screen_says_why_there_is_no_score(usual: Findings, nothing_told: Findings) -> None:
    def read(findings: Findings) -> str:
        return write_markdown(tell_screen(findings)).decode()

    assert "not enough answers to say (fewer than 10 people)" in read(usual)
    assert "for a score" not in read(usual)
    assert "No group was large enough, or asked enough, for a score." in read(nothing_told)


def test_short_and_screen_say_how_many_raised_a_theme_and_no_more(split: Findings) -> None:
    whole = write_report(split)
    short = whole.split('id="who"')[0]
    assert "46 people" in short
    for words in (short, write_markdown(tell_screen(split)).decode(), OUTPUTS["summary.md"](Material(split)).decode()):
        assert "coded as" not in words
        assert "too small to show" not in words
    assert "46 people (13 coded as going well, 23 as not going well, 5 as both, 5 as neither)" in whole


def test_totals_are_exact_and_never_about(make_findings: Callable[..., Findings]) -> None:
    report = write_report(make_findings(people=96, forms=96, responses=96, rows_read=102))
    assert "<li>96 people answered. They told us about 4 pieces of joint work." in report
    assert "The survey had 102 rows; 6 rows were left out. 96 people sent 96 forms." in report


@pytest.mark.parametrize(
    ("people", "forms", "responses", "words"),
    [
        (122, 131, 131, "122 people sent 131 forms; some told about more than one project."),
        (122, 122, 131, "122 people sent 122 forms; some told about more than one project. A form that speaks of two"),
        (1, 1, 1, "1 person sent 1 form."),
    ],
)
def test_people_and_forms_are_told_apart(usual: Findings, people: int, forms: int, responses: int, words: str) -> None:
    assert words in write_report(replace(usual, people=people, forms=forms, responses=responses))


def test_in_short_leads_with_findings_in_few_lines(usual: Findings) -> None:
    summary = OUTPUTS["summary.md"](Material(usual)).decode()
    found, _, scores = summary.split("## Please")[0].partition("**Scores from parents and carers.**")
    lines = [line for line in found.splitlines() if line.startswith("- ")]
    assert 4 <= len(lines) <= 5
    assert lines[0] == "- 112 people answered. They told us about 4 pieces of joint work."
    assert lines[1].startswith("- What parents and carers scored lowest in “")
    told = [line for line in scores.splitlines() if line.startswith("- ")]
    assert told[0] == "- “Autism assessment pathway”: 34 out of 100 (likely range 23 to 45; about 30 people)."
    assert told[3] == "- “School transport panel”: not enough answers to say (fewer than 10 people)."


def test_the_weakest_is_named_only_where_ranges_lie_apart(usual: Findings) -> None:
    wide = usual.scores.assign(low=0.0, high=100.0)
    assert "scored lowest" in OUTPUTS["summary.md"](Material(usual)).decode()
    assert "scored lowest" not in OUTPUTS["summary.md"](Material(replace(usual, scores=wide))).decode()


def test_a_clear_difference_names_the_project_and_who_scored_higher(usual: Findings) -> None:
    summary = OUTPUTS["summary.md"](Material(usual)).decode()
    assert "In “Autism assessment pathway”, practitioners scored" in summary
    unclear = replace(usual, contrasts=tuple(each._replace(clear=False) for each in usual.contrasts))
    assert "did not clearly differ on any dimension" in OUTPUTS["summary.md"](Material(unclear)).decode()
    assert "clearly differ" not in OUTPUTS["summary.md"](Material(replace(usual, contrasts=()))).decode()


def test_both_overall_scores_stand_beside_each_other_only_where_they_differ_clearly(usual: Findings) -> None:
    def tell(*, clear: bool) -> str:
        contrasts = tuple(each._replace(clear=clear) if each.dimension == OVERALL else each for each in usual.contrasts)
        return OUTPUTS["summary.md"](Material(replace(usual, contrasts=contrasts))).decode()

    assert re.search(r"; overall \d+ \(\d+ to \d+\) against 34 \(23 to 45\)\.", tell(clear=True))
    assert "against" not in tell(clear=False)


def test_forty_projects_get_a_table_instead_of_a_list(many: Findings) -> None:
    report = write_report(many)
    assert "Parents and carers scored 40 of 40. The score of each stands on its page." in report
    assert report.count("<table") == report.count("</table>")


def test_the_summary_is_one_page_of_plain_words(usual: Findings) -> None:
    summary = OUTPUTS["summary.md"](Material(usual)).decode()
    assert summary.startswith("# How real was the co-production?\n")
    assert len(summary.split()) < 600
    assert "likely range" in summary
    assert summary.count("## ") == 2


def test_two_themes_raised_by_equally_many_are_both_named(usual: Findings) -> None:
    summary = OUTPUTS["summary.md"](Material(usual)).decode()
    names = "“Making a difference and hearing back” and “Who is in the room and whether they can take part”"
    assert (
        f"By the machine's reading of the comments, parents and carers wrote most about {names}: 46 people each."
        in summary
    )


def test_a_survey_of_which_no_project_may_be_named_has_no_empty_tables(usual: Findings) -> None:
    bare = replace(usual, bases=(), contrasts=(), quotes=(), scores=usual.scores.iloc[:0], themes=usual.themes.iloc[:0])
    report = write_report(bare)
    assert "<li>112 people answered.</li>" in report
    assert "It takes at least 10 people of one role on one project." in report
    assert "No project had enough people to be shown by itself." in report
    assert "How many people answered, and" not in report
    screen = tell_screen(bare)
    assert {block.kind for block in screen.sections[0].blocks} == {"paragraph"}


def test_a_score_from_comments_is_not_said_to_have_been_given(comments_only: Findings) -> None:
    summary = OUTPUTS["summary.md"](Material(comments_only)).decode()
    assert "“Short breaks strategy”: from comments only: 62 out of 100 (likely range" in summary
    assert "These scores come from what people wrote" in summary


def test_nothing_is_said_to_lead_where_a_withheld_theme_may_have_been_raised_by_more(usual: Findings) -> None:
    every = frozenset(zip(usual.themes["project"], usual.themes["role"], usual.themes["wave"], strict=True))
    unsure = replace(usual, unled=every)
    summary = OUTPUTS["summary.md"](Material(unsure)).decode()
    report = OUTPUTS["report.html"](Material(unsure)).decode()
    assert "wrote most" not in summary + report
    assert "as far as it can be told" in report
