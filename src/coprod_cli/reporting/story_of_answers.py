"""Findings and details go in; who was asked, who answered, and who may be missing come out as a section."""

from coprod_cli.model.details import Details
from coprod_cli.model.findings import Base, Findings
from coprod_cli.reporting.document import Block, Paragraph, Section, Table
from coprod_cli.reporting.story_of_details import tell_asking
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import (
    LEADING_ROLES,
    ROLE_WORDS,
    WITHHELD,
    is_withheld,
    list_panels,
    name_panel,
    name_role,
    say_count,
    say_period,
    say_total,
    start_sentence,
)

BY_CHOICE = "People chose whether to answer. Those who were not heard from may see things differently"
THINK = ", so think about who is missing: families who work shifts, who use another language, or who had given up"
HUNDRED = 100


def tell_who_answered(findings: Findings, details: Details | None = None) -> Section:
    """How many were asked and answered, how and when, who may be missing, and the people of each project and role."""
    details = details or Details()
    asking = tell_asking(details)
    blocks: list[Block] = [
        *_tell_totals(findings, details),
        *asking,
        Paragraph(f"{BY_CHOICE}{'' if details.missing else THINK}."),
    ]
    table = _show_bases(findings)
    return Section("who", "Who answered", (*blocks, table) if table else tuple(blocks))


def _tell_totals(findings: Findings, details: Details) -> list[Block]:
    """How many were invited and answered; a share only of what is told, and never called a response rate."""
    if details.invited is None:
        when = say_period(findings.period)
        return [Paragraph(f"The answers are from {when}.")] if when and not details.opened else []
    invited = f"{details.invited:,} {'person was' if details.invited == 1 else 'people were'} invited"
    if is_withheld(findings.people):
        return [Paragraph(f"{invited}.", strong="How many.")]
    told = say_total(findings, findings.people, "person", "people")
    words = f"{invited}. {start_sentence(told)} answered."
    if 0 < findings.people <= details.invited:
        about = "about " if findings.totals_step > 1 else ""
        share = round(HUNDRED * findings.people / details.invited)
        words += (
            f" That is {about}{share} for every {HUNDRED} invited." if share else " That is fewer than 1 for every 100."
        )
        words += " If others could answer, too, fewer of those invited did."
    return [Paragraph(words, strong="How many.")]


def _show_bases(findings: Findings) -> Table | None:
    """People by project and role; none where there is no project."""
    told = {base.role for base in findings.bases if not is_withheld(base.answered)}
    every = {base.role for base in findings.bases}
    roles = [role for role in ROLE_WORDS if role in told or role in LEADING_ROLES]
    bases = {(base.project, base.wave, base.role): base for base in findings.bases}
    body = tuple(
        (name_panel(panel), *(_say_base(findings, bases.get((*panel, role)), role) for role in roles))
        for panel in list_panels(findings)
    )
    if not body:
        return None
    note = "One person can answer for several projects."
    others = [name_role(role) for role in ROLE_WORDS if role in every - set(roles)]
    if others:
        note += f" {start_sentence(list_names(others))} answered too, but too few for any project to show."
    caption = "How many people answered, and how many of them wrote comments"
    header = ("Project", *(start_sentence(name_role(role)) for role in roles))
    return Table(caption, header, body, note=note)


def _say_base(findings: Findings, base: Base | None, role: str) -> str:
    if base is None:
        scarce = any(note.code == "few-in-role" and ROLE_WORDS[role] in note.message for note in findings.notices)
        return WITHHELD if scarce else "nobody"
    answered = say_count(findings, base.answered)
    if is_withheld(base.answered) or base.answered == 0:
        return answered
    return f"{answered} (comments: {say_count(findings, base.commented)})"
