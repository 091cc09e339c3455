"""A table of answers goes in; one line a mention, with theme, stance, level, confidence and evidence, comes out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Engine
from coprod_cli.cli.options import CoderOption, FrameworkOption
from coprod_cli.cli.reading_options import name_machine


class Target(StrEnum):
    """How mentions are written."""

    jsonl = "jsonl"
    csv = "csv"


def code(
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS", help="CSV, TSV or xlsx file; - reads CSV from stdin.")],
    *,
    text: Annotated[str, typer.Option(metavar="COLUMN", help="Column with the answers.")] = "text",
    answer_id: Annotated[
        str,
        typer.Option(
            "--id", metavar="COLUMN", help="Column with an id for each answer; without it, rows are numbered."
        ),
    ] = "",
    question: Annotated[str, typer.Option(metavar="COLUMN", help="Column with the question that was asked.")] = "",
    role: Annotated[str, typer.Option(metavar="COLUMN", help="Column with the role of the person.")] = "",
    to: Annotated[Target, typer.Option(help="How mentions are written.")] = Target.jsonl,
    out: Annotated[str, typer.Option(metavar="FILE", help="Where to; - is stdout.")] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
    engine: Annotated[Engine, typer.Option(help="Which coder reads the answers.")] = Engine.trained,
    coder: CoderOption = None,
    framework: FrameworkOption = None,
) -> None:
    """Code answers into themes, without scoring.

    Answers in, mentions out, one line each. start and end count characters of the answer as given; words are those
    characters with names masked.
    """
    from coprod_cli.cli.coding import Columns, Sought, code_file

    columns = Columns(text=text, answer_id=answer_id, question=question, role=role)
    sought = Sought(name_machine(engine, coder), coder, framework)
    code_file(answers, columns, sought, to=to.value, out=out, force=force)
