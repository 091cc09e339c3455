"""How people answered one closed question: the values that scoring counts, protecting coarsens and charts draw."""

from typing import NamedTuple

STEPS = 5


class Part(NamedTuple):
    """Some neighbouring answers of a question together: steps `first` to `last`, and the per cent who gave them."""

    first: int
    last: int
    percent: int


class ItemSpread(NamedTuple):
    """How the people of one role answered one closed question, as they were asked it: nothing is turned round.

    project: empty for all projects together, where each person counts once. labels: the answers in words, from the
    lowest step (0) to the highest. bad_high: whether a high answer is bad news. people: those who answered it. parts:
    what may be told, from the lowest step up; they leave out no step. counts: people by step, exact; empty once the
    figures are fit for an audience that may not see them.
    """

    project: str
    role: str
    wave: str
    item: str
    dimension: str
    labels: tuple[str, ...]
    bad_high: bool
    people: int
    parts: tuple[Part, ...]
    counts: tuple[int, ...] = ()


def make_parts(counts: tuple[int, ...], cuts: tuple[tuple[int, int], ...]) -> tuple[Part, ...]:
    """Neighbouring steps put together, with their shares in whole per cent, halves up.

    Args:
        counts: people by step, at least one.
        cuts: first and last step of each part.
    """
    people = sum(counts)
    return tuple(Part(first, last, int(100 * sum(counts[first : last + 1]) / people + 0.5)) for first, last in cuts)
