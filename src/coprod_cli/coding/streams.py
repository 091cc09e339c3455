"""Texts go in; their words as numbers, with their places, and sums over stretches of words come out.

A batch of texts is cut once. Whatever stretch is asked for later - a whole answer, a segment, a piece of evidence - is
a range of its words, so nothing is read twice.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.negation import is_denial
from coprod_cli.coding.tokens import cut_tokens, spell_word, stem_word

Array = NDArray[np.float32]
Places = NDArray[np.int64]
_SHORTEST_PIECE = 3
_LONGEST_PIECE = 5
_LONGEST_WORD = 40
# A denial seldom reaches further than so many words.
_REACH = 4
_NOWHERE = -1


class Stream(NamedTuple):
    """The words of some texts, one after the other.

    words: the different words, in small letters. numbers: which of them stands at each place. starts: the first
    character of each place, counted through all texts with one character between two. edges: text i holds the places
    edges[i] to edges[i + 1]. offsets: the first character of each text, counted in the same way.
    """

    words: tuple[str, ...]
    numbers: Places
    starts: Places
    edges: Places
    offsets: Places


@dataclass(frozen=True)
class Lexicon:
    """What a coder knows: stems, pieces of words, and (as sorted numbers) pairs of stems and pairs of theme and stem.

    pairs: left x size + right, themed: 2 x theme x size + stem, or size + stem where the stem is denied; size is the
    number of stems.
    """

    stems: tuple[str, ...]
    pieces: tuple[str, ...]
    pairs: Places
    themed: Places
    stem_places: Mapping[str, int] = field(init=False, repr=False, compare=False)
    piece_places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the place of each stem and piece."""
        object.__setattr__(self, "stem_places", {stem: place for place, stem in enumerate(self.stems)})
        object.__setattr__(self, "piece_places", {piece: place for place, piece in enumerate(self.pieces)})

    def find_stems(self, words: Sequence[str]) -> Places:
        """Which stem each word has; -1 for one that is not known."""
        places = self.stem_places
        return np.fromiter((places.get(stem_word(word), _NOWHERE) for word in words), dtype=np.int64, count=len(words))

    def mark_pieces(self, words: Sequence[str]) -> sparse.csr_matrix:
        """Which known pieces each word holds, as often as it does; words x pieces."""
        places = self.piece_places
        cut = [cut_word(word) for word in words]
        pointers = np.concatenate(([0], np.cumsum(np.fromiter(map(len, cut), dtype=np.int64, count=len(cut)))))
        found = (places.get(piece, _NOWHERE) for piece in chain.from_iterable(cut))
        flat = np.fromiter(found, dtype=np.int64, count=int(pointers[-1]))
        return mark_values(flat, pointers, len(self.pieces))

    def find_pairs(self, stems: Places, edges: Places) -> Places:
        """Which pair each place of a stream makes with the next; -1 for one that is not known, or across two texts."""
        paired = np.full(stems.size, _NOWHERE, dtype=np.int64)
        if stems.size > 1:
            left, right = stems[:-1], stems[1:]
            keys = np.where((left >= 0) & (right >= 0), left * len(self.stems) + right, _NOWHERE)
            paired[:-1] = find_sorted(self.pairs, keys)
        ends = edges[1:] - 1
        paired[ends[ends >= 0]] = _NOWHERE
        return paired

    def find_themed(self, themes: Places, stems: Places, denied: NDArray[np.bool_]) -> Places:
        """Which pair of theme and stem, denied or not, these are; -1 for one that is not known."""
        return find_sorted(self.themed, self.key_themed(themes, stems, denied))

    def key_themed(self, themes: Places, stems: Places, denied: NDArray[np.bool_]) -> Places:
        """The numbers that stand for pairs of theme and stem; -1 for a stem that is not known."""
        return np.where(stems >= 0, (2 * themes + denied) * len(self.stems) + stems, _NOWHERE)


def find_denied(stream: Stream) -> NDArray[np.bool_]:
    """Which places of a stream stand at most _REACH words after a denial in the same text."""
    denials = np.fromiter((is_denial(word) for word in stream.words), dtype=bool, count=len(stream.words))
    places = np.arange(stream.numbers.size)
    last = np.maximum.accumulate(np.where(denials[stream.numbers], places, -_REACH - 1))
    last = np.concatenate(([-_REACH - 1], last))[:-1]
    begun = np.repeat(stream.edges[:-1], np.diff(stream.edges))
    return (places - last <= _REACH) & (last >= begun)


def cut_texts(texts: Sequence[str]) -> Stream:
    """All texts cut into words at once."""
    cut = cut_tokens("\n".join(texts))
    lengths = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut))
    starts = np.cumsum(lengths)[:-1:2]
    seen: defaultdict[str, int] = defaultdict(count().__next__)
    raw = np.fromiter(map(seen.__getitem__, cut[1::2]), dtype=np.int64, count=starts.size)
    spelt: defaultdict[str, int] = defaultdict(count().__next__)
    merged = np.fromiter((spelt[spell_word(word)] for word in seen), dtype=np.int64, count=len(seen))
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    offsets = np.concatenate(([0], np.cumsum(sizes + 1)))
    return Stream(tuple(spelt), merged[raw], starts, np.searchsorted(starts, offsets), offsets[:-1])


def find_sorted(known: Places, wanted: Places) -> Places:
    """Where each wanted number stands among sorted ones; -1 for one that does not."""
    if not known.size:
        return np.full(wanted.shape, _NOWHERE, dtype=np.int64)
    places = np.minimum(np.searchsorted(known, wanted), known.size - 1)
    return np.where(known[places] == wanted, places, _NOWHERE)


def spread_ranges(begins: Places, ends: Places) -> tuple[Places, Places]:
    """Every place of every range, one range after the other, and where each range begins among them (and the end)."""
    lengths = np.maximum(ends - begins, 0)
    pointers = np.concatenate(([0], np.cumsum(lengths)))
    return np.arange(pointers[-1]) - np.repeat(pointers[:-1] - begins, lengths), pointers


def mark_values(values: Places, pointers: Places, size: int) -> sparse.csr_matrix:
    """Rows of ones at the values from one pointer to the next, in order, without those below 0; rows x size.

    A value that comes twice is there twice. A product with a table is then a sum from left to right: the same to the
    last bit, whatever other rows there are.
    """
    kept = values >= 0
    pointers = np.concatenate(([0], np.cumsum(kept)))[pointers]
    ones = np.ones(int(pointers[-1]), dtype=np.float32)
    return sparse.csr_matrix((ones, values[kept], pointers), shape=(pointers.size - 1, size))


# A word's runs take a kilobyte or two; what people write often is among the last so many.
@lru_cache(maxsize=20_000)
def cut_word(word: str) -> tuple[str, ...]:
    """Runs of 3 to 5 characters of a word, its edges marked by a blank; none of a mask such as "[name]"."""
    if word[0] == "[":
        return ()
    edged = f" {word[:_LONGEST_WORD]} "
    return tuple(
        edged[start : start + size]
        for size in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1)
        for start in range(len(edged) - size + 1)
    )
