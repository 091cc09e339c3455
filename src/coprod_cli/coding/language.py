"""The words of an answer go in; whether they are English, Welsh, another language, or too few to say, comes out.

Engines know English only. An answer is called another language on plain evidence alone: its script, or several small
words of one language with hardly an English one beside them. Whatever is short, odd or mixed is "unknown" or "english"
and is coded as usual.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.survey import Notice

ENGLISH, WELSH, OTHER, UNKNOWN = "english", "welsh", "other", "unknown"

# What is no word of the writer's: a mask, a web address.
_ASIDE = re.compile(r"\[[a-z ]+\]|\b(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")
_BEGINNING = re.compile(r"[.!?\u2026\r\n][\s\"'\u2018\u201c(]*\Z")
_LOOK_BACK = 4
_AFTER_LATIN = "\u0250"
# The rest of a long answer would not change what its beginning shows, and the work stays small.
_MOST_LETTERS = 3000
_LEAST_LETTERS = 4
_PLAIN_SHARE = 5
# Small words of one language: at least so many, this share of all words, and so many for each English one.
_LEAST_HITS = 2
_LEAST_SHARE = 0.2
_HITS_PER_ENGLISH = 4


class _Language(NamedTuple):
    """What gives a language away: its small words, with and without accents, and letters that English lacks.

    shared: its words that may be English, dialect or a name as well; they count half, and only beside others.
    """

    name: str
    words: frozenset[str]
    shared: frozenset[str]
    letters: frozenset[str]


class _Word(NamedTuple):
    """One word of an answer in small letters, its spelling without accents, and whether its capital makes it a name."""

    small: str
    bare: str
    named: bool


def find_language(words: str) -> str:
    """One of "english", "welsh", "other" and "unknown"; masks such as [name] and web addresses count for nothing."""
    english, *others = _read_languages()
    if _is_plainly_english(words, english):
        return ENGLISH
    text = unicodedata.normalize("NFC", _ASIDE.sub(" ", words[:_MOST_LETTERS]))
    found = _list_words(text)
    latin = [word for word in found if word.small[0] < _AFTER_LATIN]
    letters = sum(len(word.small) for word in latin)
    elsewhere = sum(len(word.small) for word in found) - letters
    familiar = sum(not english.words.isdisjoint((word.small, word.bare)) for word in latin)
    if elsewhere >= _LEAST_LETTERS and elsewhere > 2 * letters and familiar < _LEAST_HITS:
        return OTHER
    name, hits = ("", 0.0) if elsewhere else _find_best(latin, others)
    if hits >= _LEAST_HITS and hits >= _LEAST_SHARE * len(latin) and hits >= _HITS_PER_ENGLISH * familiar:
        return WELSH if name == WELSH else OTHER
    return ENGLISH if familiar >= _LEAST_HITS and familiar > hits else UNKNOWN


def is_left_to_a_person(words: str) -> bool:
    """Whether an answer is in Welsh or another language that no engine reads."""
    return find_language(words) in (WELSH, OTHER)


def note_languages(answers: pd.DataFrame, least: int) -> tuple[Notice, ...]:
    """What to tell of the answers in other languages; nothing when there are none.

    Args:
        answers: Answer rows.
        least: how many there must be for their number to be told.
    """
    left = sum(is_left_to_a_person(words) for words in answers["masked"])
    if not left:
        return ()
    number = f"{left:,} answer{'s are' if left > 1 else ' is'}" if left >= least else f"Fewer than {least} answers are"
    message = (
        f"{number} in Welsh or another language than English. No engine reads these: they are left uncoded and count "
        "in no theme. Ask somebody who knows the language to read them."
    )
    return (Notice("other_language", message),)


def _is_plainly_english(words: str, english: _Language) -> bool:
    """Whether every fifth word is a small English one: true of nearly all answers, and soon found out."""
    rough = words[:_MOST_LETTERS].lower().split()
    familiar = len(english.words.intersection(rough))
    return familiar >= _LEAST_HITS and familiar * _PLAIN_SHARE >= len(rough)


def _list_words(text: str) -> list[_Word]:
    listed = []
    for found in _WORD.finditer(text):
        written = found.group()
        small = unicodedata.normalize("NFC", written.lower().replace("\u2019", "'").replace("\u02bc", "'"))
        begins = _BEGINNING.search(text, max(found.start() - _LOOK_BACK, 0), found.start()) is not None
        named = written[0].isupper() and not written.isupper() and found.start() > 0 and not begins
        listed.append(_Word(small, _bare(small), named))
    return listed


def _find_best(words: list[_Word], languages: list[_Language]) -> tuple[str, float]:
    """The language most words speak for, and how many do; of equals the first by name. One word twice counts once."""
    best = ("", 0.0)
    different = set(words)
    for language in languages:
        plain = sum(_speaks_for(language, word) for word in different)
        shared = sum(not language.shared.isdisjoint((word.small, word.bare)) for word in different)
        best = max(best, (language.name, plain and plain + shared / 2), key=lambda each: each[1])
    return best


def _speaks_for(language: _Language, word: _Word) -> bool:
    known = not language.words.isdisjoint((word.small, word.bare)) or not language.letters.isdisjoint(word.small)
    return known and not word.named


def _bare(word: str) -> str:
    spelt = word.replace("\u0142", "l").replace("\u0131", "i").replace("\u00df", "ss").replace("\u0153", "oe")
    return "".join(each for each in unicodedata.normalize("NFD", spelt) if unicodedata.category(each) != "Mn")


@cache
def _read_languages() -> tuple[_Language, ...]:
    """English first, then the others by name. No other language keeps a word that is English without its accents."""
    lists = tomllib.loads((files("coprod_cli.coding") / "languages.toml").read_text(encoding="utf-8"))
    english = frozenset(lists[ENGLISH]["words"].split())
    doubtful = frozenset(lists[ENGLISH]["shared"].split())
    others = []
    for name in sorted(set(lists) - {ENGLISH}):
        own = set(lists[name]["words"].split())
        spelt = frozenset(own | {_bare(word) for word in own}) - english
        others.append(_Language(name, spelt - doubtful, spelt & doubtful, frozenset(lists[name]["letters"])))
    return (_Language(ENGLISH, english, frozenset(), frozenset()), *others)
