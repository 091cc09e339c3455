"""JSON, JSON lines or Parquet goes in; a grid with one header row, in which nested things are laid flat, comes out."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Column, Grid, join_columns, number_cells
from coprod_cli.reading.files import MOST_CELLS, RawFile
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import drop_controls
from coprod_cli.reading.workbook import number_values, write_cell

BETWEEN_CHOICES = "; "
BETWEEN_NAMES = "/"
# A survey nests a few levels; a file that goes deeper was made to do harm, or is something else.
_DEEPEST = 30
# As many as a sheet of Excel has; lists of objects, or keys that every form has for itself, would spread without end.
_MOST_COLUMNS = 16_384
_WRAPPERS = ("responses", "results", "data", "value", "values", "rows", "records", "items", "submissions")
_INDEX_COLUMN = "__index_level_"
_TOO_DEEP = "nests things deeper than any survey does"
_WIDE_HINT = "Every form should have the same keys, one for each question. Export the survey as .csv instead."
_JSON_HINT = "Export the survey again, or as .csv, and give that file to coprod."

Record = Mapping[str, Any]


def find_record_kind(text: str, name: str) -> str:
    """Whether a text is "json" or "jsonl" (one object a line), or "" when it is neither.

    A table may begin with a bracket, too; what decides is what follows the bracket, and then the file's name.
    """
    start = text[:200].lstrip().replace(" ", "").replace("\n", "").replace("\r", "").replace("\t", "")
    named = name.casefold().endswith((".json", ".jsonl", ".ndjson", ".geojson"))
    if not start.startswith(("[{", "[[", "[]", '{"', "{}")) and not (named and start.startswith(("[", "{"))):
        return ""
    # Qualtrics' third header row, alone at the top of a file of tabs or commas.
    if start.startswith('{"ImportId"') and not named:
        return ""
    if start.startswith("["):
        return "json"
    first = text.lstrip().split("\n", 1)
    try:
        json.loads(first[0])
    except (ValueError, RecursionError):
        return "jsonl" if name.casefold().endswith((".jsonl", ".ndjson")) else "json"
    rest = first[1].lstrip() if len(first) > 1 else ""
    return "jsonl" if rest else "json"


def read_json(text: str, name: str) -> Grid:
    """A list of objects, wherever the file keeps it, as a grid: one row an object.

    Raises:
        UnreadableSurveyError: the text is no JSON (the message says which line), or holds no list of forms.
    """
    try:
        records = _find_records(_parse(text))
    except json.JSONDecodeError as error:
        raise UnreadableSurveyError(f"{name} is broken JSON: line {error.lineno} cannot be read.", _JSON_HINT) from None
    except RecursionError:
        raise UnreadableSurveyError(f"{name} {_TOO_DEEP}.", _JSON_HINT) from None
    if not records:
        raise UnreadableSurveyError(
            f"{name} is JSON without a list of forms.",
            "coprod reads a list of objects, one for each form. Or export the survey as .csv and give that to coprod.",
        )
    return _lay_flat(records, name)


def read_json_lines(text: str, name: str) -> Grid:
    """One object a line as a grid; blank lines are passed over.

    Raises:
        UnreadableSurveyError: a line is no object; the message says which.
    """
    records: list[Record] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = _parse(line)
        except ValueError:
            raise UnreadableSurveyError(
                f"{name} is broken: line {number} is no JSON.", "If the file was cut off, export the survey again."
            ) from None
        except RecursionError:
            raise UnreadableSurveyError(f"{name} {_TOO_DEEP} in line {number}.", _JSON_HINT) from None
        if not isinstance(record, dict):
            raise UnreadableSurveyError(f"{name} holds no object in line {number}.", _JSON_HINT)
        records.append(record)
    return _lay_flat(records, name)


def read_parquet(raw: RawFile) -> tuple[Grid, tuple[Told, ...]]:
    """A Parquet file as a grid; pandas' own index is left out, and structures are laid flat.

    A column of values that no text can be made of (times after the year 9999) is blank, and told.

    Raises:
        UnreadableSurveyError: the file is broken, or has more than files.MOST_CELLS cells.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(raw.data))
        _refuse_size(raw.name, file.metadata.num_rows, file.metadata.num_columns)
        table = file.read(use_threads=False)
        while any(pa.types.is_struct(field.type) for field in table.schema):
            names = [field.name for field in table.schema]
            flat = table.flatten()
            table = flat.rename_columns([_rejoin(name, names) for name in flat.column_names])
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise UnreadableSurveyError(
            f"{raw.name} is a broken Parquet file.",
            "Write it again, or export the survey as .csv and give that to coprod.",
        ) from None
    columns, unread = [], 0
    for place, name in enumerate(table.column_names):
        if name.startswith(_INDEX_COLUMN):
            continue
        try:
            cells = _take_chunks(table.column(place))
        except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError):
            # A KeyError is a time zone that nobody knows.
            cells, unread = number_cells([""] * table.num_rows), unread + 1
        columns.append(join_columns([number_cells([drop_controls(name)]), cells]))
    return Grid.of_columns(columns, given_headers=1), (Told("columns_unreadable", unread),) if unread else ()


def _refuse_size(name: str, rows: int, columns: int) -> None:
    """A column of one word takes next to no room in the file, however many rows it has."""
    if rows * columns > MOST_CELLS:
        raise UnreadableSurveyError(
            f"{name} has {rows:,} rows and {columns:,} columns, which is no survey.",
            f"coprod reads up to {MOST_CELLS:,} cells: check where the file comes from, or give it to coprod in parts.",
        )


def _rejoin(name: str, parents: Sequence[str]) -> str:
    """Arrow's `parent.child` as `parent/child`, as in JSON; a name that has a dot of its own keeps it."""
    parent = next((each for each in parents if name.startswith(f"{each}.") and name not in parents), None)
    return name if parent is None else f"{parent}{BETWEEN_NAMES}{name[len(parent) + 1 :]}"


def _take_chunks(chunked: Any) -> Column:  # noqa: ANN401  # pyarrow has no types
    """One column of Arrow's as text, every distinct value written once."""
    kind = chunked.type
    if pa.types.is_dictionary(kind):
        chunked = chunked.cast(kind.value_type)
    # A type of somebody's own, such as a UUID, knows its values as Python's or else as what they are stored in.
    if pa.types.is_nested(kind) or isinstance(kind, pa.BaseExtensionType):
        return number_cells([_write(value) for value in chunked.to_pylist()])
    coded = chunked.dictionary_encode(null_encoding="encode").combine_chunks()
    words = number_values(tuple(map(_write, coded.dictionary.to_pylist())), str)
    return words.follow(words.codes[coded.indices.to_numpy()])


def _parse(text: str) -> Any:  # noqa: ANN401  # JSON holds anything
    # Whole numbers stay as they are written: an id of twenty digits must not be rounded.
    return json.loads(text, parse_int=str, parse_float=_write_fraction)


def _write_fraction(text: str) -> str:
    value = float(text)
    return write_cell(value) if math.isfinite(value) else text


def _find_records(whole: Any) -> list[Record]:  # noqa: ANN401  # JSON holds anything
    """The forms, whatever holds them: a list, alone or under a name; objects by number; columns; rows and a header."""
    if isinstance(whole, list):
        if whole and all(isinstance(each, list) for each in whole):
            return _name_cells([str(cell) for cell in whole[0]], whole[1:])
        return [_unwrap(each) for each in whole if isinstance(each, dict)]
    if not isinstance(whole, dict):
        return []
    if isinstance(whole.get("columns"), list) and isinstance(whole.get("data"), list):
        return _name_cells([str(name) for name in whole["columns"]], whole["data"])
    inner = _find_inside(whole)
    return [whole] if inner is None else inner


def _find_inside(whole: Record) -> list[Record] | None:
    """The forms in a list or object that an object holds; None when it is a form itself."""
    lists = {key: each for key, each in whole.items() if isinstance(each, list) and each}
    for name in _WRAPPERS:
        for key, each in whole.items():
            if key.casefold() == name and each and isinstance(each, dict | list):
                found = _find_records(each)
                if found:
                    return found
    if lists and len(lists) == len(whole) and len({len(each) for each in lists.values()}) == 1:
        return [dict(zip(lists, cells, strict=True)) for cells in zip(*lists.values(), strict=True)]
    if whole and all(isinstance(each, dict) for each in whole.values()):
        return _turn_objects(whole)
    longest = max((each for each in lists.values() if isinstance(each[0], dict)), key=len, default=None)
    return None if longest is None else _find_records(longest)


def _unwrap(record: Record) -> Record:
    """LimeSurvey puts every form into an object of its own, under the form's number: {"1": {...}}."""
    if len(record) == 1:
        [inner] = record.values()
        if isinstance(inner, dict):
            return inner
    return record


def _turn_objects(whole: Mapping[str, Record]) -> list[Record]:
    """Objects by the form's id; or, as pandas writes them, columns with a cell for each row's number."""
    numbers = [list(each) for each in whole.values()]
    if numbers[0] and all(each == numbers[0] for each in numbers) and all(key.isdigit() for key in numbers[0]):
        return [{name: column[number] for name, column in whole.items()} for number in numbers[0]]
    return list(whole.values())


def _name_cells(names: Sequence[str], rows: Sequence[Any]) -> list[Record]:
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _lay_flat(records: Sequence[Record], name: str) -> Grid:
    """Rows of cells under the keys in the order in which they come first."""
    cells: dict[str, dict[int, str]] = {}
    for row, record in enumerate(records, start=1):
        # A stack, not a recursion: what is nested a thousand deep must not bring Python down.
        left: list[tuple[str, Any, int]] = [(str(key), value, 1) for key, value in reversed(list(record.items()))]
        while left:
            key, value, depth = left.pop()
            inner = _list_inner(key, value)
            if inner is None:
                cells.setdefault(key, {})[row] = _write(value)
                if len(cells) > _MOST_COLUMNS:
                    raise UnreadableSurveyError(
                        f"{name} would be a table of more than {_MOST_COLUMNS:,} columns: its forms have too many "
                        "different keys.",
                        _WIDE_HINT,
                    )
                continue
            if depth > _DEEPEST:
                raise UnreadableSurveyError(f"{name} {_TOO_DEEP}.", _JSON_HINT)
            left += [(inner_key, each, depth + 1) for inner_key, each in reversed(inner)]
    columns = [_make_column(drop_controls(key), found, len(records)) for key, found in cells.items()]
    return Grid.of_columns(columns, given_headers=1)


def _make_column(header: str, cells: Mapping[int, str], height: int) -> Column:
    """The header and, below it, the cells by row from 1 on; rows without one are blank."""
    if len(cells) == height:
        return number_cells([header, *cells.values()])
    filled = number_cells([header, "", *cells.values()])
    codes = np.full(height + 1, filled.codes[1], np.int32)
    codes[0] = filled.codes[0]
    codes[list(cells)] = filled.codes[2:]
    return Column(filled.values, codes)


def _list_inner(key: str, value: Any) -> list[tuple[str, Any]] | None:  # noqa: ANN401  # JSON holds anything
    """What an object or a list of objects holds, by its full name; None for anything that fills one cell."""
    if isinstance(value, dict):
        return [(f"{key}{BETWEEN_NAMES}{name}", each) for name, each in value.items()]
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return [(f"{key}[{number}]", each) for number, each in enumerate(value, start=1)]
    return None


def _write(value: Any) -> str:  # noqa: ANN401  # JSON and Arrow hold anything
    """One value as the text a CSV export would hold; a list of choices is joined with semicolons."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if isinstance(value, list | tuple | np.ndarray):
        return BETWEEN_CHOICES.join(filter(None, map(_write, value)))
    if isinstance(value, bytes):
        return drop_controls(value.decode("utf-8", "replace"))
    return write_cell(value)
