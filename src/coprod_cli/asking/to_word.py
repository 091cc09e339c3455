"""What was ordered goes in; booklets to print and hand out, one for each audience, come out as Word documents.

Made for people who read little on paper, or have it read out by a machine: Arial of 12 points or more, real headings,
header rows marked and repeated, nothing that belongs together cut in two by the end of a page, nothing told by colour.
"""

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from coprod_cli.asking import wording
from coprod_cli.asking.booklets import make_booklets, name_booklet
from coprod_cli.asking.questions import Asked, AskedKind, Order, Part, Questionnaire
from coprod_cli.binding import add_element, add_field, bind, open_blank, set_fonts, set_language
from coprod_cli.model.framework import Framework

BOX = "\u2610"
_FONT, _BOX_FONT = "Arial", "Segoe UI Symbol"
_TEXT_SIZE, _BOX_SIZE = Pt(12), Pt(14)
_HEADING_SIZES: dict[str, Any] = {"Title": Pt(24), "Heading 1": Pt(16), "Heading 2": Pt(13)}
_LANGUAGE = "en-GB"
_MARGIN_CM, _EDGE_CM = 1.5, 0.7
_TEXT_WIDTH_CM = 21 - 2 * _MARGIN_CM
_CM_A_LETTER, _CM_ROUND_A_WORD, _LEAST_CM = 0.24, 0.4, 1.6
_ROW_HEIGHT, _LINE_HEIGHT, _WORDS_HEIGHT = Cm(1.1), Cm(1.2), Cm(4.2)
_INDENT = Cm(0.9)
_GREY = "E7E6E6"


def write_word(framework: Framework, order: Order) -> dict[str, bytes]:
    """One document for each audience."""
    return {name_booklet(each, "docx"): _write(each) for each in make_booklets(framework, order, paper=True)}


def _write(asked: Questionnaire) -> bytes:
    document = open_blank(asked.title, _LANGUAGE, margin_cm=_MARGIN_CM, edge_cm=_EDGE_CM)
    _add_page_numbers(document)
    _set_styles(document)
    number = document.add_paragraph(f"{wording.FORM_NUMBER_HELP}: ____________")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(asked.title, style="Title")
    for heading, text in asked.opening:
        document.add_paragraph(heading, style="Heading 2")
        document.add_paragraph(text)
    for part in asked.parts:
        _write_part(document, part)
    for place, text in enumerate(asked.closing):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.space_before = Pt(0 if place else 18)
    return bind(document)


def _add_page_numbers(document: Any) -> None:  # noqa: ANN401  # python-docx ships no types
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("Page ")
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")


def _set_styles(document: Any) -> None:  # noqa: ANN401  # as above
    styles = document.styles
    for name in ("Normal", *_HEADING_SIZES):
        font = styles[name].font
        font.name, font.size = _FONT, _HEADING_SIZES.get(name, _TEXT_SIZE)
        set_fonts(styles[name], _FONT)
        properties = styles[name].element.get_or_add_rPr()
        for language in properties.findall(qn("w:lang")):
            properties.remove(language)
        add_element(properties, "w:lang", {"w:val": _LANGUAGE})
        if name in _HEADING_SIZES:
            font.bold, font.color.rgb = True, RGBColor(0, 0, 0)
            styles[name].paragraph_format.keep_with_next = True
    set_language(document, _LANGUAGE)
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].paragraph_format.space_before = Pt(14)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    styles["Heading 2"].paragraph_format.space_before = Pt(10)
    styles["Heading 2"].paragraph_format.space_after = Pt(2)


def _write_part(document: Any, part: Part) -> None:  # noqa: ANN401  # as above
    document.add_paragraph(part.title, style="Heading 1")
    if part.help:
        document.add_paragraph(part.help).paragraph_format.keep_with_next = True
    if part.is_rated:
        _write_grid(document, part)
        return
    for question in part.questions:
        _write_question(document, question)


def _write_grid(document: Any, part: Part) -> None:  # noqa: ANN401  # as above
    """One row for each question, one box under each answer; the header row comes again on every page."""
    labels = [choice.text for choice in part.questions[0].choices]
    widths = [max(_LEAST_CM, _CM_A_LETTER * max(map(len, label.split())) + _CM_ROUND_A_WORD) for label in labels]
    widths = [_TEXT_WIDTH_CM - sum(widths), *widths]
    table = _add_table(document, len(part.questions) + 1, widths)
    _mark_header(table.rows[0])
    _fill(table.cell(0, 0), "Question", bold=True)
    for place, label in enumerate(labels, start=1):
        _fill(table.cell(0, place), label, bold=True, centre=True)
    for index, question in enumerate(part.questions, start=1):
        table.rows[index].height = _ROW_HEIGHT
        _fill(table.cell(index, 0), f"{question.number}. {question.text}")
        for place in range(1, len(labels) + 1):
            _fill_box(table.cell(index, place))
    # A grid goes to the next page whole rather than leave one row behind.
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _write_question(document: Any, question: Asked) -> None:  # noqa: ANN401  # as above
    paragraph = document.add_paragraph(f"{question.number}. {question.text}", style="Heading 2")
    paragraph.paragraph_format.keep_with_next = True
    if question.help:
        document.add_paragraph(question.help).paragraph_format.keep_with_next = True
    match question.kind:
        case AskedKind.CHOICE | AskedKind.YES_NO:
            _write_choices(document, question)
        case AskedKind.MARK:
            _write_marks(document, question)
        case AskedKind.LINE:
            _add_table(document, 1, [_TEXT_WIDTH_CM]).rows[0].height = _LINE_HEIGHT
        case _:
            _add_table(document, 1, [_TEXT_WIDTH_CM]).rows[0].height = _WORDS_HEIGHT


def _write_choices(document: Any, question: Asked) -> None:  # noqa: ANN401  # as above
    for choice in question.choices:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = _INDENT
        paragraph.paragraph_format.first_line_indent = -_INDENT
        paragraph.paragraph_format.tab_stops.add_tab_stop(_INDENT)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = choice is not question.choices[-1]
        _add_box(paragraph)
        paragraph.add_run(f"\t{choice.text}")


def _write_marks(document: Any, question: Asked) -> None:  # noqa: ANN401  # as above
    width = _TEXT_WIDTH_CM / len(question.choices)
    table = _add_table(document, 2, [width] * len(question.choices))
    _mark_header(table.rows[0])
    for place, choice in enumerate(question.choices):
        _fill(table.cell(0, place), choice.text, bold=True, centre=True)
        _fill_box(table.cell(1, place))


def _add_table(document: Any, rows: int, widths: list[float]) -> Any:  # noqa: ANN401  # as above
    table = document.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row in table.rows:
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        add_element(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001  # python-docx has no other way
    return table


def _mark_header(row: Any) -> None:  # noqa: ANN401  # as above
    add_element(row._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001  # as above
    for cell in row.cells:
        add_element(cell._tc.get_or_add_tcPr(), "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _GREY})  # noqa: SLF001  # as above


def _fill(cell: Any, text: str, *, bold: bool = False, centre: bool = False) -> None:  # noqa: ANN401  # as above
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    paragraph.add_run(text).bold = bold
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill_box(cell: Any) -> None:  # noqa: ANN401  # as above
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    _add_box(paragraph)


def _add_box(paragraph: Any) -> None:  # noqa: ANN401  # as above
    run = paragraph.add_run(BOX)
    run.font.size = _BOX_SIZE
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001  # as above
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _BOX_FONT)
