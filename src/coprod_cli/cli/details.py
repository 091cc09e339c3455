"""A details file's name goes in; a form to fill in about the forum and its year comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import QuietOption


def details(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="A folder that coprod analyse wrote, for its projects.")
    ] = None,
    *,
    write: Annotated[Path, typer.Option(metavar="FILE.toml", help="Where to write the form.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the form if it exists, filled in or not.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write a form about your forum and its year.

    It has room for a welcome, numbers, you said and we did, and replies. Then: coprod report FOLDER --details
    FILE.toml.
    """
    from coprod_cli.cli.saving import save_file
    from coprod_cli.cli.terminal import name_path, name_program
    from coprod_cli.reading import read_findings, write_details
    from coprod_cli.telling import list_projects

    projects = list_projects(read_findings(folder)) if folder else ()
    save_file(write_details(projects).encode("utf-8"), write, force=force)
    if not quiet:
        typer.echo(f"Form: {write}")
        typer.echo("Fill in what you have with a plain text editor, leave the rest as it is, save it. Then:")
        told = name_path(folder) if folder else "FOLDER"
        typer.echo(f"  {name_program()} report {told} --details {name_path(write)} --to docx")
        typer.echo("docx is for Word. To have a page for the browser instead: --to html.")
