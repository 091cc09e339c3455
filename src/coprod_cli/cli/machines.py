"""An engine's name, or the file of a learnt coder, goes in; the machine that codes, and its framework, come out."""

from pathlib import Path

from coprod_cli.coding import Machine, find_machine, list_known, load_learnt
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework, read_model

_SHOWN = 8


def choose_machine(engine: str, coder: Path | None, framework: Path | None) -> tuple[Machine, Framework]:
    """The coder of one's own where there is one, with the framework that it was learnt for where none is given.

    Raises:
        CoprodError: a file cannot be read, or the coder does not belong to the framework or to this version.
    """
    if coder is None:
        return find_machine(engine), read_framework(framework)
    model = read_model(coder)
    own = read_framework(framework) if framework else model.framework
    return load_learnt(model, own), own


def choose_machine_for(framework: Framework, engine: str, coder: Path | None) -> Machine:
    """The same for a framework that has been chosen already.

    Raises:
        CoprodError: the file cannot be read, or the coder does not belong to the framework or to this version.
    """
    return load_learnt(read_model(coder), framework) if coder else find_machine(engine)


def say_unknown(framework: Framework, machine: Machine) -> str:
    """That the machine does not look for some themes of the framework, as one sentence; empty where it knows all."""
    known = list_known(framework, machine)
    unknown = [theme.name for theme in framework.themes if theme.id not in known]
    if not known:
        return "The machine knows none of the themes of this framework: people code them."
    listed = ", ".join(unknown[:_SHOWN]) + (" and others" if len(unknown) > _SHOWN else "")
    return f"The machine does not know {len(unknown)} of the themes ({listed}): people code them." if unknown else ""
