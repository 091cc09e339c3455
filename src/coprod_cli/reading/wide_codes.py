"""A row of a 0/1 table goes in, a column for each theme; its codes, as a row for each code would say them, come out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import STANCES
from coprod_cli.reading.grid import get_cell
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import FIXED, name_theme_columns

ALLOWED = "1 or x, 0, or nothing"
_CELLS: dict[str, bool | None] = {
    "": None,
    **dict.fromkeys(("1", "1.0", "x", "yes", "y", "true", "\u2713", "\u2714"), True),
    **dict.fromkeys(("0", "0.0", "no", "n", "false"), False),
}


class ThemeColumn(NamedTuple):
    """One column of a theme, or of one stance of it: where it stands, and its heading."""

    theme: str
    stance: str
    at: int
    heading: str


class Ticked(NamedTuple):
    """What one row says. codes: (theme, stance). says: whether any cell says yes or no. faults: (heading, what)."""

    codes: tuple[tuple[str, str], ...]
    says: bool
    faults: tuple[tuple[str, str], ...]


def find_theme_columns(headings: Sequence[str], framework: Framework) -> tuple[ThemeColumn, ...]:
    """The columns that are called as a theme is, by its id or its name, with a stance behind it or none."""
    known: dict[str, tuple[str, str]] = {}
    for (theme, stance), column in name_theme_columns(framework).items():
        for name in (framework.theme(theme).name, theme, column.removesuffix(f"_{stance}") if stance else column):
            known.setdefault(make_key(f"{name} {stance}"), (theme, stance))
    for name in FIXED:
        known.pop(make_key(name), None)
    found: dict[tuple[str, str], ThemeColumn] = {}
    for at, heading in enumerate(headings):
        code = known.get(make_key(heading))
        if code:
            found.setdefault(code, ThemeColumn(*code, at, heading))
    return tuple(found.values())


def take_ticks(row: Sequence[str], columns: Sequence[ThemeColumn]) -> Ticked:
    """The codes of a row: a theme that is there without any stance is one code, with two stances it is two."""
    said: dict[tuple[str, str], bool | None] = {}
    faults: list[tuple[str, str]] = []
    for each in columns:
        cell = get_cell(row, each.at).strip().casefold()
        if cell not in _CELLS:
            faults.append((each.heading, "what stands there is neither 0 nor 1."))
        said[each.theme, each.stance] = _CELLS.get(cell)
        if each.stance and _CELLS.get(cell) and said.get((each.theme, "")) is False:
            faults.append((each.heading, "it says 1, but the theme itself says 0."))
    codes = tuple(_list_codes(said))
    return Ticked(codes, any(each is not None for each in said.values()), tuple(faults))


def _list_codes(said: Mapping[tuple[str, str], bool | None]) -> Iterator[tuple[str, str]]:
    for theme in dict.fromkeys(theme for theme, _ in said):
        stances = [stance for stance in STANCES if said.get((theme, stance))]
        if stances or said.get((theme, "")):
            yield from ((theme, stance) for stance in stances or [""])
