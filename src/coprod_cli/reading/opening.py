"""The bytes of one file go in; its tables come out, each as a grid, whatever kind of file it is."""

import re
from collections.abc import Callable
from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.encoding import decode
from coprod_cli.reading.files import RawFile, find_kind
from coprod_cli.reading.grid import find_header_row
from coprod_cli.reading.records import find_record_kind, read_json, read_json_lines, read_parquet
from coprod_cli.reading.sheets import join_alike_sheets
from coprod_cli.reading.statistics import read_statistics
from coprod_cli.reading.telling import Told
from coprod_cli.reading.text_file import read_text_table
from coprod_cli.reading.wording import clean_header
from coprod_cli.reading.workbook import read_workbook

_LOOK = 1_000
_PERSON = re.compile(
    r"^(?:respondent|person|participant|parent|carer|form|response|reply|answer|id|no|r|p)?[\s_.:#-]*\d+$",
    re.IGNORECASE,
)
_FEWEST_PEOPLE = 3
_FEWEST_QUESTIONS = 4
_WORDS_OF_A_QUESTION = 4
_MOST = 0.8


class Opened(NamedTuple):
    """A file's tables and how they were read.

    grids: one, or several sheets of a workbook. kind: "text", "workbook", "spss", "portable", "stata", "json", "jsonl"
    or "parquet". encoding and delimiter: of a text; empty for all other kinds.
    """

    grids: tuple[Grid, ...]
    kind: str
    encoding: str = ""
    delimiter: str = ""
    told: tuple[Told, ...] = ()


def open_file(raw: RawFile) -> Opened:
    """The tables of a file, by what its bytes are; what it is called counts only where they leave a doubt.

    Raises:
        UnreadableSurveyError: it is no table of answers, it is broken, or it has nothing in it.
    """
    opened = _OPENERS[find_kind(raw)](raw)
    if not any(grid.filled.any() for grid in opened.grids):
        raise UnreadableSurveyError(
            f"{raw.name} is empty.", "Export the survey again and check that the file has rows in it."
        )
    if len(opened.grids) == 1 and _is_turned(opened.grids[0]):
        raise UnreadableSurveyError(
            f"{raw.name} has a column for each person and a row for each question, not the other way round.",
            "In a spreadsheet copy the table, choose Paste special and Transpose, and save that as a file of its own.",
        )
    return opened


def _open_text(raw: RawFile) -> Opened:
    # A look at the beginning saves a large table from being decoded twice.
    if decode(raw.data[:_LOOK]).text.lstrip().startswith(("[", "{")):
        decoded = decode(raw.data)
        kind = find_record_kind(decoded.text, raw.name)
        if kind:
            read = read_json if kind == "json" else read_json_lines
            return Opened((read(decoded.text, raw.name),), kind, decoded.encoding)
    table = read_text_table(raw)
    return Opened((table.grid,), kind="text", encoding=table.encoding, delimiter=table.delimiter, told=table.told)


def _open_workbook(raw: RawFile) -> Opened:
    return Opened(join_alike_sheets(read_workbook(raw)), "workbook")


def _open_parquet(raw: RawFile) -> Opened:
    grid, told = read_parquet(raw)
    return Opened((grid,), "parquet", told=told)


def _open_statistics(kind: str) -> Callable[[RawFile], Opened]:
    def open_it(raw: RawFile) -> Opened:
        grid, told = read_statistics(raw, kind)
        return Opened((grid,), kind, told=told)

    return open_it


def _refuse_archive(raw: RawFile) -> Opened:
    raise UnreadableSurveyError(
        f"{raw.name} is a compressed folder, not a table of answers.",
        "Unpack it and give the survey files inside to coprod.",
    )


_OPENERS: dict[str, Callable[[RawFile], Opened]] = {
    "text": _open_text,
    "workbook": _open_workbook,
    "parquet": _open_parquet,
    "spss": _open_statistics("spss"),
    "portable": _open_statistics("portable"),
    "stata": _open_statistics("stata"),
    "archive": _refuse_archive,
}


def _is_turned(grid: Grid) -> bool:
    """Whether people stand side by side ('Respondent 1', '2') and the questions below one another."""
    if grid.given_headers or len(grid.top) <= _FEWEST_QUESTIONS or not grid.columns:
        return False
    [_, *people] = [clean_header(cell) for cell in grid.top[find_header_row(grid)]] or [""]
    numbered = sum(bool(_PERSON.match(cell)) for cell in people)
    asked = [cell for row in grid.top[1:] if row and (cell := clean_header(row[0]))]
    questions = sum(cell.endswith("?") or len(cell.split()) >= _WORDS_OF_A_QUESTION for cell in asked)
    return (
        numbered >= max(_FEWEST_PEOPLE, _MOST * len(people))
        and len(set(asked)) == len(asked) >= _FEWEST_QUESTIONS
        and questions * 2 > len(asked)
    )
