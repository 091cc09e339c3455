"""What somebody who opens the PDF, or hears it read aloud, finds there."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from coprod_cli.model.errors import CannotWriteError
from coprod_cli.model.findings import Findings
from coprod_cli.reporting import Material
from coprod_cli.reporting.document import Document, Figure, Paragraph, Section
from coprod_cli.reporting.templates import TEMPLATES
from coprod_cli.reporting.to_pdf import write_pdf


@pytest.fixture(scope="module")
def printed(every_block: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "blocks.pdf"
    path.write_bytes(write_pdf(every_block))
    return path


@pytest.fixture(scope="module")
def reader(printed: Path) -> PdfReader:
    return PdfReader(printed, strict=True)


def read_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def walk(node: Any) -> Iterator[Any]:  # noqa: ANN401 - pypdf's tree holds anything
    """Every element of the tree of tags, in reading order."""
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for each in node:
            yield from walk(each)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from walk(node["/K"])


@pytest.fixture(scope="module")
def tags(reader: PdfReader) -> list[Any]:
    root: Any = reader.root_object
    return list(walk(root["/StructTreeRoot"]["/K"]))


def test_every_block_is_printed_and_what_is_kept_off_paper_is_not(printed: Path) -> None:
    text = read_text(printed)
    for words in ("likely range 49 to 65; 40 people", "Row 23", "A formula.", "education, health and care plan"):
        assert words in text
    assert "a family at a table" in text
    assert "Not printed." not in text
    assert "Skip to the report" not in text
    assert "press" not in text, "no controls on paper"


def test_it_says_what_it_is_in_which_language_and_when_it_was_made_is_not_told(reader: PdfReader) -> None:
    root: Any = reader.root_object
    assert reader.metadata
    assert reader.metadata.title == "Every block there is"
    assert reader.metadata.creation_date is None
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_headings_are_bookmarks(reader: PdfReader) -> None:
    def name(entries: list[Any]) -> list[Any]:
        return [name(each) if isinstance(each, list) else each.title for each in entries]

    assert name(reader.outline) == ["Every block there is", ["Words", "Tables", ["Pictures"], "Easy lines"]]


def test_a_reader_hears_headings_tables_lists_and_what_pictures_show(
    tags: list[Any], pictures: tuple[Figure, ...]
) -> None:
    kinds = [str(tag["/S"]) for tag in tags]
    assert [kind for kind in kinds if kind in {"/H1", "/H2", "/H3"}] == ["/H1", "/H2", "/H2", "/H3", "/H2"]
    assert kinds.count("/Table") == 3
    assert {"/L", "/LI", "/Caption", "/TD"} <= set(kinds)
    heads = {str(tag["/ID"]) for tag in tags if tag["/S"] == "/TH"}
    cells = [[str(each) for each in tag["/A"]["/Headers"]] for tag in tags if tag["/S"] == "/TD"]
    assert all(len(set(each) & heads) == 2 for each in cells), "each cell is heard with its row's and column's name"
    shown = [str(tag["/Alt"]) for tag in tags if tag["/S"] == "/Figure" and "/Alt" in tag]
    assert [each for each in shown if each] == [pictures[0].alt, pictures[1].alt, pictures[0].alt]


def test_a_section_that_asks_for_it_begins_a_page(reader: PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    assert "Words" in pages[0]
    assert "A short table" in pages[1]
    assert "A short table" not in pages[0]
    assert pages[1].strip().startswith("Tables")
    assert f"2 of {len(pages)}" in pages[1]


def test_the_same_document_gives_the_same_bytes_in_another_run(every_block: Document, tmp_path: Path) -> None:
    short = replace(every_block, sections=every_block.sections[:1])
    script = tmp_path / "again.py"
    script.write_text(
        "import sys\nfrom coprod_cli.reporting.document import *\nfrom coprod_cli.reporting.to_pdf import write_pdf\n"
        f"sys.stdout.buffer.write(write_pdf({short!r}))\n",
        encoding="utf-8",
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}
    again = subprocess.run([sys.executable, script], capture_output=True, check=True, env=env).stdout
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(write_pdf(short)).hexdigest()


def test_nothing_is_fetched_whatever_the_words_say(caplog: pytest.LogCaptureFixture) -> None:
    words = '</p><img src="file:///etc/hostname"><link rel=attachment href="http://127.0.0.1:9/x"><p>'
    document = Document("T", "S", None, (Section("one", "One", (Paragraph(words),)),), "F")
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = write_pdf(document)
    assert b"EmbeddedFile" not in pdf
    faults = [each.message for each in caplog.records if each.name == "weasyprint"]
    assert all("@supports" in each for each in faults), "the style is all known to the printer, but for one rule"


def test_without_weasyprint_it_says_what_to_install(every_block: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CannotWriteError, match="weasyprint") as caught:
        write_pdf(every_block)
    assert "pip install 'coprod-cli[pdf]'" in caught.value.hint


def test_without_pango_it_says_what_to_install(
    every_block: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(CannotWriteError, match="Pango") as caught:
        write_pdf(every_block)
    assert "apt install libpango-1.0-0" in caught.value.hint


def test_easy_read_is_printed_in_14_points_or_more(every_block: Document) -> None:
    document = replace(every_block, look="easy-read")
    sizes: set[float] = set()

    def see(text: str, space: list[float], _where: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * space[0], 1))

    for page in PdfReader(io.BytesIO(write_pdf(document))).pages:
        page.extract_text(visitor_text=see)
    assert min(sizes) >= 14


def test_a_summary_fits_one_side_of_paper(usual: Findings) -> None:
    summary = replace(TEMPLATES["summary"].tell(Material(usual)), look="page")
    assert len(PdfReader(io.BytesIO(write_pdf(summary))).pages) == 1
