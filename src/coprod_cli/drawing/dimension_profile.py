"""Findings go in; one picture a project of its dimensions with their likely ranges comes out."""

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import LABEL, PARENTS, PRACTITIONERS, QUIET, SMALL, TITLE, Sheet, style
from coprod_cli.drawing.scale import draw_axis, draw_score, draw_tracks
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import Score
from coprod_cli.telling import (
    COMMENTS,
    NOT_ENOUGH,
    READS_LOW,
    Panel,
    choose_lead,
    list_panels,
    name_dimension,
    name_files,
    name_panel,
    name_role,
    pick_profile,
    quote_name,
    say_bases,
    say_people,
    say_range,
    say_when,
    start_sentence,
)

KIND = "dimension_profile"
MIDDLE = 50


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each project and round with a reportable dimension; the parents' view where there is one."""
    panels = list_panels(findings)
    files = name_files(panels)
    leads = ((panel, choose_lead(findings, panel)) for panel in panels)
    return tuple(
        _draw_panel(findings, panel, role, files[panel])
        for panel, role in leads
        if role and any(score.reportable for score in pick_profile(findings, panel, role))
    )


def say_finding(findings: Findings, role: str, told: list[Score]) -> str:
    """What the profile shows, and no more than its ranges allow: dimensions whose ranges overlap are not set apart."""
    who = start_sentence(name_role(role))
    top, bottom = max(told, key=lambda score: score.estimate), min(told, key=lambda score: score.estimate)
    high, low = (quote_name(name_dimension(findings, score.dimension)) for score in (top, bottom))
    if len(told) == 1:
        rests = f"likely range {say_range(top.low, top.high)}; {say_people(findings, top.people)}"
        return f"{who} gave {high} {top.estimate:.0f} out of 100 ({rests})"
    if bottom.high < top.low:
        return f"{who} scored {high} higher than {low}"
    if all(score.high < MIDDLE for score in told):
        return f"{who} put every dimension in the lower half of the scale"
    if all(score.low > MIDDLE for score in told):
        return f"{who} put every dimension in the upper half of the scale"
    return f"{who}: no dimension stands clearly apart from the others"


def _draw_panel(findings: Findings, panel: Panel, role: str, file: str) -> Chart:
    scores = pick_profile(findings, panel, role)
    told = [score for score in scores if score.reportable]
    comments_only = any(score.basis == COMMENTS for score in told)
    title = say_finding(findings, role, told)
    subtitle = (
        f"{name_panel(panel)}. Score out of 100 for each dimension, with its likely range. "
        f"{start_sentence(name_role(role))}, {say_bases(findings, told)}."
    )
    if comments_only:
        subtitle += f" From comments only: {READS_LOW}."
    subtitle += say_when(findings, panel.wave)
    rows = tuple(_tell_row(findings, score) for score in scores)
    alt = f"{title}. {subtitle} " + " ".join(_read_row(row) for row in rows)
    parents = role == "parent"
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    core = {dimension.id for dimension in findings.framework.dimensions if dimension.core}
    groups = (
        ("At the heart of co-production", [score for score in scores if score.dimension in core]),
        ("What helps it to work and to last", [score for score in scores if score.dimension not in core]),
    )
    for heading, group in groups:
        if not group:
            continue
        sheet.y += 4
        sheet.write(heading, size=SMALL, bold=True, colour=QUIET, after=3)
        for score in group:
            sheet.write(name_dimension(findings, score.dimension), size=LABEL, after=1)
            draw_tracks(sheet, 1)
            draw_score(
                sheet,
                score,
                colour=PARENTS if parents else PRACTITIONERS,
                shape="o" if parents else "s",
                filled=parents,
            )
            sheet.y += 5
    draw_axis(sheet)
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"dimension-profile-{file}",
        kind=KIND,
        project=panel.project,
        wave=panel.wave,
        role=role,
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Dimension", "Score out of 100", "Likely range", "People"),
        rows=rows,
    )


def _tell_row(findings: Findings, score: Score) -> tuple[str, ...]:
    name = name_dimension(findings, score.dimension)
    if not score.reportable:
        return (name, NOT_ENOUGH, "", "")
    return (name, f"{score.estimate:.0f}", say_range(score.low, score.high), say_bases(findings, [score]))


def _read_row(row: tuple[str, ...]) -> str:
    return f"{row[0]}: {row[1]}, likely range {row[2]}." if row[2] else f"{row[0]}: {row[1]}."
