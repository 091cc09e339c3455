"""Made-up people who fill the questionnaire in, and what coprod must read of their answers, whatever the tool."""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import AnchorValue, rows
from coprod_cli.reading import read_framework

PROJECTS = ("Short breaks review", "EHCP annual reviews", "Autism pathway")
ROLES = {
    "parent": "A parent or carer",
    "practitioner": "A professional who works in education, health, care or another service",
    "young_person": "A young person",
    "volunteer": "A volunteer",
    "other": "Someone else",
}
DONT_KNOW = "Don't know"


class Person(NamedTuple):
    """What one person ticked and wrote; a rating is a label, DONT_KNOW, or empty; ticked_role as the form words it."""

    role: str
    ticked_role: str
    project: str
    ratings: Mapping[str, str]
    ladder: str
    overall: str
    words: Mapping[str, str]
    consent: bool


Check = Callable[..., None]
Write = Callable[..., Path]
GRID, EQUATION, YES_NO = "F", "*", "Y"
_OF_QUALTRICS = {
    "StartDate": "2026-03-01 10:00:00",
    "EndDate": "2026-03-01 10:09:00",
    "Status": "IP Address",
    "Progress": "100",
    "Finished": "True",
    "RecordedDate": "2026-03-01 10:09:01",
    "ResponseId": "R_{}",
    "DistributionChannel": "anonymous",
    "UserLanguage": "EN-GB",
}
_OF_LIMESURVEY = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
}


class Asked(NamedTuple):
    """A question as a survey tool holds it once the file is imported.

    choices: its answers by code; rows: of a grid, each code with its relevance and its text.
    """

    code: str
    kind: str
    text: str
    choices: dict[str, str]
    rows: dict[str, tuple[str, str]]
    equation: str = ""


class Imported(NamedTuple):
    """A survey once the file is imported."""

    settings: dict[str, str]
    groups: list[str]
    questions: list[Asked]


@pytest.fixture(scope="session")
def projects() -> tuple[str, ...]:
    return PROJECTS


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="session")
def people(framework: Framework) -> tuple[Person, ...]:
    """Sixty people, parents and professionals above all, who use the whole scale and leave a little out."""
    steps = (*framework.labels, DONT_KNOW, "")
    ladder = next(anchor for anchor in framework.anchors if anchor.kind == "ordinal").options
    texts = [anchor.id for anchor in framework.anchors if anchor.kind == "free_text"]
    told = (
        "They listened to us in meeting {} and wrote it down.",
        "The letter about visit {} came far too late for us.",
        "Transport for family number {} starts an hour later now.",
    )
    roles = ("parent", "practitioner", "parent", "practitioner", "parent", "young_person", "volunteer", "other")
    return tuple(
        Person(
            role=roles[number % len(roles)],
            ticked_role=ROLES[roles[number % len(roles)]],
            project=PROJECTS[number % 3],
            ratings={
                item.id: steps[(number * 3 + place * 5 + number * place) % len(steps)]
                for place, item in enumerate(framework.items)
            },
            ladder=ladder[number % len(ladder)].text,
            overall=str(number % 11),
            words={name: words.format(number + 100) for name, words in zip(texts, told, strict=True)},
            consent=number % 3 != 0,
        )
        for number in range(60)
    )


@pytest.fixture(scope="session")
def check_survey(framework: Framework) -> Check:
    """Whether every answer of every person landed where it should, turned the right way."""

    def check(  # noqa: PLR0913, PLR0917  # what a form asked differs from test to test
        survey: Survey,
        people: Sequence[Person],
        items: Sequence[str] | None = None,
        projects: Mapping[str, str] | None = None,
        roles: Mapping[str, str] | None = None,
        ladder: bool = True,  # noqa: FBT001, FBT002  # as above
    ) -> None:
        known = {item.id: item for item in framework.items if items is None or item.id in items}
        words = survey.answers.pivot_table(index="response", columns="question", values="words", aggfunc="first")
        assert sorted(words.columns) == sorted(people[0].words)
        by_words = {words.loc[response, "open_1"]: response for response in words.index}
        assert len(by_words) == len(people) == survey.forms == survey.rows_read
        responses = survey.responses.set_index("response")
        ratings = dict(
            zip(
                zip(survey.ratings["response"], survey.ratings["item"], strict=True),
                survey.ratings["score"],
                strict=True,
            )
        )
        values = {(each.response, each.anchor): each.value for each in rows(survey.anchors, AnchorValue)}
        steps = [step.text for anchor in framework.anchors if anchor.kind == "ordinal" for step in anchor.options]
        expected = 0
        for person in people:
            response = by_words[person.words["open_1"]]
            told = responses.loc[response]
            assert told["role"] == (roles or {}).get(person.role, person.role)
            assert told["project"] == (person.project if projects is None else projects[person.project])
            assert bool(told["consent"]) is person.consent
            assert dict(words.loc[response]) == dict(person.words)
            for name, item in known.items():
                label = person.ratings[name]
                if label:
                    expected += 1
                    assert same(ratings[response, name], place(framework, label, item.direction)), name
            if ladder:
                assert values[response, "anchor_overall"] == 10 * float(person.overall)
                assert steps[int(values[response, "anchor_ladder"])] == person.ladder
        assert len(ratings) == expected
        kinds = {column.name: column.kind for source in survey.sources for column in source.columns}
        anchors = {anchor.id for anchor in framework.anchors if anchor.kind in ("ordinal", "0-10")}
        assert not ladder or {name for name, kind in kinds.items() if kind is ColumnKind.ANCHOR} == anchors

    return check


def place(framework: Framework, label: str, direction: int) -> float:
    """The score that a label must get."""
    if label == DONT_KNOW:
        return math.nan
    score = 100 * framework.labels.index(label) / (len(framework.labels) - 1)
    return score if direction > 0 else 100 - score


def same(one: float, other: float) -> bool:
    return one == pytest.approx(other, nan_ok=True)


@pytest.fixture
def write_rows(tmp_path: Path) -> Write:
    """Writes rows as a survey tool would: a byte order mark, or another delimiter, if asked for."""

    def write(rows: Sequence[Sequence[str]], name: str = "export.csv", delimiter: str = ",", bom: str = "") -> Path:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        path = tmp_path / name
        path.write_bytes((bom + out.getvalue()).encode("utf-8"))
        return path

    return write


@pytest.fixture(scope="session")
def import_limesurvey() -> Callable[[bytes], Imported]:
    return read_structure


@pytest.fixture(scope="session")
def import_qualtrics() -> Callable[[bytes], Imported]:
    return read_advanced_format


def read_structure(content: bytes) -> Imported:
    """What LimeSurvey's own TSVImportSurvey() makes of the file, rule by rule."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter="\t"))
    header = [cell.strip() for cell in lines[0]]
    header[0] = re.sub(r"^\W+", "", header[0])
    found = Imported({}, [], [])
    for cells in lines[1:]:
        row = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
        match row["class"]:
            case "S" | "SL":
                found.settings[row["name"]] = row["text"]
            case "G":
                found.groups.append(row["name"])
            case "Q":
                equation = row.get("equation", "")
                found.questions.append(Asked(row["name"], row["type/scale"], row["text"], {}, {}, equation))
            case "SQ":
                found.questions[-1].rows[row["name"]] = (row["relevance"], row["text"])
            case "A":
                found.questions[-1].choices[row["name"]] = row["text"]
            case other:
                pytest.fail(f"LimeSurvey knows no class {other}")
    return found


def read_advanced_format(content: bytes) -> Imported:
    """What the tags of Qualtrics' Advanced Format say; embedded data are the settings."""
    assert content.startswith(b"[[AdvancedFormat]]\n")
    text = content.decode("utf-8")
    data = dict(re.findall(r"^\[\[ED:([^:]+):(.*)\]\]$", text, flags=re.MULTILINE))
    groups = re.findall(r"^\[\[Block:(.*)\]\]$", text, flags=re.MULTILINE)
    questions = []
    for block in re.split(r"\n(?=\[\[Question:)", text)[1:]:
        head, ident, told, *rest = re.split(r"\n\n\[\[Block:", block)[0].strip().split("\n")
        kind, code = re.fullmatch(r"\[\[Question:(.+)\]\]", head), re.fullmatch(r"\[\[ID:(\w+)\]\]", ident)
        assert kind
        assert code
        questions.append(Asked(code.group(1), kind.group(1), told, list_choices(rest), {}))
    return Imported(data, groups, questions)


def list_choices(lines: Sequence[str]) -> dict[str, str]:
    if not lines:
        return {}
    if lines[0] == "[[Choices]]":
        return {str(number): line for number, line in enumerate(lines[1:], start=1)}
    assert lines[0] == "[[AdvancedChoices]]"
    numbers = [re.fullmatch(r"\[\[Choice:(\d+)\]\]", line) for line in lines[1::2]]
    return {number.group(1): line for number, line in zip(numbers, lines[2::2], strict=True) if number}


def answer(person: Person, code: str) -> str:
    """The words a person gave to a question, by its id without anything but letters and digits."""
    cells = {
        "role": person.ticked_role,
        "project": person.project,
        "anchorladder": person.ladder,
        "anchoroverall": person.overall,
        "consentquote": "Yes" if person.consent else "No",
        **person.ratings,
        **person.words,
    }
    return next(cell for name, cell in cells.items() if name.replace("_", "") == code.replace("_", ""))


def is_relevant(relevance: str, role: str) -> bool:
    """Whether LimeSurvey shows a row to somebody who ticked the role of that code."""
    if relevance == "1":
        return True
    found = re.fullmatch(r'role\.NAOK (==|!=) "(\w+)"', relevance)
    assert found, relevance
    return (role == found.group(2)) == (found.group(1) == "==")


@pytest.fixture
def answer_limesurvey(framework: Framework, people: Sequence[Person], write_rows: Write) -> Callable[..., Path]:
    """Imports what was ordered into LimeSurvey, lets everybody answer, and gives the export's path.

    style of the headings: code, text, or code and text; codes: short answers, not full ones.
    """

    def export(order: Order, style: str, *, delimiter: str = ",", codes: bool = False) -> Path:
        content = write_questionnaire(framework, order, ["limesurvey"])["limesurvey.txt"]
        questions = read_structure(content).questions
        columns = [(question, row) for question in questions for row in (question.rows or [""])]
        own = [name_heading(style, code, text) for code, text in _OF_LIMESURVEY.items()]
        rows = [[*own, *(name_column(style, question, row) for question, row in columns)]]
        for number, person in enumerate(people, start=1):
            cells = [fill_cell(person, question, row, questions, codes=codes) for question, row in columns]
            rows.append([str(number), "1980-01-01 00:00:00", "8", "en", str(100 + number), *cells])
        return write_rows(rows, "results-survey123456.csv", delimiter, "\ufeff")

    return export


def name_heading(style: str, code: str, text: str) -> str:
    return {"code": code, "text": text, "code and text": f"{code}. {text}"}[style]


def name_column(style: str, question: Asked, row: str) -> str:
    if not row:
        return name_heading(style, question.code, question.text)
    return name_heading(style, f"{question.code}[{row}]", f"{question.text} [{question.rows[row][1]}]")


def fill_cell(person: Person, question: Asked, row: str, questions: Sequence[Asked], *, codes: bool) -> str:
    roles = {text: code for each in questions if each.code == "role" for code, text in each.choices.items()}
    if row and not is_relevant(question.rows[row][0], roles[person.ticked_role]):
        return ""
    cell = question.equation or answer(person, row.removesuffix("pro") or question.code)
    if not codes:
        return cell
    choices = {"Y": "Yes", "N": "No"} if question.kind == YES_NO else question.choices
    return {text: code for code, text in choices.items()}.get(cell, cell)


@pytest.fixture
def answer_qualtrics(framework: Framework, people: Sequence[Person], write_rows: Write) -> Callable[..., Path]:
    """Imports what was ordered into Qualtrics, lets everybody answer, and gives the path of the export as text."""

    def export(order: Order) -> Path:
        content = write_questionnaire(framework, order, ["qualtrics"])["qualtrics.txt"]
        data, _, everything = read_advanced_format(content)
        questions = [question for question in everything if question.kind != "DB"]
        twice = {question.code for question in questions if f"{question.code}_pro" in {each.code for each in questions}}
        texts = (re.sub(r"<[^>]+>", " ", question.text) for question in questions)
        imports = [*(f"QID{number}" for number, _ in enumerate(questions, start=1)), *data]
        rows = [
            [*_OF_QUALTRICS, *(question.code for question in questions), *data],
            [*_OF_QUALTRICS, *texts, *data],
            [f'{{"ImportId":"{name[0].lower() + name[1:]}"}}' for name in _OF_QUALTRICS]
            + [f'{{"ImportId":"{name}"}}' for name in imports],
        ]
        for number, person in enumerate(people):
            cells = []
            for question in questions:
                item = question.code.removesuffix("_pro")
                for_others = item in twice and (person.role == "practitioner") != question.code.endswith("_pro")
                cells.append("" if for_others else answer(person, item))
            rows.append([*(cell.format(number) for cell in _OF_QUALTRICS.values()), *cells, *data.values()])
        return write_rows(rows)

    return export
