"""Words for a cell go in; whether a spreadsheet might take them for something to run comes out."""

# The last four are what East Asian keyboards write; some spreadsheets take them for the first four.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_dangerous(words: str) -> bool:
    """Whether the words begin as a formula may begin (OWASP, CSV injection)."""
    return words.startswith(STARTS)
