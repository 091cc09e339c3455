"""The corpus goes in; the shipped linear coder (engine `fast`) and its measurements come out.

Run from the root of the repository: `python -m training.train_fast` (about three minutes of one core, no other one
needed). `--measure-only` leaves the weights as they are and writes the figures of `fast` anew.

Writers are left out five at a time. What was written for training alone, and the cue phrases of the codebook, is always
learnt from, never measured on.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from training.corpus import CodedAnswer, hash_corpus, list_sampled, read_corpus, read_more
from training.fitting import VERSION, fit_coder
from training.listing import WEIGHTS, write_figures, write_json, write_manifest
from training.rules import FOLDS, Grids, list_rules, measure_folds, say_figures, settle_rules

from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.fast import settle
from coprod_cli.coding.linear import Coder, Rules, score_mentions, score_themes
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

FOLDER = WEIGHTS / "fast"
GRIDS = Grids(
    reaches=tuple(product((0.35, 0.6, 0.9), (0.2, 0.35, 0.5))),
    splits=(0.35, 0.5, 0.7, 0.9, 1.2, 1.6, 2.0),
    leads=(1.0,),
)


class Fold:
    """Five writers left out: the coder learnt from the others, and what it scores these writers' answers."""

    def __init__(self, answers: Sequence[CodedAnswer], coder: Coder) -> None:
        self.answers = answers
        self.coder = coder
        self.read = score_themes(coder, [answer.asked for answer in answers])
        self.scores: NDArray[np.float64] = self.read.answers

    def code(self, rules: Rules) -> list[tuple[Found, ...]]:
        """The findings under these rules, by the very code that ships."""
        asked = [answer.asked for answer in self.answers]
        coder = replace(self.coder, rules=rules)
        return settle(coder, asked, self.read, set(coder.themes), partial(score_mentions, coder, self.read))

    def ask(self, question: str) -> Self:
        """The same coder and answers, all as if they had been given to this one question."""
        return type(self)(put_question(self.answers, question), self.coder)


def list_cues(framework: Framework) -> list[CodedAnswer]:
    """The cue phrases of the codebook as answers of a few words, and the good ones once more denied.

    Writers with a voice of their own seldom say "they never listened"; people in a hurry do.
    """
    cues = []
    for theme in framework.themes:
        said = [("positive", phrase) for phrase in theme.positive_cues]
        said += [("negative", phrase) for phrase in theme.negative_cues]
        said += [("negative", f"{denial} {phrase}") for phrase in theme.positive_cues for denial in ("not", "never")]
        for stance, words in said:
            code = Found(theme.id, stance, "project", 1.0, 0, len(words))
            cues.append(CodedAnswer(f"{theme.id}-{words}", "codebook", Asked(words, "", "other"), (code,)))
    return cues


def put_question(answers: Sequence[CodedAnswer], question: str) -> list[CodedAnswer]:
    """The answers, all as if they had been given to this one question."""
    return [answer._replace(asked=answer.asked._replace(question=question)) for answer in answers]


def leave_out(answers: Sequence[CodedAnswer], more: Sequence[CodedAnswer], themes: tuple[str, ...]) -> list[Fold]:
    """Learn FOLDS times from all but every fifth writer."""
    writers = sorted({answer.writer for answer in answers})
    folds = []
    for first in range(FOLDS):
        left = set(writers[first::FOLDS])
        coder, _ = fit_coder([*(answer for answer in answers if answer.writer not in left), *more], themes)
        folds.append(Fold([answer for answer in answers if answer.writer in left], coder))
        print(f"learnt without {', '.join(sorted(left))}", flush=True)
    return folds


def write_weights(coder: Coder, stored: dict[str, NDArray[Any]]) -> None:
    """Plain arrays, words and rules."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "arrays.npz").open("wb") as target:
        np.savez_compressed(target, allow_pickle=False, **dict(sorted(stored.items())))
    write_json(FOLDER / "vocabulary.json", {"stems": coder.lexicon.stems, "pieces": coder.lexicon.pieces}, indent=None)
    told = {
        "version": coder.version,
        "themes": coder.themes,
        "corpus_sha256": hash_corpus(),
        "sampled_answers_left_out": len(list_sampled()),
        "rules": list_rules(coder.rules),
    }
    write_json(FOLDER / "weights.json", told)
    write_manifest()


def rebuild(*, measure_only: bool) -> None:
    """Learn without each five writers, measure, then learn from all and write what ships."""
    framework = read_framework()
    themes = tuple(sorted(theme.id for theme in framework.themes))
    answers = sorted(read_corpus(), key=lambda answer: (answer.writer, answer.id))
    more = [*read_more(), *list_cues(framework)]
    folds = leave_out(answers, more, themes)
    each, every = settle_rules(folds, themes, GRIDS)
    figures = {"version": VERSION, **measure_folds(folds, each, themes)}
    say_figures(figures)
    if not measure_only:
        coder, stored = fit_coder([*answers, *more], themes)
        write_weights(replace(coder, rules=every), stored)
    write_figures({"fast": figures})


def main() -> None:
    """Read what is wanted, and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure-only", action="store_true", help="write figures only, keep the weights")
    begun = time.monotonic()
    rebuild(measure_only=parser.parse_args().measure_only)
    print(f"done after {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
