"""The results folder of a run goes in; its coded answers, as coded_answers.csv tells them, come out."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.tables import LEFT_OPEN, LEVELS, ROLES, STANCES
from coprod_cli.reading.findings_file import read_manifest, read_own_framework
from coprod_cli.reading.results_file import RESULTS
from coprod_cli.telling import unguard_cell

CODED_ANSWERS = "coded_answers.csv"
# The one audience that is told of every answer.
RAW = "raw"
_HINT = "Give the whole folder as coprod analyse wrote it, or the survey itself."
_LONGEST_CELL = 2**30


def read_coded(folder: Path) -> CodedAnswers:
    """The answers of a results folder with their codes; without closed answers, which it does not hold.

    Raises:
        SettingsFileError: it is no such folder, it is for others than the data's holder and so holds a part of the
            answers only, or the file is not as coprod wrote it.
    """
    read_manifest(folder)
    path = folder / CODED_ANSWERS
    try:
        content = path.read_bytes()
        results = json.loads((folder / RESULTS).read_bytes())
        audience, engine = results["settings"]["audience"], results["settings"]["engine"]
        machines = {engine, results["coder"]["engine"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingsFileError(f"{folder} has no {CODED_ANSWERS} with its {RESULTS}.", _HINT) from None
    if audience != RAW:
        what = f"{folder} is a report for others to see: only answers that may be quoted are in it."
        raise SettingsFileError(what, "Give the survey itself, or a folder made with --audience raw, for you alone.")
    framework = read_own_framework(folder)
    answers: dict[str, AskedAnswer] = {}
    found: dict[str, list[Marked]] = {}
    by_hand: dict[str, str] = {}
    known = {theme.id for theme in framework.themes}
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
            _take_row(row, answers, found, by_hand, known)
        for name, marks in found.items():
            by_hand.update((name, mark.coder) for mark in marks if mark.coder not in machines)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error):
        raise SettingsFileError(f"{path} is not as coprod wrote it.", _HINT) from None
    return CodedAnswers(
        framework=framework,
        engine=engine,
        answers=dict(sorted(answers.items())),
        found={name: tuple(sorted(found[name])) for name in sorted(found)},
        by_hand=dict(sorted(by_hand.items())),
        looked={name: (who,) for name, who in sorted(by_hand.items())},
        levelless=_find_levelless(found.values(), by_hand.values()),
        sources=((folder.name, hashlib.sha256(content).hexdigest()),),
    )


def _find_levelless(found: Iterable[Sequence[Marked]], people: Iterable[str]) -> frozenset[str]:
    """Of people who coded, those of whose codes none has a level."""
    return frozenset(people) - {mark.coder for marks in found for mark in marks if mark.level}


def _take_row(
    row: Mapping[str, str],
    answers: dict[str, AskedAnswer],
    found: dict[str, list[Marked]],
    by_hand: dict[str, str],
    known: set[str],
) -> None:
    """One line: an answer, and one of its codes unless its theme is empty.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is not as coprod writes it.
    """
    said = {name: unguard_cell(cell) for name, cell in row.items()}
    mark = None
    words = said["words"]
    if said["theme"]:
        start, end = int(said["start"]), int(said["end"])
        unsure = said["unsure"] == "yes"
        stance, level = said["stance"], said["level"]
        sureness = float(said["confidence"])
        if (
            words[start:end] != said["evidence"]
            or said["theme"] not in known
            or stance not in STANCES
            or level not in LEVELS
            or (left_open := said.get("left_open", "")) not in LEFT_OPEN
        ):
            raise ValueError(CODED_ANSWERS)
        stance, level = ("" if name in left_open else each for name, each in (("stance", stance), ("level", level)))
        mark = Marked(said["theme"], stance, level, start, end, sureness, unsure, said["coder"])
    if said["role"] not in ROLES:
        raise ValueError(CODED_ANSWERS)
    place = (said["asked"] or said["question"], said["role"], said["project"], said["wave"], said["person"])
    answers[said["answer"]] = AskedAnswer(said["answer"], words, *place)
    if mark:
        found.setdefault(said["answer"], []).append(mark)
    elif said["coder"]:
        by_hand[said["answer"]] = said["coder"]
