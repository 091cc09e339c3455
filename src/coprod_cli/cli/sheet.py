"""A survey, or the folder of a run, goes in; an Excel workbook for each coder, to code answers by hand, comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import (
    GatheredArgument,
    QuietOption,
    SeedOption,
)
from coprod_cli.cli.reading_options import ChosenCoding, with_options


@with_options(ChosenCoding)
def sheet(
    survey: GatheredArgument,
    *,
    sample: Annotated[int, typer.Option(min=1, metavar="N", help="How many answers to draw.")] = 60,
    coders: Annotated[int, typer.Option(min=1, max=20, metavar="N", help="How many people will code.")] = 2,
    blind: Annotated[bool, typer.Option("--blind", help="Leave the machine's suggestions out.")] = False,
    split: Annotated[
        bool, typer.Option("--split", help="Share the answers out among the coders; otherwise all get the same.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the workbooks. [default: SURVEY-coding beside the survey]")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace earlier workbooks there, if nobody has filled them in.")
    ] = False,
    chosen: ChosenCoding,
    seed: SeedOption = 20260101,
    quiet: QuietOption = False,
) -> None:
    """Write a workbook for each coder, to code by hand.

    Each has lists to choose from. Rare themes, and answers that the machine is unsure of, have better chances of being
    drawn; weights make up for it. Filled in, the workbooks go to coprod agree and to analyse --codes. They hold
    people's own words: for coders alone. From the folder of a report, its codes are the suggestions; what people ticked
    is not in it, and so left out.
    """
    from coprod_cli.cli.sheeting import Wanted, write_sheets

    wanted = Wanted(sample, coders, seed, blind=blind, split=split)
    folder = out or survey[0].parent / f"{survey[0].stem}-coding"
    write_sheets(survey, chosen.gather_with(), wanted, folder, force=force, quiet=quiet)
