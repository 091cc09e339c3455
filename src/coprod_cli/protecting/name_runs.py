"""A place in an answer goes in; whether a name may stand there, and how far it goes, comes out."""

import re

from coprod_cli.protecting.line import SPACE, Line
from coprod_cli.protecting.word_lists import (
    ALSO_WORDS,
    BODIES,
    GIVEN,
    NEVER,
    NEVER_PLACES,
    NOT_NAMES,
    ORDINARY,
    PARTICLES,
    PLACES,
)

AFTER_INITIAL = re.compile(r"\.?[ \u00a0]{1,2}\Z")
_LONGEST_NAME = 3
_SHORTEST_UNKNOWN = 3
# Endings that nouns and adjectives have and hardly any name.
_NOUN = re.compile(
    r"(?:tion|sion|ment|ness|ship|ology|ities|ility|cracy|ivity|ance|ence|ics|ism|isms|ists|ful|less|ings|able|ible|aphy|axia|exia"
    r"|phrenia|lepsy|therapy|therapist|therapists|atric|ated|ating|ised|ising|ized|worker|workers|line|ware|book|books)\Z"
)


def is_listed(low: str, names: frozenset[str]) -> bool:
    """Whether a word, or the first part of a word with a hyphen, is one of the names."""
    return low in names or ("-" in low and low.split("-", 1)[0] in names)


def is_unknown(low: str) -> bool:
    """Whether a word is none that coprod knows as an ordinary one, so that a capital makes it a name."""
    if is_listed(low, GIVEN):
        return True
    if len(low) < _SHORTEST_UNKNOWN or _NOUN.search(low):
        return False
    return not any(
        part in ORDINARY or part in NEVER or part in ALSO_WORDS or part in NOT_NAMES or part in NEVER_PLACES
        for part in (low, low.removesuffix("s"), low.removesuffix("es"), *re.split(r"[-']", low))
    )


def could_be(line: Line, place: int) -> bool:
    """Whether a word after a cue may be a name: a capital and not a word that is never one, or a name on the list."""
    if not 0 <= place < len(line.words):
        return False
    word = line.words[place]
    if word.low in GIVEN:
        return True
    fit = word.capital and len(word.text) > 1 and word.low not in NEVER and word.low not in NOT_NAMES
    return fit and (word.low in ALSO_WORDS or (word.low not in ORDINARY and word.low not in NEVER_PLACES))


def run_from(line: Line, place: int) -> range:
    """The words of the name that begins at that place, at most three; empty when they name a place or a body."""
    end = place + 1
    while end < len(line.words) and end - place < _LONGEST_NAME:
        initial = len(line.words[end - 1].text) == 1
        if not (AFTER_INITIAL if initial else SPACE).match(line.gap(end)) or line.words[end - 1].owned:
            break
        after_particle = line.low(end) in PARTICLES and _continues(line, end + 1) and SPACE.match(line.gap(end + 1))
        if not (after_particle or _continues(line, end)):
            break
        end += 1
    given = line.low(place) in GIVEN and line.low(place) not in PLACES
    follows = line.follows(end)
    if follows in BODIES and (not given or line.words[end].capital):
        return range(0)
    return range(place, end)


def _continues(line: Line, place: int) -> bool:
    """Whether a word after a name may be more of it."""
    if not 0 <= place < len(line.words):
        return False
    word = line.words[place]
    return word.capital and word.low not in NEVER and word.text != "I"
