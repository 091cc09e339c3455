"""Survey files go in; what was understood of them, column by column and why, comes out, and a mapping file if asked."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import AcceptOption, FrameworkOption, KeepPartialOption, MapOption, SurveyArgument


def inspect(
    survey: SurveyArgument,
    *,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Save what was understood as a mapping file to edit.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that mapping file if it exists.")] = False,
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    accept_guesses: AcceptOption = False,
    keep_partial: KeepPartialOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what each column was taken for, and why.

    Also what would be left out. Writes no report.
    """
    from coprod_cli.cli.inspecting import Wanted, inspect_survey

    wanted = Wanted(mapping=mapping, framework=framework, accepting=accept_guesses, keep_partial=keep_partial)
    inspect_survey(survey, wanted, write=write, force=force, as_json=as_json)
