"""What was ordered goes in; a survey that Qualtrics imports, in its Advanced Format (.txt), comes out.

Every question stands alone and keeps its id as the export's code, which a row of a grid would not. The format knows no
display logic: where practitioners are asked in other words, both questions are there, and each says whom it is for.
"""

from collections.abc import Iterator

from coprod_cli.asking import wording
from coprod_cli.asking.questions import Asked, AskedKind, Order, Questionnaire, make_questionnaire
from coprod_cli.model.framework import Framework

NAME = "qualtrics.txt"
_PRACTITIONER_ENDING = "_pro"
_TYPES: dict[AskedKind, str] = {
    AskedKind.CHOICE: "MC:SingleAnswer:Vertical",
    AskedKind.RATED: "MC:SingleAnswer:Horizontal",
    AskedKind.MARK: "MC:SingleAnswer:Horizontal",
    AskedKind.LINE: "TE:SingleLine",
    AskedKind.WORDS: "TE:Essay",
    AskedKind.YES_NO: "MC:SingleAnswer:Vertical",
}
_TEXT = "DB"
_MISSING_CODE = "99"


def write_qualtrics(framework: Framework, order: Order) -> dict[str, bytes]:
    """The one file, in UTF-8 without a byte order mark: the first thing in it must be its tag."""
    asked = make_questionnaire(framework, order, order.audience)
    return {NAME: ("\n".join(_list_lines(asked)) + "\n").encode("utf-8")}


def _list_lines(asked: Questionnaire) -> Iterator[str]:
    yield "[[AdvancedFormat]]"
    if asked.project:
        yield f"\n[[ED:Project:{_write_plain(asked.project)}]]"
    yield f"\n[[Block:{_write_plain(asked.title)}]]"
    opening = "<br><br>".join(f"<strong>{heading}</strong> {text}" for heading, text in asked.opening)
    yield from _write_text("opening", opening)
    for number, part in enumerate(asked.parts, start=1):
        yield f"\n[[Block:{part.title}]]"
        if part.help:
            yield from _write_text(f"part_{number}", part.help)
        for question in part.questions:
            yield from _write_question(question)
    yield from _write_text("closing", "<br><br>".join(asked.closing))


def _write_text(name: str, text: str) -> Iterator[str]:
    yield f"\n[[Question:{_TEXT}]]\n[[ID:{name}]]\n{_write_plain(text)}"


def _write_question(question: Asked) -> Iterator[str]:
    asked = [(question.id, question.text)]
    if question.to_practitioners:
        asked = [
            (question.id, f"{wording.FOR_OTHERS} - {question.text}"),
            (f"{question.id}{_PRACTITIONER_ENDING}", f"{wording.FOR_PRACTITIONERS} - {question.to_practitioners}"),
        ]
    for name, text in asked:
        told = f"{text}<br>{question.help}" if question.help else text
        yield f"\n[[Question:{_TYPES[question.kind]}]]\n[[ID:{name}]]\n{_write_plain(told)}"
        yield from _write_choices(question)


def _write_choices(question: Asked) -> Iterator[str]:
    """The answers; those of a scale with their numbers, so that an export of numbers can be read as well."""
    if question.kind in (AskedKind.RATED, AskedKind.MARK):
        yield "[[AdvancedChoices]]"
        for choice in question.choices:
            code = choice.code if choice.code.isdigit() else _MISSING_CODE
            yield f"[[Choice:{code}]]\n{_write_plain(choice.text)}"
    elif question.choices:
        yield "[[Choices]]"
        yield from (_write_plain(choice.text) for choice in question.choices)


def _write_plain(text: str) -> str:
    """Words on one line, without anything that would be taken for a tag."""
    return " ".join(text.split()).replace("[[", "[").replace("]]", "]")
