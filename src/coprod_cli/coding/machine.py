"""What a machine that codes is, whether it ships or was learnt: its name, what it does, what is known of it."""

from collections.abc import Callable
from typing import NamedTuple

from coprod_cli.coding.engine import Chances, Engine
from coprod_cli.model.findings import CoderReport


def _learn_nothing(_: str) -> bool:
    return False


class Machine(NamedTuple):
    """A coder that is ready to work.

    sha256: of its model file; empty of one that ships. has_learnt_from: whether it learnt from an answer, by the id
    that outputs show.
    """

    name: str
    code: Engine
    chances: Chances
    report: CoderReport
    sha256: str = ""
    has_learnt_from: Callable[[str], bool] = _learn_nothing
