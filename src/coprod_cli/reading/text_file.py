"""The bytes of a CSV, TSV or other delimited text file go in; rows of cells, all of them text, come out."""

import csv
import io
import itertools
import math
import re
from collections import Counter
from typing import Literal, NamedTuple

import pyarrow.csv

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Column, Grid
from coprod_cli.reading.encoding import decode
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import drop_controls

Quoting = Literal[0, 1, 2, 3]

DELIMITERS = (",", ";", "\t", "|")
# What a first line 'sep=' may name beside these; a letter or a quotation mark there is a slip.
_NAMED_DELIMITERS = frozenset({*DELIMITERS, ":", " ", "^"})
_SAMPLE = 65_536
_LONGEST_CELL = 2**31 - 1
_CONTROL_BYTES = bytes({*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F})
# U+0080 to U+009F, U+202A to U+202E and U+2066 to U+2069 in UTF-8.
_WIDE_CONTROL = re.compile(rb"\xc2[\x80-\x9f]|\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
# Of bytes at random a tenth are controls. A few come with words pasted from elsewhere, even into a short table.
_MOST_CONTROL, _FEW_CONTROLS = 0.05, 16
_LEAST_EVEN = 0.8
_EXCEL_FIRST_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_PLAIN = ("utf-8", "utf-8-sig")
_ENCODING_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp1251": "Windows-1251",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}


class TextTable(NamedTuple):
    """The cells of a text file, what it was written in, what parts its cells, and what the user should be told."""

    grid: Grid
    encoding: str
    delimiter: str
    told: tuple[Told, ...]


def read_text_table(raw: RawFile) -> TextTable:
    """A delimited text file as a grid of cells; quotes and newlines in cells, and short or long rows, stay as they are.

    Raises:
        UnreadableSurveyError: the bytes are no text, or one cell has no end.
    """
    decoded = decode(raw.data)
    told: list[Told] = []
    text, coded = decoded.text, decoded.text.encode("utf-8", "surrogatepass")
    controls = len(coded) - len(coded.translate(None, _CONTROL_BYTES))
    if controls + text.count("\ufffd") > max(len(text) * _MOST_CONTROL, _FEW_CONTROLS):
        raise UnreadableSurveyError(
            f"{raw.name} is not a text file.", "Save the survey as .csv or .xlsx and give that file to coprod."
        )
    if decoded.mended:
        told.append(Told("encoding_mended", decoded.mended))
    elif decoded.encoding not in _PLAIN:
        told.append(Told("encoding", 1, _ENCODING_NAMES[decoded.encoding]))
    if controls or _WIDE_CONTROL.search(coded):
        text = drop_controls(text)
        coded = text.encode("utf-8", "surrogatepass")
    first_line = _EXCEL_FIRST_LINE.match(text)
    if first_line:
        text, coded = text[first_line.end() :], coded[len(first_line.group().encode("utf-8", "surrogatepass")) :]
    delimiter = first_line.group(1) if first_line else ""
    if delimiter not in _NAMED_DELIMITERS:
        delimiter = choose_delimiter(text)
    try:
        grid = _make_grid(text, coded, delimiter, _choose_quoting(text, delimiter))
    except csv.Error:
        raise UnreadableSurveyError(
            f"{raw.name} cannot be split into rows and cells.",
            "Open it in a spreadsheet program, save it as .xlsx, and give that file to coprod.",
        ) from None
    return TextTable(grid, decoded.encoding, delimiter, tuple(told))


def _make_grid(text: str, coded: bytes, delimiter: str, quoting: Quoting) -> Grid:
    """The cells by Arrow, which is fast but wants every row as wide as the first; by Python's own reader where not."""
    sample = _split_or_nothing(_take_sample(text), delimiter, quoting)
    width = len(sample[0]) if sample else 0
    if width > 1 and all(len(row) == width for row in sample[:-1]):
        columns = _read_columns(coded, delimiter, quoting, width)
        if columns:
            return Grid.of_columns(columns)
    return Grid.of(_split(text, delimiter, quoting))


def _read_columns(coded: bytes, delimiter: str, quoting: Quoting, width: int) -> list[Column]:
    """Every column, its distinct cells numbered; none when a row is of another width or a cell is very long."""
    names = [str(place) for place in range(width)]
    numbered = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    try:
        table = pyarrow.csv.read_csv(
            pyarrow.py_buffer(coded),
            read_options=pyarrow.csv.ReadOptions(use_threads=False, column_names=names),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter,
                quote_char=False if quoting == csv.QUOTE_NONE else '"',
                newlines_in_values=quoting != csv.QUOTE_NONE,
                ignore_empty_lines=True,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, numbered),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowInvalid:
        return []
    # Every block of the file has numbers of its own until they are unified.
    whole = table.unify_dictionaries().combine_chunks()
    columns = [
        Column(tuple(chunk.dictionary.to_pylist()), chunk.indices.to_numpy())
        for chunk in (column.chunk(0) for column in whole.columns)
    ]
    del table, whole
    # What Arrow has let go it would keep for a next table, some five times the file.
    pyarrow.default_memory_pool().release_unused()
    return columns


def choose_delimiter(text: str) -> str:
    """What parts the cells: the one of comma, semicolon, tab and bar whose rows agree best on how many cells they have.

    Quotes are honoured, so the commas of a quoted question do not count. One that parts every row alike beats all that
    do not: a few forms with an answer full of semicolons must not outvote the header. A file of one column, whose
    header no delimiter parts and whose answers have now more commas, now fewer, gives one that does not occur in it.
    """
    sample = _take_sample(text)
    widths = {delimiter: _count_cells(text, sample, delimiter) for delimiter in DELIMITERS}
    best = max(
        DELIMITERS,
        key=lambda delimiter: (
            len(set(widths[delimiter])) == 1 and widths[delimiter][0] > 1,
            _agree(sample, delimiter, csv.QUOTE_MINIMAL),
            -DELIMITERS.index(delimiter),
        ),
    )
    if widths[best] and widths[best][0] == 1:
        table = list(itertools.dropwhile(lambda width: width == 1, widths[best]))
        most = max(Counter(table).values(), default=0)
        if most < len(table) * _LEAST_EVEN:
            return next((delimiter for delimiter in DELIMITERS[::-1] if delimiter not in text), best)
    return best


def _count_cells(text: str, sample: str, delimiter: str) -> list[int]:
    """How many cells every row has; the last one of a sample may be cut off in the middle of a cell."""
    widths = [len(row) for row in _split_or_nothing(sample, delimiter, csv.QUOTE_MINIMAL)]
    return widths[:-1] if len(sample) < len(text) and len(widths) > 1 else widths


def _take_sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    return text[: text.rfind("\n", 0, _SAMPLE) + 1 or _SAMPLE]


def _agree(text: str, delimiter: str, quoting: Quoting) -> float:
    """Share of rows that have the most frequent number of cells, times the root of that number less one."""
    widths = Counter(len(row) for row in _split_or_nothing(text, delimiter, quoting))
    if not widths:
        return 0.0
    width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return rows / widths.total() * math.sqrt(width - 1)


def _choose_quoting(text: str, delimiter: str) -> Quoting:
    # Google Sheets writes tabs without quoting, so that a cell may begin with a bare quotation mark, and a quotation
    # mark that is never closed would swallow the rest of the file.
    sample = _take_sample(text)
    bare, quoted = (_agree(sample, delimiter, quoting) for quoting in (csv.QUOTE_NONE, csv.QUOTE_MINIMAL))
    if bare < quoted or '"' not in text or (bare == quoted and _wraps_cells(sample, delimiter)):
        return csv.QUOTE_MINIMAL
    # Marks that are closed come in twos; a look at the beginning of a large file is then enough.
    checked = text if bare > quoted or text.count('"') % 2 else sample
    try:
        _split(checked, delimiter, csv.QUOTE_MINIMAL, strict=True)
    except csv.Error:
        return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def _wraps_cells(sample: str, delimiter: str) -> bool:
    """Whether most cells that begin with a quotation mark end with one, too, as where a program put them there."""
    begun = [cell for row in _split_or_nothing(sample, delimiter, csv.QUOTE_NONE) for cell in row if cell[:1] == '"']
    return sum(cell[-1:] == '"' for cell in begun if len(cell) > 1) * 2 > len(begun)


def _split_or_nothing(text: str, delimiter: str, quoting: Quoting) -> list[list[str]]:
    try:
        return _split(text, delimiter, quoting)
    except csv.Error:
        return []


def _split(text: str, delimiter: str, quoting: Quoting, *, strict: bool = False) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=strict)
    # A line without a single cell is the end of the file or a slip of the exporter, not a row of the survey.
    return [row for row in reader if row]
