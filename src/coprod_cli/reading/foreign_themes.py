"""How many codes of a file have themes that its framework has not goes in; what to tell of that, if much, comes out."""

import re
from collections.abc import Sequence

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.cells import Grid

# Fewer are slips of the keyboard, each to be told of by its row.
_MANY = 5
_SHIPPED = "coprod-send"
_NAMED = re.compile(r"Framework ([\w.-]{1,60}), version [\w.-]{1,30}\.")


def explain_foreign(
    name: str, grids: Sequence[Grid], framework: Framework, unknown: int, known: int
) -> SettingsFileError | None:
    """What to tell in place of one fault a cell, where the themes are those of another framework; else nothing.

    Never a cell itself: what somebody wrote where a theme belongs may be words of an answer.

    Args:
        name: of the file.
        grids: its sheets; a coding sheet says below its text on what to do which framework it was made with.
        framework: what its themes are looked up in.
        unknown: how many codes have a theme that the framework has not.
        known: how many have one that it has.
    """
    if not unknown:
        return None
    whose = "coprod's own framework" if framework.id == _SHIPPED else f"the framework “{framework.id}”"
    some = f"{unknown} of {unknown + known} codes have a theme"
    made = _find_made(grids)
    if made and made != framework.id:
        hint = "Leave --framework out." if made == _SHIPPED else "Add --framework FILE with that framework."
        what = f"{name} was made with the framework “{made}”, and {some} that {whose} has not."
        return SettingsFileError(what, hint)
    if unknown < _MANY or unknown <= known:
        return None
    hint = "Were they coded with themes of your own? Then add --framework FILE, the one that the sheet was made with."
    return SettingsFileError(f"{name}: {some} that {whose} has not.", f"{hint} coprod themes lists its themes.")


def _find_made(grids: Sequence[Grid]) -> str:
    """Id of the framework that a coding sheet names on its first page."""
    for cell in grids[0].columns[0].values if len(grids) > 1 and grids[0].columns else ():
        if found := _NAMED.fullmatch(cell.strip()):
            return found[1]
    return ""
