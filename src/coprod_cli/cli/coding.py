"""A table of answers goes in; its mentions as JSON lines or CSV come out, with offsets into the answers as given."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
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
from coprod_cli.protecting import Masked, mask
from coprod_cli.reading import AnswerRow, AnswersFile, read_answers

STREAM = "-"
FIELDS = ("id", "theme", "stance", "level", "confidence", "unsure", "start", "end", "words")
_MOST_TOLD = 20
# What is coded together is held together; an answer that comes again is coded once among so many.
_AT_ONCE = 10_000


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
    # Before anything asks what the machine knows, for which it is loaded whole: reading a large table needs room, too.
    read = _read_table(answers, columns)
    if unknown := say_unknown(framework, machine):
        write_line(unknown, stderr=True)
    for notice in read.notices:
        write_line(notice.in_full, stderr=True)
    found = _code(read, machine, framework)
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


def _read_table(answers: Path, columns: Columns) -> AnswersFile:
    """The rows of the table; its bytes are let go."""
    if str(answers) == STREAM:
        data, name = sys.stdin.buffer.read(), "stdin"
    else:
        data, name = read_bytes(answers), answers.name
    return read_answers(data, name, columns.text, columns.answer_id, columns.question, columns.role)


def _code(read: AnswersFile, machine: Machine, framework: Framework) -> Iterator[dict[str, object]]:
    """One mention after the other, in the order of the answers and of their words, as it is to be written.

    At the end it tells of the answers that were left to a person.
    """
    left: list[tuple[int, str]] = []
    for begin in range(0, len(read.rows), _AT_ONCE):
        answers = read.rows[begin : begin + _AT_ONCE]
        masked = [mask(row.text) for row in answers]
        yield from _code_some(answers, masked, machine, framework)
        hidden = zip(answers, masked, strict=True)
        left += [(row.number, each.text) for row, each in hidden if is_left_to_a_person(each.text)]
    _tell_languages(left)


def _code_some(
    given: Sequence[AnswerRow], masked: Sequence[Masked], machine: Machine, framework: Framework
) -> Iterator[dict[str, object]]:
    asked = {words: f"q{place}" for place, words in enumerate(sorted({row.question for row in given}))}
    keys = [f"{place:09d}" for place in range(len(given))]
    answers = table(
        (
            Answer(key, asked[row.question], row.text, hidden.text)
            for key, row, hidden in zip(keys, given, masked, strict=True)
        ),
        Answer,
    )
    roles = {key: row.role for key, row in zip(keys, given, strict=True)}
    mentions = code_answers(answers, {name: words for words, name in asked.items()}, roles, framework, machine)
    for each in sorted(rows(mentions, Mention), key=lambda each: (each.response, each.start, each.theme)):
        place = int(each.response)
        start, end = masked[place].original_span(each.start, each.end)
        yield {
            "id": given[place].id,
            "theme": each.theme,
            "stance": each.stance,
            "level": each.level,
            "confidence": round(each.confidence, 3),
            "unsure": each.unsure,
            "start": start,
            "end": end,
            "words": masked[place].text[each.start : each.end],
        }


def _tell_languages(left: Sequence[tuple[int, str]]) -> None:
    """How many answers are left to a person, and the rows of the first: their ids may be names or addresses."""
    found = [str(number) for number, _ in left]
    more = " ..." if len(found) > _MOST_TOLD else ""
    where = f"In row{'s' if len(found) > 1 else ''} {', '.join(found[:_MOST_TOLD])}{more} of the table."
    for notice in note_languages(pd.DataFrame({"masked": [words for _, words in left]}), least=1):
        write_line(f"{notice.message} {where}", stderr=True)


def _write_jsonl(found: Iterable[dict[str, object]]) -> bytes:
    written = io.BytesIO()
    written.writelines(f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in found)
    return written.getvalue()


def _write_csv(found: Iterable[dict[str, object]]) -> bytes:
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding="utf-8", newline="") as sheet:
        writer = csv.DictWriter(sheet, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
        sheet.flush()
        return written.getvalue()
