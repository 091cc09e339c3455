"""Two or more files of codes go in; how far their coders agree, and what to talk through, comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption, SeedOption


def agree(
    codes: Annotated[
        list[str],
        typer.Argument(
            metavar="CODES",
            help="What one coder found: CSV, TSV, xlsx, ods or JSON lines; LABEL=FILE says what to call the coder. "
            "Give two or more, or one in which several coded: a table with a column coder, or a project (.qdpx).",
        ),
    ],
    *,
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The survey, the folder of a report or a table of the answers, for their words; workbooks hold them.",
        ),
    ] = None,
    text: Annotated[str, typer.Option(metavar="COLUMN", help="Its column with the answers, of a table.")] = "text",
    answer_id: Annotated[
        str, typer.Option("--id", metavar="COLUMN", help="Its column with their ids, of a table.")
    ] = "id",
    all_looked: Annotated[
        bool,
        typer.Option(
            "--all-looked",
            help="Everybody looked at every answer that any file, FILE among them, names: no row means no theme found.",
        ),
    ] = False,
    framework: FrameworkOption = None,
    seed: SeedOption = 20260101,
    csv: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write every figure there.")] = None,
    disagreements: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write everything that coders see differently there.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace those files if they exist.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say how far people who coded the same answers agree.

    Told by theme, stance and level. A file has one row for each theme found in an answer, with columns id, theme,
    stance and level; an answer without any theme has a row with an empty theme. What coprod code and coprod sheet write
    is read, too. The first file is what F1 is against.
    """
    from coprod_cli.cli.agreeing import Named, Written, show_agreement

    named = Named(answers, text, answer_id)
    written = Written(csv, disagreements, force=force)
    show_agreement(codes, named, framework, written, seed=seed, all_looked=all_looked, as_json=as_json)
