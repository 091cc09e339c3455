"""Findings and charts go in; one section a project, with all its sentences, comes out."""

from collections.abc import Iterator

from coprod_cli.model.findings import Base, Findings
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.reporting.document import (
    Block,
    Bullets,
    Callout,
    Paragraph,
)
from coprod_cli.reporting.story_of_questions import MEND
from coprod_cli.reporting.wording import (
    NO_QUESTION,
    find_weakest,
    list_names,
    read_limits,
    say_theme_and_parts,
    say_why_not,
    title_themes,
)
from coprod_cli.telling import (
    NOT_ENOUGH,
    ROLE_WORDS,
    Panel,
    find_overall,
    is_unknown,
    is_withheld,
    list_panels,
    mark_score,
    name_role,
    pick_profile,
    pick_told_themes,
    quote_name,
    say_checked,
    say_people,
    say_sorted,
    start_sentence,
)

PROFILE, PAIRED = "dimension_profile", "parents_beside_practitioners"


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


def tell_project_themes(findings: Findings, panel: Panel, most: int) -> list[Block]:
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
        lacking = f"{start_sentence(NOT_ENOUGH)} which themes were raised most."
        uncoded = is_unknown(findings) and not findings.checked.by_hand
        blocks.append(
            Paragraph(f"{say_sorted(findings)} {say_checked(findings)}" if uncoded else lacking, strong="Themes.")
        )
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
