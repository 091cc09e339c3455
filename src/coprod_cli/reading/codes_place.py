"""The tables of a file go in; where the codes stand in them, column by column, comes out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.errors import NoCodesError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.codes_words import HEADERS, HINT, ID, LOOKED, STANCE, THEME, WEIGHT
from coprod_cli.reading.grid import SEARCHED_ROWS
from coprod_cli.reading.row_origins import COLUMNS
from coprod_cli.reading.told_answers import find_told
from coprod_cli.reading.wide_codes import ThemeColumn, find_theme_columns
from coprod_cli.reading.wording import clean_header, make_key

_NESTED = re.compile(r"(?:codes|code|mentions)\[(\d+)\]/(\w+)")
# Several codes in one row, as coding sheets have them: "theme 1", "stance 1", ..., "theme 2".
_NUMBERED = re.compile(r"(theme|stance|level|start|end|words) ?(\d{1,2})")
_SHOWN = 30
# What a row says of its answer, however many codes it has.
_OF_ROWS = (WEIGHT, *COLUMNS)

Layout = Mapping[str, int]


class Place(NamedTuple):
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

    @property
    def first(self) -> int:
        """The first row below the headers, counted from 0."""
        return max(self.header + 1, self.grid.given_headers)

    @property
    def asks(self) -> bool:
        """Whether a column asks if an answer was looked at."""
        return LOOKED in self.layouts[0]

    def says_stances(self) -> bool:
        """Whether it is a coding sheet with any stance in it: its coder then means to give one with every theme."""
        columns = [layout[STANCE] for layout in self.layouts if STANCE in layout]
        return self.is_numbered and any(self.grid.columns[at].filled[self.first :].any() for at in columns)


def find_place(grids: Sequence[Grid], name: str, framework: Framework) -> Place:
    """The first table with columns for the id and the theme, so that a sheet with the codebook may stand before it.

    Raises:
        NoCodesError: there is no such table.
    """
    for grid, header, headings in _walk_headings(grids):
        if layouts := _find_numbered(headings):
            return Place(grid, header, layouts, find_told(headings), is_numbered=True)
        if layouts := _find_layouts(headings):
            return Place(grid, header, layouts, find_told(headings))
        shared, wide = _find_shared(headings), find_theme_columns(headings, framework)
        if ID in shared and wide:
            return Place(grid, header, (shared,), find_told([*headings, "evidence"]), wide=wide)
    raise _find_changed(grids, name) or _say_none(grids, name)


def _walk_headings(grids: Sequence[Grid]) -> Iterator[tuple[Grid, int, list[str]]]:
    for grid in grids:
        for header, row in enumerate(grid.top[:SEARCHED_ROWS]):
            yield grid, header, [clean_header(cell) for cell in row]


def _find_changed(grids: Sequence[Grid], name: str) -> NoCodesError | None:
    """What is missing in the headings of a coding sheet, where somebody changed one; nothing where there is none."""
    for grid, header, headings in _walk_headings(grids):
        keys = [make_key(heading) for heading in headings]
        numbers = {int(found[2]) for key in keys if (found := _NUMBERED.fullmatch(key)) and found[1] in {THEME, STANCE}}
        if not numbers:
            continue
        wanted = [f"{THEME} {number}" for number in range(1, max(numbers) + 1)]
        missing = [each for each in wanted if each not in keys and each.replace(" ", "") not in keys]
        if not _pick(HEADERS[ID], keys):
            missing.insert(0, ID)
        if missing:
            sheet = f", sheet '{grid.sheet}'" if grid.sheet else ""
            listed = " and ".join(f"'{each}'" for each in missing)
            what = f"{name}{sheet}: row {header + 1} has no heading {listed}. Somebody may have changed it."
            return NoCodesError(what, f"Write {listed} there again, above the same column as before.")
    return None


def _say_none(grids: Sequence[Grid], name: str) -> NoCodesError:
    tops = next((row for row in grids[0].top if any(map(str.strip, row))), ())
    listed = ", ".join(f"'{heading[:_SHOWN]}'" for heading in map(clean_header, tops[:_SHOWN]) if heading)
    return NoCodesError(f"{name} has no columns 'id' and 'theme'.", f"Its first row has: {listed or 'nothing'}. {HINT}")


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


def _pick(names: Sequence[str], keys: Sequence[str]) -> str:
    return next((name for name in names if name in keys), "")
