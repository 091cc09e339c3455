"""Lines go in; text on stdout or stderr comes out. Decides in one place whether a terminal or a file is reading."""

import sys
import unicodedata
from pathlib import Path
from shutil import which

from rich.console import Console


def open_stdout() -> Console:
    """Stdout as rich sees it; `is_terminal` is false when it is a file or a pipe, which get plain text."""
    return Console(highlight=False)


def write_line(line: str, *, stderr: bool = False) -> None:
    """One line, as it is: no colours, no wrapping."""
    stream = sys.stderr if stderr else sys.stdout
    stream.write(line + "\n")


def name_path(path: Path) -> str:
    """The path as it is typed, on Windows too: in quotation marks where it holds a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def name_program() -> str:
    """What to type for coprod: its name where the shell finds it by that, else the path that was typed to run it."""
    typed = Path(sys.argv[0])
    return name_path(typed) if typed.stem == "coprod" and which("coprod") is None else "coprod"


def make_harmless(words: str) -> str:
    """As many characters as before, of which none steers a terminal or turns the direction of its text; lines stay.

    What joins letters or emoji (U+200C, U+200D) stays, too.
    """
    return "".join(_replace(each) for each in words)


def _replace(each: str) -> str:
    kind = unicodedata.category(each)
    if kind in {"Zl", "Zp"}:
        return "\n"
    return " " if kind in {"Cc", "Cf", "Cs"} and each not in "\n\u200c\u200d" else each
