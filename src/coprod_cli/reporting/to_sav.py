"""The wide table of coded answers goes in; an SPSS file with labels, the same bytes every time, comes out."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from coprod_cli.model.answers import CodedAnswers
from coprod_cli.reporting.export_choices import ExportChoices
from coprod_cli.reporting.wide_table import CODED, COUNT, NUMBER, TEXT, YES_NO, Value, WideTable, make_wide

# What SPSS holds at most, in bytes of UTF-8.
_LONGEST_LABEL, _LONGEST_TEXT = 255, 32_767
# Two decimals, or the mean of ones and noughts is shown as 0.
_FORMATS = {COUNT: "F8.0", NUMBER: "F12.6", YES_NO: "F8.0", CODED: "F8.2"}
_VALUES: dict[str, dict[int | float, str]] = {
    YES_NO: {0: "No", 1: "Yes"},
    CODED: {0: "Not coded", 1: "Coded"},
}
# Behind 92 bytes the file says when it was made, day and time (PSPP's description of the format).
_MADE_AT, _MADE = 92, b"01 Jan 8000:00:00"
_CUT = "\u2026"


def write_sav(told: CodedAnswers, choices: ExportChoices) -> bytes:
    """The wide table with its questions and themes as labels, 0 and 1 labelled, and system-missing where nobody looked.

    Texts beyond 32,767 bytes, which SPSS does not hold, are cut and end in three dots.
    """
    content = _write(make_wide(told, choices))
    return content[:_MADE_AT] + _MADE + content[_MADE_AT + len(_MADE) :]


def _write(wide: WideTable) -> bytes:
    # The library writes to a path alone: a folder that nobody else may enter, and that is gone at once.
    with tempfile.TemporaryDirectory(prefix="coprod-") as folder:
        path = Path(folder) / "wide.sav"
        pyreadstat.write_sav(
            _make_frame(wide),
            str(path),
            column_labels={each.name: _cut(each.label, _LONGEST_LABEL) for each in wide.variables},
            variable_value_labels={each.name: _VALUES[each.kind] for each in wide.variables if each.kind in _VALUES},
            variable_measure={
                each.name: "scale" if each.kind in {COUNT, NUMBER} else "nominal" for each in wide.variables
            },
            variable_format={each.name: _FORMATS[each.kind] for each in wide.variables if each.kind != TEXT},
        )
        return path.read_bytes()


def _make_frame(wide: WideTable) -> pd.DataFrame:
    columns: dict[str, pd.Series[Any]] = {}
    for at, each in enumerate(wide.variables):
        values = [row[at] for row in wide.rows]
        if each.kind != TEXT:
            columns[each.name] = pd.Series([float("nan") if value is None else value for value in values], dtype=float)
        else:
            columns[each.name] = pd.Series([_clean(value) for value in values], dtype=object)
    return pd.DataFrame(columns)


def _clean(value: Value) -> str:
    return _cut(str(value).replace("\x00", ""), _LONGEST_TEXT)


def _cut(text: str, most: int) -> str:
    """The text in at most so many bytes of UTF-8, no letter cut in two."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return data.decode()
    return data[: most - len(_CUT.encode())].decode("utf-8", "ignore") + _CUT
