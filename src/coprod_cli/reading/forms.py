"""One understood export goes in; what each of its forms says of itself comes out: who, role, projects, round, consent.

Everything is read once for each distinct cell, or combination of cells, and then looked up for every form.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import SECTORS
from coprod_cli.reading.cells import Codes, Column, Mask
from coprod_cli.reading.consent import read_consent
from coprod_cli.reading.export import Export
from coprod_cli.reading.grid import BETWEEN_CHOICES
from coprod_cli.reading.hashing import Hashes, hash_text, mix, write_person_ids
from coprod_cli.reading.roles import find_role, names_several
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.selections import find_left_whole
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key
from coprod_cli.reading.workplaces import find_sector

ALL_ANSWERS = "All answers"
NOT_STATED = "Not stated"
NOBODY = frozenset(
    (
        "anonymous", "anon", "anonymised", "anonymous parent", "anonymous carer", "anonymous respondent", "unknown",
        "not known", "n/a", "na", "n.a", "n / a", "not applicable", "none", "none given", "not given", "not provided",
        "not stated", "not supplied", "no name", "no name given", "no id", "no code", "noname", "nobody", "no", "nil",
        "null", "nan", "blank", "(blank)", "missing", "test", "tester", "testing", "tbc", "prefer not to say",
        "prefer not to give", "rather not say", "would rather not say", "withheld", "name withheld", "private",
        "confidential", "secret", "declined", "refused", "don't know", "can't remember", "forgotten", "forgot",
        "parent", "carer", "parent carer", "parent/carer",
    ),
)  # fmt: skip
_FILLED_IN = re.compile(r"[\W_]*|0+|x+")
_MOST_OFTEN, _TIMES_THE_USUAL = 3, 5
_NO_PROJECT = frozenset({"none of these", "none of the above", "none of them", "no project"})
PLAIN_NUMBER = re.compile(r"\d{1,6}")
FoundT = TypeVar("FoundT")
_PERSON = ColumnKind.PERSON
_Reasons = tuple[tuple[str, str], ...]


class Reading(NamedTuple, Generic[FoundT]):
    """What was read of every form: `values` are the distinct findings, `codes` tells for every form which.

    reasons: for each distinct finding, the notices (code, detail) that a form with it is counted for.
    """

    values: tuple[FoundT, ...]
    codes: Codes
    reasons: tuple[_Reasons, ...]

    def look_up(self, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """The finding of every form."""
        values = np.empty(len(self.values), dtype)
        values[:] = self.values
        return values[self.codes]

    def tell(self, forms: Mask) -> list[Told]:
        """How many of these forms each notice is about."""
        counts = np.bincount(self.codes[forms], minlength=len(self.values)).tolist()
        told: Counter[tuple[str, str]] = Counter()
        for reasons, count in zip(self.reasons, counts, strict=True):
            for reason in reasons:
                told[reason] += count
        return [Told(code, count, detail) for (code, detail), count in sorted(told.items()) if count]


class About(NamedTuple):
    """What every form of an export says of itself.

    person: a key of its own for each person, "" where none is given. lot: a number made of the same, without the
    survey's key, see lots.py. consent: None where nothing is said, which is no consent either.
    """

    person: npt.NDArray[np.object_]
    lot: Hashes
    role: Reading[str]
    sector: Reading[str]
    wave: Reading[str]
    consent: Reading[bool | None]
    weight: Reading[float]


def read_about(export: Export, people: Mapping[int, Sequence[str]], scope: str, salt: bytes) -> About:
    """Who filled each form in, in which role and round, whether the words may be quoted, and the form's weight.

    Args:
        export: the file.
        people: its person columns, as list_people gives them.
        scope: what makes running numbers of this file different from another's; "" where numbers hold for all files.
        salt: the key of the hash that people's ids are made with.
    """
    roles = export.places(ColumnKind.ROLE)
    role = _read_combined(export, roles, _make_role_reader(export))
    return About(
        person=_read_people(export, people, scope, salt),
        lot=_read_lots(export, people, role),
        role=role,
        sector=_read_combined(export, [*export.places(ColumnKind.SECTOR), *roles], _make_sector_reader(export)),
        wave=_read_combined(export, _list_shared(export, ColumnKind.WAVE), _make_wave_reader(export)),
        consent=_read_combined(export, export.places(ColumnKind.CONSENT), _make_consent_reader(export)),
        weight=_read_combined(export, export.places(ColumnKind.WEIGHT)[:1], _read_weight),
    )


def read_projects(export: Export, label: str) -> Reading[tuple[str, ...]]:
    """The projects that each form's answers are about; `label` names the block of columns they stand in, or is ""."""
    named = [place for place in export.places(ColumnKind.PROJECT) if export.source.columns[place].project == label]
    if label and not named:
        return Reading(((label,),), np.zeros(len(export.finished), np.int32), ((),))
    places = named or _list_shared(export, ColumnKind.PROJECT)
    constant = export.constants.project
    whole = [find_left_whole(export.headings[place], export.cells[place]) for place in places]

    def read(cells: Sequence[str]) -> tuple[tuple[str, ...], _Reasons]:
        projects = tuple(sorted({word for word in _read_words(export, places, cells) if not _is_no_project(word)}))
        if projects:
            doubtful = any(cell.strip() in each for cell, each in zip(cells, whole, strict=True))
            told = [("projects_parted", "")] * (len(projects) > 1) + [("projects_whole", "")] * doubtful
            return projects, tuple(told)
        if not places:
            return (constant or ALL_ANSWERS,), () if constant is not None else (("project_missing", ""),)
        return (constant or NOT_STATED,), (("project_blank", ""),)

    return _read_combined(export, places, read)


def _is_no_project(word: str) -> bool:
    key = make_cell_key(word)
    return key in _NO_PROJECT or is_missing(key)


def has_running_numbers(export: Export) -> bool:
    """Whether people are told apart by small numbers only: number 7 of one file is not number 7 of another."""
    cells = [cell for place in export.places(ColumnKind.PERSON) for cell in export.cells[place].count_cells()]
    return bool(cells) and all(map(PLAIN_NUMBER.fullmatch, cells))


def list_people(export: Export) -> dict[int, list[str]]:
    """The person columns by place, and what tells people apart in each of their distinct cells; "" for nobody."""
    return {place: list_person_keys(export.cells[place]) for place in export.places(_PERSON)}


def list_person_keys(column: Column) -> list[str]:
    """What tells people apart in each distinct cell of a column; "" for nobody.

    Nobody is a word for there being no name, and whatever stands there far more often than people answer: more than
    three times and more than five times as often as the cell in the middle.
    """
    keys = [make_cell_key(cell) for cell in column.values]
    counts: Counter[str] = Counter()
    for key, count in zip(keys, np.bincount(column.codes, minlength=len(keys)).tolist(), strict=True):
        if count and not _is_nobody(key):
            counts[key] += count
    most = max(_MOST_OFTEN, _TIMES_THE_USUAL * float(np.median([*counts.values()]))) if counts else 0.0
    return [key if 0 < counts[key] <= most else "" for key in keys]


def _is_nobody(key: str) -> bool:
    return key in NOBODY or _FILLED_IN.fullmatch(key) is not None


def combine(columns: Sequence[Column], height: int) -> tuple[list[tuple[str, ...]], Codes]:
    """The combinations of cells that occur side by side, each once, and for every row which it has."""
    if not columns:
        return [()], np.zeros(height, np.int32)
    codes = columns[0].codes.astype(np.int64)
    for column in columns[1:]:
        # Numbered anew at each step, so that many columns do not make numbers too large.
        codes = np.unique(codes, return_inverse=True)[1] * len(column.values) + column.codes
    _, first, places = np.unique(codes, return_index=True, return_inverse=True)
    found = [tuple(column.values[column.codes[row]] for column in columns) for row in first.tolist()]
    return found, places.astype(np.int32)


def _read_combined(
    export: Export, places: Sequence[int], read: Callable[[Sequence[str]], tuple[FoundT, _Reasons]]
) -> Reading[FoundT]:
    found, codes = combine([export.cells[place] for place in places], len(export.finished))
    read_of = [read(cells) for cells in found]
    return Reading(tuple(value for value, _ in read_of), codes, tuple(reasons for _, reasons in read_of))


def _list_shared(export: Export, kind: ColumnKind) -> list[int]:
    """The columns of that kind that belong to no block of questions."""
    columns = export.source.columns
    return [place for place in export.places(kind) if not columns[place].project and not columns[place].wave]


def _read_words(export: Export, places: Sequence[int], cells: Sequence[str]) -> list[str]:
    """The choices in these cells, in the mapping's words."""
    return [meaning or word for word, meaning in _list_words(export, places, cells)]


def _list_words(export: Export, places: Sequence[int], cells: Sequence[str]) -> list[tuple[str, str]]:
    """The choices in these cells, each with what the mapping says that it means, "" where it says nothing."""
    found = []
    for place, cell in zip(places, cells, strict=True):
        meanings = dict(export.source.columns[place].words)
        # The mapping may give a meaning to the whole of a cell, or to a choice in it.
        whole = meanings.get(make_cell_key(cell.replace(BETWEEN_CHOICES, ", ")))
        if whole:
            found.append((cell.replace(BETWEEN_CHOICES, ", "), whole))
            continue
        words = (" ".join(choice.split()) for choice in cell.split(BETWEEN_CHOICES))
        found += [(word, meanings.get(make_cell_key(word), "")) for word in words if word]
    return found


def _read_people(
    export: Export, people: Mapping[int, Sequence[str]], scope: str, salt: bytes
) -> npt.NDArray[np.object_]:
    found = np.full(len(export.finished), "", object)
    for place, keys in reversed(list(people.items())):
        ids = np.array([*write_person_ids(salt, scope, keys), ""], object)[:-1]
        told = ids[export.cells[place].codes]
        found = np.where(told != "", told, found)
    return found


def _read_lots(export: Export, people: Mapping[int, Sequence[str]], role: Reading[str]) -> Hashes:
    """A number made of each person's id alone, so that nobody else's answers change it; 0 for nobody.

    Running numbers begin anew in other files, so with them role and what the mapping says of the file count, too.
    """
    found = np.zeros(len(export.finished), np.uint64)
    file = repr((export.constants.project, export.constants.wave))
    own = np.array([hash_text(each, file) for each in role.values], np.uint64)[role.codes]
    for place, keys in reversed(list(people.items())):
        codes = export.cells[place].codes
        given = np.array([*map(bool, keys)], bool)[codes]
        numbered = np.array([PLAIN_NUMBER.fullmatch(key) is not None for key in keys], bool)[codes]
        lots = np.array([hash_text("lot", key) for key in keys], np.uint64)[codes]
        found = np.where(given, np.where(numbered, mix(lots, own), lots), found)
    return found


def _make_role_reader(export: Export) -> Callable[[Sequence[str]], tuple[str, _Reasons]]:
    places = export.places(ColumnKind.ROLE)
    meanings: Mapping[int, set[str]] = {
        place: {meaning for _, meaning in export.source.columns[place].words} for place in places
    }
    known = {meaning for each in meanings.values() for meaning in each}

    def read(cells: Sequence[str]) -> tuple[str, _Reasons]:
        words = _read_words(export, places, cells)
        if not words:
            return _take_role_for_all(export, asked=bool(places))
        # Whoever works in a sector is a practitioner.
        roles = {("practitioner" if word in SECTORS else word) if word in known else find_role(word) for word in words}
        if None in roles:
            return "other", (("role_unknown", ""),)
        several = len(roles) > 1 or any(word not in known and names_several(word) for word in words)
        only = roles.pop() if len(roles) == 1 else None
        return only or "other", (("role_several", ""),) if several else ()

    return read


def _make_sector_reader(export: Export) -> Callable[[Sequence[str]], tuple[str, _Reasons]]:
    own, roles = export.places(ColumnKind.SECTOR), export.places(ColumnKind.ROLE)

    def read(cells: Sequence[str]) -> tuple[str, _Reasons]:
        for places, said in ((own, cells[: len(own)]), (roles, cells[len(own) :])):
            words = _list_words(export, places, said)
            found = {_name_sector(word, meaning) for word, meaning in words} - {""}
            if found:
                # Who names two sectors belongs to neither more than to the other.
                return (found.pop() if len(found) == 1 else ""), ()
        return export.constants.sector or "", ()

    return read


def _name_sector(word: str, meaning: str) -> str:
    """The sector of one choice: what the mapping says, of which "other" is none; else what the word itself says."""
    return meaning if meaning in SECTORS[1:] else "" if meaning == "other" else find_sector(word)


def _take_role_for_all(export: Export, *, asked: bool) -> tuple[str, _Reasons]:
    """The role of a form that says none: the mapping's, or, where no column asks for it, the one in the file's name."""
    if export.constants.role is not None:
        return export.constants.role, ()
    named = None if asked else export.role
    if named is not None:
        return named, (("role_from_name", named),)
    return "other", (("role_blank" if asked else "role_missing", ""),)


def _make_wave_reader(export: Export) -> Callable[[Sequence[str]], tuple[str, _Reasons]]:
    places = _list_shared(export, ColumnKind.WAVE)

    def read(cells: Sequence[str]) -> tuple[str, _Reasons]:
        return next(iter(_read_words(export, places, cells)), export.constants.wave or ""), ()

    return read


def _make_consent_reader(export: Export) -> Callable[[Sequence[str]], tuple[bool | None, _Reasons]]:
    places = export.places(ColumnKind.CONSENT)
    constant = export.constants.consent
    meanings = [dict(export.source.columns[place].words) for place in places]

    def read(cells: Sequence[str]) -> tuple[bool | None, _Reasons]:
        if not places:
            return constant, () if constant is not None else (("consent_missing", ""),)
        found = [_read_consent(cell, meant) for cell, meant in zip(cells, meanings, strict=True) if cell.strip()]
        if not found:
            return None, (("consent_unclear", ""),) if any(map(_is_turned, meanings)) else ()
        if all(found):
            return True, ()
        # A yes to one question about quoting does not outweigh a no to another.
        code = "consent_differs" if True in found else "consent_unclear" if None in found else ""
        return False, ((code, ""),) if code else ()

    return read


def _read_consent(cell: str, meanings: Mapping[str, str]) -> bool | None:
    key = make_cell_key(cell)
    agreed = read_consent(meanings.get(key, cell))
    # Where a yes means a no, an answer without a meaning of its own is never taken for consent.
    return None if agreed and key not in meanings and _is_turned(meanings) else agreed


def _is_turned(meanings: Mapping[str, str]) -> bool:
    return any(read_consent(word) and read_consent(meaning) is False for word, meaning in meanings.items())


def _read_weight(cells: Sequence[str]) -> tuple[float, _Reasons]:
    if not cells or not cells[0].strip():
        return 1.0, ()
    try:
        weight = float(cells[0].strip().replace(",", "."))
    except ValueError:
        weight = math.nan
    if math.isfinite(weight) and weight >= 0:
        return weight, ()
    return 1.0, (("weight_unreadable", ""),)
