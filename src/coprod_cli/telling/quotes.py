"""Findings and a theme go in; the quotes that a page prints on it, as many for as against, come out."""

from collections.abc import Iterator

from coprod_cli.model.findings import Findings, Quote
from coprod_cli.model.tables import ROLES
from coprod_cli.telling.choosing import Panel

_GOOD, _BAD = "positive", "negative"


def pick_quotes(findings: Findings, theme: str, most: int, panel: Panel | None = None) -> tuple[Quote, ...]:
    """Quotes on a theme in the order of the lot, roles in turn: half for, half against, where both were written.

    The findings hold more than a page prints, so that the next takes the place of one that is struck out.

    Args:
        findings: with the quotes that may be shown.
        theme: id of the theme.
        most: how many to print, an even number; where all speak one way, half as many.
        panel: only what is said of this project and round; None for all.
    """
    # The same words sent about several projects are printed once.
    said: dict[str, Quote] = {}
    for each in findings.quotes:
        if each.theme == theme and (panel is None or (each.project, each.wave) == tuple(panel)):
            said.setdefault(each.words, each)
    good, bad = (list(_take_turns([each for each in said.values() if each.stance == way])) for way in (_GOOD, _BAD))
    if good and bad:
        return tuple(each for pair in zip(good, bad, strict=False) for each in pair)[:most]
    return tuple(good or bad)[: most // 2]


def list_quoted_themes(findings: Findings, panel: Panel | None = None) -> tuple[str, ...]:
    """Themes on which there are quotes, of one project and round or of all, in the framework's order."""
    quoted = {each.theme for each in findings.quotes if panel is None or (each.project, each.wave) == tuple(panel)}
    return tuple(theme.id for theme in findings.framework.themes if theme.id in quoted)


def _take_turns(quotes: list[Quote]) -> Iterator[Quote]:
    """The first of each role, then the second of each, and so on; parents and carers begin."""
    place = {role: at for at, role in enumerate(ROLES)}
    turns: dict[str, int] = {}
    placed = []
    for each in quotes:
        turns[each.role] = turns.get(each.role, 0) + 1
        placed.append((turns[each.role], place[each.role], each))
    yield from (each for *_, each in sorted(placed, key=lambda turn: turn[:2]))
