"""Findings go in; what is on paper, as rows for a spreadsheet and as plain lists for other programs, comes out."""

from collections.abc import Iterator
from typing import Any

from coprod_cli.model.findings import Findings
from coprod_cli.model.governance import BODY_KINDS, Body, ProjectFacts
from coprod_cli.telling import list_panels

PAPERS = ("project", "kind", "id", "text", "answer", "decides", "status", "who", "evidence", "date")
DATES = ("started", "first_contact", "decided", "ended")
DATE_TEXTS = {
    "started": "The work began",
    "first_contact": "Parents and carers were first asked",
    "decided": "It was decided, or the final draft was ready",
    "ended": "The work ended",
}
Row = tuple[str, ...]


def list_papers(findings: Findings) -> dict[str, Any]:
    """All that is on paper as plain lists and dicts; what is not given is null, a withheld number, too."""
    governance = findings.governance
    answered = {panel.project for panel in list_panels(findings)}
    return {
        "as_of": governance.as_of or None,
        "projects": [_show_project(findings, each, answered=each.project in answered) for each in governance.projects],
    }


def list_paper_rows(findings: Findings) -> Iterator[Row]:
    """Rows of governance.csv, with PAPERS columns: facts, bodies, dates, names, what changed and replies."""
    for project in findings.governance.projects:
        for row in _list_rows(findings, project):
            yield (project.project, *row)


def _list_rows(findings: Findings, project: ProjectFacts) -> Iterator[Row]:
    texts = {each.id: each.text for each in findings.framework.facts}
    for fact in project.facts:
        yield "fact", fact.id, texts[fact.id], fact.answer, "", fact.status, fact.who, fact.evidence, fact.date
    for body in project.bodies:
        decides = "yes" if body.decides else "no"
        origin = (body.status, body.who, body.evidence, body.date)
        yield body.kind, "", body.name, body.parent_seat, decides, *origin
    for key in DATES:
        day = getattr(project, key)
        if day:
            yield "date", key, DATE_TEXTS[key], day, "", project.dates_status, *project.dates_origin
    if project.producers >= 0:
        origin = (project.producers_status, *project.producers_origin)
        yield "producers", "", "Parents or young people among those who made it", str(project.producers), "", *origin
    rest = (
        *(("called", "", each) for each in (project.called,) if each),
        *(("promised", "", each) for each in (project.promised,) if each),
        *(("changed", "", each) for each in project.changed),
        *(("reply", flag, words) for flag, words in project.replies),
    )
    yield from ((kind, name, words, "", "", "", "", "", "") for kind, name, words in rest)


def _show_project(findings: Findings, project: ProjectFacts, *, answered: bool) -> dict[str, Any]:
    texts = {each.id: each.text for each in findings.framework.facts}
    asked = dict(list_asked(findings, project))
    return {
        "project": project.project,
        "in_survey": answered,
        "called": project.called or None,
        "promised": project.promised or None,
        "dates": {
            **{key: getattr(project, key) or None for key in DATES},
            "status": project.dates_status,
            **_show_origin(*project.dates_origin),
        },
        "producers": None
        if project.producers < 0
        else {
            "number": project.producers,
            "status": project.producers_status,
            **_show_origin(*project.producers_origin),
        },
        "asked": {role: asked.get(role) for role, _ in project.asked},
        "facts": [
            {
                "id": each.id,
                "text": texts[each.id],
                "answer": each.answer,
                "status": each.status,
                **_show_origin(*each[3:]),
            }
            for each in project.facts
        ],
        "bodies": [
            {
                "name": each.name,
                "kind": each.kind,
                "parent_seat": each.parent_seat,
                "decides": each.decides,
                "status": each.status,
                **_show_origin(*each[5:]),
            }
            for each in project.bodies
        ],
        "seats": {kind: _count_seats(project.bodies, kind) for kind in BODY_KINDS},
        "changed": list(project.changed),
        "replies": dict(project.replies),
    }


def list_asked(findings: Findings, project: ProjectFacts) -> Iterator[tuple[str, int]]:
    """How many people were asked, by role; without groups so small that their size would give them away."""
    least = findings.framework.thresholds_for(findings.settings.audience).min_base
    return ((role, number) for role, number in project.asked if number >= least)


def _show_origin(who: str, evidence: str, date: str) -> dict[str, str | None]:
    return {"who": who or None, "evidence": evidence or None, "date": date or None}


def _count_seats(bodies: tuple[Body, ...], kind: str) -> dict[str, int]:
    seats = [each.parent_seat for each in bodies if each.kind == kind]
    return {"bodies": len(seats), "known": len(seats) - seats.count("not known"), "with_parents": seats.count("yes")}
