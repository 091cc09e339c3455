"""Hand codes and what answers mean go in; how to tell whether a theme is in an answer comes out, and chances of it.

A ridge regression (Hoerl and Kennard 1970, Technometrics 12:55-67) on the meaning of an answer, its words and pieces of
its words scores all themes at once. A logistic curve, fitted to the scores of people left out, makes a chance of a
score; of a theme that the shipped coder knows, of both coders' scores. The curve has a prior: a few hand codes hardly
move it from what the shipped coder says, many do. A theme is named from half the best F1 that these chances let expect
(Lipton, Elkan and Naryanaswamy 2014, ECML PKDD, 225-239), which needs no codes and so does not chase chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.dealing import deal_folds
from coprod_cli.coding.gist import Gist
from coprod_cli.coding.terms import Counted, Vocabulary

Array = NDArray[np.float64]
Places = NDArray[np.int64]
FOLDS = 5
# From the chance on from which this share of what is named is right, nobody need look again; never below the second,
# since what is more likely wrong than right is not sure, however sure all the rest may be.
SURELY_RIGHT, LEAST_SURE = 0.8, 0.5
_NEVER = 1.01
# How hard weights are held down: as good as any from 1 to 4, whatever the number of answers (docs/learning.md).
_PENALTY = 2.0
# Priors of a curve: mean and variance of the weight of the own score, of the shipped coder's log odds, and the bias.
_OWN_PRIOR = ((1.0, 1.0), (0.0, 1e-9), (None, 10.0))
_KNOWN_PRIOR = ((0.0, 0.1), (1.0, 1 / 30), (0.0, 1 / 3))
_STEPS = 50
_LONGEST_STEP = 2.0
_SMALL = 1e-9
_DECIMALS = 6
_NOWHERE = -1


@dataclass(frozen=True)
class Schooling:
    """All that is learnt from, in one order of answers and one of themes.

    whole: meanings, answers x 384. counted: their terms. held: whether a person found the theme, answers x themes.
    odds: what the shipped coder says, log odds, answers x themes; 0 of a theme it does not know. known: whether it
    knows each theme. learnt: whether each theme is learnt; of one that is not, the shipped coder speaks alone. groups:
    answers of one group are always left out together. texts: meanings of what the codebook says of the themes, texts x
    384; text_counts: their terms; text_held: which theme each is of.
    """

    themes: tuple[str, ...]
    whole: Array
    counted: Counted
    held: NDArray[np.bool_]
    odds: Array
    known: NDArray[np.bool_]
    learnt: NDArray[np.bool_]
    shipped_thresholds: Array
    groups: tuple[str, ...]
    texts: Array
    text_counts: sparse.csr_array
    text_held: NDArray[np.bool_]

    def keep(self, themes: NDArray[np.bool_]) -> "Schooling":
        """The same of some of the themes."""
        cut = {name: getattr(self, name)[:, themes] for name in ("held", "odds", "text_held")}
        cut |= {name: getattr(self, name)[themes] for name in ("known", "learnt", "shipped_thresholds")}
        return replace(self, themes=tuple(compress(self.themes, themes)), **cut)


@dataclass(frozen=True)
class Presence:
    """How to tell whether each theme is in an answer.

    centre, scale: of meanings. vocabulary: words and pieces. of_meaning: 384 x themes, of_terms: terms x themes, base:
    themes; the ridge. means, spreads: of its scores over people left out. own, shipped, bias: the curve: log odds =
    own x (score less its mean, by its spread) + shipped x the shipped coder's log odds + bias. thresholds: the least
    chance that names each theme. sure: the least chance at which nobody need look again.
    """

    themes: tuple[str, ...]
    centre: Array
    scale: float
    vocabulary: Vocabulary
    of_meaning: Array
    of_terms: Array
    base: Array
    means: Array
    spreads: Array
    own: Array
    shipped: Array
    bias: Array
    thresholds: Array
    sure: float

    def keep(self, themes: NDArray[np.bool_]) -> "Presence":
        """The same of some of the themes."""
        cut = {name: getattr(self, name)[:, themes] for name in ("of_meaning", "of_terms")}
        cut |= {
            name: getattr(self, name)[themes]
            for name in ("base", "means", "spreads", "own", "shipped", "bias", "thresholds")
        }
        return replace(self, themes=tuple(compress(self.themes, themes)), **cut)

    def score(self, whole: Array, texts: Sequence[str]) -> Array:
        """The own score of texts with these meanings, by its mean and spread; texts x themes."""
        said = ((whole - self.centre) / self.scale) @ self.of_meaning + self.base
        if self.vocabulary.terms:
            said = said + self.vocabulary.mark(texts) @ self.of_terms
        return np.asarray((said - self.means) / self.spreads)

    def weigh(self, scores: Array, odds: Array) -> Array:
        """Own scores and the shipped coder's log odds to log odds, the same to the last figure alone and among many."""
        return np.asarray((self.own * scores + self.shipped * odds + self.bias).round(_DECIMALS))


def find_odds(presence: Presence, gists: Sequence[Gist], texts: Sequence[str], places: Places) -> Array:
    """Log odds of each theme in each answer; answers x themes.

    Args:
        presence: how to tell.
        gists: of the answers.
        texts: their words.
        places: of each theme, its place among the shipped coder's; -1 of one that it does not know.
    """
    whole = np.asarray([each.whole for each in gists], np.float64).reshape(len(gists), len(presence.centre))
    return presence.weigh(presence.score(whole, texts), pick_odds(gists, places))


def pick_odds(gists: Sequence[Gist], places: Places) -> Array:
    """The shipped coder's log odds of these themes, answers x themes; 0 of a theme that it does not know."""
    if not gists:
        return np.zeros((0, len(places)))
    odds = np.asarray([each.odds for each in gists], np.float64)
    return np.where(places >= 0, odds[:, places], 0.0)


def fit_presence(school: Schooling, rows: Places, seed: int) -> Presence:
    """Learn from the answers in these rows alone.

    Args:
        school: all there is.
        rows: places of the answers.
        seed: of the lots by which answers are left out in turn.
    """
    centre = school.whole[rows].mean(axis=0)
    spread = school.whole[rows] - centre
    scale = max(float(np.sqrt((spread**2).sum(axis=1).mean())), _SMALL)
    vocabulary, places = school.counted.draw(rows)
    meanings = np.concatenate((spread, school.texts - centre)) / scale
    counts = sparse.vstack((school.counted.counts[rows], school.text_counts), format="csr")[:, places]
    terms = vocabulary.weigh(sparse.csr_array(counts))
    kernel = meanings @ meanings.T + (terms @ terms.T).toarray()
    held = np.concatenate((school.held[rows], school.text_held)).astype(np.float64)
    codebook = np.arange(len(rows), len(held))
    folds = deal_folds([school.groups[row] for row in rows], school.held[rows], FOLDS, seed)
    scores = np.zeros((len(rows), len(school.themes)))
    for fold in np.unique(folds):
        taught = np.concatenate((np.flatnonzero(folds != fold), codebook))
        out = np.flatnonzero(folds == fold)
        dual, base = _solve(kernel[np.ix_(taught, taught)], held[taught])
        scores[out] = kernel[np.ix_(out, taught)] @ dual + base
    dual, base = _solve(kernel, held)
    # In single precision, as they are saved.
    fix = partial(np.asarray, dtype=np.float32)
    means, spreads = scores.mean(axis=0), scores.std(axis=0) + _SMALL
    curves = np.stack(
        [
            _fit_curve((scores[:, at] - means[at]) / spreads[at], school.odds[rows, at], school, rows, at)
            for at in range(len(school.themes))
        ]
    )
    odds = curves[:, 0] * (scores - means) / spreads + curves[:, 1] * school.odds[rows] + curves[:, 2]
    chances = find_chances(odds)
    thresholds = np.where(school.learnt, _find_thresholds(chances), school.shipped_thresholds)
    # What people did not code, or hardly, says nothing of how often it is right.
    judged = school.learnt
    return Presence(
        themes=school.themes,
        centre=fix(centre).astype(np.float64),
        scale=scale,
        vocabulary=vocabulary,
        of_meaning=fix(meanings.T @ dual).astype(np.float64),
        of_terms=fix(terms.T @ dual).astype(np.float64),
        base=fix(base).astype(np.float64),
        means=fix(means).astype(np.float64),
        spreads=fix(spreads).astype(np.float64),
        own=curves[:, 0].round(_DECIMALS),
        shipped=curves[:, 1].round(_DECIMALS),
        bias=curves[:, 2].round(_DECIMALS),
        thresholds=thresholds.round(_DECIMALS),
        sure=_find_sure(chances[:, judged], school.held[rows][:, judged], thresholds[judged]),
    )


def find_chances(odds: Array) -> Array:
    """Log odds to chances."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -50.0, 50.0))))


def _solve(kernel: Array, held: Array) -> tuple[Array, Array]:
    """Ridge in its dual form with a free base: weights of the rows learnt from (they add up to 0), and the base."""
    from scipy import linalg  # noqa: PLC0415 - a twentieth of a second that only learning needs

    means = kernel.mean(axis=0)
    centred = kernel - means[:, None] - means[None] + means.mean()
    centred[np.diag_indices_from(centred)] += _PENALTY
    common = held.mean(axis=0)
    dual = linalg.solve(centred, held - common, assume_a="pos")
    return np.asarray(dual), np.asarray(common - means @ dual)


def _fit_curve(scores: Array, odds: Array, school: Schooling, rows: Places, theme: int) -> Array:
    """Weights of score and shipped odds, and bias; the most likely ones under the prior.

    The own score never counts against the theme: scores of people left out that fall where they should rise are chance,
    and the coder that learns from all would be turned upside down by them.
    """
    if not school.learnt[theme]:
        return np.asarray([0.0, 1.0, 0.0])
    held = school.held[rows, theme].astype(np.float64)
    common = float(np.log((held.sum() + 0.5) / (len(held) - held.sum() + 0.5)))
    prior = _KNOWN_PRIOR if school.known[theme] else _OWN_PRIOR
    means = np.asarray([common if mean is None else mean for mean, _ in prior])
    tight = np.asarray([1 / variance for _, variance in prior])
    seen = np.column_stack((scores, odds, np.ones(len(scores))))
    weights = _climb(seen, held, means, tight)
    if weights[0] >= 0:
        return weights
    seen[:, 0], means[0] = 0.0, 0.0
    return _climb(seen, held, means, tight)


def _climb(seen: Array, held: Array, means: Array, tight: Array) -> Array:
    """The most likely weights of a logistic curve under normal priors, by Newton's steps."""
    weights = means.copy()
    for _ in range(_STEPS):
        chances = find_chances(seen @ weights)
        slope = seen.T @ (chances - held) + tight * (weights - means)
        bend = (seen * (chances * (1 - chances))[:, None]).T @ seen + np.diag(tight)
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), _SMALL))
        if float(np.abs(step).max()) < _SMALL:
            break
    return weights


def _find_thresholds(chances: Array) -> Array:
    """Half the best F1 that can be expected, of each theme (answers x themes)."""
    falling = -np.sort(-chances, axis=0)
    counts = np.arange(1, len(falling) + 1)[:, None]
    expected = 2 * np.cumsum(falling, axis=0) / (counts + falling.sum(axis=0))
    return np.asarray(expected.max(axis=0) / 2)


def _find_sure(chances: Array, held: NDArray[np.bool_], thresholds: Array) -> float:
    """The least chance from which SURELY_RIGHT of what is named is right, all themes together (answers x themes).

    Never below LEAST_SURE; above 1 where there is none.
    """
    named = chances >= thresholds
    order = np.argsort(-chances[named], kind="stable")
    right = np.cumsum(held[named][order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= SURELY_RIGHT)
    least = float(np.floor(chances[named][order][enough[-1]] * 1e4) / 1e4) if enough.size else _NEVER
    return max(least, LEAST_SURE)
