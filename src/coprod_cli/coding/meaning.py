"""Answers go in; what each means to the shipped encoder, whatever the themes are, comes out as plain numbers.

Answers that say alike things lie near each other, so that a coder of one's own can be learnt from few hand codes, and
answers that differ from all that is coded can be found. The encoder read meaning before it was taught its themes.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from coprod_cli.coding.encoder import Array, Meaning, count_cores, load_encoder
from coprod_cli.coding.engine import Asked

SIZE = 384
_MOST_THREADS = 8
_Kept = TypeVar("_Kept")


def find_meanings(asked: Sequence[Asked]) -> Array:
    """Answers x 384, each row of its answer alone; zeros where an answer holds no word.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    found = keep_meanings(asked, lambda _, meaning: meaning.whole)
    return np.asarray([np.zeros(SIZE) if each is None else each for each in found], np.float32).reshape(-1, SIZE)


def keep_meanings(asked: Sequence[Asked], keep: Callable[[Asked, Meaning], _Kept]) -> list[_Kept | None]:
    """What `keep` takes from the meaning of each answer, in their order; None where an answer holds no word.

    Each distinct answer is read once, and its meaning, which is large, is let go.
    """
    encoder = load_encoder()

    def read(each: Asked) -> _Kept | None:
        meaning = encoder.find_meaning(each)
        return None if meaning is None else keep(each, meaning)

    distinct = sorted(set(asked))
    with ThreadPoolExecutor(max_workers=min(count_cores(), _MOST_THREADS)) as pool:
        found = dict(zip(distinct, pool.map(read, distinct), strict=True))
    return [found[each] for each in asked]
