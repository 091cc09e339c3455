"""The parts of a trained coder go in as plain arrays; scores of themes, stances and levels for answers come out.

Every score is linear: a sum over blocks of features (words, pieces of words, question, role ...) of row x table.
Rows never meet each other, so an answer gets the same scores alone as among many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.engine import Asked
from coprod_cli.coding.features import Vocabulary
from coprod_cli.coding.segments import Segment, split_answer
from coprod_cli.coding.tokens import count_words
from coprod_cli.model.tables import LEVELS, ROLES, STANCES

Array = NDArray[np.float32]

# How much each block of features weighs (its square root is multiplied in, as these are weights of inner products).
# Found by leaving five writers out at a time; see training/MODEL_CARD.md for what else was tried.
ANSWER_BLOCKS = {"words": 1.0, "pieces": 0.5, "question": 0.3, "role": 0.1}
SEGMENT_BLOCKS = {"words": 0.7, "pieces": 0.35, "question": 0.3, "role": 0.1, "all_words": 0.7, "all_pieces": 0.35}
# Stance is read off the words alone; role and question would let two people who say the same be read differently.
STANCE_BLOCKS = {"words": 0.7, "pieces": 0.35, "all_words": 0.1, "all_pieces": 0.05, "theme": 0.2, "themed": 1.0}
# Level, and the stance of words that leave it open ("The evening sessions"), is read off question and role as well.
MENTION_BLOCKS = {
    "words": 0.7,
    "pieces": 0.35,
    "all_words": 0.4,
    "all_pieces": 0.2,
    "question": 0.5,
    "theme": 0.2,
    "role": 0.2,
    "themed": 0.5,
}
MENTION_COLUMNS = (*STANCES, *LEVELS)
# Words leave their stance open when the best stance leads the next by less than this, divided by how many words they
# are: the fewer the words, the more clearly they must speak.
OPEN_LEAD = 1.0


class Themed(NamedTuple):
    """A stretch of one answer that is evidence of a theme; its stance and level are still to be found."""

    answer: int
    theme: str
    words: str


class Reading(NamedTuple):
    """How strongly one stretch speaks for each stance and level.

    stances: by the words alone. asked: stances once question and role are told too. levels: with question and role.
    size: how many words the stretch has.
    """

    stances: Array
    asked: Array
    levels: Array
    size: int


@dataclass(frozen=True)
class Vocabularies:
    """What the coder knows of words, of pieces of words, of questions, and of words beside a theme."""

    words: Vocabulary[str]
    pieces: Vocabulary[str]
    questions: Vocabulary[str]
    themed: Vocabulary[tuple[str, str]]


@dataclass(frozen=True)
class Rules:
    """How scores become mentions; all found on answers of writers other than those they are measured on.

    slopes, intercepts: of the logistic curve that turns a theme's score into a chance (Platt). thresholds: the least
    chance at which a theme is named. reach_inside, reach_across: how far below the best segment's score a neighbour
    may lie and still belong to the evidence, inside one sentence and across two. split: how clearly one part of the
    evidence must speak for, and another against, to be two mentions (score of positive less score of negative).
    """

    slopes: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    reach_inside: float
    reach_across: float
    split: float


@dataclass(frozen=True)
class Coder:
    """A trained coder.

    tables: "<model>/<block>" to features x outputs, float32; the models are answer, segment, stance, mention.
    """

    version: str
    themes: tuple[str, ...]
    vocabularies: Vocabularies
    tables: Mapping[str, Array]
    rules: Rules


class Scores(NamedTuple):
    """Scores of some answers. answers: n x themes. segments: per answer, its segments and segments x themes."""

    answers: NDArray[np.float64]
    segments: list[tuple[tuple[Segment, ...], Array]]


def score_themes(coder: Coder, asked: Sequence[Asked]) -> Scores:
    """How strongly each answer, and each of its segments, speaks for each theme; unbounded, about -1 to 1."""
    blocks = describe_answers(coder.vocabularies, asked)
    whole = _add_blocks(coder.tables, "answer", {name: blocks[name] for name in ANSWER_BLOCKS})
    context = _add_blocks(
        coder.tables,
        "segment",
        {
            "question": blocks["question"],
            "role": blocks["role"],
            "all_words": blocks["words"],
            "all_pieces": blocks["pieces"],
        },
    )
    cuts = [split_answer(each.words) for each in asked]
    stretches = [each.words[cut.start : cut.end] for each, cut_up in zip(asked, cuts, strict=True) for cut in cut_up]
    own = _add_blocks(coder.tables, "segment", describe_words(coder.vocabularies, stretches))
    answers = np.full(whole.shape, -1.0)
    segments = []
    place = 0
    for number, cut_up in enumerate(cuts):
        scored = own[place : place + len(cut_up)] + context[number] + coder.tables["segment/bias"][0]
        place += len(cut_up)
        segments.append((cut_up, scored))
        if cut_up:
            answers[number] = (whole[number] + coder.tables["answer/bias"][0] + scored.max(axis=0)) / 2.0
    return Scores(answers, segments)


def score_mentions(coder: Coder, asked: Sequence[Asked], themed: Sequence[Themed]) -> list[Reading]:
    """How strongly each stretch speaks for each stance and level; as many readings as stretches."""
    held = sorted({each.answer for each in themed})
    places = {number: place for place, number in enumerate(held)}
    rows = [places[each.answer] for each in themed]
    whole = describe_answers(coder.vocabularies, [asked[number] for number in held])
    around = {
        "all_words": whole["words"],
        "all_pieces": whole["pieces"],
        "question": whole["question"],
        "role": whole["role"],
    }
    own = describe_evidence(coder.vocabularies, coder.themes, themed)
    by_words, by_all = (
        _add_blocks(coder.tables, model, {name: own[name] for name in own if name in blocks})
        + _add_blocks(coder.tables, model, {name: around[name] for name in around if name in blocks})[rows]
        + coder.tables[f"{model}/bias"][0]
        for model, blocks in (("stance", STANCE_BLOCKS), ("mention", MENTION_BLOCKS))
    )
    return [
        Reading(words, both[: len(STANCES)], both[len(STANCES) :], count_words(each.words))
        for words, both, each in zip(by_words, by_all, themed, strict=True)
    ]


def leave_open(stances: Array, size: int) -> bool:
    """Whether words, so many, speak so unclearly that their stance must be read off question and role as well."""
    least, most = np.sort(stances)[-2:]
    return float(most - least) * size < OPEN_LEAD


def describe_answers(known: Vocabularies, asked: Sequence[Asked]) -> dict[str, sparse.csr_matrix]:
    """Blocks of features of whole answers: words, pieces, question, role; each answers x features."""
    return {
        **describe_words(known, [each.words for each in asked]),
        "question": known.questions.weigh([each.question for each in asked]),
        "role": _mark([each.role for each in asked], ROLES),
    }


def describe_words(known: Vocabularies, stretches: Sequence[str]) -> dict[str, sparse.csr_matrix]:
    """Blocks of features of stretches of words: words, pieces; each stretches x features."""
    return {"words": known.words.weigh(stretches), "pieces": known.pieces.weigh(stretches)}


def describe_evidence(
    known: Vocabularies, themes: Sequence[str], themed: Sequence[Themed]
) -> dict[str, sparse.csr_matrix]:
    """Blocks of features of evidence: words, pieces, theme, themed; each stretches x features."""
    return {
        **describe_words(known, [each.words for each in themed]),
        "theme": _mark([each.theme for each in themed], themes),
        "themed": known.themed.weigh([(each.theme, each.words) for each in themed]),
    }


def _add_blocks(tables: Mapping[str, Array], model: str, blocks: Mapping[str, sparse.csr_matrix]) -> Array:
    # A sparse row times a table is summed row by row; a dense product would be free to round by the size of the batch.
    parts = [np.asarray(block @ tables[f"{model}/{name}"], dtype=np.float32) for name, block in blocks.items()]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _mark(values: Sequence[str], known: Sequence[str]) -> sparse.csr_matrix:
    places = {value: place for place, value in enumerate(known)}
    hits = [(row, places[value]) for row, value in enumerate(values) if value in places]
    rows, columns = (list(side) for side in zip(*hits, strict=True)) if hits else ([], [])
    ones = np.ones(len(hits), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(values), len(known)), dtype=np.float32)
