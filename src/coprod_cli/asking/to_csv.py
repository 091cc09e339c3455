"""What was ordered goes in; a list of the questions and an empty sheet to type paper forms into come out, as CSV.

The sheet's headers are the numbers and words of the paper form: whoever types sees both, and coprod reads both.
"""

import csv
import io
from collections.abc import Sequence

from coprod_cli.asking import wording
from coprod_cli.asking.questions import Asked, AskedKind, Order, make_questionnaire
from coprod_cli.model.framework import Framework

QUESTIONS, SHEET = "questions.csv", "answer_sheet.csv"
_BETWEEN = " | "
_HEADER = ("number", "id", "part", "kind", "question", "question to professionals", "help", "answers")
_KINDS: dict[AskedKind, str] = {
    AskedKind.CHOICE: "choose one",
    AskedKind.RATED: "choose one (row of a grid)",
    AskedKind.MARK: "choose one, 0 to 10",
    AskedKind.LINE: "short text",
    AskedKind.WORDS: "long text",
    AskedKind.YES_NO: "yes or no",
}


def write_csv(framework: Framework, order: Order) -> dict[str, bytes]:
    """Both files, in UTF-8 with a byte order mark, without which Excel shows accents wrong."""
    asked = make_questionnaire(framework, order, order.audience)
    rows = [
        (
            str(question.number),
            question.id,
            part.title,
            _KINDS[question.kind],
            question.text,
            question.to_practitioners or question.text,
            question.help or part.help,
            _BETWEEN.join(choice.text for choice in question.choices),
        )
        for part in asked.parts
        for question in part.questions
    ]
    sheet = (wording.FORM_NUMBER, *(_head(question) for question in asked.questions))
    return {QUESTIONS: _encode([_HEADER, *rows]), SHEET: _encode([sheet])}


def _head(question: Asked) -> str:
    return f"{question.number}. {question.text}"


def _encode(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
