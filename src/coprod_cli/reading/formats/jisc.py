"""A Jisc Online Surveys (BOS) export goes in; its headings come out.

As CSV or workbook one header row: `Unique Response Number`, and questions behind their numbers (`7. `, `9.b.ii.a. `).
As SPSS file names (`URN`, `Q3_1`) and labels in two rows; a question with several answers has one column for each.
"""

import re
from collections.abc import Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import mark_rankings
from coprod_cli.reading.formats.numbering import split_number, write_code
from coprod_cli.reading.formats.own_columns import (
    ASKS_FOR_ALL,
    OTHER_TEXT,
    find_blank,
    head_own,
    list_siblings,
    mark_ticked,
    read_names,
    take_cells,
    tell_dates,
)
from coprod_cli.reading.grid import Heading, Hint, Layout, find_row_with, get_cell, measure_width
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "Jisc Online Surveys fills it in")
_WHEN = Hint(ColumnKind.DATE, 0.95, "Jisc Online Surveys writes when the form was begun and sent")
_NUMBER = Hint(ColumnKind.METADATA, 0.95, "Jisc Online Surveys numbers the forms")
HINTS = {
    "unique response number": _NUMBER,
    "urn": _NUMBER,
    "started": _WHEN,
    "completed": _WHEN,
    "date started": _WHEN,
    "date completed": _WHEN,
    "start date": _WHEN,
    "completion date": _WHEN,
    "date submitted": _WHEN,
    "submitted": _WHEN,
    "time taken": _TOOL,
    "response time": _TOOL,
    "duration": _TOOL,
    "survey language": _TOOL,
    "language": _TOOL,
    "username": Hint(ColumnKind.METADATA, 0.95, "Jisc Online Surveys writes who the person is; it is dropped"),
    "token": Hint(ColumnKind.PERSON, 0.85, "it holds the invitation's own code for the person"),
}
_SENT = ("completed", "date completed", "completion date", "date submitted", "submitted")
_URN = frozenset({"unique response number"})
_CODE = re.compile(r"^Q\d+(?:_\w+)?$", re.IGNORECASE)
# '9. How far ... ? - 9.b. Parents were heard': the question and its row, each with its number.
_NESTED = re.compile(r"^(?P<stem>.+?)\s?(?:-\s?)?\b(?P<number>\d{1,3}\.[\w.]{1,20})\.\s+(?P<row>\S.*)$", re.DOTALL)
_OTHER = re.compile(r"^(?:if you selected )?other\b|please specify", re.IGNORECASE)


def recognises(grid: Grid) -> float:
    """Whether a top row has the Unique Response Number."""
    if find_row_with(grid, _URN, 1) is not None:
        return 0.9
    names = set(read_names(grid.top[0])) if grid.top else set()
    return 0.8 if grid.given_headers > 1 and "urn" in names and any(_CODE.match(name) for name in names) else 0.0


def questions(grid: Grid) -> Layout:
    """Numbers are taken off the questions; labels of the SPSS file are questions, or a question and its choice."""
    spss = grid.given_headers > 1 and len(grid.top) > 1
    header = 0 if spss else find_row_with(grid, _URN, 1) or 0
    first_row = header + (2 if spss else 1)
    codes = grid.top[header] if grid.top else []
    texts = grid.top[header + 1] if spss else codes
    headings = [
        _head(position, get_cell(codes, position), get_cell(texts, position))
        for position in range(measure_width(grid, header, first_row))
    ]
    headings = _mark_boxes(grid, first_row, headings)
    names = read_names(texts)
    sent = next((names.index(name) for name in _SENT if name in names), -1)
    dates = [heading.position for heading in headings if heading.hint is _WHEN]
    return Layout(
        first_row - header,
        first_row,
        mark_rankings(grid, first_row, headings),
        unfinished=find_blank(grid, sent, first_row),
        # Its own way, '8th Mar 2016 10:57 am', leaves no doubt either; the day stands first.
        dates=tell_dates(grid, first_row, dates) or "day",
    )


def _head(position: int, code: str, raw: str) -> Heading:
    text = clean_header(raw) or clean_header(code)
    own = text.casefold() if text.casefold() in HINTS else clean_header(code).casefold()
    if own in HINTS:
        return head_own(position, raw or code, HINTS[own], submission=HINTS[own] is _NUMBER)
    number, text = split_number(text)
    nested = _NESTED.match(text) if number else None
    if nested and nested["number"].casefold().startswith(f"{number}."):
        stem, part = nested["stem"].strip(), nested["row"].strip()
        number = nested["number"].casefold()
        text = f"{stem} - {part}"
    elif _CODE.match(clean_header(code)):
        stem, part = _split_label(text)
    else:
        stem, part = text, ""
    name = clean_header(code) if _CODE.match(clean_header(code)) else write_code(number)
    hint = OTHER_TEXT if _OTHER.search(part or text) else None
    return Heading(position, raw or code, text, stem, part, name, hint)


def _split_label(label: str) -> tuple[str, str]:
    """'PetLikes - Dogs' as ('PetLikes', 'Dogs'): a question with several answers, in the labels of the SPSS file."""
    stem, _, part = label.rpartition(" - ")
    return (stem.strip(), part.strip()) if stem.strip() and part.strip() else (label, "")


def _mark_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with columns whose only cell repeats the choice as boxes to tick of their question."""
    marked = list(headings)
    for stem, places in list_siblings(headings).items():
        cells = {place: take_cells(grid, place, first_row) for place in places}
        repeats = all(not each or each == {headings[place].part} for place, each in cells.items())
        ticked = bool(ASKS_FOR_ALL.search(stem)) and all(each <= {"1", "0", "Yes", "No"} for each in cells.values())
        if any(cells.values()) and (repeats or ticked):
            for place in places:
                marked[place] = mark_ticked(headings[place])
    return marked
