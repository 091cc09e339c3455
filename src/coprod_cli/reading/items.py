"""What stands over a closed question goes in; the item of the framework that it asks comes out, and how surely.

First the item's id, then its wording, word for word or but for words that mean the same (`rewordings`): only these are
sure. Then the words they share: weighed by how rare they are among the framework's items (inverse document frequency),
2 * shared / (words of one + words of the other), the Dice coefficient. Below LEAST_OVERLAP it is no match, and above it
is a suggestion of at most MOST_SHARED: shared words cannot tell who did it to whom, nor whether it was only wished for.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from coprod_cli.model.framework import Framework, Item
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.rewordings import (
    asks_something_else,
    cut_harmless,
    is_cut_off,
    is_turned_by_stem,
    list_canonical,
    make_canonical,
)
from coprod_cli.reading.scale_ends import cut_scale_words
from coprod_cli.reading.subjects import find_other_subject
from coprod_cli.reading.wording import list_words, make_key, strip_numbering, take_telling_words

LEAST_OVERLAP = 0.6
LEAST_NEAR = 0.4
# So that words that are only shared are not scored before somebody has looked (`min_item_certainty`).
MOST_SHARED = 0.75
_LEAST_LEAD = 0.05
_SURE_OVERLAP = 0.8
# Words that say that much agreement is bad news.
REVERSED_CUES = (
    "already decided", "already been decided", "already been made", "already made", "decided beforehand",
    "decided before", "decisions had been made",
    "tick box",
    "tick-box", "ticking a box", "ticking boxes", "box ticking", "box to tick", "lip service", "knew best", "know best",
    "last word", "final word", "same few", "same faces", "against each other", "two sides", "unpaid", "goodwill",
    "ignored",
    "too late", "saving money", "save money", "for show", "token", "tokenistic", "tokenism", "talked over",
    "talked down",
    "waste of time", "blamed", "left out", "excluded", "no say", "little say", "no difference", "nothing changed",
    "pointless",
    "not listened", "not heard", "not involved", "not asked", "not told", "not trusted", "did not", "didn't", "was not",
    "wasn't", "were not", "weren't", "burden", "difficult to take part", "hard to take part", "jargon",
    "kept in the dark",
    "behind closed doors", "over our heads", "fight", "battle", "disappointed", "frustrated", "frustrating", "rushed",
)  # fmt: skip
DENIALS = frozenset({"not", "never", "no", "without", "hardly", "nobody", "nothing", "none", "neither", "nor"})
_LEADS = (
    "how far did", "how far were", "how far was", "how far had", "how far", "how clearly were", "how clearly did",
    "how easy was",
    "how clear is", "to what extent did", "to what extent were", "to what extent was", "to what extent", "how much did",
    "how much were", "how much was", "how much",
)  # fmt: skip
_SAME_WORDS = {
    "felt": "feel",
    "told": "tell",
    "knew": "know",
    "kept": "keep",
    "said": "say",
    "heard": "hear",
    "thought": "think",
}


class Match(NamedTuple):
    """The item a question asks, how surely (0..1), and why in words."""

    item: Item
    certainty: float
    why: str


def list_wordings(heading: Heading) -> tuple[str, ...]:
    """Every way to read a heading, fullest first: whole, without its number, its grid's row alone, after each ' - '.

    Each also without what it says of its scale: '... (1 = not at all, 5 = completely)'.
    """
    ways = [heading.text, strip_numbering(heading.text)]
    if heading.part:
        ways += [f"{heading.stem} {heading.part}", heading.part, strip_numbering(heading.part)]
    pieces = heading.text.split(" - ")
    ways += [" - ".join(pieces[start:]) for start in range(1, len(pieces))]
    ways += [cut_harmless(way) for way in ways]
    return tuple(dict.fromkeys(way for way in ways if way))


def take_statement(heading: Heading) -> str:
    """What is asked, without what is said of the scale ('1 = never'): a grid's row alone, when it has one."""
    return cut_scale_words(heading.part) or cut_scale_words(heading.text) or heading.text


def sounds_reversed(heading: Heading) -> bool:
    """Whether the question is worded so that much agreement is bad news."""
    words = f" {make_key(take_statement(heading))} "
    return any(f" {make_key(cue)} " in words for cue in REVERSED_CUES)


def match_item(heading: Heading, framework: Framework) -> Match | None:
    """The framework item that the heading asks, or None when nothing is certain enough."""
    ways = list_wordings(heading)
    named = _match_id((heading.code, *ways), framework)
    if named:
        return named
    return _match_wording(heading, ways, framework) or (
        None if find_other_subject(heading.text) else _match_words(heading, ways, framework)
    )


def _match_wording(heading: Heading, ways: tuple[str, ...], framework: Framework) -> Match | None:
    """An item whose own wording is one of the ways to read the heading, or one that only equal words set apart."""
    own = {make_key(wording): item for item in framework.items for wording in (item.practitioner, item.parent)}
    bare = {_cut_lead(key): item for key, item in own.items()}
    reworded = {words: item for item in framework.items for words in sorted(list_canonical(item))}
    other = bool(find_other_subject(heading.text))
    for way in ways:
        key = make_key(way)
        if is_turned_by_stem(heading.text, way):
            continue
        if key in own:
            return Match(own[key], 0.98, f"it is worded like the item '{own[key].id}'")
        if _cut_lead(key) in bare:
            item = bare[_cut_lead(key)]
            return Match(item, 0.95, f"it is worded like the item '{item.id}' but for its first words")
        words = make_canonical(way)
        if words in reworded and not other:
            item = reworded[words]
            return Match(item, 0.95, f"it is worded like the item '{item.id}' but for words that mean the same")
        begun = [item for wording, item in own.items() if is_cut_off(key, wording)]
        if len({item.id for item in begun}) == 1:
            return Match(begun[0], 0.95, f"it is worded like the item '{begun[0].id}' as far as it goes")
    return None


def _match_id(names: Iterable[str], framework: Framework) -> Match | None:
    joined = {make_key(name).replace(" ", "") for name in names if name}
    for item in framework.items:
        key = make_key(item.id).replace(" ", "")
        if joined & {key, f"{key}pro"}:
            return Match(item, 1.0, f"it is named like the item '{item.id}'")
    return None


def _cut_lead(key: str) -> str:
    for lead in _LEADS:
        if key.startswith(f"{lead} "):
            return key.removeprefix(lead).strip()
    return key


def _take_words(text: str) -> frozenset[str]:
    return frozenset(_SAME_WORDS.get(word, word) for word in take_telling_words(text))


def find_near(heading: Heading, framework: Framework) -> tuple[str, ...]:
    """The dimension whose items share most words with the heading, if at least LEAST_NEAR: a suggestion, no match."""
    ranked = _rank_items(list_wordings(heading), framework)
    if not ranked or ranked[0][1] < LEAST_NEAR:
        return ()
    return (ranked[0][0].dimension,)


def resembles_wrongly(heading: Heading, framework: Framework) -> bool:
    """Whether the heading shares most of its words with an item, and asks for its opposite, a wish, or of others."""
    ranked = _rank_items(list_wordings(heading), framework)
    if not ranked or ranked[0][1] < LEAST_OVERLAP:
        return False
    return asks_something_else(take_statement(heading), ranked[0][0])


@functools.cache
def _weigh_wordings(items: tuple[Item, ...]) -> tuple[list[tuple[Item, frozenset[str]]], dict[str, float]]:
    """The words of every wording, and how much each word weighs: the rarer, the more."""
    wordings = [(item, _take_words(text)) for item in items for text in {item.parent, item.practitioner}]
    counts = Counter(word for _, words in wordings for word in words)
    return wordings, {word: math.log(1 + len(wordings) / count) for word, count in counts.items()}


def _rank_items(ways: tuple[str, ...], framework: Framework) -> list[tuple[Item, float]]:
    """Every item with the share of words it has in common with the heading, the greatest first."""
    wordings, weights = _weigh_wordings(framework.items)
    unknown = math.log(1 + len(wordings))

    def weigh(words: frozenset[str]) -> float:
        return sum(weights.get(word, unknown) for word in sorted(words))

    overlaps: dict[str, float] = {}
    items = {item.id: item for item in framework.items}
    for way in ways:
        words = _take_words(way)
        for item, wording in wordings:
            overlap = 2 * weigh(words & wording) / (weigh(words) + weigh(wording)) if words else 0.0
            overlaps[item.id] = max(overlap, overlaps.get(item.id, 0.0))
    return [(items[name], overlap) for name, overlap in sorted(overlaps.items(), key=lambda pair: (-pair[1], pair[0]))]


def _match_words(heading: Heading, ways: tuple[str, ...], framework: Framework) -> Match | None:
    ranked = _rank_items(ways, framework)
    if not ranked or ranked[0][1] < LEAST_OVERLAP:
        return None
    best, overlap = ranked[0]
    rivals = [share for item, share in ranked[1:] if item.dimension != best.dimension]
    if rivals and overlap - rivals[0] < _LEAST_LEAD:
        return None
    if asks_something_else(take_statement(heading), best) or not _points_alike(heading, best, overlap):
        return None
    return Match(
        best, min(overlap, MOST_SHARED), f"it shares most of its words with the item '{best.id}' ({overlap:.2f} of 1)"
    )


def _points_alike(heading: Heading, item: Item, overlap: float) -> bool:
    """Whether the heading and the item both praise or both complain, so that shared words mean the same."""
    said = set(list_words(take_statement(heading)))
    # Only the main clause: '... open and honest, even about what could not be done' denies nothing.
    asked = {word for text in (item.parent, item.practitioner) for word in list_words(text.split(",")[0])}
    denied = bool(said & DENIALS) or any(word.endswith("n't") for word in said)
    if denied != bool(asked & DENIALS):
        return False
    backwards = sounds_reversed(heading)
    return backwards == (item.direction < 0) or (item.direction < 0 and overlap >= _SURE_OVERLAP)
