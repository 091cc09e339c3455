"""Findings go in; how far the people agree who coded the same answers, with how to read it, comes out for a paper."""

import math
from collections.abc import Iterator

from coprod_cli.model.agreement import EACH, MEAN, POOLED, THEME
from coprod_cli.model.coders import CodersAgreement, CodersFigures
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Paragraph, Room, Section, Table
from coprod_cli.reporting.story_of_agreement import ENOUGH, GOOD, SCOPES, TENTATIVE
from coprod_cli.reporting.wording import list_names, say_ratio
from coprod_cli.telling import NO_FIGURE, NOT_ENOUGH, is_withheld, start_sentence

PLACE = (
    "TO BE FILLED: agreement of two people on a sample of these answers. Let two people code the same coding sheet "
    "(coprod sheet), and name both files with --codes: the figures then stand here. Say how differences were settled."
)
TO_SAY = "TO BE FILLED: whether they coded blind to each other and to the machine, and how differences were settled."
TITLE = "How far coders agree"
_TWO = 2
_FIGURES = ("agreement", "alpha", "kappa", "ac1")


def tell_coders(findings: Findings) -> Section:
    """The figures with how to read them; where no two people coded the same answers, room for them."""
    blocks = tuple(_tell(findings)) if findings.coders.answers else (Room(PLACE),)
    return Section("coding-agreement", TITLE, blocks)


def say_coders_agree(coders: CodersAgreement) -> str:
    """Who coded how many of the same answers, and how far they agree on the whole, as sentences."""
    about = "about " if coders.rounded_to > 1 else ""
    # Labels stand as they were given: none begins a sentence.
    named = list_names(coders.coders)
    if is_withheld(coders.answers):
        return f"Some of the same answers were coded by {named}. How far they agree: {NOT_ENOUGH}."
    told = start_sentence(f"{about}{coders.answers:,} of the same answers were coded by {named}")
    mean = next((each for each in coders.figures if each.scope == MEAN and each.measure == THEME), None)
    if mean is None or math.isnan(mean.alpha):
        return f"{told}. How far they agree: {NOT_ENOUGH}."
    return (
        f"{told}. Mean over the themes: Krippendorff's alpha {_say(mean, 'alpha')}, {_name_kappa(coders)} "
        f"{_say(mean, 'kappa')}, Gwet's AC1 {_say(mean, 'ac1')}."
    )


def _tell(findings: Findings) -> Iterator[Block]:
    coders = findings.coders
    yield Paragraph(say_coders_agree(coders))
    yield Room(TO_SAY)
    if is_withheld(coders.answers):
        return
    about = "about " if coders.rounded_to > 1 else ""
    few = f" Fewer than {ENOUGH} answers are too few to rely on." if coders.answers < ENOUGH else ""
    yield Paragraph(
        f"In {about}{coders.same:,} of them all who looked found the same themes.{few} The figures are of these "
        "answers, each counting alike, also where rare and doubtful ones were drawn more often."
    )
    if coders.figures:
        yield _show_figures(findings)
    yield Paragraph(
        f"By a common convention an alpha from {GOOD:.2f} on is good, and one from {TENTATIVE} on bears careful "
        "conclusions only. Alpha and kappa fall where a theme is rare, even if coders differ no more often; AC1 falls "
        "less, and is high even if nobody agrees on a rare theme. Coders who agree may both be wrong. Many "
        "researchers, in reflexive thematic analysis above all, see coding as interpretation and reject such figures.",
        strong="How to read it.",
    )


def _show_figures(findings: Findings) -> Table:
    coders = findings.coders
    body = tuple(
        (_name(findings, each), f"{each.found:,}", *(_say(each, name) for name in _FIGURES)) for each in coders.figures
    )
    note = (
        "The unit is the answer. Found: answers in which anybody found the theme; of stance and level, themes in "
        "answers that two found. Agreement: how often two coders say the same. Of the others 1 is full agreement, and "
        "0 what guessing would give. Likely ranges by drawing whole answers anew; none where coders never differ."
    )
    if coders.rounded_to > 1:
        note += " Numbers are rounded, figures go to the nearest 0.05, and themes in few people's answers are left out."
    header = ("Theme", "Found", "Agreement", "Krippendorff's alpha", _name_kappa(coders), "Gwet's AC1")
    return Table("Agreement by theme, with likely ranges", header, body, (1,), note)


def _name_kappa(coders: CodersAgreement) -> str:
    return "Cohen's kappa" if len(coders.coders) == _TWO else "Fleiss' kappa"


def _name(findings: Findings, each: CodersFigures) -> str:
    if each.scope == EACH:
        return findings.framework.theme(each.theme).name
    return SCOPES[each.scope] if each.measure == THEME or each.scope != POOLED else each.measure.capitalize()


def _say(each: CodersFigures, name: str) -> str:
    value, low, high = (getattr(each, f"{name}{end}") for end in ("", "_low", "_high"))
    if math.isnan(value):
        return NO_FIGURE
    return f"{say_ratio(value)} ({say_ratio(low)} to {say_ratio(high)})" if not math.isnan(low) else say_ratio(value)
