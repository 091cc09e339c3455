"""Survey files go in; a table of their columns on the screen or as JSON, and a mapping file, come out."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.markup import escape
from rich.table import Table

from coprod_cli.cli.saving import save_file
from coprod_cli.cli.terminal import open_stdout, write_line
from coprod_cli.model.survey import ColumnKind, Source, Survey, SurveyColumn
from coprod_cli.reading import read_framework, read_mapping, read_survey, require_questions, write_mapping

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
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


class Wanted(NamedTuple):
    """How the survey is to be read: with which mapping file and framework, and whether forms never sent off count."""

    mapping: Path | None
    framework: Path | None
    keep_partial: bool


def inspect_survey(paths: Sequence[Path], wanted: Wanted, *, write: Path | None, force: bool, as_json: bool) -> None:
    """Read the survey as analyse would, and tell what was understood; what cannot be analysed is shown all the same.

    Raises:
        CoprodError: the survey cannot be read, holds no usable question, or the mapping cannot be read or written.
    """
    framework = read_framework(wanted.framework)
    mapping = read_mapping(wanted.mapping) if wanted.mapping else None
    survey = read_survey(paths, framework, mapping, keep_partial=wanted.keep_partial)
    if write:
        save_file(write_mapping(survey, framework).encode(), write, force=force)
    if as_json:
        json.dump(_as_plain(survey), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _show(survey)
    if write:
        write_line(f"Mapping written to {write}. Edit it, then: coprod analyse SURVEY --map {write}", stderr=True)
    require_questions(survey)


def _show(survey: Survey) -> None:
    for source in survey.sources:
        write_line(_describe_source(source))
        doubtful = [column for column in source.columns if _is_doubtful(column)]
        if doubtful:
            write_line(
                "\nPlease check these columns; what is wrong can be put right in a mapping file (--write FILE.toml):"
            )
            _show_columns(doubtful)
        write_line("\nEvery column:")
        _show_columns(source.columns)
        write_line("")
    for line in _sum_up(survey):
        write_line(line)


def _is_doubtful(column: SurveyColumn) -> bool:
    """Whether a person should look: taken with little certainty, or a question that will not be scored."""
    unscored = column.kind is ColumnKind.ITEM and not column.dimension
    return unscored or (column.certainty < SURE and column.kind is not ColumnKind.METADATA)


def _show_columns(columns: Sequence[SurveyColumn]) -> None:
    console = open_stdout()
    if console.is_terminal:
        grid = Table("Column", "Taken for", "Sure", "Why", pad_edge=False)
        for column in columns:
            grid.add_row(*(escape(cell) for cell in _describe_column(column)))
        console.print(grid)
    else:
        for column in columns:
            write_line("  " + " | ".join(_describe_column(column)))


def _describe_source(source: Source) -> str:
    name = FORMAT_NAMES.get(source.format, source.format)
    how = [f"read as {name}"]
    if source.encoding:
        how.append(source.encoding)
    if source.delimiter:
        how.append(f"{DELIMITER_NAMES.get(source.delimiter, source.delimiter)} between cells")
    how.append(f"{source.header_rows} header row{'' if source.header_rows == 1 else 's'}")
    return f"{source.name}: {', '.join(how)}; {source.rows_read} rows, {len(source.columns)} columns"


def _describe_column(column: SurveyColumn) -> tuple[str, str, str, str]:
    header = " ".join(column.header.split()) or f"(column {column.position + 1}, no header)"
    short = header if len(header) <= HEADER_WIDTH else header[: HEADER_WIDTH - 1] + "…"
    taken = {ColumnKind.OPEN: "open question", ColumnKind.ITEM: "closed item"}.get(column.kind, str(column.kind))
    if column.kind is ColumnKind.ITEM:
        item = f"{column.item} " if column.item else ""
        taken += f": {item}({column.dimension})" if column.dimension else ", not scored"
        if column.scale and column.scale.direction < 0:
            taken += ", reversed"
    return short, taken, f"{column.certainty:.0%}", column.why


def _sum_up(survey: Survey) -> Iterator[str]:
    roles = ", ".join(sorted(set(survey.responses["role"])))
    projects = sorted(set(survey.responses["project"]))
    yield f"Roles: {roles}"
    yield f"Projects ({len(projects)}): {'; '.join(projects)}"
    yield f"Rows read: {survey.rows_read}. Kept: {survey.forms} forms. Open answers: {len(survey.answers)}."
    left_out = [notice for notice in survey.notices if notice.rows]
    yield "Left out: nothing." if not left_out else "Left out:"
    yield from (f"  {notice.message.removeprefix('Left out: ')}" for notice in left_out)
    others = [notice for notice in survey.notices if not notice.rows]
    if others:
        yield "Please note:"
        yield from (f"  {notice.message}" for notice in others)


def _as_plain(survey: Survey) -> dict[str, object]:
    return {
        "files": [
            {
                "name": source.name,
                "sha256": source.sha256,
                "format": source.format,
                "encoding": source.encoding,
                "delimiter": source.delimiter,
                "header_rows": source.header_rows,
                "rows_read": source.rows_read,
                "columns": [
                    {
                        "position": column.position,
                        "header": column.header,
                        "kind": str(column.kind),
                        "item": column.item,
                        "dimension": column.dimension,
                        "direction": column.scale.direction if column.scale else None,
                        "certainty": round(column.certainty, 3),
                        "why": column.why,
                    }
                    for column in source.columns
                ],
            }
            for source in survey.sources
        ],
        "roles": sorted(set(survey.responses["role"])),
        "projects": sorted(set(survey.responses["project"])),
        "rows_read": survey.rows_read,
        "forms": survey.forms,
        "notices": [notice._asdict() for notice in survey.notices],
    }
