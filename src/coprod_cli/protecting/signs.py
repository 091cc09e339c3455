"""Red flags, papers and figures on the quality of answers go in, exact; the same fit for their audience come out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import nan

import pandas as pd

from coprod_cli.model.findings import Flag, Habits, ItemRest, Quality, Unanswered
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.governance import Governance
from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.protecting.rounding import round_points, round_ratio
from coprod_cli.protecting.suppression import WITHHELD, round_base, show_base

Panel = tuple[str, str]


def show_flags(
    flags: Iterable[Flag], coded: pd.DataFrame, framework: Framework, engine: str, limits: Thresholds
) -> tuple[Flag, ...]:
    """Flags, but none that rests on the reports of fewer people than a count that may be told.

    Flags whose people are counted have that floor in their rule; those that any report raises are held to it here, so
    that whoever made the report is not found by the flag.

    Args:
        flags: of the projects.
        coded: exact, with CODED columns.
        framework: its rules say which flags any report raises.
        engine: the coder that is a machine; the others are people.
        limits: of the audience.
    """
    reported = {rule.id: _count_reports(coded, rule.themes, engine) for rule in framework.flags if rule.uncounted}
    return tuple(
        each
        for each in flags
        if each.id not in reported or reported[each.id].get((each.project, each.wave), 0) >= limits.small_cell
    )


def _count_reports(coded: pd.DataFrame, themes: tuple[str, ...], engine: str) -> dict[Panel, int]:
    """By project and round, the people of whose words a person said that they speak of this, against the work."""
    wanted = coded[
        coded["theme"].isin(themes)
        & (coded["stance"] == "negative")
        & (coded["level"] == "project")
        & (coded["coder"] != engine)
    ]
    people = wanted.drop_duplicates(["project", "wave", "person"])
    return Counter(zip(people["project"], people["wave"], strict=True))


def show_governance(governance: Governance, limits: Thresholds) -> Governance:
    """The papers without the sizes of closed groups that are too small to be told of."""
    projects = tuple(
        replace(each, asked=tuple((role, people) for role, people in each.asked if people >= limits.min_base))
        for each in governance.projects
    )
    return replace(governance, projects=projects)


def show_closed(closed: Iterable[ClosedGroup], limits: Thresholds) -> tuple[ClosedGroup, ...]:
    """Closed groups, without those too small to be told of."""
    return tuple(each for each in closed if each.asked >= limits.min_base)


def show_weighting(weighting: Iterable[Weighting], limits: Thresholds) -> tuple[Weighting, ...]:
    """What weighting did, people rounded; how many were trimmed only where neither they nor the others are few."""
    return tuple(
        each._replace(
            people=show_base(each.people, limits),
            effective=round_points(each.effective),
            trimmed=_show_few(each.trimmed, each.people, limits),
            largest=round(each.largest, 1),
            furthest=round_ratio(each.furthest),
        )
        for each in weighting
        if each.people >= limits.min_base
    )


def show_quality(quality: Quality, limits: Thresholds) -> Quality:
    """How far the answers bear the scores, people rounded, few people withheld."""
    return Quality(
        alphas=tuple(
            each._replace(
                people=show_base(each.people, limits),
                alpha=round_ratio(each.alpha),
                low=round_ratio(each.low),
                high=round_ratio(each.high),
                item_rest=tuple(
                    ItemRest(rest.item, round_ratio(rest.r), round_ratio(rest.low), round_ratio(rest.high))
                    for rest in each.item_rest
                ),
            )
            for each in quality.alphas
            if each.people >= limits.percent_base
        ),
        correlations=tuple(
            each._replace(
                people=show_base(each.people, limits),
                r=round_ratio(each.r),
                low=round_ratio(each.low),
                high=round_ratio(each.high),
            )
            for each in quality.correlations
            if each.people >= limits.percent_base
        ),
        habits=tuple(_show_habits(each, limits) for each in quality.habits if each.people >= limits.min_base),
        unanswered=tuple(_show_unanswered(each, limits) for each in quality.unanswered),
    )


def _show_habits(each: Habits, limits: Thresholds) -> Habits:
    """Who did not comment is found by subtraction from everybody, so they may not be few either."""
    silent = each.people - each.commenters
    few = each.commenters < limits.min_base or 0 < silent < limits.min_base
    show_tilt = _withhold if few else round_points
    show_leaning = round_points if each.acquiescence_people >= limits.min_base else _withhold
    show_missing = round_ratio if each.people >= limits.percent_base else _withhold
    return each._replace(
        people=show_base(each.people, limits),
        commenters=show_base(each.commenters, limits),
        tilt=show_tilt(each.tilt),
        tilt_low=show_tilt(each.tilt_low),
        tilt_high=show_tilt(each.tilt_high),
        straight_liners=_show_few(each.straight_liners, each.people, limits),
        acquiescence=show_leaning(each.acquiescence),
        acquiescence_low=show_leaning(each.acquiescence_low),
        acquiescence_high=show_leaning(each.acquiescence_high),
        acquiescence_people=show_base(each.acquiescence_people, limits),
        missing=show_missing(each.missing),
        missing_low=show_missing(each.missing_low),
        missing_high=show_missing(each.missing_high),
    )


def _withhold(_: float) -> float:
    return nan


def _show_unanswered(each: Unanswered, limits: Thresholds) -> Unanswered:
    """Shares in whole hundredths, withheld where they stand for few people, or leave few who answered."""
    shares = (each.left, each.unknown)
    counts = [round(share * each.people) for share in shares]
    small = range(1, limits.small_cell)
    few = [count in small or each.people - sum(counts) in small for count in counts]
    left, unknown = (nan if hide else round_ratio(share) for hide, share in zip(few, shares, strict=True))
    return each._replace(people=show_base(each.people, limits), left=left, unknown=unknown)


def _show_few(people: int, everybody: int, limits: Thresholds) -> int:
    """A count of some of these people, rounded as bases are; withheld where they, or the others, are few."""
    few = range(1, limits.small_cell)
    if people == WITHHELD or people in few or everybody - people in few:
        return WITHHELD
    return round_base(people, limits.round_base)
