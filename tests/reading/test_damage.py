"""What spreadsheets and wrong encodings did to a file is told with its count, and left as it stands."""

from collections import Counter
from collections.abc import Sequence

import pytest

from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.damage import DAMAGES, find_damage
from coprod_cli.reading.telling import SENTENCES, write_notices


def find(cells: Sequence[str], kind: ColumnKind = ColumnKind.UNUSED, width: int = 5) -> dict[str, int]:
    column = SurveyColumn(0, "A question", kind, 0.8, "a reason")
    return {told.code: told.number for told in find_damage([column], [Counter(cells)], width)}


@pytest.mark.parametrize(
    ("cells", "kind", "code", "number"),
    [
        (["1-9", "Oct-49", "Oct-49", "50-99"], ColumnKind.UNUSED, "ranges_as_dates", 2),
        (["0-4", "05-Oct", "11-25"], ColumnKind.UNUSED, "ranges_as_dates", 1),
        (["2.02202E+11", "2.02203E+11"], ColumnKind.METADATA, "numbers_rounded", 2),
        (["12749699617.0", "12749699618.0"], ColumnKind.PERSON, "numbers_with_point", 2),
        (["Agree", "#NAME?", "#REF!"], ColumnKind.ITEM, "formula_errors", 2),
        (["#VALUE!"], ColumnKind.OPEN, "formula_errors", 1),
        (["1.19", "1.2", "1.21", "1.22"], ColumnKind.UNUSED, "noughts_lost", 1),
        (["They didn\u00e2\u20ac\u2122t ask us", "It cost \u00c2\u00a35"], ColumnKind.OPEN, "encoded_twice", 2),
        (["a" * 255, "b" * 255, "short"], ColumnKind.OPEN, "answers_cut", 2),
        (["a" * 32_767, "b" * 32_767], ColumnKind.OPEN, "answers_cut", 2),
    ],
)
def test_each_kind_of_damage_is_told_with_its_count(cells: list[str], kind: ColumnKind, code: str, number: int) -> None:
    assert find(cells, kind) == {code: number}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["06-Oct", "07-Oct"], ColumnKind.DATE),
        (["May-25", "Jun-25"], ColumnKind.WAVE),
        (["1.2", "1.5", "3.4"], ColumnKind.ITEM),
        (["a" * 255, "b" * 300], ColumnKind.OPEN),
        (["a" * 255], ColumnKind.OPEN),
        (["Caf\u00e9 ol\u00e9", "na\u00efve", "\u00a35 \u2013 \u201cfair\u201d"], ColumnKind.OPEN),
        (["See #NAME? in the sheet"], ColumnKind.OPEN),
    ],
)
def test_what_is_whole_is_not_called_damaged(cells: list[str], kind: ColumnKind) -> None:
    assert find(cells, kind) == {}


def test_as_many_columns_as_an_old_excel_file_holds_are_told() -> None:
    assert find(["Agree"], width=256) == {"columns_cut": 1}
    assert find(["Agree"], width=257) == {}


def test_every_kind_has_a_sentence_without_any_cell() -> None:
    assert {*DAMAGES, "columns_cut"} <= SENTENCES.keys()
    column = SurveyColumn(0, "A question", ColumnKind.UNUSED, 0.8, "a reason")
    [notice] = write_notices(find_damage([column], [Counter(["1-9", "May-26", "27-99"])], 3))
    assert notice.rows == 0
    assert "in 1 cell: Excel has changed it" in notice.message
    assert "May-26" not in notice.message
