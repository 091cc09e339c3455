"""Findings go in; pictures of how many people raised each theme in each project, shaded by share, come out."""

from itertools import islice

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import INK, INNER, LABEL, MARGIN, QUIET, RULE, SMALL, TITLE, Sheet, style, wrap
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
    say_count,
)

KIND = "themes_by_project"
PROJECTS_EACH = 4
NAMES = 164.0
ROW = 24.0
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


def say_finding(findings: Findings, parts: list[Panel], themes: list[str], cells: Cells) -> str:
    """Whether one theme leads everywhere, as far as numbers of people can say."""
    leaders = [_lead(themes, cells[panel.project]) for panel in parts]
    if len(parts) > 1 and len(leaders[0]) == 1 and all(leader == leaders[0] for leader in leaders):
        name = quote_name(findings.framework.theme(leaders[0][0]).name)
        where = "both projects" if len(parts) == 2 else "each of the projects"  # noqa: PLR2004 - both means two
        return f"In {where}, more people raised {name} than any other theme"
    if len(parts) == 1 and len(leaders[0]) == 1:
        return f"More people raised {quote_name(findings.framework.theme(leaders[0][0]).name)} than any other theme"
    return "No one theme leads in every project"


def _draw_part(findings: Findings, parts: list[Panel], role: str, number: int) -> Chart:
    cells: Cells = {panel.project: {row.theme: row for row in pick_themes(findings, panel, role)} for panel in parts}
    order = [row.theme for row in pick_themes(findings, Panel("", parts[0].wave), role)]
    themes = [theme for theme in order if any(_is_told(cells[panel.project].get(theme)) for panel in parts)]
    title = say_finding(findings, parts, themes, cells)
    subtitle = _say_subtitle(parts[0].wave, role, left_out=len(themes) < len(order))
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
    letters = [chr(ord("A") + at) for at in range(len(parts))]
    for letter, panel in zip(letters, parts, strict=True):
        sheet.put(letter, MARGIN, sheet.y + LABEL * 0.64, bold=True)
        sheet.write(panel.project, x=MARGIN + 16, width=INNER - 16)
    sheet.y += 5
    least = findings.framework.thresholds_for(findings.settings.audience).percent_base
    shades = [[choose_shade(cells[panel.project].get(theme), least) for panel in parts] for theme in themes]
    _draw_table(sheet, letters, rows, shades)
    if any(shade != NOT_SHADED for row in shades for shade in row):
        _draw_key(sheet)
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


def _say_subtitle(wave: str, role: str, *, left_out: bool) -> str:
    when = f" {wave}." if wave else ""
    words = f"Number of {name_role(role)} who raised each theme.{when} {WITHHELD}: a small number or none, not shown."
    if left_out:
        words += " Themes with no number to show are left out."
    return f"{words} Coded by machine."


def _draw_table(
    sheet: Sheet, letters: list[str], rows: tuple[tuple[str, ...], ...], shades: list[list[tuple[str, str]]]
) -> None:
    width = (INNER - NAMES) / len(letters)
    centres = [MARGIN + NAMES + width * (at + 0.5) for at in range(len(letters))]
    for letter, x in zip(letters, centres, strict=True):
        sheet.put(letter, x, sheet.y + LABEL * 0.7, bold=True, align="center")
    sheet.y += LABEL * 1.6
    for at, row in enumerate(rows):
        lines = wrap(row[0], NAMES - 8, SMALL)
        height = max(ROW, len(lines) * SMALL * 1.28 + 6)
        sheet.rule((MARGIN, sheet.y), (MARGIN + INNER, sheet.y))
        middle = sheet.y + height / 2
        for line_at, line in enumerate(lines):
            sheet.put(line, MARGIN, middle + (line_at - (len(lines) - 1) / 2) * SMALL * 1.28, size=SMALL)
        for column, x in enumerate(centres):
            paper, ink = shades[at - 1][column] if at else NOT_SHADED
            if paper != NOT_SHADED[0]:
                sheet.block(x - width / 2 + 1, sheet.y + 1, width - 2, height - 2, colour=paper)
            words = row[column + 1].removeprefix("about ")
            sheet.put(words, x, middle, size=SMALL if not at else LABEL, bold=not at, colour=ink, align="center")
        sheet.y += height
    sheet.rule((MARGIN, sheet.y), (MARGIN + INNER, sheet.y))
    sheet.y += 8


def _draw_key(sheet: Sheet) -> None:
    sheet.write("Darker: a larger share of those who wrote comments", size=SMALL, colour=QUIET, after=2)
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
