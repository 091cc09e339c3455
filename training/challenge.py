"""The challenge set goes in; how an engine fares on each group of its pairs comes out. Nothing is ever learnt from it.

A pair is right when both its sides are. A side is right when each of its expectations is met and none of its themes
has a stance that the side does not name. tests/challenge/README.md describes the set.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scipy.stats import binomtest
from training.corpus import ROOT

from coprod_cli.coding import Asked, code_answers
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, Mention, rows, table

PAIRS = ROOT / "tests" / "challenge" / "pairs.jsonl"
SIDES = ("left", "right")
ALL = "all groups"


class Expected(NamedTuple):
    """One theme that is, or is not, in an answer. Level and evidence are empty where they are left open."""

    theme: str
    has: bool
    stance: str
    level: str
    words: str


class Side(NamedTuple):
    """One answer of a pair, and what should be found in it."""

    asked: Asked
    expected: tuple[Expected, ...]


class Pair(NamedTuple):
    """Two answers that differ in a few words."""

    id: str
    group: str
    sides: tuple[Side, Side]


class Share(NamedTuple):
    """How many of how many, with the 95 % Wilson range of the share."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """The share itself, 0..1."""
        return self.right / self.of

    @property
    def likely(self) -> tuple[float, float]:
        """Wilson's range (1927) at 95 %, as scipy computes it."""
        found = binomtest(self.right, self.of).proportion_ci(0.95, method="wilson")
        return float(found.low), float(found.high)


class Fared(NamedTuple):
    """How an engine fares on one group: pairs of which both sides are right, and expectations met."""

    pairs: Share
    expectations: Share


def read_pairs() -> list[Pair]:
    """Every pair, in the order of the file."""
    return [_take_pair(json.loads(line)) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def measure_engine(engine: str, pairs: Sequence[Pair], framework: Framework) -> dict[str, Fared]:
    """Group to how the engine fares on it, in the order of the file; last, all groups together."""
    found = _code(engine, pairs, framework)
    groups = list(dict.fromkeys(pair.group for pair in pairs))
    fared = {group: _judge([pair for pair in pairs if pair.group == group], found) for group in groups}
    return {**fared, ALL: _judge(pairs, found)}


def is_met(expected: Expected, side: Side, mentions: Iterable[Mention]) -> bool:
    """Whether one expectation is met: theme, stance, level where named, and some of the evidence where named."""
    there = [each for each in mentions if each.theme == expected.theme]
    if not expected.has:
        return not there
    start = side.asked.words.index(expected.words)
    end = start + len(expected.words) if expected.words else len(side.asked.words)
    return any(
        each.stance == expected.stance
        and each.level == (expected.level or each.level)
        and each.start < end
        and each.end > start
        for each in there
    )


def is_right(side: Side, mentions: Sequence[Mention]) -> bool:
    """Whether every expectation is met and no theme of the side has a stance that the side does not name."""
    named = {(each.theme, each.stance) for each in side.expected}
    themes = {each.theme for each in side.expected}
    beyond = any(each.theme in themes and (each.theme, each.stance) not in named for each in mentions)
    return not beyond and all(is_met(each, side, mentions) for each in side.expected)


def _judge(pairs: Sequence[Pair], found: dict[tuple[str, int], list[Mention]]) -> Fared:
    right = sum(all(is_right(side, found[pair.id, place]) for place, side in enumerate(pair.sides)) for pair in pairs)
    met = [
        is_met(each, side, found[pair.id, place])
        for pair in pairs
        for place, side in enumerate(pair.sides)
        for each in side.expected
    ]
    return Fared(Share(right, len(pairs)), Share(sum(met), len(met)))


def _code(engine: str, pairs: Sequence[Pair], framework: Framework) -> dict[tuple[str, int], list[Mention]]:
    sides = [(pair.id, place, side) for pair in pairs for place, side in enumerate(pair.sides)]
    questions = {words: f"q{place}" for place, words in enumerate(sorted({side.asked.question for *_, side in sides}))}
    answers = table(
        (
            Answer(f"{name}/{place}", questions[side.asked.question], side.asked.words, side.asked.words)
            for name, place, side in sides
        ),
        Answer,
    )
    roles = {f"{name}/{place}": side.asked.role for name, place, side in sides}
    asked = {key: words for words, key in questions.items()}
    found: dict[tuple[str, int], list[Mention]] = {(name, place): [] for name, place, _ in sides}
    for mention in rows(code_answers(answers, asked, roles, framework, engine), Mention):
        name, place = mention.response.split("/")
        found[name, int(place)].append(mention)
    return found


def _take_pair(row: dict[str, object]) -> Pair:
    left, right = (_take_side(row, name) for name in SIDES)
    return Pair(str(row["id"]), str(row["group"]), (left, right))


def _take_side(row: dict[str, object], name: str) -> Side:
    side = row[name]
    assert isinstance(side, dict)  # noqa: S101 - the set is checked by tests/coding/test_challenge.py
    asked = Asked(side["text"], side.get("question", row["question"]), str(row["role"]))
    expected = tuple(
        Expected(each["theme"], each["has"], each.get("stance", ""), each.get("level", ""), each.get("words", ""))
        for each in side["expect"]
    )
    return Side(asked, expected)
