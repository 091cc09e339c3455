"""The bytes of a TOML settings file go in; its values as far as they can be read, and every fault in it, come out."""

import re
import tomllib
from collections.abc import Iterable

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading.settings_text import SettingsText, decode_settings, explain_fault

_MOST_TOLD = 40
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)")
# What is wrong with a bracket, or with a list over several lines, is told on one line and may begin on another.
_BEYOND_ITS_LINE = re.compile(r"""\s*(?:[\[\]]|$)|.*(?:\"{3}|'{3})""")
_MANY_LINES = "Unclosed array"
_TWICE = re.compile(r"Cannot (?:overwrite|declare)|duplicate|Duplicate")
_REST = "Mend this first: what stands further on may hold more."


def parse_settings_on(data: bytes, name: str) -> tuple[SettingsText, list[SettingsFileError]]:
    """The values of TOML text, and what is wrong with it as TOML: a line that cannot be read does not hide the rest.

    The value of such a line is read as "?", so that it is not missed as well.

    Raises:
        SettingsFileError: it is not UTF-8.
    """
    text = decode_settings(data, name)
    lines = tuple(text.split("\n"))
    kept, faults = list(lines), list[SettingsFileError]()
    while True:
        try:
            return SettingsText(name, tomllib.loads("\n".join(kept)), lines), faults
        except tomllib.TOMLDecodeError as error:
            fault = explain_fault(error, "\n".join(kept), name)
            seen = {each.line for each in faults}
            at = fault.line - 1
            if fault.line not in seen:
                faults.append(fault)
            if _MANY_LINES in str(error) or _BEYOND_ITS_LINE.match(kept[at]):
                faults[-1] = SettingsFileError(faults[-1].what, f"{faults[-1].hint} {_REST}", faults[-1].line)
                return SettingsText(name, {}, lines), faults
            key = _KEY.match(kept[at])
            again = fault.line in seen or _TWICE.search(str(error))
            kept[at] = f'{key.group(1)} = "?"' if key and not again else ""


def blame_all(faults: Iterable[SettingsFileError], name: str) -> SettingsFileError:
    """One error that tells every fault of a file, in the order of its lines, each with what to do."""
    several = list({each.what: each for each in sorted(faults, key=lambda each: each.line)}.values())
    if len(several) == 1:
        return several[0]
    listed = [part for each in several[:_MOST_TOLD] for part in (_say_where(each, name), f"    {each.hint}")]
    if len(several) > _MOST_TOLD:
        listed.append(f"and {len(several) - _MOST_TOLD} more")
    return SettingsFileError(f"{name}: {len(several)} things to mend.", "\n        ".join(listed), several[0].line)


def _say_where(fault: SettingsFileError, name: str) -> str:
    return fault.what.removeprefix(f"{name}, ").removeprefix(f"{name}: ")
