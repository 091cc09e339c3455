"""One project as measured goes in; its overall score under other conventions comes out: how much hangs on a choice.

What only weighs the same dimensions anew is taken from the very draws of the score. What changes what a person says is
measured again, with the same people drawn alike, on the first thousand of those draws. Facts that limit a score are
left aside, in the score itself too, so that like is set beside like.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from coprod_cli.model.findings import Variant
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.evidence import Said
from coprod_cli.scoring.habits import DRAWS
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import Measured, Spoken, combine_measured
from coprod_cli.scoring.scorer import Limit, Project, Scorer
from coprod_cli.scoring.ticks import Ticks

AS_SCORED = "as_scored"
SLACKS = (10.0, 20.0)
SILENT = (25.0, 75.0)


@dataclass(frozen=True)
class _Case:
    """One group whose overall score is looked at from other sides. silent: how many were asked and did not answer."""

    spoken: Spoken
    measured: Mapping[str, Measured]
    ticks: Ticks
    scorer: Scorer
    silent: int

    @property
    def framework(self) -> Framework:
        """The rules of the score."""
        return self.scorer.framework

    @property
    def dimensions(self) -> dict[str, Measured]:
        """What was measured of the dimensions."""
        return {name: each for name, each in self.measured.items() if name != OVERALL}

    def combine(self, dimensions: Mapping[str, Measured], framework: Framework | None = None) -> Measured:
        """The overall score of these dimensions, by these rules."""
        return combine_measured(dimensions, self.spoken, framework or self.framework)

    def measure(self, said: Said) -> Measured | None:
        """The overall score if the group had said this."""
        rules = replace(self.framework.scoring, draws=min(DRAWS, self.framework.scoring.draws))
        scorer = replace(self.scorer, framework=replace(self.framework, scoring=rules))
        return scorer.measure(Spoken(said, self.spoken.dimensions, self.spoken.least)).get(OVERALL)


Found = Iterator[tuple[str, str, Measured | None]]


def find_variants(project: Project, scorer: Scorer) -> Iterator[Variant]:
    """The overall score of each group as it is and under every other convention that can change it.

    None where there is no score, where it rests on comments alone, or where facts take it away.
    """
    if scorer.limits.get(project.name, Limit()).withheld:
        return
    for group, measured in project.measured.items():
        if OVERALL not in measured or measured[OVERALL].basis == "comments":
            continue
        silent = max(0, scorer.count_asked(group) - measured[OVERALL].people)
        case = _Case(project.spoken[group], measured, scorer.ticks[group], scorer, silent)
        for vary in VARIANTS.values():
            for variant, name, found in vary(case):
                # Where the weakest dimension sets the score, equal weights cannot move it: nothing to tell of that.
                if found is not None and (variant == AS_SCORED or found.estimate != measured[OVERALL].estimate):
                    low, high = find_range(found.widened, found.estimate, scorer.framework.scoring.level)
                    yield Variant(*group, variant, name, found.estimate, low, high, found.people)


def _keep(case: _Case) -> Found:
    yield AS_SCORED, "As it is scored", case.measured[OVERALL]


def _weigh_equally(case: _Case) -> Found:
    alike = tuple(replace(each, weight=1.0) for each in case.framework.dimensions)
    found = case.combine(case.dimensions, replace(case.framework, dimensions=alike))
    yield "equal_weights", "All dimensions count the same", found


def _drop_each(case: _Case) -> Found:
    for dropped in case.framework.dimensions:
        rest = {name: each for name, each in case.dimensions.items() if name != dropped.id}
        if len(rest) < len(case.dimensions) and any(
            each.core and each.id in rest for each in case.framework.dimensions
        ):
            yield f"without_{dropped.id}", f"Without the dimension “{dropped.name}”", case.combine(rest)


def _change_slack(case: _Case) -> Found:
    for slack in SLACKS:
        if slack != case.framework.scoring.slack:
            rules = replace(case.framework, scoring=replace(case.framework.scoring, slack=slack))
            name = f"At most {slack:.0f} points above the lowest dimension at the heart of co-production"
            yield f"slack_{slack:.0f}", name, case.combine(case.dimensions, rules)


def _leave_comments(case: _Case) -> Found:
    """Left out where so few people's comments entered that the difference would be theirs."""
    said = case.spoken.said
    commenters = int((said.comment_weight > 0).any(axis=1).sum())
    if commenters and commenters >= case.scorer.thresholds.small_cell:
        closed = replace(said, comment_weight=np.zeros_like(said.comment_weight), blend=said.items)
        yield "closed_only", "Closed questions only, no comments", case.measure(closed)


def _balance(case: _Case) -> Found:
    """Forward and reversed questions of a dimension count half each, so that a lean to yes falls out."""
    if not (case.ticks.reversed_ & ~np.isnan(case.ticks.scores)).any():
        return
    said, answered = case.spoken.said, case.ticks.answered
    items = np.where(np.isnan(said.items), np.nan, case.ticks.balance())
    moved = (items - said.items) * answered / np.maximum(answered + said.comment_weight, 1)
    balanced = replace(said, items=items, blend=said.blend + moved)
    yield "balanced", "Questions worded for and against count half each", case.measure(balanced)


def _leave_straight(case: _Case) -> Found:
    """Left out where there are so few straight-liners that the difference would be theirs."""
    straight = case.ticks.find_straight()
    if straight.any() and int(straight.sum()) >= case.scorer.thresholds.small_cell:
        name = "Without people who ticked the same box for every question"
        yield "no_straight_liners", name, case.measure(case.spoken.said.keep(~straight))


def _fill_silent(case: _Case) -> Found:
    """The worst and best that those who were asked and did not answer could make of it, within reason.

    Supposed answers make nobody surer: the draws move with the score, and reach as far as its own.
    """
    for value in SILENT if case.silent else ():
        asked = case.measured[OVERALL].people + case.silent
        filled = {}
        for name, each in case.dimensions.items():
            away = (1 - min(each.people / asked, 1.0)) * (value - each.estimate)
            moved = np.clip(each.widened + away, 0.0, 100.0)
            filled[name] = replace(each, estimate=each.estimate + away, widened=moved)
        yield (
            f"silent_{value:.0f}",
            f"If all who were asked and did not answer would say {value:.0f}",
            case.combine(filled),
        )


VARIANTS: dict[str, Callable[[_Case], Found]] = {
    "as_scored": _keep,
    "equal_weights": _weigh_equally,
    "without": _drop_each,
    "slack": _change_slack,
    "closed_only": _leave_comments,
    "balanced": _balance,
    "no_straight_liners": _leave_straight,
    "silent": _fill_silent,
}
