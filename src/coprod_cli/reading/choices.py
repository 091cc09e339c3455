"""The cells of a question where several choices may be ticked go in; the choices that each cell holds come out."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

SEPARATORS = (";", ",")
_ASKS_FOR_SEVERAL = re.compile(
    r"\b(?:tick|select|choose|mark) (?:all|any|as many|one or more)\b|\ball that apply\b|"
    r"\b(?:projects|workstreams|work streams|programmes|pieces of work|initiatives)\b"
)
_MANY_ROWS, _MANY_CELLS = 3, 2


class Choices(NamedTuple):
    """parts: cells that hold several known choices, each as its parts; whole: cells that may, but were left whole."""

    parts: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]


def asks_for_several(header_key: str) -> bool:
    """Whether a header, as make_key writes it, says that several choices may be ticked."""
    return bool(_ASKS_FOR_SEVERAL.search(header_key))


def part_cell(cell: str, separator: str) -> tuple[str, ...]:
    """What stands between the separators, without blanks; each choice once."""
    return tuple(dict.fromkeys(part for each in cell.split(separator) if (part := " ".join(each.split()))))


def find_choices(cells: Counter[str], *, several: bool) -> Choices:
    """Which cells are lists of choices.

    A cell is taken apart where every part also occurs alone in another cell. Where the header asks for several
    (`several`), it is enough that a part comes again in many rows, beside different others: 'Short breaks, Overby'
    may be one name.
    """
    found: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for separator in SEPARATORS:
        lists = {
            cell: part_cell(cell, separator)
            for cell in cells
            if cell not in found and separator in cell.strip(separator)
        }
        alone = {cell.strip(f"{separator} ").casefold() for cell in cells if cell not in lists}
        rows: Counter[str] = Counter()
        beside: Counter[str] = Counter()
        for cell, parts in lists.items():
            rows.update({part.casefold(): cells[cell] for part in parts})
            beside.update(part.casefold() for part in parts)
        for cell, parts in lists.items():
            known = [
                part.casefold() in alone
                or (several and rows[part.casefold()] >= _MANY_ROWS and beside[part.casefold()] >= _MANY_CELLS)
                for part in parts
            ]
            if all(known):
                found[cell] = parts
            elif several or any(known):
                whole.add(cell)
    return Choices(found, frozenset(whole - found.keys()))


def count_parts(cells: Counter[str]) -> Counter[str]:
    """How often each part of lists occurs, parted by whichever separator occurs."""
    counts: Counter[str] = Counter()
    for cell, count in cells.items():
        separator = next((each for each in SEPARATORS if each in cell), SEPARATORS[0])
        for part in part_cell(cell, separator):
            counts[part.casefold()] += count
    return counts
