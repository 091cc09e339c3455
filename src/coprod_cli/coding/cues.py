"""Answers go in; themes whose cue phrases they hold come out, read with negation and wishes (engine `cues`).

Cues belong to the framework, so this engine needs no training and works for themes of anyone's own. It is easily
fooled by words used in passing, and blind to everything said without a cue.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.negation import find_negated
from coprod_cli.coding.segments import Segment, split_answer
from coprod_cli.coding.shipped import load_measured
from coprod_cli.coding.silence import says_nothing
from coprod_cli.coding.tokens import Token, list_tokens
from coprod_cli.model.framework import Framework

# Words that may stand inside a cue without changing it: "changed (it all) because".
_SMALL = frozenset((
    "a", "an", "the", "very", "really", "so", "quite", "too", "just", "all", "any", "some", "our", "their",
    "my", "your", "his", "her", "its", "it", "them", "us", "of", "to", "at", "in", "on", "for", "been", "be",
    "being", "was", "were", "is", "are", "had", "have", "has", "did", "do", "actually", "properly", "even",
    "ever",
))  # fmt: skip
_LARGEST_GAP = 3
# Where a cue's word means something else: an NHS trust is not trust, training shoes are no training.
_OTHER_MEANINGS = re.compile(
    r"\b(?:the|our|that|their|health|school|community|national|charitable)\s+Trust(?:s|['\u2019]s)?\b"
    r"|(?i:\b(?:nhs|academy|foundation|hospital|multi[\s-]academy)[\s-]+trusts?\b)"
    r"|(?i:\btraining\s+(?:shoes?|wheels?)\b|\b(?:potty|toilet|dog)\s+training\b|\bwar\s+memorial\b|\bstar\s+wars\b)"
    r"|(?i:\bhearing\s+(?:aids?|tests?|impair\w+|loss)\b)"
    r"|(?i:\bappeal(?:s|ed|ing)?\s+to\s+(?:me|him|her|them|us|everyone)\b)"
)
_MISSED = re.compile(
    r"\b(?:should|could|would|ought to|might)(?:n't| not)?(?:'?ve| have| of| a)\b"
    r"(?! (?:an?|the|more|some|any|no|to|our|their|my|equal|access|course)\b)|"
    r"\bwould(?:n't| not)? have been\b|\bif only\b|"
    r"\bwas(?:n't)? supposed to\b|\bwere(?:n't)? supposed to\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:should|ought to|needs? to|must|would be (?:good|nice|great|helpful|better|useful)|would help|"
    r"(?:i|we)(?:'d| would) (?:like|love|want)|hope(?:fully)?|wish|please|let'?s|in future|next time|suggest\w*|"
    r"will|'ll|going to|gonna|plan(?:s|ned|ning)? to|promise[ds]?|said they would|say they(?:'ll| will)|"
    r"if (?:we|they|you|parents|there)|more of)\b|\?\s*\Z",
    re.IGNORECASE,
)
_ASKED_FOR_FAULT = re.compile(
    r"\bnot (?:so )?(?:good|well)\b|\bbetter\b|\bharder\b|didn'?t work|\bimprove|\bworst\b|\bbad\b|\bdifficult\b",
    re.IGNORECASE,
)
_INDIVIDUAL = re.compile(
    r"\b(?:my|our|his|her|their|the) (?:(?:own|little|eldest|youngest|older|younger|disabled|autistic) ){0,2}"
    r"(?:son|daughter|child|boy|girl|lad|lass|kid|twins?|grand(?:son|daughter|child)|foster child|"
    r"caseworker|case worker|ehcp|ehc plan|plan|annual review|school place|appeal|tribunal|sen(?:d)?co|teacher|"
    r"social worker|diagnosis|assessment|taxi|escort)\b|\bmy (?:eldest|youngest|two|three|little one)\b|"
    r"\b(?:one|another|a) (?:mum|dad|family|parent|child|boy|girl)(?:'s)\b",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"\b(?:the council|council's|county council|the la\b|the local authority|local authorit(?:y|ies)|the nhs|"
    r"government|ofsted|cqc|icb|county hall|round here|around here|this area|this county|the system|"
    r"schools? in general|"
    r"services in general|every (?:council|la|area)|other (?:areas?|councils?|projects?|las)|nationally|the country)",
    re.IGNORECASE,
)
_YOUR_CHILD = re.compile(r"\byour (?:own )?(?:child|son|daughter|family)\b", re.IGNORECASE)
_OPPOSITE = {"positive": "negative", "negative": "positive"}
_UNMEASURED = 0.5
# Where fewer than half of a theme's findings were right, a person should look.
_SURE = 0.5
# A cue either is there or is not: any chance above none names its theme.
_LEAST = 1e-9


class _Cue(NamedTuple):
    """One cue phrase: its theme, the stance it speaks for, and its stems."""

    theme: str
    stance: str
    stems: tuple[str, ...]


class _Hit(NamedTuple):
    """A cue found in an answer: its first and last token."""

    cue: _Cue
    first: int
    last: int


def code_by_cues(asked: Sequence[Asked], framework: Framework) -> list[tuple[Found, ...]]:
    """Code by the cue phrases of the framework; confidence is each theme's measured precision on the corpus.

    Raises:
        CoprodError: the shipped measurements are missing or not as they were shipped.
    """
    measured = load_measured()["engines"]["cues"]["themes"]
    return code_with_cues(asked, framework, {each["theme"]: each["precision"] for each in measured})


def find_cue_chances(
    asked: Sequence[Asked], framework: Framework
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Themes with cues, chances (answers x themes: the confidence where one is found, else 0), and what names each.

    Raises:
        CoprodError: the shipped measurements are missing or not as they were shipped.
    """
    themes = tuple(sorted(theme.id for theme in framework.themes if theme.positive_cues or theme.negative_cues))
    chances = np.zeros((len(asked), len(themes)))
    for row, found in enumerate(code_by_cues(asked, framework)):
        for each in found:
            chances[row, themes.index(each.theme)] = each.confidence
    return themes, chances, np.full(len(themes), _LEAST)


def code_with_cues(
    asked: Sequence[Asked], framework: Framework, precisions: Mapping[str, float]
) -> list[tuple[Found, ...]]:
    """The same with given precisions; 0.5 for a theme that was never measured."""
    cues = _list_cues(framework)
    return [_code_answer(each, cues, precisions) for each in asked]


@lru_cache(maxsize=4)
def _list_cues(framework: Framework) -> dict[str, tuple[_Cue, ...]]:
    """Cues by their first stem."""
    grouped: dict[str, list[_Cue]] = {}
    for theme in framework.themes:
        for stance, phrases in (("positive", theme.positive_cues), ("negative", theme.negative_cues)):
            for phrase in phrases:
                stems = tuple(token.stem for token in list_tokens(phrase))
                if stems:
                    grouped.setdefault(stems[0], []).append(_Cue(theme.id, stance, stems))
    return {stem: tuple(cues) for stem, cues in grouped.items()}


def _code_answer(
    asked: Asked, cues: Mapping[str, tuple[_Cue, ...]], precisions: Mapping[str, float]
) -> tuple[Found, ...]:
    if says_nothing(asked.words):
        return ()
    tokens = _list_meant_tokens(asked.words)
    segments = split_answer(asked.words)
    found: dict[tuple[str, str], Found] = {}
    begun: set[tuple[str, int]] = set()
    otherwise = _find_level(asked.words) or ("individual" if _YOUR_CHILD.search(asked.question) else "project")
    for hit in _list_hits(tokens, segments, cues):
        start, end = _find_evidence(segments, tokens[hit.first].start, tokens[hit.last].end)
        stance = _read_stance(asked, tokens, hit, start, end)
        # One mention a theme and stance, the first; and never two that start at the same place.
        if (hit.cue.theme, stance) in found or (hit.cue.theme, start) in begun:
            continue
        level = _find_level(asked.words[start:end]) or otherwise
        confidence = round(precisions.get(hit.cue.theme, _UNMEASURED), 4)
        unsure = confidence < _SURE
        found[hit.cue.theme, stance] = Found(hit.cue.theme, stance, level, confidence, start, end, unsure)
        begun.add((hit.cue.theme, start))
    return tuple(sorted(found.values(), key=lambda each: (each.theme, each.start)))


def _list_meant_tokens(words: str) -> list[Token]:
    others = [found.span() for found in _OTHER_MEANINGS.finditer(words)]
    return [
        token._replace(stem="") if any(start <= token.start < end for start, end in others) else token
        for token in list_tokens(words)
    ]


def _list_hits(
    tokens: Sequence[Token], segments: Sequence[Segment], cues: Mapping[str, tuple[_Cue, ...]]
) -> list[_Hit]:
    sentence_ends = [
        segment.end
        for segment, after in zip_longest(segments, segments[1:])
        if after is None or after.sentence != segment.sentence
    ]
    hits = []
    longest: dict[tuple[str, int], int] = {}
    for first, token in enumerate(tokens):
        place = bisect_right(sentence_ends, token.start)
        limit = sentence_ends[place] if place < len(sentence_ends) else token.end
        for cue in cues.get(token.stem, ()):
            last = _match(tokens, first, cue.stems, limit)
            if last is not None:
                hits.append(_Hit(cue, first, last))
                for number in range(first, last + 1):
                    longest[cue.theme, number] = max(last - first, longest.get((cue.theme, number), 0))
    # "not listened" is one cue, and the "listened" inside it no other: the longest reading of a theme stands.
    return [hit for hit in hits if longest[hit.cue.theme, hit.first] == hit.last - hit.first]


def _match(tokens: Sequence[Token], first: int, stems: tuple[str, ...], limit: int) -> int | None:
    place = first
    for stem in stems[1:]:
        place += 1
        for _ in range(_LARGEST_GAP):
            if place < len(tokens) and tokens[place].stem != stem and tokens[place].word in _SMALL:
                place += 1
        if place >= len(tokens) or tokens[place].stem != stem or tokens[place].end > limit:
            return None
    return place


def _find_evidence(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int]:
    touched = [segment for segment in segments if segment.start < end and segment.end > start]
    return (touched[0].start, touched[-1].end) if touched else (start, end)


def _read_stance(asked: Asked, tokens: Sequence[Token], hit: _Hit, start: int, end: int) -> str:
    clause = asked.words[start:end].replace("\u2019", "'")
    follows = asked.words[end : end + 2]
    negated = find_negated(asked.words, tokens, hit.first)
    stance = _OPPOSITE[hit.cue.stance] if negated else hit.cue.stance
    if _MISSED.search(clause):
        return "negative" if hit.cue.stance == "positive" else stance
    if _WISH.search(clause) or follows.startswith("?"):
        return "negative" if _ASKED_FOR_FAULT.search(asked.question.replace("\u2019", "'")) else "neutral"
    return stance


def _find_level(words: str) -> str:
    """The level that the words name; empty when they name none."""
    if _INDIVIDUAL.search(words):
        return "individual"
    return "system" if _SYSTEM.search(words) else ""
