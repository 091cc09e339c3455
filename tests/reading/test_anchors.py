"""What people say of the work as a whole is read beside their ratings, and never becomes one."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import AnchorValue, rows
from coprod_cli.reading import read_framework, read_mapping, read_survey

LADDER = "Which best describes how parents were involved in this work?"
MARK = "Overall, how genuine was the co-production?"
FIRST = "When decisions were made, how far did parents have an equal say?"
STEPS = ("Not at all", "A little", "Partly", "Mostly", "Completely")
Ask = Callable[..., dict[str, list[float]]]


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


@pytest.fixture
def ask(tmp_path: Path, framework: Framework) -> Ask:
    """Values by anchor, in the order of the forms, of a column with these cells."""

    def read(header: str, cells: Sequence[str], mapping: str = "") -> dict[str, list[float]]:
        path = tmp_path / "survey.csv"
        lines = [f'"{FIRST}","{header}","Anything to add?"']
        for place, cell in enumerate(cells):
            lines.append(f'{STEPS[place % 5]},"{cell}","They met us for the time number {place:03d} in the hall"')
        path.write_text("\n".join(lines), encoding="utf-8")
        settings = tmp_path / "survey.toml"
        settings.write_text(mapping, encoding="utf-8")
        return list_values(read_survey([path], framework, read_mapping(settings) if mapping else None))

    return read


def list_values(survey: Survey) -> dict[str, list[float]]:
    order = dict(zip(survey.answers["response"], survey.answers["words"], strict=True))
    found: dict[str, list[tuple[str, float]]] = {}
    for each in rows(survey.anchors, AnchorValue):
        found.setdefault(each.anchor, []).append((order[each.response], each.value))
    return {name: [value for _, value in sorted(values)] for name, values in found.items()}


@pytest.mark.parametrize(
    ("cells", "rungs"),
    [
        (["No engagement", "Information", "Consultation", "Participation", "Co-design", "Co-production"], range(6)),
        (["Coercion", "Educating", "Informing", "Engagement", "Codesign", "CO-PRODUCTION "], [0, 1, 1, 3, 4, 5]),
        (["Parents were not involved.", "Parents were told what would happen"], [0, 1]),
        (["1. Information", "Consultation: parents were asked", "3 - Participation"], [1, 2, 3]),
        (["A1", "A2", "A6"], [0, 1, 5]),
        (["1", "3", "6"], [0, 2, 5]),
        (["0", "3", "5"], [0, 3, 5]),
    ],
)
def test_every_way_to_name_a_rung_gives_its_number(ask: Ask, cells: list[str], rungs: Sequence[int]) -> None:
    assert ask(LADDER, cells) == {"anchor_ladder": [float(rung) for rung in rungs]}


@pytest.mark.parametrize("cells", [["1", "2", "3"], ["2", "7", "4"]])
def test_codes_that_may_begin_with_nought_or_one_are_not_guessed(ask: Ask, cells: list[str]) -> None:
    assert all(math.isnan(value) for value in ask(LADDER, cells)["anchor_ladder"])


def test_the_ladder_is_known_by_its_answers_too(ask: Ask) -> None:
    cells = ["Consultation", "Participation", "Information", "Co-design"] * 3
    assert ask("Your view of it", cells) == {"anchor_ladder": [2.0, 3.0, 1.0, 4.0] * 3}


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        (MARK, ["0", "7", "10"], [0, 70, 100]),
        (MARK, ["2", "3", "5"], [20, 30, 50]),
        (MARK, ["0 - not at all", "8", "10 - wholly"], [0, 80, 100]),
        (MARK, ["3/5", "5/5", "1/5"], [50, 100, 0]),
        (f"{MARK} (1 = not at all genuine, 10 = completely genuine)", ["1", "10"], [0, 100]),
    ],
)
def test_a_mark_runs_from_nought_to_a_hundred(ask: Ask, header: str, cells: list[str], values: list[float]) -> None:
    assert ask(header, cells) == {"anchor_overall": pytest.approx(values)}


def test_no_answer_is_missing_and_an_empty_cell_is_none(ask: Ask) -> None:
    found = ask(MARK, ["4", "Don't know", "", "77", "9"])["anchor_overall"]
    assert found[0] == 40
    assert found[-1] == 90
    assert len(found) == 4
    assert [math.isnan(value) for value in found] == [False, True, True, False]


def test_the_mapping_file_names_a_mark_that_is_asked_in_other_words(ask: Ask) -> None:
    mapping = '[[columns]]\nheader = "Marks for the work"\nkind = "anchor"\nname = "anchor_overall"\n'
    assert ask("Marks for the work", ["4", "5", "9"], mapping) == {"anchor_overall": [40.0, 50.0, 90.0]}


def test_a_mark_for_something_else_is_no_mark_for_the_co_production(ask: Ask) -> None:
    assert ask("Overall, how happy are you with the school bus, from 0 to 10?", ["4", "5", "9", "0"] * 5) == {}
