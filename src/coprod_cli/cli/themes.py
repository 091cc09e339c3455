"""A theme's name, or none, goes in; the codebook, readable, comes out."""

from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption


def themes(
    theme: Annotated[
        str, typer.Argument(metavar="[THEME]", help="One theme to show in full; none shows the list.")
    ] = "",
    *,
    framework: FrameworkOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the codebook as JSON.")] = False,
) -> None:
    """Show the codebook: what each theme means."""
    from coprod_cli.cli.codebook import show_codebook

    show_codebook(theme, framework, as_json=as_json)
