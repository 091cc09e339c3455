"""A theme's name, or none, goes in; the codebook, or how reliably each theme is coded, readable, comes out."""

from typing import Annotated

import typer

from coprod_cli.cli.choices import Engine
from coprod_cli.cli.options import FrameworkOption


def themes(
    theme: Annotated[
        str, typer.Argument(metavar="[THEME]", help="One theme to show in full; none shows the list.")
    ] = "",
    *,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Show how reliably each theme is coded by machine.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="Whose reliability.")] = Engine.trained,
    framework: FrameworkOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show the codebook, or how reliably each theme is coded."""
    if reliability:
        from coprod_cli.cli.reliability import show_reliability

        show_reliability(theme, engine.value, framework, as_json=as_json)
    else:
        from coprod_cli.cli.describing import show_codebook

        show_codebook(theme, framework, as_json=as_json)
