"""A survey file goes in; the same file with names and contacts masked comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption, MapOption, SaltOption


def mask(
    survey: Annotated[Path, typer.Argument(metavar="SURVEY", help="Export file of the survey.")],
    *,
    out: Annotated[
        Path | None, typer.Option(help="The masked file. [default: SURVEY-masked beside the survey]")
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv", help="Also write what was masked, word by word. Keep it as safe as the survey itself."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the masked file and the log if they exist.")] = False,
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    salt: SaltOption = None,
) -> None:
    """Write the survey again with names and places masked.

    Contacts are masked, too. Nothing is coded or scored. Personal columns are emptied, and what tells people apart
    becomes an id.
    """
    from coprod_cli.cli.masking import MaskFiles, mask_file

    mask_file(survey, MaskFiles(out, log, mapping, framework), salt=salt, force=force)
