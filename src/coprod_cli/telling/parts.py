"""Counts of one theme go in; what the people who raised it said of it, in words, comes out."""

from coprod_cli.model.tables import ThemeCount
from coprod_cli.telling.words import SAID_WORDS, is_withheld


def say_parts(row: ThemeCount) -> str:
    """What the people who raised a theme said of it: "12 said it went well, ..."; empty where withheld."""
    counts = {words: getattr(row, stance) for stance, words in SAID_WORDS.items()}
    shown = ", ".join(f"{count:,.0f} {words}" for words, count in counts.items() if count > 0)
    rest = "; the other numbers are too small to show" if any(map(is_withheld, counts.values())) else ""
    return f"{shown}{rest}" if shown else ""


def say_people_and_parts(row: ThemeCount) -> str:
    """How many people raised a theme, and what they said of it: "38 people (12 said it went well, ...)"."""
    parts = say_parts(row)
    return f"{row.people:,.0f} {'person' if row.people == 1 else 'people'}" + (f" ({parts})" if parts else "")
