"""Findings go in; one picture a project of how likely it stands on each rung of the ladder comes out."""

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import INK, INNER, LABEL, MARGIN, PARENTS, QUIET, SMALL, TITLE, TRACK, Sheet, style
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import RungChance
from coprod_cli.telling import (
    Panel,
    is_withheld,
    list_panels,
    name_files,
    name_panel,
    name_role,
    name_rung,
    pick_rungs,
    say_chance,
    say_choosers,
    say_people,
    say_rung,
    say_when,
    start_sentence,
)

KIND = "rung_chances"
ROLE = "parent"
BAR = 13.0
NUMBERS = 76.0


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each project and round where parents and carers allow a rung to be told; never a needle."""
    panels = list_panels(findings)
    files = name_files(panels)
    told = ((panel, pick_rungs(findings, panel, ROLE)) for panel in panels)
    return tuple(_draw_panel(findings, panel, rungs, files[panel]) for panel, rungs in told if rungs)


def _draw_panel(findings: Findings, panel: Panel, told: tuple[RungChance, ...], file: str) -> Chart:
    title = say_rung(findings, told).removesuffix(".")
    subtitle = (
        f"{name_panel(panel)}. How likely it is that the project stands on each rung of the ladder, as "
        f"{name_role(ROLE)} see it; {say_people(findings, told[0].people)}. Where one rung ends and the next begins is "
        "a convention."
    )
    asked = any(not is_withheld(each.said) for each in told)
    if asked:
        subtitle += f" The diamond shows what people chose when they were asked: of {say_choosers(findings, told)}."
    subtitle += say_when(findings, panel.wave)
    rows = tuple(
        (
            name_rung(findings, each.rung),
            say_chance(each.chance),
            *(("" if is_withheld(each.said) else f"{each.said:.0%}",) if asked else ()),
        )
        for each in reversed(told)
    )
    alt = f"{title}. {subtitle} " + " ".join(f"{row[0]}: {row[1]}." for row in rows)
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=8)
    wide = INNER - NUMBERS
    for each in reversed(told):
        sheet.write(name_rung(findings, each.rung), size=LABEL, after=1)
        sheet.block(MARGIN, sheet.y, wide, BAR, colour=TRACK)
        sheet.block(MARGIN, sheet.y, max(wide * each.chance, 0.6), BAR, colour=PARENTS)
        if not is_withheld(each.said):
            sheet.mark(MARGIN + wide * each.said, sheet.y + BAR / 2, "D", colour=INK, filled=False)
        sheet.put(say_chance(each.chance), MARGIN + wide + 10, sheet.y + BAR / 2, bold=True)
        sheet.y += BAR + 6
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"rung-chances-{file}",
        kind=KIND,
        project=panel.project,
        wave=panel.wave,
        role=ROLE,
        title=start_sentence(title),
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Rung", "Chance", *(("What people chose",) if asked else ())),
        rows=rows,
    )
