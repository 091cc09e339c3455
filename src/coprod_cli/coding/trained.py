"""Answers go in; themes, stances, levels and evidence by the shipped encoder come out (engine `trained`, the default).

Two readers meet here. The encoder reads meaning: it was a language model before it was taught the themes. The linear
coder of engine `fast` reads words and their pieces, and is right where spelling and set phrases tell. They make
different errors, so their scores are added before a theme is named, a stretch marked, a stance or level told.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.encoder import Encoder, EncoderReading, load_encoder
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.fast import cut_batches, settle, tell_chances
from coprod_cli.coding.linear import Coder, Reading, Scores, Themed, score_mentions, score_themes
from coprod_cli.coding.segments import Segment
from coprod_cli.coding.shipped import find_weights, hash_linear, load_linear, read_checked, restore_rules
from coprod_cli.model.errors import CoprodError
from coprod_cli.model.framework import Framework

# What the encoder says of an answer is large while it is held: some 300 bytes a piece.
_BATCH = 500
# What a stretch without any piece of a word (a line of dashes) scores: less than any other.
NOTHING = -12.0


@dataclass(frozen=True)
class Blend:
    """How much the linear coder's scores weigh beside the encoder's logits.

    Found on all writers together, each scored by coders that had not learnt from it: four numbers, not nested.
    themes, segments: for presence in the answer and in a segment. stances, levels: for what is told of a stretch.
    """

    themes: float
    segments: float
    stances: float
    levels: float


class BothScores(NamedTuple):
    """What both readers make of the same answers, in the same order."""

    linear: Scores
    encoded: Sequence[EncoderReading | None]


@dataclass(frozen=True)
class BlendedCoder:
    """Both readers, and the rules for their scores together (the linear coder's own rules play no part)."""

    encoder: Encoder
    linear: Coder
    blend: Blend


def code_by_training(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    """Code with the shipped coder. Themes of the framework that it was not trained on are not found by it.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    coder = load_blended()
    wanted = {theme.id for theme in framework.themes}
    coded: list[tuple[Found, ...]] = []
    for batch in cut_batches(asked, _BATCH):
        both = BothScores(score_themes(coder.linear, batch), coder.encoder.read_all(batch))
        coded.extend(settle_blended(coder.linear, coder.blend, batch, both, wanted))
    return coded


def find_trained_chances(
    asked: Sequence[Asked], framework: Framework
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Themes, chances (answers x themes) and the least chance that names each, of those the framework asks for.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    coder = load_blended()
    scores = [
        blend_answers(score_themes(coder.linear, batch).answers, coder.encoder.read_all(batch), coder.blend)
        for batch in cut_batches(asked, _BATCH)
    ]
    scored = np.concatenate([np.zeros((0, len(coder.linear.themes))), *scores])
    return tell_chances(coder.linear, asked, scored, framework)


@lru_cache(maxsize=1)
def load_blended() -> BlendedCoder:
    """The shipped coder.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    told = json.loads(read_checked(find_weights(), "encoder/weights.json"))
    if told["fast_sha256"] != hash_linear() or tuple(told["themes"]) != load_linear().themes:
        what = "The two parts of the shipped coder do not belong together."
        raise CoprodError(what, "Install coprod-cli again: pip install --force-reinstall coprod-cli.")
    linear = replace(load_linear(), version=told["version"], rules=restore_rules(told["rules"]))
    return BlendedCoder(load_encoder(), linear, Blend(**told["blend"]))


def settle_blended(
    linear: Coder, blend: Blend, asked: Sequence[Asked], both: BothScores, wanted: set[str]
) -> list[tuple[Found, ...]]:
    """Both readers' scores of some answers to findings, by the rules that stand in `linear`."""
    scores, readings = both
    blended = scores._replace(
        answers=blend_answers(scores.answers, readings, blend), each=_blend_segments(scores, readings, blend)
    )

    def read(themed: Sequence[Themed]) -> list[Reading]:
        said = score_mentions(linear, scores, themed)
        return [_blend_reading(own, readings[each.answer], each, blend) for own, each in zip(said, themed, strict=True)]

    return settle(linear, asked, blended, wanted, read)


def blend_answers(
    answers: NDArray[np.float64], readings: Sequence[EncoderReading | None], blend: Blend
) -> NDArray[np.float64]:
    """How strongly each answer speaks for each theme, by both readers; answers x themes, unbounded."""
    nothing = np.full(answers.shape[1], NOTHING)
    encoded = [nothing if reading is None else reading.themes for reading in readings]
    return np.asarray(np.asarray(encoded, dtype=np.float64).reshape(answers.shape) + blend.themes * answers)


def _blend_segments(scores: Scores, readings: Sequence[EncoderReading | None], blend: Blend) -> NDArray[np.float32]:
    """How strongly each segment speaks for each theme, by both; segments x themes."""
    encoded = np.full(scores.each.shape, NOTHING, dtype=np.float32)
    for number, (segments, reading) in enumerate(zip(scores.segments, readings, strict=True)):
        if reading is not None:
            encoded[scores.edges[number] : scores.edges[number + 1]] = read_segments(reading, segments)
    return np.asarray(encoded + np.float32(blend.segments) * scores.each, dtype=np.float32)


def read_segments(reading: EncoderReading, segments: Sequence[Segment]) -> NDArray[np.float32]:
    """How strongly the encoder finds each theme in each segment of an answer; segments x themes, as logits."""
    encoded = np.full((len(segments), reading.pieces.shape[1]), NOTHING, dtype=np.float32)
    chances = 1 / (1 + np.exp(-reading.pieces))
    for row, segment in enumerate(segments):
        inside = find_pieces(reading, segment.start, segment.end)
        if inside.any():
            mean = np.clip(chances[inside].mean(axis=0), 1e-5, 1 - 1e-5)
            encoded[row] = np.log(mean / (1 - mean))
    return encoded


def _blend_reading(own: Reading, reading: EncoderReading | None, themed: Themed, blend: Blend) -> Reading:
    """What both say of a stretch: the encoder's reading of the theme in all of the answer, and of these very words."""
    if reading is None:
        return own
    inside = find_pieces(reading, themed.start, themed.end)
    stances = reading.stances[themed.theme].astype(np.float64)
    if inside.any():
        stances = (stances + reading.piece_stances[inside, themed.theme].mean(axis=0)) / 2
    levels = reading.levels[themed.theme].astype(np.float64)
    return Reading(
        stances=(stances + blend.stances * np.asarray(own.stances)).tolist(),
        asked=(stances + blend.stances * np.asarray(own.asked)).tolist(),
        levels=(levels + blend.levels * np.asarray(own.levels)).tolist(),
        size=own.size,
    )


def find_pieces(reading: EncoderReading, start: int, end: int) -> NDArray[np.bool_]:
    """Which pieces of an answer reach into a stretch of it."""
    return np.asarray((reading.places[:, 0] < end) & (reading.places[:, 1] > start))
