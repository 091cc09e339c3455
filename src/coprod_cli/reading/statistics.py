"""The bytes of an SPSS or Stata file go in; a grid of the words that its codes stand for comes out.

Such a file keeps names, labels and answers apart. The names become the first row and the labels the second, so that a
survey tool's own file is known by the same marks as its CSV.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import pyreadstat

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Column, Grid, join_columns, number_cells
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.spss_records import are_variables_sound
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import drop_controls, make_cell_key
from coprod_cli.reading.workbook import number_values, write_cell

HEADER_ROWS = 2
# What the file says of itself first; then what it is most often when that is wrong.
_ENCODINGS = (None, "UTF-8", "WINDOWS-1252", "ISO-8859-1")
_ENCODING_NAMES = {"UTF-8": "UTF-8", "WINDOWS-1252": "Windows-1252", "ISO-8859-1": "Latin-1"}
_READERS: dict[str, Callable[..., Any]] = {
    "spss": pyreadstat.read_sav,
    "portable": pyreadstat.read_por,
    "stata": pyreadstat.read_dta,
}
_NAMES = {"spss": "SPSS", "portable": "SPSS", "stata": "Stata"}

Value = Any


class _Labels(NamedTuple):
    """What one column's codes mean. missing: ranges of codes (lo, hi) that the file declares to be no answer.

    In Stata such codes come as letters (.a to .z) in a column of numbers.
    """

    words: Mapping[Value, str]
    missing: Sequence[Mapping[str, Value]]


def read_statistics(raw: RawFile, kind: str) -> tuple[Grid, tuple[Told, ...]]:
    """A file of SPSS (`spss`, `portable`) or Stata (`stata`) as a grid whose first two rows are names and labels.

    Where every value of a column has a label, the cells are the labels; where only some have (the ends of a scale),
    they are '1 - Not at all' and '2'. A value that the file declares as missing is its label, or an empty cell.

    Raises:
        UnreadableSurveyError: the file is broken, or has nothing in it.
    """
    values, meta, encoding = _read_values(raw, kind)
    told: tuple[Told, ...] = ()
    if encoding is not None:
        told = (Told("encoding_misstated", 1, _ENCODING_NAMES[encoding]),)
    columns = []
    for name, label in zip(meta.column_names, meta.column_labels, strict=True):
        single = [{"lo": code, "hi": code} for code in meta.missing_user_values.get(name, ())]
        labels = _Labels(meta.variable_value_labels.get(name, {}), [*meta.missing_ranges.get(name, ()), *single])
        shown = drop_controls(name or "")
        header = number_cells([shown, drop_controls((label or "").strip()) or shown])
        columns.append(join_columns([header, _label_column(list(values[name]), labels)]))
    grid = Grid.of_columns(columns, given_headers=HEADER_ROWS)
    if grid.height <= HEADER_ROWS:
        raise UnreadableSurveyError(
            f"{raw.name} has a header but no answers below it.",
            "Check that the export holds the answers, not only the questions.",
        )
    return grid, told


def _read_values(raw: RawFile, kind: str) -> tuple[Mapping[str, Sequence[Value]], Any, str | None]:
    """Values by column, what the file says of them, and the encoding that had to be forced on it, if any."""
    if kind == "spss" and not are_variables_sound(raw.data):
        raise _call_broken(raw, kind)
    for encoding in _ENCODINGS:
        try:
            values, meta = _read_as(raw, kind, encoding)
        except (UnicodeDecodeError, pyreadstat.ReadstatError) as error:
            if isinstance(error, UnicodeDecodeError) or "encoding" in str(error) or "byte sequence" in str(error):
                continue
            raise _call_broken(raw, kind) from None
        except (pyreadstat.PyreadstatError, OverflowError, ValueError, MemoryError):
            raise _call_broken(raw, kind) from None
        if encoding is None and _is_mistaken_utf8(values, meta):
            # The file said otherwise, and its own letters say this; but its notes may be in yet another encoding.
            with suppress(UnicodeDecodeError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError):
                return *_read_as(raw, kind, "UTF-8"), "UTF-8"
        return values, meta, encoding
    raise _call_broken(raw, kind)


def _read_as(raw: RawFile, kind: str, encoding: str | None) -> tuple[Mapping[str, Sequence[Value]], Any]:
    asked: dict[str, Any] = {"output_format": "dict"}
    if kind != "portable":
        asked |= {"user_missing": True, "encoding": encoding}
    with warnings.catch_warnings():
        # Two variables of one name are told apart by their place.
        warnings.simplefilter("ignore")
        # From memory: words of answers are not laid on the disk, not even for a moment.
        values, meta = _READERS[kind](io.BytesIO(raw.data), **asked)
    return values, meta


def _call_broken(raw: RawFile, kind: str) -> UnreadableSurveyError:
    return UnreadableSurveyError(
        f"{raw.name} is a broken {_NAMES[kind]} file.",
        f"Open it in {_NAMES[kind]}, save it again, or export the survey as .csv and give that file to coprod.",
    )


def _is_mistaken_utf8(values: Mapping[str, Sequence[Value]], meta: Any) -> bool:  # noqa: ANN401  # pyreadstat has no types
    """Whether all that is not ASCII is UTF-8 that went for Windows-1252: Stata files may say the wrong thing."""
    told = 0
    for word in _list_words(values, meta):
        if word.isascii():
            continue
        try:
            word.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return False
        told += 1
    return told > 0


def _list_words(values: Mapping[str, Sequence[Value]], meta: Any) -> Iterable[str]:  # noqa: ANN401  # as above
    yield from (label for label in meta.column_labels if label)
    for labels in meta.variable_value_labels.values():
        yield from labels.values()
    for cells in values.values():
        yield from {cell for cell in cells if isinstance(cell, str)}


def _label_column(cells: Sequence[Value], labels: _Labels) -> Column:
    words = {code: drop_controls(str(word)).strip() for code, word in labels.words.items()}
    words = {code: word for code, word in words.items() if word}
    given = {cell for cell in cells if cell is not None and cell == cell and cell != ""}  # noqa: PLR0124  # NaN is not itself
    no_answer = {cell for cell in given if _is_declared_missing(cell, labels.missing)}
    counting = {cell for cell in given - no_answer if not (cell in words and is_missing(make_cell_key(words[cell])))}
    whole = all(cell in words for cell in counting) and len(set(words.values())) == len(words)

    def write(cell: Value) -> str:
        if cell is None or cell != cell:  # noqa: PLR0124  # NaN is not itself
            return ""
        word = words.get(cell, "")
        if cell in no_answer:
            return word
        if not word:
            return write_cell(cell).strip()
        code = write_cell(cell)
        if whole or cell not in counting or re.match(rf"{re.escape(code)}(?!\d)", word):
            return word
        return f"{code} - {word}"

    return number_values(cells, write)


def _is_declared_missing(cell: Value, ranges: Sequence[Mapping[str, Value]]) -> bool:
    for each in ranges:
        low, high = each["lo"], each["hi"]
        if isinstance(cell, str) == isinstance(low, str) and low <= cell <= high:
            return True
    return False
