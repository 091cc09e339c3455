"""What stands over a closed question goes in; the dimension that its key words speak of comes out, and how surely.

This is the second way to match, for statements that are like no item of the framework: "I felt listened to", "[Trust]".
Phrases, and words that mean the same, are data (key_phrases.toml). A phrase that is denied ("I was not listened to") is
turned round, less surely; where two dimensions are spoken of, or only a hint of one, nothing is certain.
"""

import functools
import re
import tomllib
from importlib import resources
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import DENIALS, list_wordings, sounds_reversed, take_statement
from coprod_cli.reading.rewordings import list_other_people, list_turning_words
from coprod_cli.reading.subjects import find_other_subject
from coprod_cli.reading.wording import cut_ending, list_words, make_key

# How often such guesses are right in words that the rules had never seen (docs/formats.md): about three times in four.
ALONE, CLEAR, TURNED, BARE, SEVERAL, DOUBTED, HINTED = 0.8, 0.75, 0.7, 0.7, 0.5, 0.4, 0.3
# One key word that stands by itself is about the joint work only if the question of its grid is.
_JOINT_WORK = re.compile(
    r"\bco ?(?:production|produced|producing|produce|design(?:ed|ing)?)\b|\bcoprod\w+|"
    r"\bwork(?:ed|ing)? (?:together|alongside|in partnership|jointly)\b|\bpartnership\b|"
    r"\b(?:this|the|our) (?:\w+ )?(?:project|joint work|piece of work)\b|\bthe work\b|"
    r"\bparents?(?: carers?)? and (?:carers|professionals|practitioners|staff)\b"
)
_PARENT, _STAFF = "PARENT", "STAFF"
# Where speaking of children says nothing against the phrase.
_ABOUT_CHILDREN = {"inclusive", "purpose"}
_GAP = r"(?: \S+){0,5}? "
_NEAR_BEFORE = 2
_LEAD = 2
# Words that mean something together which the single ones, or what is left of them, do not.
_MANY_WORDS = (
    ("children and young people", "children"), ("young people", "children"), ("young person", "child"),
    ("for show", "for_show"), ("carry on", "carry_on"), ("carrying on", "carry_on"), ("carries on", "carry_on"),
    ("them and us", "them_and_us"), ("us and them", "them_and_us"),
)  # fmt: skip


class Spoken(NamedTuple):
    """The dimension a statement speaks of, or ''; how surely (0..1); near: dimensions it may be about."""

    dimension: str = ""
    direction: int = 1
    why: str = ""
    near: tuple[str, ...] = ()
    certainty: float = 0.0


class _Phrase(NamedTuple):
    dimension: str
    direction: int
    pattern: re.Pattern[str]
    length: int
    words: frozenset[str]


class _Lexicon(NamedTuple):
    """What the data say, made ready: phrases and hints longest first, statements that are one word, words alike."""

    phrases: tuple[_Phrase, ...]
    hints: tuple[_Phrase, ...]
    alone: dict[str, tuple[str, int]]
    same: dict[str, str]
    dropped: frozenset[str]


class _Found(NamedTuple):
    dimension: str
    direction: int
    length: int
    denied: bool
    between: frozenset[str]


def find_dimension(heading: Heading, framework: Framework) -> Spoken:
    """The dimension whose key phrases stand in the statement (a grid's row alone, when it has one), however unsure."""
    known = {dimension.id: dimension.name for dimension in framework.dimensions}
    if find_other_subject(heading.text):
        return Spoken()
    lexicon = _read_lexicon()
    for way in list_wordings(heading):
        said = lexicon.alone.get(make_plain(way))
        if said and said[0] in known:
            return _speak(known, *said, ALONE if heading.part and _JOINT_WORK.search(make_key(heading.stem)) else BARE)
    plain = make_plain(take_statement(heading))
    phrases, left = _find_phrases(plain, lexicon.phrases)
    found = [each for each in phrases or _find_denied_within(plain, lexicon.phrases) if each.dimension in known]
    if not found:
        hinted = {each.dimension for each in _find_phrases(plain, lexicon.hints)[0]} & known.keys()
        direction = -1 if sounds_reversed(heading) else 1
        if len(hinted) != 1:
            return Spoken(near=tuple(sorted(hinted)))
        return _speak(known, hinted.pop(), direction, HINTED)
    besides = set(left.split()).union(*(each.between for each in found))
    doubtful = sounds_reversed(heading) or bool(besides & DENIALS)
    return _weigh(
        found, known, doubtful=doubtful, turned=_is_turned(plain, besides, {each.dimension for each in found})
    )


def _is_turned(plain: str, besides: set[str], dimensions: set[str]) -> bool:
    """Whether words besides the phrases turn them round or wish for them, or others than parents are spoken of."""
    turning, others = _list_doubts()
    of_others = besides & others and _PARENT not in plain.split() and not dimensions & _ABOUT_CHILDREN
    return bool(besides & turning or of_others)


@functools.cache
def _list_doubts() -> tuple[frozenset[str], frozenset[str]]:
    turning = frozenset(make_plain(word) for word in list_turning_words())
    others = frozenset(make_plain(word) for word in list_other_people())
    # Names of meanings such as VIEW ('wishes') stand for too much else.
    return frozenset(word for word in turning if word.islower()), others - {"", _PARENT, _STAFF}


def _weigh(found: list[_Found], known: dict[str, str], *, doubtful: bool, turned: bool) -> Spoken:
    """The dimension most phrases are of.

    doubtful: words besides the phrases may turn good news into bad; turned: or either into the other.
    """
    lengths: dict[str, int] = {}
    for each in found:
        lengths[each.dimension] = lengths.get(each.dimension, 0) + each.length
    ranked = sorted(lengths, key=lambda dimension: (-lengths[dimension], dimension))
    best = [each for each in found if each.dimension == ranked[0]]
    directions = {-each.direction if each.denied else each.direction for each in best}
    direction = min(directions)
    near = tuple(sorted(lengths))
    if turned or len(directions) > 1 or any(each.denied and each.direction < 0 for each in best):
        return _speak(known, ranked[0], direction, DOUBTED, near)
    if len(ranked) > 1:
        clear = lengths[ranked[0]] - lengths[ranked[1]] >= _LEAD
        return _speak(known, ranked[0], direction, SEVERAL if clear else DOUBTED, near)
    if any(each.denied for each in best):
        return _speak(known, ranked[0], direction, TURNED, near)
    if direction > 0 and doubtful:
        return _speak(known, ranked[0], direction, DOUBTED, near)
    return _speak(known, ranked[0], direction, CLEAR, near)


def _speak(
    known: dict[str, str], dimension: str, direction: int, certainty: float, near: tuple[str, ...] = ()
) -> Spoken:
    why = f"by its key words it is about '{known[dimension]}' ({dimension})"
    return Spoken(dimension, direction, why, near or (dimension,), certainty)


def make_plain(text: str) -> str:
    """The telling words of a statement, each as the first of those that mean the same; 'didn't' is 'not'."""
    lexicon = _read_lexicon()
    key = f" {make_key(text)} "
    for several, one in _MANY_WORDS:
        key = key.replace(f" {several} ", f" {one} ")
    return _join(key.split(), lexicon.same, lexicon.dropped)


def _join(words: list[str], same: dict[str, str], dropped: frozenset[str]) -> str:
    plain: list[str] = []
    for word in words:
        each = "not" if word.endswith("n't") or word == "cannot" else same.get(word) or same.get(cut_ending(word), word)
        if each in dropped:
            continue
        each = each if each.isupper() or each in DENIALS else cut_ending(each)
        if plain[-1:] != [each]:
            plain.append(each)
    return " ".join(plain)


def _find_phrases(plain: str, phrases: tuple[_Phrase, ...]) -> tuple[list[_Found], str]:
    """The phrases of a statement in plain form, and what is left of it."""
    found = []
    left = f" {plain} "
    for phrase in phrases:
        match = phrase.pattern.search(left)
        if match:
            before = left[: match.start()].split()[-_NEAR_BEFORE:]
            between = frozenset(match.group().split()) - phrase.words
            denied = bool(set(before) & DENIALS)
            found.append(_Found(phrase.dimension, phrase.direction, phrase.length, denied, between))
            # Taken out, so that 'views were respected' is not 'were respected' as well.
            left = f"{left[: match.start()]} | {left[match.end() :]}"
    return found, left


def _find_denied_within(plain: str, phrases: tuple[_Phrase, ...]) -> list[_Found]:
    """Good news that one word of denial within it turns into bad news: 'PARENT BE never trusted'."""
    words = plain.split()
    if sum(word in DENIALS for word in words) != 1:
        return []
    found, _ = _find_phrases(" ".join(word for word in words if word not in DENIALS), phrases)
    return [each._replace(denied=True) for each in found if each.direction > 0]


@functools.cache
def _read_lexicon() -> _Lexicon:
    text = resources.files("coprod_cli.reading").joinpath("key_phrases.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    same = {word: name for name, words in data["same"].items() for word in words.split()}
    same |= {cut_ending(word): name for word, name in same.items() if cut_ending(word) not in same}
    dropped = frozenset(data["dropped"].split())
    phrases, hints, alone = [], [], {}
    for table in data["phrases"]:
        said = (table["dimension"], table["direction"])
        phrases += [_make_phrase(*said, words, same, dropped) for words in table["words"]]
        hints += [_make_phrase(*said, words, same, dropped) for words in table["hints"]]
        alone.update({_plain_phrase(words, same, dropped): said for words in table["alone"]})
    return _Lexicon(_sort(phrases), _sort(hints), alone, same, dropped)


def _sort(phrases: list[_Phrase]) -> tuple[_Phrase, ...]:
    return tuple(sorted(phrases, key=lambda each: (-each.length, -len(each.pattern.pattern), each.pattern.pattern)))


def _plain_phrase(words: str, same: dict[str, str], dropped: frozenset[str]) -> str:
    key = f" {words} "
    for several, one in _MANY_WORDS:
        key = key.replace(f" {several} ", f" {one} ")
    # Names of meanings stand in capitals already; other words are made plain as those of a statement are.
    return _join(
        [word if word.isupper() or "_" in word else list_words(word)[0] for word in key.split()], same, dropped
    )


def _make_phrase(dimension: str, direction: int, words: str, same: dict[str, str], dropped: frozenset[str]) -> _Phrase:
    pieces = [_plain_phrase(piece, same, dropped) for piece in words.split("..")]
    pattern = re.compile(rf"(?<= ){_GAP.join(map(re.escape, pieces))}(?= )")
    each = [word for piece in pieces for word in piece.split()]
    return _Phrase(dimension, direction, pattern, len(each), frozenset(each))
