"""Findings go in; the scores, themes and file names that one picture or one section needs come out."""

import re
import unicodedata
from typing import NamedTuple

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import OVERALL, ROLES, Score, ThemeCount, rows
from coprod_cli.telling.rounds import order_rounds
from coprod_cli.telling.words import is_withheld

LONGEST_NAME = 48


class Panel(NamedTuple):
    """One project in one round of the survey."""

    project: str
    wave: str


def list_panels(findings: Findings) -> tuple[Panel, ...]:
    """Every project and round that the results speak of, by name; never by score."""
    found = {Panel(base.project, base.wave) for base in findings.bases}
    found |= {Panel(*pair) for pair in zip(findings.scores["project"], findings.scores["wave"], strict=True)}
    return tuple(sorted((panel for panel in found if panel.project), key=lambda each: (each.project.casefold(), each)))


def list_latest(findings: Findings) -> tuple[Panel, ...]:
    """Every project in its latest round alone, by name."""
    panels = list_panels(findings)
    rounds = order_rounds({panel.wave for panel in panels})
    latest = {panel.project: panel.wave for panel in sorted(panels, key=lambda each: rounds.index(each.wave))}
    return tuple(panel for panel in panels if panel.wave == latest[panel.project])


def list_paper_panels(findings: Findings) -> tuple[Panel, ...]:
    """Projects that are on paper alone: the governance file names them, and nobody in the survey spoke of them."""
    answered = {panel.project for panel in list_panels(findings)}
    return tuple(Panel(each.project, "") for each in findings.governance.projects if each.project not in answered)


def list_projects(findings: Findings) -> tuple[str, ...]:
    """Every project that the results or the governance file speak of, by name."""
    panels = (*list_panels(findings), *list_paper_panels(findings))
    return tuple(sorted({panel.project for panel in panels}, key=lambda each: (each.casefold(), each)))


def name_panel(panel: Panel) -> str:
    """The project, with the round in brackets where there is more than one."""
    return f"{panel.project} ({panel.wave})" if panel.wave else panel.project


def pick_scores(findings: Findings, panel: Panel) -> dict[tuple[str, str], Score]:
    """(role, dimension) to the Score of that panel, reportable or not."""
    frame = findings.scores
    here = frame[(frame["project"] == panel.project) & (frame["wave"] == panel.wave)]
    return {(score.role, score.dimension): score for score in rows(here, Score)}


def pick_profile(findings: Findings, panel: Panel, role: str) -> list[Score]:
    """One role's scores of the dimensions, core ones first, each in the framework's order; no overall."""
    scores = pick_scores(findings, panel)
    ordered = sorted(findings.framework.dimensions, key=lambda dimension: not dimension.core)
    return [scores[role, each.id] for each in ordered if (role, each.id) in scores]


def choose_lead(findings: Findings, panel: Panel) -> str:
    """The role whose view leads: parents and carers where they can be reported, else the next; "" where none can."""
    told = {role for (role, _), score in pick_scores(findings, panel).items() if score.reportable}
    return next((role for role in ROLES if role in told), "")


def list_waves(findings: Findings) -> tuple[str, ...]:
    """The rounds in which themes were counted over all projects, in order."""
    frame = findings.themes
    return tuple(sorted(set(frame.loc[frame["project"] == "", "wave"])))


def pick_themes(findings: Findings, panel: Panel, role: str) -> list[ThemeCount]:
    """One role's themes, most people first, ties in the framework's order; withheld ones last."""
    frame = findings.themes
    here = frame[(frame["project"] == panel.project) & (frame["wave"] == panel.wave) & (frame["role"] == role)]
    place = {theme.id: at for at, theme in enumerate(findings.framework.themes)}
    in_order = sorted(rows(here, ThemeCount), key=lambda row: place[row.theme])
    return sorted(in_order, key=lambda row: 1.0 if is_withheld(row.people) else -row.people)


def pick_told_themes(findings: Findings, panel: Panel, role: str) -> list[ThemeCount]:
    """The same, without those withheld or raised by nobody."""
    return [row for row in pick_themes(findings, panel, role) if row.people > 0]


def may_lead(findings: Findings, panel: Panel, role: str) -> bool:
    """Whether it may be said which theme most people raised: no withheld one was raised by as many."""
    return (panel.project, role, panel.wave) not in findings.unled


def choose_speaker(findings: Findings, wave: str) -> str:
    """The role whose themes lead over all projects: parents and carers first; "" where nobody's can be told."""
    return next((role for role in ROLES if pick_told_themes(findings, Panel("", wave), role)), "")


def name_files(panels: tuple[Panel, ...]) -> dict[Panel, str]:
    """A file name for each panel: lower-case letters, digits and hyphens, no two alike."""
    names: dict[Panel, str] = {}
    taken: set[str] = set()
    for panel in panels:
        plain = unicodedata.normalize("NFKD", name_panel(panel)).encode("ascii", "ignore").decode("ascii").lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or "project"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[panel] = name
    return names


def find_overall(findings: Findings, panel: Panel, role: str) -> Score | None:
    """One role's overall score of that panel, reportable or not; None where none was tried."""
    return pick_scores(findings, panel).get((role, OVERALL))
