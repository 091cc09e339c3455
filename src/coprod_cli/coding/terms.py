"""Texts go in; how often each holds each word, pair of words and piece of a word, as lengths that compare, comes out.

What a model file holds of words is chosen here, and a model file is passed on. So a term is taken only where several
different people used it: two of a term that ships with coprod, which is public already, five of any other. Where it is
not known who wrote what, five answers may be one person's: then only terms that ship are taken, from five answers up.
What stands for a masked name or place is never one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from coprod_cli.coding.streams import Lexicon, cut_word, find_sorted
from coprod_cli.coding.tokens import list_tokens

Array = NDArray[np.float64]
# Fewest people who used a term that a model file may hold, and of one that ships with coprod.
LEAST_PEOPLE, LEAST_PUBLIC = 5, 2
# The same where people are not known: answers are counted then, and no other term is taken.
LEAST_ANSWERS, NEVER = 5, 2**31
_MASK = "["
_NOWHERE = -1


class Term(NamedTuple):
    """A word or a pair of words, as stems, or (`is_piece`) a few letters of a word."""

    is_piece: bool
    text: str


def count_terms(text: str) -> Counter[Term]:
    """Every term of a text, with how often it is there; no pair reaches across a mask such as "[name]"."""
    tokens = list_tokens(text)
    found = Counter(Term(False, each.stem) for each in tokens if each.stem != _MASK)
    found.update(
        Term(False, f"{left.stem} {right.stem}")
        for left, right in pairwise(tokens)
        if _MASK not in {left.stem, right.stem}
    )
    found.update(Term(True, piece) for each in tokens if each.stem[0].isalpha() for piece in cut_word(each.word))
    return found


@dataclass(frozen=True)
class Vocabulary:
    """The terms that a coder knows, sorted, and how much each counts (inverse document frequency)."""

    terms: tuple[Term, ...]
    weights: Array

    @cached_property
    def _places(self) -> Mapping[Term, int]:
        return {term: place for place, term in enumerate(self.terms)}

    @cached_property
    def is_piece(self) -> NDArray[np.bool_]:
        """Which of the terms are pieces of words."""
        return np.fromiter((term.is_piece for term in self.terms), bool, len(self.terms))

    def mark(self, texts: Sequence[str]) -> sparse.csr_array:
        """Texts x terms; of each text the words have length 1 together, and the pieces have."""
        return self.weigh(lay_out([count_terms(text) for text in texts], self._places))

    def weigh(self, counts: sparse.csr_array) -> sparse.csr_array:
        """The same of counts, texts x terms (Salton and Buckley 1988, sublinear; each text by itself)."""
        grown = counts.astype(np.float64)
        grown.data = (1.0 + np.log(grown.data)) * self.weights[grown.indices]
        rows = np.repeat(np.arange(grown.shape[0]), np.diff(grown.indptr))
        kinds = 2 * rows + self.is_piece[grown.indices]
        squares = np.bincount(kinds, grown.data**2, minlength=2 * grown.shape[0])
        grown.data /= np.sqrt(squares[kinds])
        return grown


@dataclass(frozen=True)
class Counted:
    """Texts by different people, their terms counted once, so that many vocabularies can be drawn from them.

    counts: texts x terms. people: of each text, the number of who wrote it. least: of each term, how many people must
    have used it.
    """

    terms: tuple[Term, ...]
    least: NDArray[np.int64]
    counts: sparse.csr_array
    people: NDArray[np.int64]

    def draw(self, rows: NDArray[np.int64]) -> tuple[Vocabulary, NDArray[np.int64]]:
        """The vocabulary of some of the texts: terms that people enough used; and the places of its terms."""
        known, who = np.unique(self.people[rows], return_inverse=True)
        used = self.counts[rows].astype(bool).astype(np.int64)
        by_person = sparse.csr_array(
            (np.ones(len(rows), np.int64), (who, np.arange(len(rows)))), (len(known), len(rows))
        )
        spoken = (by_person @ used).astype(bool).sum(axis=0)
        places = np.flatnonzero(spoken >= self.least)
        texts = np.asarray(used.sum(axis=0))[places]
        weights = np.log((1 + len(rows)) / (1 + texts)) + 1
        return Vocabulary(tuple(self.terms[place] for place in places), weights), places


def count_texts(
    texts: Sequence[str], people: Sequence[str], is_public: Callable[[Term], bool], *, known: bool = True
) -> Counted:
    """All terms of all texts.

    Args:
        texts: the texts.
        people: who wrote each.
        is_public: whether everybody may know that a term was used.
        known: whether `people` are people; else each of them may be one answer of a person.
    """
    public, other = (LEAST_PUBLIC, LEAST_PEOPLE) if known else (LEAST_ANSWERS, NEVER)
    found = [count_terms(text) for text in texts]
    terms = tuple(sorted(set().union(*found)))
    places = {name: place for place, name in enumerate(sorted(set(people)))}
    return Counted(
        terms,
        np.asarray([public if is_public(term) else other for term in terms], np.int64),
        lay_out(found, {term: place for place, term in enumerate(terms)}),
        np.asarray([places[name] for name in people], np.int64),
    )


def is_shipped(lexicon: Lexicon, term: Term) -> bool:
    """Whether a term is one of those that ship with coprod, in this lexicon."""
    if term.is_piece:
        return term.text in lexicon.piece_places
    stems = [lexicon.stem_places.get(stem, _NOWHERE) for stem in term.text.split(" ")]
    if _NOWHERE in stems:
        return False
    if len(stems) == 1:
        return True
    pair = np.asarray([stems[0] * len(lexicon.stems) + stems[1]], np.int64)
    return bool(find_sorted(lexicon.pairs, pair)[0] >= 0)


def lay_out(found: Sequence[Mapping[Term, int]], places: Mapping[Term, int]) -> sparse.csr_array:
    """Counts of known terms, texts x terms."""
    rows = [sorted((places[term], number) for term, number in each.items() if term in places) for each in found]
    pointers = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
    flat = np.asarray([pair for row in rows for pair in row], np.int64).reshape(-1, 2)
    return sparse.csr_array((flat[:, 1], flat[:, 0], pointers), shape=(len(rows), len(places)))
