"""Roles, counts and ranges go in; the words that people use for them, on charts and in reports alike, come out."""

import math
from collections.abc import Mapping
from typing import Protocol

from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL, Score

ROLE_WORDS = {
    "parent": "parents and carers",
    "practitioner": "practitioners",
    "young_person": "children and young people",
    "volunteer": "volunteers",
    "other": "people in other roles",
}
SECTOR_WORDS = {
    "education": "schools, colleges and early years",
    "health": "health",
    "social_care": "social care",
    "council": "the council",
    "voluntary": "charities and voluntary groups",
}
LEADING_ROLES = ("parent", "practitioner")
STANCE_WORDS = {
    "positive": "went well",
    "mixed": "both",
    "negative": "did not go well",
    "neutral": "no judgement",
}
CODED_WORDS = {
    "positive": "as going well",
    "negative": "as not going well",
    "mixed": "as both",
    "neutral": "as neither",
}
COMMENTS = "comments"
ALL_SHOWN_EXACTLY = 100
NOT_ENOUGH = "not enough answers to say"
READS_LOW = "comments tend to be more critical than ratings, so this reads low"
WITHHELD = "[c]"
DASH = "\N{EN DASH}"
NO_FIGURE = DASH


class Released(Protocol):
    """Whatever is told of by the rules of a framework and for an audience: Findings, or a Comparison."""

    @property
    def framework(self) -> Framework:
        """Names and thresholds."""

    @property
    def settings(self) -> Settings:
        """For whom."""


def name_role(role: str) -> str:
    """The people of one role, in lower case: "parents and carers"."""
    return ROLE_WORDS[role]


def name_themes(words: str, names: Mapping[str, str]) -> str:
    """The words with themes by name in place of their ids: "(influence_feedback)" says little to a coder."""
    for theme, name in names.items():
        # A word such as "trust" is an id only where it stands in brackets by itself.
        before, after = ("", "") if "_" in theme else ("(", ")")
        words = words.replace(f"{before}{theme}{after}", f"{before}\u201c{name}\u201d{after}")
    return words


def name_sector(sector: str) -> str:
    """Where practitioners of one sector work, in lower case: "health", "the council"."""
    return SECTOR_WORDS[sector]


def start_sentence(words: str) -> str:
    """The same words with a capital first letter, and the rest untouched."""
    return words[:1].upper() + words[1:]


def name_dimension(findings: Released, dimension: str) -> str:
    """The name of a dimension as the framework writes it, or "Overall"."""
    return "Overall" if dimension == OVERALL else findings.framework.dimension(dimension).name


def is_withheld(count: float) -> bool:
    """Whether a published count was withheld: NaN in tables, -1 in bases."""
    return math.isnan(count) or count < 0


def say_count(findings: Released, count: float) -> str:
    """A published base in figures: "35", "about 35" where bases are rounded, "[c]" where it is withheld."""
    if is_withheld(count):
        return WITHHELD
    limits = findings.framework.thresholds_for(findings.settings.audience)
    about = "about " if limits.round_base > 1 and 0 < count < ALL_SHOWN_EXACTLY else ""
    return f"{about}{count:,.0f}"


def say_people(findings: Released, count: float) -> str:
    """A published base with its noun: "about 35 people", "1 person", "too few people to show"."""
    if is_withheld(count):
        return "too few people to show"
    return f"{say_count(findings, count)} {'person' if count == 1 else 'people'}"


def say_total(findings: Findings, count: int, one: str, many: str) -> str:
    """A total of the whole survey with its noun: "118 forms", "about 120 forms" where it is rounded, "[c] forms"."""
    if is_withheld(count):
        return f"{WITHHELD} {many}"
    about = "about " if findings.totals_step > 1 else ""
    return f"{about}{count:,} {one if count == 1 else many}"


def say_range(low: float, high: float) -> str:
    """A likely range: "46 to 61"."""
    return f"{low:.0f} to {high:.0f}"


def say_bases(findings: Released, scores: list[Score]) -> str:
    """The people behind several scores: "about 35 people", or "about 30 to 35 people" where they differ."""
    counts = sorted({score.people for score in scores})
    if len(counts) == 1:
        return say_people(findings, counts[0])
    return f"{say_count(findings, counts[0])} to {counts[-1]:,.0f} people"


def say_cell(count: float) -> str:
    """A count in a table of themes: the number, or [c] where it is withheld."""
    return WITHHELD if is_withheld(count) else f"{count:,.0f}"


def quote_name(name: str) -> str:
    """The name of a theme or dimension in quotation marks, so that it reads as a name inside a sentence."""
    return f"“{name}”"
