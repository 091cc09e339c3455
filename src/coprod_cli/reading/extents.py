"""The bytes of a workbook go in; nothing comes out, or one plain sentence where a sheet reaches too far to be read.

The library that reads workbooks lays out every cell from the first to the last filled one: a single stray cell in the
last corner takes more memory than a computer has, and ends the program without a word.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.files import CANNOT_UNPACK, MOST_CELLS, RawFile

# Only .xlsx keeps its sheets as XML by this name; .xlsb, .xls and .ods are not looked at.
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = rb"\$?([A-Za-z]{1,7})\$?(\d{1,10})"
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?\bref=[\"'](?:[^\"':]*:)?" + _CELL + rb"[\"']")
# A cell without anything in it closes itself, and the library passes over it.
_FILLED = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']" + _CELL + rb"[\"'][^>]*(?<!/)>")
_END, _PIECE = 65_536, 262_144
_LETTERS = 26


class _Corner(NamedTuple):
    """How far a sheet reaches from its first cell: the numbers of its last row and its last column."""

    row: int
    column: int

    def count_cells(self) -> int:
        """How many cells there are up to here, filled or not."""
        return self.row * self.column


def refuse_far_cells(raw: RawFile) -> None:
    """Passes over every workbook that can be read, and all that are no .xlsx.

    What a sheet says of its own size and the cells at its two ends tell how far it reaches. Only where that is too far
    is every cell looked at: some programs claim more cells than they fill.

    Raises:
        UnreadableSurveyError: the sheets reach over more than files.MOST_CELLS cells, filled or not.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            corner = _find_too_far(archive)
    except CANNOT_UNPACK:
        # Whoever reads it says so.
        return
    if corner:
        raise UnreadableSurveyError(
            f"A sheet of {raw.name} reaches to row {corner.row:,} and column {corner.column:,}, which is no survey.",
            "A stray cell stands far from the table: delete the empty rows below the table and the empty columns "
            "beside it, or copy the table into a new workbook.",
        )


def _find_too_far(archive: zipfile.ZipFile) -> _Corner | None:
    """The corner of the sheet with which the workbook becomes too large, if it does."""
    cells = 0
    for info in archive.infolist():
        if not _SHEET.fullmatch(info.filename):
            continue
        # To look for damage is the reader's part; without the sum of all bytes this takes a quarter less time.
        del info.CRC
        with archive.open(info) as stream:
            corner = _find_corner(_take_ends(stream), (_DIMENSION, _FILLED))
        if cells + corner.count_cells() > MOST_CELLS:
            with archive.open(info) as stream:
                corner = _find_corner(_take_pieces(stream), (_FILLED,))
        cells += corner.count_cells()
        if cells > MOST_CELLS:
            return corner
    return None


def _take_ends(stream: IO[bytes]) -> Iterator[bytes]:
    """The beginning and the end of a sheet."""
    yield stream.read(_END)
    before = last = b""
    while piece := stream.read(_PIECE):
        before, last = last, piece
    yield (before + last)[-_END:]


def _take_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """All of a sheet, piece by piece; a tag that a piece cuts in two comes whole with the next one."""
    left = b""
    while piece := stream.read(_PIECE):
        piece = left + piece
        yield piece
        left = piece[max(piece.rfind(b"<"), 0) :]


def _find_corner(pieces: Iterator[bytes], patterns: tuple[re.Pattern[bytes], ...]) -> _Corner:
    row = column = 0
    for piece in pieces:
        for pattern in patterns:
            for letters, number in pattern.findall(piece):
                row, column = max(row, int(number)), max(column, _count_columns(letters))
    return _Corner(row, column)


def _count_columns(letters: bytes) -> int:
    """The number of a column by its letters: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number
