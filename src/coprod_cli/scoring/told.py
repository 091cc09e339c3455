"""Mentions go in; for and against which themes of the joint work each answer speaks, and who coded it, comes out.

What a person coded stands in place of what the machine made of the same answer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Verdicts = npt.NDArray[np.int8]
# What words say of one theme of the joint work.
NOTHING, FOR, AGAINST, BOTH = range(4)
# How much of each verdict is for, and how much against.
SIDES = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
_ANSWER = ["response", "question"]


@dataclass(frozen=True)
class Told:
    """One line an answer and theme it speaks for or against, sorted by voice and theme.

    voice, theme: places. verdict: FOR, AGAINST or BOTH. by_hand: whether a person coded the answer. read: by voice, how
    many answers a machine alone has coded, whatever it found in them.
    """

    voice: Places
    theme: Places
    verdict: Verdicts
    by_hand: npt.NDArray[np.bool_]
    read: Places

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Told":
        """That of some voices, numbered anew."""
        lines = kept[self.voice]
        return self._pick(lines, (np.cumsum(kept) - 1)[self.voice[lines]], self.read[kept])

    def take(self, start: int, stop: int) -> "Told":
        """That of the voices from start to before stop, numbered from 0."""
        first, last = np.searchsorted(self.voice, [start, stop])
        lines = slice(int(first), int(last))
        return self._pick(lines, self.voice[lines] - start, self.read[start:stop])

    def hold(self, voices: npt.NDArray[np.bool_]) -> "Told":
        """That of some voices, numbers left as they are."""
        lines = voices[self.voice]
        return self._pick(lines, self.voice[lines], np.where(voices, self.read, 0))

    def judge(self, voices: int, themes: int, *, by_hand_only: bool = False) -> Verdicts:
        """What each voice's answers say together, voices x themes; at wish only in answers that a person coded."""
        lines = self.by_hand if by_hand_only else slice(None)
        verdicts = np.zeros((voices, themes), dtype=np.int8)
        np.bitwise_or.at(verdicts, (self.voice[lines], self.theme[lines]), self.verdict[lines])
        return verdicts

    def count(self, voices: int, themes: int, *, by_hand: bool) -> Matrix:
        """In how many answers each voice speaks for and against each theme, voices x themes x 2; both is half each."""
        lines = self.by_hand == by_hand
        counts = np.zeros((voices, themes, 2))
        np.add.at(counts, (self.voice[lines], self.theme[lines]), SIDES[self.verdict[lines]])
        return counts

    def _pick(self, lines: npt.NDArray[np.bool_] | slice, voice: Places, read: Places) -> "Told":
        return Told(voice, self.theme[lines], self.verdict[lines], self.by_hand[lines], read)


_NONE: Places = np.zeros(0, dtype=np.int64)
NOTHING_TOLD = Told(_NONE, _NONE, np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.bool_), _NONE)


class Coders(NamedTuple):
    """Who coded what.

    answer: the number of each mention's answer. by_person: of each mention, whether a person made it. checked: by
    answer, whether a person coded it, so that what a machine made of it does not count.
    """

    answer: Places
    by_person: npt.NDArray[np.bool_]
    checked: npt.NDArray[np.bool_]

    @property
    def counting(self) -> npt.NDArray[np.bool_]:
        """Of each mention, whether it counts."""
        return self.by_person | ~self.checked[self.answer]


def find_coders(mentions: pd.DataFrame, machine: Collection[str] | None) -> Coders:
    """Who coded what; machine: names of the coders that are machines; None when all are."""
    answer: Places = np.asarray(mentions.groupby(_ANSWER, sort=False).ngroup(), dtype=np.int64)
    by_person = np.zeros(len(mentions), dtype=np.bool_)
    if machine is not None:
        by_person |= ~mentions["coder"].isin(machine).to_numpy(dtype=np.bool_)
    checked = np.zeros(int(answer.max(initial=-1)) + 1, dtype=np.bool_)
    checked[answer[by_person]] = True
    return Coders(answer, by_person, checked)


def collect_told(
    mentions: pd.DataFrame,
    answers: pd.DataFrame,
    voice_of: pd.Series,
    themes: Sequence[str],
    machine: Collection[str] | None,
) -> Told:
    """What every answer says.

    Args:
        mentions: Mention rows; of level "project" and for or against, or they only say who coded the answer. A row of a
            person's without a theme says that the answer speaks of none.
        answers: Answer rows, all that could be coded.
        voice_of: by response, the place of its voice; every voice has one.
        themes: names of those that count.
        machine: names of the coders that are machines; None when all are.
    """
    coders = find_coders(mentions, machine)
    answer, checked = coders.answer, coders.checked
    voice: Places = mentions["response"].map(voice_of).to_numpy(dtype=np.int64)
    theme = mentions["theme"].map({name: place for place, name in enumerate(themes)}).to_numpy(dtype=np.float64)
    counting = (
        (mentions["level"] == "project").to_numpy()
        & mentions["stance"].isin(["positive", "negative"]).to_numpy()
        & ~np.isnan(theme)
        & coders.counting
    )
    stance = np.where(mentions["stance"] == "positive", FOR, AGAINST).astype(np.int8)
    answer_to_voice = np.zeros(len(checked), dtype=np.int64)
    answer_to_voice[answer] = voice
    read = _count_read(answers, voice_of, answer_to_voice, checked)
    cell = answer[counting] * len(themes) + theme[counting].astype(np.int64)
    verdict = np.zeros(0, dtype=np.int8)
    if len(cell):
        order = np.argsort(cell, kind="stable")
        cell, starts = np.unique(cell[order], return_index=True)
        verdict = np.bitwise_or.reduceat(stance[counting][order], starts)
    voices, places, by_hand = answer_to_voice[cell // len(themes)], cell % len(themes), checked[cell // len(themes)]
    order = np.lexsort((verdict, by_hand, places, voices))
    return Told(voices[order], places[order], verdict[order], by_hand[order], read)


def _count_read(
    answers: pd.DataFrame, voice_of: pd.Series, mentioned: Places, checked: npt.NDArray[np.bool_]
) -> Places:
    """By voice, the answers that no person coded: all given, and never fewer than those the machine found things in."""
    count = int(voice_of.max()) + 1 if len(voice_of) else 0
    given = answers["response"].map(voice_of).to_numpy(dtype=np.int64)
    every = np.bincount(given, minlength=count)
    by_hand = np.bincount(mentioned[checked], minlength=count)
    return np.asarray(np.maximum(every - by_hand, np.bincount(mentioned[~checked], minlength=count)), dtype=np.int64)
