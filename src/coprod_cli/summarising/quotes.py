"""Coded answers go in; words that may be quoted, more than a report prints, chosen by a stated rule, come out.

The rule: project-level words of people who consented, never of a code that is marked unsure, from the surer half of the
codes of that project, theme, stance and role. A lot fixed by the seed and the words themselves says who comes first, so
a project's quotes stay where another project joins the survey; words that a person coded come before all others. A
person is quoted once about a project. Never about being blamed or afraid, nor about distress: such words go to a
person, not into a report. Whole sentences, with those that turn their sense, of 30 to 280 characters; what would have
to be cut is left out. Whoever prints takes as many for as against.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.findings import Quote
from coprod_cli.model.framework import Framework
from coprod_cli.summarising.sentences import widen_to_sentences

SHORTEST, LONGEST = 30, 280
EACH = 4
NEVER_QUOTED = {("respect_equality", "negative"), ("emotional_impact", "negative")}
STANCES = ("positive", "negative")


class Candidate(NamedTuple):
    """Words that may be quoted, as the coded table has them."""

    answer: str
    person: str
    project: str
    role: str
    wave: str
    theme: str
    stance: str
    confidence: float
    start: int
    end: int
    words: str
    coder: str


Key = tuple[int, str, int]


def choose_quotes(  # noqa: PLR0913  # every input is named by its caller
    coded: pd.DataFrame,
    consented: Callable[[str], bool],
    framework: Framework,
    seed: int,
    least: int,
    *,
    checked: Collection[str] = frozenset(),
) -> tuple[Quote, ...]:
    """Up to four quotes for each project, round, theme, role and stance; which may be shown is protecting's affair.

    Args:
        coded: table with CODED columns.
        consented: whether the person behind an answer id agreed to be quoted.
        framework: gives the order of themes.
        seed: fixes the order of drawing.
        least: a theme that fewer people of a role raised is passed over, so that it takes up nobody in vain.
        checked: ids of the answers that people coded; they come first, and none of them is quoted in which a person
            found blame, fear or distress, wherever in it that stands.

    Returns:
        By theme, role and stance, and among these in the order of the lot.
    """
    order = {theme.id: place for place, theme in enumerate(framework.themes)}
    raised = coded[coded["level"] == "project"].groupby(["role", "theme"])["person"].nunique()
    pools: dict[tuple[str, str], dict[Key, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for each in _list_candidates(coded, consented, checked):
        if raised[each.role, each.theme] >= least:
            pools[each.project, each.wave][order[each.theme], each.role, STANCES.index(each.stance)].append(each)
    chosen = [each for _, pool in sorted(pools.items()) for each in _draw(pool, seed, checked)]
    chosen.sort(
        key=lambda each: (
            order[each.theme],
            each.role,
            STANCES.index(each.stance),
            each.answer not in checked,
            _lot(each, seed),
            each.project,
            each.wave,
            each.answer,
        )
    )
    return tuple(
        Quote(
            each.answer,
            each.theme,
            each.stance,
            each.role,
            each.words,
            each.coder,
            project=each.project,
            wave=each.wave,
        )
        for each in chosen
    )


def _list_candidates(
    coded: pd.DataFrame, consented: Callable[[str], bool], checked: Collection[str]
) -> Iterable[Candidate]:
    barred = _find_barred(coded)
    sore = set(checked).intersection(barred)
    names = list(Candidate._fields)
    wanted = coded[(coded["level"] == "project") & coded["stance"].isin(STANCES) & ~coded["unsure"].astype(bool)]
    for values in zip(*(wanted[name] for name in names), strict=True):
        each = Candidate(*values)
        if (each.theme, each.stance) in NEVER_QUOTED or each.answer in sore or not consented(each.answer):
            continue
        each = _widen(each)
        never = any(each.start < end and start < each.end for start, end in barred.get(each.answer, ()))
        if SHORTEST <= len(each.words) <= LONGEST and not never:
            yield each


def _draw(pools: dict[Key, list[Candidate]], seed: int, checked: Collection[str]) -> list[Candidate]:
    """From all pools of one project and round in turn, so that none takes up the people of the others."""
    waiting = {
        key: sorted(_keep_surer(pool, checked), key=lambda each: (each.answer not in checked, _lot(each, seed)))
        for key, pool in sorted(pools.items())
    }
    drawn: list[Candidate] = []
    quoted: set[str] = set()
    for _ in range(EACH):
        for pool in waiting.values():
            fresh = next((each for each in pool if each.person not in quoted), None)
            if fresh is not None:
                quoted.add(fresh.person)
                drawn.append(fresh)
    return drawn


def _keep_surer(pool: Sequence[Candidate], checked: Collection[str]) -> Sequence[Candidate]:
    surest = sorted(pool, key=lambda each: (each.answer not in checked, -each.confidence, each.words, each.answer))
    return surest[: max(EACH, (len(surest) + 1) // 2)]


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
    return sha256(f"{seed}:{each.theme}:{each.words}".encode()).hexdigest()
