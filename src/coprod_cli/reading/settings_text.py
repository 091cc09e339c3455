"""The bytes of a TOML settings file go in; its values, checked key by key, come out, with the line each stands on."""

import json
import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coprod_cli.model.errors import SettingsFileError

_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLE = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_END = "at end of document"
_HINT = 'Write key = "value", put words in quotation marks, and close every bracket.'


class _Fault(NamedTuple):
    """A usual slip: what the parser says of it (a pattern), what the line looks like, and how to say it to a person."""

    said: str
    line: str
    what: str
    hint: str


_CURLY = "\u201c\u201d\u201e\u2018\u2019\xab\xbb"
# The first that fits tells; the parser's own words mean little to people who do not write programs.
_FAULTS = (
    _Fault(
        "", rf"[{_CURLY}]\s*$|=\s*[{_CURLY}]|^\s*[{_CURLY}]",
        "the quotation marks are curly",
        'Write straight ones ("); a word processor bends them, a plain text editor does not.',
    ),
    _Fault(
        "Expected '\\]\\]?'", "", "a bracket is missing",
        "Write [constants] or [projects.dates] in single brackets, [[columns]] or [[projects]] in double ones.",
    ),
    _Fault(
        "Cannot declare", r"^\s*\[\s*\w", "this table is begun twice",
        "Write [[columns]], [[files]] and [[projects]] in double brackets; put all that is in [constants] under one.",
    ),
    _Fault(
        "Cannot overwrite|Cannot declare", "", "this key stands there twice",
        "Take one of the two lines out, or begin a new column with [[columns]], a new project with [[projects]].",
    ),
    _Fault(
        "Unclosed array", "", "a list is not closed",
        'Write ["...", "..."] with commas between; it may begin on an earlier line.',
    ),
    _Fault(
        "Invalid date", "", "there is no such day",
        "Correct the day or the month; dates are written year first, such as 2026-01-31.",
    ),
    _Fault(
        "Invalid value", r"=\s*\{", "words stand in { } without quotation marks",
        'Put them in quotation marks: { key = "value", other = "value" }.',
    ),
    _Fault(
        "", r"=\s*\{", "what stands in { } is not complete",
        'Write it on one line, words in quotation marks, commas between: { "Mum" = "parent", "Sir" = "practitioner" }.',
    ),
    _Fault(
        "hex|[Ee]scape|Illegal|Unterminated", r"\\", r"the sign \ stands in quotation marks",
        r"Write \\ or / for it, or put the words in single quotation marks: 'C:\Surveys'.",
    ),
    _Fault(
        "Illegal character|Unterminated", r"[\"']", "a quotation mark is missing",
        "Put a quotation mark before the words and one behind them, on the same line.",
    ),
    _Fault("Expected '='", "", "there is no = behind the key", 'Write key = "value", with an equals sign between.'),
    _Fault(
        "Invalid value", r"=\s*(?:#.*)?$", "there is nothing behind the =", 'Write key = "value", or take the line out.'
    ),
    _Fault(
        "Invalid value", r"=\s*(?:True|TRUE|False|FALSE|Yes|No|yes|no)\s*(?:#.*)?$", "this is neither true nor false",
        "Write true or false, in small letters and without quotation marks; other words stand in them.",
    ),
    _Fault(
        "", r"=\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s*(?:#.*)?$", "this is no date",
        'Write year, month and day, such as "2026-01-31" for 31 January 2026.',
    ),
    _Fault("Invalid value", "", "words stand without quotation marks", 'Put them in quotation marks: key = "value".'),
    _Fault(
        "Expected newline", r"[\"'].*[\"'].*[\"']", "a quotation mark stands within quotation marks",
        r'Write \" for one within the words, or put them in quotation marks of the other kind.',
    ),
    _Fault(
        "Expected newline", "", "more stands there than one value",
        'Write one value behind each =, such as key = "value" or key = 12; numbers do not begin with 0.',
    ),
    _Fault("Invalid statement", "", "the line does not begin with a key", 'Write key = "value", on a line of its own.'),
)  # fmt: skip


class SettingsText(NamedTuple):
    """A settings file as it was read: its name for messages, its values, and its lines for finding things again.

    at: the line that all is told with, where a whole table stands on one; 0 where lines are to be found.
    """

    name: str
    values: dict[str, Any]
    lines: tuple[str, ...]
    at: int = 0

    def find_line(self, table: str, index: int = 0, key: str = "") -> int:
        """The line (from 1) of a key in the index-th table of that name, else of the table itself, else 0."""
        if self.at:
            return self.at
        seen = -1
        as_table = f"{table}.{key}".strip(".")
        inside = table == ""
        start = 0
        for number, line in enumerate(self.lines, start=1):
            heading = _TABLE.match(line)
            if heading:
                named = heading.group(1).replace('"', "").replace("'", "")
                if key and named == as_table and seen in (-1, index):
                    return number
                if inside and start:
                    return start
                seen += named == table
                inside = named == table and seen == index
                start = number if inside else start
            if inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
                return number
        return start

    def blame(self, what: str, hint: str, table: str = "", index: int = 0, key: str = "") -> SettingsFileError:
        """The error that says what is wrong with this file, and on which line."""
        line = self.find_line(table, index, key)
        where = f"{self.name}, line {line}" if line else self.name
        return SettingsFileError(f"{where}: {what}", hint, line)


def read_settings_file(path: Path) -> tuple[bytes, SettingsText]:
    """The bytes and the values of a TOML file.

    Raises:
        SettingsFileError: there is no such file, it may not be read, or it is no TOML.
    """
    data = open_settings(path)
    return data, parse_settings(data, path.name)


def open_settings(path: Path) -> bytes:
    """The bytes of a settings file.

    Raises:
        SettingsFileError: there is no such file, or it may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SettingsFileError(f"There is no file {path}.", "Check the name and the folder.") from None
    except OSError as error:
        raise SettingsFileError(
            f"{path} cannot be read ({error.strerror or 'no reason given'}).",
            "Check that it is a file that you may open.",
        ) from None


def parse_settings(data: bytes, name: str) -> SettingsText:
    """The values of TOML text.

    Raises:
        SettingsFileError: it is not UTF-8, or not laid out as settings (TOML); the line is named.
    """
    text = decode_settings(data, name)
    try:
        return SettingsText(name, tomllib.loads(text), tuple(text.split("\n")))
    except tomllib.TOMLDecodeError as error:
        raise explain_fault(error, text, name) from None


def decode_settings(data: bytes, name: str) -> str:
    """The text, with one sign at the end of each line.

    Raises:
        SettingsFileError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise SettingsFileError(f"{name} is not a text file in UTF-8.", "Save it as UTF-8 text.") from None


def explain_fault(error: tomllib.TOMLDecodeError, text: str, name: str) -> SettingsFileError:
    """What the parser found, told with its line and in words for people who do not write programs."""
    found = _ERROR_LINE.search(str(error))
    lines = text.rstrip().split("\n")
    number = int(found.group(1)) if found else len(lines)
    what, hint = _explain(str(error), lines[min(number, len(lines)) - 1])
    return SettingsFileError(f"{name}, line {number}: this cannot be read as a setting: {what}.", hint, number)


def _explain(said: str, line: str) -> tuple[str, str]:
    """What the parser said of a line, in words for people who do not write programs, and what to do."""
    for fault in _FAULTS:
        if re.search(fault.said, said) and re.search(fault.line, line):
            return fault.what, fault.hint
    return _ERROR_LINE.sub("", said).replace(f"({_END})", "").strip(), _HINT


def quote_text(text: str) -> str:
    """Words as a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def check_keys(
    settings: SettingsText, values: dict[str, Any], allowed: Sequence[str], table: str = "", index: int = 0
) -> None:
    """Nothing, when every key of the table is known.

    Raises:
        SettingsFileError: a key is unknown; the line is named, and the keys there are.
    """
    for key in values:
        if key not in allowed:
            raise settings.blame(
                f"there is no key '{key}'{f' in [{table}]' if table else ''}.",
                f"The keys are: {', '.join(allowed)}.",
                table,
                index,
                key,
            )


def take_text(  # noqa: PLR0913, PLR0917  # where a key stands takes three words to say
    settings: SettingsText, values: dict[str, Any], key: str, table: str, index: int, default: str | None = None
) -> str:
    """A key's words; the default when it is not there (None: it must be).

    Raises:
        SettingsFileError: the key is missing, or its value is something else than words.
    """
    value = values.get(key, default)
    if value is None:
        raise settings.blame(f"the key '{key}' is missing.", f'Add {key} = "...".', table, index)
    if not isinstance(value, str):
        raise settings.blame(f"'{key}' must be words.", f'Write {key} = "...", in quotation marks.', table, index, key)
    return value


def take_number(  # noqa: PLR0913, PLR0917  # as take_text
    settings: SettingsText,
    values: dict[str, Any],
    key: str,
    table: str,
    index: int = 0,
    limits: tuple[float, float] = (0, float("inf")),
) -> float:
    """A key's number.

    Raises:
        SettingsFileError: the key is missing, no number, or outside the limits.
    """
    value = values.get(key)
    if value is None:
        raise settings.blame(f"the key '{key}' is missing.", f"Add {key} = and a number.", table, index)
    if isinstance(value, bool) or not isinstance(value, int | float) or not limits[0] <= value <= limits[1]:
        span = f"from {limits[0]:g} up" if limits[1] == float("inf") else f"from {limits[0]:g} to {limits[1]:,.10g}"
        raise settings.blame(f"'{key}' must be a number {span}.", f"Correct the value of {key}.", table, index, key)
    return float(value)


def take_words(settings: SettingsText, values: dict[str, Any], key: str, table: str, index: int = 0) -> tuple[str, ...]:
    """A key's list of words; empty when it is not there.

    Raises:
        SettingsFileError: the value is something else than a list of words.
    """
    value = values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise settings.blame(f"'{key}' must be a list of words.", f'Write {key} = ["...", "..."].', table, index, key)
    return tuple(value)


def take_tables(settings: SettingsText, values: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The tables written [[key]]; empty when there are none.

    Raises:
        SettingsFileError: the key holds something else.
    """
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise settings.blame(f"'{key}' must be tables.", f"Begin each with a line [[{key}]].", "", 0, key)
    return found


def take_table(settings: SettingsText, values: dict[str, Any], key: str) -> dict[str, Any]:
    """The table written [key]; empty when there is none.

    Raises:
        SettingsFileError: the key holds something else.
    """
    found = values.get(key, {})
    if not isinstance(found, dict):
        raise settings.blame(f"'{key}' must be a table.", f"Begin it with a line [{key}].", "", 0, key)
    return found


def require_known(settings: SettingsText, word: str, known: Collection[str], where: tuple[str, int, str]) -> None:
    """Blame the file where a word names nothing that is known; where: table, index, key."""
    if word not in known:
        table, index, key = where
        raise settings.blame(
            f"there is no '{word}' to name under '{key}'.", f"Known are: {', '.join(sorted(known))}.", table, index, key
        )


def refuse_twice(settings: SettingsText, table: str, ids: list[str]) -> None:
    """Blame the file where two tables have one id."""
    for index, each in enumerate(ids):
        if each in ids[:index]:
            raise settings.blame(
                f"the id '{each}' is given twice.", "Give every table an id of its own.", table, index, "id"
            )
