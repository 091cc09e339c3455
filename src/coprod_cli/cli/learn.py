"""Codes that people made go in; a coder of these themes, in one file, and how good it is, come out."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import FrameworkOption, KeepPartialOption, MapOption, QuietOption, SaltOption, SeedOption


def learn(
    codes: Annotated[
        list[Path],
        typer.Argument(
            metavar="CODES",
            help="What people coded: workbooks of coprod sheet, tables, .qdpx, or a folder made with --audience raw. "
            "Where several coded an answer, the file named first counts.",
        ),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="MODEL", help="Where the coder goes.")],
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="SURVEY",
            help="The survey, or a folder made with --audience raw, that was coded: for the words of answers and who "
            "wrote them. May be given again.",
        ),
    ] = None,
    framework: FrameworkOption = None,
    mapping: MapOption = None,
    keep_partial: KeepPartialOption = False,
    salt: SaltOption = None,
    seed: SeedOption = 20260101,
    card: Annotated[Path | None, typer.Option(metavar="FILE.md", help="Write the model card there, too.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace MODEL and FILE.md if they exist.")] = False,
    quiet: QuietOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON.")] = False,
) -> None:
    """Learn a coder from people's codes.

    For themes of coprod's or of your own. Tells how well each theme is found in answers of people left out, and whether
    more coding will help. Use it with coprod analyse SURVEY --coder MODEL. MODEL holds no answers, and of their words
    only such as ship with coprod or as five people used.
    """
    from coprod_cli.cli.learning import Taught, Written, learn_coder

    taught = Taught(tuple(codes), tuple(answers or ()), framework, mapping, salt, keep_partial=keep_partial)
    learn_coder(taught, Written(out, card, force=force), seed=seed, quiet=quiet, as_json=as_json)
