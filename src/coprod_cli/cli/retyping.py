"""How a survey was read goes in; what to type for it to be read the same way by another command comes out."""

import re
from collections.abc import Sequence
from pathlib import Path

from coprod_cli.cli.gathering import Gathering, is_results
from coprod_cli.cli.terminal import name_path

# What files of codes are called where nobody gave them a label.
_UNLABELLED = re.compile(r"person( \d+)?")


def name_survey(paths: Sequence[Path]) -> str:
    """The survey's files as typed; SURVEY where the folder of a run stood for it."""
    return "SURVEY" if any(map(is_results, paths)) else " ".join(map(name_path, paths))


def name_settings(how: Gathering) -> str:
    """The options on how it was read, each with a space before it; a secret is never repeated."""
    named = (("--map", how.mapping), ("--framework", how.framework), ("--coder", how.coder))
    settings = "".join(f" {option} {name_path(path)}" for option, path in named if path)
    return settings + (" --keep-partial" if how.keep_partial else "") + (" --salt SECRET" if how.salt else "")


def name_codes(codes: Sequence[tuple[str, Path]], *further: Path) -> str:
    """Every file of codes with its label, and further ones, each with its option and a space before it."""
    typed = [path if _UNLABELLED.fullmatch(label) else Path(f"{label}={path}") for label, path in codes]
    return "".join(f" --codes {name_path(path)}" for path in (*typed, *further))
