"""Answers go in; what the shipped encoder makes of each - themes, stances, levels, carrying words - comes out.

The encoder is two small transformers (MiniLM, Wang et al. 2020) taught on the corpus, in ONNX files. One reads an
answer with its question; the other was taught without any question, and reads what the words say by themselves. Every
answer is read by itself, in runs of its own on one thread, so that the answers around it change nothing, to the last
bit.
"""

import ctypes
import io
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked
from coprod_cli.coding.segments import split_answer
from coprod_cli.coding.shipped import find_weights, read_checked
from coprod_cli.coding.tokens import count_words
from coprod_cli.coding.wordpiece import Piece, WordPieces
from coprod_cli.model.errors import CoprodError
from coprod_cli.model.tables import ROLES

Array = NDArray[np.float32]

# The most pieces of an answer and of a question that are read at once; a longer answer is read window by window, each
# ending where a segment ends. The encoder was taught with the same bounds (training/lessons.py).
MOST_PIECES = 200
MOST_ASKED = 32
# Beyond this many windows, some 12,000 words, only the linear coder reads on.
_MOST_WINDOWS = 80
# Answers of fewer words may rightly lean on their question: "The evening ones."
_ENOUGH_WORDS = 6
_ASKED, _UNASKED, _WORDS = "encoder/asked.onnx", "encoder/unasked.onnx", "encoder/words.npz"
_ERRORS_ONLY = 3
_MOST_THREADS = 8
_OUTPUTS = ("themes", "stances", "levels", "pieces", "piece_stances")
_MEANING = ("meaning", "states")


class Session(Protocol):
    """A network that a runtime has loaded."""

    def run(self, outputs: Sequence[str], fed: dict[str, NDArray[Any]]) -> Sequence[NDArray[np.float32]]:
        """The named outputs for the named inputs."""


class EncoderInput(NamedTuple):
    """One window of an answer as the network takes it.

    ids: pieces of answer and question. types: 0 for the answer, 1 for the question. inside: 1 where a piece is the
    answer's own. role: place of the role in ROLES. places: characters start to end of each of the answer's pieces.
    """

    ids: list[int]
    types: list[int]
    inside: list[float]
    role: int
    places: list[tuple[int, int]]


class EncoderReading(NamedTuple):
    """What the encoder makes of one answer; all are logits.

    themes: is the theme there? stances, levels: themes x 3, for themes that are. pieces: does a piece of the answer
    carry the theme? pieces x themes. piece_stances: pieces x themes x 3. places: pieces x 2, characters start to end.
    """

    themes: Array
    stances: Array
    levels: Array
    pieces: Array
    piece_stances: Array
    places: NDArray[np.intp]


class Meaning(NamedTuple):
    """What an answer means to the encoder, whatever the themes.

    whole: the mean of the states of its pieces; 384 numbers. states: pieces x 384. reading: as to the shipped themes.
    """

    whole: Array
    states: Array
    reading: EncoderReading


@dataclass(frozen=True)
class WordTable:
    """What each piece of a word means before it is read among others; both networks begin from it.

    whole: pieces x 384, int8. scale: pieces x 1.
    """

    whole: NDArray[np.int8]
    scale: Array

    def look_up(self, pieces: Sequence[int]) -> Array:
        """Of these pieces, by their numbers; pieces x 384."""
        return self.whole[pieces].astype(np.float32) * self.scale[pieces]


@dataclass(frozen=True)
class Encoder:
    """The loaded networks and the pieces of words that they know.

    asked: reads an answer with its question. unasked: reads it without.
    """

    asked: Session
    unasked: Session
    words: WordTable
    pieces: WordPieces

    def read_all(self, asked: Sequence[Asked]) -> list[EncoderReading | None]:
        """One reading an answer, in their order; None where an answer holds no piece at all."""
        with ThreadPoolExecutor(max_workers=min(count_cores(), _MOST_THREADS)) as pool:
            return list(pool.map(self.read, asked))

    def read(self, asked: Asked) -> EncoderReading | None:
        """The reading of one answer; of several windows, each theme is read off the one that speaks most of it."""
        readings = [self._run(self.asked, window) for window in list_windows(self.pieces, asked)]
        return self.complete(asked, join_readings(readings)) if readings else None

    def complete(self, asked: Asked, own: EncoderReading) -> EncoderReading:
        """What the network that knows the question makes of an answer, with what the other one says of its words.

        Both are of the same pieces in the same places: where windows end hangs on the words alone.
        """
        if not speaks_for_itself(asked):
            return own
        windows = list_windows(self.pieces, asked._replace(question=""))
        return merge_readings(own, join_readings([self._run(self.unasked, window) for window in windows]))

    def find_meaning(self, asked: Asked) -> Meaning | None:
        """What one answer means, to the network that knows its question; None where it holds no piece at all."""
        windows = list_windows(self.pieces, asked)
        if not windows:
            return None
        read = [self._look(window) for window in windows]
        # The mean of a window counts the piece before its first word, too, as it did when the encoder was taught.
        whole = np.average([each.whole for each in read], axis=0, weights=[sum(each.inside) for each in windows])
        states = np.concatenate([each.states for each in read])
        return Meaning(np.asarray(whole, dtype=np.float32), states, join_readings([each.reading for each in read]))

    def _run(self, session: Session, window: EncoderInput) -> EncoderReading:
        return _take(window, session.run(_OUTPUTS, self._feed(window)))

    def _look(self, window: EncoderInput) -> Meaning:
        *outputs, whole, states = self.asked.run((*_OUTPUTS, *_MEANING), self._feed(window))
        return Meaning(whole[0], states[0, 1 : 1 + len(window.places)], _take(window, outputs))

    def _feed(self, window: EncoderInput) -> dict[str, NDArray[Any]]:
        return {
            "words": self.words.look_up(window.ids)[None],
            "types": np.asarray([window.types], dtype=np.int64),
            "inside": np.asarray([window.inside], dtype=np.float32),
            "role": np.asarray([window.role], dtype=np.int64),
        }


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The shipped encoder.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    pieces = json.loads(read_checked(find_weights(), "encoder/pieces.json"))
    words = read_words(read_checked(find_weights(), _WORDS))
    encoder = Encoder(_load_session(_ASKED), _load_session(_UNASKED), words, WordPieces(pieces))
    _give_back_memory()
    return encoder


def read_words(stored: bytes) -> WordTable:
    """The table of words of an .npz file."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        return WordTable(arrays["whole"], arrays["scale"])


def make_session(network: bytes | Path) -> Session:
    """An ONNX network, its bytes or its file, ready to run on one thread.

    Raises:
        CoprodError: onnxruntime is not there or cannot be loaded.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - a fifth of a second and 60 MB that no other engine needs
    except ImportError as error:
        what = "The engine trained needs onnxruntime, which cannot be loaded on this computer."
        hint = "Use --engine fast. On Windows, installing the Microsoft Visual C++ Redistributable often mends it."
        raise CoprodError(what, hint) from error
    # Builds for Windows write events about each session to the system's own trace; nothing here is anybody's business.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    session: Session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return session


def list_windows(known: WordPieces, asked: Asked) -> list[EncoderInput]:
    """An answer with its question and role as the network takes it; none when it holds no piece.

    One window unless the answer has more than MOST_PIECES pieces; then each window ends where a segment ends.
    """
    cut = known.cut(asked.words, MOST_PIECES * _MOST_WINDOWS)
    question = [piece.number for piece in known.cut(asked.question, MOST_ASKED)]
    role = ROLES.index(asked.role) if asked.role in ROLES else len(ROLES) - 1
    return [
        EncoderInput(
            ids=[known.first, *(piece.number for piece in part), known.break_, *question, known.break_],
            types=[0] * (len(part) + 2) + [1] * (len(question) + 1),
            inside=[1.0] * (len(part) + 1) + [0.0] * (len(question) + 2),
            role=role,
            places=[(piece.start, piece.end) for piece in part],
        )
        for part in _part(asked.words, cut)
    ]


def join_readings(readings: Sequence[EncoderReading]) -> EncoderReading:
    """Readings of the windows of one answer as one: each theme is read off the window that speaks most of it."""
    if len(readings) == 1:
        return readings[0]
    best = np.stack([reading.themes for reading in readings]).argmax(axis=0)
    themes = np.arange(best.size)
    return EncoderReading(
        themes=np.stack([reading.themes for reading in readings])[best, themes],
        stances=np.stack([reading.stances for reading in readings])[best, themes],
        levels=np.stack([reading.levels for reading in readings])[best, themes],
        pieces=np.concatenate([reading.pieces for reading in readings]),
        piece_stances=np.concatenate([reading.piece_stances for reading in readings]),
        places=np.concatenate([reading.places for reading in readings]),
    )


def merge_readings(own: EncoderReading, bare: EncoderReading) -> EncoderReading:
    """One answer read with its question and without.

    Presence is the mean of both. Stance is read off the words alone, so that no question puts it in a mouth; the level
    hangs on what was asked.
    """
    return own._replace(
        themes=_average(own.themes, bare.themes),
        pieces=_average(own.pieces, bare.pieces),
        stances=bare.stances,
        piece_stances=bare.piece_stances,
    )


def speaks_for_itself(asked: Asked) -> bool:
    """Whether an answer has words enough to be read without its question, or has none to be read with."""
    return not asked.question or count_words(asked.words) >= _ENOUGH_WORDS


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load_session(network: str) -> Session:
    read_checked(find_weights(), network)
    # By its path, once its bytes are known to be right: of bytes, the runtime would keep a copy for good.
    with as_file(find_weights().joinpath(*network.split("/"))) as path:
        return make_session(path)


def _give_back_memory() -> None:
    """Give back what loading has let go: the C library of Linux keeps it, some 70 MB in pieces that few can use."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)


def _average(one: Array, other: Array) -> Array:
    return np.asarray((one + other) / 2, dtype=np.float32)


def _take(window: EncoderInput, outputs: Sequence[NDArray[np.float32]]) -> EncoderReading:
    """Outputs in the order of _OUTPUTS as a reading, of the answer's own pieces."""
    themes, stances, levels, pieces, piece_stances = (output[0] for output in outputs)
    own = slice(1, 1 + len(window.places))
    return EncoderReading(themes, stances, levels, pieces[own], piece_stances[own], np.asarray(window.places))


def _part(words: str, cut: list[Piece]) -> list[list[Piece]]:
    if len(cut) <= MOST_PIECES:
        return [cut] if cut else []
    ends = {segment.end for segment in split_answer(words)}
    parts: list[list[Piece]] = [[]]
    since = 0
    for piece in cut:
        if len(parts[-1]) == MOST_PIECES:
            # Back to the last end of a segment, if the window holds one.
            kept = since or MOST_PIECES
            parts[-1], rest = parts[-1][:kept], parts[-1][kept:]
            parts.append(rest)
            since = 0
        parts[-1].append(piece)
        if piece.end in ends:
            since = len(parts[-1])
    return [part for part in parts if part]
