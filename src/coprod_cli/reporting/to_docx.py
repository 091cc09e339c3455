"""A Document goes in; a Word file with real headings, tables and styles, to edit, print and read aloud, comes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from coprod_cli.binding import (
    Element,
    add_field,
    bind,
    clean_words,
    dress,
    make_element,
    make_picture,
    measure_picture,
    open_blank,
)
from coprod_cli.reporting.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
    Document,
    Figure,
    Figures,
    Folded,
    Headline,
    Paragraph,
    PictureLine,
    QuoteBlock,
    Room,
    Section,
    Table,
)
from coprod_cli.reporting.docx_look import LOOKS, Look, write_styles
from coprod_cli.reporting.docx_tables import Cut, lay_cell, lay_row, lay_rows, lay_table, say, write_line

_DEEPEST, _FEWEST_CONTENTS = 4, 2
_PLACE_CM, _EDGE_CM, _GAP_CM = 5.2, 0.9, 0.3
# Two pictures stand side by side where one alone would take no more than this share of a line.
_HALF_FITS = 0.75
# Two of one kind, one below the other, would run together into one box.
_BOXES = {Callout.kind, Headline.kind, QuoteBlock.kind}
# What stays on one page with the words just above that introduce it.
_INTRODUCED = {
    Paragraph.kind: {Bullets.kind, Headline.kind, Definitions.kind, Room.kind},
    Callout.kind: {Room.kind},
}


class Heading(NamedTuple):
    """A heading as the list of contents shows it; `mark` is what its link leads to."""

    level: int
    words: str
    mark: str


@dataclass(frozen=True)
class Sheets:
    """A file while it is being written: its look, the blank that pictures are kept in, and the headings so far."""

    look: Look
    blank: Any
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Figure] = field(default_factory=list)


def write_docx(document: Document) -> bytes:
    """The bytes of the Word file, the same for the same document. Nobody's words become a field, a link or markup."""
    look = LOOKS[document.look]
    blank = open_blank(document.title, document.language, margin_cm=look.margin_cm, edge_cm=_EDGE_CM)
    dress(blank, write_styles(look, document.language))
    sheets = Sheets(look, blank)
    told = _write_blocks(document.sections, sheets, 1)
    top = _write_callout(document.banner, sheets, 1) if document.banner else []
    top += [write_line("Title", say(document.title)), write_line("Subtitle", say(document.subtitle))]
    end = [write_line("Ending", say(document.footer))]
    body = blank.element.body
    paper = body.sectPr
    for each in (*top, *_write_contents(sheets), *told, *end):
        paper.addprevious(each)
    _write_edges(document, blank)
    return bind(blank)


def _write_edges(document: Document, blank: Any) -> None:  # noqa: ANN401  # a whole document of python-docx
    """The document's title and page numbers below every page; above it who may see it, where not everybody may."""
    section = blank.sections[0]
    if document.banner:
        section.header.paragraphs[0].add_run(clean_words(document.banner.title))
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{clean_words(document.title)}\tPage ")
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")


def _write_contents(sheets: Sheets) -> list[Element]:
    """Links to the headings. Word fills in page numbers when it is told to update the list; until then it has none."""
    shown = [each for each in sheets.headings if each.level <= sheets.look.contents]
    if len(shown) < _FEWEST_CONTENTS:
        return []
    lines = [
        write_line(f"TOC{level}", make_element("w:hyperlink", {"w:anchor": mark, "w:history": "1"}, say(words)))
        for level, words, mark in shown
    ]
    order = make_element("w:instrText", {"xml:space": "preserve"})
    order.text = f' TOC \\o "1-{sheets.look.contents}" \\h \\z '
    begin, apart, end = (make_element("w:fldChar", {"w:fldCharType": each}) for each in ("begin", "separate", "end"))
    for place, each in enumerate((begin, order, apart), start=1):
        lines[0].insert(place, make_element("w:r", None, each))
    lines[-1].append(make_element("w:r", None, end))
    gallery = make_element("w:docPartGallery", {"w:val": "Table of Contents"})
    known_as = make_element("w:docPartObj", None, gallery, make_element("w:docPartUnique"))
    inside = make_element("w:sdtContent", None, write_line("TOCHeading", say("Contents")), *lines)
    return [make_element("w:sdt", None, make_element("w:sdtPr", None, known_as), inside)]


def _write_blocks(blocks: Sequence[Block], sheets: Sheets, level: int) -> list[Element]:
    """All blocks of one level, one after the other; level is that of a heading among them."""
    runs = [(kind, list(run)) for kind, run in groupby(blocks, key=lambda block: block.kind)]
    told: list[Element] = []
    for turn, (kind, run) in enumerate(runs, start=1):
        if kind == PictureLine.kind:
            told += _write_picture_lines(run, sheets)
        for place, block in enumerate(run if kind in WRITERS else ()):
            if place and kind in _BOXES:
                told.append(write_line("Gap"))
            told += WRITERS[kind](block, sheets, level)
        if turn < len(runs) and runs[turn][0] in _INTRODUCED.get(kind, ()):
            told[-1].get_or_add_pPr().get_or_add_keepNext()
    return told


def _write_heading(words: str, sheets: Sheets, level: int, *, new_page: bool = False) -> Element:
    """A heading that the list of contents can lead to."""
    depth, number = min(level, _DEEPEST), len(sheets.headings) + 1
    mark = f"_Toc{number:08d}"
    sheets.headings.append(Heading(depth, words, mark))
    line = write_line(f"Heading{depth}", pageBreakBefore=new_page)
    line.append(make_element("w:bookmarkStart", {"w:id": str(number), "w:name": mark}))
    line.append(say(words))
    line.append(make_element("w:bookmarkEnd", {"w:id": str(number)}))
    return line


def _write_section(block: Section, sheets: Sheets, level: int) -> list[Element]:
    heading = _write_heading(block.title, sheets, level, new_page=block.new_page)
    return [heading, *_write_blocks(block.blocks, sheets, level + 1)]


def _write_folded(block: Folded, sheets: Sheets, level: int) -> list[Element]:
    if not block.on_paper:
        return []
    return [_write_heading(block.title, sheets, level), *_write_blocks(block.blocks, sheets, level + 1)]


def _write_paragraph(block: Paragraph, _sheets: Sheets, _level: int) -> list[Element]:
    return [write_line("", *_begin(block.strong), say(block.text))]


def _write_bullets(block: Bullets, _sheets: Sheets, _level: int) -> list[Element]:
    return [write_line("ListBullet", say(item)) for item in block.items]


def _write_headline(block: Headline, _sheets: Sheets, _level: int) -> list[Element]:
    return [
        write_line(
            "Headline",
            say(block.label, "Strong"),
            _break_line(),
            say(block.figure, "HeadlineFigure"),
            _space(),
            say(block.unit),
            _break_line(),
            say(block.detail),
        )
    ]


def _write_table(block: Table, sheets: Sheets, _level: int) -> list[Element]:
    look = sheets.look
    cut = Cut("Table", look.table, look.width_cm)
    after = write_line("TableNote", say(block.note)) if block.note else write_line("Gap")
    return [
        write_line("Caption", say(block.caption, "Strong")),
        lay_rows(block.caption, block.header, block.rows, cut, block.numeric),
        after,
    ]


def _write_figure(block: Figure, sheets: Sheets, level: int) -> list[Element]:
    return _write_figures(Figures((block,)), sheets, level)


def _write_figures(block: Figures, sheets: Sheets, _level: int) -> list[Element]:
    """Pictures, two in a line where both fit; then of each what it shows, in words and as a table."""
    told: list[Element] = []
    step = 2 if len(block.figures) > 1 and sheets.look.picture_cm[0] <= sheets.look.width_cm * _HALF_FITS else 1
    room = (sheets.look.width_cm - _GAP_CM) / 2 if step > 1 else sheets.look.picture_cm[0]
    for first in range(0, len(block.figures), step):
        pair = block.figures[first : first + step]
        pictures = [run for figure in pair for run in (_space(), _place_picture(figure, sheets, room))]
        told.append(write_line("Picture", *pictures[1:]))
        for figure in pair:
            told += _write_figures_of(figure, sheets)
    return told


def _write_figures_of(figure: Figure, sheets: Sheets) -> list[Element]:
    cut = Cut("Figures", sheets.look.small, sheets.look.width_cm, whole=False)
    title = f"{figure.title.rstrip('.')}."
    return [
        write_line("Caption", say(title, "Strong"), _space(), say(figure.subtitle)),
        lay_rows(title, figure.header, figure.rows, cut),
        write_line("Gap"),
    ]


def _place_picture(figure: Figure, sheets: Sheets, widest: float) -> Element:
    sheets.pictures.append(figure)
    width, height = measure_picture(figure.png)
    scale = min(1.0, widest / width, sheets.look.picture_cm[1] / height)
    return make_picture(sheets.blank, len(sheets.pictures), figure.png, (figure.title, figure.alt), width * scale)


def _write_quote(block: QuoteBlock, _sheets: Sheets, _level: int) -> list[Element]:
    return [
        write_line("Quote", say(f"\u201c{clean_words(block.words)}\u201d")),
        write_line("QuoteSource", say(f"{block.who}; {block.id}")),
    ]


def _write_callout(block: Callout, _sheets: Sheets, _level: int) -> list[Element]:
    style = "CalloutWarning" if block.tone == "warning" else "CalloutNote"
    return [write_line(style, *_begin(f"{block.title}."), say(block.text))]


def _write_room(block: Room, sheets: Sheets, _level: int) -> list[Element]:
    width = sheets.look.width_cm
    cell = lay_cell((write_line("Room", say(block.text)), write_line("")), width)
    row = lay_row([cell], tall_cm=sheets.look.room_cm)
    return [lay_table("RoomTable", (block.text, "An empty box to write in."), [width], [row]), write_line("Gap")]


def _write_definitions(block: Definitions, _sheets: Sheets, _level: int) -> list[Element]:
    return [
        line
        for word, meaning in block.items
        for line in (write_line("Term", say(word)), write_line("Meaning", say(meaning)))
    ]


def _write_picture_lines(lines: Sequence[Any], sheets: Sheets) -> list[Element]:
    """One table for lines that follow one another: a place for a picture on the left, what it is about on the right."""
    left, right = _PLACE_CM, sheets.look.width_cm - _PLACE_CM
    rows = []
    for each in lines:
        place = write_line("PicturePlace", say(f"Picture: {each.picture}"))
        words = [write_line("PictureWords", say(sentence)) for sentence in each.sentences] or [write_line("")]
        rows.append(lay_row((lay_cell([place], left), lay_cell(words, right, centred=True))))
    told = ("Pictures and words", "A place for a picture on the left, the words that it goes with on the right.")
    return [lay_table("PictureTable", told, [left, right], rows), write_line("Gap")]


def _begin(strong: str) -> list[Element]:
    """The bold words that a paragraph begins with, and the space after them."""
    return [say(strong, "Strong"), _space()] if strong else []


def _space() -> Element:
    text = make_element("w:t", {"xml:space": "preserve"})
    text.text = " "
    return make_element("w:r", None, text)


def _break_line() -> Element:
    return make_element("w:r", None, make_element("w:br"))


WRITERS: dict[str, Callable[[Any, Sheets, int], list[Element]]] = {
    Section.kind: _write_section,
    Paragraph.kind: _write_paragraph,
    Bullets.kind: _write_bullets,
    Headline.kind: _write_headline,
    Table.kind: _write_table,
    Figure.kind: _write_figure,
    Figures.kind: _write_figures,
    QuoteBlock.kind: _write_quote,
    Callout.kind: _write_callout,
    Room.kind: _write_room,
    Folded.kind: _write_folded,
    Definitions.kind: _write_definitions,
}
