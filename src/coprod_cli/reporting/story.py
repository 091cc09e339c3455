"""Findings and charts go in; the whole report and its one-page summary, all sentences said, come out as Documents."""

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Base, Findings
from coprod_cli.reporting.document import Block, Bullets, Callout, Document, Paragraph, Section, Table
from coprod_cli.reporting.legends import add_legends
from coprod_cli.reporting.story_in_short import tell_in_short
from coprod_cli.reporting.story_of_changes import tell_changes
from coprod_cli.reporting.story_of_files import tell_files
from coprod_cli.reporting.story_of_method import tell_left_out, tell_meaning, tell_method, tell_reliability
from coprod_cli.reporting.story_of_projects import tell_projects
from coprod_cli.reporting.story_of_quality import tell_quality
from coprod_cli.reporting.story_of_sectors import tell_sectors
from coprod_cli.reporting.story_of_themes import tell_quotes, tell_themes
from coprod_cli.reporting.story_of_weights import tell_weights
from coprod_cli.reporting.wording import BANNERS, list_names
from coprod_cli.telling import (
    LEADING_ROLES,
    ROLE_WORDS,
    WITHHELD,
    is_withheld,
    list_panels,
    name_panel,
    name_role,
    say_count,
    start_sentence,
)

USUAL_TITLE = "How real was the co-production?"
SUBTITLE = "What parents, carers and professionals said about working together"
_OF_COMMENTS = (
    "The comments were sorted by machine and not checked by a person.",
    "A theme that nobody mentioned can still be a problem.",
)
FOOTER = (
    "These are the views of the people who answered. They are not the views of whoever ran the survey, or of any "
    "service. Those who ran these projects should be shown this report and have the chance to reply."
)


def tell_report(findings: Findings, charts: tuple[Chart, ...]) -> Document:
    """The full report."""
    sections = (
        tell_in_short(findings),
        _tell_who_answered(findings),
        *tell_weights(findings),
        tell_projects(findings, charts),
        *tell_sectors(findings),
        *tell_changes(findings),
        tell_themes(findings, charts),
        tell_quotes(findings),
        tell_meaning(),
        *tell_quality(findings),
        tell_method(findings),
        tell_left_out(findings),
        tell_files(),
    )
    return _bind(findings, sections)


def tell_summary(findings: Findings) -> Document:
    """One page in plain English."""
    cautions = (
        "These are the views of the people who answered. They do not speak for everyone.",
        "The scores are not a ranking, and not a validated scale.",
        *(_OF_COMMENTS if any(base.commented for base in findings.bases) else ()),
    )
    full = Paragraph("The full report is in report.html.")
    sections = (
        tell_in_short(findings),
        Section("care", "Please read with care", (Bullets(cautions), *tell_reliability(findings), full)),
    )
    return _bind(findings, sections)


def _bind(findings: Findings, sections: tuple[Section, ...]) -> Document:
    banner = BANNERS.get(findings.settings.audience)
    return Document(
        title=findings.settings.title or USUAL_TITLE,
        subtitle=SUBTITLE,
        banner=Callout("warning", *banner) if banner else None,
        sections=add_legends(sections),
        footer=FOOTER,
    )


def _tell_who_answered(findings: Findings) -> Section:
    told = {base.role for base in findings.bases if not is_withheld(base.answered)}
    every = {base.role for base in findings.bases}
    roles = [role for role in ROLE_WORDS if role in told or role in LEADING_ROLES]
    bases = {(base.project, base.wave, base.role): base for base in findings.bases}
    body = tuple(
        (name_panel(panel), *(_say_base(findings, bases.get((*panel, role)), role) for role in roles))
        for panel in list_panels(findings)
    )
    blocks: list[Block] = [
        Paragraph(
            "People chose whether to answer. Those who were not heard from may see things differently, so think "
            "about who is missing: families who work shifts, who use another language, or who had given up."
        )
    ]
    if not body:
        return Section("who", "Who answered", tuple(blocks))
    note = "One person can answer for several projects."
    others = [name_role(role) for role in ROLE_WORDS if role in every - set(roles)]
    if others:
        note += f" {start_sentence(list_names(others))} answered too, but too few for any project to show."
    caption = "How many people answered, and how many of them wrote comments"
    header = ("Project", *(start_sentence(name_role(role)) for role in roles))
    blocks.append(Table(caption, header, body, note=note))
    return Section("who", "Who answered", tuple(blocks))


def _say_base(findings: Findings, base: Base | None, role: str) -> str:
    if base is None:
        scarce = any(note.code == "few-in-role" and ROLE_WORDS[role] in note.message for note in findings.notices)
        return WITHHELD if scarce else "nobody"
    answered = say_count(findings, base.answered)
    if is_withheld(base.answered) or base.answered == 0:
        return answered
    return f"{answered} (comments: {say_count(findings, base.commented)})"
