"""What is wanted goes in; a folder with coprod's own questionnaire, and what to do with it on the screen, come out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption


class Form(StrEnum):
    """How many questions are asked."""

    full = "full"
    short = "short"


class Audience(StrEnum):
    """Who is asked."""

    parent = "parent"
    practitioner = "practitioner"
    both = "both"


class Format(StrEnum):
    """What the questionnaire is written as."""

    word = "word"
    csv = "csv"
    markdown = "markdown"
    limesurvey = "limesurvey"
    qualtrics = "qualtrics"
    all = "all"


def questionnaire(
    *,
    form: Annotated[
        Form, typer.Option(help="All of the rated questions, or the short form with one for each dimension.")
    ] = Form.full,
    audience: Annotated[
        Audience, typer.Option("--for", help="Whose wording; both asks people who they are first.")
    ] = Audience.both,
    project: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Piece of work it is about. Give it several times and people choose; none, they write."
        ),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="What to write it as; markdown is for Google and Microsoft Forms.")
    ] = Format.all,
    title: Annotated[str, typer.Option(help="Title of the form.")] = "",
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("questionnaire"),
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier questionnaire in that folder.")] = False,
    framework: FrameworkOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write a questionnaire that coprod can read back.

    To print, to e-mail, or to import into a survey tool. Its export needs no mapping file.
    """
    from coprod_cli.cli.asking import write_form

    formats = [each.value for each in Format if format_ in (each, Format.all) and each is not Format.all]
    write_form(
        (form.value, audience.value, tuple(project or ()), title),
        formats,
        out,
        force=force,
        framework_path=framework,
        quiet=quiet,
    )
