"""Scores, counts and audiences go in; what a person would say of them comes out."""

import math
import re
from collections.abc import Iterable
from fractions import Fraction

from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import Score, ThemeCount
from coprod_cli.telling import (
    COMMENTS,
    NOT_ENOUGH,
    Panel,
    Released,
    mark_score,
    may_lead,
    name_dimension,
    name_role,
    pick_scores,
    quote_name,
    say_people,
    say_people_and_parts,
    say_raised,
    say_range,
    show_mark,
)

LIKE_THESE = "If everybody like these people had answered, the score would most likely lie in this range."
NO_QUESTION = "no question was asked"
NOTICEABLE = 1.0
BANNERS = {
    "restricted": (
        "Restricted: do not publish",
        "This report shows smaller groups than may be published. It is for the steering group of the survey only.",
    ),
    "raw": (
        "Raw: for the holder of the data only",
        "No small numbers are hidden in this report. People could be recognised. Do not share it with anyone.",
    ),
}
SHORT_FORMS = {
    "ADHD": "attention deficit hyperactivity disorder",
    "AP": "alternative provision, lessons away from a school",
    "ASD": "autism spectrum disorder",
    "CAMHS": "child and adolescent mental health services",
    "CQC": "Care Quality Commission, which inspects health and care",
    "DCO": "designated clinical officer, who links health services with education",
    "DfE": "Department for Education",
    "DSCO": "designated social care officer",
    "EHC": "education, health and care",
    "EHCP": "education, health and care plan",
    "EHCPs": "education, health and care plans",
    "EP": "educational psychologist",
    "GP": "family doctor",
    "ICB": "integrated care board, which plans local NHS services",
    "LA": "local authority, the council",
    "LAs": "local authorities, the councils",
    "OT": "occupational therapist",
    "NHS": "National Health Service",
    "PA": "personal assistant",
    "PCF": "parent carer forum",
    "PfA": "preparing for adulthood",
    "PRU": "pupil referral unit",
    "SALT": "speech and language therapist",
    "SEN": "special educational needs",
    "SENCO": "special educational needs co-ordinator in a school",
    "SENCo": "special educational needs co-ordinator in a school",
    "SEND": "special educational needs and disabilities",
    "SENDIASS": "special educational needs and disabilities information, advice and support service",
    "TA": "teaching assistant",
}


def read_limits(findings: Released) -> Thresholds:
    """What the audience of these findings may see."""
    return findings.framework.thresholds_for(findings.settings.audience)


def say_score(findings: Released, score: Score) -> str:
    """A score as a person would say it: never without its likely range and its people."""
    if not score.reportable:
        return say_why_not(findings, score)
    rests = f"{say_reach(score)}; {say_people(findings, score.people)}"
    basis = "from comments only: " if score.basis == COMMENTS else ""
    return f"{basis}{score.estimate:.0f} out of 100 ({rests})"


def say_reach(score: Score) -> str:
    """The likely range; of a score that a fact holds down, the range before, since what is held has none of its own."""
    if math.isnan(score.before_limits):
        return f"likely range {say_range(score.low, score.high)}{_say_cut(score)}"
    free = say_range(score.low_before, score.high_before)
    return f"held there by a verified fact; {score.before_limits:.0f} (likely range {free}) before"


def say_weakest(findings: Findings, score: Score) -> str:
    """That the weakest core dimension holds the overall score down, and the mean that it would be else, in sentences.

    Empty where none does, or where it makes less than a point.
    """
    told = find_weakest(findings, score)
    free = score.estimate if math.isnan(score.before_limits) else score.before_limits
    if told is None or score.plain_mean - free < NOTICEABLE:
        return ""
    what = "The score is" if free == score.estimate else "Before that, the score was"
    return (
        f"{what} held to {findings.framework.scoring.slack:.0f} points above its weakest dimension at the heart of "
        f"co-production, {quote_name(name_dimension(findings, told.dimension))}: {told.estimate:.0f} (likely range "
        f"{say_range(told.low, told.high)}; {say_people(findings, told.people)}). The plain weighted mean would be "
        f"{score.plain_mean:.0f} (likely range {say_range(score.plain_low, score.plain_high)})."
    )


def find_weakest(findings: Findings, score: Score) -> Score | None:
    """The score of the core dimension that holds this overall score down; None where none does."""
    panel = Panel(score.project, score.wave)
    told = pick_scores(findings, panel).get((score.role, score.weakest)) if score.reportable else None
    return told if told is not None and told.reportable else None


def say_why_not(findings: Released, score: Score) -> str:
    """That there is no score, and why: too few people, or no question that asked."""
    reason = score.why_not.strip().rstrip(".")
    if reason[:2].istitle():
        reason = reason[:1].lower() + reason[1:]
    reason = (
        reason.removeprefix("no overall score: ").removeprefix(NOT_ENOUGH).lstrip(": ")
        or f"fewer than {read_limits(findings).min_base} people"
    )
    if reason.startswith("withheld"):
        return f"score {reason}"
    if reason.startswith(NO_QUESTION):
        return f"no score, because {reason}"
    return f"{NOT_ENOUGH} ({reason})"


def say_score_shortly(score: Score | None) -> str:
    """A score for a cell of a table whose header says the rest: "54 (46 to 61)"; where a limit held it, both scores.

    Where there is none, its mark, which the table explains.
    """
    if score is None or not score.reportable:
        return show_mark(mark_score(score))
    if not math.isnan(score.before_limits):
        free = say_range(score.low_before, score.high_before)
        return f"held at {score.estimate:.0f}; {score.before_limits:.0f} ({free}) before limits"
    return f"{score.estimate:.0f} ({say_range(score.low, score.high)}{_say_cut(score)})"


def _say_cut(score: Score) -> str:
    """That a limit cuts the range above the score; nothing where none does."""
    return "" if math.isnan(score.high_before) else f"; to {score.high_before:.0f} before limits"


def say_theme(findings: Findings, row: ThemeCount) -> str:
    """A theme with its people: "“Trust”: 12 people"."""
    return f"{quote_name(findings.framework.theme(row.theme).name)}: {say_raised(row)}"


def say_theme_and_parts(findings: Findings, row: ThemeCount) -> str:
    """The same, with how it was coded where all of that may be told."""
    return f"{quote_name(findings.framework.theme(row.theme).name)}: {say_people_and_parts(row)}"


def say_about(share: float) -> str:
    """A share as people say it: 0.754 is "3 of 4". Shares too close to 1 for that are given out of 100."""
    plain = Fraction(share).limit_denominator(10)
    if plain.denominator == 1:
        return f"{math.floor(share * 100)} of 100"
    return f"{plain.numerator} of {plain.denominator}"


def title_themes(findings: Findings, first: ThemeCount) -> str:
    """A heading over themes told most first; less sure where a withheld one may have been raised by more people."""
    sure = may_lead(findings, Panel(first.project, first.wave), first.role)
    return f"What {name_role(first.role)} wrote about{' most' if sure else ', as far as it can be told'}"


def say_ratio(value: float) -> str:
    """A figure of -1 to 1 with two decimals, or "not measured"; what is rounded to 0 has no minus."""
    return "not measured" if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}"


def list_names(names: Iterable[str]) -> str:
    """Names in a sentence: "a, b and c"."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def explain_short_forms(texts: Iterable[str], *, known: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Each short form used in the texts, with what it stands for; `known` were explained before."""
    words = {word for text in texts for word in re.findall(r"\w+", text)} - set(known)
    return tuple((short, full) for short, full in SHORT_FORMS.items() if short in words)
