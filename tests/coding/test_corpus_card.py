"""The corpus is what its card says: counts, codes within their answers, writers of their own; so is the model."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import LEVELS, ROLES, STANCES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "corpus"
FILES = ("answers.jsonl", "more.jsonl")


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("page", ["write_corpus_card", "write_model_card"])
def test_the_cards_tell_what_is_there_and_what_was_measured(page: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", f"training.{page}", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("name", FILES)
def test_every_code_is_one_of_the_codebook_and_lies_in_its_answer(name: str, framework: Framework) -> None:
    themes = {theme.id for theme in framework.themes}
    for row in read(name):
        assert row["role"] in ROLES, row["id"]
        assert row["text"].strip(), row["id"]
        for code in row["codes"]:
            assert code["theme"] in themes, row["id"]
            assert code["stance"] in STANCES, row["id"]
            assert code["level"] in LEVELS, row["id"]
            assert 0 <= code["start"] < code["end"] <= len(row["text"]), row["id"]


def test_the_yardstick_and_what_is_only_learnt_from_share_no_writer_and_no_answer() -> None:
    answers, more = (read(name) for name in FILES)
    ids = [row["id"] for row in (*answers, *more)]
    assert len(set(ids)) == len(ids)
    assert not {row["writer"] for row in answers} & {row["writer"] for row in more}
    # "No." and "Nothing springs to mind." are anyone's.
    told, learnt = (
        {" ".join(row["text"].casefold().split()) for row in rows if len(row["text"].split()) > 5}
        for rows in (answers, more)
    )
    assert not told & learnt
