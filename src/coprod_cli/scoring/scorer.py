"""What one group said goes in; what was measured of it, under the rules of one run, comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.gates import Gate
from coprod_cli.model.governance import ProjectFacts
from coprod_cli.scoring.corrected import Correction, correct_scores
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.measuring import MIN_FOR_RANGE, Measured, Spoken, measure_group
from coprod_cli.scoring.ticks import Ticks


@dataclass(frozen=True)
class Limit:
    """What verified facts do to one project's score: hold it and the rung down, or take the score away."""

    score_max: float | None = None
    rung_max: int | None = None
    withheld: str = ""


@dataclass(frozen=True)
class Project:
    """One project while it is being scored: what each of its groups said, and what was measured of it."""

    name: str
    spoken: Mapping[Group, Spoken]
    measured: Mapping[Group, dict[str, Measured]]


@dataclass(frozen=True)
class Scorer:
    """What it takes to score: the rules, the audience's thresholds, the seed, and what is on paper about projects.

    asked: the dimensions that a question was asked about. untied: closed questions were asked, but none is tied to a
    dimension. dimension_of: of each closed item. rounds: in the order of time, where names do not tell it.
    ticks: by group, what its people ticked, in the order of their rows. correction: for the mistakes of the machine
    that coded the comments, where they were measured.
    """

    framework: Framework
    thresholds: Thresholds
    seed: int
    asked: frozenset[str]
    untied: bool
    limits: Mapping[str, Limit] = field(default_factory=dict)
    facts: Mapping[str, ProjectFacts] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    dimension_of: Mapping[str, str] = field(default_factory=dict)
    rounds: tuple[str, ...] = ()
    ticks: Mapping[Group, Ticks] = field(default_factory=dict)
    correction: Correction | None = None

    @property
    def least(self) -> int:
        """The fewest people behind any score."""
        return max(self.thresholds.min_base, MIN_FOR_RANGE)

    def measure(self, spoken: Spoken) -> dict[str, Measured]:
        """Every score of one group that may be had; a closed group's own size narrows its ranges."""
        population = self.find_population(spoken)
        found = measure_group(spoken, self.framework, self.thresholds, self.seed, population)
        if self.correction is None or spoken.rated:
            return found
        return correct_scores(found, spoken, self.correction, self.framework, self.thresholds)

    def find_population(self, spoken: Spoken) -> int:
        """The size of a closed group that may narrow its ranges, else 0.

        It may not where it is not known, nor where it is wrong, as more people answered than were asked, nor where so
        few answered that it hangs more on the others what all of them would say.
        """
        asked, answered = self.count_asked(spoken.said.group), count_answered(spoken)
        return asked if answered <= asked and not self.is_thin(spoken) else 0

    def is_thin(self, spoken: Spoken) -> bool:
        """Whether too small a share of a closed group answered for its size to narrow ranges."""
        return count_answered(spoken) < self.framework.scoring.least_answered * self.count_asked(spoken.said.group)

    def count_asked(self, group: Group) -> int:
        """How many people of that role a closed group has in all; 0 where that is not known."""
        own = self.facts.get(group.project)
        return dict(own.asked).get(group.role, 0) if own else 0


def count_answered(spoken: Spoken) -> int:
    """How many people of a group answered and count."""
    return int((spoken.said.weights > 0).sum())
