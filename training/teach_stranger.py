"""Answers written for training and a base encoder go in; a folder of weights that never met the corpus comes out.

    python -m training.teach_stranger --out FOLDER [--without THEME ...] [--untaught]

The shipped coder has learnt from every writer of data/corpus/answers.jsonl, so how well one learns from few codes with
its help cannot be measured on them. This one goes through the stages of training/encoding.py before the last alone, on
data/corpus/more.jsonl; only its curves and thresholds are found on CHOOSING of the corpus' writers, whom
benchmarks/learning.py leaves out. `--without` takes the codes of some themes out beforehand: to such a coder they are
what a theme of somebody's own is. `--untaught` takes the base encoder as its authors left it. Over an hour on two
cores that multiply bfloat16; a run that is broken off goes on, and one already done takes a few minutes.
"""

import argparse
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from training.corpus import CodedAnswer, read_corpus, read_more
from training.encoding import (
    READERS,
    Reader,
    find_base,
    load_network,
    read_by_both,
    read_pieces,
    teach_all_first,
)
from training.export import round_network
from training.fitting import fit_coder, fit_curves, mark_themes
from training.listing import WEIGHTS, write_json
from training.network import Network
from training.rules import list_rules
from training.train import RUNS, export_files
from training.train_fast import list_cues

from coprod_cli.coding.linear import score_themes
from coprod_cli.coding.shipped import restore_rules
from coprod_cli.coding.trained import Blend, blend_answers
from coprod_cli.coding.wordpiece import WordPieces
from coprod_cli.reading import read_framework

# Of the writers in order of their names, two of every five.
PARTS, CHOOSING = 5, (0, 1)


def list_choosing(answers: Sequence[CodedAnswer]) -> set[str]:
    """The writers on whom things are chosen, and none of whom is measured on."""
    writers = sorted({answer.writer for answer in answers})
    return {writer for part in CHOOSING for writer in writers[part::PARTS]}


def write_folder(
    folder: Path, networks: Mapping[Reader, Network], learnt: Sequence[CodedAnswer], themes: tuple[str, ...]
) -> None:
    """A folder as the package's own, with these networks and a linear coder learnt from these answers."""
    told = json.loads((WEIGHTS / "encoder" / "weights.json").read_text(encoding="utf-8"))
    plain = json.loads((WEIGHTS / "fast" / "weights.json").read_text(encoding="utf-8"))
    pieces = read_pieces(find_base())
    linear, stored = fit_coder(learnt, themes)
    every = read_corpus()
    choosing = list_choosing(every)
    answers = [answer for answer in every if answer.writer in choosing]
    asked = [answer.asked for answer in answers]
    readings = read_by_both(networks, asked, WordPieces(pieces))
    scores = blend_answers(score_themes(linear, asked).answers, readings, Blend(**told["blend"]))
    slopes, intercepts, thresholds = fit_curves(scores, mark_themes(answers, themes))
    rules = replace(restore_rules(told["rules"]), slopes=slopes, intercepts=intercepts, thresholds=thresholds)
    arrays = io.BytesIO()
    np.savez_compressed(arrays, allow_pickle=False, **dict(sorted(stored.items())))
    told |= {"themes": themes, "rules": list_rules(rules)}
    files = {
        "fast/arrays.npz": arrays.getvalue(),
        "fast/vocabulary.json": _to_json({"stems": linear.lexicon.stems, "pieces": linear.lexicon.pieces}),
        "fast/weights.json": _to_json(plain | {"themes": themes}),
        **{f"encoder/{name}": content for name, content in export_files(networks, pieces).items()},
        "encoder/weights.json": _to_json(told | {"fast_sha256": hashlib.sha256(arrays.getvalue()).hexdigest()}),
        "measured.json": (WEIGHTS / "measured.json").read_bytes(),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    write_json(folder / "manifest.json", {"files": hashes})


def _to_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def main() -> None:
    """Teach and write one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[], metavar="THEME", help="themes whose codes are taken out")
    parser.add_argument("--untaught", action="store_true", help="the base encoder as its authors left it")
    chosen = parser.parse_args()
    framework, base = read_framework(), find_base()
    themes = tuple(sorted(theme.id for theme in framework.themes))
    if unknown := sorted(set(chosen.without) - set(themes)):
        parser.error(f"no such themes: {', '.join(unknown)}")
    more, cues = (
        [
            answer._replace(codes=tuple(code for code in answer.codes if code.theme not in chosen.without))
            for answer in answers
        ]
        for answers in (read_more(), list_cues(framework))
    )
    if chosen.untaught:
        network = Network(base)
        round_network(network)
        network.eval()
        networks = dict.fromkeys(READERS, network)
    else:
        begun = teach_all_first(more, themes, base, RUNS, len(READERS))
        networks = {reader: load_network(base, saved) for reader, saved in begun.items()}
    write_folder(chosen.out, networks, [*more, *cues], themes)


if __name__ == "__main__":
    main()
