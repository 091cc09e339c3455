"""Findings go in; what is said of a project's rung on the ladder comes out, with the picture where there is room."""

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import RungChance
from coprod_cli.reporting.document import Block, Figures, Folded, Paragraph, Table
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.telling import (
    WITHHELD,
    Panel,
    is_withheld,
    name_panel,
    name_rung,
    pick_rungs,
    say_chance,
    say_choosers,
    say_people,
    say_rung,
    say_rung_before,
    say_share_shortly,
)

RUNGS = "rung_chances"
LEADING = "parent"
CONVENTION = "Where one rung ends and the next begins is a convention."
CREDIT = (
    "The words of the second column are those of the Ladder of Co-production by Think Local Act Personal (TLAP) and "
    "the National Co-production Advisory Group, www.thinklocalactpersonal.org.uk. A low rung is not always a fault: "
    "ask what was promised."
)
FEW = "A rung that few people chose is not shown, nor one that would give it away."


def tell_rungs(findings: Findings, panel: Panel, charts: tuple[Chart, ...]) -> list[Block]:
    """Where the project stands on the ladder as parents and carers see it; nothing where that cannot be told."""
    told = pick_rungs(findings, panel, LEADING)
    if not told:
        return []
    people = say_people(findings, told[0].people)
    parts = (say_rung(findings, told), say_rung_before(findings, told), f"This rests on {people}.", CONVENTION)
    words = " ".join(part for part in parts if part)
    blocks: list[Block] = [Paragraph(words, strong="The ladder of participation.")]
    here = [each for each in charts if each.kind == RUNGS and (each.project, each.wave) == panel]
    if here:
        blocks.append(Figures(tuple(show_chart(each) for each in here)))
    ladder = findings.framework.ladder
    asked = any(not is_withheld(each.said) for each in told)
    held = any(not is_withheld(each.chance_before) for each in told)
    body = tuple(
        (
            name_rung(findings, each.rung),
            ladder.rungs[each.rung].tlap,
            say_chance(each.chance),
            *((say_chance(each.chance_before),) if held else ()),
            *((_say_chosen(findings, each),) if asked else ()),
        )
        for each in told
    )
    header = (
        "Rung",
        "In TLAP's words",
        "Chance",
        *(("Before limits",) if held else ()),
        *(("Chose it when asked",) if asked else ()),
    )
    note = CREDIT
    if asked:
        note += f" Chose it when asked: of {say_choosers(findings, told)}; likely ranges in brackets. {FEW}"
    table = Table(f"{name_panel(panel)}: chance of each rung", header, body, note=note)
    return [*blocks, Folded("The rungs in figures", (table,))]


def _say_chosen(findings: Findings, each: RungChance) -> str:
    return WITHHELD if is_withheld(each.said) else say_share_shortly(findings, each.said, each.said_people)
