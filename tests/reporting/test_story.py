import html
import json
import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reporting import OUTPUTS, Material
from coprod_cli.reporting.document import Document, Section
from coprod_cli.reporting.template_forum import tell
from coprod_cli.reporting.templates import write_report as write_page
from coprod_cli.reporting.to_markdown import WRITERS, write_markdown


def write_report(findings: Findings, template: str = "forum") -> str:
    return write_page(Material(findings), template, "html")[1].decode("utf-8")


def list_kinds(blocks: Document | Section) -> set[str]:
    inner = blocks.sections if isinstance(blocks, Document) else blocks.blocks
    return {block.kind for block in inner} | {
        kind for block in inner if isinstance(block, Section) for kind in list_kinds(block)
    }


def test_one_document_can_be_written_in_every_format(usual: Findings) -> None:
    document = tell(Material(usual, draw_charts(usual)))
    assert list_kinds(document) - {"section"} <= set(WRITERS)
    text = write_markdown(document).decode("utf-8")
    assert "](charts/dimension-profile-short-breaks-strategy.svg)" in text
    assert "**What else to know about this survey**" in text
    assert "> Our draft came back" in text
    assert "**Parents and carers: overall score: 62 out of 100** (likely range 52 to 72; about 35 people)" in text


def test_practitioners_alone_never_stand_in_for_parents(make_findings: Callable[..., Findings]) -> None:
    report = write_report(make_findings([("Short breaks", 4, 30)]))
    assert "There are not enough answers from parents and carers to say what they think" in report
    assert "Practitioners: overall score" in report


def test_dimensions_without_an_overall_score_say_why(usual: Findings) -> None:
    scores = usual.scores.copy()
    whole = scores["dimension"] == "overall"
    scores.loc[whole, ["estimate", "low", "high"]] = math.nan
    scores.loc[whole, "reportable"] = False
    scores.loc[whole, "why_not"] = "No overall score: not enough answers about Shared purpose."
    report = write_report(replace(usual, scores=scores))
    assert (
        "Parents and carers: no overall score.</strong> Not enough answers to say (not enough answers about" in report
    )
    assert 'class="headline"' not in report
    missing = write_report(replace(usual, scores=usual.scores[~whole].reset_index(drop=True)))
    assert "do not cover enough dimensions" in missing


@pytest.mark.parametrize(
    ("comments", "fed", "words"),
    [
        ("none", (), "By choice, no comments entered a score."),
        (
            "all",
            ("trust",),
            "By choice, every theme that belongs to a dimension could enter. This one could, for the weight of at",
        ),
        ("reliable", (), "None did: scores rest on closed questions, and comments stand beside them."),
    ],
)
def test_which_themes_fed_scores_is_said(usual: Findings, comments: str, fed: tuple[str, ...], words: str) -> None:
    assert words in write_report(replace(usual, settings=Settings(comments=comments), scored_themes=fed), "research")


def test_an_engine_that_was_not_measured_claims_no_figures(usual: Findings) -> None:
    coder = usual.coder._replace(engine="cues", macro_f1=math.nan, how_measured="Not measured.", themes=())
    report = write_report(replace(usual, coder=coder), "research")
    assert "Not measured." in report
    assert "No person checked it." in report
    assert "How well each theme is found" not in report


def test_one_clear_difference_names_its_dimension(usual: Findings) -> None:
    one = next(each for each in usual.contrasts if each.clear and each.dimension != "overall")
    others = tuple(each._replace(clear=False) for each in usual.contrasts if each != one)
    report = write_report(replace(usual, contrasts=(one, *others)))
    name = usual.framework.dimension(one.dimension).name
    assert f"In “{one.project}”, practitioners scored “{name}” higher than parents and carers did." in report


def test_measures_of_the_coder_are_told_once_and_only_where_they_were_taken(usual: Findings) -> None:
    said = usual.coder._replace(how_measured="Measured on 4,812 made-up answers by 61 writers.")
    report = write_report(replace(usual, coder=said), "research")
    assert "4,812" not in write_report(replace(usual, coder=said))
    assert "Verdict alpha" not in report
    assert "0.12" not in report
    themes = tuple(each._replace(verdict_alpha=0.61, verdict_low=0.5) for each in usual.coder.themes)
    more = said._replace(plain_question_f1=0.5, stance_swayed=0.12, whole_code_f1=0.44, themes=themes)
    report = write_report(replace(usual, coder=more), "research")
    assert ">0.12<" in report
    assert "Verdict alpha" in report


def test_no_quotes_are_explained(usual: Findings) -> None:
    assert "There are no words that may be quoted" in write_report(replace(usual, quotes=()))


def test_every_report_says_how_reliably_each_theme_is_coded(usual: Findings) -> None:
    # A theme coded against its labels has an alpha below 0, and one that was never measured has none.
    first, second, *rest = usual.coder.themes
    themes = (first._replace(alpha=-0.21, verdict_alpha=-0.002), second._replace(verdict_alpha=0.4), *rest)
    findings = replace(usual, coder=usual.coder._replace(themes=themes))
    report = write_report(findings, "research")
    assert report.index("How well each theme is found, by writers") > 0
    assert ">-0.21<" in report
    assert ">-0.00<" not in report
    told = json.loads(OUTPUTS["results.json"](Material(findings)))["coder"]
    assert [each["theme"] for each in told["themes"]] == [each.theme for each in themes]
    for each in themes:
        name = findings.framework.theme(each.theme).name
        assert f'<th scope="row">{name}</th>' in html.unescape(report)


def test_a_summary_of_an_engine_that_was_not_measured_claims_nothing(usual: Findings) -> None:
    findings = replace(usual, coder=usual.coder._replace(macro_f1=math.nan, themes=()))
    summary = OUTPUTS["summary.md"](Material(findings)).decode("utf-8")
    assert "How often it is right was not measured." in summary
    assert "made-up answers" not in summary


def test_researchers_are_told_how_often_it_is_right_where_it_is_sure(usual: Findings) -> None:
    measured = usual.coder._replace(sure_precision=0.7793, unsure_share=0.2502, calibration_error_of_named=0.0312)
    figures = (">0.78<", ">0.25<", ">0.03<")
    assert all(each in write_report(replace(usual, coder=measured), "research") for each in figures)
    told = json.loads(OUTPUTS["results.json"](Material(replace(usual, coder=measured))))["coder"]
    assert (told["sure_precision"], told["unsure_share"], told["calibration_error_of_named"]) == (0.779, 0.25, 0.031)
