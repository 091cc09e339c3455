"""Column widths of tables in Word: no more than the page, no word broken, room where there are words."""

import pytest

from coprod_cli.reporting.docx_tables import Cut, share_widths

CUT = Cut("Table", 10, 17)
LONG = "A sentence of some length about how people worked together, and what came of it in the end. " * 3


def test_a_small_table_is_as_wide_as_its_words() -> None:
    name, number = share_widths((("Project", "Score"), ("Short breaks", "57")), CUT)
    assert number < name < 5


@pytest.mark.parametrize("size", [9, 14])
def test_a_full_table_is_as_wide_as_the_page_and_long_cells_get_the_room(size: float) -> None:
    rows = (("Project", "What was said", "People"), ("Short breaks", LONG, "57"), ("Rail", LONG, "9"))
    name, said, people = share_widths(rows, Cut("Table", size, 17))
    assert name + said + people == pytest.approx(17)
    assert people < name < said
    # "breaks", the longest word in bold, fits: five letters and a half of the size, and the cell's margins.
    assert name > 5.5 * 0.55 * size * 2.54 / 72 + 0.3


def test_words_that_no_page_could_hold_leave_room_for_the_others() -> None:
    widths = share_widths((("A", "B"), ("x" * 400, "short words")), CUT)
    assert sum(widths) == pytest.approx(17)
    assert widths[1] > 1.5


def test_a_cell_that_must_not_be_broken_is_not() -> None:
    held = "\u25cf\u00a0verified"
    rows = (("Fact", "Status", "Who"), *((LONG, held, LONG),) * 5)
    assert share_widths(rows, CUT)[1] > share_widths(rows[:1] + ((LONG, "verified", LONG),) * 5, CUT)[1]


def test_an_empty_table_has_columns_all_the_same() -> None:
    assert all(width > 0 for width in share_widths((("", ""),), CUT))
