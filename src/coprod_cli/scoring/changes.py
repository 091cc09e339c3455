"""What one project's people said in several rounds goes in; how its scores changed, and how surely, comes out.

Like for like: one role at a time, on the closed items that both rounds asked and the dimensions that both can be scored
on. The same person gets the same chances in every round (see intervals.py), so people who answered twice are drawn
together and what they have in common cancels out; people of different rounds who are not known to be the same are
independent. Facts on paper do not enter: a limit that holds a score down says nothing of what people came to think.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import nan

import numpy as np
import numpy.typing as npt

from coprod_cli.model.comparison import Change
from coprod_cli.model.framework import Scoring
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.intervals import find_probability_up
from coprod_cli.scoring.measuring import OUTWEIGHED, Measured, Spoken
from coprod_cli.scoring.scorer import Limit, Project, Scorer
from coprod_cli.telling import order_rounds

Places = npt.NDArray[np.int64]
# A convention: rounds are called linked when at least one in four people of the smaller one answered both.
LINKED_SHARE = 0.25
POINTS_UP = 5.0
UNLIKE = "One round rests on closed questions, the other on comments alone, so they cannot be compared."


def compare_waves(project: Project, scorer: Scorer) -> list[Change]:
    """Every round with the one before it, and the last with the first where there are more than two, role by role."""
    found: list[Change] = []
    for role in sorted({group.role for group in project.spoken}):
        groups = {group.wave: group for group in project.spoken if group.role == role and group.wave}
        for before, after in pair_rounds(groups, scorer.rounds):
            sides = [_Side(project.spoken[groups[name]], project.measured[groups[name]]) for name in (before, after)]
            narrowed = len({each.spoken.said.asked for each in sides}) > 1
            first, second = _make_alike(sides[0], sides[1], scorer)
            found.extend(_Pair(first, second, scorer, narrowed).compare())
    return found


def pair_rounds(names: Collection[str], given: Sequence[str]) -> list[tuple[str, str]]:
    """Each round with the one before it, and the last with the first where there are more than two; earlier first."""
    ordered = order_rounds(names, given)
    return [*pairwise(ordered), *([(ordered[0], ordered[-1])] if len(ordered) > 2 else [])]  # noqa: PLR2004


def name_change(before: Group, after: Group, dimension: str, items: int, why_not: str = "") -> Change:
    """A change of which nothing is known but what it is of, how many closed items it rests on, and why."""
    return Change(
        project=before.project,
        role=before.role,
        dimension=dimension,
        before=before.wave,
        after=after.wave,
        change=nan,
        low=nan,
        high=nan,
        probability_up=nan,
        probability_up_5=nan,
        people_before=-1,
        people_after=-1,
        people_both=-1,
        linked=False,
        items=items,
        verdict="",
        why_not=why_not,
    )


def say_too_few(least: int) -> str:
    """That too few people answered in one of the rounds."""
    return f"Not enough answers to say: it takes at least {least} people in each round."


def judge_change(probability_up: float, low: float, high: float, rules: Scoring) -> str:
    """The wording of a change. A sure one needs a likely range, too, that leaves out no change at all."""
    if probability_up >= rules.sure_change and low > 0:
        return "better"
    if 1 - probability_up >= rules.sure_change and high < 0:
        return "worse"
    if probability_up >= rules.likely_change:
        return "probably better"
    return "probably worse" if 1 - probability_up >= rules.likely_change else "no clear change"


@dataclass(frozen=True)
class _Side:
    """One round: what people said in it, and what was measured of that."""

    spoken: Spoken
    measured: Mapping[str, Measured]


def _make_alike(before: _Side, after: _Side, scorer: Scorer) -> tuple[_Side, _Side]:
    """Both rounds on the items they share, and then on the dimensions that both can be scored on."""
    shared = before.spoken.said.asked & after.spoken.said.asked
    sides = [_narrow(each, shared, scorer) for each in (before, after)]
    common = frozenset(sides[0].measured) & frozenset(sides[1].measured) - {OVERALL}
    first, second = (_hold(each, common, scorer) for each in sides)
    return first, second


def _narrow(side: _Side, items: frozenset[str], scorer: Scorer) -> _Side:
    said = side.spoken.said.narrow(items)
    return side if said is side.spoken.said else _measure(replace(side.spoken, said=said), scorer)


def _hold(side: _Side, dimensions: frozenset[str], scorer: Scorer) -> _Side:
    """The same on some dimensions only; those that were not measured anyway need no measuring anew."""
    if frozenset(side.measured) - {OVERALL} <= dimensions:
        return side
    out = np.array([name not in dimensions for name in side.spoken.dimensions])
    said = side.spoken.said
    items, comments, blend = (np.where(out, np.nan, each) for each in (said.items, said.comments, said.blend))
    return _measure(replace(side.spoken, said=replace(said, items=items, comments=comments, blend=blend)), scorer)


def _measure(spoken: Spoken, scorer: Scorer) -> _Side:
    return _Side(spoken, scorer.measure(spoken))


@dataclass(frozen=True)
class _Pair:
    """Two rounds made alike."""

    before: _Side
    after: _Side
    scorer: Scorer
    narrowed: bool

    def compare(self) -> Iterator[Change]:
        """One change a dimension, and overall; with a sentence in its place where nothing may be said."""
        for dimension in (*(each.id for each in self.scorer.framework.dimensions), OVERALL):
            why_not = self._find_obstacle(dimension)
            yield self._head(dimension, why_not) if why_not else self._compare(dimension)

    def _find_obstacle(self, dimension: str) -> str:
        """Why nothing may be said of a dimension, in a sentence; empty where something may."""
        least = self.scorer.thresholds.min_change
        sides = (self.before, self.after)
        people = [each.measured[dimension].people for each in sides if dimension in each.measured]
        counting = [each.measured[dimension].effective for each in sides if dimension in each.measured]
        limit = self.scorer.limits.get(self.before.spoken.said.group.project, Limit())
        unasked = dimension != OVERALL and not self._count_items(dimension)
        obstacles = {
            limit.withheld: dimension == OVERALL and bool(limit.withheld),
            "No closed question about this was asked in both rounds.": unasked
            and all(each.spoken.rated for each in sides),
            UNLIKE: len({each.spoken.basis for each in sides if each.spoken.spoke}) > 1,
            say_too_few(least): min(*people, *(each.spoken.count(dimension) for each in sides)) < least,
            OUTWEIGHED: min(*counting, *(each.spoken.weigh(dimension) for each in sides)) < least,
            "There is no score that rests on the same questions in both rounds.": len(people) < len(sides),
        }
        return next((why_not for why_not, there in obstacles.items() if there), "")

    def _compare(self, dimension: str) -> Change:
        rules = self.scorer.framework.scoring
        before, after = self.before.measured[dimension], self.after.measured[dimension]
        draws = after.widened - before.widened
        change = after.estimate - before.estimate
        low, high = (float(end) for end in np.quantile(draws, [0.5 - rules.level / 2, 0.5 + rules.level / 2]))
        up = find_probability_up(draws)
        both = self._count_both(dimension)
        low, high = min(low, change), max(high, change)
        return self._head(dimension)._replace(
            change=change,
            low=low,
            high=high,
            probability_up=up,
            probability_up_5=float(np.mean(draws >= POINTS_UP)),
            people_before=before.people,
            people_after=after.people,
            people_both=both,
            linked=both >= LINKED_SHARE * min(before.people, after.people),
            verdict=judge_change(up, low, high, rules),
            basis=max(before.basis, after.basis, key=len),
            narrowed=self.narrowed and after.basis != "comments",
        )

    def _head(self, dimension: str, why_not: str = "") -> Change:
        first, second = self.before.spoken.said.group, self.after.spoken.said.group
        return name_change(first, second, dimension, self._count_items(dimension), why_not)

    def _count_items(self, dimension: str) -> int:
        """The closed items that both rounds asked; overall, those of the dimensions that both can be scored on."""
        shared = self.before.spoken.said.asked & self.after.spoken.said.asked
        wanted = set(self.before.measured) & set(self.after.measured) if dimension == OVERALL else {dimension}
        return sum(1 for item in shared if self.scorer.dimension_of.get(item) in wanted)

    @cached_property
    def _both(self) -> tuple[Places, Places]:
        """Where in each round the people stand who are known to be in both."""
        first, second = (
            {person: place for place, person in enumerate(side.spoken.said.people)}
            for side in (self.before, self.after)
        )
        shared = sorted(first.keys() & second.keys())
        return (
            np.array([first[person] for person in shared], dtype=np.int64),
            np.array([second[person] for person in shared], dtype=np.int64),
        )

    def _count_both(self, dimension: str) -> int:
        """How many people spoke of a dimension, or, overall, of any, in both rounds."""
        first, second = self._both
        there = self._find_there(self.before, dimension)[first] & self._find_there(self.after, dimension)[second]
        return int(there.sum())

    @staticmethod
    def _find_there(side: _Side, dimension: str) -> npt.NDArray[np.bool_]:
        values = side.spoken.values
        if dimension != OVERALL:
            values = values[:, [side.spoken.dimensions.index(dimension)]]
        return np.asarray(~np.isnan(values).all(axis=1))
