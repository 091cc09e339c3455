"""What several coders said of the same answers goes in; how far they agree, beyond chance too, comes out.

The unit is the answer: which characters were marked plays no part. Every figure is a function of sums over answers, so
a draw of the bootstrap (Efron 1979, Annals of Statistics 7:1-26) only weighs each answer by how often it was drawn,
and all draws of all figures are a product of matrices. The figures equal those of the packages krippendorff, irrCAC,
scikit-learn and nltk.metrics.agreement (tests/coding/test_agreement.py), none of which has all of them, weighs answers,
or is fast enough to be run 2,000 times for each theme.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.coding.differences import list_confused, list_differences
from coprod_cli.coding.ratings import Ratings, lay_out_ratings
from coprod_cli.model.agreement import EACH, MEAN, MEASURES, POOLED, THEME, Agreed, Agreement, Figure
from coprod_cli.model.codes import Coding

DRAWS = 2000
LEVEL = 0.95
# A range is told where at least this share of the draws has a figure at all.
LEAST_DEFINED = 0.9
# Draws are taken in blocks, so that memory grows with the answers, not with answers times draws.
_BLOCK = 2**22

Array = npt.NDArray[np.float64]


class Sums(NamedTuple):
    """Sums over the cases that at least two coders rated; leading axes may be draws and themes.

    With r_i ratings of case i, of them r_ic of value c: cases: how many. alike: sum of r_ic (r_ic - 1) / (r_i (r_i -
    1)) over values, the share of pairs of coders that agree. pairs: r_ic (r_ic - 1) / (r_i - 1), by value. marks: r_ic.
    shares: r_ic / r_i. own: coders x values, how often each said each. both, either: coders but the first x values,
    where they and the first both rated: how often both said it; how often either did, both counting twice.
    """

    cases: Array
    alike: Array
    pairs: Array
    marks: Array
    shares: Array
    own: Array
    both: Array
    either: Array


def find_agreement(sums: Sums) -> Array:
    """Percent agreement, 0..1: of pairs of coders, the share that say the same, averaged over cases.

    Fleiss 1971 (Psychological Bulletin 76:378-382), formula 2; for two coders the share of cases they agree on.
    """
    return _divide(sums.alike, sums.cases)


def find_positive(sums: Sums) -> Array:
    """Positive agreement, 0..1: where one coder says yes, the chance that another does; NaN of more than yes and no.

    2a / (2a + b + c) for two coders (Cicchetti and Feinstein 1990, Journal of Clinical Epidemiology 43:551-558); for
    several Spitzer and Fleiss 1974 (British Journal of Psychiatry 125:341-347).
    """
    return _find_specific(sums, 1)


def find_negative(sums: Sums) -> Array:
    """Negative agreement, 0..1: where one coder says no, the chance that another does; sources as for the positive."""
    return _find_specific(sums, 0)


def find_cohen(sums: Sums) -> Array:
    """Cohen's kappa (1960, Educational and Psychological Measurement 20:37-46), -1..1; NaN but for two coders.

    (p_o - p_e) / (1 - p_e), where p_e is what two coders who guess, each with their own shares, would agree on.
    """
    if sums.own.shape[-2] != 2:  # noqa: PLR2004  # Cohen's kappa is of two coders
        return np.full(sums.cases.shape, np.nan)
    first, second = sums.own[..., 0, :], sums.own[..., 1, :]
    return _correct(find_agreement(sums), _divide((first * second).sum(axis=-1), sums.cases**2))


def find_fleiss(sums: Sums) -> Array:
    """Fleiss' kappa (1971, Psychological Bulletin 76:378-382), -1..1; for two coders it is Scott's pi (1955).

    (p_o - p_e) / (1 - p_e) with p_e the sum of squared shares of the values over all coders. Where coders did not look
    at all answers: Gwet 2014 (Handbook of Inter-Rater Reliability).
    """
    return _correct(find_agreement(sums), (_find_shares(sums) ** 2).sum(axis=-1))


def find_alpha(sums: Sums) -> Array:
    """Krippendorff's alpha, nominal, -1..1; answers that not all looked at may be among them.

    1 - D_o / D_e from the coincidences of values (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).
    """
    size = sums.marks.sum(axis=-1)
    unlike = size**2 - (sums.marks**2).sum(axis=-1)
    return 1 - _divide((size - 1) * (size - sums.pairs.sum(axis=-1)), unlike)


def find_ac1(sums: Sums) -> Array:
    """Gwet's AC1 (2008, British Journal of Mathematical and Statistical Psychology 61:29-48), -1..1.

    (p_o - p_e) / (1 - p_e) with p_e = sum of s (1 - s) / (values - 1) over the shares s of the values. It falls less
    than kappa and alpha where a theme is rare.
    """
    shares = _find_shares(sums)
    chance = (shares * (1 - shares)).sum(axis=-1) / (shares.shape[-1] - 1)
    return _correct(find_agreement(sums), chance)


FIGURES: dict[str, Callable[[Sums], Array]] = {
    "agreement": find_agreement,
    "positive": find_positive,
    "negative": find_negative,
    "cohen": find_cohen,
    "fleiss": find_fleiss,
    "alpha": find_alpha,
    "ac1": find_ac1,
}


def find_f1(sums: Sums, *, of_yes: bool) -> Array:
    """F1 of every coder but the first against the first, 0..1; the last axis is the coders.

    2 tp / (2 tp + fp + fn) of "yes" where that is what is asked, else the mean over the values that either said (van
    Rijsbergen 1979, Information Retrieval; macro-F1 as in scikit-learn).
    """
    each = _divide(2 * sums.both, sums.either)
    if of_yes:
        return np.asarray(each[..., 1])
    return _divide(np.nan_to_num(each).sum(axis=-1), (~np.isnan(each)).sum(axis=-1))


def find_agreements(codings: Sequence[Coding], themes: Sequence[str], seed: int, draws: int = DRAWS) -> Agreement:
    """How far two or more coders agree on the answers that at least two of them looked at.

    The order of codings matters for F1 alone, which is against the first; the order of answers and codes for nothing.

    Args:
        codings: what each said.
        themes: ids of all themes there are, in the order in which to tell of them.
        seed: of the bootstrap.
        draws: of the bootstrap.
    """
    ratings = lay_out_ratings(codings, themes)
    looked = [set(coding.answers) for coding in codings]
    compared = set(ratings.answers)
    measures = MEASURES if ratings.themes else ()
    return Agreement(
        coders=tuple(coding.who for coding in codings),
        looked=tuple(map(len, looked)),
        alone=tuple(len(each - compared) for each in looked),
        empty=tuple(coding.count_empty() for coding in codings),
        answers=len(compared),
        same=ratings.count_same(),
        rows=tuple(row for measure in measures for row in _measure(ratings, measure, seed, draws)),
        confused=tuple(
            found
            for pair in combinations(range(len(codings)), 2)
            for found in list_confused(ratings, pair, tuple(coding.who for coding in codings))
        ),
        differences=tuple(list_differences(ratings)),
        unused=tuple(theme for theme in themes if theme not in ratings.themes),
        draws=draws,
        seed=seed,
    )


def sum_up(marks: npt.NDArray[np.int16], values: int) -> Sums:
    """Each case by itself, as sums of one: marks are cases x coders, 0..values - 1, and -1 where a coder said nothing.

    Cases with fewer than two ratings are all zero.
    """
    told = marks[:, :, None] == np.arange(values)
    told &= (told.sum(axis=(1, 2)) > 1)[:, None, None]
    counts = told.sum(axis=1).astype(float)
    ratings = counts.sum(axis=1)
    others = np.maximum(ratings - 1, 1)[:, None]
    shares = counts / np.maximum(ratings, 1)[:, None]
    pairs = counts * (counts - 1) / others
    first, rest = told[:, :1], told[:, 1:]
    joint = first.any(axis=2, keepdims=True) & rest.any(axis=2, keepdims=True)
    return Sums(
        cases=(ratings > 0).astype(float),
        alike=pairs.sum(axis=1) / np.maximum(ratings, 1),
        pairs=pairs,
        marks=counts,
        shares=shares,
        own=told.astype(float),
        both=(first & rest).astype(float),
        either=((first & joint).astype(float) + (rest & joint)),
    )


def _measure(ratings: Ratings, measure: str, seed: int, draws: int) -> list[Agreed]:
    """Pooled, mean and each theme, for one measure."""
    marks, values = ratings.marks[measure], ratings.values[measure]
    single = [sum_up(each, len(values)) for each in marks]
    laid = np.stack([_flatten(each) for each in single], axis=1)
    of_yes = measure == THEME
    total = _unflatten(_add_pool(laid.sum(axis=0)), single[0])
    whole = _find_all(total, of_yes=of_yes)
    drawn = _draw(laid, seed, draws, lambda sums: _find_all(_unflatten(sums, single[0]), of_yes=of_yes))
    rated = laid[:, :, 0] > 0
    rows = []
    for place, theme in enumerate((*ratings.themes, "")):
        figures = [_find_range(value, column) for value, column in zip(whole[place], drawn[:, place].T, strict=True)]
        rows.append(
            Agreed(
                measure=measure,
                scope=EACH if theme else POOLED,
                theme=theme,
                answers=int(rated[:, place].sum() if theme else rated.any(axis=1).sum()),
                cases=int(total.cases[place]),
                values=values,
                counts=tuple(tuple(map(int, row)) for row in total.own[place]),
                figures=dict(zip(FIGURES, figures, strict=False)),
                f1=tuple(figures[len(FIGURES) :]),
            )
        )
    *each, pooled = rows
    return [pooled, _average(pooled, whole[:-1], drawn[:, :-1]), *each]


def _average(pooled: Agreed, whole: Array, drawn: Array) -> Agreed:
    """The mean of the themes' own figures, over those themes that have one; themes x figures, and draws before them."""
    defined = ~np.isnan(whole)
    there = defined & ~np.isnan(drawn)
    drawn_means = _divide(np.where(there, drawn, 0).sum(axis=1), there.sum(axis=1))
    means = _divide(np.where(defined, whole, 0).sum(axis=0), defined.sum(axis=0))
    figures = [_find_range(value, column) for value, column in zip(means, drawn_means.T, strict=True)]
    return Agreed(
        measure=pooled.measure,
        scope=MEAN,
        theme="",
        answers=pooled.answers,
        cases=pooled.cases,
        values=pooled.values,
        counts=(),
        figures=dict(zip(FIGURES, figures, strict=False)),
        f1=tuple(figures[len(FIGURES) :]),
    )


def _find_all(sums: Sums, *, of_yes: bool) -> Array:
    """Every figure, and F1 of each coder but the first, along one last axis."""
    found = [find(sums) for find in FIGURES.values()]
    return np.concatenate([np.stack(found, axis=-1), find_f1(sums, of_yes=of_yes)], axis=-1)


def _draw(laid: Array, seed: int, draws: int, find: Callable[[Array], Array]) -> Array:
    """Figures of answers drawn with replacement: draws x (themes, pool) x figures, from answers x themes x sums."""
    answers = len(laid)
    flat = laid.reshape(answers, -1)
    chances = np.full(answers, 1 / answers)
    generator = np.random.default_rng(seed)
    found, size = [], max(1, _BLOCK // answers)
    for first in range(0, draws, size):
        weights = generator.multinomial(answers, chances, size=min(size, draws - first)).astype(float)
        found.append(find(_add_pool((weights @ flat).reshape(len(weights), *laid.shape[1:]))))
    return np.concatenate(found)


def _add_pool(sums: Array) -> Array:
    """All themes together, behind the last theme; themes are the last axis but one."""
    return np.concatenate([sums, sums.sum(axis=-2, keepdims=True)], axis=-2)


def _find_range(value: np.float64, drawn: Array) -> Figure:
    """The middle 95 % of the draws; none where too few have a figure, or all have the same."""
    defined = drawn[~np.isnan(drawn)]
    if np.isnan(value) or len(defined) < LEAST_DEFINED * len(drawn):
        return Figure(float(value), np.nan, np.nan)
    low, high = np.quantile(defined, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2))
    if low == high:
        return Figure(float(value), np.nan, np.nan)
    return Figure(float(value), float(min(low, value)), float(max(high, value)))


def _flatten(sums: Sums) -> Array:
    return np.concatenate([each.reshape(len(sums.cases), -1) for each in sums], axis=1)


def _unflatten(flat: Array, like: Sums) -> Sums:
    """Sums again from their last axis, in the shapes that each case has."""
    shapes = [each.shape[1:] for each in like]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    parts = np.split(flat, ends[:-1], axis=-1)
    return Sums(*(part.reshape(*flat.shape[:-1], *shape) for part, shape in zip(parts, shapes, strict=True)))


def _find_specific(sums: Sums, value: int) -> Array:
    if sums.marks.shape[-1] != 2:  # noqa: PLR2004  # yes and no
        return np.full(sums.cases.shape, np.nan)
    return _divide(sums.pairs[..., value], sums.marks[..., value])


def _find_shares(sums: Sums) -> Array:
    return _divide(sums.shares, sums.cases[..., None])


def _correct(observed: Array, chance: Array) -> Array:
    """Agreement beyond chance, as a share of what there could be."""
    return _divide(observed - chance, 1 - chance)


def _divide(above: Array, below: npt.NDArray[np.float64] | npt.NDArray[np.intp]) -> Array:
    """The quotient; NaN where the divisor is nothing."""
    above, below = np.broadcast_arrays(above, below)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))
