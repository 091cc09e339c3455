"""The Qualtrics file is sound Advanced Format, and an export of the survey is read back without a mapping."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey

People = Sequence[Any]
Check = Callable[..., None]
Import = Callable[[bytes], Any]
Answer = Callable[..., Path]
TYPES = {"DB", "MC:SingleAnswer:Vertical", "MC:SingleAnswer:Horizontal", "TE:SingleLine", "TE:Essay"}


def write(framework: Framework, order: Order) -> bytes:
    return write_questionnaire(framework, order, ["qualtrics"])["qualtrics.txt"]


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner", "both"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_file_is_sound(  # noqa: PLR0913, PLR0917  # one of each kind of fixture
    form: str, audience: str, number: int, projects: Sequence[str], framework: Framework, import_qualtrics: Import
) -> None:
    content = write(framework, Order(form, audience, tuple(projects[:number])))
    data, _, questions = import_qualtrics(content)
    text = content.decode()
    assert data == ({"Project": projects[0]} if number == 1 else {})
    assert len({question.code for question in questions}) == len(questions)
    tags = {tag.partition(":")[0] for tag in re.findall(r"\[\[([^\]]+)\]\]", text)}
    assert tags <= {"AdvancedFormat", "ED", "Block", "Question", "ID", "Choices", "AdvancedChoices", "Choice"}
    assert text.count("[[Question:") == len(questions)
    for question in questions:
        assert question.kind in TYPES
        assert bool(question.choices) == question.kind.startswith("MC")
    asked = [item.id for item in framework.items if item.quick or form == "full"]
    codes = [question.code for question in questions]
    assert [code for code in codes if code in asked] == asked
    rated = next(question for question in questions if question.code == asked[0])
    labels = {str(number): label for number, label in enumerate(framework.labels, start=1)}
    assert rated.choices == {**labels, "99": "Don't know"}


def test_where_the_wordings_differ_each_says_whom_it_is_for(framework: Framework, import_qualtrics: Import) -> None:
    questions = import_qualtrics(write(framework, Order("full", "both"))).questions
    texts = {question.code: question.text for question in questions}
    for item in framework.items:
        if item.parent == item.practitioner:
            assert texts[item.id] == item.parent
            assert f"{item.id}_pro" not in texts
        else:
            assert texts[item.id] == f"For parents, carers and everyone else - {item.parent}"
            assert texts[f"{item.id}_pro"] == f"For professionals - {item.practitioner}"


def test_words_of_the_users_own_are_no_tags(framework: Framework) -> None:
    content = write(framework, Order("short", "parent", ("A [[PageBreak]] review", "Other"), "Ours [[Block]]"))
    assert b"[[PageBreak]]" not in content
    assert b"[[Block]]" not in content


def test_the_one_project_is_in_the_export(
    framework: Framework, people: People, projects: Sequence[str], answer_qualtrics: Answer, check_survey: Check
) -> None:
    path = answer_qualtrics(Order("short", "both", tuple(projects[:1])))
    items = [item.id for item in framework.items if item.quick]
    check_survey(read_survey([path], framework), people, items, dict.fromkeys(projects, projects[0]))
