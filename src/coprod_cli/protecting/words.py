"""Coded answers and what may be told of their themes go in; only what might be quoted comes out.

Counting the rows of the published table must give nothing that the tables of counts withhold. So it holds only the
words of people who consented, only on themes that enough people of their role raised, no ids of people, the stance
only where the tables tell all of what was said, and the project only where they tell the same of that project and
enough people share role, project and theme.
"""

from collections import Counter
from collections.abc import Sequence
from math import isnan

import pandas as pd

from coprod_cli.model.findings import Quote
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.protecting.suppression import PARTS
from coprod_cli.telling import WITHHELD as HIDDEN

EVERY_PROJECT = ""
# So many for each theme, role and stance wait in the list of quotes: a report prints fewer, a person may strike out.
OVERALL_POOL, PROJECT_POOL = 6, 3


def show_quotes(
    quotes: Sequence[Quote], coded: pd.DataFrame, themes: pd.DataFrame, limits: Thresholds
) -> tuple[Quote, ...]:
    """The quotes that may be shown: only of themes that enough people of that role raised, in joint work.

    The project stands beside a quote only where the tables tell that enough people of that role raised that theme
    there. Its stance tells something of nobody but its writer, who agreed.

    Args:
        quotes: exact, in the order of the rule by which they are drawn.
        coded: exact, with CODED columns.
        themes: ThemeCount rows as they will be published.
        limits: of the audience.
    """
    raised = coded[coded["level"] == "project"].groupby(["role", "theme"])["person"].nunique()
    told = _list_told(themes, limits)
    shown: list[Quote] = []
    taken: Counter[tuple[str, ...]] = Counter()
    for each in quotes:
        if raised.get((each.role, each.theme), 0) < limits.quote_group:
            continue
        known = (each.project, each.role, each.wave, each.theme) in told
        pools: list[tuple[str, ...]] = [(each.theme, each.role, each.stance)]
        pools += [(each.theme, each.role, each.stance, each.project, each.wave)] if known else []
        if any(taken[pool] < (OVERALL_POOL if pool is pools[0] else PROJECT_POOL) for pool in pools):
            taken.update(pools)
            shown.append(each if known else each._replace(project="", wave=""))
    return tuple(shown)


def keep_quotable(
    coded: pd.DataFrame, consented: frozenset[str], themes: pd.DataFrame, limits: Thresholds
) -> pd.DataFrame:
    """The rows of the coded table that may be shown, with what else they say withheld where it must be.

    Args:
        coded: exact, with CODED columns.
        consented: ids of the answers that may be quoted.
        themes: ThemeCount rows as they will be published.
        limits: of the audience.
    """
    told = _list_told(themes, limits)
    places = [
        list(zip(projects, coded["role"], coded["wave"], coded["theme"], strict=True))
        for projects in ([EVERY_PROJECT] * len(coded), coded["project"])
    ]
    shown = coded.assign(
        person="",
        left_open=[
            said if told.get(key) else "level" if "level" in said else ""
            for key, said in zip(places[0], coded["left_open"], strict=True)
        ],
        stance=[stance if told.get(key) else HIDDEN for key, stance in zip(places[0], coded["stance"], strict=True)],
        rare=[not told.get(key) for key in places[1]],
    )
    known = pd.Series([key in told for key in places[0]], index=coded.index, dtype=bool)
    shown = pd.DataFrame(shown[coded["answer"].isin(consented) & (coded["level"] == "project") & known])
    rare = set(shown.loc[shown.pop("rare"), "answer"])
    shown.loc[shown["answer"].isin(rare), ["project", "wave"]] = HIDDEN
    return shown.sort_values(["theme", "answer", "start"], kind="stable", ignore_index=True)


def _list_told(themes: pd.DataFrame, limits: Thresholds) -> dict[tuple[str, str, str, str], bool]:
    """(project, role, wave, theme) that enough people raised, and whether all they said of it is told."""
    return {
        (each.project, each.role, each.wave, each.theme): not any(isnan(getattr(each, part)) for part in PARTS)
        for each in rows(themes, ThemeCount)
        if each.people >= limits.quote_group
    }
