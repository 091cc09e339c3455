"""Exact Findings and an audience go in; Findings with small numbers withheld come out, before anything is written.

Groups under the minimum have no score and no base; roles that fewer people have in the whole survey are not told of by
themselves at all. Scores are whole numbers. Counts of themes are withheld in suppression.py, words in words.py.
Withheld counts are NaN or -1.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from coprod_cli.model.findings import Base, Contrast, Findings
from coprod_cli.model.framework import Thresholds
from coprod_cli.model.survey import Notice
from coprod_cli.model.tables import Score, require, rows, table
from coprod_cli.protecting.suppression import WITHHELD, find_unled, round_base, show_base, withhold_counts
from coprod_cli.protecting.words import keep_quotable, may_quote
from coprod_cli.telling import ROLE_WORDS

COARSE_STEP = 5
EDGES = (5.0, 95.0)
Group = tuple[str, str, str]


def for_publication(findings: Findings) -> Findings:
    """The findings as their audience may see them; "raw" is for the data holder and withholds nothing."""
    if findings.settings.audience == "raw":
        return findings
    limits = findings.framework.thresholds_for(findings.settings.audience)
    scarce = {role for role, people in findings.people_by_role if people < limits.min_base}
    coarse = _find_coarse(findings.bases, limits)
    exact = _leave_out(findings.themes, scarce)
    themes = withhold_counts(exact, limits)
    return replace(
        findings,
        people_by_role=tuple((role, people) for role, people in findings.people_by_role if role not in scarce),
        bases=tuple(_show_bases(findings.bases, scarce, coarse, limits)),
        scores=_show_scores(_leave_out(findings.scores, scarce), coarse, limits),
        contrasts=tuple(_round_contrast(each, limits) for each in findings.contrasts),
        themes=themes,
        themes_beside=withhold_counts(_leave_out(findings.themes_beside, scarce), limits),
        quotes=tuple(each for each in findings.quotes if may_quote(findings.coded, each.role, each.theme, limits)),
        coded=keep_quotable(findings.coded, findings.consented, themes, limits),
        notices=(*findings.notices, *_tell_scarce(scarce, limits)),
        unled=find_unled(exact, themes),
    )


def _leave_out(frame: pd.DataFrame, scarce: set[str]) -> pd.DataFrame:
    return frame[~frame["role"].isin(scarce)].reset_index(drop=True)


def _tell_scarce(scarce: set[str], limits: Thresholds) -> list[Notice]:
    if not scarce:
        return []
    names = [name for role, name in ROLE_WORDS.items() if role in scarce]
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    message = f"There were fewer than {limits.min_base} each of these, so nothing is told of them by themselves: {who}."
    return [Notice("few-in-role", message)]


def _find_coarse(bases: Iterable[Base], limits: Thresholds) -> Group | None:
    """Where bases are exact and one alone is withheld, the next smallest: it is rounded, or the sum would tell."""
    exact = sorted(bases, key=lambda each: (each.answered, each))
    small = [each for each in exact if each.answered < limits.min_base]
    if limits.round_base > 1 or len(small) != 1 or len(exact) == 1:
        return None
    return exact[1].project, exact[1].role, exact[1].wave


def _show_bases(bases: Iterable[Base], scarce: set[str], coarse: Group | None, limits: Thresholds) -> Iterable[Base]:
    for each in bases:
        if each.role in scarce:
            continue
        group = (each.project, each.role, each.wave)
        step = COARSE_STEP if group == coarse else limits.round_base
        counts = (each.answered, each.rated, each.commented)
        if each.answered < limits.min_base:
            yield Base(*group, WITHHELD, WITHHELD, WITHHELD)
        else:
            yield Base(*group, *(show_base(people, limits, step) for people in counts))


def _show_scores(scores: pd.DataFrame, coarse: Group | None, limits: Thresholds) -> pd.DataFrame:
    """Whole numbers; where fewer people answered than a percentage needs, nothing that only all of them can give."""
    shown: list[Score] = []
    for each in rows(scores, Score):
        step = COARSE_STEP if (each.project, each.role, each.wave) == coarse else limits.round_base
        score = each._replace(people=show_base(each.people, limits, step))
        if each.reportable:
            low, estimate, high = (float(round(value)) for value in (each.low, each.estimate, each.high))
            if each.people < limits.percent_base:
                estimate = min(max(estimate, EDGES[0]), EDGES[1])
            score = score._replace(estimate=estimate, low=min(low, estimate), high=max(high, estimate))
        shown.append(score)
    return require(table(shown, Score), Score)


def _round_contrast(each: Contrast, limits: Thresholds) -> Contrast:
    return each._replace(
        gap=float(round(each.gap)),
        low=float(round(each.low)),
        high=float(round(each.high)),
        probability_higher=round(each.probability_higher, 2),
        parents=round_base(each.parents, limits.round_base),
        practitioners=round_base(each.practitioners, limits.round_base),
    )
