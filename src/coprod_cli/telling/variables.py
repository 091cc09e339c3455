"""Anybody's names go in; names of columns that R, SPSS and spreadsheets take alike, no two the same, come out."""

import re
import unicodedata
from collections.abc import Iterable

from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import STANCES

# What heads a 0/1 table, before its themes.
FIXED = (
    "answer",
    "person",
    "project",
    "role",
    "round",
    "question",
    "coder",
    "by_hand",
    "looked_at",
    "unsure",
    "weight",
    "words",
)
# What heads one with a row for each person.
PERSONAL = ("person", "project", "role", "round", "answers", "answers_by_hand", "answers_looked_at", "answers_unsure")
# SPSS allows 64 bytes; room is left for a number and the longest stance.
_LONGEST = 48
# Words that SPSS or R keeps for itself.
_RESERVED = frozenset(
    (
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
        *("if", "else", "repeat", "while", "function", "for", "next", "break", "true", "false", "null", "na", "inf"),
        *("nan", "in"),
    )
)
# Letters that no accent can be taken off.
_LETTERS = str.maketrans(
    {
        "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d",
        "\u00fe": "th", "\u0131": "i", "\u0127": "h", "\u0167": "t",
    }
)  # fmt: skip


def fold_letters(text: str) -> str:
    """In small letters and without accents: "Caf\u00e9 Stra\u00dfe" becomes "cafe strasse"; other scripts stay."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(each for each in parts if not unicodedata.combining(each))


def make_variable(text: str, taken: set[str], otherwise: str = "v") -> str:
    """Small letters, digits and _, beginning with a letter, at most 64 bytes, not taken yet; it is then taken, too."""
    name = "_".join(re.findall(r"[a-z0-9]+", fold_letters(text)))
    if len(name) > _LONGEST:
        # Whole words, where there are any.
        name = name[: _LONGEST + 1].rpartition("_")[0] or name[:_LONGEST]
    if not name or not name[0].isalpha() or name in _RESERVED:
        name = f"{otherwise}_{name}".rstrip("_")
    fresh, number = name, 1
    while fresh in taken:
        number += 1
        fresh = f"{name}_{number}"
    taken.add(fresh)
    return fresh


def name_theme_columns(framework: Framework) -> dict[tuple[str, str], str]:
    """The columns of a 0/1 table: of each theme (stance empty), then of each stance of it, in the framework's order."""
    taken = {*FIXED, *PERSONAL}
    bases = {theme.id: make_variable(theme.id, taken, "theme") for theme in framework.themes}
    return {
        (theme, stance): make_variable(f"{base}_{stance}", taken) if stance else base
        for theme, base in bases.items()
        for stance in ("", *STANCES)
    }


def name_closed_columns(questions: Iterable[str], framework: Framework) -> tuple[str, ...]:
    """The columns of the closed questions, by their first words."""
    taken = {*FIXED, *PERSONAL, *name_theme_columns(framework).values()}
    return tuple(make_variable(f"closed {each}", taken) for each in questions)
