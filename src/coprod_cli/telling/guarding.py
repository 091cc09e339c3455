"""Words for a cell go in; what keeps a spreadsheet from running them, and the words without that again, come out."""

# The last four are what East Asian keyboards write; some spreadsheets take them for the first four.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD = "'"


def is_dangerous(words: str) -> bool:
    """Whether the words begin as a formula may begin (OWASP, CSV injection)."""
    return words.startswith(STARTS)


def guard_cell(words: str) -> str:
    """The same with an apostrophe before it, where it is dangerous or looks as if it had been guarded already."""
    return f"{_GUARD}{words}" if is_dangerous(words.lstrip(_GUARD)) else words


def unguard_cell(cell: str) -> str:
    """A cell as it was before guard_cell."""
    return cell.removeprefix(_GUARD) if is_dangerous(cell.lstrip(_GUARD)) else cell
