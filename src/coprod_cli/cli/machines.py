"""An engine's name, or the file of a learnt coder, goes in; the machine that codes, and its framework, come out."""

from pathlib import Path

from coprod_cli.coding import Machine, find_machine, load_learnt
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework, read_model


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
