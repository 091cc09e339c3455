"""A codebook, or none for the one that ships, goes in; the same for another program, or a framework, comes out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.choices import BookFormat
from coprod_cli.cli.options import FrameworkOption, QuietOption


def codebook(
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="A codebook of your own: .qdc, .qdpx, Taguette's CSV, or a table of names and descriptions.",
        ),
    ] = None,
    *,
    to: Annotated[
        BookFormat,
        typer.Option("--to", help="toml: a framework for --framework. qdc: NVivo, ATLAS.ti, MAXQDA, QualCoder."),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it.")],
    framework: FrameworkOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Take themes to another program, or bring your own.

    Without FILE the themes that ship with coprod are written. With FILE its codes become themes: the rest of the
    framework stays ours. No machine coder knows themes of your own, and they enter no score until you say what they
    feed.
    """
    from coprod_cli.cli.exchanging import convert_codebook

    convert_codebook(book, framework, to.value, out, force=force, quiet=quiet)
