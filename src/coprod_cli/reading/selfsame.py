"""Lines of forms go in; the same lines come out, where nobody answers twice for one project in one round.

Kept is the form that answers most questions; of equals, the later one. What a survey's person column does not tell
apart is left alone: where so many forms would go that the column can hardly name people, all of them stay.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.reading.telling import Told

MOST_TWICE = 0.2
FindTimes = Callable[[pd.DataFrame], npt.NDArray[np.float64]]
_SAME = ["person", "role", "project", "wave"]


def choose_one_each(
    lines: pd.DataFrame,
    find_times: Callable[[pd.DataFrame], npt.NDArray[np.float64]],
    told: list[Told],
    *,
    confirmed: bool,
) -> pd.DataFrame:
    """The lines to keep.

    Args:
        lines: one for each form and project, with `known` (the survey names the person), `given` (questions answered)
            and `content`.
        find_times: when the forms of some lines were sent, in seconds, NaN where nothing says it.
        told: gets a note of what is left out in part.
        confirmed: whether the mapping file names the person column, so that it is not doubted.
    """
    known = lines["known"].to_numpy()
    twice = known & lines.duplicated(_SAME, keep=False).to_numpy()
    if not twice.any():
        return lines
    both = lines[twice]
    both = both.assign(time=find_times(both))
    ranked = both.sort_values(["given", "time", "content"], ascending=False, na_position="last", kind="stable")
    dropped = ranked.index[ranked.duplicated(_SAME)]
    if not confirmed and len(dropped) > MOST_TWICE * int(known.sum()):
        told.append(Told("person_doubtful", len(dropped)))
        return lines
    keep = np.ones(len(lines), bool)
    keep[dropped] = False
    forms = lines.loc[keep, ["file", "form"]].drop_duplicates()
    partly = lines[~keep].merge(forms, on=["file", "form"])
    told.append(Told("same_person_partly", len(partly)))
    return lines[keep]
