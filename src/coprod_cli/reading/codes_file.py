"""A file of codes goes in, one row a code or one object an answer; what its coder said of which answers comes out."""

import difflib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import CoprodError, NoCodesError, SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.files import RawFile, read_raw
from coprod_cli.reading.foreign_themes import explain_foreign
from coprod_cli.reading.grid import SEARCHED_ROWS, get_cell
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.row_origins import COLUMNS, is_by_machine, is_in_sight
from coprod_cli.reading.settings_faults import blame_all
from coprod_cli.reading.told_answers import find_told, take_told
from coprod_cli.reading.wide_codes import ALLOWED, ThemeColumn, find_theme_columns, take_ticks
from coprod_cli.reading.wording import clean_header, make_key
from coprod_cli.telling import unguard_cell

ID, THEME, STANCE, LEVEL, START, END, WORDS = "id", "theme", "stance", "level", "start", "end", "words"
LOOKED, WEIGHT = "looked at", "weight"
# The first of these headers that a file has is the column; all are compared without capitals, blanks and marks.
HEADERS: dict[str, tuple[str, ...]] = {
    ID: ("id", "answer id", "response id", "answer no", "answer number", "answer", "response"),
    THEME: ("theme", "theme id", "code", "codes", "code name", "themes"),
    STANCE: ("stance",),
    LEVEL: ("level",),
    START: ("start",),
    END: ("end",),
    WORDS: ("evidence", "evidence words", "quote", "words"),
    LOOKED: ("looked at", "looked", "looked at it"),
    WEIGHT: ("weight", "sampling weight"),
    **{name: (name,) for name in COLUMNS},
}
YES_NO: dict[str, bool] = {
    **dict.fromkeys(("yes", "y", "x", "1", "true", "done", "looked at", "\u2713", "\u2714"), True),
    **dict.fromkeys(("", "no", "n", "0", "false", "not yet"), False),
}
NO_THEME = frozenset({"", "none", "no", "no theme", "no themes", "no code", "no codes", "nothing", "n a", "na", "nil"})
STANCES: dict[str, tuple[str, ...]] = {
    "": ("",),
    "positive": ("positive",),
    "pos": ("positive",),
    "good": ("positive",),
    "for": ("positive",),
    "went well": ("positive",),
    "negative": ("negative",),
    "neg": ("negative",),
    "bad": ("negative",),
    "against": ("negative",),
    "did not go well": ("negative",),
    "neutral": ("neutral",),
    "neither": ("neutral",),
    "no judgement": ("neutral",),
    "mixed": ("positive", "negative"),
    "both": ("positive", "negative"),
    "positive and negative": ("positive", "negative"),
    "positive negative": ("positive", "negative"),
}
LEVELS: dict[str, str] = {
    "": "",
    "project": "project",
    "the project": "project",
    "joint work": "project",
    "the joint work": "project",
    "individual": "individual",
    "child": "individual",
    "one child": "individual",
    "own child": "individual",
    "one child's case": "individual",
    "system": "system",
    "services": "system",
    "services at large": "system",
    "unclear": "",
    "cannot tell": "",
}
_NESTED = re.compile(r"(?:codes|code|mentions)\[(\d+)\]/(\w+)")
# Several codes in one row, as coding sheets have them: "theme 1", "stance 1", ..., "theme 2".
_NUMBERED = re.compile(r"(theme|stance|level|start|end|words) ?(\d{1,2})")
_RECORDS = frozenset({"json", "jsonl"})
_HINT = "Give a table with the columns id, theme, stance and level: one row for each theme found in an answer."
_STANCES_ALLOWED = "positive, negative, mixed or neutral"
_ALLOWED = {
    STANCE: f"{_STANCES_ALLOWED}, or nothing",
    LEVEL: "project, individual or system, or nothing",
    LOOKED: "yes, no, or nothing",
    WEIGHT: "a number from 0 up as coprod sheet wrote it, or nothing",
}
_SHOWN = 30
_NO_SUCH = "there is no such theme."
# What a row says of its answer, however many codes it has.
_OF_ROWS = (WEIGHT, *COLUMNS)

Layout = Mapping[str, int]


class _Place(NamedTuple):
    """Where the codes of a file stand: its table, the row of its headers, and the columns of each code in a row.

    told: the columns that tell of the answers themselves. is_numbered: whether the columns of each code have its number
    behind their names, as in a coding sheet. wide: the columns of themes, where each has one with 0 and 1.
    """

    grid: Grid
    header: int
    layouts: tuple[Layout, ...]
    told: Layout
    is_numbered: bool = False
    wide: tuple[ThemeColumn, ...] = ()


class _Faults(NamedTuple):
    """What is wrong in a file so far, and how its rows are called.

    number: of the code in its row, as the columns' names end in it; empty where a row holds one code.
    """

    name: str
    row_word: str
    found: list[SettingsFileError]
    number: str = ""

    def add(self, row: int, column: str, what: str, hint: str) -> None:
        """One more fault, by row and column; never the cell itself, which may hold words of an answer."""
        called = column if column in {ID, LOOKED, WEIGHT} else f"{column}{self.number}"
        where = f"{self.name}, {self.row_word} {row}, column '{called}'"
        self.found.append(SettingsFileError(f"{where}: {what}", hint, row))


def read_codes(path: Path, framework: Framework, who: str = "", *, people: bool = False) -> Coding:
    """What one coder said, from a CSV, TSV, Excel or OpenDocument table, JSON, or JSON lines.

    A table has a row for each theme found in an answer; a row with an id and no theme says that the answer was looked
    at. Blank rows and other columns are passed over. JSON may instead have an object for each answer, with a list
    `codes`; or a row for each answer and a column for each theme, with 0 and 1. What `coprod code` and `coprod export`
    write is read as well. Themes go by id or by name.

    Args:
        path: the file.
        framework: whose themes they are.
        who: what to call the coder; by default as the file is called, without its ending.
        people: whether to leave out rows that a machine of coprod's coded, as the columns by_hand and coder say.

    Raises:
        SettingsFileError: it is no such table, or cells hold what they may not; all of them are named at once; or a
            person is wanted, and nothing in it is a person's.
    """
    try:
        raw = read_raw(path)
        opened = open_file(raw)
    except CoprodError as error:
        raise SettingsFileError(error.what, _HINT) from None
    place = _find_place(opened.grids, raw, framework)
    is_records = opened.kind in _RECORDS
    faults = _Faults(raw.name, "entry" if is_records else "row", [])
    themes = {make_key(name): each.id for each in framework.themes for name in (each.name, each.id)}
    answers: dict[str, int] = {}
    told: dict[str, AskedAnswer] = {}
    weights: dict[str, float] = {}
    seen: set[str] = set()
    left_out = 0
    codes: set[Code] = set()
    first = max(place.header + 1, place.grid.given_headers)
    stances_said = _says_stances(place, first)
    for number, row in enumerate(place.grid.walk(first), start=1 if is_records else first + 1):
        each = _list_sets(row, place, number, faults)
        if people and is_by_machine(each[0], has_code=_holds_theme(each[0])):
            left_out += 1
            continue
        is_named = _is_looked_at(each, number, faults)
        if (name := each[0][ID]) and is_named:
            answers.setdefault(name, number)
            _take_weight(each[0], weights, number, faults)
            seen |= {name} if is_in_sight(each[0]) else set()
            if place.told and name not in told:
                told[name] = take_told(name, row, place.told)
        for nth, said in enumerate(each, start=1):
            own = faults._replace(number=f" {nth}") if place.is_numbered else faults
            codes.update(_take_codes(said, themes, number, own))
            if stances_said and _holds_theme(said) and not said.get(STANCE):
                own.add(number, STANCE, "there is a theme, but no stance.", f"Allowed are {_STANCES_ALLOWED}.")
    if faults.found:
        unknown = sum(each.what.endswith(_NO_SUCH) for each in faults.found)
        known = len({(each.answer, each.theme) for each in codes if each.theme})
        foreign = explain_foreign(raw.name, opened.grids, framework, unknown, known)
        raise foreign or blame_all(faults.found, raw.name)
    if not answers:
        raise _name_lack(raw.name, left_out, asks=LOOKED in place.layouts[0])
    order = tuple(sorted(answers))
    rows = tuple(answers[each] for each in order)
    listed = tuple(told[each] for each in order if each in told)
    name = who or Path(raw.name).stem
    found = tuple(sorted(codes))
    return Coding(name, order, found, raw.sha256, rows, listed, weights, frozenset(seen), left_out)


def _name_lack(name: str, left_out: int, *, asks: bool) -> SettingsFileError:
    """What a file without an answer lacks. asks: whether a column asks if an answer was looked at."""
    if left_out:
        hint = "Give what a person coded. To have the machine's codes checked, take coprod review or coprod sheet."
        return SettingsFileError(f"{name} holds no codes by a person: only what the machine coded.", hint)
    if asks:
        hint = "Write yes under 'looked at' for each answer that was, or give its themes."
        return SettingsFileError(f"{name}: no answer in it was looked at.", hint)
    return SettingsFileError(f"{name} has a header but no codes below it.", _HINT)


def _find_place(grids: Sequence[Grid], raw: RawFile, framework: Framework) -> _Place:
    """The first table with columns for the id and the theme, so that a sheet with the codebook may stand before it."""
    for grid in grids:
        for header, row in enumerate(grid.top[:SEARCHED_ROWS]):
            headings = [clean_header(cell) for cell in row]
            if layouts := _find_numbered(headings):
                return _Place(grid, header, layouts, find_told(headings), is_numbered=True)
            if layouts := _find_layouts(headings):
                return _Place(grid, header, layouts, find_told(headings))
            shared, wide = _find_shared(headings), find_theme_columns(headings, framework)
            if ID in shared and wide:
                return _Place(grid, header, (shared,), find_told([*headings, "evidence"]), wide=wide)
    tops = next((row for row in grids[0].top if any(map(str.strip, row))), ())
    listed = ", ".join(f"'{heading[:_SHOWN]}'" for heading in map(clean_header, tops[:_SHOWN]) if heading)
    raise NoCodesError(
        f"{raw.name} has no columns 'id' and 'theme'.", f"Its first row has: {listed or 'nothing'}. {_HINT}"
    )


def _find_layouts(headings: Sequence[str]) -> tuple[Layout, ...]:
    """For each code that one row may hold, which column holds what; nothing where ids or themes have none."""
    keys = [make_key(heading) for heading in headings]
    places = {field: keys.index(name) for field, names in HEADERS.items() if (name := _pick(names, keys))}
    if ID not in places:
        return ()
    nested: dict[int, dict[str, int]] = {}
    for column, heading in enumerate(headings):
        if found := _NESTED.fullmatch(heading):
            shared = {field: places[field] for field in (ID, *_OF_ROWS) if field in places}
            nested.setdefault(int(found[1]), shared)[found[2].casefold()] = column
    inner = tuple({field: each[field] for field in HEADERS if field in each} for _, each in sorted(nested.items()))
    if inner and all(THEME in each for each in inner):
        return inner
    return (places,) if THEME in places else ()


def _find_numbered(headings: Sequence[str]) -> tuple[Layout, ...]:
    """The same of a coding sheet: of theme 1, theme 2 and so on; nothing where it is none, or a theme is missing."""
    keys = [make_key(heading) for heading in headings]
    shared = _find_shared(headings)
    if ID not in shared:
        return ()
    sets: dict[int, dict[str, int]] = {}
    for column, key in enumerate(keys):
        if found := _NUMBERED.fullmatch(key):
            sets.setdefault(int(found[2]), dict(shared)).setdefault(found[1], column)
    if not sets or sorted(sets) != list(range(1, len(sets) + 1)) or any(THEME not in each for each in sets.values()):
        return ()
    return tuple(each for _, each in sorted(sets.items()))


def _find_shared(headings: Sequence[str]) -> dict[str, int]:
    """The columns that say something of a whole row, however many codes it has."""
    keys = [make_key(heading) for heading in headings]
    return {field: keys.index(name) for field in (ID, LOOKED, *_OF_ROWS) if (name := _pick(HEADERS[field], keys))}


def _list_sets(row: Sequence[str], place: _Place, number: int, faults: _Faults) -> list[dict[str, str]]:
    """What a row says of each of its codes; a row of a 0/1 table was looked at if any cell of a theme says 0 or 1."""
    each = [{field: get_cell(row, at).strip() for field, at in layout.items()} for layout in place.layouts]
    if not place.wide:
        return each
    ticked = take_ticks(row, place.wide)
    for heading, what in ticked.faults:
        faults.add(number, heading, what, f"Allowed are {ALLOWED}.")
    looked = "yes" if ticked.says else each[0].get(LOOKED, "")
    return [{**each[0], LOOKED: looked, THEME: theme, STANCE: stance} for theme, stance in ticked.codes or [("", "")]]


def _says_stances(place: _Place, first: int) -> bool:
    """Whether it is a coding sheet with any stance in it: its coder then means to give one with every theme."""
    columns = [layout[STANCE] for layout in place.layouts if STANCE in layout]
    return place.is_numbered and any(place.grid.columns[at].filled[first:].any() for at in columns)


def _is_looked_at(sets: Sequence[Mapping[str, str]], row: int, faults: _Faults) -> bool:
    """Whether the answer of a row counts as looked at: where a column asks, if it says so or there is a theme."""
    if LOOKED not in sets[0]:
        return True
    said = YES_NO.get(_key(sets[0][LOOKED]))
    if said is None:
        faults.add(row, LOOKED, "what stands there is neither yes nor no.", f"Allowed are {_ALLOWED[LOOKED]}.")
    coded = any(each[THEME] for each in sets)
    if coded and said is False and sets[0][LOOKED]:
        faults.add(row, LOOKED, "it says no, but there is a theme.", "Write yes, or take the theme out.")
    if said and not sets[0][ID]:
        faults.add(row, ID, "it says that an answer was looked at, but not which.", "Write the id of the answer.")
    return bool(said) or coded


def _take_weight(said: Mapping[str, str], weights: dict[str, float], row: int, faults: _Faults) -> None:
    """The weight of the answer of one row, if it has one; rows of one answer say the same."""
    if not said.get(WEIGHT):
        return
    try:
        weight = float(said[WEIGHT].replace(",", "."))
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        faults.add(row, WEIGHT, "what stands there is no weight.", f"Allowed is {_ALLOWED[WEIGHT]}.")
    elif weights.setdefault(said[ID], weight) != weight:
        hint = "sample.csv, beside the workbook, has the weight of each answer."
        faults.add(row, WEIGHT, "another row gives the same answer another weight.", hint)


def _holds_theme(said: Mapping[str, str]) -> bool:
    return make_key(said[THEME]) not in NO_THEME


def _pick(names: Sequence[str], keys: Sequence[str]) -> str:
    return next((name for name in names if name in keys), "")


def _take_codes(said: Mapping[str, str], themes: Mapping[str, str], row: int, faults: _Faults) -> Iterator[Code]:
    """The codes of one row: none where no theme was found, two where it is there both for and against."""
    key = make_key(said[THEME])
    if key in NO_THEME and key not in themes:
        filled = next((field for field in (STANCE, LEVEL) if said.get(field)), "")
        if filled:
            faults.add(row, THEME, f"there is a {filled}, but no theme.", "Name the theme, or take the rest out.")
        return
    if not said[ID]:
        faults.add(row, ID, "there is a theme, but no id of an answer.", "Write which answer it was found in.")
    theme = themes.get(key, "")
    if not theme:
        faults.add(row, THEME, _NO_SUCH, _suggest(key, themes))
    stances, level = STANCES.get(_key(said.get(STANCE, ""))), LEVELS.get(_key(said.get(LEVEL, "")))
    for field, meant in ((STANCE, stances), (LEVEL, level)):
        if meant is None:
            faults.add(row, field, f"what stands there is no {field}.", f"Allowed are {_ALLOWED[field]}.")
    start, end = _take_evidence(said, row, faults)
    for stance in stances or ():
        yield Code(said[ID], theme, stance, level or "", start, end, unguard_cell(said.get(WORDS, "")))


def _take_evidence(said: Mapping[str, str], row: int, faults: _Faults) -> tuple[int, int]:
    """First character and one past the last; (0, 0) where none are given."""
    given = {field: said.get(field, "") for field in (START, END)}
    if not any(given.values()):
        return 0, 0
    for field, cell in given.items():
        if not (cell.isascii() and cell.isdigit()):
            hint = "Count the characters of the answer from 0, or leave both start and end blank."
            faults.add(row, field, "there must be a whole number.", hint)
            return 0, 0
    start, end = int(given[START]), int(given[END])
    if end <= start:
        faults.add(row, END, "the evidence ends before it starts.", "end is one past the last character: end > start.")
    return start, end


def _key(cell: str) -> str:
    """What a cell is compared by; a plus or a dash stays one, as it may mean a stance or nothing."""
    return make_key(cell) or cell


def _suggest(key: str, themes: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(key, list(themes), n=1)
    if near:
        return f"Did you mean '{themes[near[0]]}'? coprod themes lists them all."
    return f"Allowed are {', '.join(dict.fromkeys(themes.values()))}, their names, or nothing."
