"""One survey file goes in; its forms as rows of cells, with every column known for what it is, come out."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Source
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.files import RawFile, is_workbook
from coprod_cli.reading.formats import FORMATS, choose_format
from coprod_cli.reading.grid import Grid, Heading, Layout, count_filled
from coprod_cli.reading.mapped_columns import apply_mapping
from coprod_cli.reading.mapping import Constants, MappedColumn, SurveyMapping, find_columns
from coprod_cli.reading.roles import find_role_in_name
from coprod_cli.reading.telling import LEAVE_OUT, Told
from coprod_cli.reading.text_file import read_text_table
from coprod_cli.reading.totals import find_totals
from coprod_cli.reading.wording import clean_header
from coprod_cli.reading.workbook import read_workbook

_FEW_NUMBERS = 5
_SURE_FORMAT = 0.5
_TITLE_ROLE = re.compile(r"\b(?:survey|questionnaire|form|feedback|views?|responses?|answers?)\b", re.IGNORECASE)


class Form(NamedTuple):
    """One row of the export: its cells, one for each column, and whether it was sent off to the end."""

    cells: tuple[str, ...]
    finished: bool


class Export(NamedTuple):
    """One file as understood. entries: what the mapping says of columns, by place; role: what the file's name says."""

    source: Source
    headings: tuple[Heading, ...]
    forms: tuple[Form, ...]
    entries: dict[int, MappedColumn]
    constants: Constants
    role: str | None
    told: tuple[Told, ...]

    def places(self, kind: ColumnKind) -> list[int]:
        """The places of the columns of that kind."""
        return [place for place, column in enumerate(self.source.columns) if column.kind is kind]


class _Table(NamedTuple):
    """A grid that was chosen, and how it was read."""

    grid: Grid
    encoding: str
    delimiter: str
    format: str
    told: tuple[Told, ...]


def read_export(raw: RawFile, framework: Framework, mapping: SurveyMapping | None) -> Export:
    """One survey file, every row accounted for.

    Raises:
        UnreadableSurveyError: it is no table, or has no forms in it.
        SettingsFileError: the mapping says something of this file that cannot be.
    """
    table = _open_table(raw)
    layout = FORMATS[table.format].questions(table.grid)
    body = table.grid.rows[layout.first_row :]
    if not any(count_filled(row) for row in body):
        raise UnreadableSurveyError(
            f"{raw.name} has a header but no answers below it.",
            "Check that the export holds the answers, not only the questions.",
        )
    forms, told = _take_forms(table.grid, layout)
    counts = [Counter(cell.strip() for cell in column if cell.strip()) for column in _turn(forms, len(layout.headings))]
    columns = recognise_columns(layout.headings, counts, framework)
    entries: dict[int, MappedColumn] = {}
    if mapping:
        names = [(heading.header, heading.text, heading.code) for heading in layout.headings]
        entries = dict(find_columns(mapping, raw.name, names))
        columns = apply_mapping(mapping, entries, layout.headings, counts, columns, framework)
    source = Source(
        name=raw.name,
        sha256=raw.sha256,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_rows=layout.header_rows,
        rows_read=len(forms) + sum(each.number for each in told if each.code in LEAVE_OUT),
        columns=columns,
    )
    constants = mapping.constants_for(raw.name) if mapping else Constants()
    role = _find_role(raw.name, table.grid, layout)
    return Export(source, layout.headings, tuple(forms), entries, constants, role, (*table.told, *told))


def _open_table(raw: RawFile) -> _Table:
    if not is_workbook(raw):
        text = read_text_table(raw)
        if not any(count_filled(row) for row in text.grid.rows):
            raise UnreadableSurveyError(
                f"{raw.name} is empty.", "Export the survey again and check that the file has rows in it."
            )
        return _Table(text.grid, text.encoding, text.delimiter, choose_format(text.grid)[0], text.told)
    grids = read_workbook(raw)
    ranked = sorted(grids, key=_rank_sheet, reverse=True)
    others = sum(1 for grid in ranked[1:] if sum(1 for row in grid.rows if count_filled(row)) > 1)
    told = (Told("other_sheets", others),) if others else ()
    return _Table(ranked[0], "", "", choose_format(ranked[0])[0], told)


def _rank_sheet(grid: Grid) -> tuple[bool, int]:
    return choose_format(grid)[1] >= _SURE_FORMAT, sum(count_filled(row) for row in grid.rows)


def _take_forms(grid: Grid, layout: Layout) -> tuple[list[Form], list[Told]]:
    """The rows below the header, cut to the columns there are, and what of them was left out or cut off."""
    width = len(layout.headings)
    out = {index: left.code for left in layout.left_out for index in left.rows}
    counted: Counter[str] = Counter()
    long_rows: list[int] = []
    forms = []
    candidates = [index for index in range(layout.first_row, len(grid.rows)) if index not in out]
    totals = find_totals([grid.rows[index][:width] for index in candidates])
    out |= {candidates[place]: "total_rows" for place in totals}
    for index in range(layout.first_row, len(grid.rows)):
        row = grid.rows[index]
        if not count_filled(row):
            counted["empty_rows"] += 1
        elif index in out:
            counted[out[index]] += 1
        else:
            if count_filled(row[width:]):
                long_rows.append(index + 1)
            cells = tuple(row[:width]) + ("",) * (width - len(row))
            forms.append(Form(cells, index not in layout.unfinished))
    told = [Told(code, count) for code, count in sorted(counted.items())]
    if long_rows:
        numbers = ", ".join(str(number) for number in long_rows[:_FEW_NUMBERS])
        told.append(Told("long_rows", len(long_rows), numbers))
    return forms, told


def _turn(forms: Sequence[Form], width: int) -> list[tuple[str, ...]]:
    return list(zip(*(form.cells for form in forms), strict=True)) or [()] * width


def _find_role(name: str, grid: Grid, layout: Layout) -> str | None:
    """The role that the file's name, its sheet, or a title above the header speaks of."""
    top = layout.first_row - layout.header_rows
    titles = [clean_header(cell) for row in grid.rows[: max(top, 0)] for cell in row if cell.strip()]
    said = [name.rsplit(".", 1)[0], grid.sheet, *(title for title in titles if _TITLE_ROLE.search(title))]
    return next((role for role in map(find_role_in_name, said) if role), None)
