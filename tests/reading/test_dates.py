"""Dates are read by the tool's rule, then by what the column shows, then the day first; doubt is said."""

from datetime import UTC, datetime

import pytest

from coprod_cli.reading.dates import read_dates


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year, month, day and so on


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2016-03-08", at(2016, 3, 8)),
        ("2016-03-08 10:57:01", at(2016, 3, 8, 10, 57, 1)),
        ("2022-02-28T05:08:43", at(2022, 2, 28, 5, 8, 43)),
        ("2022-02-28T05:08:43.250Z", at(2022, 2, 28, 5, 8, 43, 250000)),
        ("2022-02-28T05:08:43.000+03:00", at(2022, 2, 28, 2, 8, 43)),
        ("2026/05/20 1:43:01 PM GMT+1", at(2026, 5, 20, 12, 43, 1)),
        ("2023/02/11 7:10:31 PM AST", at(2023, 2, 11, 19, 10, 31)),
        ("8th Mar 2016 10:57 am", at(2016, 3, 8, 10, 57)),
        ("4 March 2016", at(2016, 3, 4)),
        ("Tuesday, 4 March 2025 at 9:05", at(2025, 3, 4, 9, 5)),
        ("Sept 3, 2021, 12:00:00 AM", at(2021, 9, 3)),
        ("3-Sep-21", at(2021, 9, 3)),
        ("29/10/2018", at(2018, 10, 29)),
        ("29.10.2018 15:52", at(2018, 10, 29, 15, 52)),
        ("8/20/2014 15:33:45", at(2014, 8, 20, 15, 33, 45)),
        ("25/12/99", at(1999, 12, 25)),
        ("45000.5", at(2023, 3, 15, 12)),
        ("45000", at(2023, 3, 15)),
        ("20250304", at(2025, 3, 4)),
    ],
)
def test_every_way_of_writing_a_date_is_read(cell: str, moment: datetime) -> None:
    dates = read_dates([cell])
    assert dates.values == [moment]
    assert not dates.undecidable
    assert dates.unread == 0


def test_cells_without_a_date_are_none_and_odd_ones_counted() -> None:
    dates = read_dates(["", "1980-01-01 00:00:00", "last Tuesday", "31/02/2020", "12345", "last Tuesday", "1/13/2020"])
    assert dates.values == [None, None, None, None, None, None, at(2020, 1, 13)]
    assert dates.unread == 4


def test_a_part_above_twelve_decides_for_the_whole_column() -> None:
    assert read_dates(["03/04/2025", "29/10/2018"]).values[0] == at(2025, 4, 3)
    american = read_dates(["03/04/2025", "8/20/2014"])
    assert american.values[0] == at(2025, 3, 4)
    assert (american.order, american.undecidable) == ("month", False)


def test_the_tools_rule_goes_first() -> None:
    dates = read_dates(["03/04/2025", "05/06/2025"], "month")
    assert (dates.values[0], dates.order, dates.undecidable) == (at(2025, 3, 4), "month", False)
    assert read_dates(["2025-03-04"], "day").order == "iso"


def test_what_nothing_decides_is_read_day_first_and_said() -> None:
    dates = read_dates(["03/04/2025", "05/06/2025"])
    assert (dates.values[0], dates.order, dates.undecidable) == (at(2025, 4, 3), "day", True)
    assert not read_dates(["05/05/2025"]).undecidable


def test_the_order_of_cells_changes_nothing() -> None:
    cells = ["03/04/2025", "8/20/2014", "", "4 March 2016", "45000"]
    assert read_dates(cells).values == read_dates(cells[::-1]).values[::-1]
