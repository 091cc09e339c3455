"""A long table of answers is coded part by part; what comes out is what comes out of it whole."""

import csv
from pathlib import Path

import pytest

from coprod_cli.cli import coding
from coprod_cli.cli.coding import Columns, Sought, code_file

ASKED = "What was not good, or could have been better?"
ANSWERS = [
    "They never listened to us. But staff were kind.",
    "n/a",
    "Mrs Zebedee talked over us; nobody told my son what changed.",
    "Nikt nas nie s\u0142ucha\u0142, wszystko by\u0142o ju\u017c ustalone.",
    "It was decided before we were asked, a tick box exercise.",
    "They never listened to us. But staff were kind.",
    "Doedd neb yn gwrando arnom ni",
    "They paid our travel and we had an equal say in what was decided.",
]


@pytest.mark.parametrize("to", ["jsonl", "csv"])
@pytest.mark.parametrize("engine", ["fast", "cues"])
def test_a_table_coded_in_parts_gives_the_same_bytes_and_notices(
    engine: str, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "answers.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = [(place, words, ASKED if place % 3 else "", "parent") for place, words in enumerate(ANSWERS)]
        csv.writer(stream).writerows([("id", "text", "question", "role"), *rows])
    written, told = [], []
    for most in (1, 3, len(ANSWERS)):
        monkeypatch.setattr(coding, "_AT_ONCE", most)
        out = tmp_path / f"{most}.{to}"
        code_file(
            table,
            Columns("text", "id", "question", "role"),
            Sought(engine, None, None),
            to=to,
            out=str(out),
            force=False,
        )
        written.append(out.read_bytes())
        told.append(capsys.readouterr().err)
    assert written[0].count(b"\n") > 3
    assert "In rows 5, 8 of the table." in told[0]
    assert len(set(written)) == len(set(told)) == 1
