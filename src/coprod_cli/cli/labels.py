"""Files as typed, some with a label before them, go in; each with what to call whoever coded it comes out."""

from collections.abc import Sequence
from pathlib import Path

from coprod_cli.cli.choices import Engine
from coprod_cli.model.errors import UsageError
from coprod_cli.model.findings import LEARNT

_ANYBODY = "person"
_LONGEST = 40
MAY_CALL = f"1 to {_LONGEST} letters that are no engine's name"


def label_files(typed: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """LABEL=FILE or FILE, in their order; without labels "person", or "person 1" and so on, never after the file.

    A file may be called after whoever coded it, and no output is to name them.

    Raises:
        UsageError: a label is empty, too long, used twice, or what a machine coder is called; or a file is named twice.
    """
    named: list[tuple[str, Path]] = []
    for number, each in enumerate(typed, start=1):
        label, file = part_label(each, "--codes ")
        named.append((label or (f"{_ANYBODY} {number}" if len(typed) > 1 else _ANYBODY), file))
    if len({label for label, _ in named}) < len(named) or len({file.resolve() for _, file in named}) < len(named):
        raise UsageError(
            "A file of codes, or a label, is named twice.", "Give each file once, with a label of its own."
        )
    return tuple(named)


def part_label(typed: str, option: str = "") -> tuple[str, Path]:
    """LABEL=FILE as its two parts; the label is empty where there is none, or where all of it is a file's name.

    Args:
        typed: as the user gave it.
        option: what stands before it on the command line.

    Raises:
        UsageError: the label is empty, too long, or what a machine coder is called.
    """
    label, mark, file = typed.partition("=")
    if not mark or Path(typed).exists():
        return "", Path(typed)
    if not may_call(label.strip()):
        raise UsageError(
            "A label before a file of codes cannot be used.", f"Give {MAY_CALL}, as in {option}carers=FILE."
        )
    return label.strip(), Path(file)


def may_call(label: str) -> bool:
    """Whether a person who codes may be called so; MAY_CALL says what is allowed."""
    is_machine = label in {LEARNT, *(each.value for each in Engine)}
    return 0 < len(label) <= _LONGEST and label.isprintable() and not is_machine
