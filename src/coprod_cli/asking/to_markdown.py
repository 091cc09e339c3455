"""What was ordered goes in; the questionnaire as text, to e-mail or to copy into a form tool by hand, comes out."""

from collections.abc import Iterator

from coprod_cli.asking.booklets import make_booklets, name_booklet
from coprod_cli.asking.questions import Asked, AskedKind, Order, Part, Questionnaire
from coprod_cli.model.framework import Framework

_BOX = "[ ]"
_SETTING_UP = """\
---

## For the person who sets the form up

Leave this part out of what people see. Fill in what stands in [square brackets] first.

**Google Forms.** Make each part called "{grid}" one *Multiple-choice grid*: its questions are the rows, its answers the
columns. Question {mark} is a *Linear scale* from 0 to 10. Switch the collecting of e-mail addresses off.

**Microsoft Forms.** Make each part called "{grid}" one *Likert*: its questions are the statements, its answers the
options. Question {mark} is a *Choice* of 0 to 10. Let anyone respond, and do not record names.

**Any tool.** Copy questions and answers word for word, with or without their numbers: coprod knows its questions by
their words. Make no question required. Download the answers as CSV or Excel and run `coprod analyse FILE`. If parents
and professionals have a form each, give coprod both files at once: `coprod analyse FILE1 FILE2`.
"""


def write_markdown(framework: Framework, order: Order) -> dict[str, bytes]:
    """One text for each audience, in UTF-8."""
    return {
        name_booklet(booklet, "md"): "\n".join(_write(booklet)).encode("utf-8")
        for booklet in make_booklets(framework, order, paper=False)
    }


def _write(asked: Questionnaire) -> Iterator[str]:
    yield f"# {_escape(asked.title)}\n"
    for heading, text in asked.opening:
        yield f"**{heading}** {_escape(text)}\n"
    for part in asked.parts:
        yield from _write_part(part)
    yield "---\n"
    yield from (f"{text}\n" for text in asked.closing)
    marks = [str(question.number) for question in asked.questions if question.kind is AskedKind.MARK]
    grids = next((part.title.partition(":")[0] for part in asked.parts if part.is_rated), "")
    yield _SETTING_UP.format(grid=grids, mark=" and ".join(marks) or "with marks")


def _write_part(part: Part) -> Iterator[str]:
    yield f"## {part.title}\n"
    if part.help:
        yield f"{part.help}\n"
    if part.is_rated:
        yield f"Answers: {' / '.join(choice.text for choice in part.questions[0].choices)}\n"
    for question in part.questions:
        yield from _write_question(question)


def _write_question(question: Asked) -> Iterator[str]:
    yield f"{question.number}\\. {_escape(question.text)}\n"
    if question.help:
        yield f"{question.help}\n"
    match question.kind:
        case AskedKind.CHOICE | AskedKind.YES_NO:
            yield from (f"- {_BOX} {_escape(choice.text)}" for choice in question.choices)
            yield ""
        case AskedKind.MARK:
            yield " ".join(choice.text for choice in question.choices) + "\n"
        case AskedKind.LINE | AskedKind.WORDS:
            yield "Your answer:\n"


def _escape(text: str) -> str:
    """Words of the user's own without Markdown marks in them."""
    return "".join(f"\\{mark}" if mark in "\\*_`#<>" else mark for mark in text)
