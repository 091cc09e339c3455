"""A table from any tool or by hand goes in; its headings come out.

A table with two or more columns that survey tools call alike ("Response ID", "Started", "Time taken") comes from a tool
that coprod does not know: such columns are no questions, and a status tells which forms were finished.
"""

import re
from collections.abc import Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, Grid, Mask
from coprod_cli.reading.formats.groups import mark_rankings
from coprod_cli.reading.formats.merged_headers import lay_out_merged
from coprod_cli.reading.formats.named_headers import lay_out_named
from coprod_cli.reading.formats.nested_names import take_off_groups
from coprod_cli.reading.formats.numbering import are_numbered, split_number
from coprod_cli.reading.formats.own_columns import blank_marks, find_blank, take_cells
from coprod_cli.reading.grid import Heading, Hint, Layout, LeftOut, find_header_row, lay_out_one_row, split_bracket
from coprod_cli.reading.wording import clean_header, make_key

_NUMBER = Hint(ColumnKind.METADATA, 0.9, "it numbers the forms, not the people")
_TOOL = Hint(ColumnKind.METADATA, 0.9, "the survey tool fills it in")
_PERSONAL = Hint(ColumnKind.METADATA, 0.9, "the survey tool writes who or where the person is; it is dropped")
_WHEN = Hint(ColumnKind.DATE, 0.9, "the survey tool writes when the form was begun and sent")
# Compared as make_key writes them: lower case, no punctuation.
_NAMES: dict[Hint, tuple[str, ...]] = {
    _NUMBER: (
        "response id", "responseid", "response number", "response no", "response uuid", "submission id",
        "submission number", "entry id", "entry number", "unique response number", "unique response id",
    ),
    _WHEN: (
        "started", "started at", "started on", "start time", "start date", "date started", "time started", "begun",
        "completed", "completed at", "completed on", "date completed", "time completed", "completion time",
        "completion date", "finished at", "end time", "end date", "ended", "ended at", "submitted", "submitted at",
        "submitted on", "submit date", "submit time", "date submitted", "time submitted", "submission date",
        "submission time", "created", "created at", "date created", "created on", "last updated", "updated at",
        "last modified", "modified at", "date modified", "timestamp", "time stamp", "recorded date", "response date",
    ),
    _PERSONAL: (
        "ip", "ip address", "ipaddress", "respondent name", "respondent email", "respondent e mail", "contact name",
        "contact email", "email", "email address", "e mail", "e mail address", "first name", "last name", "location",
        "geolocation", "gps", "latitude", "longitude", "user agent", "country", "city", "region", "postal code",
    ),
    _TOOL: (
        "tracking link", "tracking id", "collector", "collector id", "collector name", "collector type", "channel",
        "link", "link name", "link id", "survey link", "survey id", "survey name", "survey version", "form name",
        "form version", "device", "device type", "browser", "browser version", "operating system", "os", "platform",
        "screen resolution", "language", "user language", "survey language", "locale", "referrer", "referer",
        "referrer url", "referral url", "source url", "page url", "time taken", "time taken seconds",
        "time taken in seconds", "time taken minutes", "time taken in minutes", "time taken mins", "time to complete",
        "completion time minutes", "completion time seconds", "duration", "duration seconds", "duration minutes",
        "duration in seconds", "progress", "status", "response status", "completion status", "response type",
        "is complete", "complete", "finished", "last page", "session id", "sessionid", "is test", "test response",
        "test data", "tags", "total score", "quota", "userno", "user no", "page path",
        "invitation status", "email status",
    ),
}  # fmt: skip
_HINTS = {name: hint for hint, names in _NAMES.items() for name in names}
_LEAST_OWN = 2
_SLASH = re.compile("/")
# Also what a spreadsheet writes where a formula failed.
_NOTHING = frozenset(
    {"-", "--", "\u2013", "\u2014", ".", "..", "#N/A", "#NULL!", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!"}
)
_LEAST_DASHED = 3
_DATE = re.compile(
    r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9}\.? \d{2,4}|^[A-Za-z]{3,9} \d"
)
_LEAST_DATES = 0.8
_STATUS = frozenset(
    {"status", "response status", "completion status", "is complete", "complete", "completed", "finished"}
)
_SENT = frozenset({"complete", "completed", "finished", "submitted", "full", "yes", "true", "1"})
_BEGUN = frozenset(
    {"partial", "partially complete", "partially completed", "incomplete", "in progress", "started", "not completed",
     "not complete", "unfinished", "abandoned", "dropped out", "no", "false", "0"},
)  # fmt: skip
_SCREENED = frozenset({"disqualified", "screened out", "screen out", "quota full", "over quota", "terminated"})
_WHEN_SENT = frozenset(
    {"completed", "completed at", "completed on", "date completed", "completion date", "submitted", "submitted at",
     "submitted on", "date submitted", "submission date", "submit date"},
)  # fmt: skip
_TESTS = frozenset({"is test", "test response", "test data"})
_TRUE = frozenset({"yes", "true", "1"})


def recognises(grid: Grid) -> float:
    """Every table is a plain one when nothing better is known."""
    return 0.1 if grid.top else 0.0


def questions(grid: Grid) -> Layout:
    """The first full row is the header, or rows with merged cells, or names over questions; titles are passed over."""
    layout = lay_out_merged(grid) or lay_out_named(grid) or lay_out_one_row(grid, find_header_row(grid), {})
    if layout.header_rows == 1:
        headings = mark_rankings(grid, layout.first_row, _take_off_numbers(layout.headings))
        layout = layout._replace(headings=headings)
    if grid.given_headers and any("/" in heading.text for heading in layout.headings):
        layout = layout._replace(headings=tuple(take_off_groups(layout.headings, _SLASH)))
    layout = layout._replace(columns=_blank_dashes(grid))
    keys = [make_key(heading.text) for heading in layout.headings]
    if sum(key in _HINTS for key in keys) < _LEAST_OWN:
        return layout
    return layout._replace(
        headings=tuple(_hint(grid, layout.first_row, *each) for each in zip(layout.headings, keys, strict=True)),
        left_out=(
            LeftOut("test_rows", _find_words(grid, keys, layout.first_row, _TESTS, _TRUE)),
            LeftOut("screened_rows", _find_words(grid, keys, layout.first_row, _STATUS, _SCREENED)),
        ),
        unfinished=_find_unfinished(grid, keys, layout.first_row),
    )


def _blank_dashes(grid: Grid) -> tuple[Column, ...]:
    """The columns without the dashes and full stops that people type where there is no answer, if they do so at all."""
    used = [marks for column in grid.columns if (marks := _NOTHING.intersection(column.values))]
    if len(used) < _LEAST_DASHED:
        return ()
    return blank_marks(grid.columns, frozenset(mark.casefold() for mark in frozenset().union(*used)))


def _take_off_numbers(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings without the paths of numbers in front ('9.b.ii. '), if they are numbered throughout."""
    if not are_numbered([heading.text for heading in headings]):
        return tuple(headings)
    plain = []
    for heading in headings:
        text = clean_header(split_number(heading.text).text)
        stem, part = split_bracket(text)
        plain.append(heading._replace(text=text, stem=stem, part=part))
    return tuple(plain)


def _hint(grid: Grid, first_row: int, heading: Heading, key: str) -> Heading:
    hint = _HINTS.get(key)
    if hint is _WHEN and not _are_dates(grid, heading.position, first_row):
        hint = _TOOL if key in _STATUS and _tells_status(grid, heading.position, first_row) else None
    return heading._replace(hint=hint, submission=hint is _NUMBER)


def _are_dates(grid: Grid, place: int, first_row: int) -> bool:
    cells = take_cells(grid, place, first_row)
    return bool(cells) and sum(bool(_DATE.match(cell)) for cell in cells) >= _LEAST_DATES * len(cells)


def _tells_status(grid: Grid, place: int, first_row: int) -> bool:
    cells = take_cells(grid, place, first_row)
    return bool(cells) and all(cell.casefold() in _SENT | _BEGUN | _SCREENED for cell in cells)


def _find_words(grid: Grid, keys: Sequence[str], first_row: int, names: frozenset[str], words: frozenset[str]) -> Mask:
    """For every row, whether a column of these names holds one of these words, and no words but those of a status."""
    found = np.zeros(grid.height, bool)
    for place, key in enumerate(keys):
        if key in names and _tells_status(grid, place, first_row):
            found |= grid.find_rows(place, first_row, lambda cell: cell.strip().casefold() in words)
    return found


def _find_unfinished(grid: Grid, keys: Sequence[str], first_row: int) -> Mask | None:
    """Forms that a status calls partial; without a status, those without the date at which most were sent."""
    told = [key in _STATUS and _tells_status(grid, place, first_row) for place, key in enumerate(keys)]
    if any(told):
        return _find_words(grid, keys, first_row, _STATUS, _BEGUN)
    for place, key in enumerate(keys):
        if key in _WHEN_SENT and _are_dates(grid, place, first_row):
            blank = find_blank(grid, place, first_row)
            # Where most are blank the column is about something else.
            if blank is not None and int(blank.sum()) * 2 < grid.height - first_row:
                return blank
    return None
