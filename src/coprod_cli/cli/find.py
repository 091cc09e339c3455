"""A phrase and a survey go in; every place where people wrote it, with the words around it, comes out."""

from typing import Annotated

import typer

from coprod_cli.cli.explain import Role
from coprod_cli.cli.options import KeepPartialOption, MapOption, SurveyArgument


def find(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="Word or phrase; listen* finds listened, too.")],
    survey: SurveyArgument,
    *,
    role: Annotated[list[Role] | None, typer.Option(help="Only what these wrote. May be given again.")] = None,
    project: Annotated[str, typer.Option(metavar="TEXT", help="Only what is said of this project.")] = "",
    around: Annotated[int, typer.Option(min=0, max=1000, help="Characters to show on each side.")] = 60,
    mapping: MapOption = None,
    keep_partial: KeepPartialOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON lines.")] = False,
) -> None:
    """Show a word or phrase wherever people wrote it.

    The words around it are shown with it. Names are masked. These are people's own words: look at them yourself, and do
    not pass them on.
    """
    from coprod_cli.cli.finding import Sought, show_phrase

    sought = Sought(phrase, frozenset(each.value for each in role or ()), project, around)
    show_phrase(sought, survey, mapping, keep_partial=keep_partial, as_json=as_json)
