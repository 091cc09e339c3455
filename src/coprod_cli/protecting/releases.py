"""New findings and an earlier report go in; what the two together may not give away comes out, group by group.

Whoever holds both reports can take the one from the other, and is left with the few people who answered between them.
So a group that fewer people than the minimum joined or left since is frozen: nothing new is told of it, and the earlier
report stands. Whether it changed is decided for the whole group at once: withholding only what changed would tell what
the newcomers said. A group that enough people joined is told, but the difference of two counts is held to the same
rules as any count. Where the same files were read, nobody came between.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from math import isnan, nan
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.release import Counts, Group, Release
from coprod_cli.model.tables import RungChance, Score, ThemeCount, rows
from coprod_cli.protecting.figures import show_rungs, show_scores
from coprod_cli.protecting.suppression import EXACT_FROM, NO_PAST, PARTS, Key, Past, know_base
from coprod_cli.protecting.totals import STEPS, Size, spread

THEMES, BESIDE = "themes", "themes_beside"


class State(IntEnum):
    """What became of a group since an earlier report; the greater is the graver."""

    NEW = 0
    GROWN = 1
    SAME = 2
    FROZEN = 3


class Since(NamedTuple):
    """What an earlier report does to a new one.

    groups: the state of every group by who answered. wrote: the state by what they wrote, by scope and group, of all
    projects together, too. themes, beside: what may not be told of the counts of themes.
    """

    groups: Mapping[Group, State]
    wrote: Mapping[tuple[str, ...], State]
    themes: Mapping[Key, Past]
    beside: Mapping[Key, Past]

    @property
    def frozen(self) -> frozenset[Group]:
        """The groups of which nothing new is told."""
        return frozenset(group for group, state in self.groups.items() if state is State.FROZEN)


def compare_releases(exact: Findings, limits: Thresholds, releases: Iterable[Release]) -> Since:
    """What all earlier reports together do to the new one: of several, the gravest counts."""
    groups: dict[Group, State] = {}
    wrote: dict[tuple[str, ...], State] = {}
    themes: dict[Key, Past] = {}
    beside: dict[Key, Past] = {}
    for release in releases:
        judge = _Judge(exact, limits, release)
        for base in exact.bases:
            group = (base.project, base.role, base.wave)
            groups[group] = max(groups.get(group, State.NEW), judge.judge_base(group, base.answered))
        for scope, counts, past in ((THEMES, exact.themes, themes), (BESIDE, exact.themes_beside, beside)):
            for group, state in judge.judge_themes(scope, list(rows(counts, ThemeCount)), groups, past):
                wrote[scope, *group] = max(wrote.get((scope, *group), State.NEW), state)
    return Since(groups, wrote, themes, beside)


class _Judge:
    """One earlier report beside the new findings."""

    def __init__(self, exact: Findings, limits: Thresholds, release: Release) -> None:
        self._limits, self._release = limits, release
        self._then = exact.framework.thresholds_for(release.audience)
        self._scores = {
            (each.project, each.role, each.wave, each.dimension): (each.estimate, each.low, each.high)
            for each in rows(show_scores(exact.scores, self._then), Score)
            if each.reportable
        }
        self._said = _list_said(show_rungs(exact.rungs, exact.framework, self._then))
        self._now = {(base.project, base.role, base.wave): base.answered for base in exact.bases}
        self._nobody_came = (
            release.inputs == {each.sha256 for each in exact.provenance.sources}
            and release.mapping_sha256 == exact.provenance.mapping_sha256
            and release.keep_partial == exact.settings.keep_partial
        )

    def judge_base(self, group: Group, people: int) -> State:
        """The state of a group by how many answered and by its scores."""
        then = self._release.bases.get(group)
        if then is None:
            return self._judge_newcomer(group, people)
        if isnan(then[0]) and not self._release.scores.get(group):
            return State.NEW
        return self._judge_group(group, group, people)

    def _judge_newcomer(self, group: Group, people: int) -> State:
        """A group with a new name may be an earlier one, or part of it, under another name."""
        gone = [
            each
            for each, shown in self._release.bases.items()
            if each not in self._now and not isnan(shown[0]) and (each[0] == group[0] or each[1] == group[1])
        ]
        near = [self._judge_group(group, each, people) for each in gone]
        return State.FROZEN if State.FROZEN in near else State.NEW

    def _judge_group(self, group: Group, before: Group, people: int) -> State:
        """The state of a group, taken for the one that the report calls `before`."""
        size = self._know(self._release.bases[before][0])
        told = self._release.scores.get(before, {})
        if self._nobody_came or (
            size.low <= people <= size.high
            and _agree(self._release.said.get(before, ()), self._said.get(group, ()))
            and all(self._scores.get((*group, dimension)) == figures for dimension, figures in told.items())
        ):
            return State.SAME
        return State.GROWN if _measure(people, size) >= self._limits.min_base else State.FROZEN

    def _know(self, shown: float) -> Size:
        return Size(1, self._then.min_base - 1) if isnan(shown) else know_base(shown, self._then)

    def judge_themes(
        self, scope: str, counts: list[ThemeCount], groups: Mapping[Group, State], past: dict[Key, Past]
    ) -> Iterator[tuple[Group, State]]:
        """The state of each group by its themes, all together; what that does to their counts is added to `past`."""
        together: dict[Group, list[ThemeCount]] = {}
        for each in counts:
            together.setdefault((each.project, each.role, each.wave), []).append(each)
        states = {group: self._judge_counts(scope, group, own) for group, own in together.items()}
        told_before = {(role, wave) for about, _, role, wave, _ in self._release.counts if about == scope}
        for group, own in together.items():
            state = State.FROZEN if groups.get(group) is State.FROZEN else states[group]
            for each in own:
                key = (*group, each.theme)
                told = self._release.counts.get((scope, *key))
                if group[1:] in told_before:
                    past[key] = _join(past.get(key, NO_PAST), self._limit(state, told))
            yield group, state

    def _judge_counts(self, scope: str, group: Group, own: list[ThemeCount]) -> State:
        """The state of a group by what its people wrote."""
        commenters = own[0].commenters
        if (scope, *group) not in self._release.commenters:
            return State.NEW
        then = self._know_commenters(scope, group)
        same = then.low <= commenters <= then.high
        for each in own:
            told = self._release.counts.get((scope, *group, each.theme), ())
            now = (getattr(each, part) for part in PARTS)
            same &= all(isnan(before) or before == after for before, after in zip(told, now, strict=False))
        if same or self._nobody_came:
            return State.SAME
        return State.GROWN if _measure(commenters, then) >= self._limits.min_base else State.FROZEN

    def _know_commenters(self, scope: str, group: Group) -> Size:
        """As told; a sum beside withheld groups may have been rounded more coarsely than others."""
        shown = self._release.commenters[scope, *group]
        size = self._know(shown)
        if group[0] or isnan(shown):
            return size
        coarse = max(step for step in STEPS if shown % step == 0)
        wide = spread(int(shown), coarse) if shown < EXACT_FROM or coarse > 1 else size
        return Size(min(size.low, wide.low), max(size.high, wide.high))

    def _limit(self, state: State, then: Counts | None) -> Past:
        """What may not be told of the counts of one theme of one group: all, unless they are as they were.

        Beside the counts of then, new ones of any project would tell what those said who came between.
        """
        told = (False,) * len(PARTS) if then is None else tuple(not isnan(each) for each in then)
        return Past(tuple(not each for each in told) if state is State.SAME else (True,) * len(PARTS), told)


def _list_said(rungs: pd.DataFrame) -> dict[Group, Counts]:
    """By group, the shares of those who chose each rung when asked, then how many people those are."""
    found: dict[Group, list[RungChance]] = {}
    for each in rows(rungs, RungChance):
        found.setdefault((each.project, each.role, each.wave), []).append(each)
    return {
        group: (*(each.said for each in own), float(own[0].said_people) if own[0].said_people >= 0 else nan)
        for group, own in found.items()
    }


def _agree(then: Counts, now: Counts) -> bool:
    """Whether what is told is what was told, and what is withheld was withheld; so too where nothing was told."""
    pairs = list(zip(then, now, strict=False))
    return all(map(isnan, then)) or (
        bool(pairs) and all(before == after or (isnan(before) and isnan(after)) for before, after in pairs)
    )


def _measure(people: float, then: Size) -> float:
    """How many people fewer or more there are, at the least."""
    return max(people - then.high, then.low - people, 0)


def _join(one: Past, other: Past) -> Past:
    return Past(
        tuple(a or b for a, b in zip(one.barred, other.barred, strict=True)),
        tuple(a or b for a, b in zip(one.fixed, other.fixed, strict=True)),
    )
