"""A row type is a promise: require() holds a table to it."""

import pytest

from coprod_cli.model.errors import BrokenTableError
from coprod_cli.model.tables import Mention, Score, require, rows, table

GOOD = Mention("r1", "q1", "trust", "positive", "project", 0.5, 0, 4, "cues")


def test_rows_come_back_as_they_went_in_sorted_by_key() -> None:
    other = GOOD._replace(response="r0")
    assert list(rows(require(table([GOOD, other], Mention), Mention), Mention)) == [other, GOOD]


@pytest.mark.parametrize("row", [Mention, Score])
def test_an_empty_table_keeps_its_columns_and_types(row: type[Mention | Score]) -> None:
    assert list(rows(require(table([], row), row), row)) == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ([GOOD, GOOD], "occurs more than once"),
        ([GOOD._replace(stance="furious")], "a word other than"),
        ([GOOD._replace(confidence=1.5)], "goes above 1"),
        ([GOOD._replace(start=-1)], "goes below 0"),
    ],
)
def test_a_broken_promise_is_told(broken: list[Mention], told: str) -> None:
    with pytest.raises(BrokenTableError, match=told):
        require(table(broken, Mention), Mention)


def test_missing_columns_and_wrong_types_are_told() -> None:
    with pytest.raises(BrokenTableError, match="columns are"):
        require(table([GOOD], Mention).drop(columns="coder"), Mention)
    with pytest.raises(BrokenTableError, match="start is float64"):
        require(table([GOOD], Mention).astype({"start": "float64"}), Mention)
    with pytest.raises(BrokenTableError, match="other than words"):
        require(table([GOOD], Mention).assign(theme=3), Mention)
