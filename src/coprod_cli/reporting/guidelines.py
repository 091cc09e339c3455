"""Guidelines for reporting come in from the file that ships; each as a skeleton, filled from a run, goes out.

Items are data (guidelines.toml); what a run can say of them is told by guideline_answers.py.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from coprod_cli.reporting.document import Paragraph, Section, Table
from coprod_cli.reporting.guideline_answers import ANSWERS
from coprod_cli.reporting.material import Material

TO_BE_WRITTEN = "TO BE WRITTEN by the authors"
NOT_OF_SURVEYS = "not applicable: survey"
NOTHING_KNOWN = "Nothing."
HEADER = ("Item", "What this run knows", "Who writes the rest")


class GuidelineItem(NamedTuple):
    """One item: its number, the part of the paper it belongs to, its topic in our words, who can say what of it.

    answers: keys of ANSWERS, what a run can say. hint: what the authors must write. survey: whether a survey can have
    such a thing at all.
    """

    number: str
    part: str
    topic: str
    answers: tuple[str, ...] = ()
    hint: str = ""
    survey: bool = True


class Guideline(NamedTuple):
    """One guideline: its short name, a title, what it is for, where it was published, and its items in order."""

    id: str
    name: str
    title: str
    about: str
    source: str
    items: tuple[GuidelineItem, ...]


@cache
def read_guidelines() -> tuple[Guideline, ...]:
    """Every guideline that ships."""
    text = resources.files("coprod_cli.reporting").joinpath("guidelines.toml").read_text(encoding="utf-8")
    return tuple(
        Guideline(
            **{name: given[name] for name in Guideline._fields if name != "items"},
            items=tuple(
                GuidelineItem(**{**item, "answers": tuple(item.get("answers", ()))}) for item in given["items"]
            ),
        )
        for given in tomllib.loads(text)["guidelines"]
    )


def tell_guidelines(material: Material) -> Section:
    """Each guideline with its items: what this run knows of each, and what people must write themselves."""
    lead = Paragraph(
        "Below are the items of three guidelines for reporting research, in our own words. What this run knows is "
        f"filled in. Where it says {TO_BE_WRITTEN}, nobody but you can say it. Read each guideline at its source "
        "before you submit, and give page numbers where a journal asks for them."
    )
    return Section("guidelines", "Reporting guidelines", (lead, *(_tell(each, material) for each in read_guidelines())))


def _tell(guideline: Guideline, material: Material) -> Section:
    lead = Paragraph(f"{guideline.about} Source: {guideline.source}.")
    body = tuple(
        (f"{each.number}. {each.part}: {each.topic[:1].lower()}{each.topic[1:]}", *_fill(each, material))
        for each in guideline.items
    )
    table = Table(f"{guideline.name}, item by item", HEADER, body)
    return Section(f"guideline-{guideline.id}", guideline.title, (lead, table))


def _fill(item: GuidelineItem, material: Material) -> tuple[str, str]:
    if not item.survey:
        return NOT_OF_SURVEYS, "Nobody"
    known = " ".join(filter(None, (ANSWERS[name](material) for name in item.answers)))
    return known or NOTHING_KNOWN, f"{TO_BE_WRITTEN}: {item.hint[:1].lower()}{item.hint[1:]}"
