"""Answers to our own paper form, and to forms copied by hand from our text, are read back without a mapping."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey

WHO = ("anonymous", "")
PROJECTS = ("Short breaks review", "EHCP annual reviews", "Autism pathway")
People = Sequence[Any]
Check = Callable[..., None]
Write = Callable[..., Path]


def pick(people: People, audience: str) -> list[Any]:
    """Those who fill in the booklet of that audience."""
    if audience == "both":
        return list(people)
    return [person for person in people if (person.role == "practitioner") == (audience == "practitioner")]


def list_asked(framework: Framework, form: str) -> list[str]:
    return [item.id for item in framework.items if item.quick or form == "full"]


def answer(person: Any, framework: Framework, form: str, *, project: bool = True) -> list[str]:  # noqa: ANN401  # conftest has the type, which a test cannot import
    """The cells of one person in the order of the form."""
    return [
        person.ticked_role,
        *([person.project] if project else []),
        *(person.ratings[name] for name in list_asked(framework, form)),
        person.ladder,
        person.overall,
        *person.words.values(),
        "Yes" if person.consent else "No",
    ]


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner", "both"])
def test_a_sheet_typed_from_paper(  # noqa: PLR0913, PLR0917  # one of each kind of fixture
    form: str, audience: str, framework: Framework, people: People, check_survey: Check, write_rows: Write
) -> None:
    files = write_questionnaire(framework, Order(form, audience, PROJECTS), ["csv"])
    header = next(csv.reader(io.StringIO(files["answer_sheet.csv"].decode("utf-8-sig"))))
    asked = pick(people, audience)
    rows = [[str(number), *answer(person, framework, form)] for number, person in enumerate(asked, start=1)]
    survey = read_survey([write_rows([header, *rows], bom="\ufeff")], framework)
    check_survey(survey, asked, list_asked(framework, form))


def test_a_sheet_typed_in_numbers(framework: Framework, people: People, check_survey: Check, write_rows: Write) -> None:
    files = write_questionnaire(framework, Order("full", "parent", PROJECTS), ["csv"])
    header = next(csv.reader(io.StringIO(files["answer_sheet.csv"].decode("utf-8-sig"))))
    numbers = {label: str(place) for place, label in enumerate(framework.labels, start=1)} | {"Don't know": "DK"}
    asked = pick(people, "parent")
    rows = [
        [str(number), *(numbers.get(cell, cell) for cell in answer(person, framework, "full"))]
        for number, person in enumerate(asked, start=1)
    ]
    check_survey(read_survey([write_rows([header, *rows])], framework), asked)


def test_the_sheet_holds_the_questions_of_the_printed_form_in_its_order(framework: Framework) -> None:
    files = write_questionnaire(framework, Order("full", "parent", PROJECTS), ["word", "csv"])
    header = next(csv.reader(io.StringIO(files["answer_sheet.csv"].decode("utf-8-sig"))))
    document = docx.Document(io.BytesIO(files["questionnaire_for_parents.docx"]))
    assert [text for text in read_document(document) if re.match(r"\d+\. ", text)] == header[1:]


def read_document(document: Any) -> Iterator[str]:  # noqa: ANN401  # python-docx ships no types
    """Every paragraph and the first cell of every row of a table, in the order they stand in."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from (row.cells[0].text for row in block.rows)
        else:
            yield block.text


def take_questions(text: str) -> list[str]:
    """The questions of the Markdown text, without their numbers, as a person copies them into a form tool."""
    return [found.group(1).replace("\\", "") for found in re.finditer(r"^\d+\\\. (.*)$", text, flags=re.MULTILINE)]


def take_grids(text: str) -> dict[str, str]:
    """Each question of a grid to the title of the grid, as a person makes it from the part's title."""
    grids = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        if "\nAnswers: " in rest:
            grids.update(dict.fromkeys(take_questions(rest), title))
    return grids


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("audience", ["parent", "practitioner"])
def test_google_forms_made_from_the_text(  # noqa: PLR0913, PLR0917  # one of each kind of fixture
    form: str, audience: str, framework: Framework, people: People, check_survey: Check, write_rows: Write
) -> None:
    [text] = [
        content.decode()
        for name, content in write_questionnaire(framework, Order(form, audience, PROJECTS), ["markdown"]).items()
        if name.endswith(".md")
    ]
    grids = take_grids(text)
    header = [f"{grids[asked]} [{asked}]" if asked in grids else asked for asked in take_questions(text)]
    asked = pick(people, audience)
    rows = [
        [f"2026/03/{number % 28 + 1:02d} 7:10:{number:02d} PM GMT", *answer(person, framework, form)]
        for number, person in enumerate(asked)
    ]
    survey = read_survey([write_rows([["Timestamp", *header], *rows])], framework)
    assert survey.sources[0].format == "google_forms"
    check_survey(survey, asked, list_asked(framework, form))


@pytest.mark.parametrize("form", ["full", "short"])
def test_microsoft_forms_made_from_the_two_texts(
    form: str, framework: Framework, people: People, check_survey: Check, write_rows: Write
) -> None:
    files = write_questionnaire(framework, Order(form, "both", PROJECTS), ["markdown"])
    paths = []
    for audience, name in (("parent", "parents"), ("practitioner", "professionals")):
        header = take_questions(files[f"questionnaire_for_{name}.md"].decode())
        rows = [
            [str(number), "3/27/2026 18:35", f"3/27/2026 18:{number:02d}", *WHO, *answer(person, framework, form)]
            for number, person in enumerate(pick(people, audience), start=1)
        ]
        own = ["ID", "Start time", "Completion time", "Email", "Name"]
        paths.append(write_rows([[*own, *header], *rows], f"{name}.csv"))
    survey = read_survey(paths, framework)
    assert {source.format for source in survey.sources} == {"microsoft_forms"}
    check_survey(survey, people, list_asked(framework, form))


def test_without_projects_people_write_the_name(
    framework: Framework, people: People, check_survey: Check, write_rows: Write
) -> None:
    files = write_questionnaire(framework, Order("short", "both", ()), ["csv"])
    header = next(csv.reader(io.StringIO(files["answer_sheet.csv"].decode("utf-8-sig"))))
    rows = [[str(number), *answer(person, framework, "short")] for number, person in enumerate(people)]
    check_survey(read_survey([write_rows([header, *rows])], framework), people, list_asked(framework, "short"))


def test_with_one_project_it_is_not_asked(
    framework: Framework, people: People, check_survey: Check, write_rows: Write
) -> None:
    files = write_questionnaire(framework, Order("short", "both", PROJECTS[:1]), ["csv", "word"])
    assert b"Which piece of work" not in files["answer_sheet.csv"]
    document = docx.Document(io.BytesIO(files["questionnaire_for_parents.docx"]))
    assert any(PROJECTS[0] in text for text in read_document(document))
    header = next(csv.reader(io.StringIO(files["answer_sheet.csv"].decode("utf-8-sig"))))
    rows = [[str(number), *answer(person, framework, "short", project=False)] for number, person in enumerate(people)]
    everything = dict.fromkeys(PROJECTS, "All answers")
    survey = read_survey([write_rows([header, *rows])], framework)
    check_survey(survey, people, list_asked(framework, "short"), everything)
