"""A file of codes goes in, one row a code or one object an answer; what each coder said of which answers comes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import CoprodError, NoCodesError, SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.codes_place import Place, find_place
from coprod_cli.reading.codes_rows import (
    NO_SUCH,
    Faults,
    Themes,
    check_words,
    holds_theme,
    is_looked_at,
    list_themes,
    take_codes,
    take_weight,
)
from coprod_cli.reading.codes_words import HINT, ID, LEVEL, LOOKED, STANCE, STANCES_ALLOWED, THEME
from coprod_cli.reading.encoding import decode
from coprod_cli.reading.files import RawFile, read_raw
from coprod_cli.reading.foreign_themes import explain_foreign
from coprod_cli.reading.grid import get_cell
from coprod_cli.reading.opening import Opened, open_file
from coprod_cli.reading.parted_coders import part_coders
from coprod_cli.reading.row_origins import LEFT_OPEN, Said, is_by_machine, is_in_sight, name_coder
from coprod_cli.reading.settings_faults import blame_all
from coprod_cli.reading.told_answers import take_told
from coprod_cli.reading.wide_codes import ALLOWED, take_ticks

_RECORDS = frozenset({"json", "jsonl"})


class _Row(NamedTuple):
    """One row: its number as people count, its cells, and what it says of each of its codes."""

    number: int
    cells: Sequence[str]
    sets: Sequence[Mapping[str, str]]


@dataclass
class _Work:
    """What one coder did. answers: with the first row that names each. says_level: whether any cell tells a level."""

    name: str
    answers: dict[str, int] = field(default_factory=dict)
    told: dict[str, AskedAnswer] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    codes: set[Code] = field(default_factory=set)
    says_level: bool = False

    def add(self, other: "_Work") -> None:
        """What somebody did who is the same coder."""
        self.answers = {**other.answers, **self.answers}
        self.told |= other.told
        self.weights |= other.weights
        self.seen |= other.seen
        self.codes |= other.codes
        self.says_level |= other.says_level

    def settle(self, raw: RawFile, left_out: int) -> Coding:
        """The same as a Coding."""
        order = tuple(sorted(self.answers))
        return Coding(
            who=self.name,
            answers=order,
            codes=tuple(sorted(self.codes)),
            sha256=raw.sha256,
            rows=tuple(self.answers[each] for each in order),
            told=tuple(self.told[each] for each in order if each in self.told),
            weights=self.weights,
            seen=frozenset(self.seen),
            left_out=left_out,
            file=raw.name,
            says_level=self.says_level,
        )


# By whether it is a machine, and the name in small letters.
_Works = dict[tuple[bool, str], _Work]


def read_coders(path: Path, framework: Framework, *, people: bool = False) -> tuple[Said, ...]:
    """What each coder said, from a CSV, TSV, Excel or OpenDocument table, JSON, or JSON lines.

    A table has a row for each theme found in an answer; a row with an id and no theme says that the answer was looked
    at. Blank rows and other columns are passed over. JSON may instead have an object for each answer, with a list
    `codes`, or a list for each coder; or a row for each answer and a column for each theme, with 0 and 1. What
    `coprod code` and `coprod export` write is read as well. Themes go by id or by name. A column `coder` says whose
    each row is; rows where it is empty are of the one coder who is named, if there is just one.

    Args:
        path: the file.
        framework: whose themes they are.
        people: whether to leave out rows that a machine of coprod's coded, as the columns by_hand and coder say.

    Returns:
        People by name, then machines. The name is empty where the file does not tell it.

    Raises:
        SettingsFileError: it is no such table, or cells hold what they may not; all of them are named at once; or a
            person is wanted, and nothing in it is a person's.
    """
    raw, works, left_out = _read_works(path, framework, people=people)
    _join_nameless(works)
    return tuple(Said(work.settle(raw, left_out), key[0]) for key, work in sorted(works.items()))


def read_codes(path: Path, framework: Framework) -> Coding:
    """What all coders of the file said together, as one: for a file that is kept by coprod review.

    Raises:
        SettingsFileError: as for read_coders.
    """
    raw, works, left_out = _read_works(path, framework, people=False)
    whole = _Work(path.stem)
    for _, work in sorted(works.items()):
        whole.add(work)
    return whole.settle(raw, left_out)


def _read_works(path: Path, framework: Framework, *, people: bool) -> tuple[RawFile, _Works, int]:
    """The file, what each coder in it did who looked at any answer, and how many rows of machines were passed over."""
    try:
        raw = read_raw(path)
        opened = open_file(raw)
    except CoprodError as error:
        # What is to be done with a survey is nothing that is to be done with codes.
        raise SettingsFileError(error.what, HINT if "survey" in error.hint else error.hint) from None
    place, numbers = _find_codes(opened, raw, framework)
    faults = Faults(raw.name, "entry" if opened.kind in _RECORDS else "row", [])
    themes = list_themes(framework)
    works: _Works = {}
    left_out = 0
    stances_said = place.says_stances()
    for row in _walk_rows(place, numbers, faults):
        is_machine = is_by_machine(row.sets[0], has_code=holds_theme(row.sets[0]))
        if people and is_machine:
            left_out += 1
            continue
        name = name_coder(row.sets[0])
        work = works.setdefault((is_machine, name.casefold()), _Work(name))
        work.name = min(work.name, name)
        _take_row(row, place, work, themes, faults)
        if stances_said:
            _require_stances(row, faults)
    if faults.found:
        unknown = sum(each.what.endswith(NO_SUCH) for each in faults.found)
        known = len({(each.answer, each.theme) for work in works.values() for each in work.codes if each.theme})
        foreign = explain_foreign(raw.name, opened.grids, framework, unknown, known)
        raise foreign or blame_all(faults.found, raw.name)
    works = {key: work for key, work in works.items() if work.answers}
    if not works:
        raise _name_lack(raw.name, left_out, asks=place.asks)
    return raw, works, left_out


def _find_codes(opened: Opened, raw: RawFile, framework: Framework) -> tuple[Place, Sequence[int]]:
    """Where the codes stand, and the number of each row below the headers."""
    try:
        place = find_place(opened.grids, raw.name, framework)
    except NoCodesError:
        parted = part_coders(decode(raw.data).text, raw.name) if opened.kind in _RECORDS else None
        if not parted:
            raise
        return find_place((parted.grid,), raw.name, framework), parted.numbers
    start = 1 if opened.kind in _RECORDS else place.first + 1
    return place, range(start, start + place.grid.height)


def _walk_rows(place: Place, numbers: Sequence[int], faults: Faults) -> Iterator[_Row]:
    for number, cells in zip(numbers, place.grid.walk(place.first), strict=False):
        yield _Row(number, cells, _list_sets(cells, place, number, faults))


def _take_row(row: _Row, place: Place, work: _Work, themes: Themes, faults: Faults) -> None:
    """What one row says, as its coder's."""
    first = row.sets[0]
    is_named = is_looked_at(row.sets, row.number, faults)
    if (name := first[ID]) and is_named:
        work.answers.setdefault(name, row.number)
        take_weight(first, work.weights, row.number, faults)
        work.seen |= {name} if is_in_sight(first) else set()
        if place.told:
            told = take_told(name, row.cells, place.told)
            earlier = work.told.setdefault(name, told)
            if place.is_numbered:
                check_words(told, earlier, row.number, faults)
    for nth, said in enumerate(row.sets, start=1):
        own = faults._replace(number=f" {nth}") if place.is_numbered else faults
        work.codes.update(take_codes(said, themes, row.number, own))
        work.says_level |= bool(said.get(LEVEL))


def _require_stances(row: _Row, faults: Faults) -> None:
    for nth, said in enumerate(row.sets, start=1):
        if holds_theme(said) and not said.get(STANCE):
            own = faults._replace(number=f" {nth}")
            own.add(row.number, STANCE, "there is a theme, but no stance.", f"Allowed are {STANCES_ALLOWED}.")


def _join_nameless(works: _Works) -> None:
    """Rows without a name go to the one who has one: in coded_answers.csv, answers in which the machine found none."""
    for is_machine in (False, True):
        named = [key for key in works if key[0] == is_machine and key[1]]
        if len(named) == 1 and (nameless := works.pop((is_machine, ""), None)):
            works[named[0]].add(nameless)


def _name_lack(name: str, left_out: int, *, asks: bool) -> SettingsFileError:
    """What a file without an answer lacks. asks: whether a column asks if an answer was looked at."""
    if left_out:
        hint = "Give what a person coded. To have the machine's codes checked, take coprod review or coprod sheet."
        return SettingsFileError(f"{name} holds no codes by a person: only what the machine coded.", hint)
    if asks:
        hint = "Write yes under 'looked at' for each answer that was, or give its themes."
        return SettingsFileError(f"{name}: no answer in it was looked at.", hint)
    return SettingsFileError(f"{name} has a header but no codes below it.", HINT)


def _leave_open(said: dict[str, str]) -> dict[str, str]:
    """The same without what a rule filled in for the person who coded, as coded_answers.csv tells."""
    left = said.get(LEFT_OPEN, "").split()
    return {name: "" if name in {STANCE, LEVEL} and name in left else cell for name, cell in said.items()}


def _list_sets(row: Sequence[str], place: Place, number: int, faults: Faults) -> list[dict[str, str]]:
    """What a row says of each of its codes; a row of a 0/1 table was looked at if any cell of a theme says 0 or 1."""
    each = [_leave_open({field: get_cell(row, at).strip() for field, at in layout.items()}) for layout in place.layouts]
    if not place.wide:
        return each
    ticked = take_ticks(row, place.wide)
    for heading, what in ticked.faults:
        faults.add(number, heading, what, f"Allowed are {ALLOWED}.")
    looked = "yes" if ticked.says else each[0].get(LOOKED, "")
    return [{**each[0], LOOKED: looked, THEME: theme, STANCE: stance} for theme, stance in ticked.codes or [("", "")]]
