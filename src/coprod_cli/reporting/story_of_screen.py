"""Findings go in; what the command shows on the screen, as a Document, comes out."""

from collections.abc import Iterator

from coprod_cli.model.findings import Findings
from coprod_cli.model.gates import GateResult
from coprod_cli.model.tables import Score, rows
from coprod_cli.reporting.document import Block, Bullets, Callout, Document, Paragraph, Section, Table
from coprod_cli.reporting.story_in_short import say_nothing_scored
from coprod_cli.reporting.story_of_changes import tell_changes_shortly
from coprod_cli.reporting.story_of_flags import say_flags
from coprod_cli.reporting.story_of_questions import HOW_TO_MEND, say_gaps
from coprod_cli.reporting.story_of_themes import find_strongest
from coprod_cli.reporting.wording import BANNERS, say_score_shortly, say_theme, say_why_not, title_themes
from coprod_cli.telling import (
    COMMENTS,
    LEADING_ROLES,
    ROLE_WORDS,
    Panel,
    find_overall,
    list_panels,
    name_panel,
    name_role,
    name_unknown,
    say_checked,
    say_measured,
    say_people,
    say_total,
    start_sentence,
    tell_basis,
)

NOBODY = "nobody answered"
_BY_THEME = "More of that, theme by theme: coprod report DIR --template research"


def tell_screen(findings: Findings) -> Document:
    """Projects with score, range and people; the five strongest themes; what was left out and what to know."""
    roles = _list_roles(findings)
    body = []
    for panel in list_panels(findings):
        cells = [_tell_cell(findings, find_overall(findings, panel, role)) for role in roles]
        body.append((name_panel(panel), *cells))
    header = ("Project", *(start_sentence(name_role(role)) for role in roles))
    note = "Score out of 100, likely range in brackets, and the people it rests on."
    rests = tell_basis(findings, rows(findings.scores, Score))
    note += f" What scores rest on: {rests}" if rests else ""
    blocks: list[Block] = [Table("Overall score", header, tuple(body), note=note)] if body else []
    if not findings.scores["reportable"].any():
        blocks += [
            Paragraph(say_nothing_scored(findings)),
            *([Paragraph(f"{gaps} {HOW_TO_MEND}")] if (gaps := say_gaps(findings)) else []),
        ]
    sections = [Section("projects", "Projects", tuple(blocks))]
    flags = say_flags(findings, gravest=True)
    if flags:
        sections.append(Section("flags", "Red flags", (Bullets(tuple(flags)),)))
    if findings.governance.projects:
        sections.append(Section("paper", "On paper", (Bullets(tuple(_say_papers(findings))),)))
    if findings.gates:
        sections.append(Section("conditions", "Conditions", (Bullets(tuple(map(say_gate, findings.gates))),)))
    sections.extend(tell_changes_shortly(findings))
    strongest = find_strongest(findings)
    if strongest:
        title = title_themes(findings, strongest[0])
        themes = Bullets(tuple(say_theme(findings, each) for each in strongest))
        sections.append(Section("themes", title, (themes,)))
    notes: list[Block] = [
        Paragraph(
            f"{start_sentence(say_total(findings, findings.rows_read, 'row', 'rows'))} read, "
            f"{say_total(findings, findings.forms, 'form', 'forms')} used, "
            f"{say_total(findings, findings.people, 'person', 'people')}."
        )
    ]
    if findings.checked.by_hand:
        notes.append(Paragraph(" ".join(filter(None, (say_checked(findings), say_measured(findings), _BY_THEME)))))
    if findings.notices:
        notes.append(Bullets(tuple(each.in_full for each in findings.notices)))
    sections.append(Section("notices", "Please note", tuple(notes)))
    banner = BANNERS.get(findings.settings.audience)
    return Document("coprod", "", Callout("warning", *banner) if banner else None, tuple(sections), "")


def _say_papers(findings: Findings) -> Iterator[str]:
    """How many facts are known of each project, and which are not, on one line."""
    names = [each.id for each in findings.framework.facts]
    for project in findings.governance.projects:
        known = sum(each.answer != "not known" for each in project.facts)
        unknown = name_unknown(project, names) if known else ""
        rest = f"; not known yet: {unknown}" if unknown else ""
        yield f"{project.project}: {known or 'none'} of {len(names)} facts known{rest}."


def say_gate(result: GateResult) -> str:
    """One condition and one project: met or not, with the chance."""
    where = name_panel(Panel(result.project, result.wave))
    if result.met is None:
        return f"{where}: {result.gate} cannot be judged, as there is no such score from closed questions."
    met = "is met" if result.met else "is NOT met"
    chance = "under 0.01" if result.chance < 0.01 else "over 0.99" if result.chance > 0.99 else f"{result.chance:.2f}"  # noqa: PLR2004 - as shown
    return f"{where}: {result.gate} {met}; the chance is {chance}."


def _list_roles(findings: Findings) -> list[str]:
    """Parents and practitioners where they answered at all, and every other role with a score that may be shown."""
    scores = findings.scores
    scored = set(scores.loc[scores["reportable"], "role"])
    present = set(scores["role"])
    return [role for role in ROLE_WORDS if role in scored or (role in LEADING_ROLES and role in present)]


def _tell_cell(findings: Findings, score: Score | None) -> str:
    if score is None:
        return NOBODY
    if not score.reportable:
        return say_why_not(findings, score)
    mark = "from comments only: " if score.basis == COMMENTS else ""
    return f"{mark}{say_score_shortly(score)}, {say_people(findings, score.people)}"
