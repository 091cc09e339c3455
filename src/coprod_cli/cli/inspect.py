"""Survey files go in; what was understood of them, column by column and why, comes out, and a mapping file if asked."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption, MapOption, SurveyArgument


def inspect(
    survey: SurveyArgument,
    *,
    write: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="Save what was understood as a mapping file to edit.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace that mapping file if it exists.")] = False,
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what each column was taken for, and why.

    Also what would be left out. Writes no report.
    """
    from coprod_cli.cli.inspecting import inspect_survey

    inspect_survey(survey, write=write, force=force, mapping_path=mapping, framework_path=framework, as_json=as_json)
