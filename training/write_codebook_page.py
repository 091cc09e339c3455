"""The framework and the shipped measurements go in; docs/codebook.md comes out.

Run from the root of the repository: `python -m training.write_codebook_page`. With `--check` nothing is written, and
the exit code is 1 when the page is not up to date.
"""

import argparse
import sys
from collections.abc import Iterator

from training.corpus import ROOT
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD

from coprod_cli.coding import ENGINES, coder_report
from coprod_cli.model.findings import CoderReport, ThemeReliability
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.reading import read_framework

PAGE = ROOT / "docs" / "codebook.md"
INTRODUCTION = """\
What coprod looks for in free-text answers: {count} themes. Whatever is said of a theme has a **stance**
(*positive*: the good form happened; *negative*: the bad form happened, or the good one was missing when it should
have been there; *neutral*: raised without a judgement, such as a hope, a principle or a promise) and a **level**
(*project*: the joint work the survey asks about; *individual*: one child's plan, meeting or school place; *system*:
the council, the NHS, schools or government in general). Only what is said of the project feeds a project's score.
Silence is never coded: not to speak of trust is no sign of distrust.

Status of the codebook: {status}
"""
MEASURED = """\
How well coprod's engines agree with the codes of the corpus: {answers:,} answers by {writers} writers. Answers that
stand in the sample surveys are left out. Ranges (95 %) come from drawing whole writers again.

{ways}

*Precision*, *recall*, *F1* and *alpha* are about one question: does this answer hold this theme? *Precision*: of the
answers the engine gave the theme, the share that hold it. *Recall*: of the answers that hold it, the share the engine
found. *F1*: both in one, with its likely range. *Alpha*: Krippendorff's alpha, agreement beyond chance. *Answers*: how
many hold the theme. *Verdict alpha*: Krippendorff's alpha of what would enter a score, with the lower end of its
likely range: what the answer says of the joint work itself (nothing, for, against, or both).
A theme coded by machine **may enter a score** only if its verdict alpha reaches {floor:.3f} on at least {cases}
answers, and if the theme feeds a dimension at all (a dash where it does not).
"""


def write_page(framework: Framework) -> str:
    """The whole page as Markdown."""
    reports = [coder_report(engine) for engine in sorted(ENGINES, reverse=True)]
    parts = [
        "<!-- Written by `python -m training.write_codebook_page`; change the framework, not this page. -->",
        "# The codebook",
        INTRODUCTION.format(count=len(framework.themes), status=framework.status),
        "## How well it is coded by machine",
        MEASURED.format(
            answers=reports[0].answers,
            writers=reports[0].writers,
            ways="\n".join(f"- Engine `{report.engine}`: {report.how_measured}" for report in reports),
            floor=framework.scoring.min_theme_alpha,
            cases=framework.scoring.min_theme_cases,
        ),
        _write_overview(reports),
        *(part for report in reports for part in (f"### Engine `{report.engine}`", _write_themes(framework, report))),
        "## The themes",
        *(part for theme in framework.themes for part in _write_theme(framework, theme)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _write_overview(reports: list[CoderReport]) -> str:
    lines = [
        _write_row(
            "engine",
            "macro-F1 (likely range)",
            "micro-F1",
            "whole codes F1 (likely range)",
            "plain questions F1",
            "stances right",
            "stances swayed",
            "levels right",
            "evidence overlap",
        ),
        _write_row(*("---",) * 9),
    ]
    lines += [
        f"| {each.engine} | {each.macro_f1:.2f} ({each.macro_f1_low:.2f} to {each.macro_f1_high:.2f}) "
        f"| {each.micro_f1:.2f} "
        f"| {each.whole_code_f1:.2f} ({each.whole_code_f1_low:.2f} to {each.whole_code_f1_high:.2f}) "
        f"| {each.plain_question_f1:.2f} | {each.stance_accuracy:.0%} | {each.stance_swayed:.0%} "
        f"| {each.level_accuracy:.0%} | {each.evidence_overlap:.2f} |"
        for each in reports
    ]
    note = (
        "*Whole codes F1*: theme, stance and level must all be right (micro-F1). *Plain questions F1*: macro-F1 on the "
        'answers to questions that give nothing away, such as "Any other comments?". *Stances right* and *levels '
        "right*: of the themes rightly found in an answer, the share where exactly the stances (levels) of the corpus "
        "were named. *Stances swayed*: of the themes found in answers of six words or more, the share whose stance "
        f'changes when "{ASKED_FOR_GOOD}" is put in place of "{ASKED_FOR_BAD}": less is better. *Evidence overlap*: '
        "over the themes rightly found, the mean F1 of the characters marked as evidence."
    )
    return "\n".join(lines) + "\n\n" + note


def _write_themes(framework: Framework, report: CoderReport) -> str:
    figures = {each.theme: each for each in report.themes}
    lines = [
        _write_row(
            "theme",
            "precision",
            "recall",
            "F1 (likely range)",
            "alpha",
            "answers",
            "verdict alpha (lower end)",
            "may enter a score",
        ),
        _write_row(*("---",) * 8),
    ]
    for theme in framework.themes:
        each = figures[theme.id]
        lines.append(
            f"| {theme.name} | {each.precision:.2f} | {each.recall:.2f} "
            f"| {each.f1:.2f} ({each.f1_low:.2f} to {each.f1_high:.2f}) | {each.alpha:.3f} | {each.cases} "
            f"| {each.verdict_alpha:.3f} ({each.verdict_low:.3f}) | {_tell_scored(framework, theme, each)} |"
        )
    return "\n".join(lines)


def _write_row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _tell_scored(framework: Framework, theme: Theme, figures: ThemeReliability) -> str:
    if not theme.feeds:
        return "-"
    rules = framework.scoring
    good = figures.verdict_alpha >= rules.min_theme_alpha and figures.cases >= rules.min_theme_cases
    return "yes" if good else "no"


def _write_theme(framework: Framework, theme: Theme) -> Iterator[str]:
    yield f"### {theme.name}"
    yield f"`{theme.id}` {_write_feeds(framework, theme)}"
    yield theme.definition
    yield f"- **Positive:** {theme.positive}\n- **Negative:** {theme.negative}"
    yield f"**Counts as this theme:** {'; '.join(theme.include)}."
    yield f"**Does not:** {'; '.join(theme.exclude)}."
    yield (
        f"**Cue phrases** (engine `cues`): positive: {', '.join(theme.positive_cues)}; "
        f"negative: {', '.join(theme.negative_cues)}."
    )
    yield "\n".join(f"- *{each.stance}* ({each.role}): \u201c{each.text}\u201d" for each in theme.examples)


def _write_feeds(framework: Framework, theme: Theme) -> str:
    if not theme.feeds:
        return f"- reported, not scored. {theme.why_not_scored}".rstrip()
    fed = (f"{framework.dimension(dimension).name} ({weight:g})" for dimension, weight in theme.feeds)
    return f"- feeds: {', '.join(fed)}"


def main() -> int:
    """Write the page, or tell whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether the page is up to date")
    page = write_page(read_framework())
    if parser.parse_args().check:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page
        print("docs/codebook.md is up to date" if current else "docs/codebook.md is out of date")
        return 0 if current else 1
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
