"""Survey files go in; one Survey comes out: tables, questions, what each column was taken for, what was left out."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Question, Survey, SurveyColumn
from coprod_cli.model.tables import AnchorValue, Answer, MarginValue, Rating, Response, require
from coprod_cli.reading.archives import list_raws
from coprod_cli.reading.columns import UNKNOWN, UNKNOWN_CHOICES
from coprod_cli.reading.dimensions import accept_guesses
from coprod_cli.reading.export import Export, read_export
from coprod_cli.reading.files import RawFile, make_printable
from coprod_cli.reading.mapping import SurveyMapping
from coprod_cli.reading.mapping_fit import Unfit, list_unfit
from coprod_cli.reading.responses import Tables, fill_tables
from coprod_cli.reading.scales import share_scales
from coprod_cli.reading.suspicions import find_suspicions
from coprod_cli.reading.targets_file import TargetsFile
from coprod_cli.reading.telling import Told, write_notices
from coprod_cli.reading.wording import make_key, make_slug

_WORDS_OF_A_QUESTION = 4
_ASKED = (ColumnKind.OPEN, ColumnKind.ITEM)


def read_survey(  # noqa: PLR0913  # what may be chosen is named
    paths: Sequence[Path],
    framework: Framework,
    mapping: SurveyMapping | None = None,
    *,
    accepting: bool = False,
    keep_partial: bool = False,
    salt: str | None = None,
    targets: TargetsFile | None = None,
    rounds: Sequence[str] = (),
) -> Survey:
    """Everything in one or more exports of a survey, as one Survey; `require_questions` says whether it can be used.

    Args:
        paths: the files; their order changes nothing in the tables.
        framework: whose items and anchors the questions are compared with.
        mapping: what to take columns for instead of guessing.
        accepting: whether closed questions are scored whose dimension is a guess that nobody confirmed.
        keep_partial: whether forms count that were never sent off.
        salt: a secret of the user's own, so that the same person gets the same id in surveys read one by one; without
            it the id holds for this run's files alone.
        targets: the questions about people whose answers are wanted, to weight by.
        rounds: of each path, the round of the survey that its forms are of where they do not say so themselves.

    Raises:
        UnreadableSurveyError: a file cannot be used; the message says which and what to do.
        SettingsFileError: the mapping names a column, item or scale that cannot be, or the targets do not fit.
    """
    raws, listed = _read_each_once(paths)
    known = accept_guesses(framework) if accepting else framework
    exports = _share_scales([read_export(raw, known, mapping) for raw in raws])
    unfit = _list_unfit(mapping, exports) if mapping else ()
    exports = _name_rounds(_part_names(exports), paths, rounds)
    tables = fill_tables(exports, keep_partial=keep_partial, salt=salt.encode() if salt else None, targets=targets)
    _require_forms(tables, exports, paths)
    told = [*(each for export in exports for each in export.told), *tables.told, *listed]
    questions = _list_questions(exports)
    told += _tell_unscored(exports)
    told += find_suspicions(exports)
    told.append(Told("mapping_unused", len(unfit)))
    told.append(Told("questions_unused", sum(map(_looks_asked, _list_columns(exports)))))
    return Survey(
        responses=require(tables.responses, Response),
        answers=require(tables.answers, Answer),
        ratings=require(tables.ratings, Rating),
        anchors=require(tables.anchors, AnchorValue),
        margins=require(tables.margins, MarginValue),
        period=tables.period,
        questions=questions,
        sources=tuple(sorted((export.source for export in exports), key=lambda source: (source.name, source.sha256))),
        rows_read=sum(export.source.rows_read for export in exports),
        forms=tables.forms,
        notices=write_notices(told),
        unfit=tuple((each.header, each.perhaps) for each in unfit),
        private_words=frozenset().union(*(export.private_words for export in exports)),
    )


def require_questions(survey: Survey) -> Survey:
    """The same survey, once every file of it is known to hold a question that can be used.

    Raises:
        UnreadableSurveyError: a file has neither an open nor a closed question.
    """
    for source in survey.sources:
        if not any(column.kind in _ASKED for column in source.columns):
            raise UnreadableSurveyError(
                f"{source.name} has no open question and no closed question that coprod can use.",
                "Look at its columns with coprod inspect. If it is the right file, name its questions in a mapping "
                'file (kind = "open" or "item") and give that with --map.',
            )
    return survey


def _name_rounds(exports: list[Export], paths: Sequence[Path], rounds: Sequence[str]) -> list[Export]:
    """The same exports, each with the round of its path where the mapping file names none."""
    named = {raw.sha256: name for path, name in zip(paths, rounds, strict=False) for raw in list_raws(path).raws}
    return [
        export._replace(
            constants=dataclasses.replace(export.constants, wave=export.constants.wave or named[export.source.sha256])
        )
        if export.source.sha256 in named
        else export
        for export in exports
    ]


def _share_scales(exports: list[Export]) -> list[Export]:
    """The same exports, where a question that stands in several has one scale in all."""
    shared = share_scales([export.source.columns for export in exports])
    return [
        export._replace(source=dataclasses.replace(export.source, columns=columns))
        for export, columns in zip(exports, shared, strict=True)
    ]


def _require_forms(tables: Tables, exports: Sequence[Export], paths: Sequence[Path]) -> None:
    partial = sum(each.number for each in tables.told if each.code == "partial_rows")
    if partial and not any(export.finished.any() for export in exports):
        raise UnreadableSurveyError(
            f"No form in {make_printable(paths[0].name)} was sent off to the end.",
            f"Add --keep-partial to count the {partial:,} that {'was' if partial == 1 else 'were'} only begun.",
        )


def _read_each_once(paths: Sequence[Path]) -> tuple[list[RawFile], list[Told]]:
    listed = [list_raws(path) for path in paths]
    found = [raw for each in listed for raw in each.raws]
    raws = {raw.sha256: raw for raw in reversed(found)}
    told = [*(note for each in listed for note in each.told), Told("same_file_twice", len(found) - len(raws))]
    return sorted(raws.values(), key=lambda raw: (raw.name, raw.sha256)), told


def _list_unfit(mapping: SurveyMapping, exports: Sequence[Export]) -> tuple[Unfit, ...]:
    used = {entry.index for export in exports for entry in export.entries.values()}
    return list_unfit(mapping, used, [column.header for column in _list_columns(exports)])


def _part_names(exports: list[Export]) -> list[Export]:
    """The same exports, where one code ('Q12') does not stand for two different open questions of two files."""
    texts: dict[str, set[str]] = {}
    for export in exports:
        for place in _list_coded(export):
            column = export.source.columns[place]
            texts.setdefault(column.name, set()).add(make_key(column.question))
    return [_rename(export, {name for name, asked in texts.items() if len(asked) > 1}) for export in exports]


def _list_coded(export: Export) -> list[int]:
    """The places of open questions that are named by the survey tool's code, not by framework or mapping."""
    return [
        place
        for place in export.places(ColumnKind.OPEN)
        if export.source.columns[place].name == export.headings[place].code and place not in export.entries
    ]


def _rename(export: Export, names: set[str]) -> Export:
    columns = list(export.source.columns)
    for place in _list_coded(export):
        if columns[place].name in names:
            columns[place] = dataclasses.replace(
                columns[place], name=f"{columns[place].name}_{make_slug(columns[place].question)}"
            )
    return export._replace(source=dataclasses.replace(export.source, columns=tuple(columns)))


def _list_columns(exports: Sequence[Export]) -> list[SurveyColumn]:
    """The columns of all exports, each header once."""
    found: dict[str, SurveyColumn] = {}
    for export in exports:
        for place, column in enumerate(export.source.columns):
            found.setdefault(make_key(column.header) or f"{place}", column)
    return list(found.values())


def _tell_unscored(exports: Sequence[Export]) -> list[Told]:
    items = {
        column.name: column
        for export in exports
        for column in export.source.columns
        if column.kind is ColumnKind.ITEM and not column.dimension
    }
    near = sum(1 for column in items.values() if column.near)
    return [Told("item_unconfirmed", near), Told("item_unmatched", len(items) - near)]


def _looks_asked(column: SurveyColumn) -> bool:
    """Whether a column is unused only because nothing is known of it, though its header asks something."""
    if column.kind is not ColumnKind.UNUSED or column.why not in (UNKNOWN_CHOICES, UNKNOWN):
        return False
    return "?" in column.header or len(column.question.split()) >= _WORDS_OF_A_QUESTION


def _list_questions(exports: Sequence[Export]) -> tuple[Question, ...]:
    found: dict[str, Question] = {}
    for export in exports:
        for column in export.source.columns:
            if column.kind in _ASKED:
                found.setdefault(column.name, Question(column.name, column.question, column.kind, column.dimension))
    return tuple(found.values())
