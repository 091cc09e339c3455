"""An old Excel file whose sectors lead round in a circle is refused before it can eat up the memory."""

import struct
from pathlib import Path

import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.sectors import has_broken_chain
from coprod_cli.reading.workbook import read_workbook

WHOLE = Path(__file__).parents[2] / "data" / "samples" / "forum_survey_handmade.xls"


def find_table(data: bytearray) -> int:
    """Where the first sector of the file's table of sectors begins."""
    return 512 * (1 + int.from_bytes(data[76:80], "little"))


def test_a_whole_file_and_a_file_of_another_kind_have_no_broken_chain() -> None:
    assert not has_broken_chain(WHOLE.read_bytes())
    assert not has_broken_chain(b"PK\x03\x04")


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_chain_that_leads_back_into_itself_makes_a_broken_workbook(length: int) -> None:
    data = bytearray(WHOLE.read_bytes())
    table = find_table(data)
    place = next(
        place
        for place in range(120)
        if all(
            struct.unpack_from("<I", data, table + 4 * (place + step))[0] == place + step + 1 for step in range(length)
        )
    )
    struct.pack_into("<I", data, table + 4 * (place + length - 1), place)
    with pytest.raises(UnreadableSurveyError, match="broken workbook"):
        read_workbook(take_raw(bytes(data), "survey.xls"))


def test_a_list_of_sectors_without_an_end_and_a_bare_header_are_found() -> None:
    data = bytearray(WHOLE.read_bytes())
    # The first further list of the table's sectors; the last number of sector 0 says that the next one is itself.
    struct.pack_into("<I", data, 68, 0)
    struct.pack_into("<I", data, 1020, 0)
    assert has_broken_chain(bytes(data))
    assert has_broken_chain(bytes(data[:100]))


def test_a_file_cut_off_is_a_broken_workbook() -> None:
    data = WHOLE.read_bytes()
    for kept in (600, len(data) // 2, len(data) - 700):
        with pytest.raises(UnreadableSurveyError, match="broken workbook"):
            read_workbook(take_raw(data[:kept], "survey.xls"))
