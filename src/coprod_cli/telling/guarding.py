"""Words for a cell go in; what keeps a spreadsheet from running them, and the words without that again, come out."""

# The last four are what East Asian keyboards write; some spreadsheets take them for the first four.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD = "'"


def is_dangerous(words: str) -> bool:
    """Whether the words begin as a formula may begin (OWASP, CSV injection)."""
    return words.startswith(STARTS)


def guard_cell(words: str) -> str:
    """The same with an apostrophe before it, where it is dangerous."""
    return f"{_GUARD}{words}" if is_dangerous(words) else words


def unguard_cell(cell: str) -> str:
    """A cell as it was before guard_cell; one that had been written so by somebody loses its own apostrophe."""
    return cell[len(_GUARD) :] if cell.startswith(_GUARD) and is_dangerous(cell[len(_GUARD) :]) else cell
