"""Answers of a survey go in; those that people should code come out, each with the chance with which it was drawn.

Half of an answer's chance is the same for all, so that everything can be drawn and no answer stands for very many. A
quarter goes by rarity: each theme has the same share of it, split among the answers in which the machine finds the
theme. A quarter goes by uncertainty: how near the machine's chance of some theme is to the line above which it names
it. So few hand codes tell much, and shares over the whole survey can still be estimated, by weighting each answer with
one over its chance (Horvitz and Thompson 1952, Journal of the American Statistical Association 47:663-685).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.engine import Asked, Chances
from coprod_cli.coding.language import is_left_to_a_person
from coprod_cli.coding.silence import says_nothing
from coprod_cli.model.framework import Framework

BY_LOT, BY_RARITY, BY_DOUBT = 0.5, 0.25, 0.25
_LOTS = 2**32
# Where no chance names a theme, or every one does, there is no line to be near to.
_LEAST_LINE = 0.01
_DECIMALS = 9


class Draw(NamedTuple):
    """The answers drawn, by id, with their chances of being drawn.

    frame: how many answers could be drawn. silent: how many were left out since they say nothing.
    """

    chances: dict[str, float]
    frame: int
    silent: int


def draw_answers(asked: Mapping[str, Asked], framework: Framework, find: Chances, size: int, seed: int) -> Draw:
    """Answers drawn by the rule above: as many as asked for, or all there are.

    They are put in an order by lot and drawn at even steps along their chances (Madow 1949, Annals of Mathematical
    Statistics 20:333-354; in an order by lot Hartley and Rao 1962, same journal 33:350-374), so that each is drawn with
    just its chance.

    Args:
        asked: the answers by id; their order changes nothing. What says nothing ("n/a") is left out.
        framework: the themes.
        find: one of CHANCES.
        size: how many to draw, at least 1.
        seed: of the lots.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    ids = sorted(each for each, answer in asked.items() if not says_nothing(answer.words))
    silent = len(asked) - len(ids)
    if len(ids) <= size:
        return Draw(dict.fromkeys(ids, 1.0), len(ids), silent)
    chances = share_chances(find_shares([asked[each] for each in ids], framework, find), size)
    order = np.asarray(sorted(range(len(ids)), key=lambda place: draw_lot(seed, "draw", ids[place])))
    ends = np.round(np.cumsum(chances[order]), _DECIMALS)
    ends[-1] = size
    start = (draw_lot(seed, "start", "") + 0.5) / _LOTS
    passed = np.ceil(ends - start)
    drawn = order[np.diff(passed, prepend=0.0) > 0]
    return Draw({ids[place]: float(chances[place]) for place in sorted(drawn.tolist())}, len(ids), silent)


def find_shares(asked: list[Asked], framework: Framework, find: Chances) -> NDArray[np.float64]:
    """Each answer's share of all the chances of being drawn; they add up to 1."""
    distinct = sorted(set(asked))
    read = [not is_left_to_a_person(each.words) for each in distinct]
    themes, found, lines = find([each for each, known in zip(distinct, read, strict=True) if known], framework)
    chances = np.zeros((len(distinct), len(themes)))
    chances[read] = found
    place = {each: at for at, each in enumerate(distinct)}
    rows = np.asarray([place[each] for each in asked])
    chances, known = chances[rows], np.asarray(read)[rows]
    named = (chances >= lines) & known[:, None]
    rarity = (named / np.maximum(named.sum(axis=0), 1)).sum(axis=1)
    lines = np.clip(lines, _LEAST_LINE, 1 - _LEAST_LINE)
    near = np.minimum(chances / lines, (1 - chances) / (1 - lines)).max(axis=1, initial=0.0)
    # Of an answer in another language the machine knows nothing at all.
    near[~known] = 1.0
    return BY_LOT / len(asked) + BY_RARITY * _share(rarity) + BY_DOUBT * _share(near)


def share_chances(shares: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Chances in proportion to the shares, none above 1, that add up to the size; there are more shares than that."""
    sure = np.zeros(len(shares), bool)
    while True:
        chances = np.where(sure, 1.0, (size - sure.sum()) * shares / shares[~sure].sum())
        above = ~sure & (chances >= 1)
        if not above.any():
            return chances
        sure |= above


def draw_lot(seed: int, what: str, name: str) -> int:
    """A number below 2 ** 32 that depends on nothing but these, so that no order of rows changes what is drawn."""
    return int.from_bytes(sha256(f"{seed}:{what}:{name}".encode()).digest()[:4], "big")


def _share(values: NDArray[np.float64]) -> NDArray[np.float64]:
    total = values.sum()
    return values / total if total > 0 else np.full(len(values), 1 / len(values))
