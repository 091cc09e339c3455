"""A hand-made table whose header takes two or three rows goes in; its headings come out.

People merge a question's cell over its columns and put the rows or choices below. A workbook tells how far such a cell
reaches; in a text file it is filled in its first column only, and the question is carried over the blank cells that
follow it, as long as something stands below them. Blank rows may lie between.
"""

from collections.abc import Sequence
from itertools import pairwise

from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats.groups import are_boxes, mark_rankings
from coprod_cli.reading.formats.own_columns import list_siblings, take_cells
from coprod_cli.reading.grid import SEARCHED_ROWS, Heading, Layout, count_filled, get_cell, measure_width
from coprod_cli.reading.wording import clean_header

_LEAST_BLANK = 0.3
_MOST_ROWS = 3
_LEAST_FILLED = 2
# A column may be without any header.
_MOST_NAMED = 0.9
_WORDS_OF_A_TITLE = 4
_BETWEEN = " - "


def lay_out_merged(grid: Grid) -> Layout | None:
    """The layout of a table whose header is merged from two or three rows; None when one row is its header."""
    rows = _find_rows(grid)
    if not rows:
        return None
    first_row = rows[-1] + 1
    width = measure_width(grid, rows[0], first_row)
    told = _drop_sections(grid, first_row, _carry(_read_rows(grid, rows, width)))
    headings = []
    for position, words in enumerate(zip(*told, strict=True)):
        said = list(dict.fromkeys(word for word in words if word))
        stem, part = (_BETWEEN.join(said[:-1]), said[-1]) if len(said) > 1 else (said[0] if said else "", "")
        text = _BETWEEN.join(said)
        headings.append(Heading(position, text, text, stem, part))
    for places in list_siblings(headings).values():
        if are_boxes(grid, first_row, [headings[place] for place in places]):
            for place in places:
                headings[place] = headings[place]._replace(choice=True)
    return Layout(first_row - rows[0], first_row, mark_rankings(grid, first_row, headings))


def _find_rows(grid: Grid) -> tuple[int, ...]:
    """The rows of a header that is merged from several; empty when it is not."""
    if grid.given_headers:
        return ()
    filled = [index for index, row in enumerate(grid.top[:SEARCHED_ROWS]) if count_filled(row)]
    width = max(map(len, grid.top[:SEARCHED_ROWS]), default=0)
    while width and not grid.columns[width - 1].filled.any():
        width -= 1
    for place, upper in enumerate(filled):
        for more in range(_MOST_ROWS - 1, 0, -1):
            rows = (upper, *filled[place + 1 : place + 1 + more])
            if len(rows) == more + 1 and _are_merged(grid, rows, width):
                return rows
        # Below a row that names nearly every column stand answers, however sparse they are.
        if count_filled(grid.top[upper]) >= width * _MOST_NAMED:
            return ()
    return ()


def _read_rows(grid: Grid, rows: Sequence[int], width: int) -> list[list[str]]:
    return [[clean_header(get_cell(grid.top[row], position)) for position in range(width)] for row in rows]


def _carry(told: Sequence[Sequence[str]]) -> list[list[str]]:
    """The header rows with every cell but those of the last carried to the right, as far as it reaches."""
    carried: list[list[str]] = []
    for number, row in enumerate(told[:-1]):
        # A cell that was merged in a workbook is repeated as far as it reaches, and not one step further.
        known = any(one and one == other for one, other in pairwise(row))
        below = [any(lower[place] for lower in told[number + 1 :]) for place in range(len(row))]
        word = ""
        line = []
        for place, cell in enumerate(row):
            word = cell or ("" if known or not below[place] or _begins_anew(carried, place) else word)
            line.append(word)
        carried.append(line)
    return [*carried, list(told[-1])]


def _drop_sections(grid: Grid, first_row: int, told: list[list[str]]) -> list[list[str]]:
    """The header rows without the titles of sections ('About you'): their columns have no answers in common."""
    for number, row in enumerate(told[:-1]):
        for group in _list_groups([*told[: number + 1], []], told):
            words = row[group[0]]
            below = all(any(lower[place] not in ("", words) for lower in told[number + 1 :]) for place in group)
            if not below or words.endswith("?") or len(words.split()) > _WORDS_OF_A_TITLE:
                continue
            cells = [take_cells(grid, place, first_row) for place in group]
            boxes = all(each <= {told[-1][place]} for each, place in zip(cells, group, strict=True))
            apart = not boxes and len(frozenset().union(*cells)) == sum(map(len, cells))
            if apart or number < len(told) - 2:
                for place in group:
                    row[place] = ""
    return told


def _begins_anew(above: Sequence[Sequence[str]], place: int) -> bool:
    """Whether the row above says that another question begins here."""
    return bool(above) and place > 0 and above[-1][place] != above[-1][place - 1]


def _are_merged(grid: Grid, rows: Sequence[int], width: int) -> bool:
    told = _read_rows(grid, rows, width)
    if any(sum(map(bool, row)) < _LEAST_FILLED for row in told):
        return False
    # Every column has a header in some row, and no upper row is full: it would be the header alone.
    covered = sum(any(row[place] for row in told) for place in range(width))
    if covered < width * _MOST_NAMED or not all(_is_sparse(row) for row in told[:-1]):
        return False
    whole = _carry(told)
    last = len(rows) - 1
    groups = _list_groups(whole, told)
    titled = [_is_titled(group, told) for group in groups]
    if not any(len(group) > 1 for group in groups) or titled[0] or sum(titled) * 2 > len(titled):
        return False
    return all(_stands_once(grid, rows[last], place, told) for place in range(width) if told[last][place])


def _is_sparse(row: Sequence[str]) -> bool:
    repeated = sum(1 for one, other in pairwise(row) if one and one == other)
    return row.count("") + repeated > _LEAST_BLANK * len(row)


def _list_groups(carried: Sequence[Sequence[str]], told: Sequence[Sequence[str]]) -> list[list[int]]:
    """The columns that stand under one cell of an upper row, and have something of their own below."""
    groups: list[list[int]] = []
    for place in range(len(told[0])):
        above = [row[place] for row in carried[:-1]]
        if not any(above):
            continue
        if groups and groups[-1][-1] == place - 1 and [row[place - 1] for row in carried[:-1]] == above:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _is_titled(group: Sequence[int], told: Sequence[Sequence[str]]) -> bool:
    """Whether one cell alone stands over another: so titles do ('Survey:', 'Spring 2025'), and no question."""
    [first, *others] = group
    upper = [row[first] for row in told if row[first]]
    return not others and len(set(upper)) > 1


def _stands_once(grid: Grid, row: int, place: int, told: Sequence[Sequence[str]]) -> bool:
    """Whether the cell is no answer: nobody below has it again, unless it is a choice, and it is more than a number."""
    cell = told[-1][place]
    if cell in {upper[place] for upper in told[:-1]}:
        return True
    below = {clean_header(each) for each in take_cells(grid, place, row + 1)}
    return not cell.isdigit() and (cell not in below or below == {cell})
