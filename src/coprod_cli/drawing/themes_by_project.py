"""Findings go in; pictures of how many people raised each theme in each project, shaded by share, come out."""

from itertools import islice

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import (
    INK,
    INNER,
    LABEL,
    LEADING,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    TITLE,
    Sheet,
    measure,
    style,
    wrap,
)
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import ThemeCount
from coprod_cli.telling import (
    DASH,
    NO_FIGURE,
    WITHHELD,
    Panel,
    choose_speaker,
    is_withheld,
    list_panels,
    list_waves,
    name_role,
    pick_themes,
    pick_told_themes,
    quote_name,
    say_cell,
    say_coders,
    say_count,
    say_when,
)

KIND = "themes_by_project"
PROJECTS_EACH = 4
NAMES = 164.0
ROW = 24.0
STEP = SMALL * LEADING
SHORTEST_LINE = 16.0
SHADES = ((0.0, "#ffffff", INK), (0.1, "#dbe8f3", INK), (0.25, "#9fc3e0", INK), (0.5, "#0b4f8a", "#ffffff"))
NOT_SHADED = ("#ffffff", INK)
Cells = dict[str, dict[str, ThemeCount]]


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """Charts of at most four projects each, so that they can be read on a phone; the parents' themes where told."""
    charts: list[Chart] = []
    for wave in list_waves(findings):
        role = choose_speaker(findings, wave)
        panels = [panel for panel in list_panels(findings) if panel.wave == wave]
        told = iter([panel for panel in panels if role and pick_told_themes(findings, panel, role)])
        while part := list(islice(told, PROJECTS_EACH)):
            charts.append(_draw_part(findings, part, role, len(charts) + 1))
    return tuple(charts)


def say_finding(findings: Findings, parts: list[Panel], role: str, themes: list[str], cells: Cells) -> str:
    """Whether one theme leads everywhere; no claim where a project or a number is missing that might say otherwise."""
    wave = parts[0].wave
    every = [panel for panel in list_panels(findings) if panel.wave == wave]
    known = parts == every and not any(is_withheld(row.people) for row in _list_rows(cells))
    leaders = [_lead(themes, cells[panel.project]) for panel in parts]
    if not known or len(leaders[0]) != 1 or any(leader != leaders[0] for leader in leaders):
        return f"Themes that {name_role(role)} raised, by project"
    name = quote_name(findings.framework.theme(leaders[0][0]).name)
    if len(parts) == 1:
        return f"More people raised {name} than any other theme"
    where = "both projects" if len(parts) == 2 else "each of the projects"  # noqa: PLR2004 - both means two
    return f"In {where}, more people raised {name} than any other theme"


def _list_rows(cells: Cells) -> list[ThemeCount]:
    return [row for by_theme in cells.values() for row in by_theme.values()]


def _draw_part(findings: Findings, parts: list[Panel], role: str, number: int) -> Chart:
    cells: Cells = {panel.project: {row.theme: row for row in pick_themes(findings, panel, role)} for panel in parts}
    order = [row.theme for row in pick_themes(findings, Panel("", parts[0].wave), role)]
    themes = [theme for theme in order if any(_is_told(cells[panel.project].get(theme)) for panel in parts)]
    title = say_finding(findings, parts, role, themes, cells)
    subtitle = _say_subtitle(findings, parts[0].wave, role, left_out=len(themes) < len(order))
    bases = [_find_base(cells[panel.project]) for panel in parts]
    header = ("Theme", *(panel.project for panel in parts))
    rows = (
        ("People who wrote comments", *(say_count(findings, base) for base in bases)),
        *(
            (findings.framework.theme(theme).name, *(_say_cell(cells[panel.project].get(theme)) for panel in parts))
            for theme in themes
        ),
    )
    alt = f"{title}. {subtitle} " + " ".join(
        f"{row[0]}: {'; '.join(f'{panel.project} {cell}' for panel, cell in zip(parts, row[1:], strict=True))}."
        for row in rows
    )
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    least = findings.framework.thresholds_for(findings.settings.audience).percent_base
    shades = [[choose_shade(cells[panel.project].get(theme), least) for panel in parts] for theme in themes]
    _draw_table(sheet, header[1:], rows, shades)
    if any(shade != NOT_SHADED for row in shades for shade in row):
        _draw_key(sheet, least)
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"themes-by-project-{number}",
        kind=KIND,
        project="",
        wave=parts[0].wave,
        role=role,
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=header,
        rows=rows,
    )


def _say_subtitle(findings: Findings, wave: str, role: str, *, left_out: bool) -> str:
    when = f" {wave}." if wave else ""
    words = f"Number of {name_role(role)} who raised each theme.{when} {WITHHELD}: a small number or none, not shown."
    if left_out:
        words += " Themes with no number to show are left out."
    return f"{words} {say_coders(findings)}{say_when(findings, wave)}"


def _draw_table(
    sheet: Sheet, projects: tuple[str, ...], rows: tuple[tuple[str, ...], ...], shades: list[list[tuple[str, str]]]
) -> None:
    width = (INNER - NAMES) / len(projects)
    centres = [MARGIN + NAMES + width * (at + 0.5) for at in range(len(projects))]
    _draw_names(sheet, projects, centres)
    for at, row in enumerate(rows):
        lines = wrap(row[0], NAMES - 8, SMALL)
        cells = [wrap(cell, width - 2, SMALL if not at else LABEL) for cell in row[1:]]
        height = max(ROW, max(len(each) for each in (lines, *cells)) * STEP + 6)
        sheet.rule((MARGIN, sheet.y), (MARGIN + INNER, sheet.y))
        middle = sheet.y + height / 2
        for line, y in _spread(lines, middle):
            sheet.put(line, MARGIN, y, size=SMALL)
        for column, (x, cell) in enumerate(zip(centres, cells, strict=True)):
            paper, ink = shades[at - 1][column] if at else NOT_SHADED
            if paper != NOT_SHADED[0]:
                sheet.block(x - width / 2 + 1, sheet.y + 1, width - 2, height - 2, colour=paper)
            for line, y in _spread(cell, middle):
                sheet.put(line, x, y, size=SMALL if not at else LABEL, bold=bool(at), colour=ink, align="center")
        sheet.y += height
    sheet.rule((MARGIN, sheet.y), (MARGIN + INNER, sheet.y))
    sheet.y += 8


def _draw_names(sheet: Sheet, projects: tuple[str, ...], centres: list[float]) -> None:
    """Names as a stair, the last column's on top, each with a line to its column: long names need no letters."""
    top = len(projects) - 1
    ends: list[tuple[float, float]] = []
    for at in range(top, -1, -1):
        lines = wrap(projects[at], centres[at] - MARGIN - SHORTEST_LINE, SMALL, bold=True) or [""]
        for line in lines:
            sheet.put(line, MARGIN, sheet.y + STEP / 2, size=SMALL, bold=True)
            sheet.y += STEP
        y = sheet.y - STEP / 2
        sheet.rule((MARGIN + measure(lines[-1], SMALL, bold=True) + 4, y), (centres[at], y), colour=QUIET)
        ends.append((centres[at], y))
        sheet.y += 3
    sheet.y += 4
    for x, y in ends:
        sheet.rule((x, y), (x, sheet.y - 1), colour=QUIET)


def _spread(lines: list[str], middle: float) -> list[tuple[str, float]]:
    """Each line with the height of its middle, all of them together centred on `middle`."""
    return [(line, middle + (at - (len(lines) - 1) / 2) * STEP) for at, line in enumerate(lines)]


def _draw_key(sheet: Sheet, least: int) -> None:
    sheet.write(
        f"Darker: a larger share of those who wrote comments, where they are {least} or more",
        size=SMALL,
        colour=QUIET,
        after=2,
    )
    words = ("under 10%", f"10{DASH}24%", f"25{DASH}49%", "50% or more")
    width = INNER / len(words)
    for at, ((_, paper, ink), text) in enumerate(zip(SHADES, words, strict=True)):
        sheet.block(MARGIN + at * width, sheet.y, width - 3, 18, colour=paper, edge=RULE)
        sheet.put(text, MARGIN + at * width + (width - 3) / 2, sheet.y + 9, size=9.5, colour=ink, align="center")
    sheet.y += 20


def choose_shade(row: ThemeCount | None, least: int) -> tuple[str, str]:
    """Paper and ink of a cell: darker for a larger share of commenters.

    Unshaded where either number is not told, or where fewer than `least` commented: too few for a share.
    """
    if row is None or is_withheld(row.people) or is_withheld(row.commenters) or row.commenters < max(least, 1):
        return NOT_SHADED
    share = row.people / row.commenters
    return next((paper, ink) for least, paper, ink in reversed(SHADES) if share >= least)


def _say_cell(row: ThemeCount | None) -> str:
    return NO_FIGURE if row is None else say_cell(row.people)


def _is_told(row: ThemeCount | None) -> bool:
    return row is not None and row.people > 0


def _find_base(cells: dict[str, ThemeCount]) -> float:
    return max((row.commenters for row in cells.values() if not is_withheld(row.commenters)), default=-1.0)


def _lead(themes: list[str], cells: dict[str, ThemeCount]) -> tuple[str, ...]:
    known = {theme: cells[theme].people for theme in themes if theme in cells and not is_withheld(cells[theme].people)}
    most = max(known.values(), default=0.0)
    return tuple(theme for theme, people in known.items() if people == most)
