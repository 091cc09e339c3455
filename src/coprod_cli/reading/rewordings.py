"""Two wordings go in; whether they ask the same, and what one says that the other does not, come out.

'Families listened to' is 'parents listened to', and 'did people really listen' is 'people listened': such equals are
data (rewordings.toml), never likeness of words. Order counts: who listens to whom is said by nothing else.
"""

import functools
import re
import tomllib
from importlib import resources
from typing import NamedTuple

from coprod_cli.model.framework import Item
from coprod_cli.reading.scale_ends import cut_scale_words, find_ends
from coprod_cli.reading.wording import list_words, make_key

_STEP = re.compile(r"\d\s*=")
_PREFIXES = ("un", "dis", "mis")
_LEAST_STEM = 4
_LEAST_CUT = 40
_LEAST_CUT_SHARE = 0.6
# A stem before an item that makes it a wish, or a feeling about it; 'we want to know' or 'you should take ten minutes'
# is no more than manners.
_TURNING_STEM = re.compile(
    r"\bhow (?:important|likely|keen|willing|sad|glad|happy|angry|worried|concerned|surprised|little|rarely|seldom|"
    r"difficult|hard)\b|\bimportance\b|\bimportant to you\b|\bwould you (?:like|want|prefer|wish)\b|"
    r"\bdo you (?:want|wish|hope|expect)\b|\bin (?:the )?future\b|\bideal(?:ly)?\b|\bnext time\b|"
    r"\bshould (?:happen|have happened|be)\b|\b(?:not happen|failed|fail to|do you disagree)\b"
)


class _Rewordings(NamedTuple):
    leads: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]
    same: dict[str, str]
    harmless: frozenset[str]
    scale_words: frozenset[str]
    turned: frozenset[str]
    whose: frozenset[str]
    beside: frozenset[str]


@functools.cache
def _read() -> _Rewordings:
    text = resources.files("coprod_cli.reading").joinpath("rewordings.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    phrases = [(phrase, name) for name, group in data["phrases"].items() for phrase in group]
    other = {name: frozenset(words.split()) for name, words in data["other"].items()}
    return _Rewordings(
        tuple(sorted(data["leads"], key=lambda lead: (-len(lead), lead))),
        tuple(sorted(phrases, key=lambda pair: (-len(pair[0]), pair))),
        {word: name for name, words in data["same"].items() for word in words.split()},
        frozenset(data["harmless"].split()),
        frozenset(data["scale_words"].split()),
        other["turned"] | other["wished"],
        other["whose"],
        other["beside"] | other["party"],
    )


def make_canonical(text: str) -> tuple[str, ...]:
    """The words that carry what is asked, in order, each by the name of those that mean the same."""
    said = _read()
    key = f" {make_key(text)} "
    for lead in said.leads:
        key = key.replace(f" {lead} ", " ")
    for phrase, name in said.phrases:
        key = key.replace(f" {phrase} ", f" {name} ")
    words: list[str] = []
    for word in key.split():
        name = said.same.get(word, word)
        if word not in said.harmless and words[-1:] != [name]:
            words.append(name)
    return tuple(words)


@functools.cache
def list_canonical(item: Item) -> frozenset[tuple[str, ...]]:
    """What a heading may say to ask the item: either wording, without the bracket at its end, its clauses turned."""
    found = set()
    for wording in (item.parent, item.practitioner):
        for text in (wording, cut_scale_words(wording)):
            before, comma, after = text.rpartition(", ") if "(" not in text else (text, "", "")
            found |= {make_canonical(text)} | ({make_canonical(f"{after} {before}")} if comma else set())
    return frozenset(found)


def cut_harmless(text: str) -> str:
    """The text without what it says of its scale; as it was, where the bracket at its end says something else.

    'Trust (which academy trust)' is not 'Trust'.
    """
    cut = cut_scale_words(text)
    left = text.removeprefix(cut) if text.startswith(cut) else text
    words = {word for word in list_words(left) if not word.isdigit()}
    alike = len(words) > 1 and words <= _read().scale_words
    return cut if not words or alike or _STEP.search(left) or find_ends(left, ()) else text


def is_turned_by_stem(text: str, wording: str) -> bool:
    """Whether what stands before an item's wording asks for wishes or feelings about it, or for its opposite."""
    return bool(_TURNING_STEM.search(make_key(text).partition(make_key(wording))[0]))


def asks_something_else(text: str, item: Item) -> bool:
    """Whether a heading that shares words with an item says the opposite, a wish, or something of somebody else."""
    said, other = set(list_words(text)), _read()
    asked = {word for wording in (item.parent, item.practitioner) for word in list_words(wording)}
    named = {other.same.get(word, word) for word in asked}
    extra = {word for word in said - asked if other.same.get(word, word) not in named}
    if extra & (other.turned | other.whose | other.beside) or any(_is_opposite(word, asked) for word in extra):
        return True
    # The same words about each other way round: what 'parents' said to 'people' is not what people said to parents.
    words, wordings = make_canonical(text), list_canonical(item)
    return words not in wordings and sorted(words) in [sorted(each) for each in wordings]


def list_turning_words() -> frozenset[str]:
    """Words that turn round, or only wish for, what is said beside them."""
    return _read().turned


def list_other_people() -> frozenset[str]:
    """Words for people and bodies that the joint work of parents and professionals need not be about."""
    return _read().whose


def is_cut_off(key: str, wording: str) -> bool:
    """Whether a heading is an item's wording as a tool cuts it off: Stata's labels end after eighty characters."""
    return (
        _LEAST_CUT <= len(key) < len(wording)
        and len(key) >= _LEAST_CUT_SHARE * len(wording)
        and wording.startswith(key)
    )


def _is_opposite(word: str, asked: set[str]) -> bool:
    stems = [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
    return any(
        len(stem) >= _LEAST_STEM and any(each.startswith(stem[:_LEAST_STEM]) for each in asked) for stem in stems
    )
