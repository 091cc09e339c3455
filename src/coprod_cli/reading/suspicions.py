"""Understood exports go in; what a person should look at, since coprod will not decide it, comes out as notices.

A form that somebody filled in to try the survey out, and files of different years that would be poured into one round.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.dates import read_dates
from coprod_cli.reading.export import Export
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key

_TRIED = re.compile(
    r"(?:this is )?(?:a |only a |just a )?test(?:ing|er)?(?: test)*(?: (?:please|ignore|only|row|entry|form))*[!.]*"
)
_LONGEST_TRIAL = 40
_SAYING = (ColumnKind.ROLE, ColumnKind.OPEN, ColumnKind.METADATA, ColumnKind.PERSON)
_APART = timedelta(days=90)


def find_suspicions(exports: Sequence[Export]) -> list[Told]:
    """What to look at, if anything."""
    return [
        Told("test_likely", sum(map(_count_trials, exports))),
        Told("rounds_likely", len(exports) if _lie_apart(exports) else 0),
    ]


def _count_trials(export: Export) -> int:
    tried = np.zeros(len(export.finished), bool)
    for column, cells in zip(export.source.columns, export.cells, strict=True):
        if column.kind in _SAYING:
            tried |= cells.test(_is_trial)
    return int(tried.sum())


def _is_trial(cell: str) -> bool:
    return len(cell) <= _LONGEST_TRIAL and "test" in cell.casefold() and bool(_TRIED.fullmatch(make_cell_key(cell)))


def _lie_apart(exports: Sequence[Export]) -> bool:
    """Whether the files come from times that do not touch, and nothing says that they are rounds."""
    if len(exports) == 1 or any(_names_rounds(export) for export in exports):
        return False
    spans = sorted(span for export in exports if (span := _find_span(export)))
    return len(spans) == len(exports) and all(later[0] - earlier[1] >= _APART for earlier, later in pairwise(spans))


def _names_rounds(export: Export) -> bool:
    return export.constants.wave is not None or any(
        column.kind is ColumnKind.WAVE or column.wave for column in export.source.columns
    )


def _find_span(export: Export) -> tuple[datetime, datetime] | None:
    cells = [cell for place in export.places(ColumnKind.DATE) for cell in export.cells[place].count_cells()]
    times = [time for time in read_dates(cells, export.dates).values if time]
    return (min(times), max(times)) if times else None
