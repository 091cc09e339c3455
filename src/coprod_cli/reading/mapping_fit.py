"""A mapping file and the headers of a survey go in; its entries that fit no column come out, and what each may be now.

A mapping file may be last year's: headers were reworded, questions taken out. That is told, not refused, as long as the
file is for this survey at all.
"""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from coprod_cli.reading.mapping import SurveyMapping, write_header_key
from coprod_cli.reading.wording import take_telling_words

_LEAST_LIKENESS = 0.55


class Unfit(NamedTuple):
    """An entry for a column that no file has: its line, its header, and the header nearest to it ("" for none)."""

    line: int
    header: str
    perhaps: str


def list_unfit(mapping: SurveyMapping, used: Collection[int], headers: Sequence[str]) -> tuple[Unfit, ...]:
    """The entries of [[columns]] that fit no column, in the order of the file.

    What the file only lists under [set_aside] is not missed: a column that is no more there need not be set aside.

    Args:
        mapping: the mapping file.
        used: the `index` of every entry that a column was found for.
        headers: every header of the survey's files.

    Raises:
        SettingsFileError: the file has entries, and not one of them fits.
    """
    if mapping.columns and not used:
        raise mapping.settings.blame(
            "no survey file has this column, nor any other that is named here.",
            "Check that the mapping file is for this survey; coprod inspect SURVEY shows the headers as they stand.",
            "columns",
            0,
            "header",
        )
    own = len(mapping.settings.values.get("columns", ()))
    known = {write_header_key(entry.header) for entry in mapping.columns if entry.index in used}
    free = [header for header in dict.fromkeys(headers) if write_header_key(header) not in known]
    return tuple(
        Unfit(
            mapping.settings.find_line("columns", entry.index, "header"),
            entry.header,
            find_nearest(entry.header, free),
        )
        for entry in mapping.columns
        if entry.index not in used and entry.index < own
    )


def find_nearest(header: str, others: Sequence[str]) -> str:
    """The header most like this one, by letters or by telling words; "" when none is like it."""
    likeness, nearest = max(((_measure_likeness(header, other), other) for other in others), default=(0.0, ""))
    return nearest if likeness >= _LEAST_LIKENESS else ""


def _measure_likeness(one: str, other: str) -> float:
    """How alike two headers are, 0..1: by their letters in order, or by the words they share, whichever is more."""
    letters = SequenceMatcher(None, write_header_key(one), write_header_key(other), autojunk=False).ratio()
    words, others = take_telling_words(one), take_telling_words(other)
    shared = 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0
    return max(letters, shared)
