"""The bytes of a TOML settings file go in; its values, checked key by key, come out, with the line each stands on."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coprod_cli.model.errors import SettingsFileError

_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLE = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_END = "at end of document"


class SettingsText(NamedTuple):
    """A settings file as it was read: its name for messages, its values, and its lines for finding things again."""

    name: str
    values: dict[str, Any]
    lines: tuple[str, ...]

    def find_line(self, table: str, index: int = 0, key: str = "") -> int:
        """The line (from 1) of a key in the index-th table of that name, else of the table itself, else 0."""
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
        return SettingsFileError(f"{where}: {what}", hint)


def read_settings_file(path: Path) -> tuple[bytes, SettingsText]:
    """The bytes and the values of a TOML file.

    Raises:
        SettingsFileError: there is no such file, it may not be read, or it is no TOML.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SettingsFileError(f"There is no file {path}.", "Check the name and the folder.") from None
    except OSError as error:
        raise SettingsFileError(
            f"{path} cannot be read ({error.strerror or 'no reason given'}).",
            "Check that it is a file that you may open.",
        ) from None
    return data, parse_settings(data, path.name)


def parse_settings(data: bytes, name: str) -> SettingsText:
    """The values of TOML text.

    Raises:
        SettingsFileError: it is not UTF-8, or not TOML; the line is named.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsFileError(f"{name} is not a text file in UTF-8.", "Save it as UTF-8 text.") from None
    text = text.replace("\r\n", "\n")
    try:
        return SettingsText(name, tomllib.loads(text), tuple(text.split("\n")))
    except tomllib.TOMLDecodeError as error:
        found = _ERROR_LINE.search(str(error))
        line = found.group(1) if found else str(len(text.rstrip().split("\n"))) if _END in str(error) else ""
        raise SettingsFileError(
            f"{name}{f', line {line}' if line else ''}: this is not TOML ({_ERROR_LINE.sub('', str(error)).strip()}).",
            'Write key = "value", put words in quotation marks, and close every bracket.',
        ) from None


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
        span = f"from {limits[0]:g} up" if limits[1] == float("inf") else f"from {limits[0]:g} to {limits[1]:g}"
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
