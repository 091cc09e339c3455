"""Findings go in; one picture a role of how many people raised each theme, split where it may be told, comes out."""

from typing import NamedTuple

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import INK, INNER, LABEL, MARGIN, QUIET, SMALL, TITLE, Sheet, measure, style
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import ROLES, ThemeCount
from coprod_cli.telling import (
    STANCE_WORDS,
    Panel,
    count_rest,
    is_split,
    is_withheld,
    list_waves,
    may_lead,
    name_files,
    name_role,
    pick_themes,
    pick_told_themes,
    quote_name,
    say_cell,
    say_coders,
    say_people,
    say_people_and_parts,
    say_when,
    start_sentence,
)

KIND = "theme_stances"
MOST_SHOWN = 10
BAR = 17.0
FIRST_COLUMN = 140.0


class Look(NamedTuple):
    """How one part of a bar looks: told apart by pattern and lightness, not by colour alone."""

    colour: str
    pattern: str


LOOKS = {
    "positive": Look("#2f6fa8", ""),
    "mixed": Look("#dfe6ec", "////"),
    "negative": Look("#f0a868", "xxx"),
    "neutral": Look("#ffffff", ""),
}
PLAIN = Look("#7b8790", "")
REST = Look("#e4e4e4", "---")


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each role and round with a theme that can be told over all projects; parents and carers first."""
    waves = list_waves(findings)
    files = name_files(tuple(Panel(role, wave) for role in ROLES for wave in waves))
    return tuple(
        _draw_role(findings, wave, role, files[Panel(role, wave)])
        for wave in waves
        for role in ROLES
        if pick_told_themes(findings, Panel("", wave), role)
    )


def say_finding(findings: Findings, panel: Panel, role: str, told: list[ThemeCount]) -> str:
    """Which theme most people raised, two when they tie; nothing where a withheld one may have been raised by more."""
    who = start_sentence(name_role(role))
    if not may_lead(findings, panel, role):
        return f"{who}: the themes that can be told"
    top = [row for row in told if row.people == told[0].people]
    names = [quote_name(findings.framework.theme(row.theme).name) for row in top]
    if len(names) == 1:
        return f"{who} wrote most about {names[0]}"
    if len(names) == 2:  # noqa: PLR2004 - two are named, more are not
        return f"{who} wrote most about {names[0]} and {names[1]}"
    return f"{who}: {len(names)} themes were raised by equally many people"


def _draw_role(findings: Findings, wave: str, role: str, file: str) -> Chart:
    panel = Panel("", wave)
    told = pick_told_themes(findings, panel, role)
    shown = told[:MOST_SHOWN]
    title = say_finding(findings, panel, role, told)
    subtitle = _say_subtitle(findings, panel, role, shown)
    split = any(map(_is_parted, shown))
    stances = tuple(STANCE_WORDS) if split else ()
    rows = tuple(
        (
            findings.framework.theme(row.theme).name,
            say_cell(row.people),
            *(say_cell(getattr(row, stance)) for stance in stances),
        )
        for row in shown
    )
    alt = f"{title}. {subtitle} " + " ".join(
        f"{findings.framework.theme(row.theme).name}: {say_people_and_parts(row)}." for row in shown
    )
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    if split:
        _draw_key(sheet, shown)
    longest = max(row.people for row in shown)
    for row in shown:
        sheet.write(findings.framework.theme(row.theme).name, size=LABEL, after=1)
        _draw_bar(sheet, row, (INNER - 34) / longest)
        sheet.y += 7
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"theme-stances-{file}",
        kind=KIND,
        project="",
        wave=wave,
        role=role,
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Theme", "People", *(start_sentence(STANCE_WORDS[stance]) for stance in stances)),
        rows=rows,
    )


def _say_subtitle(findings: Findings, panel: Panel, role: str, shown: list[ThemeCount]) -> str:
    every = pick_themes(findings, panel, role)
    told = sum(row.people > 0 for row in every)
    where = f"All projects, {panel.wave}." if panel.wave else "All projects."
    base = max((row.commenters for row in every if not is_withheld(row.commenters)), default=-1.0)
    wrote = "" if is_withheld(base) else f" {start_sentence(say_people(findings, base))} wrote comments."
    how = ", by how their words were coded" if any(map(_is_parted, shown)) else ""
    words = f"{where} People who raised each theme{how}.{wrote}"
    if told > len(shown):
        words += f" The {len(shown)} themes raised by most people."
    if any(is_withheld(row.people) for row in every):
        words += " Themes raised by too few people to show are left out."
    return f"{words} {say_coders(findings)}{say_when(findings, panel.wave)}"


def _is_parted(row: ThemeCount) -> bool:
    return is_split(row) or count_rest(row) > 0


def _draw_key(sheet: Sheet, shown: list[ThemeCount]) -> None:
    """Only what occurs in a bar of this picture."""
    told = [row for row in shown if _is_parted(row)]
    entries = [
        (LOOKS[stance], start_sentence(words))
        for stance, words in STANCE_WORDS.items()
        if any(getattr(row, stance) > 0 for row in told)
    ]
    if any(count_rest(row) > 0 for row in told):
        entries.append((REST, "The rest, put together"))
    if len(told) < len(shown):
        entries.append((PLAIN, "Not told apart"))
    for at, (look, words) in enumerate(entries):
        x = MARGIN + (FIRST_COLUMN if at % 2 else 0)
        sheet.block(x, sheet.y + 2, 20, 11, colour=look.colour, pattern=look.pattern, edge=INK)
        sheet.put(words, x + 26, sheet.y + 7.5, size=SMALL)
        if at % 2 or at == len(entries) - 1:
            sheet.y += 16
    sheet.y += 7


def _draw_bar(sheet: Sheet, row: ThemeCount, points_each: float) -> None:
    x = MARGIN
    parts = [(PLAIN, row.people, "")]
    if _is_parted(row):
        parts = [(LOOKS[stance], getattr(row, stance), say_cell(getattr(row, stance))) for stance in STANCE_WORDS]
        parts = [each for each in parts if not is_withheld(each[1])]
        parts.append((REST, count_rest(row), say_cell(count_rest(row))))
    for look, people, words in parts:
        width = people * points_each
        if width <= 0:
            continue
        sheet.block(x, sheet.y, width, BAR, colour=look.colour, pattern=look.pattern, edge=INK)
        if words and measure(words, SMALL) + 5 <= width:
            sheet.put(words, x + width / 2, sheet.y + BAR / 2, size=SMALL, align="center", backed=True)
        x += width
    sheet.put(say_cell(row.people), x + 6, sheet.y + BAR / 2, bold=True)
    sheet.y += BAR
