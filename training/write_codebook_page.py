"""The framework and the shipped measurements go in; docs/codebook.md and a page for each theme come out.

Run from the root of the repository: `python -m training.write_codebook_page`. With `--check` nothing is written, and
the exit code is 1 when a page is not up to date.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from training.corpus import ROOT
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD
from training.theme_pages import (
    MARK,
    MEASURED,
    tell_feeds,
    write_border,
    write_figures,
    write_head,
    write_row,
    write_themes,
)

from coprod_cli.coding import ENGINES, coder_report
from coprod_cli.model.findings import CoderReport
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

DOCS = ROOT / "docs"
INDEX = DOCS / "codebook.md"
THEMES = DOCS / "themes"
INTRODUCTION = """\
What coprod looks for in free-text answers: {count} themes. Whatever is said of a theme has a **stance**
(*positive*: the good form happened; *negative*: the bad form happened, or the good one was missing when it should
have been there; *neutral*: raised without a judgement, such as a hope, a principle or a promise) and a **level**
(*project*: the joint work the survey asks about; *individual*: one child's plan, meeting or school place; *system*:
the council, the NHS, schools or government in general). Only what is said of the project feeds a project's score.
Silence is never coded: not to speak of trust is no sign of distrust.

Status of the codebook: {status}
"""
THEME_LIST = """\
Each theme has a page with its definition, examples, borders, neighbours and reliability. `coprod themes trust` shows
the same on the command line, and `coprod themes --reliability` how reliably each theme is coded.
"""
RULES = """\
Most of these, and of the borders between themes on their pages, come from answers that two coders of the corpus coded
differently. The examples are from `data/corpus/`: made up, and coded by language models.
"""
HOW_MEASURED = """\
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


def write_pages(framework: Framework) -> dict[Path, str]:
    """Every page of the codebook, the index first, with its words."""
    reports = [coder_report(engine) for engine in sorted(ENGINES, reverse=True)]
    pages = {THEMES / f"{theme}.md": page for theme, page in write_themes(framework, reports).items()}
    return {INDEX: _write_index(framework, reports), **pages}


def list_stale(pages: dict[Path, str]) -> list[Path]:
    """Pages that are not as they would be written, and pages of themes that there are no more."""
    changed = [path for path, page in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != page]
    return changed + [path for path in sorted(THEMES.glob("*.md")) if path not in pages]


def _write_index(framework: Framework, reports: list[CoderReport]) -> str:
    parts = [
        MARK,
        "# The codebook",
        INTRODUCTION.format(count=len(framework.themes), status=framework.status),
        "## The themes",
        THEME_LIST,
        "\n".join([write_head("theme", "id", "in a score"), *_list_themes(framework)]),
        "## Rules for every theme",
        RULES,
        *(part for border in framework.borders if not border.themes for part in write_border(border, "###")),
        "## How well it is coded by machine",
        HOW_MEASURED.format(
            answers=reports[0].answers,
            writers=reports[0].writers,
            ways="\n".join(f"- Engine `{report.engine}`: {report.how_measured}" for report in reports),
            floor=framework.scoring.min_theme_alpha,
            cases=framework.scoring.min_theme_cases,
        ),
        _write_overview(reports),
        *(part for report in reports for part in (f"### Engine `{report.engine}`", _write_measured(framework, report))),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _list_themes(framework: Framework) -> Iterator[str]:
    for theme in framework.themes:
        yield write_row(f"[{theme.name}](themes/{theme.id}.md)", f"`{theme.id}`", tell_feeds(framework, theme))


def _write_overview(reports: list[CoderReport]) -> str:
    lines = [
        write_head(
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


def _write_measured(framework: Framework, report: CoderReport) -> str:
    figures = {each.theme: each for each in report.themes}
    rows = [
        f"| [{theme.name}](themes/{theme.id}.md) {write_figures(framework, theme, figures[theme.id])}"
        for theme in framework.themes
    ]
    return "\n".join([write_head("theme", *MEASURED), *rows])


def main() -> int:
    """Write the pages, or tell whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether the pages are up to date")
    pages = write_pages(read_framework())
    stale = list_stale(pages)
    if parser.parse_args().check:
        print("\n".join(f"{path.relative_to(ROOT)} is out of date" for path in stale) or "the codebook is up to date")
        return 1 if stale else 0
    THEMES.mkdir(exist_ok=True)
    for path in stale:
        if path in pages:
            path.write_text(pages[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
