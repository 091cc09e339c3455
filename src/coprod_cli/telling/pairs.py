"""Findings go in; parents' and practitioners' scores of one project, paired, and what to say of the gap, come out."""

from typing import NamedTuple

from coprod_cli.model.findings import Contrast, Findings
from coprod_cli.model.tables import Score
from coprod_cli.telling.choosing import Panel, pick_profile
from coprod_cli.telling.words import say_range


class Pair(NamedTuple):
    """Both views of one dimension, and the difference where there were enough people to compare."""

    parents: Score
    practitioners: Score
    contrast: Contrast | None

    @property
    def clear(self) -> bool:
        """Whether one group scored clearly higher than the other."""
        return self.contrast is not None and self.contrast.clear


def pair_scores(findings: Findings, panel: Panel) -> list[Pair]:
    """Dimensions both groups can be reported on: clear differences first, the largest of each kind first."""
    contrasts = {
        contrast.dimension: contrast
        for contrast in findings.contrasts
        if (contrast.project, contrast.wave) == (panel.project, panel.wave)
    }
    theirs = {score.dimension: score for score in pick_profile(findings, panel, "practitioner") if score.reportable}
    pairs = [
        Pair(score, theirs[score.dimension], contrasts.get(score.dimension))
        for score in pick_profile(findings, panel, "parent")
        if score.reportable and score.dimension in theirs
    ]
    return sorted(pairs, key=lambda pair: (not pair.clear, -abs(pair.contrast.gap) if pair.contrast else 0.0))


def say_difference(pair: Pair) -> str:
    """The difference in a few words, with its likely range where it is clear."""
    if pair.contrast is None:
        return "too few people to compare"
    if not pair.contrast.clear:
        return "difference unclear"
    higher, _ = order_roles(pair.contrast)
    ends = sorted((abs(pair.contrast.low), abs(pair.contrast.high)))
    if pair.contrast.low < 0 < pair.contrast.high:
        ends[0] = 0.0
    return f"{higher} {abs(pair.contrast.gap):.0f} higher ({say_range(*ends)})"


def order_roles(contrast: Contrast) -> tuple[str, str]:
    """Who scored higher, then who scored lower."""
    names = ("practitioners", "parents and carers")
    return names if contrast.gap > 0 else names[::-1]
