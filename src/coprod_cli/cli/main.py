"""A command line goes in; the command runs, and every error becomes a message and an exit code, here and only here."""

import signal
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Annotated

import typer

from coprod_cli import __version__
from coprod_cli.cli.agree import agree
from coprod_cli.cli.analyse import analyse
from coprod_cli.cli.code import code
from coprod_cli.cli.codebook import codebook
from coprod_cli.cli.compare import compare
from coprod_cli.cli.demo import demo
from coprod_cli.cli.details import details
from coprod_cli.cli.explain import explain
from coprod_cli.cli.export import export
from coprod_cli.cli.find import find
from coprod_cli.cli.governance import governance
from coprod_cli.cli.inspect import inspect
from coprod_cli.cli.learn import learn
from coprod_cli.cli.mask import mask
from coprod_cli.cli.questionnaire import questionnaire
from coprod_cli.cli.report import report
from coprod_cli.cli.review import review
from coprod_cli.cli.sheet import sheet
from coprod_cli.cli.suggest import suggest
from coprod_cli.cli.themes import themes
from coprod_cli.model.errors import CoprodError, ExitCode

app = typer.Typer(
    name="coprod",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: twice as fast, and kind to screen readers and pipes
    help="Was the co-production real? Reads a survey of parents and practitioners, and says how sure it is.",
    epilog="Example: coprod demo",
)
COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "analyse": (analyse, "Example: coprod analyse data/samples/forum_survey.csv --out report"),
    "compare": (
        compare,
        "Example: coprod compare data/samples/forum_2024.csv data/samples/forum_2025.csv --out comparison",
    ),
    "report": (report, "Example: coprod report coprod-demo/report --template summary --to html"),
    "details": (details, "Example: coprod details --write details.toml"),
    "inspect": (inspect, "Example: coprod inspect data/samples/forum_survey.csv --write mapping.toml"),
    "mask": (mask, "Example: coprod mask data/samples/forum_survey.csv --out masked.csv"),
    "code": (code, "Example: coprod code data/samples/answers.csv --id id --question question"),
    "sheet": (sheet, "Example: coprod sheet data/samples/forum_survey.csv --sample 60 --coders 2 --out coding"),
    "suggest": (suggest, "Example: coprod suggest data/samples/forum_survey.csv --size 10 --out next"),
    "review": (review, "Example: coprod review data/samples/forum_survey.csv --only unsure --limit 20"),
    "agree": (agree, "Example: coprod agree data/samples/codes_a.csv data/samples/codes_b.csv"),
    "export": (export, "Example: coprod export data/samples/forum_survey.csv --to qdpx --out forum.qdpx"),
    "learn": (learn, "Example: coprod learn data/samples/hand_codes.csv --out my.coder"),
    "explain": (explain, 'Example: coprod explain "They asked us after it was decided." --role parent'),
    "find": (find, 'Example: coprod find "listen*" data/samples/forum_survey.csv'),
    "codebook": (codebook, "Example: coprod codebook --to qdc --out coprod.qdc"),
    "themes": (themes, "Example: coprod themes trust"),
    "questionnaire": (questionnaire, "Example: coprod questionnaire --form short --out questionnaire"),
    "governance": (governance, "Example: coprod governance data/samples/forum_survey.csv --write governance.toml"),
    "demo": (demo, "Example: coprod demo --out coprod-demo"),
}
for _name, (_command, _example) in COMMANDS.items():
    app.command(_name, epilog=_example)(_command)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"coprod {__version__}")
        raise typer.Exit


@app.callback()
def _begin(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command that was typed; never returns."""
    sys.excepthook = _report_bug
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "coprod themes | head" ends quietly, as other tools do
    try:
        typer.main.get_command(app)(prog_name="coprod")  # app() would put typer's own hook before ours
    except CoprodError as error:
        typer.echo(f"coprod: {error.what}\n        {error.hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)


def _report_bug(kind: type[BaseException], _: BaseException, where: TracebackType | None) -> None:
    """Where it broke, but not the exception's message: that might hold words from an answer."""
    typer.echo("".join(traceback.format_tb(where)), err=True)
    typer.echo(
        f"coprod: this is our mistake, not yours ({kind.__name__}). Your survey is unharmed.\n"
        "        Please report the lines above; they hold nothing from your survey.",
        err=True,
    )
