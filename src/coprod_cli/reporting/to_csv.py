"""Rows of words go in; a CSV file, safe to open in a spreadsheet, comes out."""

import csv
import io
import re
from collections.abc import Iterable

from coprod_cli.telling import guard_cell

_BELOW_ZERO = re.compile(r"-\d+\.\d+")


def write_rows(header: Iterable[str], body: Iterable[Iterable[str]]) -> bytes:
    """Rows as RFC 4180 CSV in UTF-8 with LF; a cell that a spreadsheet could run gets a leading apostrophe."""
    lines = [_write_row(_disarm(cell) for cell in row) for row in (header, *body)]
    return "".join(lines).encode("utf-8")


def _write_row(cells: Iterable[str]) -> str:
    # Only with CRLF as its line end does Python quote a cell that holds a bare CR; the line itself then ends in LF.
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + "\n"


def _disarm(cell: str) -> str:
    # A figure below zero, which always has decimals here, is a number to a spreadsheet: nothing to run.
    return cell if _BELOW_ZERO.fullmatch(cell) else guard_cell(cell)
