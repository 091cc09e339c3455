"""Words go in; the pieces that the encoder knows, with their places in the words, come out.

The cutting is BERT's (Devlin et al. 2019, uncased): accents and case are dropped, words are cut at blanks and around
punctuation, and each word is matched with the longest pieces of the vocabulary from its left (Wu et al. 2016).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

UNKNOWN, FIRST, BREAK = "[UNK]", "[CLS]", "[SEP]"
_INSIDE = "##"
# A longer word is one unknown piece, as in the original; nobody writes such a word.
_LONGEST = 100


class Piece(NamedTuple):
    """One piece of a text: its number in the vocabulary, and the characters start to end (exclusive) it stands for."""

    number: int
    start: int
    end: int


class WordPieces:
    """Cuts texts into the pieces of one vocabulary."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take the pieces in the order of their numbers.

        Raises:
            KeyError: one of the three special pieces ([UNK], [CLS], [SEP]) is missing.
        """
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.first = self._numbers[FIRST]
        self.break_ = self._numbers[BREAK]
        self._unknown = self._numbers[UNKNOWN]
        self._cached = lru_cache(maxsize=50_000)(self._match)

    def cut(self, text: str, most: int) -> list[Piece]:
        """The first pieces of a text, `most` at the most, in order; empty when it holds nothing but blanks."""
        found: list[Piece] = []
        for word, places in _list_words(text):
            for number, start, end in self._cached(word):
                found.append(Piece(number, places[start], places[end - 1] + 1))
            if len(found) >= most:
                return found[:most]
        return found

    def _match(self, word: str) -> tuple[Piece, ...]:
        whole = (Piece(self._unknown, 0, len(word)),)
        if len(word) > _LONGEST:
            return whole
        pieces: list[Piece] = []
        start = 0
        while start < len(word):
            mark = _INSIDE if start else ""
            for end in range(len(word), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    pieces.append(Piece(number, start, end))
                    start = end
                    break
            else:
                return whole
        return tuple(pieces)


def _list_words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Each word or mark in small letters without accents, and the place in the text of each of its letters."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        spelt, alone = _spell(letter)
        if alone or not spelt:
            # A dropped accent or control character ("" and not alone) leaves its word whole.
            if alone and letters:
                yield "".join(letters), places
                letters, places = [], []
            for each in spelt:
                yield each, [place]
        else:
            letters.extend(spelt)
            places.extend([place] * len(spelt))
    if letters:
        yield "".join(letters), places


@lru_cache(maxsize=20_000)
def _spell(letter: str) -> tuple[str, bool]:
    """A character as the vocabulary spells it, and whether it stands apart from the word around it."""
    if letter.isspace():
        return "", True
    kind = unicodedata.category(letter)
    if letter in "\0\ufffd" or kind[0] == "C":
        return "", False
    spelt = "".join(each for each in unicodedata.normalize("NFD", letter) if unicodedata.category(each) != "Mn").lower()
    mark = kind[0] == "P" or (letter.isascii() and not letter.isalnum())
    return spelt, mark or _is_ideograph(letter)


def _is_ideograph(letter: str) -> bool:
    return (
        "\u3400" <= letter <= "\u4dbf"
        or "\u4e00" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\U00020000" <= letter <= "\U0002ceaf"
        or "\U0002f800" <= letter <= "\U0002fa1f"
    )
