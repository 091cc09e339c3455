"""What a machine that codes is, whether it ships or was learnt: its name, what it does, what is known of it."""

from typing import NamedTuple

from coprod_cli.coding.engine import Chances, Engine
from coprod_cli.model.findings import CoderReport


class Machine(NamedTuple):
    """A coder that is ready to work. sha256: of its model file; empty of one that ships."""

    name: str
    code: Engine
    chances: Chances
    report: CoderReport
    sha256: str = ""
