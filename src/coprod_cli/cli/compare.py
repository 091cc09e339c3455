"""Surveys of several rounds, or results folders, go in; a folder with projects and rounds side by side comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Audience, Comments, Engine
from coprod_cli.cli.options import (
    AcceptOption,
    CommentsOption,
    EngineOption,
    FrameworkOption,
    GovernanceOption,
    KeepPartialOption,
    MapOption,
    QuietOption,
    SaltOption,
    SeedOption,
    TargetsOption,
)


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
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    governance: GovernanceOption = None,
    targets: TargetsOption = None,
    accept_guesses: AcceptOption = False,
    keep_partial: KeepPartialOption = False,
    salt: SaltOption = None,
    engine: EngineOption = Engine.trained,
    comments: CommentsOption = Comments.reliable,
    audience: Annotated[
        Audience, typer.Option(help="Who will see it; a folder written for fewer people cannot be shown to more.")
    ] = Audience.public,
    title: Annotated[str, typer.Option(help="Title of the page.")] = "",
    seed: SeedOption = 20260101,
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print compare.json on stdout and nothing else.")] = False,
) -> None:
    """Compare rounds of a survey, and projects with each other.

    Surveys are read together: each file is a round, named by the file, and people are followed from round to round
    where they have an id. Results folders are compared by what was published.
    """
    from coprod_cli.cli.comparing import run_comparison
    from coprod_cli.cli.running import SurveyFiles
    from coprod_cli.model.findings import Settings

    settings = Settings(
        engine=engine.value,
        audience=audience.value,
        comments=comments.value,
        seed=seed,
        title=title.strip(),
        keep_partial=keep_partial,
        accept_guesses=accept_guesses,
    )
    files = SurveyFiles(
        tuple(paths), mapping=mapping, framework=framework, governance=governance, targets=targets, salt=salt
    )
    folder = out or paths[0].parent / "coprod-comparison"
    code = run_comparison(files, settings, folder, force=force, allow_break=allow_break, quiet=quiet, as_json=as_json)
    raise typer.Exit(code)
