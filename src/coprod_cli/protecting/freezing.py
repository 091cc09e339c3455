"""Findings fit for their audience, and the groups of which nothing new may be told, go in; the same without those."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan

import pandas as pd

from coprod_cli.model.comparison import Beside
from coprod_cli.model.findings import Base, Findings, Flag, Quality
from coprod_cli.model.framework import FlagRule
from coprod_cli.model.release import Release
from coprod_cli.model.survey import Notice
from coprod_cli.model.tables import Score, ThemeCount, require, rows, table
from coprod_cli.protecting.releases import BESIDE, THEMES, Since, State
from coprod_cli.protecting.spreads import hold_spreads
from coprod_cli.protecting.suppression import WITHHELD
from coprod_cli.telling import BESIDE_EARLIER, ROLE_WORDS

PRACTITIONER, PARENT = "practitioner", "parent"


def hold_back(shown: Findings, since: Since, releases: Sequence[Release]) -> Findings:
    """Groups that only a few people joined or left since are told as they were, or not at all.

    Args:
        shown: fit for the audience by itself.
        since: the state of each group.
        releases: the earlier reports, the latest last: what is told as it was is told as there.
    """
    roles = {role for _, role, _ in since.frozen}
    quality, beside = shown.quality, shown.beside
    return replace(
        shown,
        bases=tuple(_hold_base(each, since, releases) for each in shown.bases),
        scores=_hold_scores(shown.scores, since),
        rungs=_hold_rows(shown.rungs, since),
        themes=_hold_commenters(shown.themes, THEMES, since),
        themes_beside=_hold_commenters(shown.themes_beside, BESIDE, since),
        contrasts=tuple(
            each
            for each in shown.contrasts
            if not {(each.project, role, each.wave) for role in (PARENT, PRACTITIONER)} & since.frozen
        ),
        changes=tuple(
            each
            for each in shown.changes
            if not {(each.project, each.role, wave) for wave in (each.before, each.after)} & since.frozen
        ),
        variants=tuple(each for each in shown.variants if (each.project, each.role, each.wave) not in since.frozen),
        sectors=tuple(each for each in shown.sectors if (each.project, PRACTITIONER, each.wave) not in since.frozen),
        gates=tuple(
            each._replace(chance=nan, met=None) if (each.project, PARENT, each.wave) in since.frozen else each
            for each in shown.gates
        ),
        flags=_hold_flags(shown, since, releases),
        quality=Quality(
            tuple(each for each in quality.alphas if each.role not in roles),
            tuple(each for each in quality.correlations if each.role not in roles),
            tuple(each for each in quality.habits if each.role not in roles),
            tuple(each for each in quality.unanswered if each.role not in roles),
        ),
        weighting=tuple(each for each in shown.weighting if each.role not in roles),
        beside=Beside(
            tuple(each for each in beside.standings if each.role not in roles),
            tuple(each for each in beside.spreads if each.role not in roles),
            tuple(each for each in beside.pairings if each.role not in roles),
        ),
        spreads=hold_spreads(shown.spreads, since, releases),
        notices=(*shown.notices, *_tell(since)),
    )


def _hold_base(each: Base, since: Since, releases: Sequence[Release]) -> Base:
    group = (each.project, each.role, each.wave)
    if group not in since.frozen:
        return each
    told = next((release.bases[group] for release in reversed(releases) if group in release.bases), (nan, nan, nan))
    return Base(*group, *(WITHHELD if isnan(people) else int(people) for people in told))


def _hold_scores(scores: pd.DataFrame, since: Since) -> pd.DataFrame:
    shown = [
        each._replace(
            estimate=nan,
            low=nan,
            high=nan,
            before_limits=nan,
            low_before=nan,
            high_before=nan,
            weakest="",
            plain_mean=nan,
            plain_low=nan,
            plain_high=nan,
            effective=nan,
            people=WITHHELD,
            reportable=False,
            why_not=BESIDE_EARLIER,
        )
        if (each.project, each.role, each.wave) in since.frozen and each.reportable
        else each
        for each in rows(scores, Score)
    ]
    return require(table(shown, Score), Score)


def _hold_rows(frame: pd.DataFrame, since: Since) -> pd.DataFrame:
    groups = zip(frame["project"], frame["role"], frame["wave"], strict=True)
    kept = pd.Series([group not in since.frozen for group in groups], index=frame.index, dtype=bool)
    return frame[kept].reset_index(drop=True)


def _hold_commenters(counts: pd.DataFrame, scope: str, since: Since) -> pd.DataFrame:
    """How many wrote; withheld where too few did so since, and of all projects together where that of any is."""
    every = list(rows(counts, ThemeCount))
    held = {
        (each.project, each.role, each.wave)
        for each in every
        if isnan(each.commenters) or since.wrote.get((scope, each.project, each.role, each.wave)) is State.FROZEN
    }
    gaps = {(role, wave) for project, role, wave in held if project}
    shown = []
    for each in every:
        withheld = (each.project, each.role, each.wave) in held or (not each.project and (each.role, each.wave) in gaps)
        shown.append(each._replace(commenters=nan) if withheld else each)
    return require(table(shown, ThemeCount), ThemeCount)


def _hold_flags(shown: Findings, since: Since, releases: Sequence[Release]) -> tuple[Flag, ...]:
    """Flags that people's words and ticks raise stay as they were told; those on paper are as they are now."""
    rules = {rule.id: rule for rule in shown.framework.flags}
    panels = {(project, wave) for project, _, wave in since.frozen}
    kept = [each for each in shown.flags if (each.project, each.wave) not in panels or not _hears(rules[each.id])]
    for panel in sorted(panels):
        told = next((release.flags[panel] for release in reversed(releases) if panel in release.flags), ())
        kept += (each for each in told if each.id in rules and _hears(rules[each.id]))
    order = {name: place for place, name in enumerate(rules)}
    return tuple(sorted(kept, key=lambda each: (each.project, each.wave, order[each.id])))


def _hears(rule: FlagRule) -> bool:
    return bool(rule.themes or rule.items or rule.anchor or rule.has("points"))


def _tell(since: Since) -> list[Notice]:
    if not since.frozen:
        return []
    who = "; ".join(
        f"{project}{f' ({wave})' if wave else ''}, {ROLE_WORDS[role]}" for project, role, wave in sorted(since.frozen)
    )
    message = (
        "Too few people joined or left these groups since an earlier report, or their figures were made in another "
        f"way, so nothing new is told of them and the earlier report stands: {who}."
    )
    return [Notice("earlier-report", message)]
