"""The bytes of a table of answers and the names of its columns go in; its rows, in the order of the file, come out."""

from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.survey import Notice
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.grid import find_header_row, get_cell
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.telling import Told, write_notices
from coprod_cli.reading.wording import clean_header, make_key

_SHOWN = 30


class AnswerRow(NamedTuple):
    """One answer: its id, its words as written, the id of its question ('' = none), and the role of who wrote it.

    number: which row of the table it stands in, counted from 1 as a spreadsheet does.
    """

    id: str
    text: str
    question: str
    role: str
    number: int


class AnswersFile(NamedTuple):
    """A table of answers: its name, SHA-256, rows in the order of the file, and what the user should know."""

    name: str
    sha256: str
    rows: tuple[AnswerRow, ...]
    notices: tuple[Notice, ...]


def read_answers(  # noqa: PLR0913, PLR0917  # four columns are named by the caller
    data: bytes, name: str, text: str, answer_id: str, question: str, role: str
) -> AnswersFile:
    """The answers in a CSV, TSV or Excel file.

    Args:
        data: the bytes of the file, or of what came through a pipe.
        name: what to call it in messages.
        text: header of the column with the words.
        answer_id: header of the column with the answers' ids; '' numbers the rows from 1.
        question: header of the column with the question's id; '' when there is none.
        role: header of the column with the role; '' when there is none, and the role is 'other'.

    Raises:
        UnreadableSurveyError: it is no table, has no answers, or lacks one of the columns; those it has are named.
    """
    raw = take_raw(data, name)
    opened = open_file(raw)
    grid = max(opened.grids, key=lambda sheet: int(sheet.filled.sum()))
    told = opened.told
    header = find_header_row(grid)
    places = {each: _find_column(grid, header, each, name) for each in (text, answer_id, question, role) if each}
    rows: list[AnswerRow] = []
    empty = 0
    unknown = 0
    first = max(header + 1, grid.given_headers)
    for number, row in enumerate(grid.walk(first), start=first + 1):
        if not any(map(str.strip, row)):
            empty += 1
            continue
        said = {each: get_cell(row, place) for each, place in places.items()}
        meant = find_role(said[role]) if role else "other"
        unknown += meant is None
        identity = said[answer_id].strip() if answer_id else str(len(rows) + 1)
        asked = said[question].strip() if question else ""
        rows.append(AnswerRow(identity, said[text], asked, meant or "other", number))
    if not rows:
        raise UnreadableSurveyError(
            f"{name} has a header but no answers below it.", "Check that the file holds the answers."
        )
    notices = write_notices((*told, Told("empty_rows", empty), Told("role_unknown_answers", unknown)))
    return AnswersFile(name, raw.sha256, tuple(rows), notices)


def _find_column(grid: Grid, header: int, wanted: str, name: str) -> int:
    there = [clean_header(cell) for cell in grid.top[header]] if grid.top else []
    for compare in (str.strip, str.casefold, make_key):
        for place, heading in enumerate(there):
            if heading and compare(heading) == compare(clean_header(wanted)):
                return place
    # A file without a header has answers where the headers should be: they are not shown whole.
    listed = ", ".join(f"'{heading[:_SHOWN]}'" for heading in there[:_SHOWN] if heading)
    raise UnreadableSurveyError(f"{name} has no column '{wanted}'.", f"Its columns are: {listed or 'none'}.")
