"""One sample in every template and format is what somebody reviewed by eye: tests/golden holds what a reader reads.

After a change that is meant, and looked at: COPROD_WRITE_GOLDEN=1 pytest tests/test_golden.py

Markdown is kept whole. Of the other formats, which hold the same words, what Markdown cannot show is kept: which words
are headings, lists, tables and pictures. They show the first rows of each table only, and nothing that hangs on fonts.
"""

import csv
import difflib
import io
import os
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from coprod_cli import __version__
from coprod_cli.analysis import analyse
from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Settings
from coprod_cli.reading import fit_details, read_details
from coprod_cli.reporting import BOOKS, FORMATS, TEMPLATES, Material
from coprod_cli.reporting.templates import write_report
from coprod_cli.telling import list_projects

# Other tests run these lines too: counting them here would only take time.
pytestmark = pytest.mark.no_cover
SAMPLES = Path(__file__).parents[1] / "data" / "samples"
GOLDEN = Path(__file__).parent / "golden"
COMMAND = "COPROD_WRITE_GOLDEN=1 pytest tests/test_golden.py"
ROWS = 2
CHANGES = 80
FEW = 8
# The cues coder reads the codebook alone: trained weights may change without these files.
SETTINGS = Settings(engine="cues")


def show_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows[: ROWS + 1]:
        yield "    " + " | ".join(row)
    if len(rows) > ROWS + 1:
        yield f"    ({len(rows) - ROWS - 1} more rows)"


class Page(HTMLParser):
    """A page as lines: what each piece of text is, and its words."""

    silent = frozenset({"style", "script", "title"})
    flowing = frozenset({"a", "strong", "em", "span", "code", "abbr", "br", "button", "cite"})
    empty = frozenset({"meta", "br", "img", "input", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self._rows: list[list[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.lines.append(f"picture: {dict(attrs)['alt']}")
        if tag not in self.flowing:
            self._flush()
        if tag not in self.empty:
            self._open.append(tag)
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self._rows[-1].append(self._take())
        elif tag not in self.flowing:
            self._flush()
        if tag == "table":
            self.lines.extend(show_table(self._rows))
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.silent & set(self._open):
            self._words.append(data)

    def _take(self) -> str:
        words = " ".join("".join(self._words).split())
        self._words.clear()
        return words

    def _flush(self) -> None:
        words = self._take()
        if words:
            kind = next(tag for tag in reversed(self._open) if tag not in self.flowing)
            self.lines.append(f"{kind}: {words}")


def read_html(content: bytes) -> Iterator[str]:
    yield from Page(content.decode("utf-8")).lines


def read_markdown(content: bytes) -> Iterator[str]:
    yield from content.decode("utf-8").splitlines()


def read_words(element: Any) -> str:  # noqa: ANN401 - lxml ships no types
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def name_table(element: Any) -> str:  # noqa: ANN401 - as above
    caption = element.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
    return "" if caption is None else str(caption.get(qn("w:val")))


def walk_word(parent: Any, inside: str = "") -> Iterator[str]:  # noqa: ANN401 - as above
    for each in parent:
        if each.tag == qn("w:p"):
            style = each.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            words = read_words(each)
            if words:
                yield f"{inside}{'Normal' if style is None else style.get(qn('w:val'))}: {words}"
            yield from (f"{inside}picture: {shown.get('descr')}" for shown in each.iter(qn("wp:docPr")))
        elif each.tag == qn("w:tbl") and each.find(f".//{qn('w:tblHeader')}") is not None:
            yield f"{inside}table: {name_table(each)}"
            rows = [[read_words(cell) for cell in row.iter(qn("w:tc"))] for row in each.iter(qn("w:tr"))]
            yield from (inside + line for line in show_table(rows))
        elif each.tag == qn("w:tbl"):
            for cell in each.iter(qn("w:tc")):
                yield from walk_word(cell, f"{inside}in a box: ")
        elif each.tag in {qn("w:sdt"), qn("w:sdtContent")}:
            yield from walk_word(each, inside)


def read_word(content: bytes) -> Iterator[str]:
    yield from walk_word(docx.Document(io.BytesIO(content)).element.body)


def walk_tags(node: Any) -> Iterator[Any]:  # noqa: ANN401 - pypdf's tree holds anything
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from walk_tags(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from walk_tags(node["/K"])


def walk_bookmarks(entries: Sequence[Any], depth: int = 0) -> Iterator[str]:
    for each in entries:
        if isinstance(each, list):
            yield from walk_bookmarks(each, depth + 1)
        else:
            yield "  " * depth + str(each.title)


def read_pdf(content: bytes) -> Iterator[str]:
    """Its outline, and what is said of its pictures: not its words, which fonts and printers cut as they like."""
    reader = PdfReader(io.BytesIO(content), strict=True)
    assert reader.metadata
    root: Any = reader.root_object
    yield f"title: {reader.metadata.title}"
    yield f"language: {root['/Lang']}"
    yield "bookmarks:"
    yield from walk_bookmarks(reader.outline, 1)
    yield "pictures, read aloud:"
    for tag in walk_tags(root["/StructTreeRoot"]["/K"]):
        if tag["/S"] == "/Figure" and tag.get("/Alt"):
            yield f"  {tag['/Alt']}"


def show_cell(cell: Any) -> str:  # noqa: ANN401 - openpyxl ships no types
    if cell.value is None:
        return ""
    if cell.data_type == "n":
        return f"{cell.value:.4g} as {cell.number_format}"
    return f"{cell.value.date()} as a day" if cell.is_date else str(cell.value)


def read_book(content: bytes) -> Iterator[str]:
    """Sheets by name; the first, which explains the others, whole."""
    first, *others = load_workbook(io.BytesIO(content)).worksheets
    yield f"sheet: {first.title}"
    yield from ("    " + " | ".join(show_cell(cell) for cell in row).rstrip(" |") for row in first.iter_rows())
    for sheet in others:
        yield f"sheet: {sheet.title}"
        yield from show_table([[show_cell(cell) for cell in row] for row in sheet.iter_rows()])


READERS = {"html": read_html, "md": read_markdown, "pdf": read_pdf, "docx": read_word, "xlsx": read_book}


def make_material(survey: Path) -> Material:
    findings = analyse([survey], SETTINGS, governance_path=SAMPLES / "governance.toml")
    details = fit_details(read_details(SAMPLES / "details.toml"), list_projects(findings))
    return Material(findings, draw_charts(findings), details)


@pytest.fixture(scope="module")
def material() -> Material:
    return make_material(SAMPLES / "forum_survey.csv")


def read_lines(kind: str, content: bytes) -> list[str]:
    """What a reader reads, without what changes with every version."""
    told = "\n".join(READERS[kind](content)).replace(f"coprod {__version__}", "coprod VERSION")
    told = re.sub(r"\b[0-9a-f]{64}\b", "SHA-256", told).replace(f"| {__version__} |", "| VERSION |")
    return told.splitlines()


def hold_golden(name: str, lines: Sequence[str]) -> None:
    path = GOLDEN / name
    if os.environ.get("COPROD_WRITE_GOLDEN"):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if kept == list(lines):
        return
    changes = list(islice(difflib.unified_diff(kept, lines, f"golden/{name}", "now", lineterm="", n=1), CHANGES))
    more = ["..."] if len(changes) == CHANGES else []
    meant = f"If this is meant: {COMMAND}, then read what changed with git diff tests/golden."
    pytest.fail("\n".join([f"{name} is not what was reviewed.", *changes, *more, meant]), pytrace=False)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_report_is_what_was_reviewed(template: str, kind: str, material: Material) -> None:
    content = write_report(material, template, kind)[1]
    hold_golden(f"{template}.md" if kind == "md" else f"{template}.{kind}.txt", read_lines(kind, content))


@pytest.mark.parametrize("kind", BOOKS)
def test_a_workbook_is_what_was_reviewed(kind: str, material: Material) -> None:
    hold_golden(f"tables.{kind}.txt", read_lines(kind, BOOKS[kind].write(material)))


def test_the_report_of_too_few_answers_is_what_was_reviewed(tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    with (
        (SAMPLES / "forum_survey.csv").open(encoding="utf-8", newline="") as survey,
        few.open("w", encoding="utf-8", newline="") as shorter,
    ):
        csv.writer(shorter).writerows(islice(csv.reader(survey), 1 + FEW))
    hold_golden("too-few.md", read_lines("md", write_report(make_material(few), "forum", "md")[1]))


def test_no_golden_file_is_left_over() -> None:
    names = {
        f"{template}.md" if kind == "md" else f"{template}.{kind}.txt" for template in TEMPLATES for kind in FORMATS
    }
    kept = {path.name for path in GOLDEN.iterdir()}
    assert kept == names | {f"tables.{kind}.txt" for kind in BOOKS} | {"too-few.md"}
