"""The LimeSurvey file is what LimeSurvey's importer takes; an export of the survey is read back without a mapping."""

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
GRID, EQUATION, YES_NO = "F", "*", "Y"


def write(framework: Framework, order: Order) -> bytes:
    return write_questionnaire(framework, order, ["limesurvey"])["limesurvey.txt"]


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner", "both"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_file_keeps_the_rules_of_the_importer(  # noqa: PLR0913, PLR0917  # one of each kind of fixture
    form: str, audience: str, number: int, projects: Sequence[str], framework: Framework, import_limesurvey: Import
) -> None:
    named = tuple(projects[:number])
    settings, groups, questions = import_limesurvey(write(framework, Order(form, audience, named)))
    assert settings["language"] == "en"
    assert settings["surveyls_title"]
    assert len(set(groups)) == len(groups)
    codes = [question.code for question in questions]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", code) for code in codes)
    rows = [row for question in questions for row in question.rows]
    assert len(set(rows)) == len(rows)
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,20}", row) for row in rows)
    for question in questions:
        assert question.kind in {"L", GRID, "S", "T", YES_NO, EQUATION}
        assert bool(question.rows) == (question.kind == GRID)
        assert bool(question.choices) == (question.kind in {"L", GRID})
        assert all(re.fullmatch(r"[A-Za-z0-9]{1,5}", code) for code in question.choices)
    asked = [item for item in framework.items if item.quick or form == "full"]
    twice = [item for item in asked if item.practitioner != item.parent] if audience == "both" else []
    assert len(rows) == len(asked) + len(twice)
    constants = [question.equation for question in questions if question.kind == EQUATION]
    assert constants == [name for name in named if number == 1]


def test_braces_are_no_expressions(framework: Framework) -> None:
    content = write(framework, Order("short", "parent", ("A {role} review", "Other"), "Ours {now}"))
    assert b"{" not in content


def test_parents_and_practitioners_each_see_their_wording_once(
    framework: Framework, projects: Sequence[str], import_limesurvey: Import
) -> None:
    questions = import_limesurvey(write(framework, Order("full", "both", tuple(projects)))).questions
    rows = [row for question in questions for row in question.rows.values()]
    to_practitioners = [text for relevance, text in rows if "!=" not in relevance]
    to_others = [text for relevance, text in rows if "==" not in relevance]
    assert {relevance for relevance, _ in rows} == {"1", 'role.NAOK == "staff"', 'role.NAOK != "staff"'}
    assert to_practitioners == [item.practitioner for item in framework.items]
    assert to_others == [item.parent for item in framework.items]


def test_the_one_project_is_in_the_export(
    framework: Framework, people: People, projects: Sequence[str], answer_limesurvey: Answer, check_survey: Check
) -> None:
    path = answer_limesurvey(Order("short", "both", tuple(projects[:1])), "text")
    items = [item.id for item in framework.items if item.quick]
    check_survey(read_survey([path], framework), people, items, dict.fromkeys(projects, projects[0]))
