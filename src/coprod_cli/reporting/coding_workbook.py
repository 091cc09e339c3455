"""A coder's answers and the codebook go in; an Excel workbook to code them in, with lists to choose from, comes out."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from coprod_cli.binding import fix_times
from coprod_cli.model.framework import Border as Edge
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.model.sheets import SETS, CodingSheet, SheetRow, Suggestion
from coprod_cli.reporting.story_of_sheet import LEVEL_WORDS, STANCE_WORDS, WARNED, tell_sheet
from coprod_cli.reporting.to_csv import write_rows
from coprod_cli.reporting.to_manifest import finish_manifest
from coprod_cli.reporting.to_xlsx import (
    FIRST_SHEET,
    HEAD,
    HEAD_FILL,
    LINE,
    PLAIN,
    WARNING,
    WARNING_FILL,
    count_lines,
    set_page,
    write_document,
    write_lines,
    write_properties,
    write_words,
)
from coprod_cli.telling import name_role, name_themes, start_sentence

CODING, CODEBOOK = "Coding", "Codebook"
SAMPLE, MANIFEST, SCHEMA = "sample.csv", "manifest.json", "coprod-coding/1"
DRAWN = ("id", "chance", "weight")
# Row 1 says whom the sheet is for; the headings stand below it.
_HEADER, _FIRST = 2, 3
_WORDS = "masked words"
_ROWS_TO_SPARE = 40
_TALLEST = 400
_LONGEST_EVIDENCE = 60
_FILL_IN = PatternFill("solid", fgColor="FFF9E5")
_LINE = Side(style="thin", color="BFBFBF")
_NAME = Font("Calibri", 11, bold=True)
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
_ASIDE = Font("Calibri", 11, color="404040")
_CODEBOOK: tuple[tuple[str, int], ...] = (
    ("Theme", 26),
    ("What it is about", 42),
    ("Positive", 30),
    ("Negative", 30),
    ("Belongs here", 34),
    ("Does not belong here", 34),
    ("Examples", 60),
    ("Where it meets others", 60),
)
_WIDTHS = tuple(each[1] for each in _CODEBOOK)
_RULES_WIDTH = sum(_WIDTHS[1:6])


class _Column(NamedTuple):
    """A column of the sheet of answers. kind: "told", "suggested", "filled", "closed" or "weight"."""

    heading: str
    width: int
    kind: str = "told"


def write_coding_workbook(sheet: CodingSheet, framework: Framework) -> bytes:
    """The workbook: what to do, the answers to code, the codebook. The same sheet gives the same bytes."""
    document = tell_sheet(sheet, framework)
    book = Workbook()
    first = book.active
    first.title = FIRST_SHEET
    write_document(first, document)
    coding, codebook = book.create_sheet(CODING), book.create_sheet(CODEBOOK)
    _write_answers(coding, sheet, framework)
    _write_codebook(codebook, framework)
    for each in (coding, codebook):
        set_page(each, document)
    first.page_setup.fitToHeight = codebook.page_setup.fitToWidth = 1
    coding.page_setup.fitToWidth = 2
    coding.print_title_rows, coding.print_title_cols = f"{_HEADER}:{_HEADER}", "A:A"
    codebook.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return fix_times(out.getvalue(), {"docProps/core.xml": write_properties(document)})


def write_coding_folder(
    sheets: Sequence[CodingSheet], listed: tuple[str, bytes], framework: Framework, made: Mapping[str, Any]
) -> dict[str, bytes]:
    """Every file of the folder for coders by its name; the manifest comes last.

    Args:
        sheets: one a coder.
        listed: name and content of the file that lists the answers, with how each was come by.
        framework: the themes.
        made: what the manifest says of how the answers were drawn.
    """
    files = {f"{each.coder}.xlsx": write_coding_workbook(each, framework) for each in sheets}
    files[listed[0]] = listed[1]
    about = {"id": framework.id, "version": framework.version, "sha256": framework.sha256}
    return {**files, MANIFEST: finish_manifest({"schema": SCHEMA, "framework": about, **made}, files)}


def write_drawn(chances: Mapping[str, float]) -> bytes:
    """The answers drawn, as CSV: by id, the chance with which each was drawn, and one over it."""
    rows = ((name, f"{chance:.6f}", f"{1 / chance:.6f}") for name, chance in sorted(chances.items()))
    return write_rows(DRAWN, rows)


def _list_columns(sheet: CodingSheet) -> tuple[_Column, ...]:
    """All columns, from the left."""
    rounds = any(row.wave for row in sheet.rows)
    told = [_Column("id", 14), _Column("project", 20), *([_Column("round", 9)] if rounds else []), _Column("role", 19)]
    told += [_Column("question", 26), _Column(_WORDS, 64)]
    sets = [
        _Column(f"{name} {number}", width, "filled")
        for number in range(1, SETS + 1)
        for name, width in (("theme", 27), ("stance", 11), ("level", 11))
    ]
    filled = [*sets, _Column("looked at", 9, "filled"), _Column("notes", 30, "filled")]
    suggested = [] if sheet.blind else [_Column("machine suggests", 44, "suggested")]
    closed = [_Column(f"Ticked: {question}", 16, "closed") for question in sheet.closed]
    return (*told, *suggested, *filled, *closed, _Column("weight", 9, "weight"))


def _write_answers(sheet: Worksheet, told: CodingSheet, framework: Framework) -> None:
    columns = _list_columns(told)
    names = {each.id: each.name for each in framework.themes}
    cell = write_words(sheet.cell(1, 1), WARNED)
    cell.font, cell.alignment = WARNING, Alignment(vertical="center")
    for at, column in enumerate(columns, start=1):
        if column.kind not in {"closed", "weight"}:
            sheet.cell(1, at).fill = WARNING_FILL
    sheet.row_dimensions[1].height = 2 * LINE
    for at, column in enumerate(columns, start=1):
        cell = write_words(sheet.cell(_HEADER, at), column.heading)
        cell.font, cell.fill = HEAD, HEAD_FILL
        _set_column(sheet, get_column_letter(at), column)
    shown = [column for column in columns if column.kind != "closed"]
    sheet.row_dimensions[_HEADER].height = 2 * LINE
    for line, row in enumerate(told.rows, start=_FIRST):
        cells = list(_list_cells(row, columns, names, blind=told.blind))
        for at, (column, lines) in enumerate(zip(columns, cells, strict=True), start=1):
            _write_cell(sheet, line, at, column, lines)
        sheet.cell(line, len(columns)).value = round(row.weight, 6)
        heights = [
            sum(count_lines(words, column.width) for words in lines)
            for column, lines in zip(columns, cells, strict=True)
            if column in shown
        ]
        sheet.row_dimensions[line].height = min(max(3, *heights) * LINE + 4, _TALLEST)
    last = _FIRST + len(told.rows) - 1
    sheet.freeze_panes = sheet.cell(_FIRST, 2)
    sheet.auto_filter.ref = f"A{_HEADER}:{get_column_letter(len(columns))}{last}"
    sheet.print_area = f"A1:{get_column_letter(len(shown) - 1)}{last}"
    _add_lists(sheet, columns, last + _ROWS_TO_SPARE, len(framework.themes))


def _set_column(sheet: Worksheet, letter: str, column: _Column) -> None:
    """Its width; what people ticked is folded away, the weights are hidden."""
    dimension = sheet.column_dimensions[letter]
    dimension.width = column.width
    if column.kind == "closed":
        dimension.outlineLevel, dimension.hidden = 1, True
    dimension.hidden = dimension.hidden or column.kind == "weight"


def _list_cells(
    row: SheetRow, columns: Sequence[_Column], names: dict[str, str], *, blind: bool
) -> Iterator[tuple[str, ...]]:
    """The lines of each cell of a row; what is to be filled in is empty."""
    told = {
        "id": row.id,
        "project": row.project,
        "round": row.wave,
        "role": start_sentence(name_role(row.role)),
        "question": row.question,
    }
    closed = iter(row.closed)
    for column in columns:
        if column.heading == _WORDS:
            # As the person set it out: a list stays a list.
            yield tuple(row.words.splitlines()) or ("",)
        elif column.kind == "told":
            yield (told[column.heading],)
        elif column.kind == "closed":
            yield (next(closed),)
        elif column.kind == "suggested" and not blind:
            yield tuple(_say_suggestion(each, names) for each in row.suggestions) or ("No theme found.",)
        else:
            yield ()


def _say_suggestion(each: Suggestion, names: dict[str, str]) -> str:
    words = each.words if len(each.words) <= _LONGEST_EVIDENCE else f"{each.words[:_LONGEST_EVIDENCE].rstrip()} ..."
    doubt = " (not sure)" if each.unsure else ""
    return f"{names.get(each.theme, each.theme)}: {each.stance}, {each.level}{doubt}. \u201c{words}\u201d"


def _write_cell(sheet: Worksheet, line: int, at: int, column: _Column, lines: Sequence[str]) -> None:
    cell = write_lines(sheet.cell(line, at), lines)
    if not lines:
        cell.value = None
    cell.font, cell.border = _ASIDE if column.heading == "id" or column.kind == "suggested" else PLAIN, _BOX
    if column.kind == "filled":
        cell.fill = _FILL_IN


def _add_lists(sheet: Worksheet, columns: Sequence[_Column], last: int, themes: int) -> None:
    """Lists to choose from, with what is allowed where something else is typed."""
    lists = {
        "theme": (
            f"{CODEBOOK}!$A$2:$A${themes + 1}",
            "Choose a theme from the list. The sheet Codebook explains them.",
        ),
        "stance": (_quote(STANCE_WORDS), "Choose positive, negative, mixed or neutral."),
        "level": (_quote(LEVEL_WORDS), "Choose project, individual, system or unclear."),
        "looked at": ('"yes"', "Write yes when you have looked at this answer, or leave it empty."),
    }
    for name, (formula, allowed) in lists.items():
        rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Not in the list", allowed
        for at, column in enumerate(columns, start=1):
            if column.kind == "filled" and column.heading.rstrip(" 123456789") == name:
                letter = get_column_letter(at)
                rule.add(f"{letter}{_FIRST}:{letter}{last}")
        sheet.add_data_validation(rule)


def _quote(words: Sequence[tuple[str, str]]) -> str:
    return '"' + ",".join(word for word, _ in words) + '"'


def _write_codebook(sheet: Worksheet, framework: Framework) -> None:
    """One row a theme, then the rules that concern every theme."""
    for at, (heading, width) in enumerate(_CODEBOOK, start=1):
        cell = write_words(sheet.cell(1, at), heading)
        cell.font, cell.fill = HEAD, HEAD_FILL
        sheet.column_dimensions[get_column_letter(at)].width = width
    general = [each for each in framework.borders if not each.themes]
    rows = [tuple(_describe(each, framework)) for each in framework.themes]
    for line, row in enumerate(rows, start=2):
        _write_lines(sheet, line, row)
    start = len(rows) + 3
    if general:
        sheet.cell(start, 1, "Rules for all themes").font = _NAME
    for line, each in enumerate(general, start=start + 1):
        _write_lines(sheet, line, ((each.name,), each.rules), widths=(_WIDTHS[0], _RULES_WIDTH))
        sheet.merge_cells(start_row=line, start_column=2, end_row=line, end_column=6)
    sheet.freeze_panes = "B2"


def _describe(theme: Theme, framework: Framework) -> Iterator[tuple[str, ...]]:
    names = {each.id: each.name for each in framework.themes}
    yield (theme.name,)
    yield (theme.definition,)
    yield (theme.positive,)
    yield (theme.negative,)
    yield theme.include
    yield tuple(name_themes(each, names) for each in theme.exclude)
    yield tuple(f"{each.stance}: {each.text}" for each in theme.examples)
    yield tuple(rule for border in framework.borders_of(theme.id) for rule in _say_border(border, names))


def _say_border(border: Edge, names: dict[str, str]) -> Iterator[str]:
    yield f"{border.name}:"
    yield from (name_themes(rule, names) for rule in border.rules)


def _write_lines(
    sheet: Worksheet,
    line: int,
    row: Sequence[Sequence[str]],
    widths: Sequence[int] = _WIDTHS,
) -> None:
    """A row of cells, each of several lines, as high as the longest."""
    tallest = 1
    for at, (lines, width) in enumerate(zip(row, widths, strict=True), start=1):
        cell = write_lines(sheet.cell(line, at), lines)
        cell.font, cell.border = (PLAIN if at > 1 else _NAME), _BOX
        tallest = max(tallest, sum(count_lines(each, width) for each in lines))
    sheet.row_dimensions[line].height = min(tallest * LINE + 4, _TALLEST)
