"""Bytes cut off, changed, or spliced together with others are read as a survey or refused in words, never a crash."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from tests.reading.shapes import SHAPES, Asked

from coprod_cli.model.errors import CoprodError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey

TRIES = 3
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
LINES = 25
ASKED = (
    Asked("Q1", "Invitation code"),
    Asked("Q2", "What is your role?"),
    Asked("Q3", "Which project is this about?"),
    Asked("Q5", "What was good about how parents and professionals worked together?", open=True),
)
ROWS = tuple(
    (
        f"P{number:03}",
        "Parent or carer",
        "Short breaks",
        f"They listened to us {number} times, \u201ctoo late\u201d; \u00a35.",
    )
    for number in range(1, 8)
)


def list_whole_files() -> dict[str, bytes]:
    """The first rows of every sample, and one small table in every shape, by file name."""
    files = {}
    for path in sorted(SAMPLES.glob("*.*")):
        if path.suffix == ".csv":
            files[path.name] = b"".join(path.read_bytes().splitlines(keepends=True)[:LINES])
        elif path.suffix not in {".py", ".toml", ".md"}:
            files[path.name] = path.read_bytes()
    for shape, each in SHAPES.items():
        files |= {f"{shape} {name}": data for name, data in each.write(ASKED, ROWS).items()}
    return files


WHOLE = list_whole_files()


def cut(data: bytes, _: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def flip(data: bytes, _: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _each in range(random.choice((1, 5, 50))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def leave_out(data: bytes, _: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data[:start] + data[start + random.randrange(1, 300) :]


def repeat(data: bytes, _: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    piece = data[start : start + random.randrange(1, 300)]
    return data[:start] + piece * random.choice((2, 40)) + data[start:]


def splice(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))] + other[random.randrange(len(other)) :]


def damage_inside(data: bytes, other: bytes, random: Random) -> bytes:
    """A zip (a workbook is one, too) whose own sums are right and one of whose members is damaged; else a splice."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return splice(data, other, random)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(sorted(members))
    if members[chosen]:
        members[chosen] = random.choice((cut, flip, leave_out, repeat))(members[chosen], other, random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inner in members.items():
            archive.writestr(name, inner)
    return out.getvalue()


DAMAGES: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (cut, flip, leave_out, repeat, splice, damage_inside)


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_read_or_refused_in_words(name: str, framework: Framework, tmp_path: Path) -> None:
    random = Random(name)  # noqa: S311 -- repeatable, not secret
    path = tmp_path / name
    for _ in range(TRIES):
        damage = random.choice(DAMAGES)
        path.write_bytes(damage(WHOLE[name], WHOLE[random.choice(sorted(WHOLE))], random))
        with suppress(CoprodError):
            survey = read_survey([path], framework)
            assert survey.rows_read == survey.forms + sum(notice.rows for notice in survey.notices)
