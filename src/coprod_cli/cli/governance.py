"""A governance file's name goes in; a form to fill in, or a check of the one that was filled in, comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption, MapOption


def governance(
    survey: Annotated[
        list[Path] | None,
        typer.Argument(metavar="SURVEY", help="Export file of the survey, for the names of its projects."),
    ] = None,
    *,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Write a form to fill in, with every fact.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Check a form that was filled in, and sum it up.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the form if it exists, filled in or not.")] = False,
    mapping: MapOption = None,
    framework: FrameworkOption = None,
) -> None:
    """Write or check a governance file: what is on paper.

    For each project: who was in from the start, who sits where it is decided, who was told. Then: coprod analyse
    --governance FILE.toml.
    """
    from coprod_cli.cli.governing import SurveyNamed, check_form, write_form
    from coprod_cli.model.errors import UsageError

    named = SurveyNamed(tuple(survey or ()), mapping, framework)
    if (write is None) == (check is None):
        raise UsageError(
            "Say what to do with the governance file.", "Give one of --write FILE.toml and --check FILE.toml."
        )
    if write:
        write_form(write, named, force=force)
    if check:
        check_form(check, named)
