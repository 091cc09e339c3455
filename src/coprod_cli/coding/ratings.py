"""Codings go in; what each coder said of each theme in each answer, as numbers, comes out."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.model.agreement import LEVEL, STANCE, THEME
from coprod_cli.model.codes import Coding
from coprod_cli.model.tables import LEVELS, STANCES

NO, YES = 0, 1
_MIXED = "mixed"
_FEWEST = 2
_NUMBER = re.compile(r"\d+")
_DIGITS = 20
# As coprod makes them: a letter, then ten digits of a hash.
_OWN = re.compile(r"a[0-9a-f]{10}")

Marks = npt.NDArray[np.int16]


class Ratings(NamedTuple):
    """What coders said, in order: answers that at least two looked at, by number and name; themes that anybody found.

    marks: by measure, themes x answers x coders: the place among the measure's values; -1 for one who did not look, or,
    for stance and level, did not find the theme or did not say. values: by measure, at least two.
    """

    answers: tuple[str, ...]
    themes: tuple[str, ...]
    marks: dict[str, Marks]
    values: dict[str, tuple[str, ...]]

    def count_same(self) -> int:
        """In how many answers all who looked found the same themes."""
        marks = self.marks[THEME]
        found, lacked = (marks == YES).any(axis=2), (marks == NO).any(axis=2)
        return int((~(found & lacked)).all(axis=0).sum())


def lay_out_ratings(codings: Sequence[Coding], themes: Sequence[str]) -> Ratings:
    """What the coders said of answers that at least two of them looked at.

    A theme there with several stances counts as one: "mixed" where it is there both for and against.
    """
    looked = [set(coding.answers) for coding in codings]
    several = (name for name in set().union(*looked) if sum(name in each for each in looked) >= _FEWEST)
    answers = sorted(several, key=_make_order)
    rows = {name: place for place, name in enumerate(answers)}
    codes = [[code for code in coding.codes if code.answer in rows] for coding in codings]
    used = {code.theme for each in codes for code in each}
    found = tuple(theme for theme in themes if theme in used)
    places = {theme: place for place, theme in enumerate(found)}
    shape = (len(found), len(answers), len(codings))
    there = np.full(shape, -1, np.int16)
    said: dict[str, dict[tuple[int, int, int], set[str]]] = {STANCE: {}, LEVEL: {}}
    for coder, (names, mine) in enumerate(zip(looked, codes, strict=True)):
        there[:, [rows[name] for name in answers if name in names], coder] = NO
        for code in mine:
            at = (places[code.theme], rows[code.answer], coder)
            there[at] = YES
            for measure, word in ((STANCE, code.stance), (LEVEL, code.level)):
                if word:
                    said[measure].setdefault(at, set()).add(word)
    marks: dict[str, Marks] = {THEME: there}
    values: dict[str, tuple[str, ...]] = {THEME: ("no", "yes")}
    for measure, order in ((STANCE, STANCES), (LEVEL, LEVELS)):
        words = {at: _join(each, order) for at, each in said[measure].items()}
        values[measure] = _list_values(words.values(), order)
        marks[measure] = np.full(shape, -1, np.int16)
        for at, word in words.items():
            marks[measure][at] = values[measure].index(word)
    return Ratings(tuple(answers), found, marks, values)


def _make_order(name: str) -> tuple[str, str]:
    """What ids are sorted by: 9 comes before 10, but in coprod's own ids digits are no numbers."""
    if _OWN.fullmatch(name):
        return name, name
    return _NUMBER.sub(lambda digits: digits[0].zfill(_DIGITS), name), name


def _join(words: set[str], order: Sequence[str]) -> str:
    """One value for all that a coder said of one theme in one answer."""
    if {"positive", "negative"} <= words:
        return _MIXED
    return " and ".join(word for word in order if word in words)


def _list_values(words: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """All values that anybody used, plain ones first; filled up to two, since one alone leaves nothing to agree on."""
    used = set(words)
    plain = [word for word in order if word in used]
    spare = [word for word in order if word not in used]
    listed = [*plain, *sorted(used - set(plain))]
    return tuple(listed + spare[: max(0, _FEWEST - len(listed))])
