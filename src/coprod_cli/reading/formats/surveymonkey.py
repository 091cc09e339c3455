"""A SurveyMonkey export goes in; its headings come out.

Two header rows: the question over its first column only, and below it the choice, the grid's row, or a word such as
'Response'. The question is carried over the blank cells that follow it, but not into the tool's own columns. The
"expanded" export has one column for each choice, in a grid `row - choice`; whoever flattened the two rows into one has
`question - row`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import are_boxes, mark_rankings
from coprod_cli.reading.formats.own_columns import OTHER_TEXT, list_siblings, take_cells
from coprod_cli.reading.grid import (
    SEARCHED_ROWS,
    Heading,
    Hint,
    Layout,
    count_filled,
    find_header_row,
    find_row_with,
    get_cell,
    measure_width,
)
from coprod_cli.reading.wording import clean_header

_TOOL = "SurveyMonkey fills it in"
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "SurveyMonkey writes who the person is; it is dropped")
_NUMBER = Hint(ColumnKind.PERSON, 0.6, "SurveyMonkey numbers the people; the same number would be the same person")
_WHEN = Hint(ColumnKind.DATE, 0.95, "SurveyMonkey writes when the form was begun and sent")
HINTS = {
    "respondent id": _NUMBER,
    "respondentid": _NUMBER,
    "collector id": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    "collectorid": Hint(ColumnKind.METADATA, 0.95, _TOOL),
    "start date": _WHEN,
    "startdate": _WHEN,
    "end date": _WHEN,
    "enddate": _WHEN,
    "ip address": _PERSONAL,
    "ipaddress": _PERSONAL,
    "email address": _PERSONAL,
    "emailaddress": _PERSONAL,
    "first name": _PERSONAL,
    "firstname": _PERSONAL,
    "last name": _PERSONAL,
    "lastname": _PERSONAL,
    "custom data": Hint(ColumnKind.PERSON, 0.7, "it holds the invitation's own number for the person"),
    "custom data 1": Hint(ColumnKind.PERSON, 0.7, "it holds the invitation's own number for the person"),
}
_IDS = frozenset({"respondent id", "respondentid"})
_BELOW = frozenset({"response", "open-ended response", "other (please specify)", "comments:"})
_OWN_WORDS = "open-ended response"
_NO_PART = frozenset({"", "response", "open-ended response", "comments:", "[added]"})
_OTHER = re.compile(r"^other\b.*\b(?:specify|describe|say|tell us|state)\b", re.IGNORECASE)
# What pandas writes over a column without a header.
_UNNAMED = re.compile(r"^Unnamed: \d+(?:_level_\d+)?$")
_FLAT_ENDING = re.compile(r"\s+- (?:response|open-ended response|comments:)$", re.IGNORECASE)
_DASH = " - "
_LEAST_OWN = 2
_LEAST_BELOW = 2
# What a spreadsheet makes of the tool's number included.
_LONG_NUMBER = re.compile(r"\d{9,13}(?:\.0)?")
_QUESTION_NUMBER = re.compile(r"Q\d{1,3}[a-z]?", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d{1,3})\. (.+)$")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d[ T]")
# As the tool writes it; a spreadsheet that saved it again would leave out the seconds and the zeros.
_AMERICAN = re.compile(r"^(?:0[1-9]|1[0-2])/\d\d/\d{4} \d\d:\d\d:\d\d")


def recognises(grid: Grid) -> float:
    """Whether a top row has the tool's own columns, or the row under the header its words ('Open-Ended Response')."""
    if grid.given_headers > 1:
        return 0.0
    own = find_row_with(grid, frozenset(HINTS) - {"start date", "end date"}, _LEAST_OWN)
    below = _find_words_below(grid)
    if below:
        return 0.95 if own is not None else 0.9
    flat = any(sum(bool(_FLAT_ENDING.search(cell.strip())) for cell in row) >= _LEAST_BELOW for row in grid.top[:1])
    return 0.7 if own is not None or flat or _is_numbered(grid) else 0.0


def questions(grid: Grid) -> Layout:
    """Two header rows when the second one is no form; one when somebody flattened them."""
    header, words = _find_header_rows(grid)
    first_row = (header if words is None else words) + 1
    top, below = grid.top[header] if grid.top else [], [] if words is None else grid.top[words]
    width = measure_width(grid, header, first_row)
    headings = (
        _carry_questions(top, below, width)
        if words is not None
        else _split_choices(grid, first_row, _split_flat(top, width))
    )
    headings = _mark_boxes(grid, first_row, _mark_other(headings))
    when = [heading.position for heading in headings if heading.hint is _WHEN]
    return Layout(
        first_row - header + sum(map(_is_of_numbers, grid.top[:header])),
        first_row,
        mark_rankings(grid, first_row, headings),
        dates=_tell_dates(grid, first_row, when),
    )


def _is_numbered(grid: Grid) -> bool:
    """Whether a column 'Respondent ID' holds nothing but numbers as long as SurveyMonkey's are."""
    header = find_row_with(grid, _IDS, 1)
    if header is None:
        return False
    place = next(place for place, cell in enumerate(grid.top[header]) if clean_header(cell).casefold() in _IDS)
    cells = take_cells(grid, place, header + 1)
    return bool(cells) and all(_LONG_NUMBER.fullmatch(cell) for cell in cells)


def _read_header(row: Sequence[str], position: int) -> str:
    cell = clean_header(get_cell(row, position))
    return "" if _UNNAMED.match(cell) else cell


def _find_words_below(grid: Grid) -> int | None:
    """The row under the header, by the tool's words in it; never the first row."""
    for index, row in enumerate(grid.top[:SEARCHED_ROWS]):
        if index and sum(map(_is_word_below, row)) >= _LEAST_BELOW and not _is_form(row, grid.top[:index]):
            return index
    return None


def _is_word_below(cell: str) -> bool:
    return clean_header(cell).casefold() in _BELOW


def _is_form(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Whether many cells of a row with the tool's words are none, though they stand alone under their question.

    Below a question of one column stands one of the tool's words or nothing; a form has answers there, and somebody may
    have answered 'Comments:'.
    """
    filled = next((each for each in reversed(above) if count_filled(each)), ())
    header = [_read_header(filled, place) for place in range(len(filled))]
    alone = [
        cell
        for place, cell in enumerate(row)
        if cell.strip() and get_cell(header, place) and get_cell([*header, "end"], place + 1)
    ]
    return sum(map(_is_word_below, alone)) * 3 <= len(alone) * 2 and bool(alone)


def _find_header_rows(grid: Grid) -> tuple[int, int | None]:
    """Indices of the questions and of what stands below them; there may be blank rows between."""
    words = _find_words_below(grid)
    if words is not None:
        filled = [above for above in range(words) if count_filled(grid.top[above])]
        own = find_row_with(grid, _IDS, 1)
        header = own if own is not None and own < words else filled[-1] if filled else words - 1
        return header, words
    ids = find_row_with(grid, _IDS, 1)
    if ids is None:
        return find_header_row(grid), None
    return ids, ids + 1 if _has_second_row(grid, ids) else None


def _has_second_row(grid: Grid, header: int) -> bool:
    if header + 1 >= len(grid.top) or grid.given_headers:
        return False
    top, below = grid.top[header], grid.top[header + 1]
    own = [place for place, cell in enumerate(top) if clean_header(cell).casefold() in HINTS]
    if any(clean_header(cell).casefold() in _BELOW for cell in below):
        return True
    return bool(own) and bool(count_filled(below)) and not any(get_cell(below, place).strip() for place in own)


def _is_of_numbers(row: Sequence[str]) -> bool:
    """Whether a row above the questions numbers them: Q1, Q2 ..."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and all(_QUESTION_NUMBER.fullmatch(cell) for cell in cells)


def _carry_questions(top: Sequence[str], below: Sequence[str], width: int) -> list[Heading]:
    headings = []
    stem = ""
    for position in range(width):
        # The only row of a rating has no words before the dash.
        question, part = _read_header(top, position), _read_header(below, position).removeprefix("- ")
        name = question.casefold()
        # Whoever wrote the header again by hand may have put the name into both rows.
        own = name in HINTS and part in ("", question)
        # A blank over a blank stands under no question: the row of the tool's own columns ends the one before.
        stem = question or (stem if part else "")
        said = "" if part.casefold() in _NO_PART else part
        raw = _join(stem, get_cell(below, position)) if said else (get_cell(top, position) if question else stem)
        headings.append(
            Heading(
                position,
                raw,
                _join(stem, said),
                stem,
                said,
                hint=HINTS[name] if own else None,
                submission=own and name in _IDS,
                words=part.casefold() == _OWN_WORDS,
            )
        )
        if own:
            stem = ""
    return headings


def _split_flat(top: Sequence[str], width: int) -> list[Heading]:
    """Headings of one row: `question - row` is taken apart where several columns share the question."""
    texts = [_FLAT_ENDING.sub("", _read_header(top, position)) for position in range(width)]
    shared = Counter(text.rpartition(_DASH)[0] for text in texts)
    headings = []
    for position, text in enumerate(texts):
        name = text.casefold()
        stem, _, part = text.rpartition(_DASH)
        if not stem or shared[stem] == 1 or name in HINTS:
            stem, part = text, ""
        headings.append(
            Heading(
                position,
                get_cell(top, position),
                text,
                stem,
                part,
                hint=HINTS.get(name),
                submission=name in _IDS,
            )
        )
    return headings


def _split_choices(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with those of boxes known that somebody called by the question's number and the choice: '3. Yes'.

    A question that has several columns and nothing but its own choices in them is made of boxes.
    """
    split = list(headings)
    groups: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        numbered = _NUMBERED.match(heading.text)
        if numbered:
            groups.setdefault(numbered.group(1), []).append(place)
    for number, places in groups.items():
        boxes = [
            headings[place]._replace(stem=f"{number}.", part=headings[place].text.removeprefix(f"{number}. "))
            for place in places
        ]
        if len(boxes) > 1 and are_boxes(grid, first_row, boxes):
            for place, box in zip(places, boxes, strict=True):
                split[place] = box
    return split


def _mark_other(headings: Sequence[Heading]) -> list[Heading]:
    return [
        heading._replace(hint=OTHER_TEXT) if heading.hint is None and _OTHER.match(heading.part) else heading
        for heading in headings
    ]


def _mark_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with the boxes of multi-selects and of the expanded export known.

    In an expanded grid every row becomes a question of its own, whose boxes are the grid's columns.
    """
    marked = list(headings)
    for places in list_siblings(headings).values():
        boxes = [headings[place] for place in places]
        if not are_boxes(grid, first_row, boxes):
            boxes = _part_rows(grid, first_row, boxes)
        for place, heading in zip(places, boxes, strict=False):
            marked[place] = heading._replace(choice=True)
    return marked


def _part_rows(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """Headings `row - column` as boxes of a question each row; none when their cells are no ticks."""
    labels = {cell for heading in headings for cell in map(clean_header, take_cells(grid, heading.position, first_row))}
    parted = []
    rows: dict[str, list[Heading]] = {}
    for heading in headings:
        label = max((each for each in labels if heading.part.endswith(f"{_DASH}{each}")), key=len, default="")
        row, dash, column = heading.part.rpartition(_DASH)
        if label:
            row, column = heading.part.removesuffix(f"{_DASH}{label}"), label
        if not dash:
            return []
        box = heading._replace(stem=_join(heading.stem, row.strip()), part=column)
        parted.append(box)
        rows.setdefault(box.stem, []).append(box)
    asked = [boxes for boxes in rows.values() if any(take_cells(grid, box.position, first_row) for box in boxes)]
    sure = bool(asked) and all(len(boxes) > 1 and are_boxes(grid, first_row, boxes) for boxes in asked)
    return parted if sure else []


def _join(question: str, part: str) -> str:
    return f"{question}{_DASH}{part}" if question and part and part != question else question or part


def _tell_dates(grid: Grid, first_row: int, places: Sequence[int]) -> str:
    """How the tool wrote its dates, in 2019 and before; empty once a spreadsheet has written them in its own way."""
    cells = [cell for place in places for cell in take_cells(grid, place, first_row)]
    for order, pattern in (("iso", _ISO), ("month", _AMERICAN)):
        if cells and all(pattern.match(cell) for cell in cells):
            return order
    return ""
