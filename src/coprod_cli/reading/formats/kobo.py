"""A KoboToolbox or ODK export goes in; its headings come out.

One header row of `group/question`, as names or as labels, and perhaps a row of HXL tags below. The tool's own columns
stand at the end (`_id`, `_uuid`, `_submission_time` ...; ODK: `SubmissionDate` ... `KEY`). A question with several
answers has one cell with all of them and one column for each; a place has four columns more.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid, Mask
from coprod_cli.reading.column_rules import ASKS_FOR_WORDS, COMMENT
from coprod_cli.reading.formats.nested_names import are_grouped, is_paired, take_off_groups
from coprod_cli.reading.formats.own_columns import blank_marks, head_own, read_names, take_cells, tell_dates
from coprod_cli.reading.grid import (
    BETWEEN_CHOICES,
    Heading,
    Hint,
    Layout,
    LeftOut,
    count_filled,
    find_header_row,
    get_cell,
    list_heads,
    measure_width,
)
from coprod_cli.reading.wording import clean_header, make_key

_TOOL = Hint(ColumnKind.METADATA, 0.95, "KoboToolbox or ODK fills it in")
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "KoboToolbox or ODK writes who or where the person is; it is dropped")
_WHEN = Hint(ColumnKind.DATE, 0.95, "KoboToolbox or ODK writes when the form was begun and sent")
HINTS = {
    "start": _WHEN,
    "end": _WHEN,
    "today": _WHEN,
    "starttime": _WHEN,
    "endtime": _WHEN,
    "_submission_time": _WHEN,
    "submissiondate": _WHEN,
    "_date_modified": _TOOL,
    "deviceid": _PERSONAL,
    "simserial": _PERSONAL,
    "subscriberid": _PERSONAL,
    "phonenumber": _PERSONAL,
    "username": _PERSONAL,
    "device_id": _PERSONAL,
    "_submitted_by": _PERSONAL,
    "submitterid": _PERSONAL,
    "submittername": _PERSONAL,
    "_geolocation": _PERSONAL,
} | dict.fromkeys(
    (
        "_id", "_uuid", "_validation_status", "_notes", "_status", "__version__", "_version_", "_version", "_tags",
        "_index", "_parent_table_name", "_parent_index", "_duration", "_total_media", "_media_count",
        "_media_all_received", "_xform_id", "_attachments", "_submission__id", "_submission__uuid",
        "_submission__submission_time", "_submission__validation_status", "meta/instanceid", "meta/rootuuid",
        "meta/instancename", "meta/deprecatedid", "meta-instanceid", "meta-instancename", "instanceid", "formhub/uuid",
        "key", "parent_key", "attachmentspresent", "attachmentsexpected", "reviewstate", "formversion", "devicename",
        "meta/audit",
    ),
    _TOOL,
)  # fmt: skip
_ODK_HINTS = dict.fromkeys(("status", "edits", "parent_key"), _TOOL)
_TELLING = frozenset(
    {
        "_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_submitted_by", "_index",
        "meta/instanceid", "formhub/uuid", "_xform_id", "_submission__id", "_submission__uuid", "_parent_index",
    },
)  # fmt: skip
_ODK = frozenset({"submissiondate", "meta-instanceid", "submitterid", "submittername", "instanceid", "key"})
_FORMS = frozenset({"_uuid", "meta/instanceid", "meta-instanceid", "key", "instanceid"})
_REVIEWS = ("_validation_status", "reviewstate")
_REJECTED = frozenset({"not approved", "validation_status_not_approved", "rejected"})
_LEAST_OWN = 2
_LEAST_BOXES = 2
_GEO = re.compile(r"^_(.+)_(?:latitude|longitude|altitude|precision)$", re.IGNORECASE)
_ODK_GEO = re.compile(r"[-_:](?:latitude|longitude|altitude|accuracy)$", re.IGNORECASE)
_HXL = re.compile(r"^#[a-z]+(?:[+,#].*)?$", re.IGNORECASE)
_CODE = re.compile(r"^[a-z0-9][\w\-]*$")
_MOST_CODES = 25
_TICKS = frozenset({"true", "false", "1", "0"})


def recognises(grid: Grid) -> float:
    """Whether a top row has at least two of the tool's own columns; else whether most headers name their group."""
    if _find_header(grid) is not None:
        return 0.9
    # Records within records give such names, too.
    grouped = bool(grid.top) and not grid.given_headers and are_grouped(grid.top[find_header_row(grid)])
    return 0.55 if grouped else 0.0


def questions(grid: Grid) -> Layout:
    """Groups are taken off the questions; boxes to tick are known by the question they belong to."""
    found = _find_header(grid)
    header = found if found is not None else find_header_row(grid)
    row = grid.top[header] if grid.top else []
    tagged = header + 1 < len(grid.top) and _is_hxl(grid.top[header + 1])
    first_row = header + (2 if tagged else 1)
    odk = "submissiondate" in read_names(row)
    own = HINTS | _ODK_HINTS if odk else HINTS
    width = measure_width(grid, header, first_row)
    headings = [_head(position, get_cell(row, position), own) for position in range(width)]
    headings = _mark_boxes(grid, first_row, headings)
    headings = take_off_groups(headings, re.compile(r"[/-]" if odk else "/"))
    dates = [heading.position for heading in headings if heading.hint is _WHEN]
    # Old exports write n/a into every cell of a question that was not asked.
    columns = list(blank_marks(grid.columns, frozenset({"n/a"})))
    for place, heading in enumerate(headings):
        if (
            heading.code
            and not (heading.hint or heading.choice or heading.several)
            and not any(rule.search(make_key(heading.text)) for rule in (ASKS_FOR_WORDS, COMMENT))
            and _holds_codes(grid, place, first_row)
        ):
            headings[place] = heading._replace(several=True)
            columns[place] = columns[place].change(lambda cell: BETWEEN_CHOICES.join(cell.split()))
    return Layout(
        first_row - header,
        first_row,
        tuple(headings),
        (LeftOut("rejected_rows", _find_rejected(grid, row, first_row)),),
        dates=tell_dates(grid, first_row, dates),
        columns=tuple(columns),
    )


def _find_header(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)):
        names = set(read_names(row))
        if len(names & _TELLING) >= _LEAST_OWN or ("submissiondate" in names and len(names & _ODK) >= _LEAST_OWN):
            return index
    return None


def _find_rejected(grid: Grid, row: Sequence[str], first_row: int) -> Mask:
    """Forms that the survey's own people marked as not approved or rejected."""
    rejected = np.zeros(grid.height, bool)
    for place, name in enumerate(read_names(row)):
        if name in _REVIEWS:
            rejected |= grid.find_rows(place, first_row, lambda cell: cell.strip().casefold() in _REJECTED)
    return rejected


def _is_hxl(row: Sequence[str]) -> bool:
    tags = sum(bool(_HXL.match(cell.strip())) for cell in row)
    return tags * 2 > count_filled(row)


def _head(position: int, raw: str, own: Mapping[str, Hint]) -> Heading:
    text = clean_header(raw)
    name = text.casefold()
    last = re.split(r"[/:]", name)[-1]
    hint = own.get(name) or (own.get(last) if last.startswith("_") else None)
    if hint or _GEO.match(text) or _ODK_GEO.search(text):
        return head_own(position, raw, hint or _PERSONAL, submission=name in _FORMS)
    return Heading(position, raw, text, text)


def _mark_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with `question/choice` columns as boxes to tick of their question."""
    marked = list(headings)
    places = {heading.text: heading.position for heading in headings if not heading.hint}
    boxes: dict[str, list[int]] = {}
    for heading in headings:
        if heading.hint or not _is_ticked(grid, heading.position, first_row):
            continue
        stem, part = _split_choice(heading.text, places)
        if part:
            boxes.setdefault(stem, []).append(heading.position)
    for stem, members in boxes.items():
        summary = places.get(stem, -1)
        if summary < 0 and (len(members) < _LEAST_BOXES or is_paired(stem)):
            continue
        for place in members:
            part = headings[place].text[len(stem) + 1 :].lstrip("/:")
            marked[place] = headings[place]._replace(stem=stem, part=part, choice=True)
        if summary >= 0 and any(take_cells(grid, place, first_row) for place in members):
            marked[summary] = headings[summary]._replace(several=True)
    return marked


def _is_ticked(grid: Grid, place: int, first_row: int) -> bool:
    cells = take_cells(grid, place, first_row) - {"n/a"}
    return all(cell.casefold() in _TICKS for cell in cells)


def _split_choice(text: str, known: dict[str, int]) -> tuple[str, str]:
    """Question and choice: at the separator that leaves a question which has a column of its own, else at the last."""
    cuts = [found.start() for found in re.finditer(r"/|:(?!:)", text)]
    for cut in cuts:
        if text[:cut] in known and text[cut + 1 :].strip():
            return text[:cut], text[cut + 1 :].strip()
    if not cuts or not text[cuts[-1] + 1 :].strip():
        return text, ""
    return text[: cuts[-1]], text[cuts[-1] + 1 :].strip()


def _holds_codes(grid: Grid, place: int, first_row: int) -> bool:
    """Whether the cells are few codes in ever new company, blanks between them: several answers to one question."""
    cells = [cell.split() for cell in take_cells(grid, place, first_row)]
    codes = {code for cell in cells for code in cell}
    return (
        any(len(cell) > 1 for cell in cells)
        and len(codes) <= min(_MOST_CODES, len(cells) * 2)
        and all(_CODE.match(code) for code in codes)
        and all(len(set(cell)) == len(cell) for cell in cells)
    )
