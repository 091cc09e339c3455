"""Coded answers go in; what the network is taught from them, as padded batches of pieces and labels, comes out."""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from training.corpus import CodedAnswer
from training.network import LEVELS, STANCES, THEMES, Batch

from coprod_cli.coding import encoder
from coprod_cli.coding.encoder import EncoderInput
from coprod_cli.coding.wordpiece import WordPieces
from coprod_cli.model import tables

# Batches are drawn from answers of about one length, this many batches' worth at a time.
_POOLED = 24
_ROUND_TO = 8
_NO_STANCE = -1
_SPEAKS_FOR_ITSELF = 12


class Lesson(NamedTuple):
    """One window of an answer with what it should be read as.

    themes: numbers of the themes there. stances, levels: (theme, stance), (theme, level) that are there. evidence:
    (piece, theme, stance) for each piece that carries a theme.
    """

    window: EncoderInput
    themes: frozenset[int]
    stances: frozenset[tuple[int, int]]
    levels: frozenset[tuple[int, int]]
    evidence: tuple[tuple[int, int, int], ...]


class Labels(NamedTuple):
    """Targets of a batch, shaped like the network's Output; piece_stances: answers x pieces x themes, -1 for none."""

    themes: Tensor
    stances: Tensor
    levels: Tensor
    pieces: Tensor
    piece_stances: Tensor


def list_lessons(answers: Sequence[CodedAnswer], themes: Sequence[str], known: WordPieces) -> list[Lesson]:
    """One lesson a window of each answer; nearly every answer is one window."""
    numbers = {theme: number for number, theme in enumerate(themes)}
    lessons = []
    for answer in answers:
        for window in encoder.list_windows(known, answer.asked):
            evidence = [
                (place, numbers[code.theme], tables.STANCES.index(code.stance), tables.LEVELS.index(code.level))
                for code in answer.codes
                for place, (start, end) in enumerate(window.places, start=1)
                if start < code.end and end > code.start
            ]
            lessons.append(
                Lesson(
                    window,
                    frozenset(theme for _, theme, _, _ in evidence),
                    frozenset((theme, stance) for _, theme, stance, _ in evidence),
                    frozenset((theme, level) for _, theme, _, level in evidence),
                    tuple((place, theme, stance) for place, theme, stance, _ in evidence),
                )
            )
    return lessons


def list_batches(lessons: Sequence[Lesson], size: int, chance: random.Random) -> list[list[Lesson]]:
    """The lessons in a new order, in batches of answers of about one length."""
    order = list(lessons)
    chance.shuffle(order)
    batches = []
    for begin in range(0, len(order), size * _POOLED):
        pool = sorted(order[begin : begin + size * _POOLED], key=lambda lesson: len(lesson.window.places))
        batches += [pool[start : start + size] for start in range(0, len(pool), size)]
    chance.shuffle(batches)
    return batches


def put_question(window: EncoderInput, asked: list[int]) -> EncoderInput:
    """The same window under another question, given as its pieces; none as if no question were known."""
    own = len(window.places) + 2
    return window._replace(
        ids=[*window.ids[:own], *asked, window.ids[-1]],
        types=[*window.types[:own], *([1] * (len(asked) + 1))],
        inside=[*window.inside[:own], *([0.0] * (len(asked) + 1))],
    )


def vary_question(
    lesson: Lesson, beside: Lesson, unasked: float, swapped: float, chance: random.Random
) -> EncoderInput:
    """A lesson's window; at times with no question, or, where it is long enough to speak for itself, with another's."""
    drawn = chance.random()
    if drawn < unasked:
        return put_question(lesson.window, [])
    if drawn < unasked + swapped and len(lesson.window.places) >= _SPEAKS_FOR_ITSELF:
        return put_question(lesson.window, beside.window.ids[len(beside.window.places) + 2 : -1])
    return lesson.window


def pad_windows(windows: Sequence[EncoderInput]) -> Batch:
    """Windows as one batch, padded with zeros to a multiple of eight pieces."""
    longest = max(len(window.ids) for window in windows)
    width = -(-longest // _ROUND_TO) * _ROUND_TO

    def pad(rows: Iterator[list[int]] | Iterator[list[float]], kind: torch.dtype) -> Tensor:
        return torch.tensor([[*row, *([0] * (width - len(row)))] for row in rows], dtype=kind)

    return Batch(
        ids=pad((window.ids for window in windows), torch.long),
        types=pad((window.types for window in windows), torch.long),
        real=pad(([1.0] * len(window.ids) for window in windows), torch.float32),
        inside=pad((window.inside for window in windows), torch.float32),
        role=torch.tensor([window.role for window in windows]),
    )


def label_batch(lessons: Sequence[Lesson], width: int) -> Labels:
    """The targets of a batch that is so many pieces wide."""
    answers = len(lessons)
    labels = Labels(
        themes=torch.zeros(answers, THEMES),
        stances=torch.zeros(answers, THEMES, STANCES),
        levels=torch.zeros(answers, THEMES, LEVELS),
        pieces=torch.zeros(answers, width, THEMES),
        piece_stances=torch.full((answers, width, THEMES), _NO_STANCE),
    )
    for row, lesson in enumerate(lessons):
        for theme in lesson.themes:
            labels.themes[row, theme] = 1
        for theme, stance in lesson.stances:
            labels.stances[row, theme, stance] = 1
        for theme, level in lesson.levels:
            labels.levels[row, theme, level] = 1
        for place, theme, stance in lesson.evidence:
            labels.pieces[row, place, theme] = 1
            labels.piece_stances[row, place, theme] = stance
    return labels
