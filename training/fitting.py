"""Coded answers go in; a coder (ridge models on TF-IDF blocks, held as whole numbers) and its rules come out."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from training.corpus import CodedAnswer

from coprod_cli.coding.coder import (
    ANSWER_BLOCKS,
    MENTION_BLOCKS,
    MENTION_COLUMNS,
    SEGMENT_BLOCKS,
    STANCE_BLOCKS,
    Array,
    Coder,
    Rules,
    Themed,
    Vocabularies,
    describe_answers,
    describe_evidence,
    describe_words,
)
from coprod_cli.coding.features import Vocabulary, list_grams, list_pieces, list_themed_stems, weigh_rarity
from coprod_cli.coding.segments import split_answer
from coprod_cli.coding.shipped import widen
from coprod_cli.model.tables import STANCES

VERSION = "2"
# Penalties of the ridge models, and how far conjugate gradients go (40 steps change no third decimal).
PENALTIES = {"answer": 1.0, "segment": 2.0, "stance": 1.0, "mention": 1.0}
_STEPS = 40
_TOLERANCE = 1e-3
_LARGEST = 127


def fit_coder(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> tuple[Coder, dict[str, NDArray[Any]]]:
    """A coder learnt from these answers alone, and its arrays as they are shipped; its rules are still to be set."""
    known, rarities = _learn_words(answers)
    asked = [answer.asked for answer in answers]
    whole = describe_answers(known, asked)
    stored: dict[str, NDArray[Any]] = {f"rarity/{name}": values for name, values in rarities.items()}
    _store(stored, "answer", ANSWER_BLOCKS, whole, mark_themes(answers, themes))
    rows, stretches, shares = _label_segments(answers, themes)
    segment = {
        **describe_words(known, stretches),
        "question": whole["question"][rows],
        "role": whole["role"][rows],
        "all_words": whole["words"][rows],
        "all_pieces": whole["pieces"][rows],
    }
    _store(stored, "segment", SEGMENT_BLOCKS, segment, shares)
    codes = [(place, code) for place, answer in enumerate(answers) for code in answer.codes]
    rows = np.asarray([place for place, _ in codes])
    evidence = [Themed(place, code.theme, asked[place].words[code.start : code.end]) for place, code in codes]
    mention = {
        **describe_evidence(known, themes, evidence),
        "all_words": whole["words"][rows],
        "all_pieces": whole["pieces"][rows],
        "question": whole["question"][rows],
        "role": whole["role"][rows],
    }
    said = np.asarray([[column in {code.stance, code.level} for column in MENTION_COLUMNS] for _, code in codes])
    _store(stored, "stance", STANCE_BLOCKS, mention, said[:, : len(STANCES)])
    _store(stored, "mention", MENTION_BLOCKS, mention, said)
    tables = {
        name.removeprefix("table/"): widen(values, stored[name.replace("table/", "scale/")])
        for name, values in stored.items()
        if name.startswith("table/")
    }
    empty = np.zeros(len(themes))
    return Coder(VERSION, tuple(themes), known, tables, Rules(empty, empty, empty, 0.0, 0.0, 0.0)), stored


def mark_themes(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> NDArray[np.bool_]:
    """Which answer holds which theme; answers x themes."""
    held = [{code.theme for code in answer.codes} for answer in answers]
    return np.asarray([[theme in each for theme in themes] for each in held])


def fit_curves(scores: NDArray[np.float64], held: NDArray[np.bool_]) -> tuple[NDArray[np.float64], ...]:
    """Slope, intercept and threshold of each theme from scores of answers that the coder has not seen."""
    slopes, intercepts, thresholds = (np.zeros(scores.shape[1]) for _ in range(3))
    for theme in range(scores.shape[1]):
        curve = LogisticRegression(C=1e4).fit(scores[:, [theme]], held[:, theme])
        slopes[theme], intercepts[theme] = curve.coef_[0, 0], curve.intercept_[0]
        chances = 1 / (1 + np.exp(-(slopes[theme] * scores[:, theme] + intercepts[theme])))
        order = np.argsort(-chances, kind="stable")
        right = np.cumsum(held[order, theme])
        f1 = 2 * right / (np.arange(1, order.size + 1) + held[:, theme].sum())
        thresholds[theme] = chances[order[int(f1.argmax())]]
    return slopes, intercepts, thresholds


def _learn_words(answers: Sequence[CodedAnswer]) -> tuple[Vocabularies, dict[str, NDArray[np.float32]]]:
    words = [answer.asked.words for answer in answers]
    questions = [answer.asked.question for answer in answers]
    themed = [(code.theme, answer.asked.words[code.start : code.end]) for answer in answers for code in answer.codes]
    learnt = {
        "words": weigh_rarity(words, list_grams, 2),
        "pieces": weigh_rarity(words, list_pieces, 3),
        "questions": weigh_rarity(questions, list_grams, 2),
        "themed": weigh_rarity(themed, list_themed_stems, 3),
    }
    rarities = {name: np.asarray(list(weights.values()), dtype=np.float32) for name, weights in learnt.items()}
    known = Vocabularies(
        words=Vocabulary(tuple(learnt["words"]), rarities["words"], list_grams),
        pieces=Vocabulary(tuple(learnt["pieces"]), rarities["pieces"], list_pieces),
        questions=Vocabulary(tuple(learnt["questions"]), rarities["questions"], list_grams),
        themed=Vocabulary(tuple(learnt["themed"]), rarities["themed"], list_themed_stems),
    )
    return known, rarities


def _label_segments(
    answers: Sequence[CodedAnswer], themes: Sequence[str]
) -> tuple[NDArray[np.intp], list[str], NDArray[np.bool_]]:
    rows, stretches, labels = [], [], []
    for place, answer in enumerate(answers):
        for segment in split_answer(answer.asked.words):
            label = [False] * len(themes)
            for code in answer.codes:
                shared = min(segment.end, code.end) - max(segment.start, code.start)
                # Either the code covers half of the segment, or the segment half of the code.
                if shared > 0 and 2 * shared >= min(segment.end - segment.start, code.end - code.start):
                    label[themes.index(code.theme)] = True
            rows.append(place)
            stretches.append(answer.asked.words[segment.start : segment.end])
            labels.append(label)
    return np.asarray(rows, dtype=np.intp), stretches, np.asarray(labels)


def _store(
    stored: dict[str, NDArray[Any]],
    model: str,
    weights: Mapping[str, float],
    blocks: Mapping[str, sparse.csr_matrix],
    wanted: NDArray[np.bool_],
) -> None:
    """Fit one model and store each block's table as whole numbers with one scale for each output."""
    roots = {name: np.float32(np.sqrt(weight)) for name, weight in weights.items()}
    ones = sparse.csr_matrix(np.ones((len(wanted), 1), dtype=np.float32))
    features = sparse.hstack([*(blocks[name] * root for name, root in roots.items()), ones], format="csr")
    table = fit_ridge(features, np.where(wanted, 1, -1).astype(np.float32), PENALTIES[model])
    begin = 0
    for name, root in {**roots, "bias": np.float32(1)}.items():
        size = 1 if name == "bias" else blocks[name].shape[1]
        part = table[begin : begin + size] * root
        begin += size
        scale: Array = np.maximum(np.abs(part).max(axis=0), np.float32(1e-9)).astype(np.float32) / np.float32(_LARGEST)
        stored[f"table/{model}/{name}"] = np.rint(part / scale).astype(np.int8)
        stored[f"scale/{model}/{name}"] = scale


def fit_ridge(features: sparse.csr_matrix, wanted: Array, penalty: float) -> Array:
    """Least squares with a penalty on squared weights, by conjugate gradients for all outputs at once."""
    across = features.T.tocsr()
    table = np.zeros((features.shape[1], wanted.shape[1]), dtype=np.float32)
    rest = np.asarray(across @ wanted, dtype=np.float32)
    step = rest.copy()
    size = (rest * rest).sum(axis=0)
    goal = size * _TOLERANCE**2
    for _ in range(_STEPS):
        pushed = across @ (features @ step) + np.float32(penalty) * step
        length = size / np.maximum((step * pushed).sum(axis=0), 1e-20)
        table += length * step
        rest -= length * pushed
        left = (rest * rest).sum(axis=0)
        if (left <= goal).all():
            break
        step = rest + (left / np.maximum(size, 1e-30)) * step
        size = left
    return table
