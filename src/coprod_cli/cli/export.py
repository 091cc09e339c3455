"""A survey or a results folder goes in; its answers with their codes, for another program, come out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Documents, Engine, Export
from coprod_cli.cli.options import (
    CoderOption,
    CodesOption,
    EngineOption,
    FrameworkOption,
    KeepPartialOption,
    MapOption,
    QuietOption,
    SaltOption,
)


def export(
    survey: Annotated[
        list[Path],
        typer.Argument(metavar="SURVEY|DIR", help="The survey's files, or a folder made with --audience raw."),
    ],
    *,
    to: Annotated[Export, typer.Option("--to", help="What kind of file is wanted; see docs/exchange.md.")],
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
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    keep_partial: KeepPartialOption = False,
    salt: SaltOption = None,
    engine: EngineOption = Engine.trained,
    coder: CoderOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write answers and codes for NVivo, R, SPSS and others.

    ATLAS.ti, MAXQDA, QualCoder and Excel take them, too. The file holds people's own words, masked by machine: for
    whoever analyses, and nobody else.
    """
    from coprod_cli.cli.exporting import Target, write_export
    from coprod_cli.cli.gathering import Gathering
    from coprod_cli.cli.labels import label_files
    from coprod_cli.cli.reading_options import name_machine
    from coprod_cli.reporting import ExportChoices

    how = Gathering(
        mapping,
        framework,
        keep_partial,
        salt,
        "" if blind else name_machine(engine, coder),
        label_files(codes or ()),
        everybody=everybody,
        coder=None if blind else coder,
    )
    choices = ExportChoices(documents.value, people)
    write_export(survey, how, Target(to.value, choices, out), force=force, quiet=quiet)
