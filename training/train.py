"""The corpus goes in; the shipped coder and its measurements, leaving each writer out in turn, come out.

Run from the root of the repository: `python -m training.train` (about nine minutes on two shared cores).
`--measure-only` leaves the weights as they are and writes the figures anew; `--cues-only` does so for the engine
`cues`, in seconds.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.corpus import ROOT, CodedAnswer, hash_corpus, list_sampled, read_corpus
from training.fitting import VERSION, fit_coder, fit_curves, mark_themes
from training.measuring import Codings, find_calibration, measure_engine, overlap_spans
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD

from coprod_cli.coding.coder import Coder, Rules, Scores, score_themes
from coprod_cli.coding.cues import code_with_cues
from coprod_cli.coding.engine import Found
from coprod_cli.coding.trained import find_chances, settle
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

WEIGHTS = ROOT / "src" / "coprod_cli" / "weights"
RESULTS = ROOT / "training" / "results.json"
REACHES = tuple(product((0.35, 0.6, 0.9), (0.2, 0.35, 0.5)))
SPLITS = (0.35, 0.5, 0.7, 0.9, 1.2, 1.6, 2.0)
# No two parts of an answer speak this clearly: until the split is found, every theme is one mention.
NO_SPLIT = 9.0


class Fold:
    """One writer left out: the coder learnt from the others, and what it scores this writer's answers."""

    def __init__(self, answers: Sequence[CodedAnswer], coder: Coder) -> None:
        self.answers = answers
        self.coder = coder
        self.scores: Scores = score_themes(coder, [answer.asked for answer in answers])

    def code(self, rules: Rules) -> list[tuple[Found, ...]]:
        """The findings under these rules, by the very code that ships."""
        asked = [answer.asked for answer in self.answers]
        return settle(replace(self.coder, rules=rules), asked, self.scores, set(self.coder.themes))

    def ask(self, question: str) -> "Fold":
        """The same coder and answers, all as if they had been given to this one question."""
        return Fold(put_question(self.answers, question), self.coder)


def put_question(answers: Sequence[CodedAnswer], question: str) -> list[CodedAnswer]:
    """The answers, all as if they had been given to this one question."""
    return [answer._replace(asked=answer.asked._replace(question=question)) for answer in answers]


def leave_out(task: tuple[str, list[CodedAnswer], tuple[str, ...]]) -> Fold:
    """Learn from everyone but one writer."""
    writer, answers, themes = task
    coder, _ = fit_coder([answer for answer in answers if answer.writer != writer], themes)
    return Fold([answer for answer in answers if answer.writer == writer], coder)


def fit_rules(folds: Sequence[Fold], themes: tuple[str, ...]) -> Rules:
    """Curves and thresholds from the scores of writers left out."""
    scores = np.concatenate([fold.scores.answers for fold in folds])
    held = np.concatenate([mark_themes(fold.answers, themes) for fold in folds])
    slopes, intercepts, thresholds = (values.round(6) for values in fit_curves(scores, held))
    return Rules(slopes, intercepts, thresholds, *REACHES[0], NO_SPLIT)


def rate_reaches(folds: Sequence[Fold], rules: Sequence[Rules]) -> NDArray[np.float64]:
    """Sum over shared themes of evidence overlap, per writer and pair of reaches."""
    return np.asarray(
        [
            [
                _rate(fold, replace(own, reach_inside=inside, reach_across=across), stances=False)
                for inside, across in REACHES
            ]
            for fold, own in zip(folds, rules, strict=True)
        ]
    )


def rate_splits(folds: Sequence[Fold], rules: Sequence[Rules]) -> NDArray[np.float64]:
    """How many shared themes have the right set of stances, per writer and least lean of two mentions."""
    return np.asarray(
        [
            [_rate(fold, replace(own, split=split), stances=True) for split in SPLITS]
            for fold, own in zip(folds, rules, strict=True)
        ]
    )


def _rate(fold: Fold, rules: Rules, *, stances: bool) -> float:
    total = 0.0
    for answer, found in zip(fold.answers, fold.code(rules), strict=True):
        for theme in sorted({code.theme for code in answer.codes} & {each.theme for each in found}):
            gold = [code for code in answer.codes if code.theme == theme]
            ours = [each for each in found if each.theme == theme]
            same = {code.stance for code in gold} == {each.stance for each in ours}
            total += same if stances else overlap_spans(gold, ours)
    return total


def settle_rules(folds: Sequence[Fold], themes: tuple[str, ...]) -> tuple[list[Rules], Rules]:
    """Each writer's rules, found on all the others; and those that ship, found on everyone."""
    each = [fit_rules([fold for fold in folds if fold is not left], themes) for left in folds]
    every = fit_rules(folds, themes)
    reaches = rate_reaches(folds, each)
    for number in range(len(each)):
        inside, across = REACHES[int((reaches.sum(axis=0) - reaches[number]).argmax())]
        each[number] = replace(each[number], reach_inside=inside, reach_across=across)
    inside, across = REACHES[int(reaches.sum(axis=0).argmax())]
    splits = rate_splits(folds, each)
    for number in range(len(each)):
        split = SPLITS[int((splits.sum(axis=0) - splits[number]).argmax())]
        each[number] = replace(each[number], split=split)
    _say(f"overlap by reach {dict(zip(REACHES, reaches.sum(axis=0).round(1).tolist(), strict=True))}")
    _say(f"right stances by split {dict(zip(SPLITS, splits.sum(axis=0).tolist(), strict=True))}")
    split = SPLITS[int(splits.sum(axis=0).argmax())]
    return each, replace(every, reach_inside=inside, reach_across=across, split=split)


def write_weights(coder: Coder, stored: dict[str, NDArray[Any]], left_out: int, measured: dict[str, Any]) -> None:
    """Plain arrays, words and rules, with the SHA-256 of every file."""
    known = coder.vocabularies
    grams = {
        "words": known.words.grams,
        "pieces": known.pieces.grams,
        "questions": known.questions.grams,
        "themed": known.themed.grams,
    }
    with (WEIGHTS / "arrays.npz").open("wb") as target:
        np.savez_compressed(target, allow_pickle=False, **dict(sorted(stored.items())))
    _write_json(WEIGHTS / "vocabulary.json", grams, indent=None)
    rules = coder.rules
    manifest = {
        "version": coder.version,
        "themes": coder.themes,
        "corpus_sha256": hash_corpus(),
        "sampled_answers_left_out": left_out,
        "rules": {
            "slopes": rules.slopes.tolist(),
            "intercepts": rules.intercepts.tolist(),
            "thresholds": rules.thresholds.tolist(),
            "reach_inside": rules.reach_inside,
            "reach_across": rules.reach_across,
            "split": rules.split,
        },
    }
    write_manifest(manifest, measured)


def write_manifest(manifest: dict[str, Any], measured: dict[str, Any]) -> None:
    """The measurements, and the list of files with the SHA-256 of each."""
    _write_json(WEIGHTS / "measured.json", measured)
    names = ("arrays.npz", "vocabulary.json", "measured.json")
    manifest["files"] = {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in names}
    _write_json(WEIGHTS / "weights.json", manifest)
    _write_json(RESULTS, measured)


def measure_trained(answers: Sequence[CodedAnswer], themes: tuple[str, ...], jobs: int) -> tuple[dict[str, Any], Rules]:
    """The figures of engine `trained`, each writer coded by a coder learnt from the others; and the rules to ship."""
    writers = sorted({answer.writer for answer in answers})
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        folds = list(pool.map(leave_out, [(writer, list(answers), themes) for writer in writers]))
    each, every = settle_rules(folds, themes)
    variants = (folds, *([fold.ask(question) for fold in folds] for question in (ASKED_FOR_GOOD, ASKED_FOR_BAD)))
    coded = Codings(
        *([found for fold, own in zip(asked, each, strict=True) for found in fold.code(own)] for asked in variants)
    )
    chances = np.concatenate(
        [find_chances(rules, fold.scores.answers) for fold, rules in zip(folds, each, strict=True)]
    )
    figures = measure_engine(answers, coded, themes)
    return {"version": VERSION, **figures, "calibration_error": find_calibration(answers, chances, themes)}, every


def measure_cues(answers: Sequence[CodedAnswer], framework: Framework, themes: tuple[str, ...]) -> dict[str, Any]:
    """The figures of engine `cues`; its confidence, which is measured here, plays no part in what it finds."""
    asked = (answers, put_question(answers, ASKED_FOR_GOOD), put_question(answers, ASKED_FOR_BAD))
    coded = Codings(*(code_with_cues([answer.asked for answer in each], framework, {}) for each in asked))
    return {"version": framework.version, **measure_engine(answers, coded, themes)}


def main() -> None:
    """Learn 25 times without one writer, measure, then learn from all and write what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="how many processes learn at once")
    parser.add_argument("--measure-only", action="store_true", help="write figures only, keep the weights")
    parser.add_argument("--cues-only", action="store_true", help="write the figures of the cues engine only")
    chosen = parser.parse_args()
    begun = time.monotonic()
    framework = read_framework()
    themes = tuple(sorted(theme.id for theme in framework.themes))
    sampled = len(list_sampled())
    answers = sorted(read_corpus(), key=lambda answer: (answer.writer, answer.id))
    _say(f"{len(answers)} answers; {sampled} more stand in samples and are left out")
    engines: dict[str, Any] = {}
    if chosen.cues_only:
        engines["trained"] = json.loads(RESULTS.read_text(encoding="utf-8"))["engines"]["trained"]
    else:
        engines["trained"], every = measure_trained(answers, themes, chosen.jobs)
    engines["cues"] = measure_cues(answers, framework, themes)
    for name, figures in engines.items():
        _say(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures.items() if key != "themes"))
    measured = {"sampled_answers_left_out": sampled, "corpus_sha256": hash_corpus(), "engines": engines}
    if chosen.measure_only or chosen.cues_only:
        write_manifest(json.loads((WEIGHTS / "weights.json").read_text(encoding="utf-8")), measured)
    else:
        coder, stored = fit_coder(answers, themes)
        write_weights(replace(coder, rules=every), stored, sampled, measured)
    _say(f"done after {time.monotonic() - begun:.0f} s")


def _write_json(path: Path, content: object, indent: int | None = 1) -> None:
    path.write_text(json.dumps(content, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
