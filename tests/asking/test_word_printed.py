"""The printed form as a real word processor draws it: LibreOffice makes pages of it, and their words are read back."""

import re
from collections.abc import Callable

import pytest

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework


@pytest.fixture(scope="module")
def pages(framework: Framework, print_pages: Callable[[dict[str, bytes]], dict[str, list[str]]]) -> list[str]:
    name = "questionnaire_for_parents.docx"
    files = write_questionnaire(framework, Order(projects=("Buses",)), ["word"])
    return print_pages({name: files[name]})[name]


def test_a_word_processor_prints_every_question_on_a_few_pages(pages: list[str], framework: Framework) -> None:
    assert 3 <= len(pages) <= 6
    told = " ".join(pages)
    for item in framework.items:
        # A question runs over lines beside its boxes: its first words stand together all the same.
        assert " ".join(item.parent.split()[:3]) in told, item.id
    for anchor in framework.anchors:
        assert anchor.text.split("?")[0][:40] in told, anchor.id
    numbers = [int(found) for found in re.findall(r"(?<![\d.])(\d{1,2})\. [A-Z]", told)]
    assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))


def test_no_question_is_torn_from_its_boxes(pages: list[str]) -> None:
    for page in pages:
        assert ("How far" not in page and "How easy" not in page) or "☐" in page
