"""One answer goes in; its codes, how sure the engine is of them, and the words that tipped it, come out."""

from enum import StrEnum
from typing import Annotated

import typer

from coprod_cli.cli.choices import Engine
from coprod_cli.cli.options import CoderOption, FrameworkOption
from coprod_cli.cli.reading_options import name_machine


class Role(StrEnum):
    """What the person is in the joint work."""

    parent = "parent"
    practitioner = "practitioner"
    young_person = "young_person"
    volunteer = "volunteer"
    other = "other"


def explain(
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="The answer, in quotes; - reads it from stdin.")],
    *,
    question: Annotated[str, typer.Option(metavar="TEXT", help="The question that was asked.")] = "",
    role: Annotated[Role, typer.Option(help="Who wrote the answer.")] = Role.other,
    engine: Annotated[Engine, typer.Option(help="Which coder reads the answer.")] = Engine.trained,
    coder: CoderOption = None,
    framework: FrameworkOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show why one answer gets its codes.

    Shows the answer as the coder sees it, the themes it thought of, how sure it is, and which words tipped it. Nothing
    is saved or sent.
    """
    from coprod_cli.cli.explaining import show_explanation
    from coprod_cli.cli.machines import choose_machine

    machine, own = choose_machine(name_machine(engine, coder), coder, framework)
    show_explanation(answer, question, role.value, machine, own, as_json=as_json)
