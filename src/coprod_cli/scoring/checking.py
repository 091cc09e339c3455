"""People's codes and the machine's of the same answers go in; how far they agree, and corrected shares, come out.

People's codes are taken as right. The shares that hold a theme are corrected by what was found of the machine's
mistakes (Rogan and Gladen 1978, American Journal of Epidemiology 107:71-76): of the answers that nobody checked, the
share truly there is (apparent + specificity - 1) / (sensitivity + specificity - 1); those that people coded count as
they are.
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
from coprod_cli.scoring.intervals import Draws, draw_means, find_range, find_tails, open_stream

# Conventions: so many answers must have been coded by people before anything is said of the machine, and a theme must
# have been found in as many of them as the framework asks for a theme that enters scores.
MIN_CHECKED = 50
_HALF = 0.5
_PLACE = ["response", "question"]
_FIGURES = ("precision", "recall", "f1")

Marks = npt.NDArray[np.bool_]


class _Case(NamedTuple):
    """All answers, in the order of people.

    frame: their response, lot, role and wave. checked: which of them people coded. told: answers x themes, as it
    counts, people's codes before the machine's. named: what the machine named.
    """

    frame: pd.DataFrame
    checked: Marks
    told: Marks
    named: Marks

    def pick(self, kept: Marks) -> "_Case":
        return _Case(self.frame[kept].reset_index(drop=True), self.checked[kept], self.told[kept], self.named[kept])


class _Mistakes(NamedTuple):
    """How often the machine names a theme where it is, and does not where it is not; the draws of both."""

    sensitivity: float
    specificity: float
    sensitivities: Draws
    specificities: Draws

    @property
    def are_few(self) -> bool:
        """Whether the machine names the theme clearly more often where it is than where it is not."""
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
) -> Checked:
    """How well the machine codes the answers that people coded, and each role's shares corrected for its mistakes.

    An answer holds a theme where it says something of it about the joint work, whatever the stance. Ranges: people are
    weighted by the Bayesian bootstrap (Rubin 1981), all answers of one person together, with half a case of each kind
    more (Jeffreys' prior), so that no mistake in a few answers is not certainty.

    Args:
        survey: who answered.
        mentions: Mention rows that count.
        replaced: the machine's Mention rows of the answers that people coded.
        by_hand: response and question of the answers that people coded, with who did.
        framework: its themes, draws and level.
        thresholds: the fewest people that anything may be said of.
        seed: of the drawing.
    """
    if not by_hand:
        return Checked()
    case = _lay_out(survey, mentions, replaced, by_hand, framework)
    themes, shares = _Measurer(case, framework, thresholds, seed).measure()
    return Checked(
        answers=len(case.frame),
        by_hand=int(case.checked.sum()),
        coders=tuple(sorted(set(by_hand.values()))),
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
        checked, rules = self.case.pick(self.case.checked), self.framework.scoring
        lots = checked.frame["lot"].to_numpy(object)
        enough = len(checked.frame) >= MIN_CHECKED
        each_lot = np.repeat(lots, len(self.framework.themes))
        pooled, _ = self._compare("", checked.told.ravel(), checked.named.ravel(), each_lot, told=enough)
        themes: list[CheckedTheme] = [pooled]
        shares: list[CheckedShare] = []
        for place, theme in enumerate(self.framework.themes):
            told = checked.told[:, place]
            people = len(set(lots[told]))
            known = enough and told.sum() >= rules.min_theme_cases and people >= self.thresholds.min_base
            measured, mistakes = self._compare(theme.id, told, checked.named[:, place], lots, told=bool(known))
            themes.append(measured)
            if mistakes is not None and mistakes.are_few:
                shares += self._correct(place, theme.id, mistakes)
        return tuple(themes), tuple(sorted(shares, key=lambda each: (each.role, each.wave)))

    def _compare(
        self, theme: str, truth: Marks, named: Marks, lots: npt.NDArray[np.object_], *, told: bool
    ) -> tuple[CheckedTheme, _Mistakes | None]:
        """The figures of one theme, or all as one list, and the machine's mistakes; only counts where too few."""
        plain, rules = CheckedTheme(theme, int(truth.sum()), int(named.sum())), self.framework.scoring
        if not told or not truth.any():
            return plain, None
        kinds = np.column_stack([truth & named, truth & ~named, ~truth & named, ~truth & ~named]).astype(float)
        people, values = _add_up(lots, kinds)
        drawn = draw_means(values, np.ones(len(people)), people, self.seed, rules.draws) * len(people)
        drawn += open_stream(f"checked:{theme}", self.seed).standard_gamma(_HALF, size=drawn.shape)
        figures: dict[str, float] = {}
        for name, value, draws in zip(_FIGURES, _rate(kinds.sum(axis=0)), _rate(drawn), strict=True):
            # Of a theme that the machine hardly names, precision says next to nothing.
            if not np.isnan(value) and (name != "precision" or named.sum() >= rules.min_theme_cases):
                low, high = find_range(draws, float(value), rules.level)
                figures |= {name: float(value), f"{name}_low": low, f"{name}_high": high}
        both, missed, wrong, neither = kinds.sum(axis=0).tolist()
        mistakes = _Mistakes(
            both / (both + missed),
            neither / (wrong + neither) if wrong + neither else nan,
            drawn[0] / (drawn[0] + drawn[1]),
            drawn[3] / (drawn[2] + drawn[3]),
        )
        return CheckedTheme(**{**plain._asdict(), **figures}), mistakes

    def _correct(self, place: int, theme: str, mistakes: _Mistakes) -> Iterator[CheckedShare]:
        """The corrected share of one theme, by role and round."""
        rules, frame = self.framework.scoring, self.case.frame
        for role, wave in sorted(set(zip(frame["role"], frame["wave"], strict=True))):
            own = self.case.pick(((frame["role"] == role) & (frame["wave"] == wave)).to_numpy())
            told, left = own.told[:, place], ~own.checked
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


def _lay_out(
    survey: Survey,
    mentions: pd.DataFrame,
    replaced: pd.DataFrame,
    by_hand: Collection[tuple[str, str]],
    framework: Framework,
) -> _Case:
    forms = survey.responses.assign(
        lot=survey.responses["lot"].where(survey.responses["lot"] != "", survey.responses["person"])
    )[["response", "lot", "role", "wave"]]
    frame = survey.answers[_PLACE].merge(forms, on="response").sort_values(["lot", *_PLACE], ignore_index=True)
    answers = pd.MultiIndex.from_frame(frame[_PLACE])
    checked = np.asarray(answers.isin(list(by_hand)))
    told = _mark(mentions, answers, framework)
    return _Case(frame, checked, told, np.where(checked[:, None], _mark(replaced, answers, framework), told))


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
