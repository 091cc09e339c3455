"""Answers go in; what a learnt coder needs of each comes out: meanings, and what the shipped coder sees in it.

Evidence is always made of whole segments, so all of it is kept by segment; the encoder's many numbers are let go.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.encoder import Array, Encoder, EncoderReading, Meaning, load_encoder
from coprod_cli.coding.engine import Asked
from coprod_cli.coding.linear import score_themes
from coprod_cli.coding.meaning import SIZE, keep_meanings
from coprod_cli.coding.segments import Segment, split_answer
from coprod_cli.coding.trained import NOTHING, blend_answers, find_pieces, load_blended, read_segments
from coprod_cli.model.tables import LEVELS, STANCES

# The most that log odds of the shipped coder count.
_SUREST = 6.0
_THREE = (len(STANCES),)


class Gist(NamedTuple):
    """One answer. "Shipped" is the coder that ships with coprod, with its own list of themes.

    segments: where its meaning may turn. whole: its meaning, 384. states: the meaning of each segment, segments x 384.
    sizes: pieces of words in each segment. odds: how surely the shipped coder finds each theme, as log odds. carried:
    how strongly each segment speaks for each, segments x themes. stances: of the answer, themes x 3, read without its
    question where it has words enough. parts: the same of each segment, segments x themes x 3. levels: themes x 3.
    """

    segments: tuple[Segment, ...]
    whole: Array
    states: Array
    sizes: Array
    odds: NDArray[np.float64]
    carried: Array
    stances: Array
    parts: Array
    levels: Array


def find_gists(asked: Sequence[Asked]) -> list[Gist]:
    """What a learnt coder needs of these answers, in their order; each hangs on its answer alone.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    coder, encoder = load_blended(), load_encoder()
    scores = score_themes(coder.linear, asked)
    read = keep_meanings(asked, lambda each, meaning: _read(encoder, each, meaning))
    readings = [None if each is None else each[1] for each in read]
    rules = coder.linear.rules
    blended = blend_answers(scores.answers, readings, coder.blend)
    odds = np.clip(rules.slopes * blended + rules.intercepts, -_SUREST, _SUREST)
    gists = []
    for number, each in enumerate(read):
        segments = scores.segments[number]
        gist = each[0] if each else _make_empty(segments, len(coder.linear.themes))
        own = scores.each[scores.edges[number] : scores.edges[number + 1]]
        gists.append(gist._replace(odds=odds[number], carried=gist.carried + np.float32(coder.blend.segments) * own))
    return gists


def _read(encoder: Encoder, asked: Asked, meaning: Meaning) -> tuple[Gist, EncoderReading]:
    segments = split_answer(asked.words)
    reading = encoder.complete(asked, meaning.reading)
    states = np.zeros((len(segments), SIZE), np.float32)
    parts = np.zeros((len(segments), *reading.stances.shape), np.float32)
    sizes = np.zeros(len(segments), np.float32)
    for row, segment in enumerate(segments):
        inside = find_pieces(reading, segment.start, segment.end)
        sizes[row] = inside.sum()
        if inside.any():
            states[row] = meaning.states[inside].mean(axis=0)
            parts[row] = reading.piece_stances[inside].mean(axis=0)
    gist = Gist(
        segments=segments,
        whole=meaning.whole,
        states=states,
        sizes=sizes,
        odds=np.zeros(0),
        carried=read_segments(reading, segments),
        stances=reading.stances,
        parts=parts,
        levels=reading.levels,
    )
    small = reading._replace(pieces=reading.pieces[:0], piece_stances=reading.piece_stances[:0])
    return gist, small


def _make_empty(segments: tuple[Segment, ...], themes: int) -> Gist:
    """Of an answer without a piece of a word."""
    count = len(segments)
    return Gist(
        segments=segments,
        whole=np.zeros(SIZE, np.float32),
        states=np.zeros((count, SIZE), np.float32),
        sizes=np.zeros(count, np.float32),
        odds=np.zeros(0),
        carried=np.full((count, themes), NOTHING, np.float32),
        stances=np.zeros((themes, *_THREE), np.float32),
        parts=np.zeros((count, themes, *_THREE), np.float32),
        levels=np.zeros((themes, len(LEVELS)), np.float32),
    )
