"""The coded corpus goes in; its answers as typed values, without those that stand in the sample surveys, come out."""

import csv
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from coprod_cli.coding.engine import Asked, Found

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "data" / "corpus" / "answers.jsonl"
MORE = ROOT / "data" / "corpus" / "more.jsonl"
SAMPLED = ROOT / "data" / "samples" / "sources.csv"


class CodedAnswer(NamedTuple):
    """One made-up answer with the codes that a language model gave it."""

    id: str
    writer: str
    asked: Asked
    codes: tuple[Found, ...]


def read_corpus() -> list[CodedAnswer]:
    """Every answer of the 25 writers that does not stand in a sample survey, in the order of the file."""
    sampled = list_sampled()
    return [answer for answer in _read(CORPUS) if answer.id not in sampled]


def read_more() -> list[CodedAnswer]:
    """The answers written for training alone, in the order of the file: always learnt from, never measured on."""
    return _read(MORE)


def list_sampled() -> set[str]:
    """Ids of the corpus answers in the sample surveys: the demo must show what a coder makes of words new to it."""
    if not SAMPLED.exists():
        return set()
    with SAMPLED.open(encoding="utf-8", newline="") as lines:
        return {row["corpus_id"] for row in csv.DictReader(lines) if row["corpus_id"]}


def hash_corpus() -> str:
    """SHA-256 of both files of answers, one after the other."""
    return hashlib.sha256(CORPUS.read_bytes() + MORE.read_bytes()).hexdigest()


def _read(path: Path) -> list[CodedAnswer]:
    answers = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        codes = tuple(
            Found(code["theme"], code["stance"], code["level"], 1.0, code["start"], code["end"])
            for code in row["codes"]
        )
        answers.append(CodedAnswer(row["id"], row["writer"], Asked(row["text"], row["question"], row["role"]), codes))
    return answers
