"""Understood exports go in; which of their forms are kept, and which only repeat another form, comes out.

Only an id that is no running number, or a time to the second, tells a form from one that looks the same: two people may
well have ticked the same boxes.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Mask
from coprod_cli.reading.export import Export
from coprod_cli.reading.forms import NOBODY, PLAIN_NUMBER
from coprod_cli.reading.hashing import Hashes, hash_text, mix, number_twins
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key

_TIME = re.compile(r"\d:\d\d:\d\d")
_NO_TIME = re.compile(r"\b0?0:00:00")


def find_repeats(exports: Sequence[Export], contents: Sequence[Hashes], told: list[Told]) -> list[Mask]:
    """For every export, which forms are no repetition; how many are is told.

    Args:
        exports: the files, in an order that does not depend on their names.
        contents: of each file, a number for the content of each of its forms.
        told: gets a note of what is left out.
    """
    kept = []
    seen: Counter[int] = Counter()
    twice = others = 0
    for export, content in zip(exports, contents, strict=True):
        keep = ~_repeats_within(export, content)
        twice += int((~keep).sum())
        if len(exports) > 1:
            again = keep & _find_seen(export, content, seen)
            others += int(again.sum())
            keep &= ~again
        kept.append(keep)
    told += [Told("same_form_twice", twice), Told("same_form_in_files", others)]
    return kept


def _list_submissions(export: Export) -> list[int]:
    places = [place for place, heading in enumerate(export.headings) if heading.submission]
    return places or export.places(ColumnKind.PERSON)


def _has(export: Export, places: Sequence[int], test: Callable[[str], object]) -> Mask:
    found = np.zeros(len(export.finished), bool)
    for place in places:
        found |= export.cells[place].test(test)
    return found


def _repeats_within(export: Export, content: Hashes) -> Mask:
    """Forms with a number of their own that another form of the same file has, with the same answers."""
    named = _has(export, _list_submissions(export), str.strip)
    repeats: Mask = named & (number_twins(content) > 0)
    return repeats


def _find_seen(export: Export, content: Hashes, seen: Counter[int]) -> Mask:
    """Forms that a file read before holds, too, as when an export was made twice while people answered.

    What is there three times here and twice there, without ids, is three forms.
    """
    submissions = _list_submissions(export)
    named = _has(export, submissions, _is_telling)
    timed = _has(export, export.places(ColumnKind.DATE), lambda cell: _TIME.search(cell) and not _NO_TIME.search(cell))
    any_id = _has(export, submissions, str.strip)
    role = "" if export.places(ColumnKind.ROLE) else export.role or ""
    told_apart = mix(content, hash_text(role, repr(export.constants)))
    twins = number_twins(content)
    found = np.zeros(len(content), bool)
    here: Counter[int] = Counter()
    for row in np.flatnonzero(named | timed).tolist():
        form = int(told_apart[row])
        found[row] = seen[form] >= (1 if any_id[row] else int(twins[row]) + 1)
        here[form] += 1
    seen |= here
    return found


def _is_telling(cell: str) -> bool:
    return bool(cell.strip()) and make_cell_key(cell) not in NOBODY and not PLAIN_NUMBER.fullmatch(cell.strip())
