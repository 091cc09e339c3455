"""Coded answers go in; a few quotes, for and against in equal numbers, chosen by a stated rule, come out.

The rule: project-level words of people who consented, never of a code that is marked unsure, from the surer half of the
codes of that theme and stance, one a person; drawn in an order fixed by the seed; where a role speaks of a theme both
ways, as many one way as the other. Never about being blamed or afraid, nor about distress: such words go to a person,
not into a report. Whole sentences, with those that turn their sense, of 30 to 280 characters; what would have to be cut
is left out.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.findings import Quote
from coprod_cli.model.framework import Framework
from coprod_cli.summarising.sentences import widen_to_sentences

SHORTEST, LONGEST = 30, 280
PER_STANCE = 2
NEVER_QUOTED = {("respect_equality", "negative"), ("emotional_impact", "negative")}
STANCES = ("positive", "negative")


class Candidate(NamedTuple):
    """Words that may be quoted, as the coded table has them."""

    answer: str
    person: str
    role: str
    theme: str
    stance: str
    confidence: float
    start: int
    end: int
    words: str
    coder: str


def choose_quotes(
    coded: pd.DataFrame, consented: Callable[[str], bool], framework: Framework, seed: int
) -> tuple[Quote, ...]:
    """Up to two quotes for each theme, role and stance; which of them may be shown is protecting's affair.

    Args:
        coded: table with CODED columns.
        consented: whether the person behind an answer id agreed to be quoted.
        framework: gives the order of themes.
        seed: fixes the order of drawing.
    """
    names = list(Candidate._fields)
    wanted = coded[(coded["level"] == "project") & coded["stance"].isin(STANCES) & ~coded["unsure"].astype(bool)]
    chosen: list[Quote] = []
    pools: dict[tuple[str, str, str], list[Candidate]] = {}
    barred = _find_barred(coded)
    for values in zip(*(wanted[name] for name in names), strict=True):
        each = Candidate(*values)
        if not consented(each.answer):
            continue
        each = _widen(each)
        never = any(each.start < end and start < each.end for start, end in barred.get(each.answer, ()))
        if SHORTEST <= len(each.words) <= LONGEST and not never:
            pools.setdefault((each.theme, each.stance, each.role), []).append(each)
    quoted: set[str] = set()
    order = {theme.id: place for place, theme in enumerate(framework.themes)}
    for theme, stance, role in sorted(pools, key=lambda key: (order[key[0]], key[2], STANCES.index(key[1]))):
        if (theme, stance) in NEVER_QUOTED:
            continue
        voices = [len({each.person for each in pools.get((theme, way, role), [])}) for way in STANCES]
        most = min(PER_STANCE, min(voices) or PER_STANCE)
        pool = sorted(pools[theme, stance, role], key=lambda each: (-each.confidence, each.answer))
        surer = sorted(pool[: max(PER_STANCE, (len(pool) + 1) // 2)], key=lambda each: _lot(each, seed))
        fresh = [each for each in surer if each.person not in quoted][:most]
        quoted |= {each.person for each in fresh}
        chosen.extend(Quote(each.answer, theme, stance, role, each.words, each.coder) for each in fresh)
    return tuple(chosen)


def _find_barred(coded: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """By answer, where words stand that are never quoted: a whole sentence may hold them beside those chosen."""
    found: dict[str, list[tuple[int, int]]] = {}
    for theme, stance in sorted(NEVER_QUOTED):
        here = coded[(coded["theme"] == theme) & (coded["stance"] == stance)]
        for answer, start, end in zip(here["answer"], here["start"], here["end"], strict=True):
            found.setdefault(answer, []).append((start, end))
    return found


def _widen(each: Candidate) -> Candidate:
    """The candidate with its whole sentences for words, on one line."""
    start, end = widen_to_sentences(each.words, each.start, each.end)
    return each._replace(start=start, end=end, words=" ".join(each.words[start:end].split()))


def _lot(each: Candidate, seed: int) -> str:
    return sha256(f"{seed}:{each.answer}:{each.theme}:{each.words}".encode()).hexdigest()
