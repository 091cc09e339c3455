"""What came of codes that people made goes in; what an audience may see of it comes out.

Numbers of answers go to the nearest of the audience's step and figures to twentieths, so that together they give no
count that is withheld; a share is told only where the tables tell how many people of that role raised the theme.
"""

from dataclasses import replace
from math import isnan

import pandas as pd

from coprod_cli.model.checked import Checked, CheckedTheme
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.protecting.rounding import round_figures
from coprod_cli.protecting.suppression import WITHHELD
from coprod_cli.protecting.totals import round_to

_FINE = 2


def show_checked(checked: Checked, themes: pd.DataFrame, limits: Thresholds, *, counted: bool) -> Checked:
    """The same, coarsely; beside an earlier report only that people coded some, as differences would tell of newcomers.

    Args:
        checked: exact.
        themes: ThemeCount rows as they will be published.
        limits: of the audience.
        counted: whether numbers may be told at all.
    """
    if not checked.by_hand:
        return checked
    step = max(limits.round_base, limits.small_cell)
    if not counted:
        return Checked(WITHHELD, WITHHELD, step, checked.coders, drawn=WITHHELD)
    told = {
        (each.role, each.wave, each.theme)
        for each in rows(themes, ThemeCount)
        if not each.project and not isnan(each.people) and not isnan(each.commenters)
    }
    return replace(
        checked,
        answers=round_to(checked.answers, step),
        by_hand=max(round_to(checked.by_hand, step), step),
        drawn=max(round_to(checked.drawn, step), step) if checked.drawn else 0,
        effective=max(round_to(checked.effective, step), step) if checked.effective else 0,
        rounded_to=step,
        themes=tuple(_show_theme(each, step) for each in checked.themes),
        shares=tuple(
            each._replace(
                coded=_round(each.coded), share=_round(each.share), low=_round(each.low), high=_round(each.high)
            )
            for each in checked.shares
            if (each.role, each.wave, each.theme) in told
        ),
    )


def _show_theme(each: CheckedTheme, step: int) -> CheckedTheme:
    if isnan(each.recall):
        return CheckedTheme(each.theme, WITHHELD, WITHHELD)
    counts = {"found": round_to(each.found, step), "named": round_to(each.named, step)}
    return CheckedTheme(**{**each._asdict(), **round_figures(each._asdict()), **counts})


def _round(value: float) -> float:
    return round(value, _FINE)
