"""Findings and charts go in; the whole report and its one-page summary, all sentences said, come out as Documents."""

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Base, Findings
from coprod_cli.model.tables import Score, ThemeCount
from coprod_cli.reporting.document import Block, Bullets, Callout, Document, Paragraph, Section, Table
from coprod_cli.reporting.story_of_method import tell_files, tell_left_out, tell_meaning, tell_method
from coprod_cli.reporting.story_of_projects import list_overall, tell_projects
from coprod_cli.reporting.story_of_themes import find_strongest, tell_quotes, tell_themes
from coprod_cli.reporting.wording import (
    BANNERS,
    READS_LOW,
    explain_short_forms,
    list_names,
    say_score,
    say_score_shortly,
    say_theme,
)
from coprod_cli.telling import (
    COMMENTS,
    LEADING_ROLES,
    NOT_ENOUGH,
    ROLE_WORDS,
    Pair,
    Panel,
    is_withheld,
    list_panels,
    name_dimension,
    name_panel,
    name_role,
    pair_scores,
    quote_name,
    say_count,
    say_difference,
    say_people,
    start_sentence,
)

USUAL_TITLE = "How real was the co-production?"
SUBTITLE = "What parents, carers and professionals said about working together"
FOOTER = (
    "These are the views of the people who answered. They are not the views of whoever ran the survey, or of any "
    "service. Those who ran these projects should be shown this report and have the chance to reply."
)
NAMED_ONE_BY_ONE = 6


def tell_report(findings: Findings, charts: tuple[Chart, ...]) -> Document:
    """The full report."""
    sections = (
        _tell_in_short(findings),
        _tell_who_answered(findings),
        tell_projects(findings, charts),
        tell_themes(findings, charts),
        tell_quotes(findings),
        tell_meaning(),
        tell_method(findings),
        tell_left_out(findings),
        tell_files(),
    )
    return _bind(findings, sections)


def tell_summary(findings: Findings) -> Document:
    """One page in plain English."""
    cautions = (
        "These are the views of the people who answered. They do not speak for everyone.",
        "The scores are not a ranking, and not a validated scale.",
        "The comments were sorted by machine and not checked by a person.",
        "A theme that nobody mentioned can still be a problem.",
    )
    sections = (
        _tell_in_short(findings),
        Section("care", "Please read with care", (Bullets(cautions), Paragraph("The full report is in report.html."))),
    )
    return _bind(findings, sections)


def _bind(findings: Findings, sections: tuple[Section, ...]) -> Document:
    banner = BANNERS.get(findings.settings.audience)
    return Document(
        title=findings.settings.title or USUAL_TITLE,
        subtitle=SUBTITLE,
        banner=Callout("warning", *banner) if banner else None,
        sections=sections,
        footer=FOOTER,
    )


def _tell_in_short(findings: Findings) -> Section:
    panels = list_panels(findings)
    projects = len({panel.project for panel in panels})
    told = _choose_overall(findings)
    lines = [
        _say_people_answered(findings, projects),
        *_say_scores(findings, told),
        *_say_standing_out(findings),
    ]
    blocks: list[Block] = [Bullets(tuple(lines))]
    dimensions = findings.framework.dimensions
    if any(score.reportable for _, _, score in told):
        if sum(score.reportable for _, _, score in told) > NAMED_ONE_BY_ONE:
            blocks.append(_show_overall(findings, told))
        blocks.append(
            Paragraph(
                f"0 is the worst and 100 the best. It sums up {len(dimensions)} dimensions, such as "
                f"{quote_name(dimensions[0].name)}. The likely range shows how sure we can be: if other people like "
                "these had answered, the score would most likely fall inside it.",
                strong="How to read a score.",
            )
        )
    if any(score.reportable and score.basis == COMMENTS for _, _, score in told):
        blocks.append(
            Callout(
                "note",
                "From comments only",
                "These scores come from what people wrote, because there were no closed questions. "
                f"{start_sentence(READS_LOW)}.",
            )
        )
    forms = explain_short_forms([panel.project for panel in panels] + [findings.settings.title])
    if forms:
        blocks.append(Paragraph("; ".join(f"{short}: {full}" for short, full in forms) + ".", strong="Short forms."))
    return Section("in-short", "In short", tuple(blocks))


def _say_people_answered(findings: Findings, projects: int) -> str:
    work = "1 piece" if projects == 1 else f"{projects} pieces"
    return f"{start_sentence(say_people(findings, findings.people))} answered. They told us about {work} of joint work."


def _choose_overall(findings: Findings) -> list[tuple[Panel, str, Score]]:
    """Parents' overall scores; those of the role after them where no project has a reportable one from parents."""
    every = list_overall(findings)
    roles = [role for _, role, score in every if score.reportable]
    lead = "parent" if "parent" in roles or not roles else roles[0]
    return [each for each in every if each[1] == lead]


def _say_scores(findings: Findings, told: list[tuple[Panel, str, Score]]) -> list[str]:
    reportable = [each for each in told if each[2].reportable]
    silent = [quote_name(name_panel(panel)) for panel, _, score in told if not score.reportable]
    if not reportable:
        return [f"There are {NOT_ENOUGH} how any of the work scored. The report shows what can be said."]
    who = start_sentence(name_role(reportable[0][1]))
    if len(reportable) > NAMED_ONE_BY_ONE:
        total = len(told)
        return [f"{who} gave a score for {len(reportable)} of {total} projects. The table below has them all, by name."]
    lines = [
        f"{who} on {quote_name(name_panel(panel))}: {say_score(findings, score)}." for panel, _, score in reportable
    ]
    if silent:
        lines.append(f"For {list_names(silent)} there are {NOT_ENOUGH}.")
    return lines


def _say_standing_out(findings: Findings) -> list[str]:
    lines: list[str] = []
    strongest = find_strongest(findings)
    if strongest:
        lines.append(_say_most_raised(findings, strongest))
    clear = [(panel, pair) for panel in list_panels(findings) for pair in pair_scores(findings, panel) if pair.clear]
    if clear:
        lines.append(_say_widest(findings, *max(clear, key=_measure_gap), len(clear)))
    return lines


def _say_most_raised(findings: Findings, strongest: list[ThemeCount]) -> str:
    who = start_sentence(name_role(strongest[0].role))
    top = [row for row in strongest if row.people == strongest[0].people]
    if len(top) == 1:
        return f"{who} wrote most about {say_theme(findings, top[0])}."
    names = list_names(quote_name(findings.framework.theme(row.theme).name) for row in top)
    return f"{who} wrote most about {names}: {top[0].people:,.0f} people each."


def _measure_gap(found: tuple[Panel, Pair]) -> float:
    contrast = found[1].contrast
    return abs(contrast.gap) if contrast is not None else 0.0


def _say_widest(findings: Findings, panel: Panel, pair: Pair, count: int) -> str:
    name = quote_name(name_dimension(findings, pair.parents.dimension))
    where = f"{name} in {quote_name(name_panel(panel))}: {say_difference(pair)}"
    if count == 1:
        return f"There is one clear difference between parents and carers and practitioners, on {where}."
    return (
        f"There are {count} clear differences between parents and carers and practitioners. The widest is on {where}."
    )


def _show_overall(findings: Findings, told: list[tuple[Panel, str, Score]]) -> Table:
    body = tuple(
        (
            name_panel(panel),
            say_score_shortly(score),
            say_count(findings, score.people) if score.reportable else "",
        )
        for panel, _, score in told
    )
    who = name_role(told[0][1])
    basis = ", from comments only" if any(score.basis == COMMENTS for _, _, score in told if score.reportable) else ""
    return Table(
        f"Overall scores out of 100 from {who}{basis}, by name of project",
        ("Project", "Score (likely range)", "People"),
        body,
        numeric=(1, 2),
    )


def _tell_who_answered(findings: Findings) -> Section:
    order = list(ROLE_WORDS)
    every = sorted(findings.bases, key=lambda base: (base.project.casefold(), base.wave, order.index(base.role)))
    shown = [base for base in every if base.role in LEADING_ROLES or not is_withheld(base.answered)]
    body = tuple(
        (
            name_panel(Panel(base.project, base.wave)),
            start_sentence(name_role(base.role)),
            *_say_counts(findings, base),
        )
        for base in shown
    )
    note = "One person can answer for several projects. [c]: too few people to show."
    others = sorted({base.role for base in every} - {base.role for base in shown}, key=order.index)
    if others:
        names = start_sentence(list_names(name_role(role) for role in others))
        note += f" {names} answered too, but too few for any project to show."
    blocks: list[Block] = [
        Paragraph(
            "People chose whether to answer. Those who were not heard from may see things differently, so think "
            "about who is missing: families who work shifts, who use another language, or who had given up."
        ),
        Table(
            "How many people answered, for each project and role",
            ("Project", "Who", "Answered", "Closed questions", "Comments"),
            body,
            numeric=(2, 3, 4),
            note=note,
        ),
    ]
    return Section("who", "Who answered", tuple(blocks))


def _say_counts(findings: Findings, base: Base) -> tuple[str, str, str]:
    return (
        say_count(findings, base.answered),
        say_count(findings, base.rated),
        say_count(findings, base.commented),
    )
