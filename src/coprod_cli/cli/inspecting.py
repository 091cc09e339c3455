"""Survey files go in; a table of their columns on the screen or as JSON, and a mapping file, come out."""

import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.markup import escape
from rich.table import Table

from coprod_cli.cli.overview import (
    Check,
    describe_column,
    describe_source,
    list_checks,
    say_how_to_mend,
    shorten,
    sum_up_columns,
    sum_up_rows,
)
from coprod_cli.cli.saving import refuse_overwriting, save_file
from coprod_cli.cli.terminal import open_stdout, write_line
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey, SurveyColumn
from coprod_cli.reading import read_framework, read_mapping, read_survey, require_questions, write_mapping

LABEL_WIDTH = 18
DIMENSION_WIDTH = 11


class Wanted(NamedTuple):
    """How the survey is to be read: with which mapping file and framework, and what counts that is doubtful."""

    mapping: Path | None
    framework: Path | None
    accepting: bool
    keep_partial: bool


def inspect_survey(paths: Sequence[Path], wanted: Wanted, *, write: Path | None, force: bool, as_json: bool) -> None:
    """Read the survey as analyse would, and tell what was understood; what cannot be analysed is shown all the same.

    Raises:
        CoprodError: the survey cannot be read, holds no usable question, or the mapping cannot be read or written.
    """
    refuse_overwriting([write], [*paths, wanted.framework])
    framework = read_framework(wanted.framework)
    mapping = read_mapping(wanted.mapping) if wanted.mapping else None
    survey = read_survey(paths, framework, mapping, accepting=wanted.accepting, keep_partial=wanted.keep_partial)
    if write:
        save_file(write_mapping(survey, framework).encode(), write, force=force)
    if as_json:
        json.dump(_as_plain(survey), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _show(survey, framework, [str(path) for path in paths], wanted.mapping)
    if write:
        write_line(f"Mapping written to {write}. Edit it, then: coprod analyse SURVEY --map {write}", stderr=True)
    require_questions(survey)


def _show(survey: Survey, framework: Framework, names: Sequence[str], mapping: Path | None) -> None:
    for source in survey.sources:
        write_line(describe_source(source))
    write_line("\nWhat coprod found")
    for label, words in sum_up_columns(survey, framework):
        _write_folded(f"  {label:<{LABEL_WIDTH}}", words)
    checks = [check for source in survey.sources for check in list_checks(source)]
    if checks:
        write_line(f"\nPlease check ({len(checks)})")
        for number, check in enumerate(checks, start=1):
            _show_check(number, check)
    write_line("\nHow to put something right")
    for line in say_how_to_mend(names, mapping):
        write_line(line)
    write_line("  The dimensions are:")
    for each in framework.dimensions:
        write_line(f"     {each.id:<{DIMENSION_WIDTH}}{each.name}")
    write_line("\nRows")
    for line in sum_up_rows(survey):
        _write_folded("  ", line)
    for source in survey.sources:
        write_line(f"\nEvery column of {source.name}")
        _show_columns(source.columns)


def _show_check(number: int, check: Check) -> None:
    write_line(f"  {number}. {shorten(check.column)}")
    _write_folded("     ", f"Taken for: {check.taken}. Why: {check.column.why}.")
    for line in check.agree:
        write_line(f"     To agree, write:   {line}")
    for line in check.change:
        write_line(f"     To change, write:  {line}")


def _write_folded(start: str, words: str) -> None:
    """One paragraph; folded to the width of a terminal, on one line for files and pipes."""
    console = open_stdout()
    start, words = start + " " * (len(words) - len(words.lstrip())), words.lstrip()
    if console.is_terminal:
        hang = " " * (len(start) if words else 0)
        words = textwrap.fill(
            words, max(console.width - 1, 40), initial_indent=start, subsequent_indent=hang, break_long_words=False
        )
        write_line(words)
    else:
        write_line(start + words)


def _show_columns(columns: Sequence[SurveyColumn]) -> None:
    console = open_stdout()
    if console.is_terminal:
        grid = Table("Column", "Taken for", "Sure", "Why", pad_edge=False)
        for column in columns:
            grid.add_row(*(escape(cell) for cell in describe_column(column)))
        console.print(grid)
    else:
        for column in columns:
            write_line("  " + " | ".join(describe_column(column)))


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
                        "name": column.name,
                        "item": column.item,
                        "dimension": column.dimension,
                        "direction": column.scale.direction if column.scale else None,
                        "scale": column.scale.name if column.scale else None,
                        "near": list(column.near),
                        "project": column.project,
                        "wave": column.wave,
                        "several": column.several,
                        "certainty": round(column.certainty, 3),
                        "why": column.why,
                    }
                    for column in source.columns
                ],
            }
            for source in survey.sources
        ],
        "roles": sorted(set(survey.responses["role"])),
        "sectors": sorted(set(survey.responses["sector"]) - {""}),
        "projects": sorted(set(survey.responses["project"])),
        "rows_read": survey.rows_read,
        "forms": survey.forms,
        "notices": [notice._asdict() for notice in survey.notices],
    }
