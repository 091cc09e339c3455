"""Understood exports go in; tables of responses, answers and ratings come out, and what had to be told on the way."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.model.tables import Answer, Rating, Response
from coprod_cli.reading.choices import Choices, asks_for_several, find_choices
from coprod_cli.reading.column_rules import is_empty_answer, read_consent
from coprod_cli.reading.columns import TICKS
from coprod_cli.reading.export import Export, Form
from coprod_cli.reading.roles import find_role, names_several
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key, make_key

ALL_ANSWERS = "All answers"
NOT_STATED = "Not stated"
LONG_ANSWER = 5_000
_ID_LENGTH = 16
_PLAIN_NUMBER = re.compile(r"\d{1,6}")
_TIME = re.compile(r"\d:\d\d:\d\d")
_NO_TIME = re.compile(r"\b0?0:00:00")
_NOBODY = frozenset({"anonymous", "anon", "unknown", "n/a", "na", "none", "-", "0"})
_BETWEEN_CELLS, _BETWEEN_PARTS = "\x1f", "\x1e"


@dataclass
class Tables:
    """Rows gathered so far, the number of forms they come from, and counts to tell of."""

    responses: list[Response] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    forms: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    in_other_files: Counter[str] = field(default_factory=Counter)

    def count(self, code: str, detail: str = "", number: int = 1) -> None:
        """Remember something to tell of."""
        self.counts[code, detail] += number

    def list_told(self) -> list[Told]:
        """What there is to tell of these rows."""
        return [Told(code, number, detail) for (code, detail), number in sorted(self.counts.items())]


class _Reader(NamedTuple):
    """Where one export keeps what, looked up once.

    keys: closed answers as the scales know them, filled on the way; spellings: projects' names as they are shown.
    """

    export: Export
    person: list[int]
    role: list[int]
    project: list[int]
    wave: list[int]
    consent: list[int]
    weight: list[int]
    items: list[tuple[int, SurveyColumn]]
    opens: list[tuple[int, SurveyColumn]]
    submissions: list[int]
    words: dict[int, dict[str, str]]
    scope: str
    keys: dict[str, str]
    choices: dict[int, Choices]
    spellings: dict[str, str]


class _About(NamedTuple):
    """What a form says about itself, apart from its answers."""

    role: str
    projects: tuple[str, ...]
    wave: str
    consent: bool
    weight: float


def fill_tables(exports: Sequence[Export]) -> Tables:
    """The rows of all exports. The order of files and of rows changes nothing but the order of what comes out."""
    tables = Tables()
    marks = [(_mark_content(export), export) for export in exports]
    readers = [
        _make_reader(export, mark if len(exports) > 1 else "")
        for mark, export in sorted(marks, key=lambda pair: pair[0])
    ]
    spellings = _choose_spellings(readers)
    tables.count("projects_joined", number=sum(written != chosen for written, chosen in spellings.items()))
    for reader in readers:
        reader.spellings.update(spellings)
        forms_there: set[str] = set()
        again: Counter[str] = Counter()
        for form in reader.export.forms:
            if not _is_in_other_file(reader, form, tables, again):
                _take_form(reader, form, tables, forms_there)
        tables.in_other_files |= again
    return tables


def _mark_content(export: Export) -> str:
    """What tells a file from others by its headers and forms alone: neither its name nor the order of rows counts."""
    headers = _BETWEEN_CELLS.join(heading.header for heading in export.headings)
    return _make_id("file", headers, *sorted(_make_id(_BETWEEN_CELLS.join(form.cells)) for form in export.forms))


def _make_reader(export: Export, mark: str) -> _Reader:
    columns = list(enumerate(export.source.columns))
    person = export.places(ColumnKind.PERSON)
    # Running numbers begin at 1 in every file: number 7 of one file is not the person of number 7 in another.
    numbers = bool(person) and all(
        _PLAIN_NUMBER.fullmatch(cell)
        for form in export.forms
        for place in person
        if (cell := form.cells[place].strip())
    )
    return _Reader(
        export=export,
        person=person,
        role=export.places(ColumnKind.ROLE),
        project=export.places(ColumnKind.PROJECT),
        wave=export.places(ColumnKind.WAVE),
        consent=export.places(ColumnKind.CONSENT),
        weight=export.places(ColumnKind.WEIGHT),
        items=[(place, column) for place, column in columns if column.kind is ColumnKind.ITEM],
        opens=[(place, column) for place, column in columns if column.kind is ColumnKind.OPEN],
        submissions=[place for place, heading in enumerate(export.headings) if heading.submission] or person,
        words={place: dict(column.words) for place, column in columns},
        scope=mark if numbers else "",
        keys={},
        choices={place: _find_choices(export, place) for place in export.places(ColumnKind.PROJECT)},
        spellings={},
    )


def _choose_spellings(readers: Sequence[_Reader]) -> dict[str, str]:
    """How every project's name is shown: in the commonest of the spellings that differ in capitals or blanks only."""
    counts = Counter(
        project
        for reader in readers
        for form in reader.export.forms
        for project in _read_projects(reader, form, Tables())
    )
    chosen: dict[str, str] = {}
    for project in sorted(counts, key=lambda name: (-counts[name], name)):
        chosen.setdefault(_make_project_key(project), project)
    return {project: chosen[_make_project_key(project)] for project in counts}


def _make_project_key(project: str) -> str:
    return make_cell_key(project) or project


def _find_choices(export: Export, place: int) -> Choices:
    """The lists of projects in one column; boxes to tick, and cells that the mapping file names, hold one each."""
    heading = export.headings[place]
    if heading.part:
        return Choices({}, frozenset())
    named = {word for word, _ in export.source.columns[place].words}
    cells = Counter(
        cell
        for form in export.forms
        if (cell := " ".join(form.cells[place].split())) and not cell.endswith(";") and make_cell_key(cell) not in named
    )
    return find_choices(cells, several=asks_for_several(make_key(heading.text)))


def _is_in_other_file(reader: _Reader, form: Form, tables: Tables, again: Counter[str]) -> bool:
    """Whether a file that was read before holds this form, too, as when an export was made twice while people answered.

    Only an id that is no running number, or a time to the second, tells a form from one that looks the same.
    `again` counts the forms of this file: what is there three times here and twice there, without ids, is three forms.
    """
    ids = [form.cells[place].strip() for place in reader.submissions]
    times = [form.cells[place] for place in reader.export.places(ColumnKind.DATE)]
    if not any(make_cell_key(each) not in _NOBODY and not _PLAIN_NUMBER.fullmatch(each) for each in ids if each) and (
        not any(_TIME.search(each) and not _NO_TIME.search(each) for each in times)
    ):
        return False
    role = "" if reader.role else reader.export.role or ""
    headers = _BETWEEN_CELLS.join(heading.header for heading in reader.export.headings)
    content = _make_id("same", headers, role, repr(reader.export.constants), *form.cells)
    again[content] += 1
    # With an id, one form is all there can be: repetitions within a file are told of there.
    if tables.in_other_files[content] < (1 if any(ids) else again[content]):
        return False
    tables.count("same_form_in_files")
    return True


def _take_form(reader: _Reader, form: Form, tables: Tables, forms_there: set[str]) -> None:
    cells = _BETWEEN_CELLS.join(form.cells)
    if any(form.cells[place].strip() for place in reader.submissions):
        if cells in forms_there:
            tables.count("same_form_twice")
            return
        forms_there.add(cells)
    answers = _read_answers(reader, form, tables)
    ratings = _read_ratings(reader, form, tables)
    if not answers and not ratings:
        tables.count("no_answers")
        return
    if not form.finished:
        tables.count("unfinished")
    tables.forms += 1
    about = _read_about(reader, form, tables)
    headers = _BETWEEN_CELLS.join(heading.header for heading in reader.export.headings)
    content = _BETWEEN_PARTS.join((headers, about.role, *about.projects, about.wave, cells))
    tables.seen[content] += 1
    form_id = _make_id("form", content, str(tables.seen[content]))
    person = _read_person(reader, form) or form_id
    for project in about.projects:
        response = form_id if len(about.projects) == 1 else _make_id("project", form_id, project)
        tables.responses.append(
            Response(response, person, about.role, project, about.wave, about.consent, about.weight)
        )
        tables.answers += [Answer(response, question, words, words) for question, words in answers]
        tables.ratings += [Rating(response, item, score) for item, score in ratings]


def _make_id(*parts: str) -> str:
    return hashlib.sha256(_BETWEEN_PARTS.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _read_answers(reader: _Reader, form: Form, tables: Tables) -> list[tuple[str, str]]:
    answers = []
    for place, column in reader.opens:
        words = form.cells[place].strip().replace("\r\n", "\n").replace("\r", "\n")
        if not words:
            continue
        if is_empty_answer(make_cell_key(words)):
            tables.count("empty_words")
            continue
        if len(words) > LONG_ANSWER and len(words.split()) > LONG_ANSWER:
            tables.count("long_answers")
        answers.append((column.name, words))
    return answers


def _read_ratings(reader: _Reader, form: Form, tables: Tables) -> list[tuple[str, float]]:
    ratings = []
    for place, column in reader.items:
        cell = form.cells[place]
        # A closed question has few different answers; each is made a key once.
        key = reader.keys.get(cell)
        if key is None:
            key = reader.keys[cell] = make_cell_key(cell)
        if not key or column.scale is None:
            continue
        score = column.scale.places.get(key)
        if score is None:
            tables.count("closed_missing" if is_missing(key) or key in reader.words[place] else "closed_unknown")
            ratings.append((column.name, math.nan))
        else:
            ratings.append((column.name, score if column.scale.direction > 0 else 100 - score))
    return ratings


def _read_about(reader: _Reader, form: Form, tables: Tables) -> _About:
    constants = reader.export.constants
    projects = _read_projects(reader, form, tables)
    if not reader.project and constants.project is None:
        tables.count("project_missing")
    elif not projects:
        tables.count("project_blank")
    otherwise = constants.project or (NOT_STATED if reader.project else ALL_ANSWERS)
    return _About(
        role=_read_role(reader, form, tables),
        projects=tuple(projects) or (otherwise,),
        wave=next(iter(_read_words(reader, form, reader.wave)), constants.wave or ""),
        consent=_read_consent(reader, form, tables),
        weight=_read_weight(reader, form, tables),
    )


def _read_words(reader: _Reader, form: Form, places: list[int]) -> list[str]:
    """The filled cells at these places, in the mapping's words; a plain tick means the choice in the header."""
    found = []
    for place in places:
        cell = " ".join(form.cells[place].split())
        heading = reader.export.headings[place]
        if cell and heading.part and cell.casefold() in TICKS:
            cell = heading.part
        if cell:
            found.append(reader.words[place].get(make_cell_key(cell), cell))
    return found


def _read_projects(reader: _Reader, form: Form, tables: Tables) -> list[str]:
    projects: list[str] = []
    for place in reader.project:
        for cell in _read_words(reader, form, [place]):
            raw = " ".join(form.cells[place].split())
            if raw in reader.choices[place].parts:
                tables.count("projects_parted")
                projects += _rename(reader, place, reader.choices[place].parts[raw])
            elif cell.endswith(";"):
                # Microsoft Forms ends a cell of ticked choices with a semicolon, and nobody else does.
                projects += _rename(reader, place, (part.strip() for part in cell.split(";") if part.strip()))
            else:
                if raw in reader.choices[place].whole:
                    tables.count("projects_whole")
                projects.append(cell)
    return sorted({reader.spellings.get(project, project) for project in projects})


def _rename(reader: _Reader, place: int, parts: Iterable[str]) -> list[str]:
    return [reader.words[place].get(make_cell_key(part), part) for part in parts]


def _read_role(reader: _Reader, form: Form, tables: Tables) -> str:
    cells = _read_words(reader, form, reader.role)
    if not cells:
        return _take_role_for_all(reader, tables)
    known = {meaning for place in reader.role for meaning in reader.words[place].values()}
    roles = {cell if cell in known else find_role(cell) for cell in cells}
    if None in roles:
        tables.count("role_unknown")
        return "other"
    if len(roles) > 1 or any(cell not in known and names_several(cell) for cell in cells):
        tables.count("role_several")
    return (roles.pop() if len(roles) == 1 else None) or "other"


def _take_role_for_all(reader: _Reader, tables: Tables) -> str:
    """The role of a form that says none: the mapping's, or, where no column asks for it, the one in the file's name."""
    if reader.export.constants.role is not None:
        return reader.export.constants.role
    named = None if reader.role else reader.export.role
    if named is not None:
        tables.count("role_from_name", named)
        return named
    tables.count("role_blank" if reader.role else "role_missing")
    return "other"


def _read_consent(reader: _Reader, form: Form, tables: Tables) -> bool:
    if not reader.consent:
        if reader.export.constants.consent is None:
            tables.count("consent_missing")
        return bool(reader.export.constants.consent)
    place = reader.consent[0]
    cell = form.cells[place]
    agreed = read_consent(reader.words[place].get(make_cell_key(cell), cell))
    if agreed is None:
        tables.count("consent_unclear")
    return bool(agreed)


def _read_weight(reader: _Reader, form: Form, tables: Tables) -> float:
    if not reader.weight or not (cell := form.cells[reader.weight[0]].strip()):
        return 1.0
    try:
        weight = float(cell)
    except ValueError:
        weight = math.nan
    if math.isfinite(weight) and weight >= 0:
        return weight
    tables.count("weight_unreadable")
    return 1.0


def _read_person(reader: _Reader, form: Form) -> str:
    """The person's id, made from the first person column that says something, or nothing."""
    for place in reader.person:
        key = make_cell_key(form.cells[place])
        if key and key not in _NOBODY:
            return _make_id("person", reader.scope, key)
    return ""
