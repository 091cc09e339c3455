"""What coders made of writers they never saw goes in; rules for naming, marking and doubting, and figures, come out.

Every group of writers is measured under rules found on the other groups. Those were scored by coders that had learnt
from this group, so it is no full nesting; the rules are few, and far fewer than the answers they rest on.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer
from training.examining import examine
from training.fitting import fit_curves, mark_themes
from training.measuring import Codings, find_calibration, measure_engine, overlap_spans
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD

from coprod_cli.coding.engine import Found
from coprod_cli.coding.fast import find_chances
from coprod_cli.coding.linear import Rules

FOLDS = 5
# The share of what is named that a person is asked to look at.
UNSURE = 0.25
# No two parts of an answer speak this clearly: until the split is found, every theme is one mention.
_NO_SPLIT = 99.0


class LeftOut(Protocol):
    """Some writers left out, and what coders learnt from the others make of their answers."""

    @property
    def answers(self) -> Sequence[CodedAnswer]:
        """Their answers with the codes of the corpus."""

    @property
    def scores(self) -> NDArray[np.float64]:
        """How strongly each answer speaks for each theme."""

    def code(self, rules: Rules) -> list[tuple[Found, ...]]:
        """The findings under some rules, by the very code that ships."""

    def ask(self, question: str) -> Self:
        """The same coders and answers, all as if they had been given to this one question."""


class Grids(NamedTuple):
    """What is tried: the fields of Rules of these names."""

    reaches: tuple[tuple[float, float], ...]
    splits: tuple[float, ...]
    leads: tuple[float, ...]


def settle_rules(folds: Sequence[LeftOut], themes: tuple[str, ...], grids: Grids) -> tuple[list[Rules], Rules]:
    """Each fold's rules, found on all the others; and those that ship, found on every fold."""
    each = [_fit_rules([fold for fold in folds if fold is not left], themes, grids) for left in folds]
    every = _fit_rules(folds, themes, grids)
    reaches = np.asarray(
        [
            [
                _rate(fold, replace(own, reach_inside=inside, reach_across=across), stances=False)
                for inside, across in grids.reaches
            ]
            for fold, own in zip(folds, each, strict=True)
        ]
    )
    chosen = [grids.reaches[place] for place in _choose(reaches)]
    *each, every = (
        replace(own, reach_inside=inside, reach_across=across)
        for own, (inside, across) in zip((*each, every), chosen, strict=True)
    )
    splits = np.asarray(
        [
            [_rate(fold, replace(own, split=split), stances=True) for split in grids.splits]
            for fold, own in zip(folds, each, strict=True)
        ]
    )
    *each, every = (
        replace(own, split=grids.splits[place]) for own, place in zip((*each, every), _choose(splits), strict=True)
    )
    leads = np.asarray(
        [
            [_rate(fold, replace(own, open_lead=lead), stances=True) for lead in grids.leads]
            for fold, own in zip(folds, each, strict=True)
        ]
    )
    *each, every = (
        replace(own, open_lead=grids.leads[place]) for own, place in zip((*each, every), _choose(leads), strict=True)
    )
    return each, every


def measure_folds(folds: Sequence[LeftOut], each: Sequence[Rules], themes: tuple[str, ...]) -> dict[str, Any]:
    """The figures of an engine, each writer coded by coders and rules learnt from others."""
    answers = [answer for fold in folds for answer in fold.answers]
    variants = (folds, *([fold.ask(question) for fold in folds] for question in (ASKED_FOR_GOOD, ASKED_FOR_BAD)))
    coded = Codings(
        *([found for fold, own in zip(asked, each, strict=True) for found in fold.code(own)] for asked in variants)
    )
    chances = np.concatenate([find_chances(rules, fold.scores) for fold, rules in zip(folds, each, strict=True)])
    surely = [
        found.theme in {code.theme for code in answer.codes}
        for answer, findings in zip(answers, coded.own, strict=True)
        for found in findings
        if not found.unsure
    ]
    return {
        **measure_engine(answers, coded, themes),
        "calibration_error": find_calibration(answers, chances, themes),
        "examined": examine(answers, coded.own, chances, themes),
        "unsure_share": round(1 - len(surely) / sum(map(len, coded.own)), 4),
        "sure_precision": round(float(np.mean(surely)), 4),
    }


def say_figures(figures: dict[str, Any]) -> None:
    """Print all figures that are one number."""
    plain = {name: value for name, value in figures.items() if not isinstance(value, list | dict)}
    print(", ".join(f"{name} {value}" for name, value in plain.items()), flush=True)


def find_best_f1(scores: NDArray[np.float64], held: NDArray[np.bool_]) -> float:
    """Macro-F1 if each theme's threshold were the best for these very answers: to compare scores, not to report."""
    order = np.argsort(-scores, axis=0, kind="stable")
    right = np.cumsum(np.take_along_axis(held, order, axis=0), axis=0)
    named = np.arange(1, len(scores) + 1)[:, None]
    return float((2 * right / (named + held.sum(axis=0))).max(axis=0).mean())


def list_rules(rules: Rules) -> dict[str, Any]:
    """Rules as JSON can hold them."""
    told = asdict(rules)
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in told.items()}


def _fit_rules(folds: Sequence[LeftOut], themes: tuple[str, ...], grids: Grids) -> Rules:
    """Curves and thresholds from the scores of writers left out."""
    scores = np.concatenate([fold.scores for fold in folds])
    held = np.concatenate([mark_themes(fold.answers, themes) for fold in folds])
    slopes, intercepts, thresholds = (values.round(6) for values in fit_curves(scores, held))
    rules = Rules(slopes, intercepts, thresholds, 0.0, *grids.reaches[0], _NO_SPLIT, grids.leads[0])
    chances = find_chances(rules, scores)
    return replace(rules, sure=round(float(np.quantile(chances[chances >= thresholds], UNSURE)), 4))


def _rate(fold: LeftOut, rules: Rules, *, stances: bool) -> float:
    """Over the themes rightly found: how many stances are right, or the sum of evidence overlaps."""
    total = 0.0
    for answer, found in zip(fold.answers, fold.code(rules), strict=True):
        for theme in sorted({code.theme for code in answer.codes} & {each.theme for each in found}):
            gold = [code for code in answer.codes if code.theme == theme]
            ours = [each for each in found if each.theme == theme]
            same = {code.stance for code in gold} == {each.stance for each in ours}
            total += same if stances else overlap_spans(gold, ours)
    return total


def _choose(rated: NDArray[np.float64]) -> list[int]:
    """The best choice for each fold by all the others (folds x choices), and last the best by all."""
    total = rated.sum(axis=0)
    return [*(int((total - own).argmax()) for own in rated), int(total.argmax())]
