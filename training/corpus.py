"""The coded corpus goes in; its answers as typed values, without those that stand in the sample surveys, come out."""

import csv
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from coprod_cli.coding.engine import Asked, Found

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "data" / "corpus" / "answers.jsonl"
SAMPLED = ROOT / "data" / "samples" / "sources.csv"


class CodedAnswer(NamedTuple):
    """One made-up answer with the codes that a language model gave it."""

    id: str
    writer: str
    asked: Asked
    codes: tuple[Found, ...]


def read_corpus() -> list[CodedAnswer]:
    """Every corpus answer that does not stand in a sample survey, in the order of the file."""
    sampled = list_sampled()
    answers = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] not in sampled:
            codes = tuple(
                Found(code["theme"], code["stance"], code["level"], 1.0, code["start"], code["end"])
                for code in row["codes"]
            )
            answers.append(
                CodedAnswer(row["id"], row["writer"], Asked(row["text"], row["question"], row["role"]), codes)
            )
    return answers


def list_sampled() -> set[str]:
    """Ids of the corpus answers in the sample surveys: the demo must show what a coder makes of words new to it."""
    if not SAMPLED.exists():
        return set()
    with SAMPLED.open(encoding="utf-8", newline="") as lines:
        return {row["corpus_id"] for row in csv.DictReader(lines) if row["corpus_id"]}


def hash_corpus() -> str:
    """SHA-256 of the corpus file."""
    return hashlib.sha256(CORPUS.read_bytes()).hexdigest()
