"""Coded answers and what may be told of their themes go in; only what might be quoted comes out.

Counting the rows of the published table must give nothing that the tables of counts withhold. So it holds only the
words of people who consented, only on themes that enough people of their role raised, no ids of people, the stance
only where the tables tell all of what was said, and the project only where they tell the same of that project and
enough people share role, project and theme.
"""

from math import isnan

import pandas as pd

from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.protecting.suppression import PARTS
from coprod_cli.telling import WITHHELD as HIDDEN

EVERY_PROJECT = ""


def may_quote(coded: pd.DataFrame, role: str, theme: str, limits: Thresholds) -> bool:
    """Whether enough people of that role raised that theme of the joint work; no project stands beside a quote."""
    raised = coded[(coded["role"] == role) & (coded["theme"] == theme) & (coded["level"] == "project")]
    return bool(raised["person"].nunique() >= limits.quote_group)


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
    told = {
        (each.project, each.role, each.wave, each.theme): not any(isnan(getattr(each, part)) for part in PARTS)
        for each in rows(themes, ThemeCount)
        if each.people >= limits.quote_group
    }
    places = [
        list(zip(projects, coded["role"], coded["wave"], coded["theme"], strict=True))
        for projects in ([EVERY_PROJECT] * len(coded), coded["project"])
    ]
    shown = coded.assign(
        person="",
        stance=[stance if told.get(key) else HIDDEN for key, stance in zip(places[0], coded["stance"], strict=True)],
        rare=[not told.get(key) for key in places[1]],
    )
    known = pd.Series([key in told for key in places[0]], index=coded.index, dtype=bool)
    shown = pd.DataFrame(shown[coded["answer"].isin(consented) & (coded["level"] == "project") & known])
    rare = set(shown.loc[shown.pop("rare"), "answer"])
    shown.loc[shown["answer"].isin(rare), ["project", "wave"]] = HIDDEN
    return shown.sort_values(["theme", "answer", "start"], kind="stable", ignore_index=True)
