"""JSON goes in, each object with a list of codes for each coder; the same with a row a code and coder comes out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coprod_cli.reading.cells import Grid
from coprod_cli.reading.codes_words import HEADERS, ID, THEME
from coprod_cli.reading.records import read_json_lines
from coprod_cli.reading.row_origins import CODER
from coprod_cli.reading.wording import make_key

_FEWEST = 2


class Parted(NamedTuple):
    """The rows, with a column for the coder, and for each row which object of the file, from 1, it was in."""

    grid: Grid
    numbers: tuple[int, ...]


def part_coders(text: str, name: str) -> Parted | None:
    """Objects such as {"id": 7, "anna": [{"theme": "trust"}], "ben": []}; None where it holds anything else.

    Whoever has no list in an object did not look at that answer; an empty list says that it holds no theme.
    """
    try:
        objects = _parse(text)
    except (ValueError, RecursionError):
        return None
    lists = {key for each in objects for key, value in each.items() if _is_codes(value)}
    coders = sorted(key for key in lists if all(_is_codes(each[key]) for each in objects if key in each))
    ids = [key for key in dict.fromkeys(key for each in objects for key in each) if make_key(key) in HEADERS[ID]]
    if len(coders) < _FEWEST or not ids or not any(each.get(key) for each in objects for key in coders):
        return None
    listed = [(number, row) for number, each in enumerate(objects, start=1) for row in _list_rows(each, coders)]
    lines = "\n".join(json.dumps(row) for _, row in listed)
    return Parted(read_json_lines(lines, name), tuple(number for number, _ in listed))


def _parse(text: str) -> Sequence[Mapping[str, Any]]:
    """A list of objects, or one object a line, numbers as they are written.

    Raises:
        ValueError, RecursionError: it is something else.
    """
    lines = [text] if text.lstrip().startswith("[") else [line for line in text.split("\n") if line.strip()]
    found = [json.loads(line, parse_int=str, parse_float=str) for line in lines]
    objects = found[0] if len(found) == 1 and isinstance(found[0], list) else found
    if not all(isinstance(each, dict) for each in objects):
        raise ValueError(objects)
    return objects


def _is_codes(value: Any) -> bool:  # noqa: ANN401  # JSON holds anything
    return isinstance(value, list) and all(
        isinstance(each, dict) and any(make_key(key) == THEME for key in each) for each in value
    )


def _list_rows(said: Mapping[str, Any], coders: Sequence[str]) -> Iterator[dict[str, Any]]:
    about = {key: value for key, value in said.items() if not isinstance(value, list | dict)}
    for coder in coders:
        for code in said.get(coder, ()) or ([{THEME: ""}] if coder in said else ()):
            yield {**about, CODER: coder, **code}
