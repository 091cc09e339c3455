"""Coded answers go in; a linear coder (ridge models of weighted words, held as whole numbers), its curves come out."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from training.corpus import CodedAnswer

from coprod_cli.coding.linear import MENTION_COLUMNS, Coder, Rules, find_places, mark_stretches
from coprod_cli.coding.segments import split_answer
from coprod_cli.coding.shipped import widen
from coprod_cli.coding.streams import (
    Array,
    Lexicon,
    Places,
    Stream,
    cut_texts,
    cut_word,
    find_denied,
    mark_values,
    spread_ranges,
)
from coprod_cli.coding.tokens import stem_word
from coprod_cli.model.tables import ROLES, STANCES

VERSION = "6"
# How much each kind of feature weighs in each model (weights of inner products); see training/RESULTS.md.
WEIGHTS = {
    "answer": {"whole": 1.5, "question": 0.1, "role": 0.1},
    "segment": {"own": 1.05, "whole": 1.05, "question": 0.1, "role": 0.1},
    # Stance is read off the words alone; role and question would let two people who say the same be read differently.
    "stance": {"own": 1.05, "whole": 0.15, "theme": 0.2, "themed": 1.0},
    # Level, and the stance of words that leave it open ("The evening sessions"), is read off question and role as well.
    "mention": {"own": 1.05, "whole": 0.6, "question": 0.5, "role": 0.2, "theme": 0.2, "themed": 0.5},
}
# A word has a dozen pieces and one stem: how much one piece weighs beside a stem that is as rare.
PIECE_WEIGHT = 0.15
# How many texts must hold a stem or a pair, a piece, and a stem beside a theme.
LEAST_STEMS, LEAST_PIECES, LEAST_THEMED = 2, 3, 3
# Penalties of the ridge models, and how far conjugate gradients go (40 steps change no third decimal).
PENALTIES = {"answer": 2.0, "segment": 4.0, "stance": 1.0, "mention": 1.0}
_STEPS = 40
_TOLERANCE = 1e-3
_LARGEST = 127


class Block(NamedTuple):
    """Some features of some rows: the product of the factors (rows x ... x features), each feature times its scale."""

    factors: tuple[sparse.csr_matrix, ...]
    scale: Array

    def push(self, table: Array) -> Array:
        """The block times a table."""
        return reduce(lambda right, factor: factor @ right, reversed(self.factors), self.scale[:, None] * table)

    def pull(self, rows: Array) -> Array:
        """The block, turned over, times a table of rows."""
        return self.scale[:, None] * reduce(lambda right, factor: factor.T @ right, self.factors, rows)

    def weigh(self, weight: float) -> "Block":
        """The same features, weighing more or less in inner products."""
        return self._replace(scale=self.scale * np.float32(np.sqrt(weight)))

    def pick(self, rows: Places) -> "Block":
        """The block of other rows, each of which is one of these."""
        picked = mark_values(rows, np.arange(rows.size + 1), self.factors[0].shape[0])
        return self._replace(factors=(picked, *self.factors))


class Known(NamedTuple):
    """What is known of the words learnt from: lexicon, rarities of what it holds, and one stream of all answers."""

    lexicon: Lexicon
    rarities: dict[str, Array]
    stream: Stream
    stems: Places
    denied: NDArray[np.bool_]
    pairs: Places
    pieces: sparse.csr_matrix


def fit_coder(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> tuple[Coder, dict[str, NDArray[Any]]]:
    """A coder learnt from these answers alone, and its arrays as they are shipped; its rules are still to be set."""
    known = _learn_words(answers, themes)
    stream = known.stream
    around = {
        **{f"whole/{name}": block for name, block in _describe_stretches(known, stream.edges[:-1], stream.edges[1:])},
        "question": _describe_questions(known, answers),
        "role": _mark([ROLES.index(answer.asked.role) for answer in answers], len(ROLES)),
    }
    learnt = {"answer": _fit("answer", around, mark_themes(answers, themes))}
    rows, spans, shares = _label_segments(answers, themes)
    learnt["segment"] = _fit("segment", _describe_inside(known, around, rows, spans), shares)
    codes = [(place, code) for place, answer in enumerate(answers) for code in answer.codes]
    rows = np.asarray([place for place, _ in codes])
    spans = np.asarray([(code.start, code.end) for _, code in codes])
    beside = np.asarray([themes.index(code.theme) for _, code in codes])
    mention = {
        **_describe_inside(known, around, rows, spans),
        "theme": _mark(beside, len(themes)),
        "themed": _describe_themed(known, beside, *find_places(stream, rows, spans)),
    }
    said = np.asarray([[column in {code.stance, code.level} for column in MENTION_COLUMNS] for _, code in codes])
    learnt["stance"] = _fit("stance", mention, said[:, : len(STANCES)])
    learnt["mention"] = _fit("mention", mention, said)
    stored = _store(known, learnt)
    empty = np.zeros(len(themes))
    rules = Rules(empty, empty, empty, 0.0, 0.0, 0.0, 0.0, 0.0)
    return Coder(VERSION, tuple(themes), known.lexicon, widen(stored), rules), stored


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


def fit_ridge(blocks: Sequence[Block], wanted: Array, penalty: float) -> Array:
    """Least squares with a penalty on squared weights, by conjugate gradients for all outputs at once."""
    edges = np.cumsum([0, *(block.scale.size for block in blocks)])

    def push(table: Array) -> Array:
        parts = [block.push(table[edges[each] : edges[each + 1]]) for each, block in enumerate(blocks)]
        return reduce(np.add, parts)

    def pull(rows: Array) -> Array:
        return np.concatenate([block.pull(rows) for block in blocks])

    rest = pull(wanted)
    table = np.zeros_like(rest)
    step = rest.copy()
    size = (rest * rest).sum(axis=0)
    goal = size * _TOLERANCE**2
    for _ in range(_STEPS):
        pushed = pull(push(step)) + np.float32(penalty) * step
        length = size / np.maximum((step * pushed).sum(axis=0), 1e-20)
        table += length * step
        rest -= length * pushed
        left = (rest * rest).sum(axis=0)
        if (left <= goal).all():
            break
        step = rest + (left / np.maximum(size, 1e-30)) * step
        size = left
    return table


def _learn_words(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> Known:
    stream = cut_texts([answer.asked.words for answer in answers])
    asked = cut_texts([answer.asked.question for answer in answers])
    every = sorted({stem_word(word) for word in (*stream.words, *asked.words)})
    pieces = sorted({piece for word in stream.words for piece in cut_word(word)})
    nothing = np.zeros(0, dtype=np.int64)
    widest = Lexicon(tuple(every), tuple(pieces), nothing, nothing)
    stems, asked_stems = (widest.find_stems(each.words)[each.numbers] for each in (stream, asked))
    held = count_holders(stems, stream.edges, len(every)), count_holders(asked_stems, asked.edges, len(every))
    kept = np.flatnonzero(np.maximum(*held) >= LEAST_STEMS)
    within = mark_values(stream.numbers, stream.edges, len(stream.words))
    holders = np.asarray(((within @ widest.mark_pieces(stream.words)) > 0).sum(axis=0)).ravel()
    kept_pieces = np.flatnonzero(holders >= LEAST_PIECES)
    known = Lexicon(
        tuple(every[place] for place in kept), tuple(pieces[place] for place in kept_pieces), nothing, nothing
    )
    size = len(known.stems)
    stems = known.find_stems(stream.words)[stream.numbers]
    keys = np.where((stems[:-1] >= 0) & (stems[1:] >= 0), stems[:-1] * size + stems[1:], -1)
    keys = np.append(keys, -1)
    keys[stream.edges[1:] - 1] = -1
    pairs, pair_holders = _list_frequent(keys, stream.edges, LEAST_STEMS)
    places = [
        (themes.index(code.theme), row, code.start, code.end)
        for row, answer in enumerate(answers)
        for code in answer.codes
    ]
    beside, rows, *spans = np.asarray(places).T
    spread, pointers = spread_ranges(*find_places(stream, rows, np.stack(spans, axis=1)))
    beside = np.repeat(beside, np.diff(pointers))
    denied = find_denied(stream)
    keys = known.key_themed(beside, stems[spread], denied[spread])
    themed, themed_holders = _list_frequent(keys, pointers, LEAST_THEMED)
    lexicon = Lexicon(known.stems, known.pieces, pairs, themed)
    texts = len(answers)
    rarities = {
        "stems": find_rarity(held[0][kept], texts),
        "question": find_rarity(held[1][kept], texts),
        "pieces": find_rarity(holders[kept_pieces], texts) * np.float32(np.sqrt(PIECE_WEIGHT)),
        "pairs": find_rarity(pair_holders, texts),
        "themed": find_rarity(themed_holders, len(places)),
    }
    pairs_at = lexicon.find_pairs(stems, stream.edges)
    return Known(lexicon, rarities, stream, stems, denied, pairs_at, lexicon.mark_pieces(stream.words))


def find_rarity(holders: NDArray[Any], texts: int) -> Array:
    """Smoothed inverse document frequency, ln((1+n)/(1+df))+1."""
    return np.asarray(np.log((1 + texts) / (1 + holders)) + 1, dtype=np.float32)


def count_holders(values: Places, pointers: Places, size: int) -> NDArray[Any]:
    """How many rows hold each value."""
    return np.asarray((mark_values(values, pointers, size) > 0).sum(axis=0)).ravel()


def _list_frequent(keys: Places, pointers: Places, least: int) -> tuple[Places, NDArray[Any]]:
    different = np.unique(keys[keys >= 0])
    places = np.where(keys >= 0, np.searchsorted(different, keys), -1)
    holders = count_holders(places, pointers, different.size)
    return different[holders >= least], holders[holders >= least]


def _describe_stretches(known: Known, begins: Places, ends: Places) -> Iterator[tuple[str, Block]]:
    """Stems, pieces and pairs of stretches of the stream, each stretch of length 1."""
    rare = known.rarities
    words = mark_stretches(known.stream.numbers, begins, ends, len(known.stream.words))
    pairs = mark_stretches(known.pairs, begins, ends - 1, known.lexicon.pairs.size)
    stems = known.lexicon.find_stems(known.stream.words)
    stems_of = mark_values(stems, np.arange(stems.size + 1), len(known.lexicon.stems))
    squares = words @ (stems_of @ rare["stems"] ** 2 + known.pieces @ rare["pieces"] ** 2) + pairs @ rare["pairs"] ** 2
    shrink = sparse.diags(1 / np.sqrt(np.maximum(squares, 1e-9)), dtype=np.float32)
    words, pairs = (shrink @ words).tocsr(), (shrink @ pairs).tocsr()
    yield "stems", Block((words, stems_of), rare["stems"])
    yield "pieces", Block((words, known.pieces), rare["pieces"])
    yield "pairs", Block((pairs,), rare["pairs"])


def _describe_inside(known: Known, around: Mapping[str, Block], rows: Places, spans: Places) -> dict[str, Block]:
    own = _describe_stretches(known, *find_places(known.stream, rows, spans))
    return {
        **{f"own/{name}": block for name, block in own},
        **{name: block.pick(rows) for name, block in around.items()},
    }


def _describe_questions(known: Known, answers: Sequence[CodedAnswer]) -> Block:
    stream = cut_texts([answer.asked.question for answer in answers])
    stems = known.lexicon.find_stems(stream.words)[stream.numbers]
    return _level(mark_values(stems, stream.edges, len(known.lexicon.stems)), known.rarities["question"])


def _describe_themed(known: Known, themes: Places, begins: Places, ends: Places) -> Block:
    spread, pointers = spread_ranges(begins, ends)
    found = known.lexicon.find_themed(np.repeat(themes, np.diff(pointers)), known.stems[spread], known.denied[spread])
    return _level(mark_values(found, pointers, known.lexicon.themed.size), known.rarities["themed"])


def _level(held: sparse.csr_matrix, rarity: Array) -> Block:
    shrink = sparse.diags(1 / np.sqrt(np.maximum(held @ rarity**2, 1e-9)), dtype=np.float32)
    return Block(((shrink @ held).tocsr(),), rarity)


def _mark(values: Sequence[int] | Places, size: int) -> Block:
    places = np.asarray(values, dtype=np.int64)
    return Block((mark_values(places, np.arange(places.size + 1), size),), np.ones(size, dtype=np.float32))


def _label_segments(answers: Sequence[CodedAnswer], themes: Sequence[str]) -> tuple[Places, Places, NDArray[np.bool_]]:
    rows, spans, labels = [], [], []
    for place, answer in enumerate(answers):
        for segment in split_answer(answer.asked.words):
            label = [False] * len(themes)
            for code in answer.codes:
                shared = min(segment.end, code.end) - max(segment.start, code.start)
                # Either the code covers half of the segment, or the segment half of the code.
                if shared > 0 and 2 * shared >= min(segment.end - segment.start, code.end - code.start):
                    label[themes.index(code.theme)] = True
            rows.append(place)
            spans.append((segment.start, segment.end))
            labels.append(label)
    return np.asarray(rows, dtype=np.int64), np.asarray(spans, dtype=np.int64), np.asarray(labels)


def _fit(model: str, described: Mapping[str, Block], wanted: NDArray[np.bool_]) -> dict[str, Array]:
    """One model: what each feature says of each output, by the name of its block."""
    weights = WEIGHTS[model]
    blocks = {
        name: block.weigh(weights[name.split("/")[0]])
        for name, block in described.items()
        if name.split("/")[0] in weights
    }
    blocks["bias"] = _mark([0] * len(wanted), 1)
    table = fit_ridge(list(blocks.values()), np.where(wanted, 1, -1).astype(np.float32), PENALTIES[model])
    parts = np.split(table, np.cumsum([block.scale.size for block in blocks.values()])[:-1])
    return {name: block.scale[:, None] * part for (name, block), part in zip(blocks.items(), parts, strict=True)}


def _store(known: Known, learnt: Mapping[str, Mapping[str, Array]]) -> dict[str, NDArray[Any]]:
    """The tables as whole numbers, one scale for each output, and the squared lengths of features."""
    answer, segment, stance, mention = (learnt[model] for model in ("answer", "segment", "stance", "mention"))
    silent = np.zeros((1, len(STANCES)), dtype=np.float32)
    tables = {
        f"{name}/whole": [model[f"whole/{name}"] for model in (answer, segment, stance, mention)]
        for name in ("stems", "pieces", "pairs")
    }
    tables |= {
        f"{name}/own": [model[f"own/{name}"] for model in (segment, stance, mention)]
        for name in ("stems", "pieces", "pairs")
    }
    for name in ("question", "role"):
        nothing = np.repeat(silent, len(answer[name]), axis=0)
        tables[f"{name}/whole"] = [answer[name], segment[name], nothing, mention[name]]
    tables |= {f"{name}/own": [stance[name], mention[name]] for name in ("theme", "themed")}
    tables["bias/whole"] = [model["bias"] for model in (answer, segment, stance, mention)]
    stored: dict[str, NDArray[Any]] = {"pairs": known.lexicon.pairs, "themed": known.lexicon.themed}
    for name, parts in tables.items():
        table = np.concatenate(parts, axis=1)
        scale = np.maximum(np.abs(table).max(axis=0), np.float32(1e-9)).astype(np.float32) / np.float32(_LARGEST)
        stored[f"table/{name}"] = np.rint(table / scale).astype(np.int8)
        stored[f"scale/{name}"] = scale
    stored |= {f"length/{name}": rarity**2 for name, rarity in known.rarities.items()}
    return stored
