"""Evidence goes in; a score for every project, role and dimension, and the gaps between roles, come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

import pandas as pd

from coprod_cli.model.findings import Contrast
from coprod_cli.model.framework import Framework, Thresholds
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
    responses: pd.DataFrame, evidence: pd.DataFrame, framework: Framework, thresholds: Thresholds, seed: int
) -> Scored:
    """Scores for every group that answered, reportable or not, and contrasts where both roles are large enough.

    Args:
        responses: Response rows; they name the groups, so that a group without evidence is told of too.
        evidence: Evidence rows.
        framework: weights, slack, draws, level and priors.
        thresholds: the fewest people behind a number for this audience.
        seed: of the bootstrap; recorded with the results.
    """
    spoken: dict[Group, list[Evidence]] = {
        group: [] for group in sorted({Group(each.project, each.role, each.wave) for each in rows(responses, Response)})
    }
    for each in rows(evidence, Evidence):
        spoken[Group(each.project, each.role, each.wave)].append(each)
    scores: list[Score] = []
    measured: dict[Group, dict[str, Measured]] = {}
    for group, said in spoken.items():
        heard = GroupEvidence(group, tuple(said))
        measured[group] = measure_group(heard, framework, thresholds, seed)
        scores.extend(_report_group(heard, measured[group], framework, thresholds))
    frame = require(table(scores, Score), Score)
    return Scored(frame, contrast_roles(measured, framework, thresholds))


def _report_group(
    heard: GroupEvidence, measured: dict[str, Measured], framework: Framework, thresholds: Thresholds
) -> Iterator[Score]:
    """A Score row for every dimension and overall; those under the minimum say why and carry no number."""
    level = framework.scoring.level
    for dimension in framework.dimensions:
        score = _report(heard, dimension.id, measured.get(dimension.id), level)
        yield score if score.reportable else _excuse(score, len(heard.about(dimension.id)), thresholds.min_base)
    overall = _report(heard, OVERALL, measured.get(OVERALL), level)
    enough = len(heard.people) >= thresholds.min_composite
    missing = find_missing(set(measured), framework) if heard.rated and enough else ""
    if missing:
        yield overall._replace(people=len(heard.people), why_not=missing)
    elif overall.reportable:
        yield overall
    else:
        yield _excuse(overall, len(heard.people), thresholds.min_composite)


def _report(heard: GroupEvidence, dimension: str, measured: Measured | None, level: float) -> Score:
    if measured is None:
        return Score(*heard.group, dimension, nan, nan, nan, 0, heard.basis, reportable=False, why_not="")
    low, high = find_range(measured.widened, measured.estimate, level)
    return Score(
        *heard.group,
        dimension,
        measured.estimate,
        low,
        high,
        measured.people,
        measured.basis,
        reportable=True,
        why_not="",
    )


def _excuse(score: Score, people: int, least: int) -> Score:
    why = f"Not enough answers to say: fewer than {max(least, MIN_FOR_RANGE)} people."
    return score._replace(estimate=nan, low=nan, high=nan, people=people, reportable=False, why_not=why)
