"""Findings and charts go in; every score, rung and answer in full, as tables for a paper, comes out as sections."""

import math

from coprod_cli.drawing import Chart
from coprod_cli.model.closed_items import ItemSpread
from coprod_cli.model.findings import Contrast, Findings
from coprod_cli.model.tables import OVERALL, RungChance, Score
from coprod_cli.reporting.document import Block, Figures, Folded, Paragraph, Section, Table
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_in_short import say_nothing_scored
from coprod_cli.reporting.story_of_rungs import CONVENTION
from coprod_cli.reporting.wording import list_names, read_limits, say_score_shortly
from coprod_cli.telling import (
    COMMENTS,
    NO_FIGURE,
    NOT_ENOUGH,
    ROLE_WORDS,
    Panel,
    is_withheld,
    list_panels,
    mark_score,
    name_dimension,
    name_files,
    name_panel,
    name_part,
    name_role,
    name_rung,
    pick_rungs,
    pick_scores,
    pick_spreads,
    say_chance,
    say_choosers,
    say_count,
    say_people,
    say_range,
    say_share_shortly,
    show_mark,
    start_sentence,
)

PROFILE, PAIRED, RUNGS = "dimension_profile", "parents_beside_practitioners", "rung_chances"
BASIS = {"items": "closed questions", "items+comments": "closed questions and comments", "comments": "comments only"}


def tell_scores(findings: Findings, charts: tuple[Chart, ...]) -> Section:
    """Each project's scores by dimension and role with their differences; what holds overall scores; pictures."""
    panels = list_panels(findings)
    files = name_files(panels)
    parts = [
        Section(f"scores-{files[panel]}", name_panel(panel), tuple(_tell_project(findings, panel, charts)))
        for panel in panels
        if _list_told(findings, panel)
    ]
    silent = [name_panel(panel) for panel in panels if not _list_told(findings, panel)]
    lead = Paragraph(
        "Scores run from 0 (worst) to 100 (best). Likely ranges are of people like those who answered. Roles are never "
        "pooled. Projects are in the order of their names: this is no ranking."
    )
    blocks: list[Block] = [lead, *_show_overall(findings), *parts]
    if not findings.scores["dimension"].eq(OVERALL)[findings.scores["reportable"]].any():
        blocks.insert(0, Paragraph(say_nothing_scored(findings)))
    if silent:
        blocks.append(Paragraph(f"{start_sentence(NOT_ENOUGH)}: {list_names(silent)}.", strong="No score."))
    return Section("scores", "Scores", tuple(blocks))


def tell_ladder(findings: Findings) -> tuple[Section, ...]:
    """The chance of each rung by role, beside what people chose, a table a project; nothing where none can be told."""
    tables = tuple(
        _show_rungs(findings, panel, told) for panel in list_panels(findings) if (told := _pick_rungs(findings, panel))
    )
    if not tables:
        return ()
    ladder = findings.framework.ladder
    axis = list_names(f"{name_dimension(findings, each)} {weight:g}" for each, weight in ladder.axis)
    how = Paragraph(
        f"{CONVENTION} The axis is a weighted mean: {axis}. {ladder.basis} A chance is the share of plausible draws on "
        "a rung. What people chose when asked is not part of it; likely ranges of shares (Wilson 1927) in brackets."
    )
    return (Section("rungs", "Rungs of the ladder", (how, *tables)),)


def tell_closed_answers(findings: Findings, charts: tuple[Chart, ...]) -> tuple[Section, ...]:
    """How people answered each closed question, by role, with bases; by project below that, off paper."""
    if not findings.spreads:
        return ()
    waves = sorted({each.wave for each in findings.spreads})
    whole = [(Panel("", wave), role) for wave in waves for role in ROLE_WORDS]
    tables = [_show_answers(findings, *each) for each in whole if pick_spreads(findings, *each)]
    by_project = [
        _show_answers(findings, panel, role)
        for panel in list_panels(findings)
        for role in ROLE_WORDS
        if pick_spreads(findings, panel, role)
    ]
    pictures = tuple(show_chart(each) for each in charts if each.kind == "closed_items" and not each.project)
    lead = Paragraph(
        "Per cent of the people who answered each question, not weighted. Over all projects, each person counts once, "
        "with the mean of what they said. Where few people gave an answer it is told together with its neighbours. "
        "Questions whose high answers are bad news are marked; nothing is turned round."
    )
    blocks: list[Block] = [lead, *tables]
    if pictures:
        blocks.append(Figures(pictures))
    if by_project and tables:
        blocks.append(Folded("The same for each project", tuple(by_project), on_paper=False))
    return (Section("closed", "How people answered each question", (*blocks, *([] if tables else by_project))),)


def _list_told(findings: Findings, panel: Panel) -> list[str]:
    """Roles with any score that may be told."""
    scores = pick_scores(findings, panel)
    return [
        role for role in ROLE_WORDS if any(each == role and score.reportable for (each, _), score in scores.items())
    ]


def _tell_project(findings: Findings, panel: Panel, charts: tuple[Chart, ...]) -> list[Block]:
    """The table; then both roles in one picture where they are compared, else those who lead; then the rungs."""
    compared = any((each.project, each.wave) == panel for each in findings.contrasts)
    kinds = (PAIRED if compared else PROFILE, RUNGS)
    pictures = tuple(show_chart(each) for each in charts if each.kind in kinds and (each.project, each.wave) == panel)
    return [_show_dimensions(findings, panel), *([Figures(pictures)] if pictures else [])]


def _show_dimensions(findings: Findings, panel: Panel) -> Table:
    scores, roles = pick_scores(findings, panel), _list_told(findings, panel)
    gaps = {each.dimension: each for each in findings.contrasts if (each.project, each.wave) == panel}
    dimensions = [(each.id, f"{each.name}{' (core)' if each.core else ''}") for each in findings.framework.dimensions]
    body = tuple(
        (
            name,
            *(cell for role in roles for cell in _say_score(findings, scores.get((role, dimension)))),
            *((_say_gap(gaps.get(dimension)), _say_higher(gaps.get(dimension))) if gaps else ()),
        )
        for dimension, name in (*dimensions, (OVERALL, "Overall"))
    )
    header = (
        "Dimension",
        *(word for role in roles for word in (start_sentence(name_role(role)), "People")),
        *(("Difference", "Chance it is above 0") if gaps else ()),
    )
    note = "Score, with its likely range in brackets, and the people it rests on."
    if gaps:
        rules = findings.framework.scoring
        note += (
            " Difference: practitioners less parents and carers, in points, from "
            f"{read_limits(findings).min_compare} people of each; * clear: {rules.gap_points:g} points or more, and of "
            f"one sign with a chance of {rules.gap_probability:g}. Neither group is shown to be wrong."
        )
    return Table(f"{name_panel(panel)}: scores by dimension", header, body, note=note)


def _say_score(findings: Findings, score: Score | None) -> tuple[str, str]:
    if score is None or not score.reportable:
        return show_mark(mark_score(score)), NO_FIGURE
    mark = show_mark(mark_score(score))
    return f"{say_score_shortly(score)} {mark}".rstrip(), say_count(findings, score.people)


def _say_gap(gap: Contrast | None) -> str:
    if gap is None or math.isnan(gap.gap):
        return NO_FIGURE
    return f"{round(gap.gap):+d} ({round(gap.low):d} to {round(gap.high):d}){' *' if gap.clear else ''}"


def _say_higher(gap: Contrast | None) -> str:
    return NO_FIGURE if gap is None or math.isnan(gap.gap) else say_chance(gap.probability_higher)


def _show_overall(findings: Findings) -> list[Block]:
    """Every overall score, and what it would be if nothing held it."""
    told = [
        (panel, role, score)
        for panel in list_panels(findings)
        for role in ROLE_WORDS
        if (score := pick_scores(findings, panel).get((role, OVERALL))) is not None and score.reportable
    ]
    if not told:
        return []
    weighted = any(not is_withheld(score.effective) for _, _, score in told)
    body = tuple(
        (
            _name_row(panel, role),
            _say_score(findings, score)[0],
            say_count(findings, score.people),
            *((NO_FIGURE if is_withheld(score.effective) else f"{score.effective:.0f}",) if weighted else ()),
            BASIS[score.basis],
            _say_weakest(findings, score),
            _say_before(score),
        )
        for panel, role, score in told
    )
    header = (
        "Project and role",
        "Score (likely range)",
        "People",
        *(("Effective people",) if weighted else ()),
        "Rests on",
        "Held near its weakest core dimension",
        "Before limits by facts",
    )
    note = (
        f"An overall score lies at most {findings.framework.scoring.slack:g} points above the lowest core dimension; "
        "in brackets the weighted mean that it would be otherwise. Where a verified fact holds a score down, the score "
        "before that stands in the last column."
    )
    if weighted:
        note += " Effective people: how many of equal weight would tell as much (Kish 1965)."
    if any(score.basis == COMMENTS for _, _, score in told):
        note += " Scores from comments only tend to read low."
    return [Table("Overall scores", header, body, note=note, unranked=True)]


def _say_weakest(findings: Findings, score: Score) -> str:
    if not score.weakest or is_withheld(score.plain_mean):
        return "no"
    free = f"{score.plain_mean:.0f}; {say_range(score.plain_low, score.plain_high)}"
    return f"{name_dimension(findings, score.weakest)} ({free})"


def _say_before(score: Score) -> str:
    if not is_withheld(score.before_limits):
        return f"{score.before_limits:.0f} ({say_range(score.low_before, score.high_before)})"
    return "no limit" if is_withheld(score.high_before) else f"range to {score.high_before:.0f}"


def _pick_rungs(findings: Findings, panel: Panel) -> dict[str, tuple[RungChance, ...]]:
    return {role: chances for role in ROLE_WORDS if (chances := pick_rungs(findings, panel, role))}


def _show_rungs(findings: Findings, panel: Panel, told: dict[str, tuple[RungChance, ...]]) -> Table:
    """Rungs from the lowest up; for each role its chances, those before limits, and what people chose, where known."""
    columns: dict[str, list[str]] = {}
    bases = []
    for role, chances in told.items():
        who = start_sentence(name_role(role))
        columns[f"{who}: chance"] = [say_chance(each.chance) for each in chances]
        if any(not is_withheld(each.chance_before) for each in chances):
            columns[f"{who}: before limits"] = [say_chance(each.chance_before) for each in chances]
        base = f"{who}: {say_people(findings, chances[0].people)}"
        if any(not is_withheld(each.said) for each in chances):
            columns[f"{who}: chose it"] = [_say_chosen(findings, each) for each in chances]
            base += f", and {say_choosers(findings, chances)}"
        bases.append(f"{base}.")
    names = [name_rung(findings, each.rung) for each in next(iter(told.values()))]
    body = tuple(zip(names, *columns.values(), strict=True))
    return Table(f"{name_panel(panel)}: chance of each rung", ("Rung", *columns), body, note=" ".join(bases))


def _say_chosen(findings: Findings, each: RungChance) -> str:
    return show_mark("c") if is_withheld(each.said) else say_share_shortly(findings, each.said, each.said_people)


def _show_answers(findings: Findings, panel: Panel, role: str) -> Table:
    asked = {each.name: each.text for each in findings.questions}
    spreads = pick_spreads(findings, panel, role)
    body = tuple(
        (
            f"{asked.get(each.item, each.item)}{' (high answers are bad news)' if each.bad_high else ''}",
            name_dimension(findings, each.dimension),
            _say_parts(each),
            say_count(findings, each.people),
        )
        for each in spreads
    )
    where = name_panel(panel) if panel.project else f"All projects{f' ({panel.wave})' if panel.wave else ''}"
    return Table(
        f"{where}: how {name_role(role)} answered", ("Question", "Dimension", "Answers", "People"), body, numeric=(3,)
    )


def _say_parts(spread: ItemSpread) -> str:
    return "; ".join(f"{name_part(spread, part)} {part.percent}%" for part in spread.parts)


def _name_row(panel: Panel, role: str) -> str:
    return f"{name_panel(panel)}: {name_role(role)}"
