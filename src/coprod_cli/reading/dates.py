"""The cells of a column of dates go in; points in time come out, and in which order day and month were read.

The survey tool's own rule goes first, then what the column shows (a part above 12 is no month), then the day first, as
the United Kingdom writes it. Cells without a zone count as UTC, so that all can be compared.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day", "month", "iso"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = (
    r"(?:[T ,]+(?:at )?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)?\s*[-+]\d{1,2}(?::?\d{2})?|UTC|GMT|BST|[A-Z]{2,5})?"
)
_DAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_YEAR_FIRST = re.compile(rf"^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}$", re.IGNORECASE)
_COMPACT = re.compile(r"^(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)$")
_NUMBERS = re.compile(
    rf"^(?P<first>\d{{1,2}})[-/.](?P<other>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TIME}$", re.IGNORECASE
)
_DAY_AND_NAME = re.compile(
    rf"^{_DAY_NAME}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s]+(?:of\s+)?(?P<name>[A-Za-z]{{3,9}})\.?,?[-\s]+"
    rf"(?P<year>\d{{4}}|\d{{2}}){_TIME}$",
    re.IGNORECASE,
)
_NAME_AND_DAY = re.compile(
    rf"^{_DAY_NAME}(?P<name>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}$",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d{1,12})?$")
# 1954 to 2119: below and above are other numbers of five figures.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_400
_EXCEL_BEGINS = datetime(1899, 12, 30, tzinfo=UTC)
# What anonymised exports and databases write for "no date".
_NO_DATE = re.compile(
    r"^(?:1980-01-01 00:00:00|0000-00-00(?: 00:00:00)?|1970-01-01 00:00:00|1899-12-30(?: 00:00:00)?)$"
)
_OFFSET = re.compile(r"([-+])(\d{1,2})(?::?(\d{2}))?$")
_HOURS = {"bst": 1}
_NOON, _CENTURY_TURNS, _LAST_MONTH = 12, 70, 12


class Dates(NamedTuple):
    """Points in time, aligned with the cells (None: none given, or not read), and how they were read.

    order: "iso" (every cell has the year first, or the month in words), "day" or "month" first. undecidable: nothing
    told day and month apart, so the order is only assumed. unread: filled cells that are no date.
    """

    values: list[datetime | None]
    order: str
    undecidable: bool
    unread: int


def read_dates(cells: Sequence[str], rule: str = "") -> Dates:
    """The dates of a column.

    Args:
        cells: as they stand in the export; blank ones are none.
        rule: "day", "month" or "iso" where the survey tool keeps to one order, else "".
    """
    distinct = {cell: cell.strip() for cell in set(cells)}
    order, undecidable = _find_order(distinct.values(), rule)
    read = {cell: _read_one(text, order) for cell, text in distinct.items()}
    unread = sum(1 for cell in cells if read[cell] is None and distinct[cell] and not _NO_DATE.match(distinct[cell]))
    return Dates([read[cell] for cell in cells], order, undecidable, unread)


def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time of one, in whatever order."""
    return _read_one(cell.strip(), DAY_FIRST) is not None or _read_one(cell.strip(), MONTH_FIRST) is not None


def _find_order(texts: Iterable[str], rule: str) -> tuple[str, bool]:
    votes = {DAY_FIRST: 0, MONTH_FIRST: 0}
    open_ones = False
    numbered = False
    for text in texts:
        found = _NUMBERS.match(text)
        if not found:
            continue
        numbered = True
        first, other = int(found["first"]), int(found["other"])
        if first > _LAST_MONTH >= other:
            votes[DAY_FIRST] += 1
        elif other > _LAST_MONTH >= first:
            votes[MONTH_FIRST] += 1
        elif first != other:
            open_ones = True
    if not numbered:
        return YEAR_FIRST, False
    if rule in votes:
        return rule, False
    if votes[DAY_FIRST] != votes[MONTH_FIRST]:
        return max(votes, key=lambda order: votes[order]), False
    return DAY_FIRST, open_ones


def _read_one(text: str, order: str) -> datetime | None:
    if not text or _NO_DATE.match(text):
        return None
    if _SERIAL.match(text):
        days = float(text.replace(",", "."))
        if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return None
        # Whole seconds: the last figures of a serial number are rounding.
        return _EXCEL_BEGINS + timedelta(seconds=round(days * 86_400))
    for pattern in (_YEAR_FIRST, _COMPACT, _DAY_AND_NAME, _NAME_AND_DAY, _NUMBERS):
        found = pattern.match(text)
        if found:
            return _make_date(found.groupdict(), order)
    return None


def _make_date(parts: dict[str, str | None], order: str) -> datetime | None:
    day, month = parts.get("day"), parts.get("month")
    if parts.get("name"):
        month = str(_MONTHS.get((parts["name"] or "").casefold(), 0))
    elif parts.get("first"):
        first, other = parts["first"], parts["other"]
        turned = order == MONTH_FIRST
        day, month = (other, first) if turned else (first, other)
        # One cell that cannot be meant in the column's order is read in the other one.
        if int(month or 0) > _LAST_MONTH:
            day, month = month, day
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") < 4:  # noqa: PLR2004  # figures of a year
        year += 1900 if year >= _CENTURY_TURNS else 2000
    try:
        moment = datetime(year, int(month or 0), int(day or 0), *_read_time(parts), tzinfo=UTC)
        return moment - _read_offset(parts.get("zone"))
    except (ValueError, OverflowError):
        return None


def _read_time(parts: dict[str, str | None]) -> tuple[int, int, int, int]:
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").casefold()[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    fraction = ((parts.get("fraction") or "") + "000000")[:6]
    return hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), int(fraction)


def _read_offset(zone: str | None) -> timedelta:
    """How far a zone is ahead of UTC; names of zones that nobody can be sure of count as UTC."""
    if not zone:
        return timedelta()
    found = _OFFSET.search(zone)
    if not found:
        return timedelta(hours=_HOURS.get(zone.casefold(), 0))
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -ahead if found[1] == "-" else ahead
