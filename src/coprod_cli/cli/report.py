"""The folder of a report goes in; the same results, told in another way or another format, come out beside it."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_cli.cli.options import DetailsOption, QuietOption, QuotesOption, TemplateOption, ToOption


def report(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that coprod analyse wrote.")],
    *,
    template: TemplateOption = None,
    to: ToOption = None,
    details: DetailsOption = None,
    quotes: QuotesOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write to. [default: FOLDER itself]")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that were changed by hand since.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write an earlier run's report again, in any format.

    Any template will do, too; the survey is not needed.
    """
    from coprod_cli.cli.retelling import pair_wanted, tell_again

    wanted = pair_wanted(template, to)
    written = tell_again(folder, wanted, out or folder, force=force, details=details, quotes=quotes, quiet=quiet)
    if not quiet:
        for name in written:
            typer.echo(out / name if out else folder / name)
