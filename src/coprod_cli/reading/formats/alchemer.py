"""An Alchemer (SurveyGizmo) export goes in; its headings, unfinished forms, and people who were screened out, come out.

One header row. The row of a grid, or the choice, stands in front of the question: `row:question`,
`Other - Write In:question`. Several answers in one cell have `;` between them. `Status` is Complete, Partial or
Disqualified.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import mark_rankings
from coprod_cli.reading.formats.own_columns import (
    OTHER_TEXT,
    head_own,
    list_siblings,
    mark_ticked,
    read_names,
    take_cells,
    tell_dates,
)
from coprod_cli.reading.grid import (
    Heading,
    Hint,
    Layout,
    LeftOut,
    find_header_row,
    get_cell,
    list_heads,
    measure_width,
)
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "Alchemer fills it in")
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "Alchemer writes who or where the person is; it is dropped")
_WHEN = Hint(ColumnKind.DATE, 0.95, "Alchemer writes when the form was begun and sent")
HINTS = {
    "response id": _TOOL,
    "time started": _WHEN,
    "date submitted": _WHEN,
    "status": _TOOL,
    "contact id": _TOOL,
    "legacy comments": _TOOL,
    "language": _TOOL,
    "referer": _TOOL,
    "extended referer": _TOOL,
    "sessionid": _TOOL,
    "session id": _TOOL,
    "user agent": _PERSONAL,
    "extended user agent": _PERSONAL,
    "tags": _TOOL,
    "link id": _TOOL,
    "link name": _TOOL,
    "ip address": _PERSONAL,
    "longitude": _PERSONAL,
    "latitude": _PERSONAL,
    "country": _PERSONAL,
    "city": _PERSONAL,
    "state/region": _PERSONAL,
    "postal": _PERSONAL,
    "is test data": _TOOL,
    "test data": _TOOL,
}
_SURE = frozenset({"response id", "time started", "date submitted", "status"})
_LEAST_SURE = 3
# 'Parents were heard:How far did this happen?', without a blank behind the colon.
_TURNED = re.compile(r"^[^:]*[^:\s]:([^\s:/][^:]{5,})$")
_LEAST_ROWS = 3
_TWO_OF_IT = ({"time started", "date submitted"}, {"time started", "status"}, {"legacy comments", "sessionid"})
_WRITE_IN = re.compile(r"^(?:other|none of the above|.{1,60}) - write[- ]in(?: \(required\))?$|^other$", re.IGNORECASE)
_VARIABLE = re.compile(r"^URL Variable:\s*(.+)$", re.IGNORECASE)
_OWN_VARIABLE = re.compile(r"^(?:__\w*|s?guid|snc|sg\w*)$", re.IGNORECASE)
_COMMENT = "comments"
_PARTIAL = frozenset({"partial", "incomplete", "in progress"})
_SCREENED = frozenset({"disqualified"})
_TEST = frozenset({"test", "test data", "true", "yes", "1"})
_TRIED = ("is test data", "test data")


def recognises(grid: Grid) -> float:
    """Whether a top row has Alchemer's own columns; else whether questions stand behind the rows of their grids."""
    if _find_header(grid) is not None:
        return 0.92
    row = grid.top[find_header_row(grid)] if grid.top else []
    ends = Counter(found.group(1) for cell in row if (found := _TURNED.match(clean_header(cell))))
    return 0.55 if max(ends.values(), default=0) >= _LEAST_ROWS else 0.0


def questions(grid: Grid) -> Layout:
    """One header row; the question is what several columns have in common behind the colon."""
    found = _find_header(grid)
    header = found if found is not None else find_header_row(grid)
    first_row = header + 1
    row = grid.top[header] if grid.top else []
    names = read_names(row)
    width = measure_width(grid, header, first_row)
    texts = [clean_header(get_cell(row, position)) for position in range(width)]
    ends = Counter(end for text in texts for end in _list_ends(text)) + Counter(texts)
    headings = [_head(position, get_cell(row, position), names, ends) for position in range(width)]
    headings = _mark_boxes(grid, first_row, headings)
    dates = [heading.position for heading in headings if heading.hint is _WHEN]
    status = names.index("status") if "status" in names else -1
    tried = np.zeros(grid.height, bool)
    for name in _TRIED:
        if name in names:
            tried |= grid.find_rows(names.index(name), first_row, lambda cell: cell.strip().casefold() in _TEST)
    screened = grid.find_rows(status, first_row, lambda cell: cell.strip().casefold() in _SCREENED)
    partial = grid.find_rows(status, first_row, lambda cell: cell.strip().casefold() in _PARTIAL)
    return Layout(
        1,
        first_row,
        mark_rankings(grid, first_row, headings),
        (LeftOut("test_rows", tried), LeftOut("screened_rows", screened & ~tried)),
        partial if status >= 0 else None,
        tell_dates(grid, first_row, dates),
        ";",
    )


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        names = set(read_names(row))
        if len(names & _SURE) >= _LEAST_SURE or any(pair <= names for pair in _TWO_OF_IT):
            return index
    return None


def _list_ends(text: str) -> list[str]:
    """What stands behind each colon of a header."""
    return [text[found.end() :].strip() for found in re.finditer(":", text) if text[found.end() :].strip()]


def _head(position: int, raw: str, names: Sequence[str], ends: Counter[str]) -> Heading:
    text = clean_header(raw)
    name = text.casefold()
    if name in HINTS or (name == _COMMENT and _is_own_comment(position, names)):
        return head_own(position, raw, HINTS.get(name, _TOOL), submission=name == "response id")
    variable = _VARIABLE.match(text)
    if variable:
        text = variable.group(1)
        return Heading(position, raw, text, text, hint=_TOOL if _OWN_VARIABLE.match(text) else None)
    # The question may hold colons itself: it is the end that most columns share, and of those the longest.
    shared = [end for end in _list_ends(text) if ends[end] > 1]
    if not shared:
        return Heading(position, raw, text, text)
    stem = max(shared, key=lambda end: (ends[end], len(end)))
    part = text[: len(text) - len(stem)].strip().rstrip(":").strip()
    if _WRITE_IN.match(part):
        return Heading(position, raw, f"{stem} - {part}", stem, part, hint=OTHER_TEXT)
    return Heading(position, raw, f"{stem} - {part}", stem, part)


def _is_own_comment(position: int, names: Sequence[str]) -> bool:
    """Whether 'Comments' is Alchemer's own column, among its others, and no question."""
    around = {*names[max(position - 1, 0) : position], *names[position + 1 : position + 2]}
    return bool(around & {"legacy comments", "language", "contact id", "referer"})


def _mark_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with columns that only repeat what stands in front of the colon as boxes to tick."""
    marked = list(headings)
    for places in list_siblings(headings).values():
        boxes = [place for place in places if take_cells(grid, place, first_row)]
        if boxes and all(
            {clean_header(cell) for cell in take_cells(grid, place, first_row)} == {headings[place].part}
            for place in boxes
        ):
            for place in places:
                marked[place] = mark_ticked(headings[place])
    return marked
