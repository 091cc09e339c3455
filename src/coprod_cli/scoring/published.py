"""Scores as they were published, with their likely ranges, go in; rounds and projects compared by them come out.

There are no draws in a results folder, so each score is taken for normal, as wide as its likely range says, and for
independent of every other. Where the same people answered twice, that makes a change look less sure than it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np
from scipy import special

from coprod_cli.model.comparison import Beside, Change
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL, Score
from coprod_cli.scoring.changes import POINTS_UP, UNLIKE, judge_change, name_change, pair_rounds, say_too_few
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.intervals import draw_noise
from coprod_cli.scoring.measuring import OUTWEIGHED
from coprod_cli.scoring.standings import LEAST_VARIANCE, Kept, compare_projects
from coprod_cli.telling import order_rounds

_LIMIT = 100.0


@dataclass(frozen=True)
class PublishedRound:
    """One project as one role saw it in one round: its scores and the closed items asked, both by dimension."""

    group: Group
    scores: Mapping[str, Score]
    items: Mapping[str, frozenset[str]]


def find_spread(score: Score, level: float) -> float:
    """The standard deviation, in points, of a normal score with this likely range."""
    reach = float(special.ndtri(0.5 + level / 2))
    return max((score.high - score.low) / (2 * reach), sqrt(LEAST_VARIANCE))


def stand_published(
    rounds: Sequence[PublishedRound],
    framework: Framework,
    thresholds: Thresholds,
    seed: int,
    given: Sequence[str] = (),
) -> Beside:
    """Each project's latest round that has an overall score, side by side; draws are normal ones made anew.

    given: rounds in the order of time, where their names do not tell it.
    """
    rules, kept = framework.scoring, []
    for several in _group(rounds).values():
        told = {each.group.wave: each for each in several if OVERALL in each.scores and each.scores[OVERALL].reportable}
        for wave in order_rounds(told, given)[-1:]:
            group, score = told[wave].group, told[wave].scores[OVERALL]
            noise = draw_noise("published:" + ":".join(group), seed, rules.draws)
            draws = np.clip(score.estimate + noise * find_spread(score, rules.level), 0.0, _LIMIT).astype(np.float32)
            found = Kept(group, score.estimate, score.low, score.high, score.people, score.basis, draws)
            kept.append(found if isnan(score.effective) else found._replace(effective=score.effective))
    return compare_projects(kept, framework, thresholds)


def compare_published(  # noqa: PLR0913  # every input is named by its caller
    rounds: Sequence[PublishedRound],
    known: Sequence[Change],
    framework: Framework,
    thresholds: Thresholds,
    given: Sequence[str] = (),
    *,
    allow_break: bool = False,
) -> list[Change]:
    """Every round with the one before it, and the last with the first where there are more than two.

    Args:
        rounds: of all projects and roles.
        known: changes that the results hold already, taken as they are.
        framework: dimensions, level and wording.
        thresholds: the fewest people in each round.
        given: rounds in the order of time, where their names do not tell it.
        allow_break: whether scores are compared, too, that do not rest on the same closed items.
    """
    stored: dict[tuple[Group, str], list[Change]] = {}
    for each in known:
        stored.setdefault((Group(each.project, each.role, each.before), each.after), []).append(each)
    found: list[Change] = []
    for several in _group(rounds).values():
        named = {each.group.wave: each for each in several if each.group.wave}
        for before, after in pair_rounds(named, given):
            first, second = named[before], named[after]
            ready = stored.get((first.group, after))
            pair = _Pair(first, second, framework, thresholds, allow_break)
            found.extend(ready if ready is not None else pair.compare())
    return found


def _group(rounds: Sequence[PublishedRound]) -> dict[tuple[str, str], list[PublishedRound]]:
    found: dict[tuple[str, str], list[PublishedRound]] = {}
    for each in sorted(rounds, key=lambda each: each.group):
        found.setdefault((each.group.project, each.group.role), []).append(each)
    return found


@dataclass(frozen=True)
class _Pair:
    """Two published rounds of one project and role."""

    before: PublishedRound
    after: PublishedRound
    framework: Framework
    thresholds: Thresholds
    allow_break: bool

    def compare(self) -> Iterator[Change]:
        for dimension in (*(each.id for each in self.framework.dimensions), OVERALL):
            first, second = self.before.scores.get(dimension), self.after.scores.get(dimension)
            if first is None or second is None or not (first.reportable and second.reportable):
                yield self._head(dimension, "Not enough answers to say: one of the rounds has no such score.")
            elif why_not := self._find_obstacle(dimension, first, second):
                yield self._head(dimension, why_not)
            else:
                yield self._compare(dimension, first, second)

    def _find_obstacle(self, dimension: str, first: Score, second: Score) -> str:
        least = self.thresholds.min_change
        if min(first.people, second.people) < least:
            return say_too_few(least)
        if any(each.effective < least for each in (first, second)):
            return OUTWEIGHED
        if (first.basis == "comments") != (second.basis == "comments"):
            return UNLIKE
        if not all(isnan(end) for each in (first, second) for end in (each.before_limits, each.high_before)):
            return "A fact on paper held one of the scores down, so results folders cannot tell what people changed."
        alike = all(self.before.items.get(name) == self.after.items.get(name) for name in self._list_used(dimension))
        if not alike and first.basis != "comments" and not self.allow_break:
            return "The rounds asked different closed questions, and results folders cannot tell those apart."
        return ""

    def _list_used(self, dimension: str) -> list[str]:
        """The dimensions that a score rests on in either round."""
        if dimension != OVERALL:
            return [dimension]
        told = [side.scores.get(each.id) for each in self.framework.dimensions for side in (self.before, self.after)]
        return sorted({each.dimension for each in told if each is not None and each.reportable})

    def _compare(self, dimension: str, first: Score, second: Score) -> Change:
        rules = self.framework.scoring
        change = second.estimate - first.estimate
        spread = sqrt(find_spread(first, rules.level) ** 2 + find_spread(second, rules.level) ** 2)
        reach = float(special.ndtri(0.5 + rules.level / 2)) * spread
        up = float(special.ndtr(change / spread))
        low, high = max(change - reach, -_LIMIT), min(change + reach, _LIMIT)
        return self._head(dimension)._replace(
            change=change,
            low=low,
            high=high,
            probability_up=up,
            probability_up_5=float(special.ndtr((change - POINTS_UP) / spread)),
            people_before=first.people,
            people_after=second.people,
            people_both=-1,
            verdict=judge_change(up, low, high, rules),
            basis=max(first.basis, second.basis, key=len),
        )

    def _head(self, dimension: str, why_not: str = "") -> Change:
        shared = sum(
            len(self.before.items.get(name, frozenset()) & self.after.items.get(name, frozenset()))
            for name in self._list_used(dimension)
        )
        return name_change(self.before.group, self.after.group, dimension, shared, why_not)
