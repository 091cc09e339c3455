"""The report in Word as a real word processor draws it: LibreOffice makes its pages, whose words are read back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from coprod_cli.reporting.document import Document, Paragraph, QuoteBlock, Section, Table
from coprod_cli.reporting.to_docx import write_docx

Pages = dict[str, list[str]]
TURNED = "\u202eturned round"
WORDS = 10_000


@pytest.fixture(scope="module")
def pages(every_block: Document, print_pages: Callable[[dict[str, bytes]], Pages]) -> Pages:
    """Every file of this module, printed in one go."""
    lines = tuple(Paragraph(f"Line {at} of the page.") for at in range(36))
    long = " ".join(f"word{at}" for at in range(WORDS))
    table = Table("A table", ("Name", "Words"), tuple((f"Row {at}", "x") for at in range(80)))
    documents = {
        "report": every_block,
        "easy-read": replace(every_block, look="easy-read"),
        "page": Document("A page", "One side", None, (Section("a", "All", lines),), "The end.", look="page"),
        "long": Document(
            TURNED,
            TURNED,
            None,
            (
                Section("a", "First", (QuoteBlock(long, "Parent or carer", "a1"), table)),
                Section("b", "Second", (Table(long, ("A", "B"), (("x", long),)), Paragraph("The last words."))),
            ),
            "The end.",
        ),
    }
    files = print_pages({f"{name}.docx": write_docx(document) for name, document in documents.items()})
    return {name.removesuffix(".docx"): told for name, told in files.items()}


def test_all_blocks_print_with_a_banner_and_a_number_on_every_page(pages: Pages) -> None:
    for look in ("report", "easy-read"):
        told = pages[look]
        for number, page in enumerate(told, start=1):
            assert page.startswith("Restricted")
            assert page.endswith(f"Every block there is Page {number} of {len(told)}")
        for words in (
            "In short. It was said with --audience raw.",
            "57 out of 100",
            "“They rang us back within a week.”",
        ):
            assert words in " ".join(told)


def test_a_new_page_begins_where_it_is_asked_for(pages: Pages) -> None:
    assert any(page.startswith("Restricted Tables") for page in pages["report"])


def test_a_page_is_one_page(pages: Pages) -> None:
    assert len(pages["page"]) == 1
    assert "The end." in pages["page"][0]


def test_a_long_table_tells_its_header_on_every_page(pages: Pages) -> None:
    with_rows = [page for page in pages["long"] if "Row " in page]
    assert len(with_rows) >= 2
    assert all("Name Words" in page for page in with_rows)


def test_ten_thousand_words_are_printed_to_the_last_wherever_they_stand(pages: Pages) -> None:
    told = " ".join(pages["long"])
    assert told.count(f"word{WORDS - 1}") == 3
    assert "The last words." in told


def test_a_turned_title_does_not_turn_the_number_of_the_page(pages: Pages) -> None:
    assert all(f"Page {number} of" in page for number, page in enumerate(pages["long"], start=1))
