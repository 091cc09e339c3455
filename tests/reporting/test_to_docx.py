"""The report in Word: what somebody finds who edits it, hears it read aloud, or looks for who made it and when."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import Material
from coprod_cli.reporting.document import (
    Bullets,
    Callout,
    Document,
    Figure,
    Folded,
    Headline,
    Paragraph,
    QuoteBlock,
    Section,
    Table,
)
from coprod_cli.reporting.templates import write_report
from coprod_cli.reporting.to_docx import write_docx

LOOKS = ("report", "page", "easy-read")
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org")',
    "{ HYPERLINK http://example.org } PAGE \\* MERGEFORMAT",
    "a | b *c* _d_ `e` # [f](http://example.org)",
    "\u202eturned round",
    "\u05e9\u05dc\u05d5\u05dd",
    "</w:t></w:r></w:p> & ]]> &amp;",
    "nul\x00 bell\x07 half\ud800",
)


def open_word(document: Document) -> WordFile:
    return docx.Document(io.BytesIO(write_docx(document)))


def find(file: WordFile, *tags: str) -> list[Any]:
    return list(file.element.body.iter(*map(qn, tags)))


def read(element: Any) -> str:  # noqa: ANN401  # lxml ships no types
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def name_style(paragraph: Any) -> str:  # noqa: ANN401  # as above
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "Normal" if style is None else str(style.get(qn("w:val")))


def list_headings(file: WordFile) -> list[tuple[int, str]]:
    named = [(name_style(each), read(each)) for each in find(file, "w:p")]
    return [(int(style[-1]), words) for style, words in named if style.startswith("Heading")]


def list_words(block: Any) -> Iterator[str]:  # noqa: ANN401  # any block, or what one is made of
    """Every piece of words that must be found on paper."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, tuple):
        for each in block:
            yield from list_words(each)
    elif is_dataclass(block) and getattr(block, "on_paper", True):
        beside = {"id", "tone", "look", "language", "name"} - ({"id"} if isinstance(block, QuoteBlock) else set())
        for each in fields(block):
            if each.name not in beside:
                yield from list_words(getattr(block, each.name))


def wrap(*blocks: Any) -> Document:  # noqa: ANN401  # any block
    return Document("Title", "Subtitle", None, (Section("one", "One", blocks),), "Footer")


def list_shape(file: WordFile) -> list[str]:
    """The file without its words: every tag, and every attribute that words could change."""
    return [
        f"{each.tag} {each.get(qn('w:val'))}" for each in file.element.body.iter() if each.tag != qn("w:tblCaption")
    ]


@pytest.fixture(scope="module")
def blocks(every_block: Document) -> WordFile:
    return open_word(every_block)


@pytest.fixture(scope="module")
def forum(usual: Findings) -> WordFile:
    name, content = write_report(Material(usual, draw_charts(usual)), "forum", "docx")
    assert name == "report.docx"
    return docx.Document(io.BytesIO(content))


@pytest.fixture(params=["blocks", "forum"])
def file(request: pytest.FixtureRequest) -> WordFile:
    found: WordFile = request.getfixturevalue(request.param)
    return found


def test_the_outline_is_that_of_the_document(blocks: WordFile) -> None:
    assert list_headings(blocks) == [
        (1, "Words"),
        (1, "Tables"),
        (2, "Pictures"),
        (2, "For researchers"),
        (1, "Easy lines"),
    ]


def test_headings_skip_no_level_and_one_title_stands_above(file: WordFile) -> None:
    levels = [level for level, _ in list_headings(file)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    styles = [name_style(each) for each in find(file, "w:p")]
    assert styles.count("Title") == styles.count("Subtitle") == 1


def test_every_style_in_use_is_defined_and_may_be_changed_in_one_place(file: WordFile) -> None:
    known = {each.get(qn("w:styleId")) for each in file.styles.element.iter(qn("w:style"))}
    used = {each.get(qn("w:val")) for each in find(file, "w:pStyle", "w:rStyle", "w:tblStyle")}
    assert used <= known
    direct = {each.tag for each in find(file, "w:sz", "w:color", "w:rFonts", "w:b", "w:jc", "w:shd", "w:pBdr")}
    assert direct == set()


def test_all_that_the_document_says_is_in_the_file(every_block: Document, blocks: WordFile) -> None:
    told = "\n".join(read(each) for each in find(blocks, "w:p"))
    told += "".join(each.get("descr") for each in find(blocks, "wp:docPr"))
    for words in list_words(every_block):
        assert words.rstrip(".") in told, words
    assert "Not printed." not in told


def test_every_table_has_a_name_and_its_header_comes_again(file: WordFile) -> None:
    tables = find(file, "w:tbl")
    assert tables
    for table in tables:
        for told in ("w:tblCaption", "w:tblDescription"):
            assert table.find(f"{qn('w:tblPr')}/{qn(told)}").get(qn("w:val"))
        marked = [next(row.iter(qn("w:tblHeader")), None) is not None for row in table.iter(qn("w:tr"))]
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val"))
        assert marked[0] == (style == "ReportTable")
        assert not any(marked[1:])
        columns = [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]
        assert sum(columns) <= round(17 / 2.54 * 1440) + len(columns)


def test_rows_stay_whole_unless_no_page_could_hold_them() -> None:
    table = Table("Caption", ("Who", "What"), (("One", "short"), ("Two", "word " * 2000)))
    rows = find(open_word(wrap(table)), "w:tr")
    assert [next(row.iter(qn("w:cantSplit")), None) is not None for row in rows] == [True, True, False]


def test_a_short_table_stays_on_one_page_and_a_long_one_runs_on() -> None:
    for rows, stays in ((3, True), (40, False)):
        table = Table("Caption", ("One", "Two"), (("x", "y"),) * rows)
        lines = [row.find(f".//{qn('w:pPr')}") for row in find(open_word(wrap(table)), "w:tr")[1:]]
        assert {each.find(qn("w:keepNext")) is not None for each in lines} == {stays}


def test_numbers_stand_to_the_right_and_rows_begin_with_their_name(every_block: Document) -> None:
    table = next(block for block in every_block.sections[1].blocks if isinstance(block, Table))
    file = open_word(wrap(replace(table, header=("A", "B", "C"), rows=(("x", "1", "y"),), numeric=(1,))))
    styles = [[name_style(each) for each in row.iter(qn("w:p"))] for row in find(file, "w:tr")]
    assert styles == [["TableHead", "TableNumberHead", "TableHead"], ["TableRow", "TableNumber", "TableText"]]
    for name in ("Table Number", "Table Number Head"):
        assert file.styles[name].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_pictures_are_read_aloud(file: WordFile) -> None:
    found = find(file, "wp:docPr")
    assert len(found) >= 3
    assert all(len(each.get("descr")) > 80 and each.get("title") for each in found)
    assert len({each.get("id") for each in found}) == len(found)
    assert all(int(each.get("cx")) <= 17 * 360_000 for each in find(file, "wp:extent"))


def test_a_picture_has_its_words_above_its_figures(blocks: WordFile, pictures: tuple[Figure, ...]) -> None:
    told = [(each.get("title"), each.get("descr")) for each in find(blocks, "wp:docPr")]
    assert told == [(each.title, each.alt) for each in (*pictures, pictures[0])]
    styles = [name_style(each) for each in find(blocks, "w:p")]
    first = styles.index("Picture")
    assert styles[first : first + 3] == ["Picture", "Caption", "FiguresHead"]


def test_nothing_is_locked_boxed_in_or_looked_up_elsewhere(file: WordFile) -> None:
    assert not find(file, "w:txbxContent", "w:lock")
    assert not list(file.settings.element.iter(qn("w:documentProtection")))
    assert not [each for each in file.part.rels.values() if each.is_external]


def test_the_list_of_contents_leads_to_the_headings_and_can_be_brought_up_to_date(blocks: WordFile) -> None:
    links = [(each.get(qn("w:anchor")), read(each)) for each in find(blocks, "w:hyperlink")]
    marks = {each.get(qn("w:name")): read(each.getparent()) for each in find(blocks, "w:bookmarkStart")}
    assert links == [(mark, words) for mark, words in marks.items() if mark in dict(links)]
    assert [words for _, words in links] == [words for _, words in list_headings(blocks)]
    assert [each.text.strip() for each in find(blocks, "w:instrText")] == ['TOC \\o "1-2" \\h \\z']
    kinds = [each.get(qn("w:fldCharType")) for each in find(blocks, "w:fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_a_page_has_no_list_of_contents_and_easy_read_a_short_one(every_block: Document) -> None:
    assert find(open_word(replace(every_block, look="page")), "w:hyperlink") == []
    links = find(open_word(replace(every_block, look="easy-read")), "w:hyperlink")
    assert [read(each) for each in links] == ["Words", "Tables", "Easy lines"]


@pytest.mark.parametrize(("look", "text", "least"), [("report", 11, 9), ("page", 10, 9), ("easy-read", 14, 14)])
def test_words_are_as_big_as_the_look_asks(look: str, text: float, least: float, every_block: Document) -> None:
    styles = open_word(replace(every_block, look=look)).styles.element
    sizes = [int(each.get(qn("w:val"))) / 2 for each in styles.iter(qn("w:sz"))]
    assert sizes[0] == text
    assert min(sizes) >= least
    fonts = {each.get(qn("w:ascii")) for each in styles.iter(qn("w:rFonts"))}
    assert fonts == {"Arial"}


def weigh(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_words_stands_out_from_every_ground(blocks: WordFile) -> None:
    styles = blocks.styles.element
    inks = {each.get(qn("w:val")) for each in styles.iter(qn("w:color"))}
    grounds = {"FFFFFF"} | {each.get(qn("w:fill")) for each in styles.iter(qn("w:shd"))}
    assert len(inks) >= 3
    assert len(grounds) >= 4
    assert min((weigh(ground) + 0.05) / (weigh(ink) + 0.05) for ink in inks for ground in grounds) >= 6


def test_it_is_british_english_a4_and_by_nobody_at_no_time(file: WordFile, every_block: Document) -> None:
    languages = {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    page = file.sections[0]
    assert [round((each or 0) / 360_000, 1) for each in (page.page_width, page.page_height)] == [21.0, 29.7]
    assert {round((each or 0) / 360_000, 1) for each in (page.left_margin, page.right_margin)} == {2.0}
    properties = file.core_properties
    assert properties.title
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert properties.created == properties.modified
    content = write_docx(every_block)
    assert content == write_docx(every_block)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_who_may_see_it_stands_first_and_above_every_page(every_block: Document, blocks: WordFile) -> None:
    assert read(find(blocks, "w:p")[0]) == "Restricted. Do not publish this."
    assert blocks.sections[0].header.paragraphs[0].text == "Restricted"
    public = open_word(replace(every_block, banner=None))
    assert name_style(find(public, "w:p")[0]) == "Title"
    assert public.sections[0].header.paragraphs[0].text == ""


def test_boxes_of_one_kind_do_not_run_together(blocks: WordFile) -> None:
    note = Callout("note", "A note", "Words.")
    styles = [name_style(each) for each in find(open_word(wrap(note, note)), "w:p")]
    assert styles[styles.index("CalloutNote") :][:3] == ["CalloutNote", "Gap", "CalloutNote"]
    assert "CalloutWarning" in [name_style(each) for each in find(blocks, "w:p")]


def build_around(words: str) -> Document:
    """A document that shows the words in every place where words of an answer or a name may stand."""
    table = Table(words, ("A", words), ((words, words),), note=words)
    inner: tuple[Any, ...] = (
        Paragraph(words, strong=words),
        Bullets((words,)),
        Headline(words, words, words, words),
        QuoteBlock(words, words, words),
        Callout("note", words, words),
        table,
        Folded(words, (table,)),
    )
    sections = (Section("one", words, inner), Section("two", words, ()))
    return Document(words, words, Callout("warning", words, words), sections, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_but_themselves(words: str) -> None:
    plain, hostile = open_word(build_around("Harmless")), open_word(build_around(words))
    assert list_shape(hostile) == list_shape(plain)
    shown = re.sub("[\x00-\x1f\ud800]", "", words)
    assert sum(read(each).count(shown) for each in find(hostile, "w:p")) == sum(
        read(each).count("Harmless") for each in find(plain, "w:p")
    )
    assert hostile.core_properties.title.startswith(shown)


def test_ten_thousand_words_change_nothing_but_themselves() -> None:
    words = "word " * 9_999 + "last"
    assert list_shape(open_word(wrap(QuoteBlock(words, "Parent", "a1"), Paragraph("After.")))) == list_shape(
        open_word(wrap(QuoteBlock("One.", "Parent", "a1"), Paragraph("After.")))
    )
    file = open_word(wrap(QuoteBlock(words, "Parent", "a1")))
    assert f"\u201c{words}\u201d" in [read(each) for each in find(file, "w:p")]
