"""A text goes in; its words, with their stems and their places, come out."""

import re
from functools import lru_cache
from typing import NamedTuple

# Not from the package itself: where PyStemmer is installed, that hands out PyStemmer's own, of another version.
from snowballstemmer.english_stemmer import EnglishStemmer

# What stands for a masked name or place ("[name]", "[date of birth]") is one token, and no word of its own.
_PATTERN = r"\[[a-z]+(?: [a-z]+){0,3}\]|[^\W\d_]+(?:['\u2019\u02bc][^\W\d_]+)*|\d+|[?!]+"
_TOKEN = re.compile(_PATTERN)
_CUT = re.compile(f"({_PATTERN})")
_LONGEST = 40


class Token(NamedTuple):
    """One word, number or run of ?! in a text: as written in small letters, its stem, and where it stands."""

    word: str
    stem: str
    start: int
    end: int


def list_tokens(text: str) -> list[Token]:
    """The words of a text in order.

    Numbers all have the stem '#', masks such as "[name]" the stem '[', runs of ? and ! the stem of their first mark.
    """
    tokens = []
    for found in _TOKEN.finditer(text):
        word = spell_word(found.group())
        tokens.append(Token(word, stem_word(word), found.start(), found.end()))
    return tokens


def list_stems(text: str) -> list[str]:
    """The stems of a text in order."""
    return [stem_word(spell_word(word)) for word in _TOKEN.findall(text)]


def cut_tokens(text: str) -> list[str]:
    """A text cut at its tokens: what stands before the first, the first, what stands between, the second ..."""
    return _CUT.split(text)


def count_words(text: str) -> int:
    """How many words, numbers and masks a text holds."""
    return sum(found[0] not in "?!" for found in _TOKEN.findall(text))


@lru_cache(maxsize=100_000)
def stem_word(word: str) -> str:
    """The Snowball (English) stem of a word in small letters; '#' for a number, the first mark of anything else."""
    if word[0].isdigit():
        return "#"
    if not word[0].isalpha():
        return word[0]
    # Nobody writes such a word; cutting it keeps hostile input cheap. A stemmer holds what it stems: one for each.
    return str(EnglishStemmer().stemWord(word[:_LONGEST]))


def spell_word(word: str) -> str:
    """A word in small letters, with straight apostrophes."""
    return word.lower().replace("\u2019", "'").replace("\u02bc", "'")
