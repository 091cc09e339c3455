"""Documents, cases and variables of a project go in; the answers that stand in each document come out.

In a document that coprod wrote every answer has a heading, and what is known of it is found again. Of others a
document is one answer, or where cases hold parts of it that do not overlap, each part is.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.qdpx_codes import take_guid
from coprod_cli.reading.qdpx_sources import Source, read_values
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import exchange

_OTHER = "other"


class Placed(NamedTuple):
    """An answer, and where its words stand in its document."""

    answer: AskedAnswer
    start: int
    end: int


class _Case(NamedTuple):
    """What is known of a case, by names of variables, and the GUIDs of the documents and stretches that are its."""

    guid: str
    name: str
    values: Mapping[str, str]
    documents: frozenset[str]
    selections: frozenset[str]


class _Known(NamedTuple):
    """What is known of a project.

    by_name: cases. by_document, by_selection: the cases that hold it, by its GUID. variables: names by GUID. closed:
    names of the closed questions, in their order. questions: as they were asked, by their keys.
    """

    by_name: Mapping[str, _Case]
    by_document: Mapping[str, Sequence[_Case]]
    by_selection: Mapping[str, Sequence[_Case]]
    variables: Mapping[str, str]
    closed: tuple[str, ...]
    questions: Mapping[str, str]


def place_answers(
    raw: RawFile, project: Element, sources: Sequence[Source], questions: Mapping[str, str]
) -> dict[str, tuple[Placed, ...]]:
    """The answers of each document, by its GUID, in the order in which they stand there.

    Args:
        raw: the file, for its name.
        project: its XML.
        sources: its documents.
        questions: as they were asked, by their keys.

    Raises:
        SettingsFileError: two answers have one id.
    """
    variables = {take_guid(each): each.get("name", "") for each in project.iterfind("Variables/Variable")}
    cases = tuple(
        _Case(
            take_guid(each),
            each.get("name", ""),
            _name_values(read_values(each), variables),
            frozenset(take_guid(part, "targetGUID") for part in each.findall("SourceRef")),
            frozenset(take_guid(part, "targetGUID") for part in each.findall("SelectionRef")),
        )
        for each in project.iterfind("Cases/Case")
    )
    names = dict.fromkeys(name.removesuffix(exchange.OF_DOCUMENT) for name in variables.values())
    closed = tuple(name for name in names if name not in exchange.VARIABLES)
    known = _Known(
        {case.name: case for case in cases},
        _turn([(case, case.documents) for case in cases]),
        _turn([(case, case.selections) for case in cases]),
        variables,
        closed,
        questions,
    )
    placed = {source.guid: tuple(_list_placed(source, known)) for source in sources}
    ids = [each.answer.id for listed in placed.values() for each in listed]
    if len(set(ids)) < len(ids):
        what = f"{raw.name} has {len(ids) - len(set(ids))} answers, or documents, of the same name as another."
        raise SettingsFileError(what, "Give each document a name of its own, and export the project again.")
    return placed


def _turn(held: Sequence[tuple[_Case, frozenset[str]]]) -> dict[str, list[_Case]]:
    """By GUID, the cases that hold it."""
    cases: dict[str, list[_Case]] = {}
    for case, guids in held:
        for guid in sorted(guids):
            cases.setdefault(guid, []).append(case)
    return cases


def _name_values(values: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    return {
        variables[guid].removesuffix(exchange.OF_DOCUMENT): said for guid, said in values.items() if guid in variables
    }


def _list_placed(source: Source, known: _Known) -> Iterator[Placed]:
    values = _name_values(source.values, known.variables)
    # A document with an id of its own is one answer, whatever stands in it.
    told = [] if values.get(exchange.ANSWER) else exchange.split_document(source.text)
    if told:
        project = values.get(exchange.PROJECT, "" if source.name == exchange.NO_PROJECT else source.name)
        for each in told:
            of_case = known.by_name[each.case].values if each.case in known.by_name else {}
            own = {**of_case, **values, exchange.PROJECT: project}
            own |= {exchange.ANSWER: each.id, exchange.QUESTION: each.question}
            own[exchange.ROLE] = each.role or of_case.get(exchange.ROLE, "")
            own.setdefault(exchange.PERSON, each.case)
            yield Placed(_tell(source.text[each.start : each.end], own, known), each.start, each.end)
        return
    whole = known.by_document.get(source.guid, ())
    parts = [] if values.get(exchange.ANSWER) or whole else list(_list_parts(source, known))
    for case, start, end in parts:
        own = {**case.values, **values, exchange.ANSWER: f"{source.name}: {case.name}"}
        own.setdefault(exchange.PERSON, case.name)
        yield Placed(_tell(source.text[start:end], own, known), start, end)
    if not parts:
        own = {exchange.ANSWER: source.name or source.guid}
        for case in whole:
            own |= {exchange.PERSON: case.name, **case.values}
        yield Placed(_tell(source.text, {**own, **values}, known), 0, len(source.text))


def _list_parts(source: Source, known: _Known) -> Iterator[tuple[_Case, int, int]]:
    """What each case holds of a document, from its first character to its last.

    None where two hold the same words, or where something is coded that none of them holds.
    """
    spans: dict[str, tuple[_Case, int, int]] = {}
    for each in source.selections:
        for case in known.by_selection.get(each.guid, ()):
            _, start, end = spans.get(case.guid, (case, each.start, each.end))
            spans[case.guid] = case, min(start, each.start), max(end, each.end)
    parts = sorted(spans.values(), key=lambda part: part[1:])
    coded = [each for each in source.selections if each.codings]
    held = (any(start < each.end and each.start < end for _, start, end in parts) for each in coded)
    if all(before[2] <= after[1] for before, after in pairwise(parts)) and all(held):
        yield from parts


def _tell(words: str, values: Mapping[str, str], known: _Known) -> AskedAnswer:
    """An answer of what is known of it; another program's variables may be called in other letters."""
    by_key = {make_key(name): said for name, said in reversed(list(values.items()))} | dict(values)
    said = {name: by_key.get(name) or by_key.get(make_key(name), "") for name in exchange.VARIABLES}
    role = said[exchange.ROLE].strip()
    question = said[exchange.QUESTION]
    return AskedAnswer(
        id=said[exchange.ANSWER].strip(),
        words=words,
        question=known.questions.get(make_key(question), question),
        role=role if role in ROLES else (find_role(role) if role else None) or _OTHER,
        project=said[exchange.PROJECT],
        wave=said[exchange.WAVE],
        person=said[exchange.PERSON],
        closed=tuple(values.get(name, "") for name in known.closed),
    )
