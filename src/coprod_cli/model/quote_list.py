"""What a person made of the list of quotes: which to keep and which to strike out."""

from typing import NamedTuple


class ListedQuote(NamedTuple):
    """One row of the list: which quote, whether it is to be kept, its words as they now stand, and the row (from 1)."""

    id: str
    keep: bool
    words: str
    row: int


class QuoteList(NamedTuple):
    """A list of quotes as a person left it: its name, its SHA-256 and its rows."""

    name: str
    sha256: str
    quotes: tuple[ListedQuote, ...]
