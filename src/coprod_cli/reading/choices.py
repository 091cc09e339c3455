"""The cells of a question where several choices may be ticked go in; the choices that each cell holds come out.

What stands between choices also stands in them ("Short breaks, Overby"), so a cell is only taken apart into choices
that are known from other cells, the longest first.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from coprod_cli.reading.grid import BETWEEN_CHOICES

SEPARATORS = (";", ",")
_TICK_ALL = re.compile(
    r"\b(?:tick|select|choose|mark|check) (?:all|any|each|every|as many|one or more)\b|\ball that apply\b|"
    r"\bas many as (?:apply|you)\b"
)
_SPEAKS_OF_SEVERAL = re.compile(r"\b(?:projects|workstreams|work streams|programmes|pieces of work|initiatives)\b")
# A survey tool puts a comma and no blank between choices, so that a comma before a blank belongs to a choice.
_PATTERNS = {
    ",": re.compile(r",(?=\S)"),
    ", ": re.compile(r",\s+"),
    " ": re.compile(r"\s+"),
}
_MANY_ROWS, _MANY_CELLS = 3, 2
_LEAST_NAMES = 2
_Pieces = tuple[str, ...]


class Choices(NamedTuple):
    """parts: cells that hold several known choices, each as its parts; whole: cells that may, but were left whole."""

    parts: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]


def says_tick_all(header_key: str) -> bool:
    """Whether a header, as make_key writes it, asks to tick all that apply."""
    return bool(_TICK_ALL.search(header_key))


def asks_for_several(header_key: str) -> bool:
    """Whether a header, as make_key writes it, says or lets expect that several choices may be ticked."""
    return says_tick_all(header_key) or bool(_SPEAKS_OF_SEVERAL.search(header_key))


def part_cell(cell: str, separator: str) -> tuple[str, ...]:
    """What stands between the separators, without blanks; each choice once."""
    pattern = _PATTERNS.get(separator)
    pieces = pattern.split(cell.strip()) if pattern else cell.split(separator.strip() or separator)
    return tuple(dict.fromkeys(piece for each in pieces if (piece := " ".join(each.split()))))


def find_choices(
    cells: Counter[str], *, several: bool, separators: Sequence[str] | None = None, sure: bool = False
) -> Choices:
    """Which cells are lists of choices.

    A cell is taken apart where every part also occurs alone in another cell. Where the header asks for several
    (`several`), it is enough that a part comes again in many rows, beside different others: 'Short breaks, Overby'
    may be one name. Parts that only ever stand side by side are one choice.

    Args:
        cells: the filled cells, counted.
        several: whether the header says that several may be ticked.
        separators: what may stand between choices, in the order in which it is tried; a comma then has no blank
            behind it. By default a semicolon or a comma, with or without blanks.
        sure: whether it is known that every separator parts two choices, save where they only stand side by side.
    """
    found: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for separator in separators or SEPARATORS:
        lists = {
            cell: pieces
            for cell in cells
            if cell not in found and len(pieces := _split(cell, separator, given=separators is not None)) > 1
        }
        if lists:
            alone = {_cut_ends(cell).casefold() for cell in cells if cell not in lists}
            if separator.strip() == ",":
                lists = _join_companions(lists, cells, alone)
                alone |= {pieces[0].casefold() for pieces in lists.values() if len(pieces) == 1}
            known = alone | _find_recurring(lists, cells) if several else alone
            phrases = _find_phrases(lists, cells, known)
            for cell, pieces in lists.items():
                choices = pieces if sure else _match_longest(pieces, known, phrases)
                if len(choices) > 1:
                    found[cell] = choices
                elif len(pieces) > 1 and (several or any(piece.casefold() in known for piece in pieces)):
                    whole.add(cell)
    return Choices(found, frozenset(whole - found.keys()))


def part_by_names(cell: str, names: Collection[str]) -> tuple[str, ...]:
    """The names of which a cell is a list and nothing else, whatever separator stands in them; none if it is not."""
    if not names:
        return ()
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?:^|[;,]\s*)({known})(?=\s*(?:[;,]|$))", re.IGNORECASE)
    text = _cut_ends(cell)
    found = list(pattern.finditer(text))
    if len(found) < _LEAST_NAMES or found[0].start() or found[-1].end() != len(text):
        return ()
    if any(one.end() != other.start() for one, other in pairwise(found)):
        return ()
    return tuple(dict.fromkeys(each.group(1) for each in found))


def count_parts(cells: Counter[str]) -> Counter[str]:
    """How often each part of lists occurs, parted by whichever separator occurs."""
    counts: Counter[str] = Counter()
    for cell, count in cells.items():
        separator = next((each for each in (BETWEEN_CHOICES, *SEPARATORS) if each in cell), BETWEEN_CHOICES)
        for part in _split(cell, separator, given=False):
            counts[part.casefold()] += count
    return counts


def _split(cell: str, separator: str, *, given: bool) -> _Pieces:
    if given:
        return part_cell(_cut_ends(cell), separator)
    return tuple(dict.fromkeys(piece for each in cell.split(separator) if (piece := " ".join(each.split()))))


def _cut_ends(cell: str) -> str:
    return " ".join(cell.split()).strip(";, ")


def _join_companions(
    lists: Mapping[str, _Pieces], rows: Mapping[str, int], alone: set[str]
) -> dict[str, tuple[str, ...]]:
    """The same lists, where parts that always stand side by side, in more than one cell, are one part."""
    joined = dict(lists)
    while True:
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        cells: Counter[tuple[str, str]] = Counter()
        for cell, pieces in joined.items():
            counts.update(dict.fromkeys(pieces, rows[cell]))
            for pair in pairwise(pieces):
                pairs[pair] += rows[cell]
                cells[pair] += 1
        firm = {
            pair
            for pair, count in pairs.items()
            if count == counts[pair[0]] == counts[pair[1]]
            and cells[pair] >= _MANY_CELLS
            and not alone & {piece.casefold() for piece in pair}
        }
        if not firm:
            return joined
        joined = {cell: tuple(_join_pairs(pieces, firm)) for cell, pieces in joined.items()}


def _join_pairs(pieces: _Pieces, firm: set[tuple[str, str]]) -> Iterator[str]:
    waiting = ""
    for place, piece in enumerate(pieces):
        if not waiting and (piece, *pieces[place + 1 : place + 2]) in firm:
            waiting = piece
        else:
            yield f"{waiting}, {piece}" if waiting else piece
            waiting = ""


def _find_recurring(lists: Mapping[str, _Pieces], rows: Mapping[str, int]) -> set[str]:
    """Parts of many rows that stand beside different others, and not always behind or before the same one."""
    counts: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    for cell, pieces in lists.items():
        keys = [piece.casefold() for piece in pieces]
        counts.update(dict.fromkeys(keys, rows[cell]))
        beside.update(set(keys))
        for one, other in pairwise(keys):
            neighbours[one, other] += rows[cell]
            neighbours[other, one] += rows[cell]
    tied = {one for (one, _), count in neighbours.items() if count == counts[one]}
    return {key for key, count in counts.items() if count >= _MANY_ROWS and beside[key] >= _MANY_CELLS} - tied


def _find_phrases(lists: Mapping[str, _Pieces], rows: Mapping[str, int], known: set[str]) -> set[tuple[str, ...]]:
    """Whole cells with an unknown part that come more than once: one choice with a separator in it."""
    return {
        tuple(piece.casefold() for piece in pieces)
        for cell, pieces in lists.items()
        if rows[cell] > 1 and any(piece.casefold() not in known for piece in pieces)
    }


def _match_longest(pieces: _Pieces, known: set[str], phrases: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The choices that the parts make up, the longest known one first; nothing when a part is left over."""
    keys = tuple(piece.casefold() for piece in pieces)
    choices = []
    start = 0
    while start < len(pieces):
        ends = range(len(pieces), start + 1, -1)
        end = next((each for each in ends if each - start < len(pieces) and keys[start:each] in phrases), start + 1)
        if end == start + 1 and keys[start] not in known:
            return ()
        choices.append(", ".join(pieces[start:end]))
        start = end
    return tuple(choices)
