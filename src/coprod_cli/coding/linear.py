"""The parts of a linear coder go in as plain arrays; scores of themes, stances and levels for answers come out.

Every score is linear: the mean (by length) of what each word, pair of words and piece of a word of a stretch says, plus
what question, role and theme say. A word's stem and its pieces always come together, so they are added up once for each
different word of a batch. Rows never meet each other: an answer gets the same scores alone as among many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.engine import Asked
from coprod_cli.coding.segments import Segment, split_answer
from coprod_cli.coding.streams import Array, Lexicon, Places, Stream, cut_texts, find_denied, mark_values, spread_ranges
from coprod_cli.model.tables import LEVELS, ROLES, STANCES

MENTION_COLUMNS = (*STANCES, *LEVELS)
_SHORTEST = np.float32(1e-9)


class Themed(NamedTuple):
    """A stretch of one answer that is evidence of a theme; its stance and level are still to be found."""

    answer: int
    theme: int
    start: int
    end: int


class Reading(NamedTuple):
    """How strongly one stretch speaks for each stance and level.

    stances: by the words alone. asked: stances once question and role are told too. levels: with question and role.
    size: how many words the stretch has.
    """

    stances: list[float]
    asked: list[float]
    levels: list[float]
    size: int


@dataclass(frozen=True)
class Rules:
    """How scores become mentions; all found on answers of writers other than those they are measured on.

    slopes, intercepts: of the logistic curve that turns a theme's score into a chance (Platt). thresholds: the least
    chance at which a theme is named. sure: the least chance at which nobody need look again. reach_inside,
    reach_across: how far below the best segment's score a neighbour may lie and still belong to the evidence, inside
    one sentence and across two. split: how clearly one part of the evidence must speak for, and another against, to be
    two mentions (score of positive less score of negative). open_lead: words leave their stance open when the best
    stance leads the next by less than this, divided by how many words they are: the fewer, the more clearly they must
    speak.
    """

    slopes: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    sure: float
    reach_inside: float
    reach_across: float
    split: float
    open_lead: float


@dataclass(frozen=True)
class Coder:
    """A trained linear coder.

    tables: "<feature>/<side>" to features x outputs, float32. Features are stems, pairs, pieces, question (stems of
    it), role, theme, themed, bias. Of the sides, `whole` is what an answer says of itself (themes), of its segments
    (themes) and of its mentions (stances; stances and levels); `own` is what a stretch says of itself. The last column
    of stems, pairs, pieces, question and themed is the feature's squared length.
    """

    version: str
    themes: tuple[str, ...]
    lexicon: Lexicon
    tables: Mapping[str, Array]
    rules: Rules


class Charted(NamedTuple):
    """A batch of answers read once: its words, their stems and pairs, and what each different word says by itself.

    denied: which places are in reach of a denial.
    """

    stream: Stream
    stems: Places
    denied: NDArray[np.bool_]
    pairs: Places
    own: Array
    whole: Array


class Scores(NamedTuple):
    """Scores of a batch of answers.

    answers: answers x themes. segments: of each answer. edges: answer i has the rows edges[i] to edges[i + 1] of
    `each`. each: segments x themes. around: what each answer says of its mentions, answers x (stances; stances and
    levels). charted: the words, to read stretches of them.
    """

    answers: NDArray[np.float64]
    segments: list[tuple[Segment, ...]]
    edges: Places
    each: Array
    around: Array
    charted: Charted


class Scored(Protocol):
    """Scores of a batch of answers and of their segments, as in Scores, whoever scored them."""

    @property
    def answers(self) -> NDArray[np.float64]:
        """Answers x themes."""

    @property
    def segments(self) -> list[tuple[Segment, ...]]:
        """Of each answer."""

    @property
    def edges(self) -> Places:
        """Answer i has the rows edges[i] to edges[i + 1] of `each`."""

    @property
    def each(self) -> Array:
        """Segments x themes."""


def score_themes(coder: Coder, asked: Sequence[Asked]) -> Scores:
    """How strongly each answer, and each of its segments, speaks for each theme; unbounded, about -1 to 1."""
    charted = _chart(coder, asked)
    edges = charted.stream.edges
    whole = add_stretches(coder, charted, "whole", edges[:-1], edges[1:])
    whole += _add_questions(coder, asked) + coder.tables["bias/whole"]
    segments = [split_answer(each.words) for each in asked]
    sizes = np.fromiter(map(len, segments), dtype=np.int64, count=len(segments))
    rows = np.repeat(np.arange(len(asked)), sizes)
    places = np.asarray([cut[:2] for each in segments for cut in each], dtype=np.int64).reshape(-1, 2)
    count = len(coder.themes)
    begins, ends = find_places(charted.stream, rows, places)
    each = add_stretches(coder, charted, "own", begins, ends)[:, :count] + whole[rows, count : 2 * count]
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    answers = np.full((len(asked), count), -1.0)
    some = np.flatnonzero(sizes)
    if some.size:
        answers[some] = (whole[some, :count] + np.maximum.reduceat(each, bounds[some], axis=0)) / 2.0
    return Scores(answers, segments, bounds, each, whole[:, 2 * count :], charted)


def score_mentions(coder: Coder, scores: Scores, themed: Sequence[Themed]) -> list[Reading]:
    """How strongly each stretch speaks for each stance and level; as many readings as stretches."""
    answers, themes, *places = np.asarray(themed, dtype=np.int64).reshape(-1, 4).T
    begins, ends = find_places(scores.charted.stream, answers, np.stack(places, axis=1))
    said = add_stretches(coder, scores.charted, "own", begins, ends)[:, len(coder.themes) :]
    said += scores.around[answers] + coder.tables["theme/own"][themes]
    spread, pointers = spread_ranges(begins, ends)
    beside = coder.lexicon.find_themed(
        np.repeat(themes, np.diff(pointers)), scores.charted.stems[spread], scores.charted.denied[spread]
    )
    said += level_rows(mark_values(beside, pointers, len(coder.lexicon.themed)) @ coder.tables["themed/own"])
    first, second = len(STANCES), 2 * len(STANCES)
    return [
        Reading(row[:first], row[first:second], row[second:], size)
        for row, size in zip(said.tolist(), (ends - begins).tolist(), strict=True)
    ]


def find_places(stream: Stream, rows: Places, spans: Places) -> tuple[Places, Places]:
    """Stretches of characters (stretches x start and end) of the texts in `rows` as ranges of places in a stream."""
    ranges = np.searchsorted(stream.starts, spans + stream.offsets[rows][:, None])
    return ranges[:, 0], ranges[:, 1]


def add_stretches(coder: Coder, charted: Charted, side: str, begins: Places, ends: Places) -> Array:
    """What the words and pairs of words of each stretch say, by its length; stretches x outputs of that side."""
    table = charted.own if side == "own" else charted.whole
    total = mark_stretches(charted.stream.numbers, begins, ends, len(table)) @ table
    pairs = coder.tables[f"pairs/{side}"]
    total += mark_stretches(charted.pairs, begins, ends - 1, len(pairs)) @ pairs
    return level_rows(total)


def mark_stretches(values: Places, begins: Places, ends: Places, size: int) -> sparse.csr_matrix:
    """The values that stand in each range of places; ranges x size."""
    spread, pointers = spread_ranges(begins, ends)
    return mark_values(values[spread], pointers, size)


def level_rows(total: Array) -> Array:
    """Sums divided by their length, whose square is the last column; without that column."""
    return np.asarray(total[:, :-1] / np.sqrt(np.maximum(total[:, -1:], _SHORTEST)), dtype=np.float32)


def _chart(coder: Coder, asked: Sequence[Asked]) -> Charted:
    known = coder.lexicon
    stream = cut_texts([each.words for each in asked])
    stems = known.find_stems(stream.words)
    pieces = known.mark_pieces(stream.words)
    own, whole = (
        _pick_rows(coder.tables[f"stems/{side}"], stems) + pieces @ coder.tables[f"pieces/{side}"]
        for side in ("own", "whole")
    )
    spread = stems[stream.numbers]
    return Charted(stream, spread, find_denied(stream), known.find_pairs(spread, stream.edges), own, whole)


def _add_questions(coder: Coder, asked: Sequence[Asked]) -> Array:
    """What question and role say, each different pair of them once; answers x outputs of the whole."""
    kinds = {pair: place for place, pair in enumerate(sorted({(each.question, each.role) for each in asked}))}
    stream = cut_texts([question for question, _ in kinds])
    stems = coder.lexicon.find_stems(stream.words)[stream.numbers]
    table = coder.tables["question/whole"]
    said = level_rows(mark_values(stems, stream.edges, len(table)) @ table)
    roles = np.asarray([ROLES.index(role) if role in ROLES else -1 for _, role in kinds], dtype=np.int64)
    said += _pick_rows(coder.tables["role/whole"], roles)
    return said[[kinds[each.question, each.role] for each in asked]]


def _pick_rows(table: Array, places: Places) -> Array:
    return np.where((places >= 0)[:, None], table[places], np.float32(0))
