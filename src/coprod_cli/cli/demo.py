"""Nothing goes in; a made-up sample survey and its report come out."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Folder for the sample survey and its report.")] = Path("coprod-demo"),
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier demo in that folder.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write a made-up survey of about 120 people and analyse it."""
    from importlib.resources import files

    from coprod_cli.cli.running import SurveyFiles, run_analysis
    from coprod_cli.cli.saving import check_folder, save_file
    from coprod_cli.model.findings import Settings

    report, survey = out / "report", out / "forum_survey.csv"
    check_folder(report, force=force)
    sample = files("coprod_cli").joinpath("samples/forum_survey.csv").read_bytes()
    save_file(sample, survey, force=force)
    code = run_analysis(SurveyFiles((survey,)), Settings(), report, force=force, quiet=quiet, as_json=False)
    raise typer.Exit(code)
