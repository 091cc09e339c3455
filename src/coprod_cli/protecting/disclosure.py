"""Exact Findings and an audience go in; Findings with small numbers withheld come out, before anything is written.

Groups under the minimum have no score and no base; roles that fewer people have in the whole survey are not told of by
themselves at all. Scores are rounded in figures.py, counts of themes withheld in suppression.py, words in words.py,
flags and the quality of answers in signs.py; releases.py and freezing.py see to earlier reports. Withheld counts are
NaN or -1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import pandas as pd

from coprod_cli.model.comparison import Beside
from coprod_cli.model.findings import Base, Findings, Quality
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.release import Group, Release
from coprod_cli.model.survey import Notice
from coprod_cli.protecting.checked import show_checked
from coprod_cli.protecting.coders import show_coders
from coprod_cli.protecting.emerging import show_emerging
from coprod_cli.protecting.figures import (
    show_beside,
    show_changes,
    show_contrasts,
    show_gates,
    show_rungs,
    show_scores,
    show_sectors,
    show_variants,
)
from coprod_cli.protecting.freezing import hold_back
from coprod_cli.protecting.releases import THEMES, Since, State, compare_releases
from coprod_cli.protecting.settling import settle_figures
from coprod_cli.protecting.signs import show_closed, show_flags, show_governance, show_quality, show_weighting
from coprod_cli.protecting.spreads import show_spreads
from coprod_cli.protecting.suppression import (
    WITHHELD,
    find_several,
    find_unled,
    know_base,
    show_base,
    withhold_counts,
)
from coprod_cli.protecting.totals import UNTOLD, Size, choose_step, round_to
from coprod_cli.protecting.words import keep_quotable, show_quotes
from coprod_cli.telling import ROLE_WORDS


class _OfRole(Protocol):
    @property
    def role(self) -> str: ...


_OfRoleT = TypeVar("_OfRoleT", bound=_OfRole)


def for_publication(findings: Findings, releases: Sequence[Release] = ()) -> Findings:
    """The findings as their audience may see them, rounded; "raw" is for the data holder and withholds nothing.

    Args:
        findings: exact.
        releases: earlier reports that readers may set beside this one, the latest last.
    """
    limits = findings.framework.thresholds_for(findings.settings.audience)
    if findings.settings.audience == "raw":
        every = show_quotes(findings.quotes, findings.coded, findings.themes, limits)
        return settle_figures(replace(findings, quotes=every))
    scarce = {role for role, people in findings.people_by_role if people < limits.min_base}
    exact = _leave_out(findings, scarce)
    since = compare_releases(exact, limits, releases)
    shown = _show(exact, limits, since)
    emerging = tuple(show_emerging(exact.emerging, limits, counted=not releases))
    shown = hold_back(shown, since, releases) if releases else shown
    shown = replace(
        shown,
        checked=show_checked(exact.checked, shown.themes, limits, counted=not releases),
        coders=show_coders(exact.coders, limits, counted=not releases),
    )
    spread = {(each.project, each.role, each.wave) for each in shown.spreads}
    sizes = {(each.project, each.role, each.wave): each.answered for each in exact.bases}
    known = {group: people for group, people in sizes.items() if releases or group in spread}
    shown = _show_totals(shown, known, sum(each.role in scarce for each in findings.bases), limits)
    return settle_figures(replace(shown, emerging=emerging, notices=(*shown.notices, *_tell_scarce(scarce, limits))))


def _show(exact: Findings, limits: Thresholds, since: Since) -> Findings:
    themes = withhold_counts(exact.themes, limits, since.themes)
    return replace(
        exact,
        people_by_role=tuple((role, show_base(people, limits)) for role, people in exact.people_by_role),
        bases=tuple(_show_base(each, limits) for each in exact.bases),
        scores=show_scores(exact.scores, limits),
        rungs=show_rungs(exact.rungs, exact.framework, limits),
        contrasts=show_contrasts(exact.contrasts, limits),
        changes=show_changes(exact.changes, limits, exact.framework.scoring),
        variants=show_variants(exact.variants, exact.scores, limits),
        sectors=show_sectors(exact.sectors, exact.scores, limits),
        beside=show_beside(exact.beside, limits, exact.framework.scoring),
        gates=show_gates(exact.gates),
        themes=themes,
        themes_beside=withhold_counts(exact.themes_beside, limits, since.beside),
        quotes=show_quotes(exact.quotes, exact.coded, themes, limits),
        coded=keep_quotable(exact.coded, exact.consented, themes, limits),
        flags=show_flags(exact.flags, exact.coded, exact.framework, exact.settings.engine, limits),
        governance=show_governance(exact.governance, limits),
        closed=show_closed(exact.closed, limits),
        spreads=show_spreads(exact.spreads, limits),
        quality=show_quality(exact.quality, limits),
        weighting=show_weighting(exact.weighting, limits),
        unled=find_unled(exact.themes, themes),
        several=frozenset(
            key
            for key in find_several(exact.themes, themes)
            if since.wrote.get((THEMES, *key[:3]), State.NEW) is State.NEW
        ),
    )


def _leave_out(findings: Findings, scarce: set[str]) -> Findings:
    """Without the roles that few people have in the whole survey."""

    def keep(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[~frame["role"].isin(scarce)].reset_index(drop=True)

    def pick(values: Iterable[_OfRoleT]) -> tuple[_OfRoleT, ...]:
        return tuple(each for each in values if each.role not in scarce)

    quality, beside = findings.quality, findings.beside
    return replace(
        findings,
        people_by_role=tuple((role, people) for role, people in findings.people_by_role if role not in scarce),
        bases=pick(findings.bases),
        scores=keep(findings.scores),
        rungs=keep(findings.rungs),
        themes=keep(findings.themes),
        themes_beside=keep(findings.themes_beside),
        changes=pick(findings.changes),
        variants=pick(findings.variants),
        quality=Quality(
            pick(quality.alphas), pick(quality.correlations), pick(quality.habits), pick(quality.unanswered)
        ),
        weighting=pick(findings.weighting),
        beside=Beside(pick(beside.standings), pick(beside.spreads), pick(beside.pairings)),
        spreads=pick(findings.spreads),
    )


def _tell_scarce(scarce: set[str], limits: Thresholds) -> list[Notice]:
    if not scarce:
        return []
    names = [name for role, name in ROLE_WORDS.items() if role in scarce]
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    message = f"There were fewer than {limits.min_base} each of these, so nothing is told of them by themselves: {who}."
    return [Notice("few-in-role", message)]


def _show_base(each: Base, limits: Thresholds) -> Base:
    group = (each.project, each.role, each.wave)
    if each.answered < limits.min_base:
        return Base(*group, WITHHELD, WITHHELD, WITHHELD)
    return Base(*group, *(show_base(people, limits) for people in (each.answered, each.rated, each.commented)))


def _show_totals(shown: Findings, known: Mapping[Group, int], left_out: int, limits: Thresholds) -> Findings:
    """The totals of the survey, rounded or withheld where they would give a withheld group away.

    The rows read stay the forms used and the rows left out, so that every row is accounted for. known: the groups of
    which an earlier report, or the shares of their answers to closed questions, may give the exact size.
    """
    told = [
        Size(people, people)
        if (people := known.get((each.project, each.role, each.wave)))
        else know_base(each.answered, limits)
        for each in shown.bases
        if each.answered != WITHHELD
    ]
    hidden = len(shown.bases) - len(told) + left_out
    totals = (shown.people, shown.forms, shown.responses)
    steps = {choose_step(each, told, hidden, limits.min_base - 1, limits.small_cell) for each in totals}
    step = UNTOLD if UNTOLD in steps or shown.people < limits.min_base else max(steps)
    if step == 1:
        return shown
    people, forms, responses = (round_to(each, step) if step else WITHHELD for each in totals)
    rows_read = forms + shown.rows_read - shown.forms if step else WITHHELD
    return replace(shown, people=people, forms=forms, responses=responses, rows_read=rows_read, totals_step=step)
