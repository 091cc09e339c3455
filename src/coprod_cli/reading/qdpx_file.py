"""A project of a program for qualitative analysis (REFI-QDA, .qdpx) goes in; what each of its users said comes out."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import UNCLEAR
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.qdpx_answers import Placed, place_answers
from coprod_cli.reading.qdpx_codes import NOTHING, Codes, Meaning, read_meanings, take_guid
from coprod_cli.reading.qdpx_sources import Selection, Source, read_sources
from coprod_cli.reading.refi_xml import read_refi
from coprod_cli.reading.row_origins import Said
from coprod_cli.telling import exchange

_ANYBODY = "person"
_MACHINE, _STRUCTURE = "machine", "structure"
_SHOWN, _LONGEST = 8, 60

Span = tuple[int, int]
# By user and answer: theme, stance, level and stretch of each code.
_Coded = Mapping[str, Mapping[str, set[tuple[str, str, str, Span]]]]


class _Mark(NamedTuple):
    """One theme at one stretch of an answer. level: of a code beside it. noted: of the note beside it."""

    span: Span
    theme: str
    stance: str
    level: str
    noted: str


@dataclass
class _Work:
    """What one user did with one answer: themes, levels by stretch, what they say of all of it, and what it weighs."""

    marks: list[_Mark] = field(default_factory=list)
    levels: dict[Span, set[str]] = field(default_factory=dict)
    says: set[str] = field(default_factory=set)
    weight: float | None = None


def read_project(raw: RawFile, framework: Framework) -> tuple[Said, ...]:
    """What each user said, people first, then machines, by name.

    An answer counts as looked at by whoever coded anything in it, or said of it that there is no theme. Where somebody
    says that all codes of an answer are checked, what the machine says there is theirs, too.

    Raises:
        SettingsFileError: it is no project, its texts are not in it, nothing in it is coded, or codes are used that
            the framework has no theme for.
    """
    project = read_refi(raw)
    if project.tag != "Project":
        raise SettingsFileError(
            f"{raw.name} is a codebook, not a project with codes.",
            "Give the project (.qdpx). coprod codebook reads a codebook as a framework.",
        )
    codes = read_meanings(project, framework)
    sources = read_sources(raw, project)
    _refuse_strangers(raw, sources, codes)
    placed = place_answers(raw, project, sources, codes.questions)
    users = dict(_list_users(project))
    works: dict[str, dict[str, _Work]] = {}
    for source in sources:
        for user, answer, work in _list_works(source, placed[source.guid], codes, users):
            works.setdefault(user, {})[answer] = work
    told = {each.answer.id: each.answer for listed in placed.values() for each in listed}
    machines = {name for name, kind in users.values() if kind == _MACHINE}
    coded = {name: {answer: _settle(work) for answer, work in done.items()} for name, done in works.items()}
    whole = _accept(coded, works, machines)
    said = [Said(_gather(name, own, works[name], told, raw), name in machines) for name, own in whole.items()]
    if not said:
        raise SettingsFileError(
            f"{raw.name} holds no codes.", "Code its documents with the codes that coprod export or codebook writes."
        )
    return tuple(sorted(said, key=lambda each: (each.is_machine, each.coding.who)))


def _refuse_strangers(raw: RawFile, sources: Sequence[Source], codes: Codes) -> None:
    used = {code for source in sources for selection in source.selections for _, code in selection.codings}
    used |= {code for source in sources for _, code in source.whole}
    names = sorted({codes.strangers[code][:_LONGEST] for code in used & codes.strangers.keys()})
    if not names:
        return
    listed = ", ".join(f"'{name}'" for name in names[:_SHOWN]) + (" and more" if len(names) > _SHOWN else "")
    raise SettingsFileError(
        f"{raw.name}: {len(names)} codes are no theme of the framework: {listed}.",
        "Give their own codebook with --framework: coprod codebook makes one of the project. Or rename them to themes, "
        "as in 'Trust - negative'.",
    )


def _list_users(project: Element) -> Iterator[tuple[str, tuple[str, str]]]:
    """GUID of each user with its name and what it is; the name of the structure's is nobody's."""
    is_own = project.get("origin") == exchange.ORIGIN
    for user in project.iterfind("Users/User"):
        name = user.get("name", "").strip() or _ANYBODY
        kind = user.get("id", "") if is_own else ""
        if name == exchange.ORIGIN:
            name, kind = _ANYBODY, _STRUCTURE
        elif not kind and name.startswith(f"{exchange.ORIGIN} "):
            kind = _MACHINE
        yield take_guid(user), (name, kind)


def _list_works(
    source: Source, placed: Sequence[Placed], codes: Codes, users: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str, _Work]]:
    """What each user, by name, did with each answer of a document; users who only set up its structure did nothing."""
    works: dict[tuple[str, str], _Work] = {}
    for selection in source.selections:
        for each in _find_overlapped(selection, placed):
            start, end = max(selection.start, each.start), min(selection.end, each.end)
            span = start - each.start, end - each.start
            _add(works, each.answer.id, span, selection.codings, selection.note, codes, users)
    for each in placed:
        _add(works, each.answer.id, (0, 0), source.whole, "", codes, users)
    yield from ((user, answer, work) for (user, answer), work in works.items() if work.marks or work.says)


def _find_overlapped(selection: Selection, placed: Sequence[Placed]) -> Iterator[Placed]:
    """The answers that a selection has a character of; answers of one document never overlap."""
    for each in placed[bisect_right(placed, selection.start, key=lambda each: each.end) :]:
        if each.start >= selection.end:
            return
        if each.start < each.end:
            yield each


def _add(  # noqa: PLR0913, PLR0917  # each is one plain part of a selection
    works: dict[tuple[str, str], _Work],
    answer: str,
    span: Span,
    codings: Sequence[tuple[str, str]],
    note: str,
    codes: Codes,
    users: Mapping[str, tuple[str, str]],
) -> None:
    """What the codings of one stretch of an answer say."""
    said: dict[str, list[Meaning]] = {}
    for guid, code in codings:
        meaning = codes.meanings.get(code, NOTHING)
        if meaning != NOTHING:
            said.setdefault(users.get(guid, (_ANYBODY, ""))[0], []).append(meaning)
    for user, meanings in said.items():
        work = works.setdefault((user, answer), _Work())
        levels = {each.level for each in meanings if each.level}
        work.levels.setdefault(span, set()).update(levels)
        work.says |= {each.mark for each in meanings if each.mark}
        level = next(iter(levels)) if len(levels) == 1 else ""
        noted = exchange.take_level(note)
        weight = exchange.take_weight(note)
        work.weight = work.weight if weight is None else weight
        for each in meanings:
            if each.theme:
                work.marks += [_Mark(span, each.theme, stance, level, noted) for stance in each.stances]


def _settle(work: _Work) -> set[tuple[str, str, str, Span]]:
    return {(each.theme, each.stance, _find_level(each, work), each.span) for each in work.marks}


def _find_level(mark: _Mark, work: _Work) -> str:
    """The level of a code: of a code beside it, be it in a selection of its own, as some programs write it; else noted.

    A note stays behind where a person takes the level's code away or puts another in its place, so the code counts.
    """
    if mark.level:
        return mark.level
    beside = work.levels.get(mark.span, set())
    if not mark.noted:
        return _take_only(beside)
    left = beside - {each.level or each.noted for each in work.marks if each.span == mark.span}
    if mark.noted in beside:
        return mark.noted
    return _take_only(left) or ("" if mark.noted == UNCLEAR else exchange.USUAL_LEVEL)


def _take_only(levels: set[str]) -> str:
    return next(iter(levels)) if len(levels) == 1 else ""


def _accept(coded: _Coded, works: Mapping[str, Mapping[str, _Work]], machines: set[str]) -> _Coded:
    """The same, with what machines say of an answer for each who says that its codes are checked."""
    theirs = [coded[each] for each in sorted(machines & coded.keys())]
    return {
        name: {
            answer: own.union(*(each.get(answer, set()) for each in theirs))
            if exchange.CHECKED in works[name][answer].says
            else own
            for answer, own in done.items()
        }
        for name, done in coded.items()
    }


def _gather(
    name: str,
    coded: Mapping[str, set[tuple[str, str, str, Span]]],
    works: Mapping[str, _Work],
    told: Mapping[str, AskedAnswer],
    raw: RawFile,
) -> Coding:
    codes = {
        Code(answer, theme, stance, level, start, end, told[answer].words[start:end])
        for answer, own in coded.items()
        for theme, stance, level, (start, end) in own
    }
    order = tuple(sorted(coded))
    numbers = {answer: number for number, answer in enumerate(told, start=1)}
    rows = tuple(numbers[each] for each in order)
    weights = {each: weight for each in order if (weight := works[each].weight) is not None}
    # Who says that a machine's codes are checked has seen them.
    seen = frozenset(each for each in order if exchange.CHECKED in works[each].says)
    listed = tuple(told[each] for each in order)
    says_level = any(code.level for code in codes) or any(mark.noted for each in works.values() for mark in each.marks)
    return Coding(
        name, order, tuple(sorted(codes)), raw.sha256, rows, listed, weights, seen, file=raw.name, says_level=says_level
    )
