"""Texts go in; rows of TF-IDF weights over known words, word pairs and pieces of words come out."""

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.tokens import list_stems

TextT = TypeVar("TextT", bound=Hashable)
_SHORTEST_PIECE = 3
_LONGEST_PIECE = 5
_LONGEST_WORD = 40


def list_grams(text: str) -> list[str]:
    """Stems of a text and each pair of neighbours."""
    stems = list_stems(text)
    return stems + [f"{left} {right}" for left, right in itertools.pairwise(stems)]


def list_pieces(text: str) -> list[str]:
    """Runs of 3 to 5 characters inside each blank-separated word, its edges marked by a blank."""
    spelt = text.lower().replace("\u2019", "'")
    return [piece for word in spelt.split() for piece in _cut_word(word)]


def list_themed_stems(themed: tuple[str, str]) -> list[str]:
    """Each stem of a text once, together with the theme that the text is evidence of."""
    theme, text = themed
    return [f"{theme}|{stem}" for stem in sorted(set(list_stems(text)))]


def weigh_rarity(texts: Iterable[TextT], analyse: Callable[[TextT], list[str]], least: int) -> dict[str, float]:
    """Smoothed inverse document frequency, ln((1+n)/(1+df))+1, of each gram that at least `least` texts hold."""
    seen: Counter[str] = Counter()
    texts = list(texts)
    for text in texts:
        seen.update(set(analyse(text)))
    size = len(texts)
    return {gram: float(np.log((1 + size) / (1 + df)) + 1) for gram, df in sorted(seen.items()) if df >= least}


@dataclass(frozen=True)
class Vocabulary(Generic[TextT]):
    """The grams a coder knows, how rare each is (inverse document frequency), and how a text is cut into grams."""

    grams: tuple[str, ...]
    rarity: NDArray[np.float32]
    analyse: Callable[[TextT], list[str]]
    places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the place of each gram."""
        object.__setattr__(self, "places", {gram: place for place, gram in enumerate(self.grams)})

    def weigh(self, texts: Sequence[TextT]) -> sparse.csr_matrix:
        """One row a text of (1 + ln count) x rarity, each row of length 1 (or empty); texts x grams, float32.

        A row depends on its own text alone, to the last bit.
        """
        starts = [0]
        columns = [np.zeros(0, dtype=np.int32)]
        weights = [np.zeros(0, dtype=np.float32)]
        for text in texts:
            counts = Counter(place for gram in self.analyse(text) if (place := self.places.get(gram)) is not None)
            row = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
            times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
            order = np.argsort(row)
            row = row[order]
            weight = (1 + np.log(times[order])) * self.rarity[row]
            length = np.sqrt(np.sum(weight * weight))
            columns.append(row)
            weights.append((weight / length if row.size else weight).astype(np.float32))
            starts.append(starts[-1] + row.size)
        return sparse.csr_matrix(
            (np.concatenate(weights), np.concatenate(columns), np.asarray(starts, dtype=np.int32)),
            shape=(len(texts), len(self.grams)),
        )


@lru_cache(maxsize=100_000)
def _cut_word(word: str) -> tuple[str, ...]:
    edged = f" {word[:_LONGEST_WORD]} "
    return tuple(
        edged[start : start + size]
        for size in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1)
        for start in range(len(edged) - size + 1)
    )
