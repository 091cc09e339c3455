"""The corpus as strangers' data goes in; how good a coder learnt from few hand codes is, beside plain ones, comes out.

`python benchmarks/learning.py [--weights FOLDER] [--own] [--families relations practical all] [--runs 10]`

A stranger has coded 100, 300 or 1,000 answers, drawn from half of the writers, by the themes of one family alone; the
coder is measured on all answers of the other half. Each answer counts as a person of its own, as in a survey. Beside
it stands TF-IDF of words and pairs with one balanced logistic regression a theme: the same answers, the same parts left
out to set its thresholds, in both of two ways, of which the better is told.

The encoder that ships has learnt from every writer of the corpus, so its figures here would flatter; they are printed
with a warning where no folder is given. `python -m training.teach_stranger --out FOLDER` makes weights that have not
(half an hour), and `--without THEME ...` such as do not know these themes either. With `--own` the themes get other
ids, so that coprod takes them for somebody's own. Writers on whom the recipe was chosen (two of every five) are left
out. All codes are by language models (data/corpus/README.md).

Figures are medians of the runs, least to most in brackets. The range of a difference comes from drawing writers with
replacement, 2.5th to 97.5th percentile. Stance, level, evidence: of themes rightly named.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from coprod_cli.coding import encoder, gist, learning, learnt, shipped, trained
from coprod_cli.coding.dealing import deal_folds
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.learning_figures import tell_apart
from coprod_cli.coding.leaving_out import leave_out, teach
from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import Lesson
from coprod_cli.reading import read_framework

CORPUS = Path(__file__).parents[1] / "data" / "corpus" / "answers.jsonl"
FAMILIES = {
    "relations": ("adversarial", "emotional_impact", "listened_to", "openness", "respect_equality", "trust"),
    "practical": (
        "advocacy_independence",
        "inclusion_access",
        "joined_up",
        "provision_delivery",
        "staff_behaviour",
        "support_sustain",
    ),
}
SIZES = (100, 300, 1000)
# As in training/teach_stranger.py: on these the recipe was chosen.
PARTS, CHOOSING = 5, (0, 1)
FOLDS = 5
TOLD = ("stance", "level")
OWN = "own_"
DRAWS, SEED = 1000, 20260101
EDGES = (0.025, 0.975)

Marks = NDArray[np.bool_]
Numbers = NDArray[np.float64]


class Stranger(NamedTuple):
    """What is learnt from in one run, what is measured on, and all writers, the same in every run."""

    drawn: list[dict[str, Any]]
    left: list[dict[str, Any]]
    writers: list[str]


class Tried(NamedTuple):
    """What one coder made of the answers of one run.

    counts: writers x (right, named, held) x themes; 0 of those learnt from. details: shares of stances and levels
    right, overlap of evidence.
    seconds: of learning, the meanings known.
    """

    counts: Numbers
    details: tuple[float, ...]
    seconds: float


def main() -> None:
    """Print a table for each family."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="a folder written by training.teach_stranger")
    parser.add_argument("--own", action="store_true", help="themes that coprod does not know by their ids")
    parser.add_argument("--families", nargs="+", choices=(*FAMILIES, "all"), default=["relations", "practical"])
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    if not given.weights:
        print("The shipped weights have learnt from these very answers: these figures FLATTER.\n")
    with ExitStack() as stack:
        if given.weights:
            for module in (shipped, encoder, trained):
                stack.enter_context(patch.object(module, "find_weights", return_value=given.weights))
        rows = read_rows()
        asked = [ask(row) for row in rows]
        known = dict(zip(asked, gist.find_gists(asked), strict=True))
        for module in (gist, learning, learnt):
            stack.enter_context(patch.object(module, "find_gists", lambda some: [known[each] for each in some]))
        for family in given.families:
            framework = take_family(family, own=given.own)
            print(f"\n{family}: {len(framework.themes)} themes, {'own' if given.own else 'known'}, {given.runs} runs\n")
            compare(rows, framework, given.runs)


def read_rows() -> list[dict[str, Any]]:
    """Answers of the writers on whom nothing was chosen."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    writers = sorted({row["writer"] for row in rows})
    chosen = {writer for part in CHOOSING for writer in writers[part::PARTS]}
    return [row for row in rows if row["writer"] not in chosen]


def ask(row: Mapping[str, Any]) -> Asked:
    """An answer as engines see it."""
    return Asked(row["text"], row["question"], row["role"])


def take_family(family: str, *, own: bool) -> Framework:
    """The framework with the themes of one family alone; with other ids if they are to be somebody's own."""
    framework = read_framework()
    themes = [theme for theme in framework.themes if family == "all" or theme.id in FAMILIES[family]]
    return replace(framework, themes=tuple(replace(each, id=f"{OWN}{each.id}") if own else each for each in themes))


def list_lessons(rows: Sequence[Mapping[str, Any]], framework: Framework) -> list[Lesson]:
    """Coded answers, with the codes of the framework's themes alone."""
    ids = {theme.id.removeprefix(OWN): theme.id for theme in framework.themes}
    lessons = []
    for row in rows:
        codes = tuple(
            Code(row["id"], ids[code["theme"]], code["stance"], code["level"], code["start"], code["end"])
            for code in row["codes"]
            if code["theme"] in ids
        )
        answer = AskedAnswer(row["id"], row["text"], row["question"], row["role"], person=row["id"])
        lessons.append(Lesson(answer, codes))
    return lessons


def compare(rows: Sequence[dict[str, Any]], framework: Framework, runs: int) -> None:
    """Learn and measure, with all coders on the same answers; print a line for each number of hand codes."""
    coders = ("TF-IDF", "unlearnt", "learnt", "better than TF-IDF by", "range", "runs")
    heads = ("hand codes", *coders, *TOLD, "evidence", "s", "ratio")
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    for size in SIZES:
        strangers = list(draw_strangers(rows, runs, size))
        both = zip(*(try_plain(each, framework) for each in strangers), strict=True)
        plain = max(both, key=lambda tried: float(find_scores(tried).mean()))
        own = [try_learning(each, framework) for each in strangers]
        before, after = find_scores(plain), find_scores(own)
        low, high = np.quantile(draw_gains(plain, own), EDGES)
        seconds = [each.seconds for each in own]
        cells = (
            f"{size:,}",
            tell_spread(before),
            tell_spread(find_scores([try_unlearnt(each, framework) for each in strangers])),
            tell_spread(after),
            f"{np.mean(after - before):+.3f}",
            f"{low:+.3f} to {high:+.3f}",
            f"{int((after > before).sum())} of {runs}",
            *(f"{np.median([each.details[at] for each in own]):.2f}" for at in range(len(TOLD) + 1)),
            tell_spread(seconds, 1),
            f"{np.median(seconds) / np.median([each.seconds for each in plain]):.1f}",
        )
        print("| " + " | ".join(cells) + " |", flush=True)


def draw_strangers(rows: Sequence[dict[str, Any]], runs: int, size: int) -> Iterator[Stranger]:
    """For each run so many answers of half of the writers, and all of the other half; each draw holds the smaller."""
    writers = sorted({row["writer"] for row in rows})
    for run in range(runs):
        lots = np.random.default_rng(SEED + run)
        taught = {writers[at] for at in lots.permutation(len(writers))[: len(writers) // 2]}
        pool = [row for row in rows if row["writer"] in taught]
        drawn = sorted((pool[at] for at in lots.permutation(len(pool))[:size]), key=lambda row: str(row["id"]))
        yield Stranger(drawn, [row for row in rows if row["writer"] not in taught], writers)


def try_learning(stranger: Stranger, framework: Framework) -> Tried:
    """The coder of coprod, by its own functions: themes of one's own that cannot be told apart are not named."""
    began = time.process_time()
    lessons = list_lessons(stranger.drawn, framework)
    people = [each.answer.person for each in lessons]
    laid = learning.lay_out_lessons(lessons, framework, people, people)
    deals = [leave_out(laid, people, SEED + more) for more in range(learning.DEALS)]
    coder = teach(laid, np.arange(len(lessons)), SEED).keep((laid.places >= 0) | tell_apart(laid, deals))
    seconds = time.process_time() - began
    found = coder.code([ask(row) for row in stranger.left], framework)
    true = [each.codes for each in list_lessons(stranger.left, framework)]
    return Tried(count(stranger, framework, mark(found, framework)), find_details(true, found), seconds)


def try_unlearnt(stranger: Stranger, framework: Framework) -> Tried:
    """The coder that learning starts from, as it is; it names none of somebody's own themes."""
    linear = trained.load_blended().linear
    asked = [ask(row) for row in stranger.left]
    odds = np.asarray([each.odds for each in gist.find_gists(asked)])
    above = 1 / (1 + np.exp(-odds)) >= linear.rules.thresholds
    none = np.zeros(len(asked), bool)
    named = [above[:, linear.themes.index(each.id)] if each.id in linear.themes else none for each in framework.themes]
    return Tried(count(stranger, framework, np.stack(named, axis=1)), (), 0.0)


def try_plain(stranger: Stranger, framework: Framework) -> tuple[Tried, Tried]:
    """TF-IDF and logistic regression, its thresholds set in either of two ways on answers left out in turn."""
    began = time.process_time()
    held = mark([each.codes for each in list_lessons(stranger.drawn, framework)], framework)
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    seen = vectors.fit_transform([row["text"] for row in stranger.drawn])
    folds = deal_folds([row["id"] for row in stranger.drawn], held, FOLDS, SEED)
    scores = np.zeros(held.shape)
    for fold in np.unique(folds):
        scores[folds == fold] = score_plain(seen[folds != fold], held[folds != fold], seen[folds == fold])
    told = score_plain(seen, held, vectors.transform([row["text"] for row in stranger.left]))
    seconds = time.process_time() - began
    best = told >= [cut_best(own, column) for own, column in zip(scores.T, held.T, strict=True)]
    ways = (best, cut_evenly(scores, held, told))
    first, second = (Tried(count(stranger, framework, named), (), seconds) for named in ways)
    return first, second


def score_plain(seen: sparse.csr_matrix, held: Marks, asked: sparse.csr_matrix) -> Numbers:
    """Log odds of each theme; far below 0 for a theme that nobody, or everybody, holds."""
    scores = np.full((asked.shape[0], held.shape[1]), -50.0)
    for at, column in enumerate(held.T):
        if 0 < column.sum() < len(column):
            model = LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear").fit(seen, column)
            scores[:, at] = model.decision_function(asked)
    return scores


def cut_best(scores: Numbers, held: Marks) -> float:
    """The score from which on naming a theme gives the best F1; none where nobody holds it."""
    if not held.any():
        return np.inf
    order = np.argsort(-scores, kind="stable")
    falling = scores[order]
    f1 = 2 * np.cumsum(held[order]) / (np.arange(1, len(order) + 1) + held.sum())
    at = int(f1.argmax())
    return float(falling[at : at + 2].mean())


def cut_evenly(scores: Numbers, held: Marks, told: Numbers) -> Marks:
    """What is named from half the best F1 to be expected of chances (Platt's) of answers left out."""
    named = np.zeros(told.shape, bool)
    for at, column in enumerate(held.T):
        if not column.any():
            continue
        curve = LogisticRegression().fit(scores[:, [at]], column)
        falling = np.sort(curve.predict_proba(scores[:, [at]])[:, 1])[::-1]
        expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
        named[:, at] = curve.predict_proba(told[:, [at]])[:, 1] >= expected.max() / 2
    return named


def mark(codes: Sequence[Sequence[Code]] | Sequence[Sequence[Found]], framework: Framework) -> Marks:
    """Which themes each answer holds; answers x themes."""
    held = [{each.theme for each in own} for own in codes]
    return np.asarray([[theme.id in own for theme in framework.themes] for own in held])


def count(stranger: Stranger, framework: Framework, named: Marks) -> Numbers:
    """By writer: how often each theme is rightly named, named, held."""
    true = mark([each.codes for each in list_lessons(stranger.left, framework)], framework)
    counts = np.zeros((len(stranger.writers), 3, true.shape[1]))
    places = [stranger.writers.index(row["writer"]) for row in stranger.left]
    np.add.at(counts, places, np.stack((true & named, named, true), axis=1))
    return counts


def find_details(true: Sequence[Sequence[Code]], found: Sequence[Sequence[Found]]) -> tuple[float, ...]:
    """Of themes rightly named: shares of stances and of levels told as they are, mean F1 of characters marked."""
    rated = []
    for codes, named in zip(true, found, strict=True):
        for theme in sorted({each.theme for each in codes} & {each.theme for each in named}):
            gold, ours = (
                [each for each in codes if each.theme == theme],
                [each for each in named if each.theme == theme],
            )
            marks = [{at for each in side for at in range(each.start, each.end)} for side in (gold, ours)]
            overlap = 2 * len(marks[0] & marks[1]) / max(len(marks[0]) + len(marks[1]), 1)
            same = [{getattr(each, part) for each in gold} == {getattr(each, part) for each in ours} for part in TOLD]
            rated.append((*same, overlap))
    return tuple(np.mean(rated, axis=0).tolist()) if rated else (np.nan,) * (len(TOLD) + 1)


def find_macro(counts: Numbers) -> Numbers:
    """Mean F1 over themes from counts ... x (right, named, held) x themes."""
    right, named, held = np.moveaxis(counts, -2, 0)
    return np.asarray((2 * right / np.maximum(named + held, 1)).mean(axis=-1))


def find_scores(tried: Sequence[Tried]) -> Numbers:
    """Macro-F1 of each run."""
    return np.asarray([find_macro(each.counts.sum(axis=0)) for each in tried])


def draw_gains(plain: Sequence[Tried], own: Sequence[Tried]) -> Numbers:
    """Mean gain over the runs, in each of DRAWS draws of the writers, each draw the same for all runs."""
    writers = len(own[0].counts)
    lots = np.random.default_rng(SEED)
    weights = lots.multinomial(writers, np.full(writers, 1 / writers), size=DRAWS).astype(np.float64)
    drawn = [
        np.mean([find_macro(np.einsum("dw,wkt->dkt", weights, each.counts)) for each in tried], axis=0)
        for tried in (plain, own)
    ]
    return np.asarray(drawn[1] - drawn[0])


def tell_spread(values: Sequence[float] | Numbers, digits: int = 3) -> str:
    """Median, least and most."""
    return f"{np.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


if __name__ == "__main__":
    main()
