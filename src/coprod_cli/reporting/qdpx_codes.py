"""Answers with their codes go in; the codebook of a project for other programs, with colours, comes out."""

import colorsys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from coprod_cli.binding import clean_words
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.reporting.refi_codes import RefiCode, add_codes, list_codes
from coprod_cli.telling import exchange, make_guid

# As in the chart of stances: told apart by those who see colours differently, too.
_STANCES = {"positive": "#2F6FA8", "negative": "#D9822B", "neutral": "#9AA5AD"}
_QUESTION, _BESIDE = "#D5DADD", "#6B6B6B"
_LONGEST_NAME = 100


class Beside(NamedTuple):
    """A code that is no theme, below a heading of the codebook."""

    guid: str
    name: str
    about: str
    colour: str


@dataclass(frozen=True)
class Codebook:
    """The codes of a project.

    themes: as refi_codes lists them. beside: by heading. guids: by ("theme", theme, stance), ("question", question) and
    ("beside", name).
    """

    themes: tuple[RefiCode, ...]
    beside: Mapping[str, tuple[Beside, ...]]
    guids: dict[tuple[str, ...], str]


def make_codebook(told: CodedAnswers) -> Codebook:
    """Themes with their stances, the questions, and what is said about the coding; no two names are alike."""
    themes = list_codes(told.framework)
    taken = {each.name.casefold() for each in themes}
    questions_named, about_named = (exchange.make_unique(name, taken) for name in (exchange.QUESTIONS, exchange.ABOUT))
    guids: dict[tuple[str, ...], str] = {("theme", each.theme, each.stance): each.guid for each in themes}
    questions = []
    for question in sorted({each.question for each in told.answers.values()}):
        guid = guids["question", question] = make_guid("question", question)
        name = exchange.make_unique(_shorten(f"{exchange.QUESTION_CODE}{clean_words(question) or 'not known'}"), taken)
        questions.append(Beside(guid, name, exchange.settle_words(question), _QUESTION))
    beside = []
    for name, about in exchange.BESIDE.items():
        guid = guids["beside", name] = make_guid("beside", name)
        beside.append(Beside(guid, exchange.make_unique(name, taken), about, _BESIDE))
    return Codebook(themes, {questions_named: tuple(questions), about_named: tuple(beside)}, guids)


def add_codebook(project: Element, codebook: Codebook) -> None:
    """The element CodeBook with all codes, coloured: a hue a theme, one colour a stance."""
    book = SubElement(project, "CodeBook")
    add_codes(book, codebook.themes)
    listed = book[0]
    _colour(listed, codebook.themes)
    for heading, codes in codebook.beside.items():
        guid = make_guid("heading", heading)
        parent = SubElement(listed, "Code", guid=guid, name=heading, isCodable="false", color=_BESIDE)
        for each in codes:
            code = SubElement(parent, "Code", guid=each.guid, name=each.name, isCodable="true", color=each.colour)
            if each.about:
                SubElement(code, "Description").text = each.about


def _colour(listed: Element, codes: Iterable[RefiCode]) -> None:
    stances = {each.guid: each.stance for each in codes}
    for number, theme in enumerate(listed):
        red, green, blue = colorsys.hls_to_rgb(number / len(listed), 0.4, 0.45)
        theme.set("color", "#" + "".join(f"{round(255 * part):02X}" for part in (red, green, blue)))
        for code in theme.iter("Code"):
            if stance := stances.get(code.get("guid", "")):
                code.set("color", _STANCES[stance])


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3].rstrip()}..."
