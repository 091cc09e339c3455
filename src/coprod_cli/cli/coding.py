"""A table of answers goes in; its mentions as JSON lines or CSV come out, with offsets into the answers as given."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coprod_cli.cli.machines import choose_machine, say_unknown
from coprod_cli.cli.saving import refuse_overwriting, save_file
from coprod_cli.cli.terminal import write_line
from coprod_cli.coding import Machine, code_answers, is_left_to_a_person, note_languages
from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, Mention, rows, table
from coprod_cli.protecting import mask
from coprod_cli.reading import AnswersFile, read_answers

STREAM = "-"
FIELDS = ("id", "theme", "stance", "level", "confidence", "unsure", "start", "end", "words")
_MOST_TOLD = 20


class Columns(NamedTuple):
    """Which columns of the table hold what; question and role may be empty."""

    text: str
    answer_id: str
    question: str
    role: str


class Sought(NamedTuple):
    """Who codes, by which themes: an engine, or a coder of one's own, and a framework."""

    engine: str
    coder: Path | None
    framework: Path | None


def code_file(answers: Path, columns: Columns, sought: Sought, *, to: str, out: str, force: bool) -> None:
    """Code every answer of the table and write its mentions, in the order of the answers.

    Raises:
        CoprodError: the table or the framework cannot be read, a column is missing, or FILE cannot be written.
    """
    refuse_overwriting([None if out == STREAM else Path(out)], [answers, sought.framework, sought.coder])
    machine, framework = choose_machine(*sought)
    if unknown := say_unknown(framework, machine):
        write_line(unknown, stderr=True)
    if str(answers) == STREAM:
        data, name = sys.stdin.buffer.read(), "stdin"
    else:
        data, name = read_bytes(answers), answers.name
    read = read_answers(data, name, columns.text, columns.answer_id, columns.question, columns.role)
    for notice in read.notices:
        write_line(notice.in_full, stderr=True)
    found = list(_code(read, machine, framework))
    content = _write_jsonl(found) if to == "jsonl" else _write_csv(found)
    if out == STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        save_file(content, Path(out), force=force)


def read_bytes(path: Path) -> bytes:
    """Every byte of a table of answers.

    Raises:
        UnreadableSurveyError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or "it cannot be opened").lower()
        raise UnreadableSurveyError(f"{path} cannot be read: {why}.", "Check the name and the folder.") from error


def _code(read: AnswersFile, machine: Machine, framework: Framework) -> Iterator[dict[str, object]]:
    masked = [mask(row.text) for row in read.rows]
    asked = {words: f"q{place}" for place, words in enumerate(sorted({row.question for row in read.rows}))}
    keys = [f"{place:09d}" for place in range(len(read.rows))]
    answers = table(
        (
            Answer(key, asked[row.question], row.text, hidden.text)
            for key, row, hidden in zip(keys, read.rows, masked, strict=True)
        ),
        Answer,
    )
    _tell_languages(answers, [row.number for row in read.rows])
    roles = {key: row.role for key, row in zip(keys, read.rows, strict=True)}
    mentions = code_answers(answers, {name: words for words, name in asked.items()}, roles, framework, machine)
    found = sorted(rows(mentions, Mention), key=lambda each: (each.response, each.start, each.theme))
    for each in found:
        place = int(each.response)
        start, end = masked[place].original_span(each.start, each.end)
        yield {
            "id": read.rows[place].id,
            "theme": each.theme,
            "stance": each.stance,
            "level": each.level,
            "confidence": round(each.confidence, 3),
            "unsure": each.unsure,
            "start": start,
            "end": end,
            "words": masked[place].text[each.start : each.end],
        }


def _tell_languages(answers: pd.DataFrame, numbers: list[int]) -> None:
    """How many answers are left to a person, and the rows of the first: their ids may be names or addresses."""
    left = answers["masked"].map(is_left_to_a_person).to_numpy(bool)
    found = [str(number) for number, each in zip(numbers, left, strict=True) if each]
    more = " ..." if len(found) > _MOST_TOLD else ""
    where = f"In row{'s' if len(found) > 1 else ''} {', '.join(found[:_MOST_TOLD])}{more} of the table."
    for notice in note_languages(answers[left], least=1):
        write_line(f"{notice.message} {where}", stderr=True)


def _write_jsonl(found: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found).encode()


def _write_csv(found: list[dict[str, object]]) -> bytes:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return sheet.getvalue().encode()
