"""Findings go in; pictures of how people answered each closed question, as bars to both sides of a middle, come out."""

from itertools import groupby
from typing import NamedTuple

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import INK, INNER, LABEL, MARGIN, QUIET, SMALL, TITLE, Sheet, measure, style
from coprod_cli.model.closed_items import ItemSpread, Part
from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import ROLES
from coprod_cli.telling import (
    Panel,
    choose_lead,
    count_majorities,
    list_panels,
    name_files,
    name_panel,
    name_part,
    name_role,
    name_upper,
    pick_spreads,
    say_people,
    say_when,
    start_sentence,
)

KIND = "closed_items"
BAR = 17.0
EDGE = 22.0
MOST_EACH = 14
MIDDLE = 2


class Look(NamedTuple):
    """How one part of a bar looks: sides are told apart by pattern, and steps by lightness."""

    colour: str
    pattern: str
    ink: str = INK


LOOKS: dict[tuple[int, int], Look] = {
    (0, 0): Look("#e08a4f", "////"),
    (1, 1): Look("#f7d3b5", "//"),
    (2, 2): Look("#ececea", ""),
    (3, 3): Look("#a9cbe6", ""),
    (4, 4): Look("#0b4f8a", "", "#ffffff"),
    (0, 1): Look("#efb184", "///"),
    (3, 4): Look("#3574aa", "", "#ffffff"),
    (0, 2): Look("#f3e3d6", "/"),
    (2, 4): Look("#d5e4f0", ""),
}


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """Charts of every role over all projects, then of the leading role of each project; parents and carers first."""
    panels = list_panels(findings)
    waves = sorted({each.wave for each in findings.spreads})
    everywhere = [(Panel("", wave), role) for wave in waves for role in ROLES]
    wanted = [*everywhere, *((panel, choose_lead(findings, panel)) for panel in panels)]
    files = name_files(panels) | name_files(tuple(Panel(role, wave) for wave in waves for role in ROLES))
    charts: list[Chart] = []
    for panel, role in wanted:
        spreads = pick_spreads(findings, panel, role)
        parts = _split(spreads)
        for number, part in enumerate(parts, start=1):
            file = files[panel] if panel.project else files[Panel(role, panel.wave)]
            which = f"{file}-{number}" if len(parts) > 1 else file
            charts.append(_draw_part(findings, panel, role, part, which))
    return tuple(charts)


def say_finding(findings: Findings, role: str, spreads: list[ItemSpread]) -> str:
    """Of how many questions most people clearly gave, or did not give, the top answers; those turned round left out."""
    who = name_role(role)
    forward = [each for each in spreads if not each.bad_high]
    if not forward:
        return f"How {who} answered when a high answer is bad news"
    most, few, known = count_majorities(findings, forward)
    if not known:
        return f"How {who} answered {_say_questions(len(spreads))}"
    if not most and not few:
        return f"{start_sentence(who)}: no clear majority on any question"
    top = name_upper(forward[0])
    of = f"of {_say_questions(len(forward))}"
    if most >= few:
        return f"More than half of {who} answered {top} to {most} {of}"
    return f"Fewer than half of {who} answered {top} to {few} {of}"


def _say_questions(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"


def _split(spreads: list[ItemSpread]) -> list[list[ItemSpread]]:
    """Questions with the same answers together, and no more of them than a picture can hold."""
    ordered = sorted(spreads, key=lambda each: each.labels)
    alike = [list(group) for _, group in groupby(ordered, key=lambda each: each.labels)]
    return [group[at : at + MOST_EACH] for group in alike for at in range(0, len(group), MOST_EACH)]


def _draw_part(findings: Findings, panel: Panel, role: str, spreads: list[ItemSpread], file: str) -> Chart:
    title = say_finding(findings, role, spreads)
    subtitle = _say_subtitle(findings, panel, role, spreads)
    asked = {each.name: each.text for each in findings.questions}
    rows = tuple(row for each in spreads for row in _tell_rows(findings, each, asked.get(each.item, each.item)))
    told = (
        f"{asked.get(each.item, each.item)} "
        + "; ".join(f"{name_part(each, part)} {part.percent}%" for part in each.parts)
        + f"; {say_people(findings, each.people)}."
        for each in spreads
    )
    alt = f"{title}. {subtitle} {' '.join(told)}"
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    _draw_key(sheet, spreads)
    scale = _Scale.fit(spreads)
    for bad, group in groupby(spreads, key=lambda each: each.bad_high):
        if bad:
            sheet.write("Here a high answer is bad news", size=SMALL, bold=True, colour=QUIET, after=4)
        for each in group:
            sheet.write(asked.get(each.item, each.item), size=LABEL, after=1)
            sheet.write(start_sentence(say_people(findings, each.people)), size=SMALL, colour=QUIET, after=1)
            _draw_bar(sheet, each, scale)
            sheet.y += 8
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"closed-items-{file}",
        kind=KIND,
        project=panel.project,
        wave=panel.wave,
        role=role,
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Question", "Answer", "Per cent", "People who answered"),
        rows=rows,
    )


def _say_subtitle(findings: Findings, panel: Panel, role: str, spreads: list[ItemSpread]) -> str:
    where = name_panel(panel) if panel.project else f"All projects{f', {panel.wave}' if panel.wave else ''}"
    words = (
        f"{where}. How {name_role(role)} answered each question, in per cent of those who did; the number of people "
        "stands with each."
    )
    if _list_asked(findings) - {
        each.item for each in findings.spreads if (each.project, each.wave, each.role) == (*panel, role)
    }:
        words += " Questions of which too little can be told are left out."
    if any(len(each.parts) < len(each.labels) for each in spreads):
        words += " Answers that few people gave are put together with those beside them."
    return words + say_when(findings, panel.wave)


def _list_asked(findings: Findings) -> set[str]:
    """The closed questions that belong to a dimension."""
    return {each.name for each in findings.questions if each.kind is ColumnKind.ITEM and each.dimension}


def _tell_rows(findings: Findings, each: ItemSpread, asked: str) -> list[tuple[str, ...]]:
    people = say_people(findings, each.people)
    return [(asked, name_part(each, part), f"{part.percent}%", people) for part in each.parts]


class _Scale(NamedTuple):
    """Where the middle lies across the sheet, and how many points one per cent takes."""

    middle: float
    each: float

    @classmethod
    def fit(cls, spreads: list[ItemSpread]) -> "_Scale":
        """The largest scale on which every bar fits."""
        left = max(_measure_left(each) for each in spreads)
        right = max(sum(part.percent for part in each.parts) - _measure_left(each) for each in spreads)
        points = INNER / (left + right)
        return cls(MARGIN + left * points, points)


def _measure_left(spread: ItemSpread) -> float:
    """How many per cent lie left of the middle: half of the middle answer, all of what reaches it from below."""
    return sum(
        part.percent / 2 if part.first == part.last == MIDDLE else part.percent
        for part in spread.parts
        if part.first < MIDDLE or part.first == part.last == MIDDLE
    )


def _draw_bar(sheet: Sheet, spread: ItemSpread, scale: _Scale) -> None:
    x = scale.middle - _measure_left(spread) * scale.each
    for part in spread.parts:
        width = part.percent * scale.each
        if not part.percent:
            continue
        look = _find_look(part)
        sheet.block(x, sheet.y, width, BAR, colour=look.colour, pattern=look.pattern, edge=INK)
        words = f"{part.percent}%"
        if measure(words, SMALL) + 5 <= width:
            sheet.put(
                words, x + width / 2, sheet.y + BAR / 2, size=SMALL, align="center", colour=look.ink,
                backed=bool(look.pattern),
            )  # fmt: skip
        x += width
    for top in (sheet.y - 3, sheet.y + BAR):
        sheet.rule((scale.middle, top), (scale.middle, top + 3), colour=INK, thick=1.2)
    sheet.y += BAR


def _find_look(part: Part) -> Look:
    return LOOKS[part.first, part.last]


def _draw_key(sheet: Sheet, spreads: list[ItemSpread]) -> None:
    """Only what occurs in this picture, from the lowest answers to the highest."""
    parts = {(part.first, part.last): (part, each) for each in spreads for part in each.parts if part.percent}
    for key in sorted(parts, key=lambda ends: (ends[0] + ends[1], ends)):
        part, spread = parts[key]
        look = _find_look(part)
        sheet.block(MARGIN, sheet.y + 2, EDGE, 11, colour=look.colour, pattern=look.pattern, edge=INK)
        sheet.put(name_part(spread, part), MARGIN + EDGE + 6, sheet.y + 7.5, size=SMALL)
        sheet.y += 15
    sheet.y += 8
