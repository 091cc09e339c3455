"""What stands over a closed question goes in; the dimension that its key words speak of comes out, if only one does.

This is the second way to match, for statements that are like no item of the framework: "I felt listened to", "[Trust]".
The phrases are data (key_phrases.toml). Not scored are a phrase that is denied ("I was not listened to"), as its
direction is not certain, and statements about one's own child's services or about wishes: they say nothing of this
joint work.
"""

import functools
import re
import tomllib
from importlib import resources
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import DENIALS, WISHES, list_wordings, sounds_reversed, take_statement
from coprod_cli.reading.wording import make_key

CERTAINTY = 0.6
_OWN_SERVICE = re.compile(
    r"\b(?:my|our|your|their|his|her|the) (?:own )?(?:\w+ )?(?:child|son|daughter|young person|family)(?:'s)?\b"
    r"|\b(?:ehcps?|ehc|health and care plan|schools?|teachers?|senco|class|diagnos\w+|therap\w+|appointments?|gp|"
    r"doctors?|nurses?|hospital|assessments?|tribunal|caseworker|local offer|nhs trust|this survey)\b"
    r"|\bheard (?:of|about)\b|\bi listened\b|\bmy (?:own )?(?:care|support|case|plan)\b"
)
_GAP = r"(?: \w+){0,5}? "


class Spoken(NamedTuple):
    """The dimension a statement is scored by, or '' when that is not certain; near: dimensions it may be about."""

    dimension: str = ""
    direction: int = 1
    why: str = ""
    near: tuple[str, ...] = ()


class _Phrase(NamedTuple):
    dimension: str
    direction: int
    pattern: re.Pattern[str]
    length: int


def find_dimension(heading: Heading, framework: Framework) -> Spoken:
    """The one dimension whose key phrases stand in the statement (a grid's row alone, when it has one)."""
    known = {dimension.id: dimension.name for dimension in framework.dimensions}
    statement = make_key(take_statement(heading))
    asked = make_key(heading.text)
    if _OWN_SERVICE.search(asked) or WISHES.search(asked):
        return Spoken()
    found = _find_phrases(statement, [make_key(way) for way in list_wordings(heading)])
    found = {(dimension, direction) for dimension, direction in found if dimension in known}
    near = tuple(sorted({dimension for dimension, _ in found}))
    if len(found) != 1:
        return Spoken(near=near)
    [(dimension, direction)] = found
    denied = _is_denied(statement if direction > 0 else _cut_complaints(statement))
    if denied or (direction > 0 and sounds_reversed(heading)):
        return Spoken(near=near)
    return Spoken(dimension, direction, f"by its key words it is about '{known[dimension]}' ({dimension})", near)


def _is_denied(statement: str) -> bool:
    return any(word in DENIALS or word.endswith("n't") for word in statement.split())


def _cut_complaints(statement: str) -> str:
    """The rest of a complaint: 'no say' and 'nothing changed' complain by their own denial."""
    for phrase in _read_phrases()[0]:
        if phrase.direction < 0:
            statement = phrase.pattern.sub(" ", statement)
    return statement


def _find_phrases(statement: str, ways: list[str]) -> set[tuple[str, int]]:
    phrases, alone = _read_phrases()
    for way in ways:
        if way in alone:
            return {alone[way]}
    found = set()
    left = statement
    for phrase in phrases:
        if phrase.pattern.search(left):
            found.add((phrase.dimension, phrase.direction))
            # Taken out, so that 'views were respected' is not 'were respected' as well.
            left = phrase.pattern.sub(" | ", left)
    return found


@functools.cache
def _read_phrases() -> tuple[tuple[_Phrase, ...], dict[str, tuple[str, int]]]:
    """The phrases, longest first, and the words that count only alone."""
    text = resources.files("coprod_cli.reading").joinpath("key_phrases.toml").read_text(encoding="utf-8")
    phrases = []
    alone = {}
    for table in tomllib.loads(text)["phrases"]:
        said = (table["dimension"], table["direction"])
        phrases += [_make_phrase(*said, words) for words in table["words"]]
        alone.update(dict.fromkeys(table["alone"], said))
    return tuple(sorted(phrases, key=lambda each: (-each.length, each.pattern.pattern))), alone


def _make_phrase(dimension: str, direction: int, words: str) -> _Phrase:
    pieces = [re.escape(piece.strip()) for piece in words.split("..")]
    pattern = re.compile(rf"\b{_GAP.join(pieces)}\b")
    return _Phrase(dimension, direction, pattern, len(words))
