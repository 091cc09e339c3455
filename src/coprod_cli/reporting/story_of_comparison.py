"""A Comparison goes in; projects and rounds side by side, never a ranking, come out as a Document."""

import math
from collections.abc import Sequence

from coprod_cli.drawing import Chart
from coprod_cli.model.compared import Comparison
from coprod_cli.model.comparison import Pairing, Standing
from coprod_cli.model.framework import Scoring
from coprod_cli.model.survey import NAMELESS
from coprod_cli.model.tables import OVERALL, Score, rows
from coprod_cli.reporting.document import Block, Bullets, Callout, Document, Folded, Paragraph, Section, Table
from coprod_cli.reporting.legends import add_legends
from coprod_cli.reporting.story_of_changes import BROKEN, tell_changes, tell_changes_shortly
from coprod_cli.reporting.wording import BANNERS, say_score_shortly, say_why_not
from coprod_cli.telling import (
    COMMENTS,
    NO_FIGURE,
    READS_LOW,
    ROLE_WORDS,
    Panel,
    count_by_luck,
    name_panel,
    name_role,
    order_rounds,
    quote_name,
    say_people,
    say_percent,
    say_range,
    say_rule,
    start_sentence,
)

USUAL_TITLE = "Projects and rounds side by side"
SUBTITLE = "What people said of working together, compared"
FOOTER = (
    "These are the views of the people who answered. They are not the views of whoever ran the survey, or of any "
    "service. Those who ran these projects should be shown this page and have the chance to reply."
)
_PAIRS = "Which project scored higher?"
MOST_ACROSS = 6
CAUTIONS = (
    "Projects stand in the order of their names, not of their scores; different people spoke of each.",
    "A difference between two projects does not show what caused it, or that one has the better services.",
    "Where likely ranges overlap, do not say that one project is better than the other.",
    "Parents and carers, practitioners and others are never mixed.",
)


def tell_comparison(comparison: Comparison, charts: Sequence[Chart] = ()) -> Document:
    """The whole page: care, scores, pairs of projects, shrunken scores, changes, how it was done."""
    sections: tuple[Section, ...] = (
        _tell_care(comparison),
        _tell_scores(comparison),
        *_tell_pairs(comparison),
        *_tell_shrunken(comparison),
        *tell_changes(comparison, comparison.breaks, charts),
        _tell_method(comparison),
    )
    banner = BANNERS.get(comparison.settings.audience)
    return Document(
        title=comparison.settings.title or USUAL_TITLE,
        subtitle=SUBTITLE,
        banner=Callout("warning", *banner) if banner else None,
        sections=add_legends(sections),
        footer=FOOTER,
    )


def tell_comparison_screen(comparison: Comparison) -> Document:
    """What the screen shows: overall scores, what changed, and what to know."""
    changes = tell_changes_shortly(comparison, comparison.breaks)
    banner = BANNERS.get(comparison.settings.audience)
    scores = Section("scores", "Overall scores", (_show_overall(comparison),))
    notes = [*(f"{each} {BROKEN}" for each in comparison.breaks), *CAUTIONS, _say_chances(comparison)]
    notes += [each.in_full for each in comparison.notices]
    last = Section("notices", "Please note", (Bullets(tuple(notes)),))
    above = Callout("warning", *banner) if banner else None
    return Document("coprod compare", "", above, (scores, *changes, last), "")


def list_compared(comparison: Comparison) -> list[tuple[Panel, dict[tuple[str, str], Score]]]:
    """Every project and round by name and time, with its scores by role and dimension."""
    found: dict[Panel, dict[tuple[str, str], Score]] = {}
    for each in rows(comparison.scores, Score):
        found.setdefault(Panel(each.project, each.wave), {})[each.role, each.dimension] = each
    place = {name: at for at, name in enumerate(order_rounds({panel.wave for panel in found}, comparison.rounds))}
    return sorted(found.items(), key=lambda each: (each[0].project.casefold(), each[0].project, place[each[0].wave]))


def _list_roles(comparison: Comparison) -> list[str]:
    """Whoever has a score that may be shown, and parents and carers in any case."""
    scores = comparison.scores
    told = set(scores.loc[scores["reportable"], "role"]) | ({"parent"} & set(scores["role"]))
    return [role for role in ROLE_WORDS if role in told]


def _tell_care(comparison: Comparison) -> Section:
    blocks: list[Block] = [Bullets(CAUTIONS)]
    if comparison.breaks:
        text = f"{' '.join(comparison.breaks)} {BROKEN}"
        blocks.append(Callout("warning", "Not made alike", text))
    return Section("care", "Please read with care", tuple(blocks))


def _tell_scores(comparison: Comparison) -> Section:
    blocks: list[Block] = [_show_overall(comparison)]
    folded = [table for role in _list_roles(comparison) if (table := _show_dimensions(comparison, role)).rows]
    if folded:
        blocks.append(Folded("Every dimension, side by side", tuple(folded)))
    if (comparison.scores["basis"] == COMMENTS).any():
        text = f"{start_sentence(READS_LOW)}. It is never compared with a score from closed questions."
        blocks.append(Paragraph(text, strong="From comments only."))
    return Section("scores", "Scores side by side", tuple(blocks))


def _show_overall(comparison: Comparison) -> Table:
    roles = _list_roles(comparison)
    body = tuple(
        (name_panel(panel), *(_say_cell(comparison, scores.get((role, OVERALL))) for role in roles))
        for panel, scores in list_compared(comparison)
    )
    header = ("Project", *(start_sentence(name_role(role)) for role in roles))
    note = "Score out of 100, likely range in brackets, and the people it rests on. In the order of names."
    return Table("Overall scores", header, body, note=note, unranked=True)


def _say_cell(comparison: Comparison, score: Score | None) -> str:
    if score is None:
        return "nobody answered"
    if not score.reportable:
        return say_why_not(comparison, score)
    mark = "from comments only: " if score.basis == COMMENTS else ""
    return f"{mark}{say_score_shortly(score)}, {say_people(comparison, score.people)}"


def _show_dimensions(comparison: Comparison, role: str) -> Table:
    listed = [
        (panel, scores)
        for panel, scores in list_compared(comparison)
        if any(score.reportable for (whose, _), score in scores.items() if whose == role)
    ]
    ordered = sorted(comparison.framework.dimensions, key=lambda each: not each.core)
    names = [name_panel(panel) for panel, _ in listed]
    cells = [[say_score_shortly(scores.get((role, each.id))) for _, scores in listed] for each in ordered]
    caption = f"{start_sentence(name_role(role))}: scores by dimension"
    note = "Score out of 100, and likely range in brackets."
    if len(listed) > MOST_ACROSS:
        down = tuple((name, *row) for name, row in zip(names, zip(*cells, strict=True), strict=True))
        return Table(caption, ("Project", *(each.name for each in ordered)), down, note=note)
    body = tuple((each.name, *row) for each, row in zip(ordered, cells, strict=True)) if listed else ()
    return Table(caption, ("Dimension", *names), body, note=note)


def _tell_pairs(comparison: Comparison) -> tuple[Section, ...]:
    ranked = [each for each in comparison.beside.standings if each.ranked]
    apart = [Callout("note", "Not compared", each.message) for each in comparison.notices if each.code == NAMELESS]
    if not ranked:
        return (Section("pairs", _PAIRS, tuple(apart)),) if apart else ()
    rounds = " Each project is taken in its latest round." if len(comparison.rounds) > 1 else ""
    blocks: list[Block] = [
        Paragraph(
            "Places it may have are those that a project could take if all were put in the order of their scores, 1 "
            "for the highest: they show how much, or how little, the answers can tell projects apart, and are not a "
            f"league table.{rounds}"
        )
    ]
    for role, standings in _group(ranked):
        pairs = [each for each in comparison.beside.pairings if each.role == role]
        blocks.append(_show_ranks(comparison, role, standings))
        if pairs:
            rule = Paragraph(say_rule(comparison.framework.scoring, "“scored higher”", "no clear difference"))
            table = _show_pairs(comparison, role, pairs)
            blocks.append(Folded(f"Project by project, {name_role(role)}", (rule, table)))
            blocks.append(_tell_luck(comparison, pairs))
    return (Section("pairs", _PAIRS, (*apart, *blocks)),)


def _tell_luck(comparison: Comparison, pairs: Sequence[Pairing]) -> Paragraph:
    rules = comparison.framework.scoring
    sure = sum(judge_pair(each, rules) == "scored higher" for each in pairs)
    luck = count_by_luck(len(pairs), rules)
    expected = "fewer than 1" if luck < 1 else f"about {luck:.0f}"
    looked = "1 pair was" if len(pairs) == 1 else f"{len(pairs)} pairs were"
    text = f"{looked} looked at, and in {sure} one project scored higher. If no two differed, {expected} would look so."
    return Paragraph(text, strong="How much may be luck.")


def _group(standings: Sequence[Standing]) -> list[tuple[str, list[Standing]]]:
    told = {each.role for each in standings}
    return [(role, [each for each in standings if each.role == role]) for role in ROLE_WORDS if role in told]


def _name(each: Standing) -> str:
    return name_panel(Panel(each.project, each.wave)) + (" (from comments only)" if each.basis == COMMENTS else "")


def _show_ranks(comparison: Comparison, role: str, standings: Sequence[Standing]) -> Table:
    body = tuple(
        (
            _name(each),
            f"{each.estimate:.0f} ({say_range(each.low, each.high)})",
            _say_rank(each),
            say_people(comparison, each.people),
        )
        for each in standings
    )
    caption = f"{start_sentence(name_role(role))}: overall score and places it may have, by name"
    return Table(caption, ("Project", "Score (likely range)", "Places it may have", "People"), body)


def _say_rank(each: Standing) -> str:
    if each.rank_low == each.rank_high:
        return f"{each.rank_low} of {each.ranked}"
    return f"{each.rank_low} to {each.rank_high} of {each.ranked}"


def _show_pairs(comparison: Comparison, role: str, pairs: Sequence[Pairing]) -> Table:
    body = tuple(
        (
            f"{each.first}; {each.second}",
            _say_pair(each, comparison.framework.scoring),
            f"{each.difference:+.0f} ({each.low:+.0f} to {each.high:+.0f})",
            say_percent(each.probability_higher, comparison.framework.scoring),
            f"{say_people(comparison, each.people_first)}; {say_people(comparison, each.people_second)}",
        )
        for each in pairs
    )
    header = ("Two projects", "What we may say", "First minus second", "Chance that the first is higher", "People")
    return Table(f"{start_sentence(name_role(role))}: overall scores of two projects at a time", header, body)


def _say_pair(each: Pairing, rules: Scoring) -> str:
    verdict = judge_pair(each, rules)
    if verdict == "no clear difference":
        return verdict
    name = each.first if each.probability_higher > 0.5 else each.second  # noqa: PLR2004 - the likelier side
    return f"{quote_name(name)} {verdict}"


def judge_pair(each: Pairing, rules: Scoring) -> str:
    """The wording of a difference, said of the project that is likelier higher; by the rules for changes."""
    chance = max(each.probability_higher, 1 - each.probability_higher)
    if chance >= rules.sure_change and not each.low <= 0 <= each.high:
        return "scored higher"
    return "probably scored higher" if chance >= rules.likely_change else "no clear difference"


def _tell_shrunken(comparison: Comparison) -> tuple[Section, ...]:
    spreads = {(each.role, each.basis): each for each in comparison.beside.spreads}
    if not spreads:
        return ()
    blocks: list[Block] = [
        Paragraph(
            "With many projects, the highest and the lowest scores are often those of few people, by luck. Beside each "
            "score stands the same score moved towards the mean of all, the more so the less sure it is. It is a check "
            "for researchers. It makes the weakest project look better than it is, so it is never used for a headline "
            "or a flag, and it changes when projects are added."
        )
    ]
    order = list(ROLE_WORDS)
    for (role, basis), spread in sorted(spreads.items(), key=lambda each: (order.index(each[0][0]), each[0])):
        standings = [
            each
            for each in comparison.beside.standings
            if each.role == role and (each.basis == COMMENTS) == (basis == COMMENTS)
        ]
        body = tuple(
            (_name(each), f"{each.estimate:.0f} ({say_range(each.low, each.high)})", *_say_shrunken(each))
            for each in standings
        )
        share = f"{spread.reliability:.0%}"
        note = (
            f"Mean of {spread.projects} projects: {spread.mean:.0f}; standard deviation between them, beyond chance: "
            f"{spread.between:.0f} points. For the middle project, {share} of how it differs is not chance."
        )
        header = ("Project", "Score (likely range)", "Shrunken (likely range)", "Reliability")
        blocks.append(Table(f"{start_sentence(name_role(role))}: as scored, and shrunken", header, body, note=note))
    return (Section("shrunken", "For researchers: shrunken scores", tuple(blocks)),)


def _say_shrunken(each: Standing) -> tuple[str, str]:
    if math.isnan(each.shrunken):
        return NO_FIGURE, NO_FIGURE
    return f"{each.shrunken:.0f} ({say_range(each.shrunken_low, each.shrunken_high)})", f"{each.reliability:.2f}"


def _say_chances(comparison: Comparison) -> str:
    if comparison.chances == "draws":
        return "Chances and ranges are taken from the answers themselves, the same people drawn together."
    return (
        "Chances are worked out from the published scores and likely ranges, as if each score were normal and no two "
        "rested on the same people. So they are less exact than those from the surveys themselves."
    )


def _tell_method(comparison: Comparison) -> Section:
    rules = comparison.framework.scoring
    shrunken = (
        f"Shrunken scores are given from {rules.shrink_projects} projects on (Paule and Mandel's variance between "
        "projects)."
    )
    made = (
        f"Framework {comparison.framework.id} {comparison.framework.version}, coprod {comparison.version}, seed "
        f"{comparison.settings.seed}."
    )
    columns = "compare.csv, changes.csv, pairs.csv and compare.json beside this page hold every figure."
    return Section(
        "method",
        "How this was done",
        (Bullets((_say_chances(comparison), shrunken, made, columns)), *_tell_notices(comparison)),
    )


def _tell_notices(comparison: Comparison) -> tuple[Block, ...]:
    if not comparison.notices:
        return ()
    return (Folded("What else to know", (Bullets(tuple(each.message for each in comparison.notices)),)),)
