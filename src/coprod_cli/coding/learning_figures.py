"""What coders made of answers left out goes in; how good a learnt coder is, with likely ranges, comes out.

Ranges are the middle 95% of 1,000 draws of the Bayesian bootstrap over people (Rubin 1981, Annals of Statistics
9:130-134), since the answers of one person resemble each other; no draw is without a person, and so none is without a
theme that is rare. They say what other answers of people like these would show; that another draw of answers to learn
from would give another coder is not in them, save in what more codes bring: there the parts are dealt several times,
and how far the deals lie apart is added.
"""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Found
from coprod_cli.coding.leaving_out import Lessons, Tested, name_shipped
from coprod_cli.coding.verdicts import find_alphas, find_designs, find_verdicts, pair_values
from coprod_cli.model.codes import Code
from coprod_cli.model.findings import LEARNT, CoderReport, ThemeReliability
from coprod_cli.model.learning import CurvePoint, Gain

Array = NDArray[np.float64]
DRAWS = 1000
# Fewer answers that hold a theme say little of how well it is found; the shipped framework's floor is the same.
LEAST_CASES = 10
EDGES = (0.025, 0.975)
_DECIMALS = 4
# Fewer people say nothing of how far people differ.
_LEAST_PEOPLE = 3
# Standard deviations beyond which chance alone hardly ever goes: one-sided 5%, and two-sided.
_ONE_SIDED, _TWO_SIDED = 1.645, 1.96


class _Verdicts(NamedTuple):
    """How verdicts of one theme agree, as in ThemeReliability."""

    alpha: float
    low: float
    pairs: tuple[tuple[int, ...], ...]
    designs: tuple[float, ...]


class Measure:
    """Figures of one set of answers, every range from the same draws of people."""

    def __init__(self, lessons: Lessons, people: Sequence[str], seed: int, least: int = LEAST_CASES) -> None:
        """Draw people; people: who wrote each answer; least: answers with a theme that verdicts may rest on."""
        known = {name: place for place, name in enumerate(sorted(set(people)))}
        self.lessons = lessons
        self.least = max(least, LEAST_CASES)
        self.place = np.asarray([known[name] for name in people])
        self.people = len(known)
        drawn = np.random.default_rng(seed).standard_exponential((DRAWS, self.people))
        self.draws = drawn * self.people / drawn.sum(axis=1, keepdims=True)

    def add(self, marks: NDArray[np.generic]) -> Array:
        """Marks of answers (answers x ...) added up for each person (people x ...)."""
        total = np.zeros((self.people, *marks.shape[1:]))
        np.add.at(total, self.place, marks)
        return total

    def draw(self, sums: Array) -> Array:
        """The sums (people x ...) of each draw of people; draws x ..."""
        return np.asarray((self.draws @ sums.reshape(self.people, -1)).reshape(DRAWS, *sums.shape[1:]))

    def count(self, named: NDArray[np.bool_]) -> Array:
        """By person: right, named, held; people x 3 x themes."""
        held = self.lessons.school.held
        return self.add(np.stack((held & named, named, held), axis=1))

    def find_mean(self, named: NDArray[np.bool_], themes: NDArray[np.bool_]) -> tuple[Array, float]:
        """Mean F1 over these themes: of each draw, and as measured."""
        counts = self.count(named)[:, :, themes]
        return find_f1(self.draw(counts)).mean(axis=1), float(find_f1(counts.sum(axis=0)[None])[0].mean())

    def make_point(self, deals: Sequence[Tested]) -> CurvePoint:
        """Mean F1 over the themes that are learnt, and over several deals of the parts."""
        drawn, means = self._find_deals(deals)
        low, high = np.quantile(drawn.mean(axis=0), EDGES)
        return CurvePoint(_find_size(deals), round_figure(means.mean()), round_figure(low), round_figure(high))

    def make_gain(self, before: Sequence[Tested], after: Sequence[Tested]) -> Gain:
        """What more codes brought, by the same draws of people and the same deals of the parts."""
        drawn, less = self._find_deals(before)
        more_drawn, more = self._find_deals(after)
        gains = more - less
        gain = gains.mean()
        low, high = np.quantile((more_drawn - drawn).mean(axis=0), EDGES)
        low, high = widen_range(low, gain, high, gains)
        return Gain(*map(_find_size, (before, after)), *map(round_figure, (gain, low, high)))

    def _find_deals(self, deals: Sequence[Tested]) -> tuple[Array, Array]:
        """Mean F1 over the themes that are learnt: deals x draws, and as measured, deals."""
        found = [self.find_mean(each.named, self.lessons.school.learnt) for each in deals]
        return np.asarray([drawn for drawn, _ in found]), np.asarray([mean for _, mean in found])


def _find_size(deals: Sequence[Tested]) -> int:
    return round(float(np.mean([each.size for each in deals])))


def widen_range(low: float, value: float, high: float, deals: Array) -> tuple[float, float]:
    """A range from draws of people, widened by how far the deals of the parts, whose mean is the value, lie apart."""
    apart = _TWO_SIDED * np.sqrt(deals.var(ddof=1) / len(deals)) if len(deals) > 1 else 0.0
    return float(value - np.hypot(value - low, apart)), float(value + np.hypot(high - value, apart))


def tell_apart(lessons: Lessons, deals: Sequence[Tested]) -> NDArray[np.bool_]:
    """Whether answers that hold a theme get higher chances of it than others do, more than chance would have it.

    A rank sum test within the parts left out (van Elteren 1960, Bulletin de l'Institut International de Statistique
    37:351-361), one-sided at 5% by convention, its deviate averaged over the deals. It asks for the order alone and so
    tells of a theme in three answers, too, where F1 is mostly chance. A theme that does not pass would be named nearly
    everywhere: where all chances are alike, that is what half the best F1 comes to (Lipton and others 2014).
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - 34 MB, which no coding needs

    held = lessons.school.held.astype(float)
    deviates = []
    for tested in deals:
        above, spread = np.zeros(held.shape[1]), np.zeros(held.shape[1])
        for part in np.unique(tested.parts):
            rows = tested.parts == part
            ranks, own = rankdata(tested.chances[rows], axis=0), held[rows]
            count, with_it = len(own), own.sum(axis=0)
            above += (ranks * own).sum(axis=0) / (count + 1) - with_it / 2
            spread += with_it * (count - with_it) / (12 * (count + 1))
        deviates.append(above / np.sqrt(np.maximum(spread, 1e-9)))
    return np.asarray(np.mean(deviates, axis=0) >= _ONE_SIDED)


def find_f1(counts: Array) -> Array:
    """F1 from counts of what is right, named and held along the second axis; 0 of nothing."""
    right, of = 2 * counts[:, 0], counts[:, 1] + counts[:, 2]
    return np.asarray(np.divide(right, of, out=np.zeros(of.shape), where=of > 0))


def round_figure(value: float | np.floating) -> float:
    """A figure as it is written down."""
    return round(float(value), _DECIMALS)


def share(right: float, of: float) -> float:
    """A share; NaN of nothing."""
    return round_figure(right / of) if of else nan


def report_coder(measure: Measure, tested: Tested, how_measured: str, version: str) -> CoderReport:
    """The figures of a coder as reports tell them; themes that no answer holds count in none and have none."""
    lessons, held = measure.lessons, measure.lessons.school.held
    counts = measure.count(tested.named)
    total = counts.sum(axis=0)
    there = np.asarray(held.any(axis=0))
    drawn, macro = measure.find_mean(tested.named, there)
    low, high = np.quantile(drawn, EDGES)
    stances, levels = (compare(measure, tested, part) for part in ("stance", "level"))
    return CoderReport(
        engine=LEARNT,
        version=version,
        answers=len(held),
        writers=measure.people,
        macro_f1=round_figure(macro),
        macro_f1_low=round_figure(low),
        macro_f1_high=round_figure(high),
        micro_f1=share(2 * total[0].sum(), total[1, there].sum() + total[2].sum()),
        stance_accuracy=share(*stances.sum(axis=0)),
        level_accuracy=share(*levels.sum(axis=0)),
        evidence_overlap=_find_overlap(lessons, tested),
        how_measured=how_measured,
        themes=tuple(_report_themes(measure, tested)),
        unsure_share=share(float((tested.named & ~tested.sure)[:, there].sum()), float(tested.named[:, there].sum())),
        sure_precision=share(*count_sure(measure, tested).sum(axis=0)),
    )


def hide_few(report: CoderReport) -> CoderReport:
    """The same without figures of themes in fewer answers than LEAST_CASES: too few to rely on, or to tell of.

    Counts of verdicts stay where scores can be corrected by them: with as many answers truly for, and truly against.
    """
    themes = []
    for each in report.themes:
        if each.cases < LEAST_CASES:
            themes.append(ThemeReliability(each.theme, nan, nan, nan, nan, nan, nan, 0))
        elif each.verdicts and min(sum(each.verdicts[1]), sum(each.verdicts[2])) < LEAST_CASES:
            themes.append(each._replace(verdicts=(), verdict_designs=()))
        else:
            themes.append(each)
    return report._replace(themes=tuple(themes))


def compare(measure: Measure, tested: Tested, part: str) -> Array:
    """By person: of themes rightly found whose stance (or level) people said, how many are right, and how many."""
    marks = np.zeros((len(tested.found), 2))
    for row, (codes, found) in enumerate(zip(measure.lessons.codes, tested.found, strict=True)):
        for theme in sorted({code.theme for code in codes} & {each.theme for each in found}):
            said = {getattr(code, part) for code in codes if code.theme == theme} - {""}
            if said:
                marks[row] += (said == {getattr(each, part) for each in found if each.theme == theme}, 1)
    return measure.add(marks)


def count_sure(measure: Measure, tested: Tested) -> Array:
    """By person: of what needs no second look, how much is right, and how much there is; themes that anybody found."""
    held = measure.lessons.school.held
    there = held.any(axis=0)
    return measure.add(
        np.stack(((tested.sure & held)[:, there].sum(axis=1), tested.sure[:, there].sum(axis=1)), axis=1)
    )


def find_share_range(measure: Measure, sums: Array) -> tuple[float, float]:
    """The likely range of a share from what is right and how many there are; people x 2."""
    right, of = measure.draw(sums).T
    known = of > 0
    if not known.any():
        return nan, nan
    low, high = np.quantile(right[known] / of[known], EDGES)
    return round_figure(low), round_figure(high)


def count_shipped(measure: Measure) -> Array:
    """F1 of the shipped coder on the same answers, by theme; NaN of a theme that it does not know or nobody holds."""
    school = measure.lessons.school
    f1 = find_f1(measure.count(name_shipped(measure.lessons)).sum(axis=0)[None])[0]
    return np.where(school.known & school.held.any(axis=0), f1, nan)


def _report_themes(measure: Measure, tested: Tested) -> list[ThemeReliability]:
    lessons = measure.lessons
    school = lessons.school
    counts = measure.count(tested.named)
    total = counts.sum(axis=0)
    f1 = find_f1(total[None])[0]
    lows, highs = np.quantile(find_f1(measure.draw(counts)), EDGES, axis=0)
    wrote = (counts[:, 2] > 0).sum(axis=0)
    lows, highs = (np.where(wrote >= _LEAST_PEOPLE, each, nan) for each in (lows, highs))
    with np.errstate(invalid="ignore", divide="ignore"):
        alphas = find_alphas(measure.add(pair_values(school.held, tested.named, 2)).sum(axis=0))
    verdicts = _find_verdicts(measure, tested)
    told = []
    for at, theme in enumerate(school.themes):
        cases = int(total[2, at])
        row = ThemeReliability(theme, nan, nan, nan, nan, nan, nan, 0)
        if cases:
            row = row._replace(
                precision=share(total[0, at], total[1, at]),
                recall=share(total[0, at], total[2, at]),
                f1=round_figure(f1[at]),
                f1_low=round_figure(lows[at]),
                f1_high=round_figure(highs[at]),
                alpha=round_figure(alphas[at]),
                cases=cases,
            )
        if theme in verdicts:
            alpha, low, pairs, designs = verdicts[theme]
            row = row._replace(verdict_alpha=alpha, verdict_low=low, verdicts=pairs, verdict_designs=designs)
        told.append(row)
    return told


def _find_verdicts(measure: Measure, tested: Tested) -> dict[str, _Verdicts]:
    """What is known of verdicts, by theme: of themes whose hand codes say stances.

    Of answers coded blind alone, and where enough of these hold the theme: a score may rest on these figures, and codes
    made by accepting a machine's agree with it of course.
    """
    lessons = measure.lessons
    themes = lessons.school.themes
    said = [code for codes in lessons.codes for code in codes]
    judged = {code.theme for code in said} - {code.theme for code in said if not code.stance}
    true, given = (find_verdicts(each, themes) for each in (lessons.codes, tested.found))
    enough = lessons.school.held[lessons.blind].sum(axis=0) >= measure.least
    pairs = measure.add(pair_values(true, given, 4) * lessons.blind[:, None, None, None])
    total, drawn = pairs.sum(axis=0), measure.draw(pairs)
    designs = find_designs(pairs)
    told: dict[str, _Verdicts] = {}
    for at, theme in enumerate(themes):
        if theme not in judged or not enough[at] or not total[1:, :, at].sum():
            continue
        with np.errstate(invalid="ignore", divide="ignore"):
            alpha = find_alphas(total[:, :, [at]])[0]
            alphas = find_alphas(np.moveaxis(drawn[:, :, :, at], 0, -1))
        defined = alphas[~np.isnan(alphas)]
        told[theme] = _Verdicts(
            alpha=round_figure(alpha),
            low=round_figure(np.quantile(defined, EDGES[0])) if defined.size else nan,
            pairs=tuple(tuple(row) for row in total[:, :, at].astype(int).tolist()),
            designs=tuple(round_figure(design) for design in designs[:, at]),
        )
    return told


def _find_overlap(lessons: Lessons, tested: Tested) -> float:
    """Mean F1 of the characters marked, of themes rightly found; NaN where people marked no evidence."""
    overlaps = []
    for codes, found in zip(lessons.codes, tested.found, strict=True):
        marked = [code for code in codes if code.end > code.start]
        for theme in sorted({code.theme for code in marked} & {each.theme for each in found}):
            true = _list_characters([code for code in marked if code.theme == theme])
            given = _list_characters([each for each in found if each.theme == theme])
            overlaps.append(2 * len(true & given) / (len(true) + len(given)))
    return round_figure(float(np.mean(overlaps))) if overlaps else nan


def _list_characters(marks: Sequence[Code] | Sequence[Found]) -> set[int]:
    return {place for each in marks for place in range(each.start, each.end)}
