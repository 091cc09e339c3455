"""A survey, or the folder of a run, and codes so far go in; a workbook with the answers to code next comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import (
    CodesOption,
    GatheredArgument,
    QuietOption,
)
from coprod_cli.cli.reading_options import ChosenCoding, with_options


@with_options(ChosenCoding)
def suggest(
    survey: GatheredArgument,
    *,
    codes: CodesOption = None,
    size: Annotated[int, typer.Option(min=1, metavar="N", help="How many answers to suggest.")] = 20,
    blind: Annotated[bool, typer.Option("--blind", help="Leave the machine's suggestions out.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the workbook. [default: SURVEY-suggested beside the survey]")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an earlier workbook there, if nobody has filled it in.")
    ] = False,
    chosen: ChosenCoding,
    quiet: QuietOption = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print ids with reasons as JSON, and write no workbook.")
    ] = False,
) -> None:
    """Pick the answers that are worth coding next.

    The machine is unsure of them, and they are unlike those coded. They hold more of the machine's mistakes, and more
    of rare themes, than others. They are picked, not drawn by lot: they do not tell how often a theme is raised, how
    far coders agree or how well the machine does. For that, code what coprod sheet draws.
    """
    from coprod_cli.cli.suggesting import Asking, show_suggestions

    folder = out or survey[0].parent / f"{survey[0].stem}-suggested"
    asking = Asking(size, folder, blind=blind, force=force)
    show_suggestions(survey, chosen.gather_with(codes), asking, quiet=quiet, as_json=as_json)
