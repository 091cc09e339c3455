"""A survey as it was read goes in; a mapping file that reads it the same way, with comments, comes out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Scale, Source, Survey, SurveyColumn
from coprod_cli.model.tables import ROLES, SECTORS
from coprod_cli.reading.framework_file import read_framework
from coprod_cli.reading.mapping import REPEATED_KINDS, SCALE_NAMES, write_header_key
from coprod_cli.reading.settings_text import quote_text
from coprod_cli.reading.wording import clean_header

_HEAD = """\
# What coprod understood of this survey. Look at the columns under "Please check", change what is wrong, save, and run:
#   coprod analyse SURVEY --map THIS_FILE
# Lines that begin with # are for you; coprod does not read them. Take the # away to use one. Entries that are right may
# be taken out. docs/mapping.md explains every key.
#
# kind is one of: person, role, sector (where practitioners work), project, wave, date, consent, weight, item (closed
# question), anchor (closed question that is reported but never scored), open (open question), metadata (personal or
# technical, dropped), unused.
#
# For a closed question (kind = "item"):
# dimension   what it counts for; without one it is not scored. One of:
{dimensions}
# direction   1 when a high answer is good news ("I felt listened to"), -1 when it is bad news ("It was a tick box").
# range       for answers in numbers, the worst number first: [1, 5]; [5, 1] when 1 is the best answer.
# scale       for answers in words: the name of a known scale, or your own words with places from 0 (worst) to
#             100 (best), such as {{ "Poor" = 0, "Fair" = 50, "Good" = 100 }}.
# missing     answers that say that there is none, such as ["Not my area"].
#
# Where the same is asked for several projects, or in several rounds, in one row:
# project     the project that this column is about; wave: the round.
"""
_CONSTANTS_HELP = """\
# What holds for every form when no column says it. Take the # away to use a line.
"""
_TO_CHECK = """\
# ------ Please check: coprod is not sure of these columns, or cannot score them ------
"""
_CLEAR = """\
# ------ These are clear ------
"""
_ASIDE = """\
# ------ Not used. To use one of these, write an entry for it with [[columns]], header and kind, above this line ------
# To tell people apart by one of them, say kind = "person"; it is hashed.
[set_aside]
"""
_UNFIT = """\
# ------ In the mapping file that was given, but in no survey file; the header it may be now stands behind ------
"""
_SURE = 0.8
# Behind a guess that only the wording shows, such as a direction.
_CHECK = "please check"
_LISTED = {ColumnKind.METADATA: "personal or technical; dropped", ColumnKind.UNUSED: "not needed"}
_WORDS_HELP = {
    ColumnKind.ROLE: f'# words = {{ "Mum" = "parent" }}   # what an answer means: {", ".join(ROLES)}',
    ColumnKind.SECTOR: f'# words = {{ "CYP team" = "council" }}   # where it is: {", ".join(SECTORS[1:])} or other',
    ColumnKind.PROJECT: '# words = { "Short breaks 2" = "Short breaks" }   # other names for the same project',
    ColumnKind.CONSENT: '# words = { "Fine by me" = "yes" }   # yes or no',
}
_TO_CHOOSE = {
    ColumnKind.ROLE: f"{', '.join(ROLES[:-1])} or {ROLES[-1]}",
    ColumnKind.SECTOR: f"{', '.join(SECTORS[1:])} or other",
}


class _Entry(NamedTuple):
    """One column as an entry: the column, which of that header it is, and the file if the entry is for that alone."""

    column: SurveyColumn
    occurrence: int
    file: str


def write_mapping(survey: Survey, framework: Framework | None = None) -> str:
    """The mapping file, as TOML text, under which the same export gives the same survey again.

    Args:
        survey: what was read.
        framework: whose dimensions its head names; the packaged one when none is given.
    """
    dimensions = (framework or read_framework()).dimensions
    width = max(len(dimension.id) for dimension in dimensions)
    named = "\n".join(f"#   {dimension.id:<{width}}  {write_comment(dimension.name)}" for dimension in dimensions)
    entries = [*_list_entries(survey)]
    doubtful = [entry for entry in entries if _is_doubtful(entry.column)]
    listed = [entry for entry in entries if _is_listed(entry)]
    clear = [entry for entry in entries if entry not in doubtful and entry not in listed]
    lines = [_HEAD.format(dimensions=named), _CONSTANTS_HELP.rstrip(), "[constants]", *_write_constants(survey), ""]
    for title, chosen in ((_TO_CHECK, doubtful), (_CLEAR, clear)):
        if chosen:
            lines += [title, *(line for entry in chosen for line in [*_write_entry(entry), ""])]
    lines += [*_write_listed(listed), *_write_unfit(survey)]
    return "\n".join(lines)


def _list_entries(survey: Survey) -> Iterator[_Entry]:
    """One entry for each column, in the order of the files; columns that all files have alike are there once."""
    written: set[str] = set()
    for source in survey.sources:
        for column, occurrence in _number(source.columns):
            alike = len(survey.sources) == 1 or _alike_everywhere(column, occurrence, survey.sources)
            entry = _Entry(column, occurrence, "" if alike else source.name)
            told = "\n".join(_take_uncommented(entry))
            if told not in written:
                written.add(told)
                yield entry


def _is_doubtful(column: SurveyColumn) -> bool:
    """Whether a person should look: taken with little certainty, or a question that will not be scored."""
    unscored = column.kind is ColumnKind.ITEM and not column.dimension
    unsure = column.certainty < _SURE and column.kind is not ColumnKind.METADATA
    return unscored or unsure or bool(column.unknown) or _CHECK in column.why


def _is_listed(entry: _Entry) -> bool:
    """Whether a header alone says all of a column that is not used."""
    column = entry.column
    return column.kind in _LISTED and not _is_doubtful(column) and entry.occurrence == 1 and not entry.file


def _write_listed(entries: Sequence[_Entry]) -> Iterator[str]:
    if entries:
        yield _ASIDE.rstrip()
    for kind, meaning in _LISTED.items():
        columns = [entry.column for entry in entries if entry.column.kind is kind]
        if columns:
            yield f"{kind.value} = [   # {meaning}"
            yield from (f"  {quote_text(column.header)},   # {write_comment(column.why)}" for column in columns)
            yield "]"
    yield ""


def _write_unfit(survey: Survey) -> Iterator[str]:
    if survey.unfit:
        yield _UNFIT.rstrip()
        yield from (
            f"# {write_comment(quote_text(header))}   {write_comment(now)}".rstrip() for header, now in survey.unfit
        )
        yield ""


def _write_constants(survey: Survey) -> Iterable[str]:
    kinds = {column.kind for source in survey.sources for column in source.columns}
    for key, kind, otherwise in (
        ("role", ColumnKind.ROLE, "other"),
        ("sector", ColumnKind.SECTOR, ""),
        ("project", ColumnKind.PROJECT, "All answers"),
        ("wave", ColumnKind.WAVE, ""),
    ):
        values = sorted(set(survey.responses[key]))
        said = kind not in kinds and len(values) == 1 and values[0] != otherwise
        yield (
            f"{key} = {quote_text(values[0])}"
            if said
            else f"# {key} = {quote_text('parent' if key == 'role' else '...')}"
        )
    agreed = ColumnKind.CONSENT not in kinds and bool(survey.responses["consent"].all()) and len(survey.responses) > 0
    yield "consent = true" if agreed else "# consent = true   # when everyone agreed that their words may be quoted"


def _number(columns: Iterable[SurveyColumn]) -> Iterable[tuple[SurveyColumn, int]]:
    seen: Counter[str] = Counter()
    for column in columns:
        key = write_header_key(column.header)
        seen[key] += 1
        yield column, seen[key]


def _alike_everywhere(column: SurveyColumn, occurrence: int, sources: tuple[Source, ...]) -> bool:
    """Whether one entry without a file's name says the right thing for this header in every file that has it."""
    mine = _take_uncommented(_Entry(column, occurrence, ""))
    return all(
        _take_uncommented(_Entry(other, number, "")) == mine
        for source in sources
        for other, number in _number(source.columns)
        if number == occurrence and write_header_key(other.header) == write_header_key(column.header)
    )


def _take_uncommented(entry: _Entry) -> list[str]:
    return [line for line in _write_entry(entry) if not line.startswith("#")]


def _write_entry(entry: _Entry) -> list[str]:
    column = entry.column
    lines = [
        f"# {write_comment(column.why)} (certainty {column.certainty:.2f})",
        "[[columns]]",
        f"header = {quote_text(column.header)}",
    ]
    if entry.occurrence > 1:
        lines.append(f"occurrence = {entry.occurrence}")
    if entry.file:
        lines.append(f"file = {quote_text(entry.file)}")
    lines.append(f"kind = {quote_text(column.kind.value)}")
    if column.kind in REPEATED_KINDS:
        lines += [
            f"{key} = {quote_text(said)}" for key, said in (("project", column.project), ("wave", column.wave)) if said
        ]
    if column.kind is ColumnKind.ITEM:
        lines += _write_item(column)
    elif column.kind in (ColumnKind.OPEN, ColumnKind.ANCHOR):
        lines.append(f"name = {quote_text(column.name)}")
    elif column.unknown:
        # A table of its own, because a line can be switched on in it by taking its # away.
        lines += ["[columns.words]", *(f"{quote_text(word)} = {quote_text(meaning)}" for word, meaning in column.words)]
        lines += [f'# {quote_text(word)} = "?"   # {_TO_CHOOSE[column.kind]}' for word in column.unknown]
    elif column.words:
        lines.append(f"words = {_write_table(column.words)}")
    elif column.kind in _WORDS_HELP:
        lines.append(_WORDS_HELP[column.kind])
    return lines


def _write_item(column: SurveyColumn) -> Iterable[str]:
    if column.item:
        yield f"item = {quote_text(column.item)}"
    if column.name != column.item:
        yield f"name = {quote_text(column.name)}"
    if column.dimension:
        yield f"dimension = {quote_text(column.dimension)}"
    else:
        for dimension in column.near:
            yield f"# dimension = {quote_text(dimension)}   # perhaps; take the # away if that is what it asks"
        if not column.near:
            yield '# dimension = "..."   # without one the question is not scored'
    if column.scale:
        told = "" if column.item else "   # -1 when a high answer is bad news"
        yield f"direction = {column.scale.direction}{told}"
        yield from _write_scale(column.scale)
    if column.words:
        yield f"missing = [{', '.join(quote_text(word) for word, _ in column.words)}]"


def _write_scale(scale: Scale) -> Iterable[str]:
    if scale.name in SCALE_NAMES:
        yield f"scale = {quote_text(scale.name)}"
    elif scale.name.startswith("numbers "):
        low, high = scale.name.removeprefix("numbers ").split(" to ")
        yield f"range = [{low}, {high}]   # the worst number first"
    elif scale.places:
        places = ", ".join(f"{quote_text(word)} = {place:.10g}" for word, place in sorted(scale.places.items()))
        yield f"scale = {{ {places} }}"


def _write_table(pairs: Iterable[tuple[str, str]]) -> str:
    return f"{{ {', '.join(f'{quote_text(word)} = {quote_text(meaning)}' for word, meaning in pairs)} }}"


def write_comment(text: str) -> str:
    """Words fit for the rest of a line behind a #."""
    return "".join(character for character in clean_header(text) if character.isprintable())
