"""A coder's measured mistakes and what it made of a group's comments go in; scores without those mistakes come out.

Rogan and Gladen's estimator (1978, American Journal of Epidemiology 107:71-76) for three verdicts in place of two
(Buonaccorsi 2010, Measurement Error, section 2.3). Of each theme it is known how often the coder gives each verdict
where the truth is nothing, for or against. These shares, as a matrix M with one column for each true verdict, turn true
counts into coded ones; so the inverse of M turns coded counts into true ones. With two verdicts that is
(apparent + specificity - 1) / (sensitivity + specificity - 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coprod_cli.model.findings import ThemeReliability
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.intervals import (
    Draws,
    count_effective,
    draw_means,
    estimate_means,
    find_range,
    find_tails,
    open_stream,
)
from coprod_cli.scoring.measuring import Measured, Spoken
from coprod_cli.scoring.told import SIDES, Matrix

# Nothing, for and against of the four verdicts; both is half for, half against.
_FOLD = np.column_stack([SIDES.sum(axis=1) == 0, SIDES])
# Jeffreys' prior, for shares as for places: half a case of each kind.
_HALF = 0.5
# Conventions. A verdict must be given this much more often where it is true than where it is not (sensitivity +
# specificity - 1, Youden 1950): below, what remains after the correction is mostly noise.
MIN_YOUDEN = 0.2


@dataclass(frozen=True)
class Correction:
    """What turns coded counts (nothing, for, against) of each theme into true ones (for, against).

    known: themes of which that is known well enough. best: themes x 2 x 3, from the counts measured. drawn: draws x
    themes x 2 x 3, with what is not known of the coder's mistakes. Both are 0 for themes that are not known. seed: of
    these draws, and of the bootstrap that goes with them.
    """

    seed: int
    known: npt.NDArray[np.bool_]
    best: Matrix
    drawn: Matrix


def learn_correction(
    measured: Sequence[ThemeReliability], themes: Sequence[str], framework: Framework, seed: int
) -> Correction | None:
    """The correction of one coder; None where no verdicts of it were measured.

    A theme is known where at least the framework's fewest cases are truly for, and truly against, and the coder gives
    both verdicts clearly more often there than elsewhere. Draws: each row of counts is Dirichlet (Jeffreys' prior),
    counts divided by their design effect, as answers of one writer resemble each other.

    Args:
        measured: what is known of the coder by theme.
        themes: names of the themes, in the order of columns.
        framework: the fewest cases, and how many draws.
        seed: of the drawing; all groups share the draws, since they share the coder.
    """
    found = {each.theme: each for each in measured if each.verdicts}
    if not found:
        return None
    rules = framework.scoring
    known = np.zeros(len(themes), dtype=np.bool_)
    best = np.zeros((len(themes), 2, 3))
    drawn = np.zeros((rules.draws, len(themes), 2, 3))
    for place, theme in enumerate(themes):
        if theme not in found:
            continue
        counts = _FOLD.T @ np.array(found[theme].verdicts, dtype=np.float64) @ _FOLD
        size = counts.sum(axis=1)
        if size[1:].min() < max(rules.min_theme_cases, 1) or not _is_telling(counts / size[:, None]):
            continue
        designs = np.array(found[theme].verdict_designs[:3] or (1.0, 1.0, 1.0))
        lots = open_stream(f"mistakes:{theme}", seed)
        gammas = lots.standard_gamma(counts / designs[:, None] + _HALF, size=(rules.draws, 3, 3))
        known[place] = True
        best[place] = _invert(counts / size[:, None])
        drawn[:, place] = _invert(gammas / gammas.sum(axis=2, keepdims=True))
    return Correction(seed, known, best, drawn)


def correct_scores(
    found: dict[str, Measured],
    spoken: Spoken,
    correction: Correction,
    framework: Framework,
    thresholds: Thresholds,
) -> dict[str, Measured]:
    """The scores of one group's comments, corrected for the coder's mistakes; those that cannot be are left out.

    Place on a dimension: 100 x F / (F + A), where F and A add up over themes (theme weight) x (answers truly for,
    against), at least 0. Overall: the same over all dimensions, with the weights of the dimensions. Answers that a
    person coded count as they are.

    Draws: people weighted by the Bayesian bootstrap, the coder's mistakes drawn from what was measured, and two made-up
    half people (weights Gamma(1/2)), one for and one against, each of whom says as much as people usually do: Jeffreys'
    prior, so that people of one mind are not certainty. They are stretched by t / z for few people; a range is never
    narrower than the uncorrected one.

    Args:
        found: the group's scores as coded.
        spoken: what it said.
        correction: of the coder.
        framework: weights, draws and level.
        thresholds: the fewest people behind an overall score.
    """
    return _Corrector(spoken, correction, framework).correct(found, thresholds)


@dataclass(frozen=True)
class _Corrector:
    """The parts that correcting the scores of one group needs."""

    spoken: Spoken
    correction: Correction
    framework: Framework

    def correct(self, found: dict[str, Measured], thresholds: Thresholds) -> dict[str, Measured]:
        """Every score that can be corrected; see correct_scores."""
        said, rules = self.spoken.said, self.framework.scoring
        weights = np.column_stack([said.alone, said.alone @ [each.weight for each in self.framework.dimensions]])
        themes, people = len(weights), len(said.people)
        machine = said.told.count(people, themes, by_hand=False) * self.correction.known[:, None]
        by_hand = said.told.count(people, themes, by_hand=True)
        values = np.column_stack([said.told.read, machine.reshape(people, -1), by_hand.reshape(people, -1)])
        # How many answers go for and against each column, weighted, for each person as coded: who spoke of it at all.
        heard = (machine + by_hand).sum(axis=2) @ weights
        seed = self.correction.seed
        told = self._weigh(estimate_means(values, said.weights)[:, None], self.correction.best[None], weights)
        means = draw_means(values, said.weights, said.lots, seed, rules.draws)
        drawn = self._weigh(means, self.correction.drawn, weights)
        usual = count_effective(said.weights)
        halves = open_stream("halves:" + ":".join(said.group), seed).standard_gamma(_HALF, size=(2, rules.draws))
        corrected = {}
        for place, name in enumerate((*self.spoken.dimensions, OVERALL)):
            spoke = heard[:, place] > 0
            effective, count = count_effective(said.weights[spoke]), int(spoke.sum())
            total = float(told[:, 0, place].sum())
            few = effective < self.spoken.least or (name == OVERALL and effective < thresholds.min_composite)
            if name not in found or few or total <= 0:
                continue
            estimate = 100 * (float(told[0, 0, place]) / total)
            # Each half person says as much as those who spoke do as coded.
            much = float(np.average(heard[spoke, place], weights=said.weights[spoke])) / usual
            sides = drawn[:, :, place] + halves * much
            draws = 100 * (sides[0] / sides.sum(axis=0))
            draws = np.clip(estimate + (draws - estimate) * find_tails(effective, rules.level), 0.0, 100.0)
            draws = _widen_to(draws, estimate, found[name], rules.level)
            corrected[name] = Measured(estimate, count, effective, "comments", draws)
        return corrected

    def _weigh(self, means: Draws, inverse: Matrix, weights: Matrix) -> Matrix:
        """True for and against, 2 x draws x columns of weights, at least 0.

        Args:
            means: of answers read, then for and against each theme by the machine, then by people; columns x draws.
            inverse: of the correction, draws x themes x 2 x 3.
            weights: themes x columns.
        """
        themes, draws = len(weights), means.shape[1]
        machine, by_hand = means[1:].reshape(2, themes, 2, draws).transpose(0, 3, 1, 2)
        nothing = means[0][:, None] - machine.sum(axis=2)
        coded = np.concatenate([nothing[:, :, None], machine], axis=2)
        true = np.einsum("dtsc,dtc->dts", inverse, coded) + by_hand
        return np.asarray(np.maximum(np.einsum("dts,tw->sdw", true, weights), 0.0))


def _is_telling(shares: Matrix) -> bool:
    """Whether for and against are given clearly more often where they are true than where anything else is."""
    return all(shares[side, side] - np.delete(shares[:, side], side).max() >= MIN_YOUDEN for side in (1, 2))


def _invert(shares: Matrix) -> Matrix:
    """What turns coded shares into true ones, rows for and against only; shares have a row for each true verdict."""
    return np.asarray(np.linalg.inv(np.swapaxes(shares, -1, -2))[..., 1:, :])


def _widen_to(draws: Draws, estimate: float, uncorrected: Measured, level: float) -> Draws:
    """The draws, stretched where their range would be narrower than the uncorrected one; within 0..100."""
    low, high = find_range(draws, estimate, level)
    width = np.subtract(*find_range(uncorrected.widened, uncorrected.estimate, level)[::-1])
    lacking = width - (high - low)
    if lacking <= 0:
        return draws
    down, up = min(lacking / 2, low), min(lacking / 2, 100 - high)
    down, up = min(lacking - up, low), min(lacking - down, 100 - high)
    below = (estimate - low + down) / (estimate - low) if estimate > low else 1.0
    above = (high - estimate + up) / (high - estimate) if high > estimate else 1.0
    return np.asarray(np.clip(estimate + (draws - estimate) * np.where(draws < estimate, below, above), 0.0, 100.0))
