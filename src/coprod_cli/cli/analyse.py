"""Survey files go in; a folder with the report and everything beside it comes out, and a summary on the screen."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Audience, Comments, Engine
from coprod_cli.cli.options import (
    AcceptOption,
    CommentsOption,
    DetailsOption,
    EngineOption,
    FrameworkOption,
    GovernanceOption,
    KeepPartialOption,
    MapOption,
    PreviousOption,
    QuietOption,
    SaltOption,
    SeedOption,
    SurveyArgument,
    TargetsOption,
    TemplateOption,
    ToOption,
)


def analyse(
    survey: SurveyArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results. [default: SURVEY-coprod beside the survey]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier report in that folder.")] = False,
    mapping: MapOption = None,
    framework: FrameworkOption = None,
    governance: GovernanceOption = None,
    targets: TargetsOption = None,
    previous: PreviousOption = None,
    accept_guesses: AcceptOption = False,
    keep_partial: KeepPartialOption = False,
    salt: SaltOption = None,
    engine: EngineOption = Engine.trained,
    comments: CommentsOption = Comments.reliable,
    audience: Annotated[
        Audience,
        typer.Option(help="Who will see it: public hides small numbers; restricted hides fewer; raw is for you alone."),
    ] = Audience.public,
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Exit with 10 unless it holds for every project, e.g. 'P(overall < 40) < 0.9'. May be given again.",
        ),
    ] = None,
    template: TemplateOption = None,
    to: ToOption = None,
    details: DetailsOption = None,
    title: Annotated[str, typer.Option(help="Title of the report.")] = "",
    seed: SeedOption = 20260101,
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print results.json on stdout and nothing else.")] = False,
) -> None:
    """Read a survey, code and score it, and write the report."""
    from coprod_cli.cli.retelling import pair_wanted
    from coprod_cli.cli.running import SurveyFiles, run_analysis
    from coprod_cli.model.findings import Settings

    settings = Settings(
        engine=engine.value,
        audience=audience.value,
        comments=comments.value,
        seed=seed,
        title=title.strip(),
        keep_partial=keep_partial,
        accept_guesses=accept_guesses,
        gates=tuple(require or ()),
    )
    files = SurveyFiles(
        tuple(survey),
        mapping=mapping,
        framework=framework,
        governance=governance,
        targets=targets,
        previous=tuple(previous or ()),
        salt=salt,
        details=details,
    )
    folder = out or survey[0].parent / f"{survey[0].stem}-coprod"
    wanted = pair_wanted(template, to)
    code = run_analysis(files, settings, folder, force=force, quiet=quiet, as_json=as_json, wanted=wanted)
    raise typer.Exit(code)
