"""A Qualtrics export goes in; its headings, and the rows that are tests or previews, come out.

Three header rows: the tool's codes (Q12_3), the question texts (in the survey's language), and ImportId objects in
JSON or, in 2016, in single quotes. Somebody may have deleted the second or the third. The old export (V1, V2 ...)
has two, and so has the SPSS file, in which the codes are the names and the texts the labels.
"""

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Grid, Mask
from coprod_cli.reading.formats.groups import are_boxes, mark_rankings
from coprod_cli.reading.formats.own_columns import OTHER_TEXT, blank_marks, list_siblings, tell_dates
from coprod_cli.reading.grid import (
    SEARCHED_ROWS,
    Heading,
    Hint,
    Layout,
    LeftOut,
    count_filled,
    find_row_with,
    get_cell,
    list_heads,
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
    "duration__in_seconds_": _TOOL,
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
_NEARLY_ALL = 0.9
_LEGACY = re.compile(r"^V\d{1,2}$")
_IMPORT = re.compile(r"^\s*\{\s*[\"']+ImportId")
_CODE = re.compile(r"^(?:Q|QID|V)\d[\w#.\-]*$")
_LOOP_IMPORT = re.compile(r"ImportId[\"']+\s*:\s*[\"']+(\d{1,3})_QID\d")
_LOOP_CODE = re.compile(r"^(\d{1,3})_((?:Q|QID)\d.*)$")
_ANY_LOOP_CODE = re.compile(r"^\d{1,3}_(.+)$")
_WORDS_IMPORT = re.compile(r"ImportId[\"']+\s*:\s*[\"']+(?:\d{1,3}_)?QID\d+[_-]TEXT[\"']")
_IMPORT_NAME = re.compile(r"ImportId[\"']+\s*:\s*[\"'](\w+)")
_IMPORT_NAMES = {"_recordid": "responseid", "duration": "duration (in seconds)"}
_CHOICE_IMPORT = re.compile(r"choiceId")
_MACHINE = re.compile(
    r"_(?:First Click|Last Click|Page Submit|Click Count|Browser|Version|Operating System|Resolution|Id|Name|Size|"
    r"Type)$"
    r"| - (?:Topics|Parent Topics|Sentiment(?: Polarity| Score)?|Topic Sentiment (?:Label|Score)"
    r"|Topic Hierarchy Level \d)$"
)
_OWN_FIELD = re.compile(r"^(?:Q_[A-Z]\w+|SC\d+)$")
_OTHER = re.compile(r"_TEXT$")
_ENDINGS = re.compile(r"\s+- (?:Selected Choice|Text)$")
# The SPSS file leaves out the dash before the choice.
_BOX = re.compile(r"^(.+?) - Selected Choice(?: -)? (.+)$", re.DOTALL)
_ROW_AND_BOX = re.compile(r"_\d+_\d+$")
_DASH = " - "
# The last numbers of a code count the rows and choices of a question.
_COUNTED = re.compile(r"^(.+?)_(\d+)(?:_\d+)?(_TEXT)?$")
_DATE = re.compile(r"^\d{1,4}[-/]\d")
_SEEN_ONLY = frozenset({"-99"})
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
    rows = [grid.top[index] if index is not None else [] for index in (codes, texts, _find_imports(grid))]
    headings = [
        _head(position, *(get_cell(row, position) for row in rows))
        for position in range(measure_width(grid, anchor, first_row))
    ]
    headings = _name_loops(_mark_boxes(grid, first_row, _split_old(headings)))
    tests, unfinished = _find_tests(grid, headings, first_row)
    return Layout(
        first_row - anchor,
        first_row,
        mark_rankings(grid, first_row, headings),
        (LeftOut("test_rows", tests),),
        unfinished,
        dates=tell_dates(grid, first_row, [heading.position for heading in headings if heading.hint is _WHEN]),
        separator=",",
        columns=blank_marks(grid.columns, _SEEN_ONLY) if _has_seen_only(grid) else (),
    )


def _has_seen_only(grid: Grid) -> bool:
    """Whether the export was told to write a number where a question was seen and not answered."""
    return any(not _SEEN_ONLY.isdisjoint(column.values) for column in grid.columns)


def _find_imports(grid: Grid) -> int | None:
    for index, row in enumerate(grid.top[:SEARCHED_ROWS]):
        # Somebody's answer may begin like one, but not a whole form.
        imports = sum(bool(_IMPORT.match(cell)) for cell in row)
        if imports > count_filled(row) * _NEARLY_ALL:
            return index
    return None


def _find_legacy(grid: Grid) -> int | None:
    for index, row in enumerate(list_heads(grid)[: len(grid.top) - 1]):
        if sum(bool(_LEGACY.match(cell)) for cell in row) >= _LEAST_CODES:
            below = {clean_header(cell).casefold() for cell in grid.top[index + 1]}
            if below & {"responseset", "responseid"}:
                return index
    return None


def _find_header_rows(grid: Grid) -> tuple[int | None, int | None, int]:
    """Indices of the codes and of the texts (None when there are none), and of the first form."""
    if grid.given_headers:
        return 0, 1 if grid.given_headers > 1 else None, grid.given_headers
    imports = _find_imports(grid)
    if imports is not None:
        return *_find_rows_above(grid, imports), imports + 1
    legacy = _find_legacy(grid)
    if legacy is not None:
        return legacy, legacy + 1, legacy + 2
    codes = find_row_with(grid, _CODES, _LEAST_CODES) or 0
    below = grid.top[codes + 1] if codes + 1 < len(grid.top) else []
    when = [
        place for place, cell in enumerate(grid.top[codes]) if clean_header(cell).casefold() in ("startdate", "enddate")
    ]
    told = [get_cell(below, place).strip() for place in when]
    texts = bool(told) and all(told) and not any(_DATE.match(cell) for cell in told)
    return codes, codes + 1 if texts else None, codes + 1 + texts


def _find_rows_above(grid: Grid, imports: int) -> tuple[int | None, int | None]:
    """Indices of the codes and of the texts above the ImportIds."""
    least = count_filled(grid.top[imports]) / 2
    wide = [index for index in range(imports) if count_filled(grid.top[index]) >= least][-2:]
    if not wide:
        return None, imports
    if len(wide) == 1:
        return (wide[0], None) if _looks_coded(grid.top[wide[0]]) else (None, wide[0])
    return wide[0], wide[1]


def _looks_coded(row: Sequence[str]) -> bool:
    return any(_CODE.match(cell.strip()) or clean_header(cell).casefold() in _CODES for cell in row)


def _head(position: int, code: str, raw: str, imported: str) -> Heading:
    code = clean_header(code)
    text = clean_header(raw)
    if _IMPORT.match(raw):
        text = ""
    # In the old export the codes of the tool's own columns say nothing; their names stand in the second row.
    own = text.casefold() if _LEGACY.match(code) else code.casefold()
    if not code and (named := _IMPORT_NAME.search(imported)):
        own = _IMPORT_NAMES.get(named.group(1).casefold(), named.group(1).casefold())
    if _MACHINE.search(text) or _MACHINE.search(code) or _OWN_FIELD.match(code):
        return Heading(position, raw or code, text or code, code=code, hint=_TOOL)
    if own in HINTS:
        return Heading(position, raw or code, text or code, code=own, hint=HINTS[own], submission=own == "responseid")
    loop = _LOOP_IMPORT.search(imported)
    turned = _ANY_LOOP_CODE.match(code) if loop else _LOOP_CODE.match(code)
    block = loop.group(1) if loop else turned.group(1) if turned else ""
    name = turned.group(turned.lastindex or 0) if turned else code
    if _OTHER.search(code) and re.search(r"\s- .*- Text$", text):
        return Heading(position, raw or code, text, code=name, hint=OTHER_TEXT, block=block)
    stem, part, choice = _split(code, text)
    choice = choice or (bool(part) and bool(_CHOICE_IMPORT.search(imported)))
    text = _ENDINGS.sub("", text)
    words = bool(_WORDS_IMPORT.search(imported))
    return Heading(
        position, raw or code, text or name, stem or text, part, name, choice=choice, block=block, words=words
    )


def _split(code: str, text: str) -> tuple[str, str, bool]:
    """The question, its row or choice, and whether that is surely a box to tick."""
    box = _BOX.match(text)
    if box:
        return box.group(1).strip(), box.group(2).strip(), True
    pieces = _ENDINGS.sub("", text).split(_DASH)
    # Side by side: the question, the heading over its part of the table, the row.
    stems = 2 if "#" in code and len(pieces) > 2 else 1  # noqa: PLR2004  # see above
    stem, part = _DASH.join(pieces[:stems]), _DASH.join(pieces[stems:])
    return stem, part, False


def _split_old(headings: Sequence[Heading]) -> list[Heading]:
    """The headings of `question-row-choice`, as Qualtrics wrote it until 2016, with question and row told apart.

    A dash without blanks may stand in any word; here it is the last one in what all columns of a question begin with.
    """
    parted = list(headings)
    groups: dict[tuple[str, str], list[int]] = {}
    for place, heading in enumerate(headings):
        counted = _COUNTED.match(heading.code)
        if counted and heading.hint is None and not heading.part:
            groups.setdefault((counted.group(1), counted.group(3) or ""), []).append(place)
    for places in groups.values():
        cut = _find_shared([headings[place].text for place in places])
        if not cut:
            continue
        rows: dict[str, list[int]] = {}
        for place in places:
            counted = _COUNTED.match(headings[place].code)
            rows.setdefault(counted.group(2) if counted else "", []).append(place)
        for row in rows.values():
            parts = [headings[place].text[cut:] for place in row]
            deeper = _find_shared(parts)
            for place, part in zip(row, parts, strict=True):
                stem = headings[place].text[: cut - 1]
                said = f"{part[: deeper - 1]}{_DASH}{part[deeper:]}" if deeper else part
                parted[place] = headings[place]._replace(text=f"{stem}{_DASH}{said}", stem=stem, part=said)
    return parted


def _find_shared(texts: Sequence[str]) -> int:
    """How many characters stand up to the last dash in what all texts begin with; 0 when they share none."""
    same = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False)))
    cut = texts[0].rfind("-", 0, same) + 1
    return cut if len(texts) > 1 and cut > 1 and all(len(text) > cut for text in texts) else 0


def _mark_boxes(grid: Grid, first_row: int, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with the boxes of a grid of boxes (`question - row - choice`) and of a split question known.

    A box holds a 1 or repeats its choice; a whole question is made of boxes, or none of it is.
    """
    marked = list(headings)
    for places in list_siblings(headings).values():
        deep = [place for place in places if _ROW_AND_BOX.search(headings[place].code)]
        if len(deep) == len(places) and all(_DASH in headings[place].part for place in places):
            boxes = [_deepen(headings[place]) for place in places]
        else:
            boxes = [headings[place] for place in places]
        if are_boxes(grid, first_row, boxes):
            for place, heading in zip(places, boxes, strict=True):
                marked[place] = heading._replace(choice=True)
    return marked


def _deepen(heading: Heading) -> Heading:
    row, _, choice = heading.part.rpartition(_DASH)
    return heading._replace(stem=f"{heading.stem}{_DASH}{row}", part=choice)


def _name_loops(headings: Sequence[Heading]) -> list[Heading]:
    """The headings of a loop, with the block called by the words that stand before every question, where they do."""
    words: dict[str, set[str]] = {}
    for heading in headings:
        if heading.block and heading.hint is None:
            words.setdefault(heading.block, set()).add(heading.text.partition(_DASH)[0])
    # Every turn has its own words, and the same ones before each of its questions; or else they are the question's.
    if len(words) < 2 or any(len(each) > 1 for each in words.values()):  # noqa: PLR2004  # one turn tells nothing
        return list(headings)
    names = {block: next(iter(each)) for block, each in words.items()}
    if len(set(names.values())) < len(names):
        return list(headings)
    return [_drop_words(heading, names[heading.block]) if heading.block in names else heading for heading in headings]


def _drop_words(heading: Heading, words: str) -> Heading:
    text = heading.text.removeprefix(f"{words}{_DASH}")
    if text == heading.text:
        return heading
    stem, part = heading.stem, heading.part
    if stem == words:
        stem, _, part = text.partition(_DASH)
    else:
        stem = stem.removeprefix(f"{words}{_DASH}")
    return heading._replace(text=text, stem=stem if part else text, part=part, block=words)


def _find_tests(grid: Grid, headings: Sequence[Heading], first_row: int) -> tuple[Mask, Mask]:
    places = {heading.code: heading.position for heading in headings if heading.hint}

    def find(name: str, wanted: Collection[str]) -> Mask:
        return grid.find_rows(places.get(name, -1), first_row, lambda cell: cell.strip().casefold() in wanted)

    tests = find("status", _TEST_STATUS) | find("distributionchannel", _TEST_CHANNELS)
    return tests, find("finished", _UNFINISHED) & ~tests
