"""Material goes in; a page for each project, as a forum reads it, comes out: short, with room for a reply."""

from collections.abc import Collection, Iterator

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Bullets, Figures, Headline, Paragraph, QuoteBlock, Room, Section
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_of_closed import tell_closed
from coprod_cli.reporting.story_of_details import tell_replies
from coprod_cli.reporting.story_of_flags import EFFECT_WORDS, NO_PROOF, NONE_UP, say_before_limits
from coprod_cli.reporting.story_of_governance import say_needed, tell_paper_shortly
from coprod_cli.reporting.story_of_projects import (
    PAIRED,
    PROFILE,
    say_low_together,
    tell_bases,
    tell_project_themes,
    tell_too_few,
)
from coprod_cli.reporting.story_of_rungs import CONVENTION, LEADING, RUNGS, tell_rung
from coprod_cli.reporting.wording import read_limits, say_reach, say_weakest, say_why_not
from coprod_cli.telling import (
    COMMENTS,
    Panel,
    choose_lead,
    find_overall,
    list_latest,
    list_panels,
    list_paper_panels,
    list_quoted_themes,
    name_files,
    name_panel,
    name_role,
    pair_scores,
    pick_flags,
    pick_quotes,
    pick_rungs,
    say_day,
    say_people,
    start_sentence,
)

THEMES = 3
NO_VIEW = (
    "There are not enough answers from parents and carers to say what they think. What follows is the view of others. "
    "It cannot stand in for theirs."
)


def tell_pages(material: Material, printed: Collection[str] = ()) -> Section:
    """Every project in its latest round, in the order of its name, never of its score.

    printed: ids of the quotes that stand elsewhere in the report.
    """
    findings = material.findings
    panels, papers = list_latest(findings), list_paper_panels(findings)
    if not (panels or papers):
        none = Paragraph("No project had enough people to be shown by itself.")
        return Section("projects", "Project by project", (none,))
    files = name_files((*panels, *papers))
    ordered = sorted(files, key=lambda each: (each.project.casefold(), each))
    lead = Bullets(tuple(_say_lead(findings, panels)))
    return Section(
        "projects",
        "Project by project",
        (lead, *(_tell_page(material, panel, files[panel], printed) for panel in ordered)),
    )


def _say_lead(findings: Findings, panels: tuple[Panel, ...]) -> Iterator[str]:
    yield "Projects are in the order of their names. This is not a ranking: different people spoke of each."
    if any(pair_scores(findings, panel) for panel in panels):
        yield (
            f"Parents and carers are compared with practitioners where at least {read_limits(findings).min_compare} of "
            "each answered. They stand in different places, so a difference does not mean that either is wrong."
        )
    if any(pick_rungs(findings, panel, LEADING) for panel in panels):
        yield f"The ladder runs from engagement at the bottom to co-production at the top. {CONVENTION}"
    if findings.flags:
        yield f"{NO_PROOF} Whoever runs the work may reply to each."
    if findings.governance.projects:
        yield (
            "What is on paper was filled in by hand. Facts earn no points. Verified: somebody saw the document; only "
            "that can hold a score down. Claimed: somebody says so. Disputed: people do not agree."
        )


def _tell_page(material: Material, panel: Panel, file: str, printed: Collection[str]) -> Section:
    findings = material.findings
    blocks: list[Block] = []
    if panel in list_panels(findings):
        blocks += [tell_bases(findings, panel), *tell_closed(findings, panel)]
        lead = choose_lead(findings, panel)
        blocks += _tell_score(findings, panel, lead) if lead else [tell_too_few(findings, panel)]
        blocks += _show_pictures(material, panel)
        blocks += tell_rung(findings, panel)
        blocks += tell_project_themes(findings, panel, THEMES)
        blocks += _show_quotes(findings, panel, printed)
    else:
        blocks.append(say_needed(findings))
    blocks += _tell_flags(material, panel)
    blocks += tell_paper_shortly(findings, panel)
    return Section(f"project-{file}", name_panel(panel), tuple(blocks))


def _tell_score(findings: Findings, panel: Panel, role: str) -> list[Block]:
    """The overall score with its range, its people and what holds it down; or why there is none."""
    overall = find_overall(findings, panel, role)
    who = start_sentence(name_role(role))
    blocks: list[Block] = [] if role == "parent" else [Paragraph(NO_VIEW)]
    if overall is None or not overall.reportable:
        why = (
            "The closed questions and comments do not cover enough dimensions."
            if overall is None
            else f"{start_sentence(say_why_not(findings, overall))}."
        )
        return [*blocks, Paragraph(why, strong=f"{who}: no overall score.")]
    basis = ", from comments only" if overall.basis == COMMENTS else ""
    reach = f"{say_reach(overall)}; {say_people(findings, overall.people)}"
    blocks.append(Headline(f"{who}: overall score{basis}", f"{overall.estimate:.0f}", "out of 100", reach))
    before = say_before_limits(findings, panel, overall)
    if before:
        blocks.append(Paragraph(before, strong="Held down by a fact."))
    held = " ".join(filter(None, (say_weakest(findings, overall), say_low_together(findings, overall))))
    if held:
        blocks.append(Paragraph(held, strong="The weakest dimension counts."))
    return blocks


def _show_pictures(material: Material, panel: Panel) -> list[Block]:
    """Scores of the dimensions, of both groups where they can be compared, and the chances of rungs beside them."""
    findings = material.findings
    here = [each for each in material.charts if (each.project, each.wave) == panel]
    compared = any((each.project, each.wave) == panel for each in findings.contrasts)
    scores = [each for each in here if each.kind in (PROFILE, PAIRED)]
    fitting = [each for each in scores if (each.kind == PAIRED) == compared] or scores
    shown = (*fitting, *(each for each in here if each.kind == RUNGS))
    return [Figures(tuple(map(show_chart, shown)))] if shown else []


def _show_quotes(findings: Findings, panel: Panel, printed: Collection[str]) -> list[Block]:
    """One for and one against on the first theme that has both, else one; none of them stands elsewhere."""
    picked = [pick_quotes(findings, theme, 2, panel) for theme in list_quoted_themes(findings, panel)]
    fresh = [quotes for quotes in picked if not any(each.id in printed for each in quotes)]
    best = max(fresh, key=len, default=())
    return [QuoteBlock(each.words, start_sentence(name_role(each.role)), each.id) for each in best]


def _tell_flags(material: Material, panel: Panel) -> list[Block]:
    """Each flag in a line, what the service replied, and one room to reply to all others."""
    flags = pick_flags(material.findings, panel)
    given = [each for each in material.details.replies if each.project == panel.project]
    replies = list(tell_replies(material.details, panel.project)) if given else []
    if not flags:
        return [Paragraph(NONE_UP, strong="Red flags."), *replies]
    lines = tuple(
        f"{each.name} ({each.id}), {EFFECT_WORDS[each.effect]}. {each.reason}"
        + (" A named person should look into this." if each.escalate and "named person" not in each.reason else "")
        for each in flags
    )
    answered = [
        Paragraph(each.reply, strong=f"The service's reply to {each.name} ({each.id}):") for each in flags if each.reply
    ]
    open_ = [each.id for each in flags if not each.reply]
    return [
        Paragraph("", strong="Red flags."),
        Bullets(lines),
        *answered,
        *(replies or ([_leave_room(material, open_)] if open_ else [])),
    ]


def _leave_room(material: Material, flags: list[str]) -> Room:
    until = material.details.reply_by or say_day(material.findings.governance.as_of)
    said = f" No response received by {until}." if until else ""
    return Room(f"Room for the service's reply to {', '.join(flags)}.{said}")
