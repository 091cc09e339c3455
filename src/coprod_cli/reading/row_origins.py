"""A row of a file of codes goes in; whether a machine coded it, and what a person saw who did, come out."""

from collections.abc import Mapping
from typing import NamedTuple

from coprod_cli.model.codes import MACHINE_NAMES, Coding
from coprod_cli.model.review import DEEDS_IN_SIGHT

SUGGESTED, DEED, SHOWN_BY = "machine suggests", "decision", "shown by"
BY_HAND, CODER, SURENESS, LEFT_OPEN = "by hand", "coder", "confidence", "left open"
# What a row says of its answer, however many codes it has.
COLUMNS = (SUGGESTED, DEED, SHOWN_BY, BY_HAND, CODER, SURENESS, LEFT_OPEN)
_NO = frozenset({"no", "n", "0", "0.0", "false"})


class Said(NamedTuple):
    """What one coder said. is_machine: whether it is a coder of coprod's, and no person."""

    coding: Coding
    is_machine: bool


def is_in_sight(said: Mapping[str, str]) -> bool:
    """Whether a machine's codes were shown: by a coding sheet that is not blind, or in a review that was not.

    In a review that began from people's codes, to settle what they see differently, those were shown.
    """
    if said.get(SUGGESTED):
        return True
    by_machine = not said.get(SHOWN_BY) or said[SHOWN_BY].split()[0].casefold() in MACHINE_NAMES
    return by_machine and not DEEDS_IN_SIGHT.isdisjoint(said.get(DEED, "").casefold().split("+"))


def is_by_machine(said: Mapping[str, str], *, has_code: bool) -> bool:
    """Whether a machine of coprod's coded the row, as the tables that coprod writes say.

    In coded_answers.csv, which tells how sure a code is, a row without a theme and without a coder is the machine's.
    """
    if said.get(BY_HAND):
        return said[BY_HAND].casefold() in _NO
    if said.get(CODER):
        return said[CODER].casefold() in MACHINE_NAMES
    return CODER in said and SURENESS in said and not has_code


def name_coder(said: Mapping[str, str]) -> str:
    """Who coded the row, as the table calls them; empty where it does not say."""
    return " ".join(said.get(CODER, "").split())
