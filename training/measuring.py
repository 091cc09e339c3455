"""What an engine found and what the corpus says go in; figures with their likely ranges come out."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer
from training.fitting import mark_themes
from training.questions import PLAIN_QUESTIONS

from coprod_cli.coding.engine import Found
from coprod_cli.coding.tokens import count_words
from coprod_cli.coding.verdicts import find_alphas, find_designs, find_verdicts, pair_values

DRAWS = 2000
SEED = 20260101
BINS = 10
# Fewer cases than these say nothing of a theme; a shorter answer than this may rightly lean on its question.
LEAST_CASES = 10
LEAST_WORDS = 6

Coded = Sequence[tuple[Found, ...]]


class Codings(NamedTuple):
    """What an engine found in the same answers: under their own questions, and asked for good and for bad alone."""

    own: Coded
    asked_for_good: Coded
    asked_for_bad: Coded


def measure_engine(answers: Sequence[CodedAnswer], coded: Codings, themes: Sequence[str]) -> dict[str, Any]:
    """Every figure of one engine; where nothing else is said the unit is the presence of a theme in an answer.

    Ranges (2.5th to 97.5th percentile) come from drawing whole writers with replacement, since the answers of one
    writer resemble each other. stance_accuracy and level_accuracy: of the themes found in the answers that hold them,
    the share where the set of stances (levels) named is the set in the corpus. evidence_overlap: over the same, the
    mean F1 of the characters marked. whole_code_f1: micro-F1 of theme, stance and level in one. verdict_alpha: of what
    would enter a score, see `mark_verdicts`; verdict_low is its 2.5th percentile. verdicts: how many answers of each
    true verdict (rows) were given each verdict (columns); verdict_designs: see `find_designs`. plain_question_f1:
    macro-F1 on the answers to PLAIN_QUESTIONS, over the themes that at least LEAST_CASES of them hold. stance_swayed:
    see `find_sway`.
    """
    found = [answer._replace(codes=codes) for answer, codes in zip(answers, coded.own, strict=True)]
    held, said = mark_themes(answers, themes), mark_themes(found, themes)
    place, draws = draw_writers([answer.writer for answer in answers])
    # Per writer and theme: right, named, held; a bootstrap draw only adds writers up again.
    counts = add_by_writer(place, np.stack((held & said, said, held), axis=1))
    f1_drawn = find_f1(counts[draws].sum(axis=1))
    total = counts.sum(axis=0)
    f1 = find_f1(total[None])[0]
    agreed = list(_compare_details(answers, coded.own))
    macro_low, macro_high = np.quantile(f1_drawn.mean(axis=1), (0.025, 0.975))
    lows, highs = np.quantile(f1_drawn, (0.025, 0.975), axis=0)
    whole = add_by_writer(place, _count_whole_codes(answers, found))
    whole_low, whole_high = np.quantile(find_f1(whole[draws].sum(axis=1)), (0.025, 0.975))
    alphas = find_alphas(add_by_writer(place, pair_values(held, said, 2)).sum(axis=0))
    verdicts = add_by_writer(place, pair_values(mark_verdicts(answers, themes), mark_verdicts(found, themes), 4))
    paired = verdicts.sum(axis=0)
    verdict_alphas, designs = find_alphas(paired), find_designs(verdicts)
    verdict_lows = np.quantile(np.stack([find_alphas(verdicts[draw].sum(axis=0)) for draw in draws]), 0.025, axis=0)
    plain, plain_f1 = _measure_plain(answers, held, said)
    return {
        "answers": len(answers),
        "writers": len(counts),
        "macro_f1": round_figure(f1.mean()),
        "macro_f1_low": round_figure(macro_low),
        "macro_f1_high": round_figure(macro_high),
        "micro_f1": round_figure(2 * total[0].sum() / (total[1].sum() + total[2].sum())),
        "whole_code_f1": round_figure(find_f1(whole.sum(axis=0)[None])[0]),
        "whole_code_f1_low": round_figure(whole_low),
        "whole_code_f1_high": round_figure(whole_high),
        "plain_question_f1": round_figure(plain_f1),
        "plain_question": plain,
        "stance_accuracy": round_figure(np.mean([stance for stance, _, _ in agreed])),
        "stance_swayed": round_figure(find_sway(answers, coded)),
        "level_accuracy": round_figure(np.mean([level for _, level, _ in agreed])),
        "evidence_overlap": round_figure(np.mean([overlap for _, _, overlap in agreed])),
        "themes": [
            {
                "theme": theme,
                "precision": round_figure(total[0, column] / max(total[1, column], 1)),
                "recall": round_figure(total[0, column] / max(total[2, column], 1)),
                "f1": round_figure(f1[column]),
                "f1_low": round_figure(lows[column]),
                "f1_high": round_figure(highs[column]),
                "alpha": round_figure(alphas[column]),
                "cases": int(total[2, column]),
                "verdict_alpha": round_figure(verdict_alphas[column]),
                "verdict_low": round_figure(verdict_lows[column]),
                "verdicts": paired[:, :, column].astype(int).tolist(),
                "verdict_designs": [round_figure(design) for design in designs[:, column]],
            }
            for column, theme in enumerate(themes)
        ],
    }


def mark_verdicts(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> NDArray[np.intp]:
    """The verdict of each answer on each theme; answers x themes, see `find_verdicts`."""
    return find_verdicts([answer.codes for answer in answers], themes)


def find_sway(answers: Sequence[CodedAnswer], coded: Codings) -> float:
    """Of the themes found under either question, the share whose stances change when one is put for the other.

    Over answers of at least LEAST_WORDS words, all put under ASKED_FOR_GOOD and all under ASKED_FOR_BAD.
    """
    changed = []
    for answer, good, bad in zip(answers, coded.asked_for_good, coded.asked_for_bad, strict=True):
        if count_words(answer.asked.words) >= LEAST_WORDS:
            shared = sorted({each.theme for each in good} & {each.theme for each in bad})
            changed += [_list_stances(good, theme) != _list_stances(bad, theme) for theme in shared]
    return float(np.mean(changed))


def find_calibration(answers: Sequence[CodedAnswer], chances: NDArray[np.float64], themes: Sequence[str]) -> float:
    """How far chances (answers x themes) lie from what was there, over all answers and themes; see `find_error`."""
    return find_error(chances, mark_themes(answers, themes))


def find_error(chances: NDArray[np.float64], held: NDArray[np.bool_]) -> float:
    """Expected calibration error (Naeini et al. 2015), ten bins of equal width: 0 is perfect."""
    bins = find_bins(chances)
    gaps = [
        abs(held[bins == each].mean() - chances[bins == each].mean()) * (bins == each).mean()
        for each in sorted(set(bins.ravel().tolist()))
    ]
    return round_figure(sum(gaps))


def find_bins(chances: NDArray[np.float64]) -> NDArray[np.intp]:
    """The bin of each chance: ten of equal width, 1 lying in the last."""
    return np.minimum((chances * BINS).astype(np.intp), BINS - 1)


def overlap_spans(left: Sequence[Found], right: Sequence[Found]) -> float:
    """F1 of the characters that two sets of stretches mark."""
    marked = [{place for each in side for place in range(each.start, each.end)} for side in (left, right)]
    return 2 * len(marked[0] & marked[1]) / max(len(marked[0]) + len(marked[1]), 1)


def draw_writers(writers: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The place of each unit's writer among those there are, and DRAWS draws of as many writers with replacement."""
    known = sorted(set(writers))
    place = np.asarray([known.index(writer) for writer in writers])
    return place, np.random.default_rng(SEED).integers(len(known), size=(DRAWS, len(known)))


def add_by_writer(place: NDArray[np.intp], marks: NDArray[Any]) -> NDArray[np.float64]:
    """Marks of units (units x ...) added up for each writer (writers x ...)."""
    total = np.zeros((int(place.max()) + 1, *marks.shape[1:]))
    np.add.at(total, place, marks)
    return total


def find_f1(counts: NDArray[Any]) -> NDArray[np.float64]:
    """F1 from counts of what is right, named and held along the second axis."""
    return np.asarray(2 * counts[:, 0] / np.maximum(counts[:, 1] + counts[:, 2], 1))


def round_figure(value: float | np.floating[Any]) -> float:
    """A figure as it is written down."""
    return round(float(value), 4)


def _measure_plain(
    answers: Sequence[CodedAnswer], held: NDArray[np.bool_], said: NDArray[np.bool_]
) -> tuple[dict[str, int], float]:
    plain = np.asarray([answer.asked.question in PLAIN_QUESTIONS for answer in answers])
    enough = held[plain].sum(axis=0) >= LEAST_CASES
    held, said = held[plain][:, enough], said[plain][:, enough]
    f1 = find_f1(np.stack([(held & said).sum(axis=0), said.sum(axis=0), held.sum(axis=0)])[None])[0]
    writers = {answer.writer for answer, asked in zip(answers, plain, strict=True) if asked}
    return {"answers": int(plain.sum()), "writers": len(writers), "themes": int(enough.sum())}, float(f1.mean())


def _count_whole_codes(answers: Sequence[CodedAnswer], found: Sequence[CodedAnswer]) -> NDArray[np.intp]:
    """Per answer: distinct triples of theme, stance and level that are right, named, held."""
    held, said = (
        [{(code.theme, code.stance, code.level) for code in answer.codes} for answer in side]
        for side in (answers, found)
    )
    return np.asarray([(len(gold & ours), len(ours), len(gold)) for gold, ours in zip(held, said, strict=True)])


def _compare_details(answers: Sequence[CodedAnswer], coded: Coded) -> list[tuple[bool, bool, float]]:
    agreed = []
    for answer, found in zip(answers, coded, strict=True):
        for theme in sorted({code.theme for code in answer.codes} & {each.theme for each in found}):
            gold = [code for code in answer.codes if code.theme == theme]
            ours = [each for each in found if each.theme == theme]
            level = {code.level for code in gold} == {each.level for each in ours}
            agreed.append((_list_stances(gold, theme) == _list_stances(ours, theme), level, overlap_spans(gold, ours)))
    return agreed


def _list_stances(codes: Sequence[Found], theme: str) -> set[str]:
    return {code.stance for code in codes if code.theme == theme}
