"""Findings go in; which closed questions count for nothing, which were never asked come out, and how to mend it."""

from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import ColumnKind, Question
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import quote_name

MEND = "Whoever made this report can say which question asks about which dimension, and make it anew."
HOW_TO_MEND = (
    "To say which question asks about which dimension, run coprod inspect SURVEY --write map.toml, correct map.toml, "
    "and analyse again with --map map.toml."
)


def say_gaps(findings: Findings) -> str:
    """Closed questions tied to no dimension and core dimensions nobody was asked about; empty where neither is so."""
    closed = _list_closed(findings)
    if not closed:
        return ""
    gaps = [_say_untied(closed), _say_unasked(findings, closed)]
    return " ".join(gap for gap in gaps if gap)


def say_why_comments(findings: Findings) -> str:
    """Why a score rests on comments only, as the end of a sentence."""
    closed = _list_closed(findings)
    if not closed:
        return "there were no closed questions"
    if any(question.dimension for question in closed):
        return "too few of these people answered the closed questions"
    return _say_untied(closed).split(",")[0].replace("None", "none").replace("The", "the")


def _list_closed(findings: Findings) -> list[Question]:
    return [question for question in findings.questions if question.kind is ColumnKind.ITEM]


def _say_untied(closed: list[Question]) -> str:
    untied = sum(not question.dimension for question in closed)
    if not untied:
        return ""
    if len(closed) == 1:
        return "The one closed question was tied to no dimension, so it counts for no score."
    if untied == len(closed):
        return f"None of the {untied} closed questions was tied to a dimension, so they count for no score."
    was, counts = ("was", "it counts") if untied == 1 else ("were", "they count")
    return f"{untied} of {len(closed)} closed questions {was} tied to no dimension, so {counts} for no score."


def _say_unasked(findings: Findings, closed: list[Question]) -> str:
    asked = {question.dimension for question in closed if question.dimension}
    core = [each for each in findings.framework.dimensions if each.core and each.id not in asked]
    if not asked or not core:
        return ""
    names = list_names(quote_name(each.name) for each in core)
    return f"No closed question asked about {names}, and an overall score from closed questions needs that."
