"""People's codes and the machine's of the same answers go in; how far they agree, and corrected shares, come out.

People's codes are taken as right. The shares that hold a theme are corrected by what was found of the machine's
mistakes (Rogan and Gladen 1978, American Journal of Epidemiology 107:71-76): of the answers that nobody checked, the
share truly there is (apparent + specificity - 1) / (sensitivity + specificity - 1); those that people coded count as
they are.

Answers drawn with unequal chances weigh one over the chance each: every rate is a ratio of sums of weights (Horvitz and
Thompson 1952, Journal of the American Statistical Association 47:663-685; the ratio by Hajek 1971, in Foundations of
Statistical Inference). So many tell as much as (sum w)^2 / sum w^2 drawn alike (Kish 1965, Survey Sampling).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.checked import Checked, CheckedShare, CheckedTheme
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.survey import Survey
from coprod_cli.scoring.corrected import MIN_YOUDEN
from coprod_cli.scoring.intervals import Draws, count_effective, draw_means, find_range, find_tails, open_stream

# Conventions: so many answers must have been coded by people before anything is said of the machine, and a theme must
# have been found in as many of them as the framework asks for a theme that enters scores. Where answers weigh
# differently, both are effective numbers.
MIN_CHECKED = 50
_HALF = 0.5
_PLACE = ["response", "question"]
_FIGURES = ("precision", "recall", "f1")

Marks = npt.NDArray[np.bool_]


class _Case(NamedTuple):
    """All answers, in the order of people.

    frame: their response, lot, role and wave. checked: which of them people coded. told: answers x themes, as it
    counts, people's codes before the machine's. named: what the machine named. weights: how many answers of the survey
    each of the checked stands for, 0 for none but itself; they add up to those that say anything. alike: whether all
    stand for as many. silent: which say nothing, and were given to nobody to code.
    """

    frame: pd.DataFrame
    checked: Marks
    told: Marks
    named: Marks
    weights: Draws
    alike: bool
    silent: Marks

    def pick(self, kept: Marks) -> "_Case":
        frame = self.frame[kept].reset_index(drop=True)
        kinds = self.checked[kept], self.told[kept], self.named[kept]
        return _Case(frame, *kinds, self.weights[kept], self.alike, self.silent[kept])


class _Sample(NamedTuple):
    """Answers that people coded, or themes in these: is it there, did the machine name it, whose, what each weighs."""

    truth: Marks
    named: Marks
    lots: npt.NDArray[np.object_]
    weights: Draws

    def sort_out(self) -> Draws:
        """The weight of each, cases x kinds: both found it, people alone, the machine alone, neither."""
        truth, named = self.truth, self.named
        kinds = np.column_stack([truth & named, truth & ~named, ~truth & named, ~truth & ~named])
        return kinds * self.weights[:, None]

    def weigh_cases(self) -> Draws:
        """What one case of each kind weighs, kinds x 1: as many weigh what all with, or without, the theme weigh.

        So many are the effective number of those.
        """
        held, not_held = (_weigh_case(self.weights[there]) for there in (self.truth, ~self.truth))
        return np.array([[held], [held], [not_held], [not_held]])


class _Mistakes(NamedTuple):
    """How often the machine names a theme where it is, and does not where it is not; the draws of both."""

    sensitivity: float
    specificity: float
    sensitivities: Draws
    specificities: Draws

    @property
    def are_few(self) -> bool:
        """Whether the machine names the theme clearly more often where it is than where it is not."""
        # False, too, where one of the two is not known.
        return self.sensitivity + self.specificity - 1 >= MIN_YOUDEN


def measure_checked(  # noqa: PLR0913  # every input is named by its caller
    survey: Survey,
    mentions: pd.DataFrame,
    replaced: pd.DataFrame,
    by_hand: Mapping[tuple[str, str], str],
    *,
    framework: Framework,
    thresholds: Thresholds,
    seed: int,
    weights: Mapping[tuple[str, str], float] | None = None,
    silent: Collection[tuple[str, str]] = (),
    coders: Collection[str] = (),
) -> Checked:
    """How well the machine codes the answers that people coded, and each role's shares corrected for its mistakes.

    An answer holds a theme where it says something of it about the joint work, whatever the stance. Ranges: people are
    weighted by the Bayesian bootstrap (Rubin 1981), all answers of one person together, with half a case of each kind
    more (Jeffreys' prior), so that no mistake in a few answers is not certainty.

    The weights are scaled to add up to the answers of the survey that say anything (Hajek's ratio). For shares, an
    answer that was drawn weighs one less: that many of those that nobody checked it stands for.

    Args:
        survey: who answered.
        mentions: Mention rows that count.
        replaced: the machine's Mention rows of the answers that people coded.
        by_hand: response and question of the answers that people coded, with who did.
        framework: the themes that the machine knows, draws and level; without themes, nothing is measured.
        thresholds: the fewest people that anything may be said of.
        seed: of the drawing.
        weights: of the answers that people coded, how many answers each stands for, in proportion; 0 for one that was
            not drawn: nothing is measured on it. None, or nothing, where all count alike.
        silent: response and question of answers that say nothing, which are not given to anybody to code.
        coders: everybody who coded, also those in whose place another's codes count.
    """
    if not by_hand:
        return Checked()
    stands_for = dict.fromkeys(by_hand, 1.0) | dict(weights or {})
    case = _lay_out(survey, mentions, replaced, stands_for, framework, silent)
    measurer = _Measurer(case, framework, thresholds, seed)
    themes, shares = measurer.measure() if framework.themes else ((), ())
    return Checked(
        answers=len(case.frame),
        by_hand=int(case.checked.sum()),
        drawn=int((case.weights > 0).sum()),
        effective=0 if case.alike else round(count_effective(case.weights)),
        coders=tuple(sorted({*by_hand.values(), *coders})),
        themes=themes,
        shares=shares,
    )


@dataclass(frozen=True)
class _Measurer:
    """What it takes to measure theme after theme."""

    case: _Case
    framework: Framework
    thresholds: Thresholds
    seed: int

    def measure(self) -> tuple[tuple[CheckedTheme, ...], tuple[CheckedShare, ...]]:
        """All themes as one list, then each; and the corrected shares of those of which enough is known."""
        case, rules = self.case.pick(self.case.weights > 0), self.framework.scoring
        lots, weights, themes = case.frame["lot"].to_numpy(object), case.weights, self.framework.themes
        enough = count_effective(weights) >= MIN_CHECKED
        each = np.repeat(lots, len(themes)), np.repeat(weights, len(themes))
        rates = [self._rate("", _Sample(case.told.ravel(), case.named.ravel(), *each), told=enough)]
        shares: list[CheckedShare] = []
        # One that was drawn stands for that many answers less itself among those that nobody checked.
        others = weights if case.alike or not (weights > 1).any() else np.maximum(weights - 1, 0.0)
        for place, theme in enumerate(themes):
            sample = _Sample(case.told[:, place], case.named[:, place], lots, weights)
            many = count_effective(weights[sample.truth]) >= rules.min_theme_cases
            known = enough and many and len(set(lots[sample.truth])) >= self.thresholds.min_base
            rates.append(self._rate(theme.id, sample, told=known))
            if known:
                mistakes = self._find_mistakes(theme.id, sample._replace(weights=others))
                shares += self._correct(place, theme.id, mistakes) if mistakes.are_few else ()
        return tuple(rates), tuple(sorted(shares, key=lambda each: (each.role, each.wave)))

    def _rate(self, theme: str, sample: _Sample, *, told: bool) -> CheckedTheme:
        """The figures of one theme, or all as one list; only counts where too few."""
        plain, rules = CheckedTheme(theme, int(sample.truth.sum()), int(sample.named.sum())), self.framework.scoring
        if not told or not sample.truth.any():
            return plain
        seen, drawn = sample.sort_out().sum(axis=0), self._draw(theme, sample)
        figures: dict[str, float] = {}
        for name, value, draws in zip(_FIGURES, _rate(seen), _rate(drawn), strict=True):
            # Of a theme that the machine hardly names, precision says next to nothing.
            few = count_effective(sample.weights[sample.named]) < rules.min_theme_cases
            if not np.isnan(value) and not (name == "precision" and few):
                low, high = find_range(draws, float(value), rules.level)
                figures |= {name: float(value), f"{name}_low": low, f"{name}_high": high}
        return CheckedTheme(**{**plain._asdict(), **figures})

    def _find_mistakes(self, theme: str, sample: _Sample) -> _Mistakes:
        """The machine's mistakes of one theme, whose sample has answers that hold it."""
        both, missed, wrong, neither = sample.sort_out().sum(axis=0).tolist()
        drawn = self._draw(theme, sample)
        return _Mistakes(
            both / (both + missed) if both + missed else nan,
            neither / (wrong + neither) if wrong + neither else nan,
            drawn[0] / (drawn[0] + drawn[1]),
            drawn[3] / (drawn[2] + drawn[3]),
        )

    def _draw(self, theme: str, sample: _Sample) -> Draws:
        """Plausible sums of the four kinds, kinds x draws, with half a case of each more."""
        people, values = _add_up(sample.lots, sample.sort_out())
        drawn = draw_means(values, np.ones(len(people)), people, self.seed, self.framework.scoring.draws) * len(people)
        halves = open_stream(f"checked:{theme}", self.seed).standard_gamma(_HALF, size=drawn.shape)
        return drawn + halves * sample.weigh_cases()

    def _correct(self, place: int, theme: str, mistakes: _Mistakes) -> Iterator[CheckedShare]:
        """The corrected share of one theme, by role and round."""
        rules, frame = self.framework.scoring, self.case.frame
        for role, wave in sorted(set(zip(frame["role"], frame["wave"], strict=True))):
            own = self.case.pick(((frame["role"] == role) & (frame["wave"] == wave)).to_numpy())
            told = own.told[:, place]
            # What says nothing holds no theme; the machine could not name one there by mistake, either.
            left = ~own.checked & (told | ~own.silent)
            kinds = np.column_stack([told & ~left, ~told & ~left, told & left, ~told & left]).astype(float)
            people, values = _add_up(own.frame["lot"].to_numpy(object), kinds)
            if len(people) < self.thresholds.min_base:
                continue
            share = float(_weigh(kinds.sum(axis=0), mistakes.sensitivity, mistakes.specificity))
            drawn = draw_means(values, np.ones(len(people)), people, self.seed, rules.draws) * len(people)
            halves = open_stream(f"shares:{theme}:{role}:{wave}", self.seed)
            # Half an answer that holds the theme, and half one that does not, among those on which least is known.
            drawn[slice(2, 4) if left.any() else slice(0, 2)] += halves.standard_gamma(_HALF, size=(2, rules.draws))
            draws = _weigh(drawn, mistakes.sensitivities, mistakes.specificities)
            draws = np.clip(share + (draws - share) * find_tails(len(people), rules.level), 0.0, 1.0)
            low, high = find_range(draws, share, rules.level)
            yield CheckedShare(role, wave, theme, float(told.mean()), share, low, high)


def _lay_out(  # noqa: PLR0913, PLR0917  # each is one plain part of the case
    survey: Survey,
    mentions: pd.DataFrame,
    replaced: pd.DataFrame,
    by_hand: Mapping[tuple[str, str], float],
    framework: Framework,
    silent: Collection[tuple[str, str]],
) -> _Case:
    forms = survey.responses.assign(
        lot=survey.responses["lot"].where(survey.responses["lot"] != "", survey.responses["person"])
    )[["response", "lot", "role", "wave"]]
    frame = survey.answers[_PLACE].merge(forms, on="response").sort_values(["lot", *_PLACE], ignore_index=True)
    answers = pd.MultiIndex.from_frame(frame[_PLACE])
    checked = np.asarray(answers.isin(list(by_hand)))
    told = _mark(mentions, answers, framework)
    named = np.where(checked[:, None], _mark(replaced, answers, framework), told)
    weights = np.array([by_hand.get(place, 0.0) for place in answers.tolist()])
    alike = len(set(weights[weights > 0].tolist())) <= 1
    mute = np.asarray(answers.isin(list(silent))) & ~checked
    weights = (weights > 0).astype(float) if alike else weights * (~mute).sum() / weights.sum()
    return _Case(frame, checked, told, named, weights, alike, mute)


def _mark(mentions: pd.DataFrame, answers: pd.MultiIndex, framework: Framework) -> Marks:
    """Which themes of the joint work each answer holds, answers x themes."""
    place = {each.id: at for at, each in enumerate(framework.themes)}
    wanted = mentions[(mentions["level"] == "project") & mentions["theme"].isin(place)]
    marks = np.zeros((len(answers), len(place)), dtype=np.bool_)
    marks[answers.get_indexer(pd.MultiIndex.from_frame(wanted[_PLACE])), wanted["theme"].map(place).to_numpy(int)] = (
        True
    )
    return marks


def _rate(kinds: Draws) -> tuple[Draws, Draws, Draws]:
    """Precision, recall and F1 from how often both, people alone, and the machine alone found a theme."""
    both, missed, wrong = kinds[:3]
    return _divide(both, both + wrong), _divide(both, both + missed), _divide(2 * both, 2 * both + missed + wrong)


def _weigh_case(weights: Draws) -> float:
    return float(np.sum(weights**2) / np.sum(weights)) if np.any(weights > 0) else 1.0


def _divide(above: Draws, below: Draws) -> Draws:
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, nan), where=below > 0))


def _add_up(lots: npt.NDArray[np.object_], values: Draws) -> tuple[tuple[str, ...], Draws]:
    """People, sorted, and the sums of what stands with each of their answers."""
    people, owner = np.unique(lots.astype(str), return_inverse=True)
    sums = np.zeros((len(people), values.shape[1]))
    np.add.at(sums, owner, values)
    return tuple(people.tolist()), sums


def _weigh(kinds: Draws, sensitivity: float | Draws, specificity: float | Draws) -> Draws:
    """The share that holds the theme: of those checked as found, of the others as corrected, between none and all.

    kinds: how many were checked and hold it, checked and do not, were left and named, left and not named.
    """
    found, without, named, unnamed = kinds
    left = named + unnamed
    youden = np.maximum(np.asarray(sensitivity) + specificity - 1, MIN_YOUDEN / 2)
    true = np.clip((named + (np.asarray(specificity) - 1) * left) / youden, 0.0, left)
    return np.asarray((found + true) / (found + without + left))
