"""What coders said of answers goes in; what one said instead of another, and what to talk through, come out."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from coprod_cli.coding.ratings import NO, YES, Marks, Ratings
from coprod_cli.model.agreement import LEVEL, NOT_FOUND, STANCE, THEME, Confused, Difference


def list_confused(ratings: Ratings, pair: tuple[int, int], coders: Sequence[str]) -> Iterator[Confused]:
    """What two coders said of the same answers, side by side, the most frequent of each measure first.

    Themes: answers in which each has at most one theme that the other lacks, and one of them has one. Stance and level:
    every answer and theme of which both said it, those alike among them.
    """
    first, second = pair
    for measure, marks in ratings.marks.items():
        one, other = marks[..., first], marks[..., second]
        found = _pair_themes(ratings, one, other) if measure == THEME else _pair_values(ratings, measure, one, other)
        for (said, instead), cases in sorted(found.items(), key=lambda each: (-each[1], each[0])):
            yield Confused(measure, coders[first], coders[second], said, instead, cases)


def list_differences(ratings: Ratings) -> Iterator[Difference]:
    """Every theme in every answer that coders see differently, by answer, and then in the order of the themes."""
    theme = ratings.marks[THEME]
    is_found = _find_unlike(theme)
    about = {measure: _find_unlike(ratings.marks[measure]) for measure in (STANCE, LEVEL)}
    differs = is_found | about[STANCE] | about[LEVEL]
    for row, column in np.argwhere(differs.T).tolist():
        at = (column, row)
        named = THEME if is_found[at] else " and ".join(name for name, unlike in about.items() if unlike[at])
        said = tuple(_say(ratings, (*at, coder)) for coder in range(theme.shape[2]))
        yield Difference(ratings.answers[row], ratings.themes[column], named, said)


def _pair_themes(ratings: Ratings, one: Marks, other: Marks) -> Counter[tuple[str, str]]:
    mine, yours = (one == YES) & (other == NO), (one == NO) & (other == YES)
    single = (mine.sum(axis=0) <= 1) & (yours.sum(axis=0) <= 1) & (mine | yours).any(axis=0)
    return Counter(
        (_name_only(ratings, mine[:, row]), _name_only(ratings, yours[:, row])) for row in np.flatnonzero(single)
    )


def _name_only(ratings: Ratings, found: npt.NDArray[np.bool_]) -> str:
    return ratings.themes[int(found.argmax())] if found.any() else ""


def _pair_values(ratings: Ratings, measure: str, one: Marks, other: Marks) -> Counter[tuple[str, str]]:
    both = (one >= 0) & (other >= 0)
    names = ratings.values[measure]
    return Counter((names[said], names[instead]) for said, instead in zip(one[both], other[both], strict=True))


def _find_unlike(marks: Marks) -> npt.NDArray[np.bool_]:
    """Themes x answers: whether two of those who said anything said different things."""
    told = marks >= 0
    least = np.where(told, marks, np.iinfo(np.int16).max).min(axis=2)
    return np.asarray(told.any(axis=2) & (marks.max(axis=2) != least))


def _say(ratings: Ratings, at: tuple[int, int, int]) -> str:
    """What one coder said of one theme in one answer."""
    there = ratings.marks[THEME][at]
    if there != YES:
        return NOT_FOUND if there == NO else ""
    marks = ((measure, int(ratings.marks[measure][at])) for measure in (STANCE, LEVEL))
    words = [ratings.values[measure][mark] for measure, mark in marks if mark >= 0]
    return ", ".join(words) or "found"
