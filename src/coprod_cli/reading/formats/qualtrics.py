"""A Qualtrics export goes in; its headings, and the rows that are tests or previews, come out.

Three header rows: the tool's codes (Q12_3), the question texts (in the survey's language), and ImportId objects in
JSON or, in 2016, in single quotes. Somebody may have deleted the second or the third. The old export (V1, V2 ...)
has two.
"""

import re
from collections.abc import Collection, Sequence

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid, Mask
from coprod_cli.reading.grid import (
    SEARCHED_ROWS,
    Heading,
    Hint,
    Layout,
    LeftOut,
    count_filled,
    find_row_with,
    get_cell,
    measure_width,
)
from coprod_cli.reading.wording import clean_header

_TOOL = Hint(ColumnKind.METADATA, 0.95, "Qualtrics fills it in")
_PERSONAL = Hint(ColumnKind.METADATA, 0.95, "Qualtrics writes who or where the person is; it is dropped")
_WHEN = Hint(ColumnKind.DATE, 0.95, "Qualtrics writes when the form was begun and sent")
_REFERENCE = Hint(ColumnKind.PERSON, 0.85, "it holds the invitation's own number for the person")
HINTS = {
    "startdate": _WHEN,
    "enddate": _WHEN,
    "recordeddate": _WHEN,
    "status": _TOOL,
    "progress": _TOOL,
    "duration (in seconds)": _TOOL,
    "finished": _TOOL,
    "responseid": _TOOL,
    "responseset": _TOOL,
    "distributionchannel": _TOOL,
    "userlanguage": _TOOL,
    "ipaddress": _PERSONAL,
    "recipientlastname": _PERSONAL,
    "recipientfirstname": _PERSONAL,
    "recipientemail": _PERSONAL,
    "emailaddress": _PERSONAL,
    "locationlatitude": _PERSONAL,
    "locationlongitude": _PERSONAL,
    "locationaccuracy": _PERSONAL,
    "name": _PERSONAL,
    "externalreference": _REFERENCE,
    "externaldatareference": _REFERENCE,
}
_CODES = frozenset(HINTS) - {"name", "status", "progress", "finished"}
_LEAST_CODES = 3
_LEGACY = re.compile(r"^V\d{1,2}$")
_IMPORT = re.compile(r"^\s*\{\s*[\"']+ImportId")
_CODE = re.compile(r"^(?:Q|QID|V)\d[\w#.\-]*$")
_MACHINE = re.compile(
    r"_(?:First Click|Last Click|Page Submit|Click Count|Browser|Version|Operating System|Resolution|Id|Name|Size|"
    r"Type)$"
    r"| - (?:Topics|Parent Topics|Sentiment(?: Polarity| Score)?|Topic Sentiment (?:Label|Score))$"
)
_OTHER = re.compile(r"_TEXT$")
_ENDINGS = re.compile(r"\s+- (?:Selected Choice|Text)$")
_DATE = re.compile(r"^\d{1,4}[-/]\d")
# Labels and codes of the tool's own list; 0, 4, 16 and 32 are ordinary answers.
_TEST_STATUS = frozenset(
    {
        "survey preview", "survey test", "spam", "survey preview spam", "imported spam", "offline survey preview",
        "ex spam",
        "1", "2", "8", "9", "12", "17", "40",
    },
)  # fmt: skip
_TEST_CHANNELS = frozenset({"preview", "test"})
_UNFINISHED = frozenset({"false", "0"})


def recognises(grid: Grid) -> float:
    """Whether a top row holds ImportIds, or the tool's own codes."""
    if _find_imports(grid) is not None:
        return 1.0
    if find_row_with(grid, _CODES, _LEAST_CODES) is not None or _find_legacy(grid) is not None:
        return 0.95
    return 0.0


def questions(grid: Grid) -> Layout:
    """Codes, texts and ImportIds, whichever of them are there; test and preview rows are left out."""
    codes, texts, first_row = _find_header_rows(grid)
    anchor = codes if codes is not None else texts if texts is not None else 0
    code_row = grid.top[codes] if codes is not None else []
    text_row = grid.top[texts] if texts is not None else []
    headings = tuple(
        _head(position, get_cell(code_row, position), get_cell(text_row, position))
        for position in range(measure_width(grid, anchor, first_row))
    )
    tests, unfinished = _find_tests(grid, headings, first_row)
    return Layout(first_row - anchor, first_row, headings, (LeftOut("test_rows", tests),), unfinished, dates="iso")


def _find_imports(grid: Grid) -> int | None:
    for index, row in enumerate(grid.top[:SEARCHED_ROWS]):
        if any(_IMPORT.match(cell) for cell in row):
            return index
    return None


def _find_legacy(grid: Grid) -> int | None:
    for index, row in enumerate(grid.top[: SEARCHED_ROWS - 1]):
        if sum(bool(_LEGACY.match(cell)) for cell in row) >= _LEAST_CODES:
            below = {clean_header(cell).casefold() for cell in grid.top[index + 1]}
            if below & {"responseset", "responseid"}:
                return index
    return None


def _find_header_rows(grid: Grid) -> tuple[int | None, int | None, int]:
    """Indices of the codes and of the texts (None when there are none), and of the first form."""
    imports = _find_imports(grid)
    if imports is not None:
        wide = [
            index for index in range(imports) if count_filled(grid.top[index]) * 2 >= count_filled(grid.top[imports])
        ][-2:]
        if not wide:
            return None, imports, imports + 1
        if len(wide) == 1:
            alone = wide[0]
            return (alone, None, imports + 1) if _looks_coded(grid.top[alone]) else (None, alone, imports + 1)
        return wide[0], wide[1], imports + 1
    legacy = _find_legacy(grid)
    if legacy is not None:
        return legacy, legacy + 1, legacy + 2
    codes = find_row_with(grid, _CODES, _LEAST_CODES) or 0
    below = grid.top[codes + 1] if codes + 1 < len(grid.top) else []
    when = [
        place for place, cell in enumerate(grid.top[codes]) if clean_header(cell).casefold() in ("startdate", "enddate")
    ]
    told = [get_cell(below, place).strip() for place in when]
    if told and all(told) and not any(_DATE.match(cell) for cell in told):
        return codes, codes + 1, codes + 2
    return codes, None, codes + 1


def _looks_coded(row: Sequence[str]) -> bool:
    return any(_CODE.match(cell.strip()) or clean_header(cell).casefold() in _CODES for cell in row)


def _head(position: int, code: str, raw: str) -> Heading:
    code = clean_header(code)
    text = clean_header(raw)
    if _IMPORT.match(raw):
        text = ""
    # In the old export the codes of the tool's own columns say nothing; their names stand in the second row.
    own = text.casefold() if _LEGACY.match(code) else code.casefold()
    if _MACHINE.search(text) or _MACHINE.search(code):
        return Heading(position, raw or code, text or code, code=code, hint=_TOOL)
    if own in HINTS:
        return Heading(position, raw or code, text or code, hint=HINTS[own], submission=own == "responseid")
    if _OTHER.search(code) and re.search(r"\s- .*- Text$", text):
        told = Hint(ColumnKind.UNUSED, 0.85, "it is the text beside a choice of another question")
        return Heading(position, raw or code, text, code=code, hint=told)
    text = _ENDINGS.sub("", text)
    stem, _, part = text.partition(" - ")
    return Heading(position, raw or code, text or code, stem if part else text, part, code=code)


def _find_tests(grid: Grid, headings: Sequence[Heading], first_row: int) -> tuple[Mask, Mask]:
    places = {clean_header(cell).casefold(): place for row in grid.top[:first_row] for place, cell in enumerate(row)}
    known = {heading.position for heading in headings if heading.hint}

    def find(name: str, wanted: Collection[str]) -> Mask:
        place = places.get(name, -1)
        return grid.find_rows(
            place if place in known else -1, first_row, lambda cell: cell.strip().casefold() in wanted
        )

    tests = find("status", _TEST_STATUS) | find("distributionchannel", _TEST_CHANNELS)
    return tests, find("finished", _UNFINISHED) & ~tests
