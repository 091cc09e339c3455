"""Answers in groups go in; which of several parts each is in comes out: a group is whole, the parts are alike."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.sampling import draw_lot


def deal_folds(groups: Sequence[str], held: NDArray[np.bool_], most: int, seed: int) -> NDArray[np.int64]:
    """The part of each answer, from 0; as many parts as asked for, or as there are groups.

    Groups are dealt one by one, those with the rarest themes first, each to the part that has least of its themes
    (after Sechidis, Tsoumakas and Vlahavas 2011, ECML PKDD, 145-158). What is dealt hangs on no order of rows.

    Args:
        groups: of each answer.
        held: which themes each answer holds; answers x themes.
        most: how many parts.
        seed: of the lots where groups are alike.
    """
    names = sorted(set(groups))
    place = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(names), held.shape[1] + 1))
    np.add.at(counts, [place[name] for name in groups], np.column_stack((held, np.ones(len(held)))))
    # All answers together count as one theme more, so that parts are of one size.
    shares = counts / np.maximum(counts.sum(axis=0), 1)
    lots = [draw_lot(seed, "fold", name) for name in names]
    order = sorted(range(len(names)), key=lambda at: (-shares[at].sum().round(9), lots[at], names[at]))
    filled = np.zeros((min(most, len(names)), counts.shape[1]))
    dealt = np.zeros(len(names), np.int64)
    for at in order:
        dealt[at] = int((filled @ shares[at]).round(12).argmin())
        filled[dealt[at]] += shares[at]
    return dealt[[place[name] for name in groups]]
