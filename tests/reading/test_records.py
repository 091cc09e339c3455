"""JSON, JSON lines and Parquet become rows under one header, whatever wraps the forms."""

import io
import json
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.telling import write_notices

ROWS = [("role", "good"), ("Parent", "They listened"), ("SENCO", "")]
FORMS = [{"role": "Parent", "good": "They listened"}, {"role": "SENCO", "good": None}]
FRAME = pd.DataFrame(FORMS)


def open_rows(data: bytes | str, name: str = "survey.json") -> list[tuple[str, ...]]:
    raw = take_raw(data if isinstance(data, bytes) else data.encode(), name)
    [grid] = open_file(raw).grids
    assert grid.given_headers == 1
    return list(grid.walk())


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(FORMS),
        json.dumps(FORMS, indent=2),
        "\ufeff" + json.dumps(FORMS),
        *(json.dumps({"count": 2, name: FORMS}) for name in ("responses", "results", "data", "value", "Rows", "mine")),
        json.dumps({"data": {"responses": FORMS}, "next": None}),
        json.dumps({"responses": [{"1": FORMS[0]}, {"2": FORMS[1]}]}),
        json.dumps({"R_1": FORMS[0], "R_2": FORMS[1]}),
        json.dumps({"role": ["Parent", "SENCO"], "good": ["They listened", None]}),
        json.dumps([["role", "good"], ["Parent", "They listened"], ["SENCO", None]]),
        *(FRAME.to_json(orient=orient) for orient in ("records", "columns", "index", "split")),
    ],
)
def test_the_forms_are_found_whatever_holds_them(text: str) -> None:
    assert open_rows(text) == ROWS


def test_one_object_is_one_form() -> None:
    assert open_rows(json.dumps(FORMS[0])) == ROWS[:2]


def test_nested_things_lie_flat_and_lists_are_choices() -> None:
    form = {
        "meta": {"id": 12345678901234567890, "done": True}, "ways": ["letter", "meeting"], "share": 2.0, "half": 0.5,
        "kin": [{"age": 4}, {"age": 7}], "nothing": None, "none": [], "odd": float("nan"),
    }  # fmt: skip
    assert open_rows(json.dumps([form])) == [
        ("meta/id", "meta/done", "ways", "share", "half", "kin[1]/age", "kin[2]/age", "nothing", "none", "odd"),
        ("12345678901234567890", "Yes", "letter; meeting", "2", "0.5", "4", "7", "", "", ""),
    ]  # fmt: skip


def test_keys_stand_in_the_order_in_which_they_come_first() -> None:
    assert open_rows('[{"b": 1}, {"a": 2, "b": 3}]') == [("b", "a"), ("1", ""), ("3", "2")]


@pytest.mark.parametrize("name", ["survey.jsonl", "survey.ndjson", "survey.txt"])
def test_json_lines_with_blank_lines_between(name: str) -> None:
    assert open_rows("\n".join(["", json.dumps(FORMS[0]), "", json.dumps(FORMS[1]), "", ""]), name) == ROWS


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ('[{"a": 1},\n{"a": }]', "s.json", "s.json is broken JSON: line 2"),
        ('{"a": 1}\n\n{"a": 2}\n{"a": ', "s.jsonl", "s.jsonl is broken: line 4"),
        ('{"a": 1}\n[2]\n', "s.jsonl", "s.jsonl holds no object in line 2"),
        ("[1, 2]", "s.json", "s.json is JSON without a list of forms"),
        ("[]", "s.json", "s.json is JSON without a list of forms"),
        ("[" * 100_000, "s.json", "s.json nests things deeper"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "s.json", "s.json nests things deeper"),
        ('{"a":' * 500 + "1" + "}" * 500 + "\n{}", "s.jsonl", "s.jsonl nests things deeper"),
        ('{"data":' * 600 + "1" + "}" * 600, "s.json", "s.json nests things deeper"),
        ('{"data":' * 600 + '[{"a": 1}]' + "}" * 600, "s.json", "s.json nests things deeper"),
        ("[" + '{"a":' * 400 + "1" + "}" * 400 + "]", "s.json", "s.json nests things deeper"),
    ],
)
def test_broken_files_are_told_with_their_line(text: str, name: str, what: str) -> None:
    with pytest.raises(UnreadableSurveyError) as told:
        open_file(take_raw(text.encode(), name))
    assert told.value.what.startswith(what)
    assert told.value.hint.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["[Q1] How far?,[Q2] Role\nMostly,Mum\n", '{"ImportId":"QID1"}\t{"ImportId":"QID2"}\na\tb\n', "{a};{b}\n1;2\n"],
)
def test_a_table_that_begins_with_a_bracket_stays_a_table(text: str) -> None:
    assert open_file(take_raw(text.encode(), "survey.csv")).kind == "text"


KEYS = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=5)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)


@given(st.lists(st.dictionaries(KEYS, WORDS, min_size=1, max_size=4), min_size=2, max_size=6))
def test_what_is_written_as_lines_is_read_back(forms: list[dict[str, str]]) -> None:
    header, *rows = open_rows("\n".join(json.dumps(form) for form in forms), "survey.jsonl")
    assert [dict(zip(header, row, strict=True)) for row in rows] == [
        {key: form.get(key, "") for key in header} for form in forms
    ]


def write_parquet(table: pa.Table, **said: Any) -> bytes:  # noqa: ANN401  # pyarrow's own options
    out = io.BytesIO()
    pq.write_table(table, out, **said)
    return out.getvalue()


def test_parquet_of_every_type() -> None:
    when = datetime(2025, 10, 6, 9, 30)  # noqa: DTZ001  # a time without a zone
    columns: dict[str, Any] = {
        "words": ["a", None],
        "role": pa.array(["Mum", "Mum"]).dictionary_encode(),
        "at": [when, None],
        "day": [date(2025, 10, 6), None],
        "mark": [7.0, 7.5],
        "number": [1, None],
        "done": [True, False],
        "ways": [["letter", "meeting"], []],
        "who": [{"id": 1, "in.area": {"name": "x"}}, None],
        "cost": [Decimal("1.50"), None],
    }
    assert open_rows(write_parquet(pa.table(columns)), "survey.parquet") == [
        ("words", "role", "at", "day", "mark", "number", "done", "ways", "who/id", "who/in.area/name", "cost"),
        ("a", "Mum", "2025-10-06 09:30:00", "2025-10-06", "7", "1", "Yes", "letter; meeting", "1", "x", "1.50"),
        ("", "Mum", "", "", "7.5", "", "No", "", "", "", ""),
    ]


def test_pandas_index_is_no_question_and_blocks_of_rows_stay_together() -> None:
    frame = pd.DataFrame({"role": ["Mum", "Dad", "Mum", "Gran"] * 10}, index=range(5, 45))
    frame["kind"] = frame["role"].astype("category")
    table = pa.Table.from_pandas(frame.iloc[[3, *range(1, 40)]])
    rows = open_rows(write_parquet(table, row_group_size=7), "survey.parquet")
    assert rows[0] == ("role", "kind")
    assert rows[1:] == [("Gran", "Gran"), *[(role, role) for role in (["Mum", "Dad", "Mum", "Gran"] * 10)[1:]]]


def test_a_broken_parquet_file_is_told() -> None:
    data = write_parquet(pa.table({"a": ["x"] * 99}))
    with pytest.raises(UnreadableSurveyError, match="broken Parquet"):
        open_file(take_raw(data[:-20], "survey.parquet"))


def test_parquet_of_types_of_ones_own() -> None:
    numbers = [uuid.UUID(int=7), uuid.UUID(int=8)]
    stored = pa.array([number.bytes for number in numbers], pa.uuid())
    columns = {
        "id": stored,
        "form": pa.array(['{"a": 1}', None], pa.json_()),
        "who": pa.StructArray.from_arrays([stored], ["id"]),
    }
    assert open_rows(write_parquet(pa.table(columns)), "survey.parquet") == [
        ("id", "form", "who/id"),
        *((str(number), form, str(number)) for number, form in zip(numbers, ('{"a": 1}', ""), strict=True)),
    ]


@pytest.mark.parametrize(
    "unreadable",
    [pa.array([2**60, None], pa.timestamp("us")), pa.array([0, 1], pa.timestamp("us", tz="No/Where"))],
    ids=["after the year 9999", "no such time zone"],
)
def test_a_parquet_column_that_cannot_be_read_is_blank_and_told(unreadable: pa.Array) -> None:
    columns = {"Role": ["Parent", "SENCO"], "at": unreadable, "What was good?": ["They listened", "We met"]}
    opened = open_file(take_raw(write_parquet(pa.table(columns)), "survey.parquet"))
    assert list(opened.grids[0].walk()) == [
        ("Role", "at", "What was good?"), ("Parent", "", "They listened"), ("SENCO", "", "We met"),
    ]  # fmt: skip
    [notice] = write_notices(opened.told)
    assert notice.message.startswith("Not read: 1 column of a Parquet file")


def test_a_small_parquet_file_of_a_hundred_million_rows_is_refused() -> None:
    role = pa.DictionaryArray.from_arrays(pa.array(np.zeros(10**7, np.int8)), pa.array(["Parent"]))
    table = pa.table({f"role {number}": role for number in range(6)})
    data = write_parquet(table, compression="zstd")
    assert len(data) < 10**6
    with pytest.raises(UnreadableSurveyError, match="10,000,000 rows and 6 columns"):
        open_file(take_raw(data, "survey.parquet"))
