"""Findings go in; what is said of a project's rung on the ladder comes out."""

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Paragraph
from coprod_cli.telling import Panel, pick_rungs, say_people, say_rung, say_rung_before

RUNGS = "rung_chances"
LEADING = "parent"
CONVENTION = "Where one rung ends and the next begins is a convention."
CREDIT = (
    "The words of the second column are those of the Ladder of Co-production by Think Local Act Personal (TLAP) and "
    "the National Co-production Advisory Group, www.thinklocalactpersonal.org.uk. A low rung is not always a fault: "
    "ask what was promised."
)


def tell_rung(findings: Findings, panel: Panel) -> list[Block]:
    """Where the project stands on the ladder as parents and carers see it; nothing where that cannot be told."""
    told = pick_rungs(findings, panel, LEADING)
    if not told:
        return []
    parts = (
        say_rung(findings, told),
        say_rung_before(findings, told),
        f"This rests on {say_people(findings, told[0].people)}.",
    )
    return [Paragraph(" ".join(filter(None, parts)), strong="The ladder.")]
