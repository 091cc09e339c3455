"""A survey or a results folder goes in; its answers with their codes, for another program, come out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Documents, Export
from coprod_cli.cli.options import (
    CodesOption,
    QuietOption,
)
from coprod_cli.cli.reading_options import ChosenCoding, with_options


@with_options(ChosenCoding)
def export(
    survey: Annotated[
        list[Path],
        typer.Argument(metavar="SURVEY|DIR", help="The survey's files, or a folder made with --audience raw."),
    ],
    *,
    to: Annotated[
        Export,
        typer.Option(
            "--to",
            help="What kind of file is wanted; see docs/exchange.md. qdc: the codebook alone, nothing is coded.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it.")],
    codes: CodesOption = None,
    everybody: Annotated[
        bool,
        typer.Option(
            "--everybody",
            help="Keep what everybody coded, and the machine, side by side; otherwise a person's codes take the place "
            "of the machine's.",
        ),
    ] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Leave the machine's codes out.")] = False,
    documents: Annotated[
        Documents, typer.Option(help="qdpx: one document a project and round, or one an answer.")
    ] = Documents.project,
    people: Annotated[
        bool, typer.Option("--people", help="wide, sav: a row for each person in a project, not for each answer.")
    ] = False,
    chosen: ChosenCoding,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write answers and codes for NVivo, R, SPSS and others.

    ATLAS.ti, MAXQDA, QualCoder and Excel take them, too. All but --to qdc, the themes alone, hold people's own words,
    masked by machine: for whoever analyses, and nobody else.
    """
    from coprod_cli.cli.exporting import Target, write_export
    from coprod_cli.reporting import ExportChoices

    how = chosen.gather_with(codes, blind=blind, everybody=everybody)
    choices = ExportChoices(documents.value, people)
    write_export(survey, how, Target(to.value, choices, out), force=force, quiet=quiet)
