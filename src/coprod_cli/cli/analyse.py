"""Survey files go in; a folder with the report and everything beside it comes out, and a summary on the screen."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Audience
from coprod_cli.cli.options import (
    CodesOption,
    DetailsOption,
    PreviousOption,
    QuietOption,
    QuotesOption,
    SurveyArgument,
    TemplateOption,
    ToOption,
)
from coprod_cli.cli.reading_options import Chosen, with_options


@with_options(Chosen)
def analyse(
    survey: SurveyArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results. [default: SURVEY-coprod beside the survey]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier report in that folder.")] = False,
    chosen: Chosen,
    previous: PreviousOption = None,
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
    quotes: QuotesOption = None,
    codes: CodesOption = None,
    title: Annotated[str, typer.Option(help="Title of the report.")] = "",
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print results.json on stdout and nothing else.")] = False,
) -> None:
    """Read a survey, code and score it, and write the report."""
    from coprod_cli.cli.labels import label_files
    from coprod_cli.cli.retelling import pair_wanted
    from coprod_cli.cli.running import run_analysis

    settings = chosen.make_settings(audience, title, require or ())
    files = chosen.name_files(survey)._replace(
        previous=tuple(previous or ()), details=details, quotes=quotes, codes=label_files(codes or ())
    )
    folder = out or survey[0].parent / f"{survey[0].stem}-coprod"
    wanted = pair_wanted(template, to)
    code = run_analysis(files, settings, folder, force=force, quiet=quiet, as_json=as_json, wanted=wanted)
    raise typer.Exit(code)
