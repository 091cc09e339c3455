"""What other programs' readers get of a project is all of it.

exchange_trial.json is what pyrefiqda, potato-annotation, qdaPy and qualitative-coding got, of which the last three want
too much beside them to be installed wherever tests run. Made by benchmarks/exchange.py --record; it tells of which
bytes, so that it cannot grow old unnoticed.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RECORD: dict[str, Any] = json.loads(Path(__file__).with_name("exchange_trial.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The trial made again, with those readers that are installed here."""
    path = tmp_path_factory.mktemp("trial") / "trial.json"
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "exchange.py"), "--record", str(path)], check=True)
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return made


def list_missing(trial: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (reader, documents, what)
        for reader, told in trial["readers"].items()
        for documents in ("project", "answer")
        for what, (arrived, expected) in told[documents].items()
        if arrived != expected
    ]


def test_what_was_tried_is_what_is_written_now(trial: dict[str, Any]) -> None:
    """Where it is not: python benchmarks/exchange.py --readers PYTHON --record tests/reporting/exchange_trial.json."""
    assert trial["made"] == RECORD["made"]


def test_four_readers_got_every_word_and_code_and_one_every_variable() -> None:
    assert list_missing(RECORD) == []
    assert set(RECORD["readers"]) == {"pyrefiqda", "potato-annotation", "qdapy", "qualitative-coding"}
    for reader in ("pyrefiqda", "potato-annotation", "qdapy"):
        assert RECORD["readers"][reader]["project"]["codes with their exact words and user"] == [28, 28]
    assert RECORD["readers"]["pyrefiqda"]["answer"]["documents with all their variables"] == [8, 8]


@pytest.mark.skipif(not find_spec("pyrefiqda"), reason="pip install -e '.[test]' brings pyrefiqda")
def test_a_reader_that_is_no_part_of_coprod_gets_everything_here_and_now(trial: dict[str, Any]) -> None:
    assert "pyrefiqda" in trial["readers"]
    assert list_missing(trial) == []
