"""One row of a file of codes goes in; what it says of its answer, and what is wrong with it, come out."""

import difflib
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.codes_words import (
    ALLOWED,
    END,
    ID,
    LEVEL,
    LEVELS,
    LOOKED,
    NO_THEME,
    STANCE,
    STANCES,
    START,
    THEME,
    WEIGHT,
    WORDS,
    YES_NO,
)  # fmt: skip
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import unguard_cell

NO_SUCH = "there is no such theme."
_TYPED_OVER = "Was an id typed over? Write the id of this answer again, as in the sheet that you were given."


class Themes(NamedTuple):
    """Ids of themes by what people may write for them, and their names by id."""

    ids: Mapping[str, str]
    names: Mapping[str, str]


def list_themes(framework: Framework) -> Themes:
    """All themes of a framework, known by id and by name."""
    ids = {make_key(name): each.id for each in framework.themes for name in (each.name, each.id)}
    return Themes(ids, {each.id: each.name for each in framework.themes})


class Faults(NamedTuple):
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


def is_looked_at(sets: Sequence[Mapping[str, str]], row: int, faults: Faults) -> bool:
    """Whether the answer of a row counts as looked at: where a column asks, if it says so or there is a theme."""
    if LOOKED not in sets[0]:
        return True
    said = YES_NO.get(_key(sets[0][LOOKED]))
    if said is None:
        faults.add(row, LOOKED, "what stands there is neither yes nor no.", f"Allowed are {ALLOWED[LOOKED]}.")
    coded = any(each[THEME] for each in sets)
    if coded and said is False and sets[0][LOOKED]:
        faults.add(row, LOOKED, "it says no, but there is a theme.", "Write yes, or take the theme out.")
    if said and not sets[0][ID]:
        faults.add(row, ID, "it says that an answer was looked at, but not which.", "Write the id of the answer.")
    return bool(said) or coded


def take_weight(said: Mapping[str, str], weights: dict[str, float], row: int, faults: Faults) -> None:
    """The weight of the answer of one row, if it has one; rows of one answer say the same."""
    if not said.get(WEIGHT):
        return
    try:
        weight = float(said[WEIGHT].replace(",", "."))
    except ValueError:
        weight = math.nan
    if not 0 <= weight < math.inf:
        faults.add(row, WEIGHT, "what stands there is no weight.", f"Allowed is {ALLOWED[WEIGHT]}.")
    elif weights.setdefault(said[ID], weight) != weight:
        what = "another row has this id, too, but another weight."
        faults.add(row, ID, what, f"{_TYPED_OVER} sample.csv, beside the workbook, has every id with its weight.")


def check_words(told: AskedAnswer, earlier: AskedAnswer, row: int, faults: Faults) -> None:
    """That two rows with one id are of one answer: a row for further themes has the same words, or none."""
    words, before = ("".join(each.words.split()) for each in (told, earlier))
    if words and before and words != before:
        faults.add(row, ID, "another row has this id, too, but other words.", _TYPED_OVER)


def holds_theme(said: Mapping[str, str]) -> bool:
    """Whether a theme is named, be it one that there is not."""
    return make_key(said[THEME]) not in NO_THEME


def take_codes(said: Mapping[str, str], themes: Themes, row: int, faults: Faults) -> Iterator[Code]:
    """The codes of one row: none where no theme was found, two where it is there both for and against."""
    key = make_key(said[THEME])
    if key in NO_THEME and key not in themes.ids:
        filled = next((field for field in (STANCE, LEVEL) if said.get(field)), "")
        if filled:
            faults.add(row, THEME, f"there is a {filled}, but no theme.", "Name the theme, or take the rest out.")
        return
    if not said[ID]:
        faults.add(row, ID, "there is a theme, but no id of an answer.", "Write which answer it was found in.")
    theme = themes.ids.get(key, "")
    if not theme:
        faults.add(row, THEME, NO_SUCH, _suggest(key, themes, faults))
    stances, level = STANCES.get(_key(said.get(STANCE, ""))), LEVELS.get(_key(said.get(LEVEL, "")))
    for field, meant in ((STANCE, stances), (LEVEL, level)):
        if meant is None:
            faults.add(row, field, f"what stands there is no {field}.", f"Allowed are {ALLOWED[field]}.")
    start, end = _take_evidence(said, row, faults)
    for stance in stances or ():
        yield Code(said[ID], theme, stance, level or "", start, end, unguard_cell(said.get(WORDS, "")))


def _take_evidence(said: Mapping[str, str], row: int, faults: Faults) -> tuple[int, int]:
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


def _suggest(key: str, themes: Themes, faults: Faults) -> str:
    """What could be meant: by name in a coding sheet, whose lists have names, else by id."""
    near = difflib.get_close_matches(key, list(themes.ids), n=1)
    called = themes.names if faults.number else {each: each for each in themes.names}
    if near:
        return f"Did you mean '{called[themes.ids[near[0]]]}'? coprod themes lists them all."
    also = "their ids" if faults.number else "their names"
    return f"Allowed are {', '.join(called.values())}, {also}, or nothing."
