"""Findings go in; what was found, in sentences of a line or two, comes out."""

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import OVERALL, Score, ThemeCount
from coprod_cli.reporting.story_of_projects import list_overall
from coprod_cli.reporting.story_of_themes import find_strongest
from coprod_cli.reporting.wording import (
    list_names,
    read_limits,
    say_score_shortly,
    say_theme,
    say_why_not,
)
from coprod_cli.telling import (
    Pair,
    Panel,
    find_overall,
    is_unknown,
    list_panels,
    may_lead,
    name_dimension,
    name_panel,
    name_role,
    order_roles,
    pair_scores,
    pick_profile,
    quote_name,
    say_raised,
)

NAMED_ONE_BY_ONE = 4
NO_SCORE = "No group was large enough, or asked enough, for a score."
NO_OVERALL = "No group was large enough, or asked enough, for an overall score. Some dimensions have a score."


def say_nothing_scored(findings: Findings) -> str:
    """That there is no overall score, or none at all, and how many people the smallest group would have to have."""
    if findings.scores["reportable"].any():
        return NO_OVERALL
    return f"{NO_SCORE} It takes at least {read_limits(findings).min_base} people of one role on one project."


def choose_overall(findings: Findings) -> list[tuple[Panel, str, Score]]:
    """Parents' overall scores as (project, role, score); those of the next role where no project has one of theirs."""
    every = list_overall(findings)
    roles = [role for _, role, score in every if score.reportable]
    lead = "parent" if "parent" in roles or not roles else roles[0]
    return [each for each in every if each[1] == lead]


def find_ends(findings: Findings, panel: Panel, role: str) -> tuple[str, str] | None:
    """The core dimensions with the highest and the lowest score, where their likely ranges lie apart; else None."""
    core = {each.id for each in findings.framework.dimensions if each.core}
    told = [each for each in pick_profile(findings, panel, role) if each.reportable and each.dimension in core]
    if not told:
        return None
    top, bottom = max(told, key=lambda score: score.estimate), min(told, key=lambda score: score.estimate)
    return None if bottom.high >= top.low else (top.dimension, bottom.dimension)


def say_differences(findings: Findings) -> list[str]:
    """The project where the two groups differ clearly on most dimensions, and how many others have a difference."""
    every = [(panel, pair_scores(findings, panel)) for panel in list_panels(findings)]
    found = [(panel, pairs) for panel, pairs in every if any(pair.clear for pair in pairs)]
    if not found:
        compared = any(pair.contrast is not None for _, pairs in every for pair in pairs)
        return ["Parents and carers and practitioners did not clearly differ on any dimension."] if compared else []
    panel, pairs = max(found, key=lambda each: sum(pair.clear for pair in each[1]))
    more = len(found) - 1
    others = f" {more} other {'project has' if more == 1 else 'projects have'} clear differences too." if more else ""
    return [f"In {quote_name(name_panel(panel))}, {_say_order(findings, pairs)}{_say_both(findings, panel)}.{others}"]


def _say_order(findings: Findings, pairs: list[Pair]) -> str:
    clear = [pair for pair in pairs if pair.clear]
    orders = {order_roles(pair.contrast) for pair in clear if pair.contrast is not None}
    if len(orders) > 1:
        return f"practitioners and parents and carers differ clearly on {len(clear)} of {len(pairs)} dimensions"
    higher, lower = orders.pop()
    if len(clear) == 1:
        what = quote_name(name_dimension(findings, clear[0].parents.dimension))
    else:
        what = f"{len(clear)} of {len(pairs)} dimensions"
    return f"{higher} scored {what} higher than {lower} did"


def _say_both(findings: Findings, panel: Panel) -> str:
    """Both overall scores, the higher first, where they differ clearly and no fact holds them down; else nothing."""
    whole = [(*panel, OVERALL)]
    clear = any((each.project, each.wave, each.dimension) in whole and each.clear for each in findings.contrasts)
    scores = [find_overall(findings, panel, role) for role in ("parent", "practitioner")]
    told = sorted((each for each in scores if each is not None and each.reportable), key=lambda each: -each.estimate)
    if not clear or len(told) != len(scores) or any(each.before_limits >= 0 for each in told):
        return ""
    return f"; overall {say_score_shortly(told[0])} against {say_score_shortly(told[1])}"


def say_most_raised(findings: Findings) -> list[str]:
    """The theme that most people of the leading role raised; nothing where that must not be said."""
    strongest: list[ThemeCount] = find_strongest(findings)
    if not strongest:
        return []
    top = [row for row in strongest if row.people == strongest[0].people]
    if not may_lead(findings, Panel("", top[0].wave), top[0].role):
        return []
    read = "By what people coded, " if is_unknown(findings) else "By the machine's reading of the comments, "
    if len(top) == 1:
        return [f"{read}{name_role(top[0].role)} wrote most about {say_theme(findings, top[0])}."]
    names = list_names(quote_name(findings.framework.theme(row.theme).name) for row in top)
    return [f"{read}{name_role(top[0].role)} wrote most about {names}: {say_raised(top[0])} each."]


def say_silent(findings: Findings, told: list[tuple[Panel, str, Score]]) -> list[str]:
    """One line a reason, with all the projects that have it."""
    reasons: dict[str, list[str]] = {}
    for panel, _, score in told:
        if not score.reportable:
            reasons.setdefault(say_why_not(findings, score), []).append(name_panel(panel))
    return [
        f"{list_names(map(quote_name, names)) if len(names) <= NAMED_ONE_BY_ONE else f'{len(names)} projects'}: {why}."
        for why, names in reasons.items()
    ]
