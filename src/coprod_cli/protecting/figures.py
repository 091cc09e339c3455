"""Scores and what follows from them go in, exact; the same fit for their audience come out, a function for each kind.

A figure that may not be told is left out where its kind has no way to say why, else it is NaN, or -1 for people.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import isnan, nan

import pandas as pd

from coprod_cli.model.comparison import Beside, Change, Pairing, Standing
from coprod_cli.model.findings import Contrast, SectorScore, Variant
from coprod_cli.model.framework import Framework, Scoring, Thresholds
from coprod_cli.model.gates import GateResult
from coprod_cli.model.tables import OVERALL, RungChance, Score, require, rows, table
from coprod_cli.protecting.rounding import round_chance, round_points, round_range, round_ratio, round_told_chance
from coprod_cli.protecting.suppression import WITHHELD, show_base
from coprod_cli.protecting.totals import round_to

PRACTITIONER = "practitioner"
Group = tuple[str, str, str]


def show_scores(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Score rows: whole points, people rounded or withheld."""
    shown: list[Score] = []
    for each in rows(scores, Score):
        score = each._replace(people=show_base(each.people, limits))
        if each.reportable:
            low, estimate, high = round_range(each.low, each.estimate, each.high, each.people, limits)
            score = score._replace(estimate=estimate, low=low, high=high)
            if not isnan(each.high_before):
                held = not isnan(each.before_limits)
                free = (each.low_before, each.before_limits if held else each.estimate, each.high_before)
                low, before, high = round_range(*free, each.people, limits)
                score = score._replace(before_limits=before if held else nan, low_before=low, high_before=high)
            low, mean, high = round_range(each.plain_low, each.plain_mean, each.plain_high, each.people, limits)
            effective = each.effective if isnan(each.effective) else float(show_base(each.effective, limits))
            score = score._replace(plain_mean=mean, plain_low=low, plain_high=high, effective=effective)
        shown.append(score)
    return require(table(shown, Score), Score)


def show_rungs(rungs: pd.DataFrame, framework: Framework, limits: Thresholds) -> pd.DataFrame:
    """RungChance rows: chances rounded, people rounded or withheld; shares of answers have been withheld already."""
    named = framework.scoring.named_rung
    shown = [
        each._replace(
            chance=round_chance(each.chance, limits, named),
            chance_before=each.chance_before if isnan(each.chance_before) else round_chance(each.chance_before, limits),
            people=show_base(each.people, limits),
            said=round_ratio(each.said),
            said_people=_show_choosers(each.said_people, limits),
        )
        for each in rows(rungs, RungChance)
    ]
    return require(table(shown, RungChance), RungChance)


def _show_choosers(people: int, limits: Thresholds) -> int:
    """Rounded also from 100 on: whoever left the question out is found by subtraction from all who answered."""
    return WITHHELD if people < max(limits.min_base, 1) else round_to(people, limits.round_base)


def show_contrasts(contrasts: Iterable[Contrast], limits: Thresholds) -> tuple[Contrast, ...]:
    """Gaps in whole points, chances and people rounded."""
    return tuple(
        each._replace(
            gap=round_points(each.gap),
            low=round_points(each.low),
            high=round_points(each.high),
            probability_higher=round_chance(each.probability_higher, limits),
            parents=show_base(each.parents, limits),
            practitioners=show_base(each.practitioners, limits),
        )
        for each in contrasts
    )


def show_changes(changes: Iterable[Change], limits: Thresholds, rules: Scoring) -> tuple[Change, ...]:
    """Changes in whole points, people and chances rounded; people of both rounds where nobody else is few."""
    return tuple(
        each._replace(
            change=round_points(each.change),
            low=round_points(each.low),
            high=round_points(each.high),
            probability_up=round_told_chance(each.probability_up, limits, rules),
            probability_up_5=round_chance(each.probability_up_5, limits),
            people_before=_show_people(each.people_before, limits),
            people_after=_show_people(each.people_after, limits),
            people_both=_show_both(each, limits),
        )
        for each in changes
    )


def _show_people(people: int, limits: Thresholds) -> int:
    return WITHHELD if people == WITHHELD else show_base(people, limits)


def _show_both(change: Change, limits: Thresholds) -> int:
    """Whoever answered once only is found by subtraction: so few people of either round may not be left over."""
    left = (change.people_before - change.people_both, change.people_after - change.people_both)
    if change.people_both == WITHHELD or any(0 < each < limits.min_base for each in left):
        return WITHHELD
    return show_base(change.people_both, limits)


def show_variants(variants: Iterable[Variant], scores: pd.DataFrame, limits: Thresholds) -> tuple[Variant, ...]:
    """Scores under other conventions, but none that leaves out so few people that their answers could be worked out."""
    overall = {(each.project, each.role, each.wave): each for each in rows(scores, Score) if each.dimension == OVERALL}
    shown = []
    for each in variants:
        score = overall.get((each.project, each.role, each.wave))
        if score is not None and 0 < score.people - each.people < limits.min_base:
            continue
        low, estimate, high = round_range(each.low, each.estimate, each.high, each.people, limits)
        shown.append(each._replace(estimate=estimate, low=low, high=high, people=_show_people(each.people, limits)))
    return tuple(shown)


def show_sectors(sectors: Iterable[SectorScore], scores: pd.DataFrame, limits: Thresholds) -> tuple[SectorScore, ...]:
    """Sectors' scores; where what is left of all practitioners is few people, the next smallest sector is withheld too.

    The mean of all practitioners, theirs who told no sector among them, is told beside: whoever takes the sectors told
    from it has the mean of the rest, so the rest must be as many people as any score needs.
    """
    every = {
        (each.project, each.wave, each.dimension): each.people
        for each in rows(scores, Score)
        if each.role == PRACTITIONER and each.reportable
    }
    together: dict[Group, list[SectorScore]] = defaultdict(list)
    for each in sectors:
        together[each.project, each.wave, each.dimension].append(each)
    shown = []
    for place, group in together.items():
        told = [each for each in group if each.reportable and each.people >= limits.min_sector]
        told.sort(key=lambda each: (each.people, each.sector))
        while told and 0 < every.get(place, 0) - sum(each.people for each in told) < limits.min_sector:
            told.pop(0)
        for each in group:
            if each in told:
                low, estimate, high = round_range(each.low, each.estimate, each.high, each.people, limits)
                people = show_base(each.people, limits)
                shown.append(each._replace(estimate=estimate, low=low, high=high, people=people))
            else:
                shown.append(each._replace(estimate=nan, low=nan, high=nan, people=WITHHELD, reportable=False))
    return tuple(shown)


def show_gates(gates: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """Chances with two decimals: a script needs no more, and coarser ones might contradict the verdict beside them."""
    return tuple(each._replace(chance=round_ratio(each.chance)) for each in gates)


def show_beside(beside: Beside, limits: Thresholds, rules: Scoring) -> Beside:
    """Projects side by side, in whole points."""
    return replace(
        beside,
        standings=tuple(_show_standing(each, limits) for each in beside.standings),
        spreads=tuple(
            each._replace(
                mean=round_points(each.mean),
                between=round_points(each.between),
                reliability=round_ratio(each.reliability),
            )
            for each in beside.spreads
        ),
        pairings=tuple(_show_pairing(each, limits, rules) for each in beside.pairings),
    )


def _show_standing(each: Standing, limits: Thresholds) -> Standing:
    low, estimate, high = round_range(each.low, each.estimate, each.high, each.people, limits)
    drawn_low, drawn, drawn_high = round_range(
        each.shrunken_low, each.shrunken, each.shrunken_high, each.people, limits
    )
    return each._replace(
        estimate=estimate,
        low=low,
        high=high,
        people=show_base(each.people, limits),
        shrunken=drawn,
        shrunken_low=drawn_low,
        shrunken_high=drawn_high,
        reliability=round_ratio(each.reliability),
    )


def _show_pairing(each: Pairing, limits: Thresholds, rules: Scoring) -> Pairing:
    return each._replace(
        difference=round_points(each.difference),
        low=round_points(each.low),
        high=round_points(each.high),
        probability_higher=round_told_chance(each.probability_higher, limits, rules),
        people_first=show_base(each.people_first, limits),
        people_second=show_base(each.people_second, limits),
    )
