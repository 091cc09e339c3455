"""What is learnt from people's own codes: the answers it rests on, how good it is, and what a model file holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.findings import CoderReport
from coprod_cli.model.framework import Framework

# Who codes a theme in a learnt coder: what was learnt, the coder that ships, or nobody.
LEARNT_ONE, SHIPPED_ONE, NOBODY = "learnt", "shipped", "nobody"
BY_PERSON, BY_PROJECT, BY_ANSWER = "person", "project", "answer"
# A model file: what wrote it, and its parts by name.
SCHEMA = "coprod-coder/1"
NUMBERS, CODER, FRAMEWORK, CARD, PARTS = "arrays.npz", "coder.json", "framework.toml", "MODEL_CARD.md", "parts.json"


class Lesson(NamedTuple):
    """One answer that a person coded: what was seen of it, and every code; none where it holds no theme.

    weight: how many answers of the survey it stands for, as in Coding. seen: whether a machine's codes were in sight
    when it was coded.
    """

    answer: AskedAnswer
    codes: tuple[Code, ...]
    weight: float = 1.0
    seen: bool = False


class ThemeLearnt(NamedTuple):
    """How one theme was learnt, measured on answers of people left out in turn. Shares are 0..1, NaN if not known.

    by: who codes it. coded: answers that hold it. people: who wrote them. f1: with low and high, its likely range.
    shipped_f1: of the coder that ships, on the same answers. sure_precision, sure_recall: of what it is sure of.
    unsure: share of what is named that is left to a person.
    """

    theme: str
    by: str
    coded: int
    people: int
    f1: float = nan
    low: float = nan
    high: float = nan
    precision: float = nan
    recall: float = nan
    shipped_f1: float = nan
    sure_precision: float = nan
    sure_recall: float = nan
    unsure: float = nan


class CurvePoint(NamedTuple):
    """Mean F1 over the themes that are learnt, with its likely range, from so many coded answers."""

    codes: int
    f1: float
    low: float
    high: float


class Gain(NamedTuple):
    """What twice as many codes brought: F1 at `after` coded answers less F1 at half of them, with its likely range."""

    before: int
    after: int
    gain: float
    low: float
    high: float


class Beside(NamedTuple):
    """Mean F1 of the learnt coder and of the one that ships, with likely ranges, and how far the first is ahead.

    themes: how many are learnt and known to both. answers: hand-coded with no machine's codes in sight, on which alone
    they are compared.
    """

    themes: int
    answers: int
    f1: float
    low: float
    high: float
    shipped_f1: float
    shipped_low: float
    shipped_high: float
    difference: float
    difference_low: float
    difference_high: float


@dataclass(frozen=True)
class Learnt:
    """A coder learnt from people's codes, with all that is known of it.

    report: its figures as reports tell them. themes: every theme of the framework, in its order. grouped: whose answers
    were left out together, BY_PERSON, BY_PROJECT or BY_ANSWER; groups: how many. answers: learnt from; empty: of these,
    those without a theme; silent: left out, as they say nothing or are in another language. curve: by how many codes,
    the fewest first; gain: what the last doubling brought. stances, stance_low, stance_high: how many themes rightly
    found had a stance by hand, and the likely range of the share that are right; levels, level_low, level_high: the
    same of levels. sure, sure_low, sure_high: how much is named with no need of a second look, and the likely range of
    the share of it that is right. projects: how many are known; by_project: mean F1 where whole projects were left out
    in turn, None where there are too few. words: how many terms are in it; people_a_word: fewest who used any of them,
    of those that ship with coprod and of others; where people are not known, fewest answers, and 0 for the others, of
    which there are none. least: fewest answers that must hold a theme, and lack it, for it to be learnt. uneven:
    whether some answers had better chances of being drawn than others, or were not drawn by lot. seen: how many were
    coded with a machine's codes in sight. beside: how it stands beside the coder that ships; None where they share no
    theme. parts: what the model file holds.
    """

    report: CoderReport
    themes: tuple[ThemeLearnt, ...]
    grouped: str
    groups: int
    answers: int
    empty: int
    silent: int
    curve: tuple[CurvePoint, ...]
    gain: Gain
    stances: int = 0
    stance_low: float = nan
    stance_high: float = nan
    levels: int = 0
    level_low: float = nan
    level_high: float = nan
    sure: int = 0
    sure_low: float = nan
    sure_high: float = nan
    projects: int = 0
    by_project: CurvePoint | None = None
    words: int = 0
    people_a_word: tuple[int, int] = (0, 0)
    least: int = 0
    uneven: bool = False
    seen: int = 0
    beside: Beside | None = None
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class ModelFile:
    """A model file as it was opened, every part checked against its recorded SHA-256.

    framework: whose themes it was learnt for. told: what its coder.json says. arrays: its numbers, as NumPy wrote them.
    """

    name: str
    sha256: str
    framework: Framework
    told: Mapping[str, Any]
    arrays: bytes = field(repr=False)
