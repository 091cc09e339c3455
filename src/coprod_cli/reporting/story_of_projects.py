"""Findings and charts go in; one section a project, with all its sentences, comes out."""

from collections.abc import Iterator

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Base, Findings
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.reporting.document import (
    Block,
    Bullets,
    Callout,
    Figures,
    Folded,
    Headline,
    Paragraph,
    Section,
    Table,
)
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_of_closed import tell_closed
from coprod_cli.reporting.story_of_flags import say_before_limits, tell_flags
from coprod_cli.reporting.story_of_governance import tell_paper, tell_unanswered
from coprod_cli.reporting.story_of_questions import MEND
from coprod_cli.reporting.story_of_rungs import tell_rungs
from coprod_cli.reporting.wording import (
    NO_QUESTION,
    find_weakest,
    list_names,
    read_limits,
    say_reach,
    say_score_shortly,
    say_theme_and_parts,
    say_weakest,
    say_why_not,
    title_themes,
)
from coprod_cli.telling import (
    COMMENTS,
    NOT_ENOUGH,
    ROLE_WORDS,
    Panel,
    choose_lead,
    find_overall,
    is_withheld,
    list_panels,
    list_paper_panels,
    mark_score,
    name_files,
    name_panel,
    name_role,
    pair_scores,
    pick_profile,
    pick_told_themes,
    quote_name,
    say_people,
    show_mark,
    start_sentence,
    tell_basis,
)

TOP_THEMES = 5
PROFILE, PAIRED = "dimension_profile", "parents_beside_practitioners"


def tell_projects(findings: Findings, charts: tuple[Chart, ...]) -> Section:
    """Every project in the order of its name, never of its score."""
    panels, papers = list_panels(findings), list_paper_panels(findings)
    if not (panels or papers):
        none = Paragraph("No project had enough people to be shown by itself.")
        return Section("projects", "Project by project", (none,))
    files = name_files((*panels, *papers))
    lead = Paragraph(
        "Projects are in the order of their names. This is not a ranking: different people spoke of each, and likely "
        "ranges often overlap. Beside a theme stands how many people raised it, not how much it matters."
    )
    views = Paragraph(
        f"The two groups are compared where at least {read_limits(findings).min_compare} of each answered. They see "
        "the work from different places, so a difference does not mean that either is wrong. No clear difference does "
        "not mean that they agree.",
        strong="Parents and carers beside practitioners.",
    )
    sections = [
        _tell_project(findings, panel, files[panel], charts)
        if panel in panels
        else tell_unanswered(findings, panel, files[panel])
        for panel in sorted(files, key=lambda each: (each.project.casefold(), each))
    ]
    told = (lead, views) if any(pair_scores(findings, panel) for panel in panels) else (lead,)
    return Section("projects", "Project by project", (*told, *sections))


def _tell_project(findings: Findings, panel: Panel, file: str, charts: tuple[Chart, ...]) -> Section:
    lead = choose_lead(findings, panel)
    blocks: list[Block] = [tell_bases(findings, panel), *tell_closed(findings, panel)]
    if lead:
        blocks += _tell_overall(findings, panel, lead)
    else:
        blocks.append(tell_too_few(findings, panel))
    here = [chart for chart in charts if (chart.project, chart.wave) == panel and chart.kind in (PROFILE, PAIRED)]
    compared = any((each.project, each.wave) == panel for each in findings.contrasts)
    fitting = [chart for chart in here if (chart.kind == PAIRED) == compared]
    if here:
        blocks.append(Figures(tuple(show_chart(chart) for chart in fitting or here)))
    blocks += tell_rungs(findings, panel, charts)
    blocks += _show_dimensions(findings, panel)
    blocks += tell_project_themes(findings, panel)
    blocks.append(tell_flags(findings, panel, file))
    blocks += tell_paper(findings, panel, file)
    return Section(f"project-{file}", name_panel(panel), tuple(blocks))


def _list_bases(findings: Findings, panel: Panel) -> list[Base]:
    order = list(ROLE_WORDS)
    here = [base for base in findings.bases if (base.project, base.wave) == panel]
    return sorted(here, key=lambda base: order.index(base.role))


def tell_bases(findings: Findings, panel: Panel) -> Paragraph:
    """How many of each role answered about a project."""
    bases = _list_bases(findings, panel)
    shown = [
        f"{say_people(findings, base.answered).removesuffix(' people')} {name_role(base.role)}"
        for base in bases
        if base.answered > 0
    ]
    hidden = [name_role(base.role) for base in bases if is_withheld(base.answered)]
    words = f"{start_sentence(list_names(shown))} answered." if shown else ""
    if hidden:
        words += f" Too few {list_names(hidden)} answered for a number to be shown."
    return Paragraph(words.strip() or "Nobody answered about this project.", strong="Who answered.")


def _tell_overall(findings: Findings, panel: Panel, role: str) -> list[Block]:
    overall = find_overall(findings, panel, role)
    who = start_sentence(name_role(role))
    blocks: list[Block] = []
    if overall is not None and overall.reportable:
        blocks.append(
            Headline(
                f"{who}: overall score" + (", from comments only" if overall.basis == COMMENTS else ""),
                f"{overall.estimate:.0f}",
                "out of 100",
                f"{say_reach(overall)}; {say_people(findings, overall.people)}",
            )
        )
        before = say_before_limits(findings, panel, overall)
        if before:
            blocks.append(Paragraph(before, strong="Held down by a fact."))
        rests = tell_basis(findings, [overall, *pick_profile(findings, panel, role)])
        if rests:
            blocks.append(Paragraph(rests, strong="What it rests on."))
        held = " ".join(filter(None, (say_weakest(findings, overall), say_low_together(findings, overall))))
        if held:
            blocks.append(Paragraph(held, strong="The weakest dimension counts."))
        weighted = _say_weighted(findings, overall)
        if weighted:
            blocks.append(Paragraph(weighted, strong="Weights."))
    elif overall is not None:
        blocks.append(
            Paragraph(f"{start_sentence(say_why_not(findings, overall))}.", strong=f"{who}: no overall score.")
        )
    else:
        blocks.append(
            Paragraph(
                "The closed questions and comments do not cover enough dimensions.", strong=f"{who}: no overall score."
            )
        )
    if role != "parent":
        blocks.append(
            Paragraph(
                "There are not enough answers from parents and carers to say what they think. What follows is the "
                f"view of {name_role(role)} alone. It cannot stand in for the view of parents and carers."
            )
        )
    return blocks


def say_low_together(findings: Findings, overall: Score) -> str:
    """That the score reads low, where several core dimensions cannot be told from the lowest; else nothing.

    The lowest of several estimates is too low by chance. Where only one is low, it is not.
    """
    lowest = find_weakest(findings, overall)
    if lowest is None:
        return ""
    core = {each.id for each in findings.framework.dimensions if each.core} - {lowest.dimension}
    near = [
        each
        for each in pick_profile(findings, Panel(overall.project, overall.wave), overall.role)
        if each.dimension in core and each.reportable and each.low <= lowest.estimate
    ]
    if not near:
        return ""
    return (
        "Several dimensions at the heart of co-production are low together, so this score reads low, most so where few "
        "people answered. Its likely range is moved to allow for that; the score is not."
    )


def _say_weighted(findings: Findings, overall: Score) -> str:
    """How many people of equal weight would tell as much, where some count for more than others; else nothing."""
    if is_withheld(overall.effective):
        return ""
    return (
        "Some people count for more here and some for less. Together they tell as much as "
        f"{say_people(findings, overall.effective)} of equal weight would (the effective number of people), and the "
        "likely range allows for that. That of each dimension is in scores.csv."
    )


def tell_too_few(findings: Findings, panel: Panel) -> Callout:
    """Why a project has no score, and what one would take next time."""
    limits = read_limits(findings)
    told = [
        score
        for score in (find_overall(findings, panel, role) for role in ROLE_WORDS)
        if score is not None and not score.reportable
    ]
    held = mark_score(told[0]) == "c" if told else False
    why = say_why_not(findings, told[0]) if told else f"{NOT_ENOUGH} (fewer than {limits.min_base} people)"
    needed = (
        MEND
        if NO_QUESTION in why
        else "The earlier report still stands. There will be new figures when more people have answered."
        if held
        else f"Next time, at least {limits.min_base} parents and carers would have to answer the closed questions, on "
        "each of the dimensions at the heart of co-production. To compare them with practitioners takes at least "
        f"{limits.min_compare} of each."
    )
    return Callout(
        "note",
        "No score for this project",
        f"{start_sentence(why)}. What people wrote still counts in the themes over all projects. {needed}",
    )


def _show_dimensions(findings: Findings, panel: Panel) -> list[Block]:
    ordered = sorted(findings.framework.dimensions, key=lambda dimension: not dimension.core)
    found = {role: {score.dimension: score for score in pick_profile(findings, panel, role)} for role in ROLE_WORDS}
    told = [role for role, scores in found.items() if any(score.reportable for score in scores.values())]
    if not told:
        return []
    overall = {role: find_overall(findings, panel, role) for role in told}
    body = [
        (each.name, *_say_cells(findings, [found[role].get(each.id) for role in told]))
        for each in ordered
        if any(each.id in found[role] for role in told)
    ]
    body.append(("Overall", *_say_cells(findings, [overall[role] for role in told])))
    silent = [name_role(role) for role, scores in found.items() if scores and role not in told]
    note = "Score out of 100, likely range in brackets, and the people it rests on."
    if silent:
        note += f" {start_sentence(list_names(silent))}: {NOT_ENOUGH}."
    header = ("Dimension", *(start_sentence(name_role(role)) for role in told))
    table = Table(f"{name_panel(panel)}: scores by dimension", header, tuple(body), note=note)
    return [Folded("Every score of this project, as a table", (table,))]


def _say_cells(findings: Findings, scores: list[Score | None]) -> list[str]:
    return [
        f"{say_score_shortly(score)}, {say_people(findings, score.people)} {show_mark(mark_score(score))}".rstrip()
        if score is not None and score.reportable
        else say_score_shortly(score)
        for score in scores
    ]


def tell_project_themes(findings: Findings, panel: Panel, most: int = TOP_THEMES) -> list[Block]:
    """What each role wrote about most, so many themes each; without counts where too few wrote for any."""
    blocks: list[Block] = []
    for role in ROLE_WORDS:
        told = pick_told_themes(findings, panel, role)[:most]
        if told:
            blocks.append(Paragraph("", strong=f"{title_themes(findings, told[0])}."))
            blocks.append(Bullets(tuple(say_theme_and_parts(findings, row) for row in told)))
    several = tuple(_name_several(findings, panel))
    if several:
        blocks.append(Paragraph("Too few people wrote for a count. The order means nothing.", strong="Themes."))
        blocks.append(Bullets(several))
    if not blocks:
        blocks.append(Paragraph(f"{start_sentence(NOT_ENOUGH)} which themes were raised most.", strong="Themes."))
    return blocks


def _name_several(findings: Findings, panel: Panel) -> Iterator[str]:
    """By role, the themes that several people raised where nothing can be counted."""
    for role in ROLE_WORDS:
        names = [
            quote_name(theme.name)
            for theme in findings.framework.themes
            if (panel.project, role, panel.wave, theme.id) in findings.several
        ]
        if names:
            yield f"Raised by several {name_role(role)}: {list_names(names)}."


def list_overall(findings: Findings) -> list[tuple[Panel, str, Score]]:
    """(panel, role, overall score) for every role and project that has one, reportable or not, by project then role."""
    scores = [
        (panel, role, find_overall(findings, panel, role)) for panel in list_panels(findings) for role in ROLE_WORDS
    ]
    return [(panel, role, score) for panel, role, score in scores if score is not None and score.dimension == OVERALL]
