"""How people answered closed questions goes in; the questions in order, and their answers in words, come out."""

from coprod_cli.model.closed_items import STEPS, ItemSpread, Part
from coprod_cli.model.findings import Findings
from coprod_cli.telling.choosing import Panel
from coprod_cli.telling.shares import find_share_range

UPPER_FROM = 3
_HALF = 0.5


def name_part(spread: ItemSpread, part: Part) -> str:
    """The answers of a part: "Mostly", "Mostly or Completely", "Not at all to Partly"."""
    first, last = spread.labels[part.first], spread.labels[part.last]
    if part.first == part.last:
        return first
    return f"{first} {'or' if part.last - part.first == 1 else 'to'} {last}"


def pick_spreads(findings: Findings, panel: Panel, role: str) -> list[ItemSpread]:
    """One role's answers to each question, by dimension; questions whose high answers are bad news come last."""
    place = {dimension.id: at for at, dimension in enumerate(findings.framework.dimensions)}
    here = [each for each in findings.spreads if (each.project, each.wave, each.role) == (*panel, role)]
    return sorted(here, key=lambda each: (each.bad_high, place[each.dimension], each.item))


def find_upper_share(spread: ItemSpread) -> float | None:
    """The share of the two highest answers, 0..1; None where it is not told by itself."""
    if not any(part.first == UPPER_FROM or part.first == UPPER_FROM + 1 for part in spread.parts):
        return None
    if any(part.first < UPPER_FROM <= part.last for part in spread.parts):
        return None
    return sum(part.percent for part in spread.parts if part.first >= UPPER_FROM) / 100


def count_majorities(findings: Findings, spreads: list[ItemSpread]) -> tuple[int, int, int]:
    """Of how many questions it is clear that more than half, and that fewer than half, gave one of the two top answers.

    Clear: the likely range of the share leaves out one half. Last, how many questions this can be said of at all.
    """
    ranges = [
        find_share_range(findings, share, each.people)
        for each in spreads
        if (share := find_upper_share(each)) is not None
    ]
    return sum(low > _HALF for low, _ in ranges), sum(high < _HALF for _, high in ranges), len(ranges)


def name_upper(spread: ItemSpread) -> str:
    """The two top answers in quotation marks: “Mostly” or “Completely”."""
    return " or ".join(f"“{label}”" for label in spread.labels[UPPER_FROM:STEPS])
