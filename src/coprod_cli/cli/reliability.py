"""An engine's name goes in; how reliably it codes each theme, as a table on the screen or as JSON, comes out."""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from coprod_cli.cli.describing import choose_themes
from coprod_cli.coding import coder_report
from coprod_cli.model.findings import CoderReport, ThemeReliability
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.reading import read_framework
from coprod_cli.telling import say_sureness

# A screen of 80 columns holds a row of the table.
WIDTH = 80
ROW = "{:<21} {:>5} {:>5} {:>6} {:>4}  {:<12} {:>5} {:>7} {:>5}"
HEADS = (
    ("", "", "", "", "", "", "", "verdict", "may"),
    ("theme", "cases", "prec.", "recall", "F1", "likely range", "alpha", "alpha", "score"),
)
OVERALL = (
    "macro_f1", "macro_f1_low", "macro_f1_high", "micro_f1", "whole_code_f1", "whole_code_f1_low",
    "whole_code_f1_high", "plain_question_f1", "stance_accuracy", "stance_swayed", "level_accuracy", "evidence_overlap",
    "calibration_error_of_named", "unsure_share", "sure_precision",
)  # fmt: skip


def show_reliability(theme: str, engine: str, framework_path: Path | None, *, as_json: bool) -> None:
    """Print how reliably an engine codes every theme, or the one theme of that id or name.

    Raises:
        UsageError: there is no theme of that id or name, or nothing was measured for the engine.
        CoprodError: the framework cannot be read, or the shipped measurements are missing or changed.
    """
    framework = read_framework(framework_path)
    chosen = choose_themes(theme, framework)
    report = coder_report(engine)
    if as_json:
        json.dump(_to_json(chosen, report, framework), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write("\n".join(_describe(chosen, report, framework)) + "\n")


def _describe(themes: list[Theme], report: CoderReport, framework: Framework) -> Iterator[str]:
    yield fill(
        f"How reliably the engine '{report.engine}' (version {report.version}) codes each theme, measured on "
        f"{report.answers:,} made-up answers by {report.writers} writers, labelled by language models.",
        WIDTH,
    )
    yield ""
    yield from (ROW.format(*heads).rstrip() for heads in HEADS)
    measured = {each.theme: each for each in report.themes}
    for theme in themes:
        if theme.id in measured:
            yield _write_row(theme, measured[theme.id], framework)
        else:
            yield f"{theme.id:<21} not measured"
    yield ""
    yield from (fill(line, WIDTH, initial_indent="  ", subsequent_indent="    ") for line in _explain(framework))
    yield "\nOver all themes:"
    yield from (fill(line, WIDTH, initial_indent="  ", subsequent_indent="    ") for line in _sum_up(report))
    yield "\nWhat this rests on:"
    yield fill(report.how_measured, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _write_row(theme: Theme, each: ThemeReliability, framework: Framework) -> str:
    return ROW.format(
        theme.id,
        f"{each.cases:,}",
        _say(each.precision),
        _say(each.recall),
        _say(each.f1),
        f"{_say(each.f1_low)} to {_say(each.f1_high)}",
        _say(each.alpha),
        _say(each.verdict_alpha),
        {True: "yes", False: "no", None: "-"}[_may_score(theme, each, framework)],
    )


def _explain(framework: Framework) -> Iterator[str]:
    rules = framework.scoring
    yield "cases: answers that hold the theme."
    yield "prec. (precision): of the answers the engine gave the theme, the share that hold it."
    yield "recall: of the answers that hold it, the share the engine found."
    yield "F1: precision and recall in one, with its likely range; 1 is perfect."
    yield "alpha: Krippendorff's alpha, agreement beyond chance on whether the theme is there; 0 is chance."
    yield "verdict alpha: the same of what would enter a score: for, against, both or nothing, of the joint work."
    yield (
        f"may score: may enter a score beside closed questions: verdict alpha at least {rules.min_theme_alpha:g} on at "
        f"least {rules.min_theme_cases} cases. A dash: the theme is reported, never scored."
    )


def _sum_up(report: CoderReport) -> Iterator[str]:
    yield (
        f"Themes found: F1 {_say(report.macro_f1)} (likely range {_say(report.macro_f1_low)} to "
        f"{_say(report.macro_f1_high)}) as the mean of the themes, {_say(report.micro_f1)} over all codes together."
    )
    yield (
        f"Of the themes rightly found, for or against is right for {_say_percent(report.stance_accuracy)}, what is "
        f"spoken of (the joint work, one child's case, services at large) for {_say_percent(report.level_accuracy)}."
    )
    yield (
        f"Theme, for or against and what is spoken of, all right: F1 {_say(report.whole_code_f1)} (likely range "
        f"{_say(report.whole_code_f1_low)} to {_say(report.whole_code_f1_high)})."
    )
    yield f"Where the question gives nothing away, such as 'Any other comments?': F1 {_say(report.plain_question_f1)}."
    yield f"Words marked as evidence overlap with those of the coders by {_say(report.evidence_overlap)} of 1."
    yield say_sureness(report)


def _to_json(themes: list[Theme], report: CoderReport, framework: Framework) -> dict[str, object]:
    measured = {each.theme: each for each in report.themes}
    rules = framework.scoring
    return {
        "engine": report.engine,
        "version": report.version,
        "answers": report.answers,
        "writers": report.writers,
        "how_measured": report.how_measured,
        "labels": "by language models, on made-up answers",
        "overall": {name: _or_null(getattr(report, name)) for name in OVERALL},
        "floor": {"verdict_alpha": rules.min_theme_alpha, "cases": rules.min_theme_cases},
        "themes": [
            {
                **{name: _or_null(value) for name, value in measured[theme.id]._asdict().items()},
                "may_enter_score": _may_score(theme, measured[theme.id], framework),
            }
            for theme in themes
            if theme.id in measured
        ],
        "not_measured": [theme.id for theme in themes if theme.id not in measured],
    }


def _may_score(theme: Theme, each: ThemeReliability, framework: Framework) -> bool | None:
    """None for a theme that feeds no dimension."""
    return framework.scoring.admits(each.verdict_alpha, each.cases) if theme.feeds else None


def _or_null(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _say(value: float) -> str:
    # Rounded first, so that nothing is told as minus zero.
    return "?" if math.isnan(value) else f"{round(value, 2) + 0:.2f}"


def _say_percent(value: float) -> str:
    return "?" if math.isnan(value) else f"{value:.0%}"
