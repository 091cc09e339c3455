"""The printed form: who gets which, what a tired person and a screen reader find in it, and that it never changes."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework

PARENTS, PROFESSIONALS = "questionnaire_for_parents.docx", "questionnaire_for_professionals.docx"
BOX = "\u2610"


def write(framework: Framework, order: Order) -> dict[str, Any]:
    files = write_questionnaire(framework, order, ["word"])
    return {name: docx.Document(io.BytesIO(each)) for name, each in files.items() if name.endswith(".docx")}


@pytest.fixture(scope="module")
def booklets(framework: Framework) -> dict[str, Any]:
    return write(framework, Order(projects=("Short breaks review", "EHCP annual reviews")))


def list_grids(document: Any) -> Iterator[Any]:  # noqa: ANN401  # python-docx ships no types
    return (table for table in document.tables if table.cell(0, 0).text == "Question")


def test_each_audience_gets_its_booklet_in_its_wording(booklets: dict[str, Any], framework: Framework) -> None:
    assert set(booklets) == {PARENTS, PROFESSIONALS}
    for name, wordings in (
        (PARENTS, [item.parent for item in framework.items]),
        (PROFESSIONALS, [item.practitioner for item in framework.items]),
    ):
        rows = [row.cells[0].text for table in list_grids(booklets[name]) for row in table.rows[1:]]
        assert [re.sub(r"^\d+\. ", "", row) for row in rows] == wordings
    assert set(write(framework, Order(audience="parent"))) == {PARENTS}


def test_every_row_has_one_box_under_each_answer(booklets: dict[str, Any], framework: Framework) -> None:
    for document in booklets.values():
        for table in list_grids(document):
            assert [cell.text for cell in table.rows[0].cells] == ["Question", *framework.labels, "Don't know"]
            for row in table.rows[1:]:
                assert [cell.text for cell in row.cells[1:]] == [BOX] * (len(framework.labels) + 1)


def test_header_rows_come_again_and_no_row_is_cut_in_two(booklets: dict[str, Any]) -> None:
    for document in booklets.values():
        for table in list_grids(document):
            marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]  # noqa: SLF001  # no other way
            assert marked == [True, *[False] * (len(table.rows) - 1)]
        rows = [row for table in document.tables for row in table.rows]
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)  # noqa: SLF001  # as above


def test_headings_language_and_size_are_set(booklets: dict[str, Any]) -> None:
    for document in booklets.values():
        styles = [paragraph.style.name for paragraph in document.paragraphs]
        assert styles.count("Title") == 1
        assert styles.count("Heading 1") == 8
        assert document.core_properties.language == "en-GB"
        languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
        assert languages == {"en-GB"}
        sizes = [document.styles[name].font.size.pt for name in ("Normal", "Title", "Heading 1", "Heading 2")]
        sizes += [run.font.size.pt for paragraph in document.paragraphs for run in paragraph.runs if run.font.size]
        assert min(sizes) >= 12


def test_it_says_why_who_and_that_it_is_a_choice(booklets: dict[str, Any]) -> None:
    texts = [paragraph.text for paragraph in booklets[PARENTS].paragraphs]
    for told in ("You do not have to take part.", "you can stop at any time", "[Name of your group]", "Thank you"):
        assert any(told in text for text in texts), told
    assert texts.index("Why we ask") < texts.index("About you")


def test_there_is_room_to_write(booklets: dict[str, Any], framework: Framework) -> None:
    asked = sum(1 for anchor in framework.anchors if anchor.kind == "free_text")
    rooms = [table for table in booklets[PARENTS].tables if len(table.rows) == len(table.columns) == 1]
    assert len(rooms) == asked
    assert all(table.rows[0].height.cm >= 4 for table in rooms)


def test_the_grid_fits_the_page(booklets: dict[str, Any]) -> None:
    section = booklets[PARENTS].sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    width = section.page_width - section.left_margin - section.right_margin
    for table in booklets[PARENTS].tables:
        assert sum(column.width for column in table.columns) <= width + 12_700


@pytest.mark.parametrize("order", [Order(), Order("short", "both", ("Short breaks review",), "Ours")])
def test_the_same_order_is_the_same_bytes_without_a_clock(order: Order, framework: Framework) -> None:
    formats: Sequence[str] = ("word",)
    first = write_questionnaire(framework, order, formats)
    assert first == write_questionnaire(framework, order, formats)
    with zipfile.ZipFile(io.BytesIO(first[PARENTS])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    title = docx.Document(io.BytesIO(first[PARENTS])).core_properties.title
    assert title == (order.title or "How well did we work together?")
