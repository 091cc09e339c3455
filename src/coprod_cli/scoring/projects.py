"""What everybody said goes in; a score for every project, role and dimension, and all that follows, comes out.

One project is measured at a time and its draws are let go, so that memory does not grow with the projects.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import nan

from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Contrast, Scored, SectorScore, ThemeReliability, Variant
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.gates import Gate, GateResult
from coprod_cli.model.governance import ProjectFacts
from coprod_cli.model.population import ClosedGroup
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import OVERALL, RungChance, Score, require, table
from coprod_cli.scoring.changes import compare_waves
from coprod_cli.scoring.closed_groups import find_closed
from coprod_cli.scoring.composite import combine_dimensions, find_missing, lift_limit
from coprod_cli.scoring.contrasts import contrast_roles
from coprod_cli.scoring.corrected import learn_correction
from coprod_cli.scoring.evidence import Heard
from coprod_cli.scoring.gates import judge_gates
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import MIN_FOR_RANGE, OUTWEIGHED, Measured, Spoken, combine_measured
from coprod_cli.scoring.quality import judge_quality, tell_said
from coprod_cli.scoring.rungs import find_rungs
from coprod_cli.scoring.scorer import Limit, Project, Scorer
from coprod_cli.scoring.sectors import score_sectors
from coprod_cli.scoring.spreads import count_spreads
from coprod_cli.scoring.standings import Kept, compare_projects, keep_latest
from coprod_cli.scoring.ticks import gather_ticks, split_ticks
from coprod_cli.scoring.variants import find_variants


def score_projects(  # noqa: PLR0913  # every input is named by its caller
    survey: Survey,
    heard: Heard,
    framework: Framework,
    thresholds: Thresholds,
    seed: int,
    *,
    limits: Mapping[str, Limit] | None = None,
    facts: Mapping[str, ProjectFacts] | None = None,
    gates: tuple[Gate, ...] = (),
    rounds: tuple[str, ...] = (),
    side_by_side: bool = False,
    coder: Sequence[ThemeReliability] = (),
) -> Scored:
    """Scores for every group that answered, reportable or not, and all that follows from them.

    Args:
        survey: its questions say which dimensions were asked about.
        heard: what everybody said.
        framework: weights, slack, draws, level and priors.
        thresholds: the fewest people behind a number for this audience.
        seed: of the bootstrap; recorded with the results.
        limits: by project, what verified facts do to its score.
        facts: by project, what is on paper about it.
        gates: conditions that a script asked for.
        rounds: in the order of time, where their names do not tell it.
        side_by_side: whether projects are compared with each other, too; one row of draws is kept for each then.
        coder: by theme, how well the machine codes; scores from comments only are corrected for its mistakes.
    """
    asked = frozenset(each.dimension for each in survey.questions if each.dimension)
    untied = not asked and any(each.kind is ColumnKind.ITEM for each in survey.questions)
    dimension_of = {each.name: each.dimension for each in survey.questions if each.dimension}
    scorer = Scorer(framework, thresholds, seed, asked, untied, limits or {}, facts or {}, gates, dimension_of, rounds)
    ticks = gather_ticks(survey, heard, framework)
    correction = learn_correction(coder, heard.themes.names, framework, seed) if heard.themes.alone.any() else None
    scorer = replace(scorer, ticks=split_ticks(ticks, heard), correction=correction)
    scores: list[Score] = []
    rungs: list[RungChance] = []
    contrasts: list[Contrast] = []
    judged: list[GateResult] = []
    variants: list[Variant] = []
    changes: list[Change] = []
    sectors: list[SectorScore] = []
    closed: list[ClosedGroup] = []
    kept: list[Kept] = []
    for name, groups in groupby(heard.groups(), key=lambda said: said.group.project):
        spoken = {said.group: Spoken(said, heard.dimensions, scorer.least) for said in groups}
        project = Project(name, spoken, {group: scorer.measure(each) for group, each in spoken.items()})
        limit = scorer.limits.get(name, Limit())
        for group, each in spoken.items():
            scores.extend(_Reporter(scorer, each, project.measured[group], limit).report())
            rungs.extend(find_rungs(group, project.measured[group], framework, limit.rung_max))
        judged.extend(judge_gates(project, scorer))
        variants.extend(find_variants(project, scorer))
        contrasts.extend(contrast_roles(project.measured, framework, thresholds))
        changes.extend(compare_waves(project, scorer))
        sectors.extend(score_sectors(project, scorer))
        closed.extend(find_closed(project, scorer))
        kept.extend(keep_latest(project, scorer) if side_by_side else ())
    return Scored(
        scores=require(table(scores, Score), Score),
        contrasts=tuple(contrasts),
        rungs=tell_said(require(table(rungs, RungChance), RungChance), survey, framework, thresholds),
        gates=tuple(judged),
        variants=tuple(variants),
        quality=judge_quality(survey, heard, ticks, scorer),
        spreads=count_spreads(survey, heard, ticks, framework),
        changes=tuple(changes),
        sectors=tuple(sectors),
        closed=tuple(closed),
        beside=compare_projects(kept, framework, thresholds),
    )


@dataclass(frozen=True)
class _Reporter:
    """What it takes to put one group's scores into rows, or to say why there are none."""

    scorer: Scorer
    heard: Spoken
    measured: dict[str, Measured]
    limit: Limit

    def report(self) -> Iterator[Score]:
        """A Score row for every dimension and overall; those under the minimum say why and carry no number."""
        for dimension in self.scorer.framework.dimensions:
            yield self._report_one(dimension.id)
        yield self._report_one(OVERALL)

    def _report_one(self, dimension: str) -> Score:
        found = self.measured.get(dimension)
        withheld = self.limit.withheld if dimension == OVERALL else ""
        group = self.heard.said.group
        head = (group.project, group.role, group.wave)
        if found is None or withheld:
            why_not = withheld or (self._excuse_overall() if dimension == OVERALL else self._excuse(dimension))
            people, basis = self.heard.count(dimension), self.heard.basis
            return Score(*head, dimension, nan, nan, nan, people, basis, reportable=False, why_not=why_not)
        level = self.scorer.framework.scoring.level
        low, high = find_range(found.widened, found.estimate, level)
        weakest, mean = self._find_weakest() if dimension == OVERALL else ("", None)
        plain = (mean.estimate, *find_range(mean.widened, mean.estimate, level)) if mean else (nan, nan, nan)
        most = self.limit.score_max if dimension == OVERALL else None
        free = (found.estimate, low, high)
        held, cut = (most is not None and value > most for value in (found.estimate, high))
        estimate, low, high = (value if most is None else min(value, most) for value in free)
        return Score(
            *head,
            dimension,
            estimate=estimate,
            low=low,
            high=high,
            people=found.people,
            basis=found.basis,
            reportable=True,
            why_not="",
            before_limits=free[0] if held else nan,
            low_before=free[1] if cut else nan,
            high_before=free[2] if cut else nan,
            weakest=weakest,
            plain_mean=plain[0],
            plain_low=plain[1],
            plain_high=plain[2],
            effective=found.effective if self._weighs_people() else nan,
        )

    def _find_weakest(self) -> tuple[str, Measured | None]:
        """The core dimension that holds the overall score down, with the weighted mean that it would be without it."""
        own = {name: each for name, each in self.measured.items() if name != OVERALL}
        if self.heard.basis == "comments" or find_missing(own, self.scorer.framework):
            return "", None
        free = lift_limit(self.scorer.framework)
        mean = combine_dimensions({name: each.estimate for name, each in own.items()}, free)
        if mean <= self.measured[OVERALL].estimate:
            return "", None
        core = [each.id for each in free.dimensions if each.core]
        return min(core, key=lambda name: own[name].estimate), combine_measured(own, self.heard, free)

    def _weighs_people(self) -> bool:
        """Whether some people of the group count for more than others."""
        weights = self.heard.said.weights
        return len(set(weights[weights > 0].tolist())) > 1

    def _excuse(self, dimension: str) -> str:
        if self.scorer.asked and dimension not in self.scorer.asked:
            return "No question was asked about this."
        return self._count_people(dimension, self.scorer.thresholds.min_base)

    def _count_people(self, dimension: str, least: int) -> str:
        if self.scorer.untied and not self.heard.spoke:
            return "Not enough answers to say: no closed question is tied to a dimension yet."
        closed = self.heard.rated or (self.scorer.asked and not self.heard.spoke)
        enough = self.heard.count(dimension) >= max(least, MIN_FOR_RANGE)
        if enough and self.heard.weigh(dimension) < max(least, MIN_FOR_RANGE):
            return OUTWEIGHED
        if self.scorer.correction and enough and not closed:
            about = "these comments" if dimension == OVERALL else "comments about this"
            return f"Not enough answers to say: the machine does not read {about} well enough."
        wrote = "" if closed else " wrote about the joint work" if dimension == OVERALL else " wrote about this"
        return f"Not enough answers to say: fewer than {max(least, MIN_FOR_RANGE)} people{wrote}."

    def _excuse_overall(self) -> str:
        """What is missing: people, or questions about a core dimension; the latter cannot be mended by more people."""
        framework, thresholds = self.scorer.framework, self.scorer.thresholds
        if self.scorer.asked:
            unasked = find_missing(self.scorer.asked, framework)
            if unasked:
                return f"No overall score: no question was asked about {_list_names(unasked)}."
            missing = find_missing(self.measured, framework)
            if missing and self.heard.weigh(OVERALL) >= thresholds.min_composite:
                return f"No overall score: not enough answers about {_list_names(missing)}."
        return self._count_people(OVERALL, thresholds.min_composite)


def _list_names(names: tuple[str, ...]) -> str:
    quoted = [name if name[0].isdigit() else f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
