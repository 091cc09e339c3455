"""Findings go in; who coded, how well, by which codebook, and what of it entered scores, come out for a paper."""

import math
from collections.abc import Iterator

from coprod_cli.model.findings import LEARNT, CoderReport, Findings, ThemeReliability
from coprod_cli.model.framework import Theme
from coprod_cli.reporting.document import Block, Bullets, Folded, Paragraph, Section, Table
from coprod_cli.reporting.story_of_checked import tell_checked
from coprod_cli.reporting.story_of_coders import tell_coders
from coprod_cli.reporting.wording import list_names, say_ratio
from coprod_cli.telling import (
    NO_FIGURE,
    NO_THEME_KNOWN,
    is_unknown,
    name_coder,
    name_dimension,
    name_tried,
    quote_name,
    say_checked,
    say_joined,
    warn_of_others,
)

OVER_ALL = {
    "macro_f1": "F1, mean over themes",
    "micro_f1": "F1 over all mentions",
    "whole_code_f1": "F1 of theme, stance and level all right",
    "plain_question_f1": "F1 where the question gives nothing away",
    "stance_accuracy": "Stance right, of themes rightly found",
    "level_accuracy": "Level right, of themes rightly found",
    "evidence_overlap": "Overlap of the words that the code rests on",
    "stance_swayed": "Stance that changes with the question alone (0 is best)",
    "calibration_error_of_named": "How far chances are off, on average (0 is best)",
    "sure_precision": "Right, of what it is sure of",
    "unsure_share": "Left to a person as unsure",
}
RANGED = ("macro_f1", "whole_code_f1")
NOTICES = ("unsure_codes", "other_language", "coded-by-machine", "themes-not-learnt")
NO_COMMENTS = "no-comments"


def tell_coding(findings: Findings) -> Section:
    """The coder and its mistakes, what people checked, how far they agree, then the coding tree."""
    parts = (
        *tell_checked(findings),
        tell_coders(findings),
        Section("coding-tree", "Coding tree", tuple(_tell_tree(findings))),
    )
    return Section("coding", "How comments were coded", (*_tell_coder(findings), *parts))


def _tell_coder(findings: Findings) -> Iterator[Block]:
    coder = findings.coder
    if any(each.code == NO_COMMENTS for each in findings.notices):
        yield Paragraph("Nobody wrote a comment, so there was nothing to code.")
        return
    if is_unknown(findings):
        yield Paragraph(" ".join(each.message for each in findings.notices if each.code == NO_THEME_KNOWN))
        return
    yield Paragraph(
        f"Each answer was read by one machine coder, {name_coder(coder)}, version {coder.version}: "
        "which themes it holds, whether what is said of each went well or not (stance), and whether it is about the "
        "joint work, one child's own case, or services at large (level). "
        f"{say_checked(findings)} Sorting by machine is not a qualitative analysis."
    )
    entered = " ".join(filter(None, (_say_entered(findings), say_joined(findings))))
    yield Paragraph(entered, strong="What entered scores.")
    told = tuple(each.message for each in findings.notices if each.code in NOTICES)
    if told:
        yield Bullets(told)
    if math.isnan(coder.macro_f1):
        yield Paragraph(coder.how_measured or "How well it codes was not measured.", strong="How well it codes.")
        return
    yield Paragraph(f"{coder.how_measured.strip()} {_say_others(coder)}", strong="How well it codes.")
    yield _show_coder(coder)
    yield _show_themes(findings)


def _say_entered(findings: Findings) -> str:
    rules, settings = findings.framework.scoring, findings.settings
    names = [quote_name(findings.framework.theme(each).name) for each in findings.scored_themes]
    if settings.comments == "none":
        return "By choice, no comments entered a score."
    rule = (
        "By choice, every theme that belongs to a dimension could enter."
        if settings.comments == "all"
        else "A theme may enter only if what would enter (for, against or both, of the joint work) is coded with a "
        f"Krippendorff's alpha of at least {rules.min_theme_alpha:g}, measured on at least {rules.min_theme_cases} "
        "answers (conventions)."
    )
    if not names:
        if findings.checked.by_hand:
            return f"{rule} Of what the machine alone coded, none did."
        return f"{rule} None did: scores rest on closed questions, and comments stand beside them."
    most = f"for the weight of at most {rules.max_comment_weight:g} question"
    return f"{rule} {'This one' if len(names) == 1 else f'These {len(names)}'} could, {most}: {list_names(names)}."


def _show_coder(coder: CoderReport) -> Table:
    body = tuple(
        (words, say_ratio(getattr(coder, name)), _say_range(coder, name))
        for name, words in OVER_ALL.items()
        if not math.isnan(getattr(coder, name))
    )
    note = f"On {coder.answers:,} {name_tried(coder)} by {_say_writers(coder)}. 1 is best unless said otherwise."
    return Table("How well the machine codes", ("Measure", "Value", "Likely range"), body, (1,), note)


def _say_others(coder: CoderReport) -> str:
    if coder.engine == LEARNT:
        return warn_of_others(coder)
    return "Real answers differ from these, so expect more mistakes."


def _say_writers(coder: CoderReport) -> str:
    """Where people are not known, each answer counts as one."""
    if coder.engine == LEARNT:
        return f"{coder.writers:,} people at most"
    return f"{coder.writers:,} writers"


def _say_left_out(coder: CoderReport) -> str:
    return "in answers" if coder.engine == LEARNT else "by writers"


def _say_range(coder: CoderReport, name: str) -> str:
    if name not in RANGED or math.isnan(getattr(coder, f"{name}_low")):
        return NO_FIGURE
    return f"{say_ratio(getattr(coder, f'{name}_low'))} to {say_ratio(getattr(coder, f'{name}_high'))}"


def _show_themes(findings: Findings) -> Table:
    measured = {each.theme: each for each in findings.coder.themes}
    verdicts = any(not math.isnan(each.verdict_alpha) for each in measured.values())
    body = tuple(
        (
            theme.name,
            *_say_theme(measured.get(theme.id), verdicts=verdicts),
            "yes" if theme.id in findings.scored_themes else "no",
        )
        for theme in findings.framework.themes
    )
    header = (
        "Theme",
        "Precision",
        "Recall",
        "F1",
        "Likely range",
        "Alpha",
        *(("Verdict alpha", "At least") if verdicts else ()),
        "Answers",
        "Could enter",
    )
    note = (
        "Precision: of those named, the share that is there. Recall: of those there, the share that is named. F1 is "
        "their harmonic mean. Alpha: Krippendorff's, of whether the theme is there; 0 is chance, 1 is best."
    )
    if verdicts:
        note += (
            " Verdict alpha: of what would enter a score (nothing, for, against or both, of the joint work), and the "
            "lower end of its likely range."
        )
    note += " Answers: those that hold the theme. A theme feeds no score unless it belongs to a dimension, too."
    caption = f"How well each theme is found, {_say_left_out(findings.coder)} that the machine had not learnt from"
    return Table(caption, header, body, tuple(range(1, len(header) - 1)), note)


def _say_theme(each: ThemeReliability | None, *, verdicts: bool) -> tuple[str, ...]:
    if each is None:
        return (NO_FIGURE,) * (8 if verdicts else 6)
    return (
        *map(_say_figure, (each.precision, each.recall, each.f1)),
        NO_FIGURE if math.isnan(each.f1_low) else f"{say_ratio(each.f1_low)} to {say_ratio(each.f1_high)}",
        *map(_say_figure, (each.alpha, *((each.verdict_alpha, each.verdict_low) if verdicts else ()))),
        f"{each.cases:,}",
    )


def _say_figure(value: float) -> str:
    return NO_FIGURE if math.isnan(value) else say_ratio(value)


def _tell_tree(findings: Findings) -> Iterator[Block]:
    framework = findings.framework
    yield Paragraph(
        f"The codebook was set beforehand ({framework.id}, version {framework.version}). {framework.status} "
        "Each theme has a good and a bad form; what an answer says of it is its stance."
    )
    place = {each.id: at for at, each in enumerate(framework.dimensions)}
    themes = sorted(framework.themes, key=lambda theme: place.get(_find_home(theme), len(place)))
    header = ("Theme", "Definition", "Going well", "Not going well", "Feeds (weight)")
    body = tuple(
        (theme.name, theme.definition, theme.positive, theme.negative, _say_feeds(findings, theme)) for theme in themes
    )
    yield Table("Every theme, by the dimension that it feeds most", header, body)
    if framework.borders:
        rules = tuple(
            Bullets(tuple(f"{each.name}: {rule}" if at == 0 else rule for at, rule in enumerate(each.rules)))
            for each in framework.borders
        )
        yield Folded("Where themes, stances and levels meet: the rules", rules, on_paper=False)


def _find_home(theme: Theme) -> str:
    """The dimension that the theme feeds most, the first of several; empty where it feeds none."""
    return max(theme.feeds, key=lambda each: each[1])[0] if theme.feeds else ""


def _say_feeds(findings: Findings, theme: Theme) -> str:
    fed = "; ".join(f"{name_dimension(findings, each)} ({weight:g})" for each, weight in theme.feeds)
    return fed or "none: reported beside scores"
