"""Evidence goes in; a score for every project, role and dimension, and the gaps between roles, come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

import pandas as pd

from coprod_cli.model.findings import Contrast
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import OVERALL, Evidence, Response, Score, require, rows, table
from coprod_cli.scoring.composite import find_missing
from coprod_cli.scoring.contrasts import contrast_roles
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import MIN_FOR_RANGE, Group, GroupEvidence, Measured, measure_group


@dataclass(frozen=True)
class Scored:
    """Score rows, and the contrasts between parents and practitioners."""

    scores: pd.DataFrame
    contrasts: tuple[Contrast, ...]


def score_projects(
    survey: Survey, evidence: pd.DataFrame, framework: Framework, thresholds: Thresholds, seed: int
) -> Scored:
    """Scores for every group that answered, reportable or not, and contrasts where both roles are large enough.

    Args:
        survey: its responses name the groups, so that a group without evidence is told of too; its questions say
            which dimensions were asked about.
        evidence: Evidence rows.
        framework: weights, slack, draws, level and priors.
        thresholds: the fewest people behind a number for this audience.
        seed: of the bootstrap; recorded with the results.
    """
    spoken: dict[Group, list[Evidence]] = {
        group: []
        for group in sorted({Group(each.project, each.role, each.wave) for each in rows(survey.responses, Response)})
    }
    for each in rows(evidence, Evidence):
        spoken[Group(each.project, each.role, each.wave)].append(each)
    asked = frozenset(each.dimension for each in survey.questions if each.dimension)
    untied = not asked and any(each.kind is ColumnKind.ITEM for each in survey.questions)
    scores: list[Score] = []
    measured: dict[Group, dict[str, Measured]] = {}
    for group, said in spoken.items():
        heard = GroupEvidence(group, tuple(said), max(thresholds.min_base, MIN_FOR_RANGE))
        measured[group] = measure_group(heard, framework, thresholds, seed)
        scores.extend(_Reporter(heard, measured[group], framework, thresholds, asked, untied).report())
    frame = require(table(scores, Score), Score)
    return Scored(frame, contrast_roles(measured, framework, thresholds))


@dataclass(frozen=True)
class _Reporter:
    """What it takes to put one group's scores into rows, or to say why there are none."""

    heard: GroupEvidence
    measured: dict[str, Measured]
    framework: Framework
    thresholds: Thresholds
    asked: frozenset[str]
    untied: bool

    def report(self) -> Iterator[Score]:
        """A Score row for every dimension and overall; those under the minimum say why and carry no number."""
        for dimension in self.framework.dimensions:
            yield self._report_one(dimension.id)
        yield self._report_one(OVERALL)

    def _report_one(self, dimension: str) -> Score:
        found = self.measured.get(dimension)
        if found is None:
            people = len(self.heard.people if dimension == OVERALL else self.heard.about(dimension))
            why_not = self._excuse_overall() if dimension == OVERALL else self._excuse(dimension)
            basis = self.heard.basis
            return Score(*self.heard.group, dimension, nan, nan, nan, people, basis, reportable=False, why_not=why_not)
        low, high = find_range(found.widened, found.estimate, self.framework.scoring.level)
        return Score(
            *self.heard.group,
            dimension,
            estimate=found.estimate,
            low=low,
            high=high,
            people=found.people,
            basis=found.basis,
            reportable=True,
            why_not="",
        )

    def _excuse(self, dimension: str) -> str:
        if self.asked and dimension not in self.asked:
            return "No question was asked about this."
        return self._count_people(dimension, self.thresholds.min_base)

    def _count_people(self, dimension: str, least: int) -> str:
        if self.untied and not self.heard.evidence:
            return "Not enough answers to say: no closed question is tied to a dimension yet."
        closed = self.heard.rated or (self.asked and not self.heard.evidence)
        wrote = "" if closed else " wrote about the joint work" if dimension == OVERALL else " wrote about this"
        return f"Not enough answers to say: fewer than {max(least, MIN_FOR_RANGE)} people{wrote}."

    def _excuse_overall(self) -> str:
        """What is missing: people, or questions about a core dimension; the latter cannot be mended by more people."""
        if self.asked:
            unasked = find_missing(self.asked, self.framework)
            if unasked:
                return f"No overall score: no question was asked about {_list_names(unasked)}."
            if len(self.heard.people) >= self.thresholds.min_composite:
                missing = find_missing(self.measured, self.framework)
                return f"No overall score: not enough answers about {_list_names(missing)}."
        return self._count_people(OVERALL, self.thresholds.min_composite)


def _list_names(names: tuple[str, ...]) -> str:
    quoted = [name if name[0].isdigit() else f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
