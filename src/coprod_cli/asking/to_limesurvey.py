"""What was ordered goes in; a survey that LimeSurvey imports, as its tab-separated structure (.txt), comes out.

One row for each setting (S, SL), group (G), question (Q), row of a grid (SQ) and answer (A); what belongs together is
known by its order. Columns, and what the importer makes of them, were taken from LimeSurvey's own
TSVImportSurvey() (application/helpers/admin/import_helper.php) and its manual, "Tab Separated Value survey structure".

Codes may hold letters and digits only: the item 'start_1' is the row 'start1' of a grid. Where practitioners are asked
in other words, the grid has a second row, 'start1pro', and LimeSurvey shows each person one of the two by their role.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from coprod_cli.asking import wording
from coprod_cli.asking.questions import PROJECT, ROLE, Asked, AskedKind, Order, Part, Questionnaire, make_questionnaire
from coprod_cli.model.framework import Framework

NAME = "limesurvey.txt"
_LANGUAGE = "en"
_LONGEST_CODE = 20
_PRACTITIONER_ENDING = "pro"
_TYPES: dict[AskedKind, str] = {
    AskedKind.CHOICE: "L",
    AskedKind.MARK: "L",
    AskedKind.LINE: "S",
    AskedKind.WORDS: "T",
    AskedKind.YES_NO: "Y",
}
_GRID, _CONSTANT = "F", "*"
_ANSWERED_BY_LIST = (AskedKind.CHOICE, AskedKind.MARK)
_SETTINGS: dict[str, str] = {
    "language": _LANGUAGE,
    "format": "G",  # one group a page
    "anonymized": "Y",
    "ipaddr": "N",
    "refurl": "N",
    "datestamp": "N",
    "allowprev": "Y",
}
_IS_PRACTITIONER = f'{ROLE}.NAOK == "{wording.ROLES["practitioner"][1]}"'
_IS_NOT = f'{ROLE}.NAOK != "{wording.ROLES["practitioner"][1]}"'


class Row(NamedTuple):
    """One row of the structure; the last two columns are settings of single questions. Ids are left to the importer."""

    class_: str
    type_scale: str = ""
    name: str = ""
    relevance: str = ""
    text: str = ""
    help: str = ""
    language: str = _LANGUAGE
    validation: str = ""
    mandatory: str = ""
    other: str = ""
    default: str = ""
    same_default: str = ""
    hidden: str = ""
    equation: str = ""


COLUMNS = tuple({"class_": "class", "type_scale": "type/scale"}.get(name, name) for name in Row._fields)


def write_limesurvey(framework: Framework, order: Order) -> dict[str, bytes]:
    """The one file, in UTF-8 with a byte order mark, as LimeSurvey writes it itself."""
    asked = make_questionnaire(framework, order, order.audience)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_write_plain(cell) for cell in row] for row in _list_rows(asked))
    return {NAME: out.getvalue().encode("utf-8-sig")}


def _list_rows(asked: Questionnaire) -> Iterator[Row]:
    yield from (Row("S", name=name, text=text, language="") for name, text in _SETTINGS.items())
    welcome = "".join(f"<p><strong>{heading}</strong> {text}</p>" for heading, text in asked.opening)
    closing = "".join(f"<p>{text}</p>" for text in asked.closing)
    yield Row("SL", name="surveyls_title", text=asked.title)
    yield Row("SL", name="surveyls_welcometext", text=welcome)
    yield Row("SL", name="surveyls_endtext", text=closing)
    for number, part in enumerate(asked.parts, start=1):
        yield Row("G", str(number), part.title, text="" if part.is_rated else part.help)
        if number == 1 and asked.project:
            # A hidden equation that holds the one project, so that the export says what it is about.
            yield Row("Q", _CONSTANT, PROJECT, "1", "Project", hidden="1", equation=asked.project)
        if part.is_rated:
            yield from _write_grid(part, f"rated{number}")
        else:
            for question in part.questions:
                yield from _write_question(question)


def _write_grid(part: Part, name: str) -> Iterator[Row]:
    yield Row("Q", _GRID, name, "1", part.help, mandatory="N", other="N")
    for question in part.questions:
        if question.to_practitioners:
            yield Row("SQ", "0", make_code(question.id), _IS_NOT, question.text)
            code = make_code(question.id, _PRACTITIONER_ENDING)
            yield Row("SQ", "0", code, _IS_PRACTITIONER, question.to_practitioners)
        else:
            yield Row("SQ", "0", make_code(question.id), "1", question.text)
    yield from _write_answers(part.questions[0])


def _write_question(question: Asked) -> Iterator[Row]:
    code = make_code(question.id)
    yield Row("Q", _TYPES[question.kind], code, "1", question.text, question.help, mandatory="N", other="N")
    if question.kind in _ANSWERED_BY_LIST:
        yield from _write_answers(question)


def _write_answers(question: Asked) -> Iterator[Row]:
    yield from (Row("A", "0", choice.code, text=choice.text) for choice in question.choices)


def make_code(name: str, ending: str = "") -> str:
    """An id as LimeSurvey takes it: letters and digits, at most 20, the first a letter.

    Of a long one the middle is left out, because ids of one dimension mostly differ at their end.
    """
    code = re.sub(r"[^A-Za-z0-9]", "", name)
    code = code if code[:1].isalpha() else f"q{code}"
    most = _LONGEST_CODE - len(ending)
    if len(code) > most:
        code = code[: most // 2] + code[-(most - most // 2) :]
    return code + ending


def _write_plain(cell: str) -> str:
    """A cell on one line, without the braces that LimeSurvey would take for an expression."""
    return " ".join(cell.split()).replace("{", "(").replace("}", ")")
