"""A survey or a results folder goes in; a person checks its codes on the terminal, and the file with them comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import Only
from coprod_cli.cli.options import (
    CodesOption,
    GatheredArgument,
    SeedOption,
)
from coprod_cli.cli.reading_options import ChosenCoding, with_options


@with_options(ChosenCoding)
def review(
    survey: GatheredArgument,
    *,
    who: Annotated[
        str, typer.Option("--who", metavar="LABEL", help="What to call you in outputs, such as carer 1.")
    ] = "person",
    only: Annotated[
        Only, typer.Option("--only", help="All answers, or those that the machine is unsure of.")
    ] = Only.all,
    theme: Annotated[
        str, typer.Option("--theme", metavar="ID", help="Only answers in which the machine finds this theme.")
    ] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Ask so many. [default: all]")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ask those answers, too, that you have decided already.")
    ] = False,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide the machine's codes: you code from nothing, in an order by lot.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line, for screen readers and scripts. [default: without a terminal]"),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE.csv",
            help="Where your decisions are kept, and gone on with. [default: SURVEY-review.csv beside the survey]",
        ),
    ] = None,
    chosen: ChosenCoding,
    codes: CodesOption = None,
    seed: SeedOption = 20260101,
) -> None:
    """Check the machine's codes, one answer at a time.

    The machine's codes are shown with the words they rest on: accept, change, add or reject them, skip, undo, and stop
    whenever you like. Every decision is saved at once; the same command goes on where you stopped. The file goes to
    analyse --codes, agree and learn. It holds people's own words: for you alone.
    """
    from coprod_cli.cli.reviewing.queue import Choice
    from coprod_cli.cli.reviewing.run import review_answers

    choice = Choice(only, theme, limit or 0, again=again, blind=blind, seed=seed)
    review_answers(survey, chosen.gather_with(codes), choice, who=who.strip(), out=out, plain=plain)
