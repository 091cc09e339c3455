"""Answers and mentions go in; groups of answers that no theme covers and that share words come out as suggestions.

A suggestion is for a person to judge: it may be a theme that the codebook lacks, or nothing. Answers are weighed by
their words (tf-idf, times how much more the uncoded use a word than the coded do), joined by average linkage of cosine
distances, and kept where the group comes again in most resamples (Hennig 2007, Computational Statistics & Data Analysis
52:258-271). docs/method.md says it all.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import log
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coprod_cli.coding.language import is_left_to_a_person
from coprod_cli.coding.silence import says_nothing
from coprod_cli.coding.tokens import Token, list_tokens
from coprod_cli.model.emerging import Suggestion
from coprod_cli.model.tables import Answer, rows

LEAST_UNCODED, MOST_UNCODED = 15, 1000
MOST_SUGGESTED, MOST_PHRASES = 5, 5
# Hennig: a mean Jaccard of 0.75 or more is a stable group; what lies below is at best a pattern.
STABLE, RESAMPLES = 0.75, 50
_CUT = 0.9
_LEAST_WORDS, _LEAST_LETTERS, _LEAST_ANSWERS = 3, 3, 2
# The 99.9th percentile of chi-squared with one degree of freedom.
_CLEAR = 10.83
_DECIMALS = 9


class _Text(NamedTuple):
    """Distinct words, who wrote them where, their tokens, and the stems of their content words."""

    words: str
    answers: tuple[tuple[str, str], ...]
    tokens: tuple[Token, ...]
    stems: frozenset[str]


def find_emerging(  # noqa: PLR0913 - every input is named by its caller
    answers: pd.DataFrame, mentions: pd.DataFrame, people: Mapping[str, str], *, seed: int, least: int, few: int
) -> tuple[Suggestion, ...]:
    """At most five groups of uncoded answers, by how many people are in them; none where too few answers are uncoded.

    Args:
        answers: Answer rows; only masked words are looked at, their order changes nothing.
        mentions: Mention rows; an answer with any that is sure, of whatever level, is covered.
        people: response id to person id.
        seed: fixes the resamples and, of more than a thousand uncoded answers, which are looked at.
        least: fewest people behind a suggestion.
        few: fewest people who use a phrase that names it.
    """
    uncoded, coded = _list_texts(answers, mentions)
    if len(uncoded) < LEAST_UNCODED:
        return ()
    uncoded = sorted(uncoded, key=lambda text: sha256(f"{seed}:{text.words}".encode()).hexdigest())[:MOST_UNCODED]
    uncoded.sort(key=lambda text: text.words)
    alike = _compare(uncoded, coded)
    labels = _group(alike)
    groups = [np.flatnonzero(labels == label) for label in range(1, labels.max() + 1)]
    groups = [group for group in groups if _count_people([uncoded[at] for at in group], people) >= least]
    found = []
    for group, stability in zip(groups, _measure_stability(alike, groups, seed), strict=True):
        inside = [uncoded[at] for at in group]
        outside = [text for at, text in enumerate(uncoded) if at not in set(group)] + coded
        phrases = _name(inside, outside, people, few) if stability >= STABLE else ()
        if phrases:
            typical = np.lexsort((group, -alike[np.ix_(group, group)].mean(axis=1).round(_DECIMALS)))
            listed = tuple(answer for at in typical for answer in inside[at].answers)
            found.append((_count_people(inside, people), Suggestion(phrases, stability, listed)))
    found.sort(key=lambda each: (-each[0], each[1].phrases))
    return tuple(each for _, each in found[:MOST_SUGGESTED])


def _list_texts(answers: pd.DataFrame, mentions: pd.DataFrame) -> tuple[list[_Text], list[_Text]]:
    """Answers without a sure code that say enough in English, and those with one; the same words count once."""
    sure = mentions[~mentions["unsure"].astype(bool)]
    covered = set(zip(sure["response"], sure["question"], strict=True))
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in rows(answers, Answer):
        places[" ".join(each.masked.split())].append((each.response, each.question))
    uncoded, coded = [], []
    for words, where in sorted(places.items()):
        if says_nothing(words) or is_left_to_a_person(words):
            continue
        tokens = tuple(list_tokens(words))
        text = _Text(words, tuple(sorted(where)), tokens, frozenset(each.stem for each in tokens if _tells(each)))
        if covered.intersection(where):
            coded.append(text)
        elif len(text.stems) >= _LEAST_WORDS:
            uncoded.append(text)
    return uncoded, coded


def _tells(token: Token) -> bool:
    return token.stem[0].isalpha() and len(token.stem) >= _LEAST_LETTERS and token.word not in _read_stop_words()


def _compare(uncoded: Sequence[_Text], coded: Sequence[_Text]) -> NDArray[np.float64]:
    """Cosine of every two uncoded answers by their weighed words; answers x answers, 1 with itself.

    A word weighs its idf over all answers, times the logarithm of how many times more of the uncoded use it.
    """
    here = Counter(stem for text in uncoded for stem in text.stems)
    there = Counter(stem for text in coded for stem in text.stems)
    stems = sorted(stem for stem, count in here.items() if count >= _LEAST_ANSWERS)
    weights = {}
    for stem in stems:
        more = (here[stem] + 0.5) / (len(uncoded) + 1) * (len(coded) + 1) / (there[stem] + 0.5)
        idf = log((len(uncoded) + len(coded) + 1) / (here[stem] + there[stem] + 0.5))
        weights[stem] = max(log(more), 0.0) * max(idf, 0.0)
    told = np.array([[weights[stem] if stem in text.stems else 0.0 for stem in stems] for text in uncoded])
    lengths = np.linalg.norm(told, axis=1, keepdims=True)
    told /= np.where(lengths > 0, lengths, 1.0)
    # So far no computer's last digit decides which two are joined first.
    alike: NDArray[np.float64] = np.round(told @ told.T, _DECIMALS)
    np.fill_diagonal(alike, 1.0)
    return alike


def _group(alike: NDArray[np.float64]) -> NDArray[np.int64]:
    """The number, from 1, of each answer's group."""
    # 17 MB, which no coding needs.
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    apart = squareform(np.clip(1 - alike, 0, None), checks=False)
    return np.asarray(fcluster(linkage(apart, "average"), _CUT, "distance"), dtype=np.int64)


def _measure_stability(alike: NDArray[np.float64], groups: Sequence[NDArray[np.int64]], seed: int) -> list[float]:
    """Of each group the mean, over bootstrap samples, of its greatest Jaccard likeness with a group of the sample."""
    generator = np.random.default_rng(seed)
    likeness: list[list[float]] = [[] for _ in groups]
    for _ in range(RESAMPLES if groups else 0):
        drawn = np.unique(generator.integers(0, len(alike), len(alike)))
        labels = _group(alike[np.ix_(drawn, drawn)])
        sizes = np.bincount(labels)
        for group, values in zip(groups, likeness, strict=True):
            kept = np.isin(drawn, group)
            if kept.any():
                shared = np.bincount(labels[kept], minlength=len(sizes))
                values.append(float((shared / (kept.sum() + sizes - shared)).max()))
    return [float(np.mean(values)) if values else 0.0 for values in likeness]


def _name(inside: Sequence[_Text], outside: Sequence[_Text], people: Mapping[str, str], few: int) -> tuple[str, ...]:
    """Two-word phrases by the likelihood ratio of the two together, then words by how much more they are used here.

    Both likelihood ratios are Dunning's (1993, Computational Linguistics 19:61-74).
    """
    pairs, keys = _find_pairs(inside), [(stem,) for stem in _find_keys(inside, outside)]
    users: dict[tuple[str, ...], set[str]] = defaultdict(set)
    spelt: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in inside:
        who = {people[response] for response, _ in text.answers}
        single = [(token,) for token in text.tokens]
        for run in (*single, *zip(text.tokens, text.tokens[1:], strict=False)):
            stems = tuple(token.stem for token in run)
            users[stems] |= who
            spelt[stems][" ".join(token.word for token in run)] += 1
    told: list[tuple[str, ...]] = []
    for each in (*pairs, *keys):
        # A word that stands mostly in a phrase that is told already says nothing more.
        heard = [other for other in told if set(each) <= set(other) and 2 * len(users[other]) > len(users[each])]
        if len(users[each]) >= few and not heard:
            told.append(each)
    return tuple(min(spelt[each], key=lambda words: (-spelt[each][words], words)) for each in told[:MOST_PHRASES])


def _find_pairs(inside: Sequence[_Text]) -> list[tuple[str, str]]:
    """Neighbouring content words that stand together more often than chance would have it, the clearest first."""
    # 100 MB and a second, which no coding needs.
    from nltk.collocations import BigramCollocationFinder  # noqa: PLC0415
    from nltk.metrics import BigramAssocMeasures  # noqa: PLC0415

    told = {token.stem for text in inside for token in text.tokens if _tells(token)}
    finder = BigramCollocationFinder.from_documents([[token.stem for token in text.tokens] for text in inside])
    finder.apply_word_filter(lambda stem: stem not in told)
    scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    clear = [(round(score, _DECIMALS), pair) for pair, score in scored if score >= _CLEAR and len(set(pair)) > 1]
    return [pair for _, pair in sorted(clear, key=lambda each: (-each[0], each[1]))]


def _find_keys(inside: Sequence[_Text], outside: Sequence[_Text]) -> list[str]:
    """Words that clearly more of these answers use than of all others, the clearest first."""
    here = Counter(stem for text in inside for stem in text.stems)
    there = Counter(stem for text in outside for stem in text.stems)
    scored = []
    for stem, count in here.items():
        share = (count + there[stem]) / (len(inside) + len(outside))
        expected = share * len(inside), share * len(outside)
        ratio = 2 * sum(
            seen * log(seen / hoped) for seen, hoped in zip((count, there[stem]), expected, strict=True) if seen
        )
        if count > expected[0] and ratio >= _CLEAR:
            scored.append((-round(ratio, _DECIMALS), stem))
    return [stem for _, stem in sorted(scored)]


def _count_people(texts: Sequence[_Text], people: Mapping[str, str]) -> int:
    return len({people[response] for text in texts for response, _ in text.answers})


@cache
def _read_stop_words() -> frozenset[str]:
    return frozenset((files("coprod_cli.coding") / "stop_words.txt").read_text(encoding="utf-8").split())
