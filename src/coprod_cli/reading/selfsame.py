"""Lines of forms go in; the same lines come out, where nobody answers the same questions twice for a project and round.

Kept is the form that answers most questions; of equals, the later one. Forms that ask different questions are both
kept. What a survey's person column does not tell apart is left alone: where so many forms would go that the column can
hardly name people, all of them stay. Whoever refuses to be quoted once is quoted nowhere.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.reading.telling import Told

MOST_TWICE = 0.2
_SAME = ["person", "project", "wave"]
_NOT_STATED = "other"


def choose_one_each(
    lines: pd.DataFrame,
    find_times: Callable[[pd.DataFrame], npt.NDArray[np.float64]],
    told: list[Told],
    *,
    confirmed: bool,
) -> pd.DataFrame:
    """The lines to keep, with consent only where nobody refuses it elsewhere.

    Args:
        lines: one for each form and project, with `known` (the survey names the person), `given` (questions answered),
            `asked` (names of the questions of its form), `refused` (the form says no to being quoted) and `content`.
        find_times: when the forms of some lines were sent, in seconds, NaN where nothing says it.
        told: gets a note of what is left out in part, and of consent that does not hold.
        confirmed: whether the mapping file names the person column, so that it is not doubted.
    """
    return _take_back_consent(lines, _choose(lines, find_times, told, confirmed=confirmed), told)


def _choose(
    lines: pd.DataFrame,
    find_times: Callable[[pd.DataFrame], npt.NDArray[np.float64]],
    told: list[Told],
    *,
    confirmed: bool,
) -> pd.DataFrame:
    known = lines["known"].to_numpy()
    twice = known & lines.duplicated(_SAME, keep=False).to_numpy()
    if not twice.any():
        return lines
    both = lines[twice]
    both = both.assign(time=find_times(both))
    ranked = both.sort_values(["given", "time", "content"], ascending=False, na_position="last", kind="stable")
    dropped = ranked.index[_find_repetitions(ranked)]
    if not confirmed and len(dropped) > MOST_TWICE * int(known.sum()):
        told.append(Told("person_doubtful", len(dropped)))
        return lines
    keep = np.ones(len(lines), bool)
    keep[dropped] = False
    forms = lines.loc[keep, ["file", "form"]].drop_duplicates()
    partly = lines[~keep].merge(forms, on=["file", "form"])
    told.append(Told("same_person_partly", len(partly)))
    return lines[keep]


def _find_repetitions(ranked: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which lines repeat one before them: the same person, project and round, no other role, and a question in common.

    A form that does not state its role is of the person's only other role; of several, it is of none of them.
    """
    group = ranked.groupby(_SAME, sort=False).ngroup().to_numpy()
    asked, forms = pd.factorize(ranked["asked"])
    questions = [frozenset(each) for each in forms]
    roles = ranked["role"].to_numpy()
    stated: dict[int, set[str]] = {}
    for number, role in zip(group.tolist(), roles, strict=True):
        stated.setdefault(number, set()).update({role} - {_NOT_STATED})
    kept: dict[tuple[int, str], set[int]] = {}
    repeats = np.zeros(len(ranked), bool)
    for place, (number, role, form) in enumerate(zip(group.tolist(), roles, asked.tolist(), strict=True)):
        only = next(iter(stated[number])) if role == _NOT_STATED and len(stated[number]) == 1 else role
        before = kept.setdefault((number, only), set())
        repeats[place] = any(questions[form] & questions[other] for other in before)
        if not repeats[place]:
            before.add(form)
    return repeats


def _take_back_consent(lines: pd.DataFrame, chosen: pd.DataFrame, told: list[Told]) -> pd.DataFrame:
    """The chosen lines without consent where any of all the lines of the same person refuses it."""
    refusing = lines.loc[lines["known"] & lines["refused"], "person"].unique()
    taken = chosen["known"] & chosen["consent"] & chosen["person"].isin(refusing)
    if not taken.any():
        return chosen
    told.append(Told("consent_refused", int((~chosen.loc[taken].duplicated(["file", "form"])).sum())))
    return chosen.assign(consent=chosen["consent"] & ~taken)
