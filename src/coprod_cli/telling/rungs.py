"""Findings go in; where a project stands on the ladder, as one role sees it, comes out in words that claim no more."""

from itertools import pairwise

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import RungChance, rows
from coprod_cli.telling.choosing import Panel
from coprod_cli.telling.flags import find_rung_limit
from coprod_cli.telling.words import is_withheld, name_role

LEAST_SHOWN = 0.005  # half of the per cent that is shown


def pick_rungs(findings: Findings, panel: Panel, role: str) -> tuple[RungChance, ...]:
    """The chances of all rungs from the lowest up, as that role sees the project; none where no rung can be told."""
    frame = findings.rungs
    here = frame[(frame["project"] == panel.project) & (frame["wave"] == panel.wave) & (frame["role"] == role)]
    return tuple(rows(here, RungChance))


def name_rung(findings: Findings, number: int) -> str:
    """The label of a rung, as forums use it."""
    return findings.framework.ladder.rungs[number].label


def say_rung(findings: Findings, told: tuple[RungChance, ...]) -> str:
    """The rung in one sentence, without the number of people.

    One rung where it is likely enough and enough people answered, else the two it lies between, else that neither can
    be said.
    """
    rules = findings.framework.scoring
    limits = findings.framework.thresholds_for(findings.settings.audience)
    who = f"The answers of {name_role(told[0].role)}{_say_held(findings, told)}"
    if is_withheld(told[0].people) or told[0].people < limits.min_rung_label:
        return f"There are not enough answers to name one rung: that takes {limits.min_rung_label} people."
    best = max(told, key=lambda each: (each.chance, -each.rung))
    if best.chance >= rules.named_rung:
        name = name_rung(findings, best.rung)
        return f"{who} put this project on the rung “{name}” (chance {say_chance(best.chance)})."
    pairs = [(lower.chance + upper.chance, lower, upper) for lower, upper in pairwise(told)]
    chance, lower, upper = max(pairs, key=lambda pair: pair[0])
    names = f"“{name_rung(findings, lower.rung)}” and “{name_rung(findings, upper.rung)}”"
    if chance >= rules.named_rung:
        return f"{who} put this project on or between the rungs {names} (chance {say_chance(chance)})."
    return f"{who} differ too much to say on which rung this project stands; most likely are {names}."


def say_rung_before(findings: Findings, told: tuple[RungChance, ...]) -> str:
    """How likely answers put the project higher than verified facts allow; nothing where those hold nothing down."""
    limit = find_rung_limit(findings, Panel(told[0].project, told[0].wave))
    if limit is None or is_withheld(told[0].chance_before):
        return ""
    higher = min(sum(each.chance_before for each in told[limit[0] + 1 :]), 1.0)
    if higher < LEAST_SHOWN:
        return ""
    return f"Before limits, the chance of a rung above “{name_rung(findings, limit[0])}” is {say_chance(higher)}."


def say_choosers(findings: Findings, told: tuple[RungChance, ...]) -> str:
    """How many people chose a rung when they were asked which they see: "about 35 people who chose one"."""
    people = told[0].said_people
    limits = findings.framework.thresholds_for(findings.settings.audience)
    about = "about " if limits.round_base > 1 else ""
    return f"{about}{people:,} people who chose one"


def _say_held(findings: Findings, told: tuple[RungChance, ...]) -> str:
    """That verified facts hold the rung down, where plausible answers reach the highest rung that they allow."""
    limit = find_rung_limit(findings, Panel(told[0].project, told[0].wave))
    if limit is None or told[limit[0]].chance < LEAST_SHOWN:
        return ""
    facts = "a verified fact" if len(limit[1]) == 1 else "verified facts"
    return f", held down by {facts} ({', '.join(limit[1])}),"


def say_chance(chance: float) -> str:
    """A chance in per cent, never surer than the draws allow: "under 1%", "68%", "over 99%"."""
    if chance < LEAST_SHOWN:
        return "under 1%"
    return "over 99%" if chance > 1 - LEAST_SHOWN else f"{chance:.0%}"
