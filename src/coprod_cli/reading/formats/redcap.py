"""A REDCap export goes in; its headings, every form put together in one row, and unfinished forms come out.

One header row of field names (raw) or field labels. Boxes to tick are `field___1`, or `label (choice=...)`. Every
instrument ends with `<form>_complete`, or `Complete?`. People have several rows when there are events or repeated
instruments: what is asked once is written into each of their forms (see record_rows.py).
"""

import re
from collections.abc import Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column, Grid, Mask
from coprod_cli.reading.formats.own_columns import blank_marks, change_cells, head_own, read_names, tell_dates
from coprod_cli.reading.formats.record_rows import Joined, Turns, join_rows
from coprod_cli.reading.grid import Heading, Hint, Layout, LeftOut, get_cell, list_heads, measure_width
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "REDCap fills it in")
_WHEN = Hint(ColumnKind.DATE, 0.95, "REDCap writes when the form was sent")
_RECORD = Hint(ColumnKind.PERSON, 0.85, "REDCap keeps one record for each person")
_INVITED = Hint(ColumnKind.PERSON, 0.7, "it is REDCap's name for the person invited")
_EVENT = Hint(ColumnKind.WAVE, 0.85, "REDCap's events are the rounds in which people were asked")
_OWN = {
    "redcap_event_name": "event",
    "event name": "event",
    "redcap_repeat_instrument": "instrument",
    "repeat instrument": "instrument",
    "redcap_repeat_instance": "instance",
    "repeat instance": "instance",
    "redcap_data_access_group": "group",
    "data access group": "group",
    "redcap_survey_identifier": "identifier",
    "survey identifier": "identifier",
    "redcap_survey_timestamp": "timestamp",
    "survey timestamp": "timestamp",
    "complete?": "complete",
}
_EVERYWHERE = frozenset({"event", "instrument", "instance", "group", "identifier"})
_LABELS = frozenset({"event name", "repeat instrument", "repeat instance", "data access group", "survey identifier"})
_RECORD_NAMES = re.compile(r"^(?:(?:record|study|participant|subject|survey|patient|person) ?_?(?:id|number)|id)$")
_COMPLETE = re.compile(r"^\w+_complete$")
_TIMESTAMP = re.compile(r"^\w+_timestamp$")
_BOX = re.compile(r"^([a-z]\w*?)___(\w+)$")
_CHOICE = re.compile(r"^(.*\S)\s*\(choice=['\"]?(.*?)['\"]?\)$", re.DOTALL)
_NOT_COMPLETED = "[not completed]"
_NOT_SEEN = frozenset({"", "0", "unchecked"})
_STARTED = frozenset({"0", "incomplete"})
_DONE = frozenset({"2", "complete"})
_ESCAPE = re.compile(r"<U\+([0-9A-F]{4,6})>")
_LAST_CHARACTER = 0x10FFFF
_ARM = re.compile(r"_arm_(\d+)$|\s*\(Arm (\d+): .*\)$")


def recognises(grid: Grid) -> float:
    """Whether a top row has REDCap's own columns, or its names for boxes to tick and for complete instruments."""
    return 0.95 if _find_header(grid) is not None else 0.0


def questions(grid: Grid) -> Layout:
    """Field names or labels; rows that only complete another form of the same person are taken up into it."""
    header = _find_header(grid) or 0
    first_row = header + 1
    row = grid.top[header] if grid.top else []
    own = [_read_own(name) for name in read_names(row)]
    width = measure_width(grid, header, first_row)
    own += [""] * (width - len(own))
    headings = [_head(position, get_cell(row, position)) for position in range(width)]
    record = _find_record(headings, own)
    if record >= 0:
        headings[record] = headings[record]._replace(hint=_RECORD)
    columns = _clean(grid.columns)
    unfinished = _find_unfinished(grid, own, first_row)
    if record < 0:
        return Layout(1, first_row, tuple(headings), unfinished=unfinished, columns=columns)
    unseen = [_find_unseen(column, heading) for column, heading in zip(columns, headings, strict=False)]
    turns = Turns(record, tuple(own.index(name) for name in ("event", "instrument", "instance") if name in own))
    instruments = _list_instruments(own, record, [each[first_row:] for each in unseen])
    joined = join_rows(columns, turns, first_row, instruments, unseen)
    headings = _name_rounds(headings, own, joined, first_row)
    dates = [place for place, heading in enumerate(headings) if heading.hint is _WHEN]
    return Layout(
        1,
        first_row,
        tuple(headings),
        (LeftOut("joined_rows", joined.taken_up),),
        unfinished if unfinished is None else unfinished & ~joined.taken_up,
        tell_dates(grid, first_row, dates),
        columns=_shorten_events(joined.columns, own),
    )


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        names = read_names(row)
        if any(name.startswith("redcap_") for name in names):
            return index
        boxes = any(_BOX.match(name) for name in names)
        labelled = "complete?" in names or any(_CHOICE.match(name) for name in names)
        signs = (
            any(_COMPLETE.match(name) for name in names),
            boxes,
            labelled,
            any(_TIMESTAMP.match(name) for name in names) or "survey timestamp" in names,
            bool(_LABELS & set(names)),
            any(_RECORD_NAMES.match(name) for name in names[:2]),
        )
        if (signs[0] or boxes or labelled) and sum(signs) > 1:
            return index
    return None


def _read_own(name: str) -> str:
    if name in _OWN:
        return _OWN[name]
    if _COMPLETE.match(name):
        return "complete"
    return "timestamp" if _TIMESTAMP.match(name) else ""


def _head(position: int, raw: str) -> Heading:
    text = clean_header(raw)
    own = _read_own(text.casefold())
    if own:
        hint = {"timestamp": _WHEN, "identifier": _INVITED}.get(own, _TOOL)
        return head_own(position, raw, hint)
    # R writes row numbers under a header without a name.
    if not text and position == 0:
        return head_own(position, raw, _TOOL)
    box = _BOX.match(text)
    if box:
        return Heading(position, raw, text, box.group(1), box.group(2), text, choice=True)
    choice = _CHOICE.match(text)
    if choice:
        return Heading(position, raw, text, choice.group(1), choice.group(2), choice=True)
    code = text if re.fullmatch(r"[a-z]\w*", text) else ""
    return Heading(position, raw, text, text, code=code)


def _find_record(headings: Sequence[Heading], own: Sequence[str]) -> int:
    """The place of the record's number: the first column, or the second behind R's row numbers."""
    plain = [heading.position for heading in headings[:2] if not heading.hint and not heading.choice]
    named = [place for place in plain if _RECORD_NAMES.match(headings[place].text.casefold())]
    if named:
        return named[0]
    # Whatever it is called, the record stands right before what REDCap tells of it; unless somebody moved the columns.
    before = [place for place in plain if own[place + 1 : place + 2] in (["event"], ["instrument"])]
    moved = [heading.position for heading in headings if _RECORD_NAMES.match(heading.text.casefold())]
    return next(iter([*before, *moved]), -1)


def _list_instruments(own: Sequence[str], record: int, unseen: Sequence[Mask]) -> list[list[int]]:
    """The places of the fields of every instrument; behind each stands the column that says whether it is complete.

    Where those columns were deleted, an instrument ends where no row has cells on both sides.
    """
    ends = "complete" in own
    instruments: list[list[int]] = [[]]
    filled = np.zeros(len(unseen[record]), bool)
    for place, name in enumerate(own[: len(unseen)]):
        # What REDCap writes into every row is no part of an instrument.
        if place == record or name in _EVERYWHERE:
            continue
        here = ~unseen[place]
        if name == "complete" or not (ends or (filled & here).any() or not filled.any() or not here.any()):
            instruments.append([])
            filled = np.zeros(len(here), bool)
        if name != "complete":
            instruments[-1].append(place)
            filled |= here
    return [places for places in instruments if places]


def _clean(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns without R's mark for nothing, and with the letters that R on Windows could not write."""
    return change_cells(blank_marks(columns, frozenset({"na"})), lambda cell: _ESCAPE.sub(_write_character, cell))


def _write_character(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number <= _LAST_CHARACTER and chr(number).isprintable() else found.group()


def _find_unseen(column: Column, heading: Heading) -> Mask:
    """The rows where a field was not filled in: blank; an unseen box says 0, and a time stamp alone tells nothing."""
    if heading.hint is _WHEN:
        return np.ones(len(column.codes), bool)
    if heading.choice:
        return column.test(lambda cell: cell.strip().casefold() in _NOT_SEEN)
    return ~column.filled


def _find_unfinished(grid: Grid, own: Sequence[str], first_row: int) -> Mask | None:
    """Rows of a survey that was begun and not sent; without time stamps, of instruments none of which is complete.

    People who type in paper forms may leave every instrument 'Incomplete': that tells only where most are complete.
    """
    stamps = [place for place, name in enumerate(own) if name == "timestamp"]
    begun = np.zeros(grid.height, bool)
    for place in stamps:
        begun |= grid.find_rows(place, first_row, lambda cell: cell.strip().casefold() == _NOT_COMPLETED)
    if stamps:
        return begun
    done, started = np.zeros(grid.height, bool), np.zeros(grid.height, bool)
    for place in (place for place, name in enumerate(own) if name == "complete"):
        done |= grid.find_rows(place, first_row, lambda cell: cell.strip().casefold() in _DONE)
        started |= grid.find_rows(place, first_row, lambda cell: cell.strip().casefold() in _STARTED)
    return started & ~done if int(done.sum()) * 2 > int((started | done).sum()) else None


def _name_rounds(headings: Sequence[Heading], own: Sequence[str], joined: Joined, first_row: int) -> list[Heading]:
    """The headings; the event is the round of the survey when forms of several events are left."""
    named = list(headings)
    for place, name in enumerate(own):
        if name == "event" and joined.asked_again:
            kept = ~joined.taken_up
            kept[:first_row] = False
            events = joined.columns[place].keep(kept).count_cells()
            if len(events) > 1:
                named[place] = headings[place]._replace(hint=_EVENT)
    return named


def _shorten_events(columns: Sequence[Column], own: Sequence[str]) -> tuple[Column, ...]:
    """The columns, with events without the name of the arm where the study has only one."""
    short = list(columns)
    for place, name in enumerate(own):
        if name == "event":
            arms = {found.group(1) or found.group(2) for cell in columns[place].values if (found := _ARM.search(cell))}
            if len(arms) == 1:
                short[place] = columns[place].change(lambda cell: _ARM.sub("", cell).strip())
    return tuple(short)
