"""Findings go in; the tables on how far the answers bear the scores, for researchers, come out."""

import math
from collections.abc import Iterator

from coprod_cli.model.findings import Correlation, Findings, Habits
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting.document import Table
from coprod_cli.reporting.wording import say_ratio
from coprod_cli.telling import (
    DASH,
    Panel,
    is_withheld,
    name_dimension,
    name_panel,
    name_role,
    quote_name,
    say_count,
    say_people,
    say_range,
    say_share_shortly,
    show_mark,
    start_sentence,
)

ANCHOR_WORDS = {"0-10": "the mark from 0 to 10", "ordinal": "the rung that they chose themselves"}
ONE_EACH = "Somebody who spoke of several projects gave several answers, and is one of these people."


def list_quality_tables(findings: Findings) -> Iterator[Table]:
    """Reliability, correlations, habits, what was not answered, other conventions; each where there is any."""
    yield from _show_alphas(findings)
    yield from _show_correlations(findings)
    yield from _show_habits(findings)
    yield from _show_unanswered(findings)
    yield from _show_variants(findings)


def _show_alphas(findings: Findings) -> Iterator[Table]:
    body = tuple(
        (
            start_sentence(name_role(each.role)),
            name_dimension(findings, each.dimension),
            f"{each.items}",
            say_people(findings, each.people),
            say_ratio(each.alpha),
            say_ratios(each.low, each.high),
            "; ".join(f"{rest.item} {_say_ranged(rest.r, rest.low, rest.high)}" for rest in each.item_rest),
        )
        for each in findings.quality.alphas
    )
    if body:
        header = ("Who", "Dimension", "Questions", "People", "Alpha", "Likely range", "Each question with the rest")
        note = (
            "Cronbach's alpha of people who answered every question of the dimension, with Feldt's range; then the "
            "correlation of each question with the others, with Fisher's range in brackets. "
            f"{ONE_EACH} Told from {findings.framework.scoring.alpha_people} people."
        )
        yield Table("How closely questions on one dimension are answered alike", header, body, (2, 4), note)


def _show_correlations(findings: Findings) -> Iterator[Table]:
    pairs = findings.quality.correlations
    body = tuple(
        (
            start_sentence(name_role(each.role)),
            start_sentence(name_anchor(findings, each)),
            say_people(findings, each.people),
            say_ratio(each.r),
            say_ratios(each.low, each.high),
        )
        for each in pairs
        if each.first == OVERALL
    )
    if body:
        header = ("Who", "With what", "People", "Correlation", "Likely range")
        note = (
            "Pearson's correlation, with Fisher's range, of people who said both. The overall score is of closed "
            f"questions. {ONE_EACH}"
        )
        yield Table("Each person's overall score beside what they say of the whole", header, body, (3,), note)
    for role in dict.fromkeys(each.role for each in pairs):
        yield from _show_dimensions(
            findings, role, [each for each in pairs if each.role == role and each.first != OVERALL]
        )


def _show_dimensions(findings: Findings, role: str, pairs: list[Correlation]) -> Iterator[Table]:
    """Every two dimensions of one role, as a triangle; columns are headed by the numbers of the rows."""
    if not pairs:
        return
    found = {(each.first, each.second): say_ratio(each.r) for each in pairs}
    dimensions = [each for each in findings.framework.dimensions if any(each.id in pair for pair in found)]
    body = tuple(
        (f"{number}. {row.name}", *(found.get((column.id, row.id), "") for column in dimensions[:-1]))
        for number, row in enumerate(dimensions, start=1)
    )
    counts = sorted(each.people for each in pairs)
    several = f"{say_count(findings, counts[0])} to {counts[-1]:,} people"
    people = say_people(findings, counts[0]) if counts[0] == counts[-1] else several
    note = (
        f"Pearson's correlation of closed questions, of people who answered on both ({people}). {ONE_EACH} Likely "
        "ranges and people of each are in quality.csv."
    )
    caption = f"{start_sentence(name_role(role))}: how closely dimensions go together"
    header = ("Dimension", *(str(number) for number in range(1, len(dimensions))))
    yield Table(caption, header, body, tuple(range(1, len(dimensions))), note)


def _show_habits(findings: Findings) -> Iterator[Table]:
    body = tuple(
        (
            start_sentence(name_role(each.role)),
            say_people(findings, each.people),
            _say_points(findings, (each.tilt, each.tilt_low, each.tilt_high), each.commenters),
            _say_points(
                findings,
                (each.acquiescence, each.acquiescence_low, each.acquiescence_high),
                each.acquiescence_people,
            ),
            _say_straight(findings, each),
            DASH
            if math.isnan(each.missing)
            else f"{each.missing:.0%} ({each.missing_low:.0%} to {each.missing_high:.0%})",
        )
        for each in findings.quality.habits
    )
    if body:
        header = ("Who", "People", "Comment tilt", "Yes index", "Same box throughout", "Not answered")
        note = (
            "Each person counts once. Comment tilt: mean closed score of those who wrote less that of everybody, in "
            "points, and how many wrote. Yes index: mean of questions worded for and against as they were ticked; 50 "
            "is no habit. Same box throughout: how many of the people who answered did so, which is a count and no "
            "estimate. Not answered: of the questions put to a person, the share without an answer. Likely ranges in "
            "brackets."
        )
        yield Table("How people answered", header, body, note=note)


def _show_unanswered(findings: Findings) -> Iterator[Table]:
    texts = {each.name: each.text for each in findings.questions}
    body = tuple(
        (
            start_sentence(name_role(each.role)),
            texts.get(each.item, each.item),
            say_people(findings, each.people),
            *(
                show_mark("c") if is_withheld(share) else say_share_shortly(findings, share, each.people)
                for share in (each.unknown, each.left)
            ),
        )
        for each in findings.quality.unanswered
    )
    if body:
        header = ("Who", "Question", "People asked", "Does not know", "Left empty")
        note = (
            "Of the people who were asked: those who said that they do not know or that it does not apply, and those "
            "who left it empty. Each person counts once, and whoever answered it of any project is in neither. Likely "
            "ranges in brackets (Wilson 1927)."
        )
        yield Table("Questions that were not answered", header, body, note=note)


def _show_variants(findings: Findings) -> Iterator[Table]:
    body = tuple(
        (
            name_panel(Panel(each.project, each.wave)),
            start_sentence(name_role(each.role)),
            each.name,
            f"{each.estimate:.0f}",
            say_range(each.low, each.high),
            say_people(findings, each.people),
        )
        for each in findings.variants
        if not math.isnan(each.estimate)
    )
    if body:
        header = ("Project", "Who", "Convention", "Overall score", "Likely range", "People")
        note = (
            "Before limits by facts. No convention is right; together they show how much hangs on the choice. Those "
            "that cannot change a score are left out, such as equal weights where the weakest dimension sets it."
        )
        yield Table("The overall score under other conventions", header, body, (3,), note)


def name_anchor(findings: Findings, each: Correlation) -> str:
    """What was asked of the work as a whole, in words."""
    kinds = {anchor.id: anchor.kind for anchor in findings.framework.anchors}
    return ANCHOR_WORDS.get(kinds.get(each.second, ""), quote_name(each.second))


def _say_points(findings: Findings, points: tuple[float, float, float], people: int) -> str:
    value, low, high = points
    return DASH if math.isnan(value) else f"{round(value)} ({say_ends(low, high)}), {say_people(findings, people)}"


def _say_straight(findings: Findings, each: Habits) -> str:
    """Where every question asks the same way round, nobody was asked what would show it."""
    if each.straight_liners < 0:
        return show_mark("c" if each.acquiescence_people else "x")
    return say_count(findings, each.straight_liners)


def _say_ranged(value: float, low: float, high: float) -> str:
    return say_ratio(value) if math.isnan(value) else f"{say_ratio(value)} ({say_ratios(low, high)})"


def say_ends(low: float, high: float) -> str:
    """A range of whole points, never with a minus before nought."""
    return f"{round(low)} to {round(high)}"


def say_ratios(low: float, high: float) -> str:
    """A likely range of figures from -1 to 1."""
    return f"{say_ratio(low)} to {say_ratio(high)}"
