"""An answer and what is taken of it go in; its words, each with its place and the gap before it, come out."""

import re
import unicodedata
from typing import NamedTuple

Span = tuple[int, int, str]

# A letter may carry accents that are signs of their own, as some computers write them.
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*+"
_WORD = re.compile(rf"{_LETTERS}(?:['\u2019\u2010-]{_LETTERS})*")
_ENDING = re.compile(r"['\u2019](?:s|d|ll|re|ve)\Z", re.IGNORECASE)
SPACE = re.compile(r"[ \u00a0]{1,2}\Z")
_SENTENCE_ENDS = re.compile(r"[.!?:;\n\r\"\u201c\u201d\u2018(\[\u2022*|/]|^ ?[-\u2013\u2014]")


class Word(NamedTuple):
    """One word as written, and in lower case; `gap` is what stands between it and the word before."""

    start: int
    end: int
    text: str
    low: str
    gap: str
    owned: bool
    capital: bool


class Line(NamedTuple):
    """The words of one answer."""

    text: str
    words: list[Word]

    def gap(self, place: int) -> str:
        """What stands before the word at that place; before the first and after the last, a line end."""
        return self.words[place].gap if 0 < place < len(self.words) else "\n"

    def low(self, place: int) -> str:
        """The word at that place in lower case; empty outside the answer."""
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def follows(self, place: int) -> str:
        """The word at that place in lower case, if only a blank parts it from the word before; else empty."""
        return self.low(place) if SPACE.match(self.gap(place)) else ""

    def is_capital(self, place: int) -> bool:
        """Whether the word at that place begins with one capital."""
        return 0 <= place < len(self.words) and self.words[place].capital

    def starts_sentence(self, place: int) -> bool:
        """Whether a capital at that place means nothing."""
        return place == 0 or _SENTENCE_ENDS.search(self.gap(place)) is not None


def read_line(text: str, taken: list[tuple[int, int]]) -> Line:
    """The words outside what is taken (sorted, separate stretches)."""
    words: list[Word] = []
    closed = iter([*taken, (len(text), len(text))])
    first, last = next(closed)
    end = 0
    for match in _WORD.finditer(text):
        start, whole = match.start(), match[0]
        while last <= start and last < len(text):
            first, last = next(closed)
        if first < match.end() and start < last:
            continue
        bare = _ENDING.sub("", whole) if "'" in whole or "\u2019" in whole else whole
        # One capital, as Mary, O'Brien or the initial J have and SENCO and OTs do not.
        capital = bare[0].isupper() and (len(bare) == 1 or not bare[1].isupper())
        low = bare.lower()
        if not low.isascii():
            low = unicodedata.normalize("NFC", low.replace("\u2019", "'"))
        words.append(Word(start, start + len(bare), bare, low, text[end:start], len(bare) != len(whole), capital))
        end = match.end()
    return Line(text, words)
