"""Exports of our own survey are read back without a mapping, whatever the tool and the style of its headings.

In a survey for everybody parents fill one set of columns in, professionals the other, and both are one question.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coprod_cli.asking import Order
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey

People = Sequence[Any]
Check = Callable[..., None]
Write = Callable[..., Path]
Answer = Callable[..., Path]
STYLES = ("code", "text", "code and text")


def list_items(framework: Framework, form: str) -> list[str]:
    return [item.id for item in framework.items if item.quick or form == "full"]


class Case(NamedTuple):
    """What every test here needs."""

    framework: Framework
    people: People
    projects: tuple[str, ...]
    check: Check


@pytest.fixture
def case(framework: Framework, people: People, projects: tuple[str, ...], check_survey: Check) -> Case:
    return Case(framework, people, projects, check_survey)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner", "both"])
def test_limesurvey(case: Case, style: str, form: str, audience: str, answer_limesurvey: Answer) -> None:
    delimiter = ";" if form == "short" else ","
    path = answer_limesurvey(Order(form, audience, case.projects), style, delimiter=delimiter)
    case.check(read_survey([path], case.framework), case.people, list_items(case.framework, form))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("form", "audience"), [("full", "parent"), ("full", "both"), ("short", "both")])
def test_limesurvey_with_answer_codes(
    case: Case, style: str, form: str, audience: str, answer_limesurvey: Answer
) -> None:
    survey = read_survey([answer_limesurvey(Order(form, audience, case.projects), style, codes=True)], case.framework)
    codes = {name: f"P{number}" for number, name in enumerate(case.projects, start=1)}
    case.check(survey, case.people, list_items(case.framework, form), codes)


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner", "both"])
def test_qualtrics(case: Case, form: str, audience: str, answer_qualtrics: Answer) -> None:
    survey = read_survey([answer_qualtrics(Order(form, audience, case.projects))], case.framework)
    assert survey.sources[0].format == "qualtrics"
    case.check(survey, case.people, list_items(case.framework, form))


@pytest.mark.parametrize("tool", ["google_forms", "microsoft_forms"])
@pytest.mark.parametrize("form", ["full", "short"])
def test_one_form_with_a_section_for_each(case: Case, tool: str, form: str, write_rows: Write) -> None:
    items = [item for item in case.framework.items if item.quick or form == "full"]
    anchors = [anchor.text for anchor in case.framework.anchors]
    wordings = [item.parent for item in items] + [item.practitioner for item in items]
    about = ["Which of these best describes you?", "Which piece of work are you telling us about?"]
    if tool == "google_forms":
        header = ["Timestamp", *about, *(f"How it went [{wording}]" for wording in wordings), *anchors]
    else:
        own = ["ID", "Start time", "Completion time", "Email", "Name"]
        # The second column of the same statement gets a number glued to it.
        glued = [f"{each}2" if each in wordings[:place] else each for place, each in enumerate(wordings)]
        header = [*own, *about, *glued, *anchors]
    rows = [header]
    for number, person in enumerate(case.people, start=1):
        ratings = [person.ratings[item.id] for item in items]
        blank = [""] * len(items)
        both = [*blank, *ratings] if person.role == "practitioner" else [*ratings, *blank]
        when = f"2026/03/01 7:10:{number % 60:02d} PM GMT"
        first = (
            [when] if tool == "google_forms" else [str(number), "3/27/2026 18:35", "3/27/2026 18:45", "anonymous", ""]
        )
        told = [person.ladder, person.overall, *person.words.values(), "Yes" if person.consent else "No"]
        rows.append([*first, person.ticked_role, person.project, *both, *told])
    survey = read_survey([write_rows(rows)], case.framework)
    assert survey.sources[0].format == tool
    case.check(survey, case.people, [item.id for item in items])
