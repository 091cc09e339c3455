"""A table of a governance file goes in; its values, checked, come out, and what is wrong with them is gathered.

Nothing here stops at a fault: it is kept with its line, a usual value stands in, and reading goes on to the next.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Self, TypeVar

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading.settings_text import SettingsText, take_number, take_text, take_words
from coprod_cli.reading.wording import drop_controls

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"\s*[0-9]{1,9}\s*")
# Nobody means a year outside these: it is a slip of the finger.
_YEARS = range(1970, 2101)
_MOST_PEOPLE = 10_000_000
_UNKNOWN = ("", "not known")
Value = TypeVar("Value")


class Place(NamedTuple):
    """A table: its heading, which of that heading it is, what is wrong so far, and the lines to find it by."""

    settings: SettingsText
    values: dict[str, Any]
    faults: list[SettingsFileError]
    table: str = ""
    nth: int = 0

    def blame(self, what: str, hint: str, key: str = "") -> None:
        """Keep a fault, with the line of that key, else of the table."""
        self.faults.append(self.settings.blame(what, hint, self.table, self.nth, key))

    def check(self, allowed: Sequence[str]) -> None:
        """Keep a fault for each key that there is not, with the one that may be meant."""
        for key in self.values:
            if key not in allowed:
                near = difflib.get_close_matches(key.casefold(), [each.casefold() for each in allowed], n=1)
                meant = next((each for each in allowed if near and each.casefold() == near[0]), "")
                start = f"Do you mean '{meant}'? " if meant else ""
                inside = f" in [{self.table}]" if self.table else ""
                self.blame(f"there is no key '{key}'{inside}.", f"{start}The keys are: {', '.join(allowed)}.", key)

    def take(self, key: str, default: str | None = "") -> str:
        """The words of a key, on one line; empty where they are not as they should be."""
        words = self._keep(lambda: take_text(self.settings, self.values, key, self.table, self.nth, default), "")
        return " ".join(drop_controls(words).split())

    def take_list(self, key: str) -> tuple[str, ...]:
        """The words of each item of a list, on one line each, without empty ones."""
        none: tuple[str, ...] = ()
        found = self._keep(lambda: take_words(self.settings, self.values, key, self.table, self.nth), none)
        each_on_one = (" ".join(drop_controls(each).split()) for each in found)
        return tuple(each for each in each_on_one if each)

    def choose(self, key: str, known: Sequence[str], default: str | None) -> str:
        """One of the known words, however its capitals are; the last of them where it is none of them."""
        spelt = {each.casefold(): each for each in known}
        before = len(self.faults)
        word = self.take(key, default)
        if word.casefold() in spelt:
            return spelt[word.casefold()]
        if len(self.faults) == before:
            self.blame(f"'{key}' cannot be '{word}'.", f"Write one of: {', '.join(known)}.", key)
        return known[-1]

    def take_date(self, key: str) -> str:
        """A date as YYYY-MM-DD, written as words or as a date of TOML; empty when it is not given."""
        value = self.values.get(key, "")
        if isinstance(value, dt.date):
            return self._require_year(key, dt.date(value.year, value.month, value.day))
        words = self.take(key)
        if not words:
            return ""
        try:
            day = dt.date.fromisoformat(words) if _ISO.fullmatch(words) else None
        except ValueError:
            self.blame(f"'{key}' names a day that there is not.", "Correct the day or the month.", key)
            return ""
        if day is None:
            hint = f'Write year, month and day, such as {key} = "2026-01-31" for 31 January 2026.'
            self.blame(f"'{key}' must be a date.", hint, key)
            return ""
        return self._require_year(key, day)

    def take_people(self, key: str, least: int) -> int:
        """A number of people, with or without quotation marks; -1 where it is not given, or not as it should be."""
        given = self.values.get(key, "")
        if given in _UNKNOWN:
            return -1
        # The form has quotation marks to write between.
        values = {key: int(given)} if isinstance(given, str) and _WHOLE.fullmatch(given) else self.values
        limits = (least, _MOST_PEOPLE)
        number = self._keep(lambda: take_number(self.settings, values, key, self.table, self.nth, limits), -1.0)
        if number != int(number):
            self.blame(f"'{key}' must be a whole number.", "Count people.", key)
        return int(number)

    def enter(self, key: str) -> Self:
        """The table [key] or, within a table, [table.key], or that written { } on the line of the key."""
        values = self.values.get(key, {})
        if not isinstance(values, dict):
            self.blame(f"'{key}' must be a table.", f"Begin it with a line [{self._name(key)}].", key)
            values = {}
        return self._name_table(values, key, 0)

    def list_tables(self, key: str) -> list[Self]:
        """The tables [[key]] or, within a table, [[table.key]], or those written { } in a list."""
        tables = self.values.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self.blame(f"'{key}' must be tables.", f"Begin each with a line [[{self._name(key)}]].", key)
            return []
        return [self._name_table(values, key, index) for index, values in enumerate(tables)]

    def list_entries(self, key: str) -> Iterator[tuple[str, Self]]:
        """Each name of a table [table.key] with what stands behind it; words alone are its answer."""
        place = self.enter(key)
        for name, value in place.values.items():
            line = place.settings.find_line(place.table, place.nth, name)
            values = value if isinstance(value, dict) else {"answer": value}
            yield name, place._replace(settings=place.settings._replace(at=line), values=values)

    def _name_table(self, values: dict[str, Any], key: str, index: int) -> Self:
        table = self._name(key)
        if self.settings.find_line(table, index):
            return self._replace(values=values, table=table, nth=index)
        first = self.settings.find_line(self.table, self.nth, key)
        line = first + self._find_entry(first, index)
        return self._replace(settings=self.settings._replace(at=line), values=values, table=table, nth=index)

    def _name(self, key: str) -> str:
        return f"{self.table}.{key}" if self.table else key

    def _find_entry(self, first: int, index: int) -> int:
        """How many lines below the key's own the index-th { of a list stands; comments are none."""
        seen = -1
        for below, line in enumerate(self.settings.lines[max(first - 1, 0) :]):
            seen += not line.lstrip().startswith("#") and "{" in line
            if seen == index:
                return below
        return 0

    def _require_year(self, key: str, day: dt.date) -> str:
        if day.year not in _YEARS:
            self.blame(f"'{key}' cannot be in the year {day.year}.", "Correct the year.", key)
            return ""
        return day.isoformat()

    def _keep(self, take: Callable[[], Value], otherwise: Value) -> Value:
        """What is taken; otherwise the fault is kept."""
        try:
            return take()
        except SettingsFileError as fault:
            self.faults.append(fault)
            return otherwise
