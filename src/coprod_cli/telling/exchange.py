"""What a project for other programs (REFI-QDA) says of an answer goes in as values and out as words, and back.

Whatever coprod writes into such a project beside themes and people's words stands here, since another program's users
see it and coprod reads it again, be it after that program has made a project of its own of it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

# Drawn once by lot; a GUID made with it is the same in every run and on every machine, and nobody else's.
_SPACE = UUID("8f0c2a52-6c0b-4d55-9a39-1f6b0d1c7e24")
_BETWEEN = "\x1f"

ORIGIN = "coprod"
ANSWER, PERSON, ROLE, PROJECT, WAVE, QUESTION = "Answer", "Person", "Role", "Project", "Round", "Question"
VARIABLES = (ANSWER, PERSON, ROLE, PROJECT, WAVE, QUESTION)
# QualCoder takes a variable for one of cases or one of documents, never both: each has its own.
OF_DOCUMENT = " (document)"
NO_PROJECT = "No project named"
# Codes beside the themes. Their names are what is left of them in programs that make GUIDs of their own.
QUESTIONS, ABOUT = "Questions", "About the coding"
QUESTION_CODE = "Question - "
LEVEL_CODES = {"individual": "Level - one child's case", "system": "Level - services at large"}
USUAL_LEVEL = "project"
TO_CHECK, NO_THEME, CHECKED = "To check", "No theme found", "All codes checked"
BESIDE = {
    **dict.fromkeys(LEVEL_CODES.values(), "What is spoken of, where it is not the joint work."),
    TO_CHECK: "The machine is not sure of what else is coded here: a person should look.",
    NO_THEME: "Whoever coded this answer found no theme in it.",
    CHECKED: "For you: code an answer with it, as yourself, once the machine's codes that are left in it are right.",
}
_LEVEL_NOTE = re.compile(r"Level: (project|individual|system|unclear)\b")
_WEIGHT_NOTE = re.compile(r"\bWeight: (\d+\.\d{6})\b")
_MARK = "#"
_SHORTEST_MARK = 3
_UNKNOWN = "-"
_MARKS = re.compile(rf"^{_MARK}+", re.MULTILINE)
_HEADING = re.compile(r"answer (\S+) \| person (.*?) \| (\w*|-) \| (.*)")
# What XML 1.0 cannot hold, and the mark that some programs take off the beginning of a text.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f]")


class Told(NamedTuple):
    """One answer in a document: what its heading says, and where its words stand. case: name of the person's case."""

    id: str
    case: str
    role: str
    question: str
    start: int
    end: int


def make_guid(kind: str, *parts: str) -> str:
    """A GUID that hangs on these words alone. kind: what it is of, such as "code", "case" or "source"."""
    return str(uuid5(_SPACE, _BETWEEN.join((kind, *parts)))).upper()


def is_structure(name: str, below: Sequence[str]) -> bool:
    """Whether a code of that name, with those of these names below it, is what coprod puts beside the themes.

    Alone it is anybody's: a codebook may well have a code "Questions".
    """
    is_question = is_heading(name, QUESTIONS) and all(each.startswith(QUESTION_CODE) for each in below)
    return bool(below) and (is_question or (is_heading(name, ABOUT) and set(below) <= BESIDE.keys()))


def is_heading(name: str, heading: str) -> bool:
    """Whether a code is called as a heading of coprod's, with or without a number that make_unique put behind it."""
    return re.fullmatch(rf"{re.escape(heading)}( \(\d+\))?", name) is not None


def make_unique(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where one like it is taken, in any case of letters; it is then taken, too."""
    fresh, number = name, 1
    while fresh.casefold() in taken:
        number += 1
        fresh = f"{name} ({number})"
    taken.add(fresh.casefold())
    return fresh


def settle_words(words: str) -> str:
    """The words as every program reads them alike: lines end in LF, and what XML cannot hold is U+FFFD.

    Only CR LF becomes shorter; all else keeps its place.
    """
    return _FORBIDDEN.sub("\ufffd", _LINE_ENDS.sub("\n", words))


def write_document(answers: Sequence[tuple[str, str, str, str, str]]) -> tuple[str, list[int]]:
    """A document of answers, each under a heading line, and where each one's words begin.

    Args:
        answers: id, name of the case, role, question and words; the words settled, all else on one line.
    """
    longest = max((len(found) for each in answers for found in _MARKS.findall(each[-1])), default=0)
    # So long that no line of anybody's words begins with it.
    mark = _MARK * max(_SHORTEST_MARK, longest + 1)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for name, case, role, question, words in answers:
        heading = f"{mark} answer {name} | person {case or _UNKNOWN} | {role or _UNKNOWN} | {question}\n"
        starts.append(length + len(heading))
        parts.append(f"{heading}{words}\n\n")
        length += len(parts[-1])
    return "".join(parts)[:-1], starts


def split_document(text: str) -> list[Told]:
    """Its answers, where it is a document as write_document makes them; else none."""
    mark = found[0] if (found := _MARKS.match(text)) else ""
    if len(mark) < _SHORTEST_MARK:
        return []
    told = list(_list_told(text, re.compile(rf"^{mark} (.*)$", re.MULTILINE)))
    return told if told and len({each.id for each in told}) == len(told) else []


def write_note(level: str, coder: str, confidence: float | None, *, unsure: bool) -> str:
    """What is known of a code beside its theme and stance. confidence: a machine's; None for a person.

    level: may be UNCLEAR, and empty where nobody was asked.
    """
    said = f"Level: {level}." if level else ""
    sure = "" if confidence is None else f"Confidence: {confidence:.2f} ({coder})."
    return " ".join(filter(None, (said, sure, "Not sure: a person should look." if unsure else "")))


def write_weight(weight: float | None) -> str:
    """How many answers one stands for that a person coded; nothing where that is not known."""
    return "" if weight is None else f"Weight: {weight:.6f}."


def take_weight(note: str) -> float | None:
    """The weight that a note tells of; None where it tells of none."""
    found = _WEIGHT_NOTE.search(note)
    return float(found[1]) if found else None


def take_level(note: str) -> str:
    """The level that a note tells of, or UNCLEAR; empty where it is no such note."""
    found = _LEVEL_NOTE.match(note.strip())
    return found[1] if found else ""


def _list_told(text: str, heading: re.Pattern[str]) -> Iterator[Told]:
    found = [(each, _HEADING.fullmatch(each[1].rstrip())) for each in heading.finditer(text)]
    headed = [(each.start(), each.end(), said) for each, said in found if said]
    ends = [*(start for start, _, _ in headed), len(text)][1:]
    for (_, begin, said), end in zip(headed, ends, strict=True):
        start = min(begin + 1, end)
        words = text[start:end]
        # Behind the words comes a blank line; behind the last ones, the end of the last line.
        blank = "\n\n" if end < len(text) and words.endswith("\n\n") else "\n"
        case, role = ("" if each == _UNKNOWN else each for each in (said[2], said[3]))
        yield Told(said[1], case, role, said[4], start, start + len(words.removesuffix(blank)))
