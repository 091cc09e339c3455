"""People's codings of one survey go in; how far they agree, as its report may tell it, comes out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coprod_cli.coding.agreement import find_agreements
from coprod_cli.coding.ratings import YES, Ratings, lay_out_ratings
from coprod_cli.model.agreement import EACH, POOLED, THEME, Agreed
from coprod_cli.model.coders import NOBODY_COMPARED, CodersAgreement, CodersFigures
from coprod_cli.model.codes import Coding

_TWO = 2


class _Basis(NamedTuple):
    """What a figure rests on: how many answers, or themes in answers, and how many people wrote these."""

    found: int
    people: int


def compare_coders(
    codings: Sequence[Coding], themes: Sequence[str], people: Mapping[str, str], seed: int
) -> CodersAgreement:
    """How far people agree who coded the same answers; nothing where no two looked at one answer.

    Args:
        codings: of people.
        themes: ids of all themes there are.
        people: who wrote which answer, by its id.
        seed: of the bootstrap.
    """
    ratings = lay_out_ratings(codings, themes)
    if not ratings.answers:
        return NOBODY_COMPARED
    found = find_agreements(codings, themes, seed)
    writers = np.asarray([people[name] for name in ratings.answers], dtype=object)
    told = [row for row in found.rows if row.measure == THEME or row.scope == POOLED]
    kappa = "cohen" if len(codings) == _TWO else "fleiss"
    return CodersAgreement(
        coders=found.coders,
        answers=found.answers,
        same=found.same,
        people=len(set(writers.tolist())),
        figures=tuple(_take_figures(row, kappa, _find_basis(row, ratings, writers)) for row in told),
    )


def _find_basis(row: Agreed, ratings: Ratings, writers: npt.NDArray[np.object_]) -> _Basis:
    marks = ratings.marks[row.measure]
    if row.measure == THEME:
        there = (marks == YES).any(axis=2)
        seen = there[ratings.themes.index(row.theme)] if row.scope == EACH else there.any(axis=0)
        return _Basis(int(seen.sum()), len(set(writers[seen].tolist())))
    seen = ((marks >= 0).sum(axis=2) >= _TWO).any(axis=0)
    return _Basis(row.cases, len(set(writers[seen].tolist())))


def _take_figures(row: Agreed, kappa: str, basis: _Basis) -> CodersFigures:
    called = {"agreement": "agreement", "alpha": "alpha", "kappa": kappa, "ac1": "ac1"}
    figures = {
        f"{name}{end}": value
        for name, source in called.items()
        for end, value in zip(("", "_low", "_high"), row.figures[source], strict=True)
    }
    plain = CodersFigures(row.measure, row.scope, row.theme, *basis)
    return CodersFigures(**{**plain._asdict(), **figures})
