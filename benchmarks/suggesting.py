"""The corpus as a stranger's survey goes in; how much more is learnt from suggested answers than by lot comes out.

`python benchmarks/suggesting.py --weights FOLDER [--own] [--choosing] [--runs 10]`

A survey is 1,000 answers drawn from half of the writers. Sixty of them are coded by lot; from then on forty more at a
time, by each rule of RULES, until 300 are. After each step a coder is learnt from all that is coded, as `coprod learn`
does, and measured on 1,200 answers of the other half of the writers: macro-F1 over the themes. All rules start from the
same sixty, and every run draws writers, survey and start anew.

FOLDER holds weights that have not learnt from the corpus (`python -m training.teach_stranger`). With `--own` the themes
get other ids, so that the coder starts from nothing but the codes and the codebook; else from what the weights know of
them. The rule that ships was chosen on the writers that `--choosing` takes, as the recipe of learning was; without it
all others are taken. All codes are by language models (data/corpus/README.md).

Figures are means over the runs; in brackets the middle 95% of what 2,000 draws of the runs, with replacement, give for
the difference to coding by lot. Mended: how many themes of an answer that was picked the coder had wrong before it was
coded. Rarest: how many codes there are in the end of the five themes that the survey has least of.
"""

import argparse
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding import encoder, learning, shipped, trained
from coprod_cli.coding.presence import Schooling, find_chances, fit_presence
from coprod_cli.coding.suggesting import spread_out, weigh_doubt
from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import Lesson
from coprod_cli.reading import read_framework

CORPUS = Path(__file__).parents[1] / "data" / "corpus" / "answers.jsonl"
PARTS, CHOOSING = 5, (0, 1)
SURVEY, TESTED = 1000, 1200
START, STEP, END = 60, 40, 300
RAREST = 5
DRAWS, SEED = 2000, 20260101
OWN = "own_"

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


class Left(NamedTuple):
    """What is known where answers are picked: chances and meanings of those left, meanings and codes of the others."""

    chances: Numbers
    meanings: Numbers
    coded: Numbers
    held: NDArray[np.bool_]
    lots: np.random.Generator


def pick_by_lot(left: Left) -> Places:
    """Any."""
    return left.lots.choice(len(left.chances), STEP, replace=False)


def pick_by_doubt(left: Left) -> Places:
    """Those of which the coder is least sure."""
    doubt = weigh_doubt(left.chances, left.held.sum(axis=0).astype(float)).sum(axis=1)
    return np.argsort(-doubt, kind="stable")[:STEP]


def pick_by_variety(left: Left) -> Places:
    """Those that are least like what is coded."""
    return np.asarray(spread_out(np.ones(len(left.chances)), left.meanings, left.coded, STEP)[0])


def pick_by_both(left: Left) -> Places:
    """As coprod suggest does."""
    doubt = weigh_doubt(left.chances, left.held.sum(axis=0).astype(float)).sum(axis=1)
    return np.asarray(spread_out(doubt, left.meanings, left.coded, STEP)[0])


RULES: dict[str, Callable[[Left], Places]] = {
    "by lot": pick_by_lot,
    "doubt alone": pick_by_doubt,
    "variety alone": pick_by_variety,
    "coprod suggest": pick_by_both,
}


def main() -> None:
    """Print a row for each rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="a folder written by training.teach_stranger")
    parser.add_argument("--own", action="store_true", help="themes that coprod does not know by their ids")
    parser.add_argument("--choosing", action="store_true", help="the writers on whom the rule was chosen")
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    with ExitStack() as stack:
        for module in (shipped, encoder, trained):
            stack.enter_context(patch.object(module, "find_weights", return_value=given.weights))
        lessons, writers, framework = read_lessons(choosing=given.choosing, own=given.own)
        names = [each.answer.id for each in lessons]
        laid = learning.lay_out_lessons(lessons, framework, names, names)
    found: dict[str, list[list[float]]] = {name: [] for name in RULES}
    for run in range(given.runs):
        for name, curve in follow(laid.school, writers, run).items():
            found[name].append(curve)
        tell({name: np.asarray(curves) for name, curves in found.items()}, run + 1)


def read_lessons(*, choosing: bool, own: bool) -> tuple[list[Lesson], NDArray[np.str_], Framework]:
    """Hand-coded answers of some of the writers, who wrote each, and the themes."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    writers = sorted({row["writer"] for row in rows})
    chosen = {writer for part in CHOOSING for writer in writers[part::PARTS]}
    rows = [row for row in rows if (row["writer"] in chosen) is choosing]
    mark = OWN if own else ""
    framework = read_framework()
    themes = tuple(replace(each, id=f"{mark}{each.id}") for each in framework.themes)
    lessons = [
        Lesson(
            AskedAnswer(row["id"], row["text"], row["question"], row["role"], person=row["id"]),
            tuple(Code(row["id"], f"{mark}{code['theme']}", code["stance"], code["level"]) for code in row["codes"]),
        )
        for row in rows
    ]
    return lessons, np.asarray([row["writer"] for row in rows]), replace(framework, themes=themes)


def follow(school: Schooling, writers: NDArray[np.str_], run: int) -> dict[str, list[float]]:
    """Macro-F1 after each step of each rule, in one run; then how much was mended, and codes of the rarest themes."""
    lots = np.random.default_rng((SEED, run))
    order = lots.permutation(np.unique(writers))
    first = np.isin(writers, order[: len(order) // 2])
    survey = lots.choice(np.flatnonzero(first), SURVEY, replace=False)
    tested = lots.choice(np.flatnonzero(~first), min(TESTED, int((~first).sum())), replace=False)
    start = lots.choice(survey, START, replace=False)
    rarest = np.argsort(school.held[survey].sum(axis=0), kind="stable")[:RAREST]
    counts = sparse.csc_array(school.counted.counts)
    curves: dict[str, list[float]] = {}
    for name, rule in RULES.items():
        coded, own, mended = start, np.random.default_rng((SEED, run, 1)), []
        curves[name] = []
        while True:
            chances, lines = learn(school, counts, np.sort(coded))
            curves[name].append(measure(chances[tested] >= lines, school.held[tested]))
            if len(coded) >= END:
                break
            left = np.setdiff1d(survey, coded)
            known = Left(chances[left], school.whole[left], school.whole[coded], school.held[coded], own)
            picked = left[rule(known)]
            mended.append(float(np.mean(((chances[picked] >= lines) != school.held[picked]).sum(axis=1))))
            coded = np.concatenate([coded, picked])
        curves[name] += [float(np.mean(mended)), float(school.held[coded][:, rarest].sum())]
    return curves


def learn(school: Schooling, counts: sparse.csc_array, rows: Places) -> tuple[Numbers, Numbers]:
    """Chances of all answers by a coder that learnt from these rows, and the chances from which on themes are named."""
    presence = fit_presence(school, rows, SEED)
    vocabulary, places = school.counted.draw(rows)
    terms = vocabulary.weigh(sparse.csr_array(counts[:, places]))
    said = ((school.whole - presence.centre) / presence.scale) @ presence.of_meaning + presence.base
    scores = (said + terms @ presence.of_terms - presence.means) / presence.spreads
    return find_chances(presence.weigh(scores, school.odds)), presence.thresholds


def measure(named: NDArray[np.bool_], held: NDArray[np.bool_]) -> float:
    """Macro-F1: the mean of the themes' F1."""
    return float(np.mean(2 * (named & held).sum(axis=0) / np.maximum(named.sum(axis=0) + held.sum(axis=0), 1)))


def tell(found: dict[str, Numbers], runs: int) -> None:
    """A table: macro-F1 by the number of codes, and how much more than by lot."""
    heads = [*map(str, range(START, END + 1, STEP)), "mended", "rarest"]
    print(f"\n{runs} runs\n\n| codes | " + " | ".join(heads) + " |\n" + "|---" * (len(heads) + 1) + "|")
    lots = np.random.default_rng(SEED).integers(runs, size=(DRAWS, runs))
    for name, curves in found.items():
        cells = [f"{value:.3f}" if value < 1 else f"{value:.1f}" for value in curves.mean(axis=0)]
        if name != "by lot":
            more = curves - found["by lot"]
            low, high = np.quantile(more[lots].mean(axis=1), (0.025, 0.975), axis=0)
            told = zip(cells, more.mean(axis=0), low, high, strict=True)
            cells = [f"{cell} {mean:+.3f} ({least:+.3f} to {most:+.3f})" for cell, mean, least, most in told]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
