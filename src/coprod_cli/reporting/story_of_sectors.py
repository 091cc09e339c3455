"""Findings go in; how practitioners of different sectors see each project comes out as a section."""

from collections.abc import Iterator

from coprod_cli.model.findings import Findings, SectorScore
from coprod_cli.model.tables import OVERALL, SECTORS
from coprod_cli.reporting.document import Block, Bullets, Folded, Paragraph, Section, Table
from coprod_cli.reporting.wording import read_limits
from coprod_cli.telling import (
    NOT_ENOUGH,
    Panel,
    list_panels,
    name_files,
    name_panel,
    name_sector,
    say_people,
    say_range,
    show_mark,
    start_sentence,
)


def tell_sectors(findings: Findings) -> tuple[Section, ...]:
    """One section with each project of which any sector may be told; none where no sector may."""
    panels = list_panels(findings)
    files = name_files(panels)
    parts = [
        Section(f"sectors-{files[panel]}", name_panel(panel), tuple(_tell_project(findings, panel)))
        for panel in panels
        if _pick(findings, panel)
    ]
    if not parts:
        return ()
    lead = Paragraph(
        "Practitioners work in different places and may see the same work differently. Someone in a school can feel as "
        "shut out as a parent. Their scores come from closed questions only. They are shown where at least "
        f"{read_limits(findings).min_sector} practitioners of one sector answered, and so many others that nobody's "
        "score can be worked out. Where ranges overlap a lot, do not say that one sector sees it better."
    )
    return (Section("sectors", "Practitioners are not one side", (lead, *parts)),)


def _pick(findings: Findings, panel: Panel) -> dict[tuple[str, str], SectorScore]:
    """(sector, dimension) to what may be told of that project."""
    return {
        (each.sector, each.dimension): each
        for each in findings.sectors
        if (each.project, each.wave) == panel and each.reportable
    }


def _tell_project(findings: Findings, panel: Panel) -> Iterator[Block]:
    told = _pick(findings, panel)
    sectors = [sector for sector in SECTORS if any(sector == each for each, _ in told)]
    yield Bullets(tuple(_say_overall(findings, sector, told.get((sector, OVERALL))) for sector in sectors))
    ordered = sorted(findings.framework.dimensions, key=lambda dimension: not dimension.core)
    body = [
        (each.name, *(_say_cell(findings, panel, sector, each.id) for sector in sectors))
        for each in ordered
        if any((sector, each.id) in told for sector in sectors)
    ]
    body.append(("Overall", *(_say_cell(findings, panel, sector, OVERALL) for sector in sectors)))
    table = Table(
        f"{name_panel(panel)}: practitioners of each sector, by dimension",
        ("Dimension", *(start_sentence(name_sector(sector)) for sector in sectors)),
        tuple(body),
        note="Score out of 100, likely range in brackets, and the people it rests on.",
    )
    yield Folded("Every score of these sectors, as a table", (table,))


def _say_overall(findings: Findings, sector: str, score: SectorScore | None) -> str:
    if score is None:
        return f"Practitioners in {name_sector(sector)}: no overall score; {NOT_ENOUGH}."
    return (
        f"Practitioners in {name_sector(sector)}: {score.estimate:.0f} out of 100 (likely range "
        f"{say_range(score.low, score.high)}; {say_people(findings, score.people)})."
    )


def _say_cell(findings: Findings, panel: Panel, sector: str, dimension: str) -> str:
    """The score; where there is none, its mark: withheld, or too few answers."""
    score = _pick(findings, panel).get((sector, dimension))
    if score is None:
        withheld = any(
            (each.project, each.wave, each.sector, each.dimension) == (*panel, sector, dimension)
            for each in findings.sectors
        )
        return show_mark("c" if withheld else "low")
    return f"{score.estimate:.0f} ({say_range(score.low, score.high)}), {say_people(findings, score.people)}"
