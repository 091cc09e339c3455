"""One survey file goes in; its forms as columns of cells, with every column known for what it is, come out."""

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Source, SurveyColumn
from coprod_cli.reading.anchors import scale_anchors
from coprod_cli.reading.blocks import find_blocks
from coprod_cli.reading.cells import Column, Grid, Mask
from coprod_cli.reading.choices import part_by_names
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.damage import find_damage
from coprod_cli.reading.dates import read_dates
from coprod_cli.reading.files import RawFile
from coprod_cli.reading.formats import FORMATS, choose_format
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading, Hint, Layout
from coprod_cli.reading.hashing import hash_cells
from coprod_cli.reading.identifying import find_private_words
from coprod_cli.reading.mapped_columns import apply_mapping
from coprod_cli.reading.mapping import Constants, MappedColumn, SurveyMapping, find_columns
from coprod_cli.reading.opening import Opened, open_file
from coprod_cli.reading.roles import find_role_in_name
from coprod_cli.reading.routing import join_routed, label_columns
from coprod_cli.reading.selections import gather_choices
from coprod_cli.reading.telling import LEAVE_OUT, Told
from coprod_cli.reading.totals import find_totals
from coprod_cli.reading.wording import clean_header

_FEW_NUMBERS = 5
_OWN_WORDS = Hint(ColumnKind.OPEN, 1.0, "the mapping file says so")
_SURE_FORMAT = 0.5
# So many different cells tell what a column holds; more would only take time.
MOST_DISTINCT = 300
_TITLE_ROLE = re.compile(r"\b(?:survey|questionnaire|form|feedback|views?|responses?|answers?)\b", re.IGNORECASE)


class Export(NamedTuple):
    """One file as understood: its forms, as many cells in every column.

    finished: whether each form was sent off to the end. entries: what the mapping says of columns, by place. role: what
    the file's name says. dates: the order of day and month that the survey tool keeps to, or "". grid and first_row:
    the file as it stands, and where its forms begin. private_words: names that its personal columns hold.
    """

    source: Source
    headings: tuple[Heading, ...]
    cells: tuple[Column, ...]
    finished: Mask
    entries: Mapping[int, MappedColumn]
    constants: Constants
    role: str | None
    dates: str
    grid: Grid
    first_row: int
    private_words: frozenset[str]
    told: tuple[Told, ...]

    def places(self, kind: ColumnKind) -> list[int]:
        """The places of the columns of that kind."""
        return [place for place, column in enumerate(self.source.columns) if column.kind is kind]


class _Table(NamedTuple):
    """The grid that was chosen of a file, the format it is in, and what there is to tell of the others."""

    grid: Grid
    format: str
    told: tuple[Told, ...]


def read_export(raw: RawFile, framework: Framework, mapping: SurveyMapping | None) -> Export:
    """One survey file, every row accounted for.

    Raises:
        UnreadableSurveyError: it is no table, or has no forms in it.
        SettingsFileError: the mapping says something of this file that cannot be.
    """
    opened = open_file(raw)
    table = _choose_table(opened)
    layout = FORMATS[table.format].questions(table.grid)
    named = find_columns(mapping, raw.name, _list_names(layout.headings)) if mapping else {}
    own_words = _find_own_words(named)
    if layout.columns:
        mended = _leave_own_words(layout, table.grid, own_words)
        table = table._replace(grid=dataclasses.replace(table.grid, columns=mended))
    if not table.grid.filled[layout.first_row :].any():
        raise UnreadableSurveyError(
            f"{raw.name} has a header but no answers below it.",
            "Check that the export holds the answers, not only the questions.",
        )
    kept, boxes, told = _choose_rows(table.grid, layout)
    headings, cells = _gather_choices(layout, boxes, own_words, _find_listed(named))
    headings, unclear = find_blocks(headings, cells)
    told += unclear
    counts = _count_all(headings, cells)
    columns = label_columns(recognise_columns(headings, counts, framework), headings)
    told += _tell_undecided(columns, counts, layout.dates)
    entries: Mapping[int, MappedColumn] = {}
    if mapping:
        entries = find_columns(mapping, raw.name, _list_names(headings))
        columns = apply_mapping(mapping, entries, headings, counts, columns, framework)
    given = {place: entry.name or entry.item for place, entry in entries.items() if entry.name or entry.item}
    columns, routed = join_routed(columns, headings, cells, given, framework)
    told += routed
    columns = scale_anchors(columns, counts, framework)
    told += find_damage(columns, counts, len(table.grid.columns))
    source = Source(
        name=raw.name,
        sha256=raw.sha256,
        format=table.format,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        header_rows=layout.header_rows,
        rows_read=int(kept.sum()) + sum(each.number for each in told if each.code in LEAVE_OUT),
        columns=columns,
    )
    finished = np.ones(table.grid.height, bool) if layout.unfinished is None else ~layout.unfinished
    return Export(
        source=source,
        headings=headings,
        cells=cells,
        finished=finished[kept],
        entries=entries,
        constants=mapping.constants_for(raw.name) if mapping else Constants(),
        role=_find_role(raw.name, table.grid, layout),
        dates=layout.dates,
        grid=table.grid,
        first_row=layout.first_row,
        private_words=_find_private_words(columns, cells),
        told=(*opened.told, *table.told, *told),
    )


def _list_names(headings: Sequence[Heading]) -> list[tuple[str, str, str]]:
    return [(heading.header, heading.text, heading.code) for heading in headings]


def _find_own_words(entries: Mapping[int, MappedColumn]) -> frozenset[int]:
    """The places of the headings that the mapping calls open."""
    return frozenset(place for place, entry in entries.items() if entry.kind is ColumnKind.OPEN)


def _find_listed(entries: Mapping[int, MappedColumn]) -> dict[int, frozenset[str]]:
    """The choices of project columns that the mapping names, by place of the heading."""
    return {
        place: frozenset(word for word, _ in entry.words)
        for place, entry in entries.items()
        if entry.kind is ColumnKind.PROJECT and entry.words
    }


def _part_by_names(column: Column, heading: Heading, names: frozenset[str]) -> tuple[Column, Heading]:
    parted = column.change(lambda cell: BETWEEN_CHOICES.join(part_by_names(cell, names)) or cell)
    if parted.values == column.values:
        return column, heading
    return parted, heading._replace(several=True)


def _leave_own_words(layout: Layout, grid: Grid, own_words: frozenset[int]) -> tuple[Column, ...]:
    """The columns as the tool means them; but people's own words are no list of codes, whatever the tool writes."""
    spared = {layout.headings[place].position for place in own_words}
    return tuple(
        grid.columns[place] if place in spared and any(BETWEEN_CHOICES in each for each in column.values) else column
        for place, column in enumerate(layout.columns)
    )


def _gather_choices(
    layout: Layout, boxes: list[Column], own_words: frozenset[int], listed: Mapping[int, frozenset[str]]
) -> tuple[tuple[Heading, ...], tuple[Column, ...]]:
    """The headings and cells with ticked choices gathered; people's own words are left whole, however they look.

    listed: by place, names that the mapping file gives to the choices of a column.
    """
    marked = [
        heading._replace(hint=_OWN_WORDS, choice=False, several=False) if place in own_words else heading
        for place, heading in enumerate(layout.headings)
    ]
    for place, names in listed.items():
        boxes[place], marked[place] = _part_by_names(boxes[place], marked[place], names)
    headings, cells = gather_choices(marked, boxes, layout.separator)
    # Only here it is beyond doubt what they are: whether they belong to a block of questions is still to be found.
    return tuple(each._replace(hint=None) if each.hint is _OWN_WORDS else each for each in headings), cells


def _tell_undecided(columns: Sequence[SurveyColumn], counts: Sequence[Counter[str]], rule: str) -> list[Told]:
    dated = [counted for column, counted in zip(columns, counts, strict=True) if column.kind is ColumnKind.DATE]
    undecided = sum(read_dates(list(counted), rule).undecidable for counted in dated)
    return [Told("dates_undecided", undecided)] if undecided else []


def _find_private_words(columns: Sequence[SurveyColumn], cells: Sequence[Column]) -> frozenset[str]:
    """Names in the personal columns; all of them, however many there are."""
    named = [
        column.kind is ColumnKind.METADATA or _holds_addresses(column, each)
        for column, each in zip(columns, cells, strict=True)
    ]
    counts = [each.count_cells() if held else Counter[str]() for each, held in zip(cells, named, strict=True)]
    return find_private_words(columns, counts)


def _holds_addresses(column: SurveyColumn, cells: Column) -> bool:
    return column.kind is ColumnKind.PERSON and any("@" in cell for cell in cells.values)


def _choose_table(opened: Opened) -> _Table:
    """The sheet that a format knows best, then the fullest."""
    ranked = sorted(opened.grids, key=_rank_sheet, reverse=True)
    others = sum(1 for grid in ranked[1:] if (grid.filled > 0).sum() > 1)
    return _Table(ranked[0], choose_format(ranked[0])[0], (Told("other_sheets", others),) if others else ())


def _rank_sheet(grid: Grid) -> tuple[bool, int]:
    return choose_format(grid)[1] >= _SURE_FORMAT, int(grid.filled.sum())


def _choose_rows(grid: Grid, layout: Layout) -> tuple[Mask, list[Column], list[Told]]:
    """Which rows are forms, their cells by heading, and what of the others was left out, and of the forms cut off."""
    below = np.arange(grid.height) >= layout.first_row
    left = below & (grid.filled > 0)
    told = [Told("empty_rows", int((below & ~left).sum()))]
    for code, rows in layout.left_out:
        told.append(Told(code, int((left & rows).sum())))
        left &= ~rows
    places = [heading.position for heading in layout.headings]
    columns = [_take_column(grid, place, left) for place in places]
    totals = find_totals(columns)
    if totals.any():
        told.append(Told("total_rows", int(totals.sum())))
        columns = [column.keep(~totals) for column in columns]
        left[left] = ~totals
    width = max(places, default=-1) + 1
    beyond = np.zeros(grid.height, bool)
    for column in grid.columns[width:]:
        beyond |= column.filled
    long_rows = np.flatnonzero(left & beyond) + 1
    if len(long_rows):
        told.append(Told("long_rows", len(long_rows), ", ".join(map(str, long_rows[:_FEW_NUMBERS].tolist()))))
    return left, columns, [each for each in told if each.number]


def _take_column(grid: Grid, place: int, rows: Mask) -> Column:
    if place < len(grid.columns):
        return grid.columns[place].keep(rows)
    return Column(("",), np.zeros(int(rows.sum()), np.int32))


def _count_all(headings: Sequence[Heading], cells: Sequence[Column]) -> list[Counter[str]]:
    """The cells of every column, counted; the turns of a question that is asked several times over count together."""
    counts = [_count(column, several=heading.several) for heading, column in zip(headings, cells, strict=True)]
    turns: dict[tuple[str, str], Counter[str]] = {}
    for heading, counted in zip(headings, counts, strict=True):
        if heading.block:
            turns.setdefault((heading.about, heading.text), Counter()).update(counted)
    return [
        turns[heading.about, heading.text] if heading.block and counted else counted
        for heading, counted in zip(headings, counts, strict=True)
    ]


def _count(column: Column, *, several: bool) -> Counter[str]:
    """How often each filled cell occurs, or each choice; of very many different ones, some that stand for all.

    Which ones they are depends on nothing but themselves, so that the order of rows changes nothing.
    """
    if len(column.values) > MOST_DISTINCT:
        chosen = np.argsort(hash_cells(column.values), kind="stable")[:MOST_DISTINCT]
        column = column.keep(np.isin(column.codes, chosen))
    counts = column.count_cells()
    if several:
        parted: Counter[str] = Counter()
        for cell, count in counts.items():
            for choice in cell.split(BETWEEN_CHOICES):
                parted[choice] += count
        return parted
    return counts


def _find_role(name: str, grid: Grid, layout: Layout) -> str | None:
    """The role that the file's name, its sheet, or a title above the header speaks of."""
    top = layout.first_row - layout.header_rows
    titles = [clean_header(cell) for row in grid.top[: max(top, 0)] for cell in row if cell.strip()]
    said = [name.rsplit(".", 1)[0], grid.sheet, *(title for title in titles if _TITLE_ROLE.search(title))]
    return next((role for role in map(find_role_in_name, said) if role), None)
