"""Columns and their cells go in; the damage that spreadsheets and wrong encodings did to them comes out, to be told.

Nothing is put right: nobody can know what stood there, and a wrong repair is worse than a gap. Every kind is told with
how many cells show it. Only kinds that leave no doubt are told of answers in people's own words.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.telling import Told

OLD_EXCEL_COLUMNS = 256
# The longest text that old Excel, dBase and some databases keep, and the longest that a cell of Excel holds.
CUT_LENGTHS = (255, 32_767)
_FEWEST_CUT = 2
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_AS_DATE = re.compile(rf"^(?:{_MONTH}-\d{{2}}|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?)$", re.IGNORECASE)
_RANGE = re.compile(r"^\d[\d,]*\s*(?:-|\u2013|to)\s*\d[\d,]*\b")
_ROUNDED = re.compile(r"^-?\d(?:\.\d+)?E\+\d{2,3}$", re.IGNORECASE)
_FLOAT = re.compile(r"^\d{6,}\.0$")
_ERROR = re.compile(r"^#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#{2,})$", re.IGNORECASE)
# UTF-8 read as Windows-1252: curly quotes, dashes, pound signs, accents; the marks that stand in no word.
_DOUBLE = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u009d\u201c\u201d\u02dc\u00a6\u2039]"
    "|\u00c3[\u00a9\u00a8\u00a7\u00b6\u00bc\u00b1\u00ad\u00b3\u00a1]|\u00c2[\u00a3\u00a0\u00ab\u00bb\u00b0]|\u00ef\u00bf\u00bd|\ufffd"
)
_DECIMAL = re.compile(r"^(\d+)\.(\d{1,2})$")
_CHOSEN = frozenset(
    {
        ColumnKind.UNUSED, ColumnKind.ITEM, ColumnKind.ANCHOR, ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT,
        ColumnKind.WAVE,
    }
)  # fmt: skip
_NAMED = frozenset({ColumnKind.PERSON, ColumnKind.METADATA, ColumnKind.PROJECT, ColumnKind.WAVE, ColumnKind.UNUSED})
_MOST_CHOICES = 60


def find_damage(columns: Sequence[SurveyColumn], counts: Sequence[Mapping[str, int]], width: int) -> tuple[Told, ...]:
    """What is damaged, each kind once, with the number of cells (or columns) that show it.

    Args:
        columns: the columns as they were taken.
        counts: the filled cells of each, counted, in the same order.
        width: how many columns the file has.
    """
    found: Counter[str] = Counter()
    for column, counted in zip(columns, counts, strict=True):
        for code, count in DAMAGES.items():
            found[code] += count(column, counted)
    if width == OLD_EXCEL_COLUMNS:
        found["columns_cut"] = 1
    return tuple(Told(code, number) for code, number in sorted(found.items()) if number)


def _count(counted: Mapping[str, int], pattern: re.Pattern[str]) -> int:
    return sum(count for cell, count in counted.items() if pattern.match(cell))


def _count_dates_among_ranges(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    """'Oct-49' in a list of '1-9', '50-99': Excel took '10-49' for October 1949."""
    if column.kind not in _CHOSEN or len(counted) > _MOST_CHOICES:
        return 0
    return _count(counted, _AS_DATE) if _count(counted, _RANGE) else 0


def _count_rounded(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    return _count(counted, _ROUNDED) if column.kind in _NAMED else 0


def _count_floats(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    return _count(counted, _FLOAT) if column.kind in _NAMED else 0


def _count_errors(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    del column
    return _count(counted, _ERROR)


def _count_shortened(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    """'1.2' between '1.19' and '1.21' was '1.20'."""
    if column.kind not in _CHOSEN or len(counted) > _MOST_CHOICES:
        return 0
    parts = {cell: found.groups() for cell in counted if (found := _DECIMAL.match(cell))}
    two_figures = {(whole, int(rest)) for whole, rest in parts.values() if len(rest) == 2}  # noqa: PLR2004  # figures
    return sum(
        counted[cell]
        for cell, (whole, rest) in parts.items()
        if len(rest) == 1 and {(whole, int(rest) * 10 - 1), (whole, int(rest) * 10 + 1)} <= two_figures
    )


def _count_double_encoded(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    del column
    return sum(count for cell, count in counted.items() if not cell.isascii() and _DOUBLE.search(cell))


def _count_cut(column: SurveyColumn, counted: Mapping[str, int]) -> int:
    if column.kind is not ColumnKind.OPEN:
        return 0
    longest = max(map(len, counted), default=0)
    cut = sum(count for cell, count in counted.items() if len(cell) == longest)
    return cut if longest in CUT_LENGTHS and cut >= _FEWEST_CUT else 0


DAMAGES: dict[str, Callable[[SurveyColumn, Mapping[str, int]], int]] = {
    "ranges_as_dates": _count_dates_among_ranges,
    "numbers_rounded": _count_rounded,
    "numbers_with_point": _count_floats,
    "formula_errors": _count_errors,
    "noughts_lost": _count_shortened,
    "encoded_twice": _count_double_encoded,
    "answers_cut": _count_cut,
}
