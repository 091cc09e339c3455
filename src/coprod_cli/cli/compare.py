"""Surveys of several rounds, or results folders, go in; a folder with projects and rounds side by side comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Audience
from coprod_cli.cli.options import QuietOption
from coprod_cli.cli.reading_options import Chosen, with_options


@with_options(Chosen)
def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="Export file of one round of the survey, or a folder that coprod analyse wrote."
        ),
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the comparison. [default: coprod-comparison beside the first PATH]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier comparison in that folder.")] = False,
    allow_break: Annotated[
        bool,
        typer.Option("--allow-break", help="Compare results, too, that were not made alike; every page says so then."),
    ] = False,
    chosen: Chosen,
    audience: Annotated[
        Audience, typer.Option(help="Who will see it; a folder written for fewer people cannot be shown to more.")
    ] = Audience.public,
    title: Annotated[str, typer.Option(help="Title of the page.")] = "",
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print compare.json on stdout and nothing else.")] = False,
) -> None:
    """Compare rounds of a survey, and projects with each other.

    Surveys are read together: each file is a round, named by the file, and people are followed from round to round
    where they have an id. Results folders are compared by what was published.
    """
    from coprod_cli.cli.comparing import run_comparison

    settings = chosen.make_settings(audience, title)
    files = chosen.name_files(paths)
    folder = out or paths[0].parent / "coprod-comparison"
    code = run_comparison(files, settings, folder, force=force, allow_break=allow_break, quiet=quiet, as_json=as_json)
    raise typer.Exit(code)
