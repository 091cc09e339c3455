"""A survey as it was read goes in; the lines that tell a volunteer what was understood, and what to check, come out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Source, Survey, SurveyColumn
from coprod_cli.model.tables import ROLES, SECTORS

HEADER_WIDTH = 60
SURE = 0.8
FORMAT_NAMES = {
    "plain": "a plain table",
    "google_forms": "Google Forms",
    "microsoft_forms": "Microsoft Forms",
    "surveymonkey": "SurveyMonkey",
    "qualtrics": "Qualtrics",
    "limesurvey": "LimeSurvey",
    "redcap": "REDCap",
    "kobo": "KoboToolbox or ODK",
    "typeform": "Typeform",
    "alchemer": "Alchemer (SurveyGizmo)",
    "jisc": "Jisc Online Surveys",
    "statistics": "an SPSS or Stata file",
}
_DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_KIND_NAMES = {
    ColumnKind.PERSON: "person",
    ColumnKind.ROLE: "role",
    ColumnKind.SECTOR: "where people work",
    ColumnKind.PROJECT: "project",
    ColumnKind.WAVE: "round",
    ColumnKind.DATE: "date",
    ColumnKind.CONSENT: "consent to quote",
    ColumnKind.WEIGHT: "weight",
    ColumnKind.ITEM: "closed question",
    ColumnKind.ANCHOR: "closed, not scored",
    ColumnKind.OPEN: "open question",
    ColumnKind.METADATA: "dropped",
    ColumnKind.UNUSED: "not used",
}
_FEW = 4
_DROPPED = "dropped"


class Check(NamedTuple):
    """A column that a person should look at: how it was taken and why; what to write to agree, or if it is wrong."""

    column: SurveyColumn
    taken: str
    agree: tuple[str, ...]
    change: tuple[str, ...]


def describe_source(source: Source) -> str:
    """One line on a file: what it was read as, its rows and columns."""
    how = [f"read as {FORMAT_NAMES.get(source.format, source.format)}"]
    if source.encoding:
        how.append(source.encoding)
    if source.delimiter:
        how.append(f"{_DELIMITER_NAMES.get(source.delimiter, source.delimiter)} between cells")
    how.append(f"{source.header_rows} header row{'' if source.header_rows == 1 else 's'}")
    return f"{source.name}: {', '.join(how)}; {source.rows_read} rows, {len(source.columns)} columns"


def describe_column(column: SurveyColumn) -> tuple[str, str, str, str]:
    """Header (shortened), what it was taken for, how surely, and why."""
    return shorten(column), _say_taken(column), f"{column.certainty:.0%}", column.why


def shorten(column: SurveyColumn) -> str:
    """The header on one line; a column without one by its place."""
    return _cut(column.header) or f"(column {column.position + 1}, no header)"


def _cut(raw: str) -> str:
    """The header on one line, no longer than can be read at a glance; rows of a grid begin alike and keep their end."""
    header = " ".join(raw.split())
    if len(header) <= HEADER_WIDTH:
        return header
    end = HEADER_WIDTH * 2 // 3 if " - " in header or header.endswith("]") else 0
    begin = HEADER_WIDTH - end - 1
    return f"{header[:begin].rstrip()}…{header[len(header) - end :].lstrip()}"


def _say_taken(column: SurveyColumn) -> str:
    taken = _KIND_NAMES[column.kind]
    if column.kind is ColumnKind.METADATA and _DROPPED not in column.why:
        taken = "technical"
    if column.kind is ColumnKind.ITEM:
        taken += f" ({column.dimension})" if column.dimension else ", not scored"
        if column.scale and column.scale.direction < 0:
            taken += ", reversed"
    about = column.project or column.wave
    if column.several:
        taken += ", several choices"
    return f"{taken}, about '{about}'" if about else taken


def list_checks(source: Source) -> list[Check]:
    """The columns that were taken with little certainty, and questions that will not be scored."""
    return [
        Check(column, _say_taken(column), _suggest_agreeing(column), _suggest(column))
        for column in source.columns
        if _is_doubtful(column)
    ]


def _is_doubtful(column: SurveyColumn) -> bool:
    unscored = column.kind is ColumnKind.ITEM and not column.dimension
    unknown = bool(column.unknown)
    return unscored or unknown or (column.certainty < SURE and column.kind is not ColumnKind.METADATA)


def _suggest_agreeing(column: SurveyColumn) -> tuple[str, ...]:
    """What to write so that a guess that waits for it counts."""
    if column.kind is not ColumnKind.ITEM or column.dimension:
        return ()
    return tuple(f'dimension = "{name}"' for name in column.near)


def _suggest(column: SurveyColumn) -> tuple[str, ...]:
    """What to write in the mapping file, one line for each thing that may be wrong."""
    match column.kind:
        case ColumnKind.ITEM:
            lines = []
            if not column.dimension and not column.near:
                lines = ['dimension = "..."   (if it asks about one of the dimensions below)']
            if column.scale and column.scale.direction < 0:
                lines.append("direction = 1   (if a high answer is good news)")
            return (*lines, 'kind = "unused"   (if it is not about the joint work)')
        case ColumnKind.ROLE if column.unknown:
            return tuple(f'"{word}" = "..."   ({", ".join(ROLES)})' for word in column.unknown)
        case ColumnKind.SECTOR if column.unknown:
            return tuple(f'"{word}" = "..."   ({", ".join(SECTORS[1:])} or other)' for word in column.unknown)
        case ColumnKind.UNUSED:
            return ('kind = "item"   (a closed question; or "open", "role", "project" ..., if it should be used)',)
        case _:
            return ('kind = "..."   (if it is something else)',)


def sum_up_columns(survey: Survey, framework: Framework) -> Iterator[tuple[str, str]]:
    """What plays which part in the survey: label and words, in the order in which a volunteer would ask."""
    columns = [column for source in survey.sources for column in source.columns]
    yield "Role", _say_found(columns, ColumnKind.ROLE, sorted(set(survey.responses["role"])))
    staff = survey.responses[survey.responses["role"] == "practitioner"].drop_duplicates("person")
    if len(staff):
        yield "Practitioners in", _say_sectors(columns, staff["sector"].tolist())
    yield "Project", _say_found(columns, ColumnKind.PROJECT, sorted(set(survey.responses["project"])))
    waves = sorted(set(survey.responses["wave"]) - {""})
    if waves:
        yield "Round", _say_found(columns, ColumnKind.WAVE, waves)
    yield "Person", _list_headers(columns, ColumnKind.PERSON) or "no column: every form counts as one person"
    yield "May be quoted", _say_consent(survey, columns)
    opens = {column.name: shorten(column) for column in columns if column.kind is ColumnKind.OPEN}
    yield "Open questions", f"{len(opens)}" + (f": {'; '.join(list(opens.values())[:_FEW])}" if opens else "")
    yield "Closed questions", _say_items(columns, framework)
    dropped = [column for column in columns if column.kind is ColumnKind.METADATA and _DROPPED in column.why]
    if dropped:
        yield "Dropped", f"{'; '.join(map(shorten, dropped))} (personal: never used or written)"


def _say_found(columns: Sequence[SurveyColumn], kind: ColumnKind, values: Sequence[str]) -> str:
    headers = _list_headers(columns, kind)
    shown = "; ".join(values[:_FEW]) + (f" and {len(values) - _FEW} more" if len(values) > _FEW else "")
    asked = [column for column in columns if column.kind in (ColumnKind.ITEM, ColumnKind.OPEN)]
    in_blocks = any(column.wave if kind is ColumnKind.WAVE else column.project for column in asked)
    where = headers or ("the questions are asked again for each" if in_blocks else "no column says it")
    return f"{where}: {shown}"


def _say_sectors(columns: Sequence[SurveyColumn], sectors: Sequence[str]) -> str:
    """Where the practitioners work, each with how many people, and of how many that is not known."""
    counts = Counter(sectors)
    shown = [f"{name.replace('_', ' ')} {counts[name]}" for name in SECTORS[1:] if counts[name]]
    where = _list_headers(columns, ColumnKind.SECTOR) or "the words for their role"
    unknown = [f"not known {counts['']}"] if counts[""] else []
    return f"{where}: {'; '.join([*shown, *unknown])}"


def _list_headers(columns: Iterable[SurveyColumn], kind: ColumnKind) -> str:
    return "; ".join(dict.fromkeys(shorten(column) for column in columns if column.kind is kind))


def _say_consent(survey: Survey, columns: Sequence[SurveyColumn]) -> str:
    people = survey.responses.groupby("person")["consent"].any()
    headers = _list_headers(columns, ColumnKind.CONSENT) or "no column says it"
    return f"{headers}: yes from {int(people.sum())} of {len(people)} people"


def _say_items(columns: Sequence[SurveyColumn], framework: Framework) -> str:
    items = {column.name: column for column in columns if column.kind is ColumnKind.ITEM}
    if not items:
        return "none: there can be themes, and only an indicative score"
    counts = Counter(column.dimension for column in items.values() if column.dimension)
    scored = ", ".join(f"{each.id} {counts[each.id]}" for each in framework.dimensions if counts[each.id])
    told = f"{counts.total()} scored ({scored})" if counts else "none scored"
    waiting = [column for column in items.values() if not column.dimension and column.near]
    if waiting:
        about = ", ".join(each.id for each in framework.dimensions if any(each.id in column.near for column in waiting))
        told += f", {len(waiting)} waiting for you to confirm them (perhaps about {about})"
    others = len(items) - counts.total() - len(waiting)
    told += f", {others} not scored" if others else ""
    near = {name for column in waiting for name in column.near}
    missing = ", ".join(each.id for each in framework.dimensions if not counts[each.id] and each.id not in near)
    return f"{told}. Nothing asks about: {missing}" if missing else told


def say_how_to_mend(names: Sequence[str], mapping: Path | None) -> Iterator[str]:
    """The steps by which a volunteer puts something right."""
    survey = " ".join(f'"{name}"' if " " in name else name for name in names)
    map_file = mapping or Path("map.toml")
    if not mapping:
        yield f"  1. Type:  coprod inspect {survey} --write {map_file}"
    else:
        yield f"  1. Your mapping file is {map_file}."
    yield f"  2. Open {map_file} in any text editor (Notepad will do). Find the header, change the line, save."
    yield f"  3. Look again:  coprod inspect {survey} --map {map_file}"
    yield f"  4. When it is right:  coprod analyse {survey} --map {map_file}"


def sum_up_rows(survey: Survey) -> Iterator[str]:
    """How many rows were read and kept, and what was left out and why."""
    yield f"Rows read: {survey.rows_read:,}. Kept: {survey.forms:,} forms. Open answers: {len(survey.answers):,}."
    left_out = [notice for notice in survey.notices if notice.rows]
    yield "Left out: nothing." if not left_out else "Left out:"
    yield from (f"  {notice.in_full.removeprefix('Left out: ')}" for notice in left_out)
    others = [notice for notice in survey.notices if not notice.rows]
    if others:
        yield "Please note:"
        yield from (f"  {notice.in_full}" for notice in others)
    if survey.unfit:
        yield "Named in the mapping file, but in no survey file:"
        yield from (f"  {_cut(header)}{_say_perhaps(now)}" for header, now in survey.unfit)


def _say_perhaps(header: str) -> str:
    return f": perhaps it is now {_cut(header)}" if header else ""
