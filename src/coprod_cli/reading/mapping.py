"""A mapping file in TOML goes in; what it says of the survey's columns, checked as far as it can be, comes out.

The mapping overrides any guess. Columns it does not name keep theirs. docs/mapping.md explains every key.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import ROLES, SECTORS
from coprod_cli.reading.scale_words import SCALES
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    read_settings_file,
    take_table,
    take_tables,
    take_text,
    take_words,
)
from coprod_cli.reading.wording import make_cell_key, make_key

CONSTANT_KEYS = ("role", "sector", "project", "wave", "consent")
COLUMN_KEYS = (
    "header", "file", "occurrence", "kind", "name", "item", "dimension", "direction", "scale", "range", "missing",
    "words", "project", "wave",
)  # fmt: skip
SET_ASIDE = (ColumnKind.METADATA, ColumnKind.UNUSED)
SCALE_NAMES = ("extent", *SCALES)
_ITEM_KEYS = ("item", "dimension", "direction", "scale", "range", "missing")
_NAMED_KINDS = (ColumnKind.ITEM, ColumnKind.OPEN, ColumnKind.ANCHOR)
REPEATED_KINDS = (*_NAMED_KINDS, ColumnKind.PROJECT, ColumnKind.WAVE)
_WORDED_KINDS = (ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT, ColumnKind.WAVE, ColumnKind.CONSENT)
# A sector says of a role, too, that it is a practitioner's; "other" says of a place of work that it is in no sector.
_MEANINGS: dict[ColumnKind, tuple[str, ...]] = {
    ColumnKind.ROLE: (*ROLES, *SECTORS[1:]),
    ColumnKind.SECTOR: (*SECTORS[1:], "other"),
    ColumnKind.CONSENT: ("yes", "no"),
}
_PAIR, _HIGHEST = 2, 99
_LARGEST = 1_000_000

Meaning = TypeVar("Meaning", str, float)


@dataclass(frozen=True)
class Constants:
    """What holds for every form of a file that has no column for it; None = the mapping does not say."""

    role: str | None = None
    project: str | None = None
    wave: str | None = None
    consent: bool | None = None
    sector: str | None = None


@dataclass(frozen=True)
class MappedColumn:
    """What the mapping file says of one column. `index` finds its lines again; `scale` is a name or places of words.

    project, wave: what the column is about where the same is asked several times over; None = the file does not say.
    """

    index: int
    header: str
    kind: ColumnKind
    file: str = ""
    occurrence: int = 1
    name: str = ""
    item: str = ""
    dimension: str = ""
    direction: int | None = None
    scale: str | tuple[tuple[str, float], ...] = ""
    range: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    project: str | None = None
    wave: str | None = None


@dataclass(frozen=True)
class SurveyMapping:
    """A whole mapping file: constants for all files and for single ones, columns, and the file's SHA-256."""

    settings: SettingsText
    constants: Constants
    files: tuple[tuple[str, Constants], ...] = ()
    columns: tuple[MappedColumn, ...] = ()
    sha256: str = field(default="")

    def constants_for(self, file: str) -> Constants:
        """The constants of one file: its own where it has any, else those of all files."""
        own = dict(self.files).get(file, Constants())
        return Constants(
            role=self.constants.role if own.role is None else own.role,
            project=self.constants.project if own.project is None else own.project,
            wave=self.constants.wave if own.wave is None else own.wave,
            consent=self.constants.consent if own.consent is None else own.consent,
            sector=self.constants.sector if own.sector is None else own.sector,
        )


def read_mapping(path: Path) -> SurveyMapping:
    """A mapping file, checked as far as that goes without the survey.

    Raises:
        SettingsFileError: the file is missing, or a key, kind, scale or role is unknown; file and line are named.
    """
    data, settings = read_settings_file(path)
    values = settings.values
    check_keys(settings, values, ("constants", "files", "columns", "set_aside"))
    files = []
    for index, table in enumerate(take_tables(settings, values, "files")):
        check_keys(settings, table, ("file", *CONSTANT_KEYS), "files", index)
        name = take_text(settings, table, "file", "files", index)
        files.append((name, _take_constants(settings, table, "files", index)))
    columns = tuple(
        _take_column(settings, table, index) for index, table in enumerate(take_tables(settings, values, "columns"))
    )
    _refuse_twice(settings, columns)
    # The later entry wins: whoever writes one has looked at that column.
    columns = (*_take_set_aside(settings, len(columns)), *columns)
    constants = take_table(settings, values, "constants")
    check_keys(settings, constants, CONSTANT_KEYS, "constants")
    return SurveyMapping(
        settings=settings,
        constants=_take_constants(settings, constants, "constants", 0),
        files=tuple(files),
        columns=columns,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _refuse_twice(settings: SettingsText, columns: Sequence[MappedColumn]) -> None:
    seen: set[tuple[str, int, str]] = set()
    for column in columns:
        named = (write_header_key(column.header), column.occurrence, column.file)
        if named in seen:
            raise settings.blame(
                "this column is named twice.",
                "Take one entry out, or write occurrence = 2 for the second column of that header.",
                "columns",
                column.index,
                "header",
            )
        seen.add(named)


def _take_set_aside(settings: SettingsText, first: int) -> Iterator[MappedColumn]:
    """The columns that are only listed, numbered from `first` on."""
    lists = take_table(settings, settings.values, "set_aside")
    check_keys(settings, lists, SET_ASIDE, "set_aside")
    for kind in SET_ASIDE:
        for header in take_words(settings, lists, kind, "set_aside"):
            yield MappedColumn(first, header, kind)
            first += 1


def _take_constants(settings: SettingsText, values: dict[str, Any], table: str, index: int) -> Constants:
    texts = {key: take_text(settings, values, key, table, index) for key in CONSTANT_KEYS[:-1] if key in values}
    role = texts.get("role")
    if role is not None:
        _require_word(settings, role, ROLES, (table, index, "role"))
    if "sector" in texts:
        _require_word(settings, texts["sector"], SECTORS[1:], (table, index, "sector"))
    consent = values.get("consent")
    if consent is not None and not isinstance(consent, bool):
        raise settings.blame(
            "'consent' must be true or false.",
            "Write consent = true if everyone agreed to be quoted.",
            table,
            index,
            "consent",
        )
    return Constants(role, texts.get("project"), texts.get("wave"), consent, texts.get("sector"))


def _take_column(settings: SettingsText, values: dict[str, Any], index: int) -> MappedColumn:
    where = ("columns", index)
    check_keys(settings, values, COLUMN_KEYS, *where)
    header = take_text(settings, values, "header", *where)
    word = take_text(settings, values, "kind", *where)
    _require_word(settings, word, [kind.value for kind in ColumnKind], (*where, "kind"))
    kind = ColumnKind(word)
    for key, kinds in (
        *((key, (ColumnKind.ITEM,)) for key in _ITEM_KEYS),
        ("name", _NAMED_KINDS),
        ("words", _WORDED_KINDS),
        ("project", REPEATED_KINDS),
        ("wave", REPEATED_KINDS),
    ):
        if key in values and kind not in kinds:
            raise settings.blame(
                f"'{key}' is not for a column of kind '{kind.value}'.",
                f"Take it out, or change the kind to {' or '.join(each.value for each in kinds)}.", *where, key,
            )  # fmt: skip
    occurrence = values.get("occurrence", 1)
    if isinstance(occurrence, bool) or not isinstance(occurrence, int) or occurrence < 1:
        raise settings.blame(
            "'occurrence' must be a whole number from 1 up.",
            "Write 2 for the second column of that header.",
            *where,
            "occurrence",
        )
    if "scale" in values and "range" in values:
        raise settings.blame("'scale' and 'range' say the same thing twice.", "Keep one of the two.", *where, "range")
    return MappedColumn(
        index=index,
        header=header,
        kind=kind,
        file=take_text(settings, values, "file", *where, ""),
        occurrence=occurrence,
        name=take_text(settings, values, "name", *where, ""),
        item=take_text(settings, values, "item", *where, ""),
        dimension=take_text(settings, values, "dimension", *where, ""),
        direction=_take_direction(settings, values, index),
        scale=_take_scale(settings, values, index),
        range=_take_range(settings, values, index),
        missing=tuple(make_cell_key(each) for each in take_words(settings, values, "missing", *where)),
        words=_take_meanings(settings, values, index, kind),
        project=take_text(settings, values, "project", *where) if "project" in values else None,
        wave=take_text(settings, values, "wave", *where) if "wave" in values else None,
    )


def _take_direction(settings: SettingsText, values: dict[str, Any], index: int) -> int | None:
    direction = values.get("direction")
    if direction is not None and (isinstance(direction, bool) or direction not in (1, -1)):
        hint = "Write -1 when a high answer is bad news, else 1."
        raise settings.blame("'direction' must be 1 or -1.", hint, "columns", index, "direction")
    return direction


def _take_scale(settings: SettingsText, values: dict[str, Any], index: int) -> str | tuple[tuple[str, float], ...]:
    scale = values.get("scale", "")
    if isinstance(scale, str):
        if scale:
            _require_word(settings, scale, SCALE_NAMES, ("columns", index, "scale"))
        return scale
    numbers = scale if isinstance(scale, dict) else {}
    if not all(map(_is_number, numbers.values())) or len(set(numbers.values())) < _PAIR:
        hint = 'Write a known name, or each answer with its number (up to a million): { "Poor" = 0, "Good" = 100 }.'
        raise settings.blame(
            "'scale' must be a name, or two or more answers with different numbers.", hint, "columns", index, "scale"
        )
    lowest, highest = min(numbers.values()), max(numbers.values())
    # Numbers from 1 to 5 are meant as places between worst and best as much as numbers from 0 to 100 are.
    places = _take_by_cell(settings, numbers, index, "scale")
    return tuple((word, 100 * (number - lowest) / (highest - lowest)) for word, number in places.items())


def _is_number(value: object) -> bool:
    """Whether it is a number that can be reckoned with: TOML has words for infinity and for what is no number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _take_by_cell(settings: SettingsText, values: Mapping[str, Meaning], index: int, key: str) -> dict[str, Meaning]:
    """What a table of an entry says of each answer, by what cells are compared by."""
    found: dict[str, tuple[str, Meaning]] = {}
    for word, meaning in values.items():
        first, known = found.setdefault(make_cell_key(word), (word, meaning))
        if known != meaning:
            raise settings.blame(
                f"'{first}' and '{word}' are the same answer, but mean different things here.",
                "Capitals, blanks and full stops at the end do not count: take one of the two out.",
                "columns",
                index,
                key,
            )
    return {cell: meaning for cell, (_, meaning) in found.items()}


def _take_range(settings: SettingsText, values: dict[str, Any], index: int) -> tuple[int, int] | None:
    limits = values.get("range")
    if limits is None:
        return None
    whole = (
        isinstance(limits, list)
        and len(limits) == _PAIR
        and all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= _HIGHEST for each in limits)
    )
    if not whole or limits[0] == limits[1]:
        hint = "Write range = [1, 5], the worst number first; [5, 1] when 1 is the best."
        raise settings.blame(
            "'range' must be two different whole numbers from 0 to 99.", hint, "columns", index, "range"
        )
    return limits[0], limits[1]


def _take_meanings(
    settings: SettingsText, values: dict[str, Any], index: int, kind: ColumnKind
) -> tuple[tuple[str, str], ...]:
    words = values.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
        hint = 'Write words = { "Mum" = "parent" }.'
        raise settings.blame("'words' must say for each answer what it means.", hint, "columns", index, "words")
    meanings = _MEANINGS.get(kind, ())
    for meaning in words.values():
        if meanings:
            _require_word(settings, meaning, meanings, ("columns", index, "words"))
    return tuple(_take_by_cell(settings, words, index, "words").items())


def _require_word(settings: SettingsText, word: str, known: Sequence[str], where: tuple[str, int, str]) -> None:
    if word not in known:
        table, index, key = where
        raise settings.blame(f"'{key}' cannot be '{word}'.", f"Known are: {', '.join(known)}.", table, index, key)


def find_columns(mapping: SurveyMapping, file: str, names: Sequence[Sequence[str]]) -> Mapping[int, MappedColumn]:
    """Which column of an export each entry means: place in `names` to entry; the later entry wins.

    `names` holds the ways to name each column, in the order in which they are tried: header, question, code. They are
    compared without regard to case, marks and blanks.
    """
    found: dict[int, MappedColumn] = {}
    keys = [[write_header_key(name) for name in each] for each in names]
    for column in mapping.columns:
        if column.file in ("", file):
            wanted = write_header_key(column.header)
            for level in range(max(map(len, keys), default=0)):
                # No header at all ("") names columns whose header is blank, not those that merely have no code.
                if not wanted and level:
                    break
                places = [place for place, each in enumerate(keys) if each[level] == wanted]
                if len(places) >= column.occurrence:
                    found[places[column.occurrence - 1]] = column
                    break
    return found


def write_header_key(header: str) -> str:
    """What headers are compared by; marks alone ('#') stay as they are."""
    return make_key(header) or header.strip()
