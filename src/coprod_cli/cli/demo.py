"""Nothing goes in; a made-up sample survey, its report and what to do next with it come out."""

from collections.abc import Iterator
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
    from coprod_cli.cli.terminal import write_line
    from coprod_cli.model.findings import Settings

    report, survey = out / "report", out / "forum_survey.csv"
    check_folder(report, force=force)
    sample = files("coprod_cli").joinpath("samples/forum_survey.csv").read_bytes()
    save_file(sample, survey, force=force)
    code = run_analysis(SurveyFiles((survey,)), Settings(), report, force=force, quiet=quiet, as_json=False)
    if not quiet:
        for line in _say_next(report, out / "our-year.toml"):
            write_line(line)
    raise typer.Exit(code)


def _say_next(report: Path, form: Path) -> Iterator[str]:
    """From the demo to a finished annual report, in commands that run as they stand."""
    from coprod_cli.cli.terminal import name_path, name_program

    yield ""
    yield "Open it in a browser. Then make an annual report of it, with your forum's own words:"
    yield f"  {name_program()} details {name_path(report)} --write {name_path(form)}"
    yield "    writes a form. Fill in what you like with a plain text editor, such as Notepad, and save it."
    yield f"  {name_program()} report {name_path(report)} --details {name_path(form)} --to docx"
    yield f"    writes {report / 'report.docx'}, to open in Word. Read every quote before others do."
    yield "For other readers: --template summary, easy-read or research. Other files: --to pdf, html, md or xlsx."
    yield f"With a survey of your own, begin with: {name_program()} inspect SURVEY"
