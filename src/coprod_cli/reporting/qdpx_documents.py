"""Answers go in; documents, cases and variables of a project for other programs come out.

A document holds the answers of one project and round, each under a heading line, or one answer. A case is a person; who
speaks of two projects, or in two rounds, is two cases, as their role and closed answers may differ.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from coprod_cli.binding import clean_words
from coprod_cli.model.answers import AskedAnswer, CodedAnswers
from coprod_cli.telling import exchange, make_guid

_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_NAME = 100
_BAR = re.compile(r" \|(?= )")


class Variable(NamedTuple):
    """Something known of every case, or of every document. about: the question in full, where the name is not it."""

    guid: str
    name: str
    about: str = ""


class Place(NamedTuple):
    """Where an answer stands in its document. words: as they stand there. selection: GUID of all of them."""

    answer: AskedAnswer
    words: str
    start: int
    selection: str

    def move(self, words: str, start: int, end: int) -> tuple[int, int]:
        """First character and one past the last, in the document, of a stretch of the words as they were.

        Where the stretch is empty it is the whole answer: no program keeps an empty one.
        """
        first, last = (len(exchange.settle_words(words[:at])) for at in (start, end))
        if not 0 <= first < last <= len(self.words):
            first, last = 0, len(self.words)
        return self.start + first, self.start + last


class Document(NamedTuple):
    """A text with the answers in it. values: GUIDs of variables, each with what is so of the whole document."""

    guid: str
    name: str
    text: str
    places: tuple[Place, ...]
    values: tuple[tuple[str, str], ...]


class Case(NamedTuple):
    """A person in one project and round. documents, selections: GUIDs of all that is their words."""

    guid: str
    name: str
    values: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    selections: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Everything of a project but its codes and users."""

    variables: tuple[Variable, ...]
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]


class _Voice(NamedTuple):
    """What tells cases apart."""

    person: str
    project: str
    wave: str
    role: str
    closed: tuple[str, ...]


class _Plan(NamedTuple):
    """What all parts of a layout share.

    survey: a GUID of this survey's own. closed: names of the closed questions. variables: GUIDs by name. one_each:
    whether every answer is a document of its own.
    """

    survey: str
    closed: tuple[str, ...]
    variables: Mapping[str, str]
    one_each: bool


def lay_out(told: CodedAnswers, *, one_each: bool) -> Layout:
    """All documents, cases and variables. one_each: whether every answer is a document of its own."""
    listed = sorted(told.answers.values(), key=lambda each: (each.project, each.wave, each.question, each.id))
    # Two surveys that speak of one project have documents of their own, should anybody put both in one project.
    survey = make_guid("survey", *sorted(told.answers))
    taken = {name.casefold() for name in exchange.VARIABLES}
    plain = (clean_words(each).removesuffix(exchange.OF_DOCUMENT) or "Closed question" for each in told.closed)
    closed = tuple(exchange.make_unique(each, taken) for each in plain)
    about = dict(zip(closed, map(exchange.settle_words, told.closed), strict=True))
    named = (*exchange.VARIABLES, *closed) if one_each else (exchange.PROJECT, exchange.WAVE)
    of_cases = tuple(_list_variables((*exchange.VARIABLES[1:5], *closed), about, survey, ""))
    of_documents = tuple(_list_variables(named, about, survey, exchange.OF_DOCUMENT))
    by_name = {each.name: each.guid for each in (*of_cases, *of_documents)}
    plan = _Plan(survey, closed, by_name, one_each)
    cases = _name_cases(listed)
    documents = tuple(_list_documents(listed, cases, plan))
    return Layout((*of_cases, *of_documents), tuple(_list_cases(cases, documents, plan)), documents)


def _list_variables(names: Iterable[str], about: Mapping[str, str], survey: str, ending: str) -> Iterator[Variable]:
    for name in names:
        full = f"{name}{ending}"
        whole = about.get(name, name)
        yield Variable(make_guid("variable", survey, full), full, "" if whole == name else whole)


def _hear(answer: AskedAnswer) -> _Voice:
    return _Voice(answer.person, answer.project, answer.wave, answer.role, answer.closed)


def _name_cases(answers: Iterable[AskedAnswer]) -> Mapping[_Voice, str]:
    """A name for each case: the person's id, with the project and round where the person has several."""
    names: dict[_Voice, str] = {}
    taken: set[str] = set()
    for person, own in groupby(sorted({_hear(each) for each in answers if each.person}), key=lambda each: each.person):
        several = list(own)
        for voice in several:
            where = ", ".join(filter(None, (voice.project, voice.wave))) if len(several) > 1 else ""
            plain = _BAR.sub(" /", clean_words(f"{person} ({where})" if where else person))
            names[voice] = exchange.make_unique(plain, taken)
    return names


def _list_values(answer: AskedAnswer, plan: _Plan, ending: str) -> Iterator[tuple[str, str]]:
    """What is known of an answer and of whoever wrote it, by the GUIDs of those variables that there are."""
    said = (answer.id, answer.person, answer.role, answer.project, answer.wave, answer.question)
    for name, value in (*zip(exchange.VARIABLES, said, strict=True), *zip(plan.closed, answer.closed, strict=False)):
        if value and (guid := plan.variables.get(f"{name}{ending}")):
            yield guid, exchange.settle_words(value)


def _list_documents(answers: Sequence[AskedAnswer], cases: Mapping[_Voice, str], plan: _Plan) -> Iterator[Document]:
    taken: set[str] = set()
    for key, group in groupby(answers, key=lambda each: (each.project, each.wave, each.id if plan.one_each else "")):
        held = list(group)
        words = [exchange.settle_words(each.words) for each in held]
        text, starts = words[0], [0]
        if not plan.one_each:
            heads = [(clean_words(e.id), cases.get(_hear(e), ""), e.role, clean_words(e.question)) for e in held]
            text, starts = exchange.write_document([(*head, said) for head, said in zip(heads, words, strict=True)])
        places = tuple(
            Place(each, said, start, make_guid("answer", plan.survey, each.id))
            for each, said, start in zip(held, words, starts, strict=True)
        )
        values = tuple(_list_values(held[0], plan, exchange.OF_DOCUMENT))
        yield Document(make_guid("source", plan.survey, *key), _name_document(key, taken), text, places, values)


def _name_document(key: tuple[str, str, str], taken: set[str]) -> str:
    """A name that is fit for a file, too, as some programs make one of it."""
    project, wave, answer = key
    whole = ", ".join(filter(None, (project or exchange.NO_PROJECT, wave)))
    plain = clean_words(_NO_FILE_NAME.sub(" ", whole)).replace(".", " ").strip()[:_LONGEST_NAME].strip()
    return exchange.make_unique(f"{plain or exchange.NO_PROJECT} {clean_words(answer)}".strip(), taken)


def _list_cases(cases: Mapping[_Voice, str], documents: Sequence[Document], plan: _Plan) -> Iterator[Case]:
    places: dict[_Voice, list[tuple[str, Place]]] = {}
    for document in documents:
        for place in document.places:
            places.setdefault(_hear(place.answer), []).append((document.guid, place))
    for voice, name in sorted(cases.items(), key=lambda each: each[1]):
        own = places[voice]
        yield Case(
            make_guid("case", plan.survey, *voice[:4], *voice.closed),
            name,
            tuple(_list_values(own[0][1].answer, plan, "")),
            tuple(guid for guid, _ in own) if plan.one_each else (),
            tuple(place.selection for _, place in own if place.words),
        )
