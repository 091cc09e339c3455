"""The skeletons of reporting guidelines: every item once, filled where the run knows, else marked for people."""

from dataclasses import replace

import pytest

from coprod_cli.model.details import Details, Reflexivity
from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Section, Table
from coprod_cli.reporting.guideline_answers import ANSWERS
from coprod_cli.reporting.guidelines import (
    NOT_OF_SURVEYS,
    NOTHING_KNOWN,
    TO_BE_WRITTEN,
    read_guidelines,
    tell_guidelines,
)
from coprod_cli.reporting.material import Material

TOLD = Details(
    name="Larkfield forum",
    asked="By e-mail, and on paper.",
    invited=412,
    opened="1 October 2025",
    closed="14 November 2025",
    missing="Few fathers answered",
    reflexivity=Reflexivity(
        "The steering group", "Two of us", "All are parents.", "No committee was asked.", "A grant"
    ),
)


def read_items(findings: Findings, name: str = "coreq", details: Details = TOLD) -> dict[str, tuple[str, str]]:
    """What the run knows and what is left to write, by the number of the item."""
    return {row[0].split(".")[0]: (row[1], row[2]) for row in read_tables(findings, details)[name].rows}


def list_known(findings: Findings, name: str = "coreq", details: Details = TOLD) -> dict[str, str]:
    return {number: known for number, (known, _) in read_items(findings, name, details).items()}


def read_tables(findings: Findings, details: Details = TOLD) -> dict[str, Table]:
    parts = [each for each in tell_guidelines(Material(findings, details=details)).blocks if isinstance(each, Section)]
    return {
        part.id.removeprefix("guideline-"): table for part in parts for table in part.blocks if isinstance(table, Table)
    }


@pytest.mark.parametrize(("name", "items"), [("coreq", 32), ("srqr", 21), ("gripp2", 5)])
def test_every_item_stands_there_once_in_order(usual: Findings, name: str, items: int) -> None:
    numbers, topics = zip(*(row[0].split(". ", 1) for row in read_tables(usual)[name].rows), strict=True)
    assert numbers == tuple(str(number) for number in range(1, items + 1))
    assert len(set(topics)) == items


def test_each_guideline_names_its_source(usual: Findings) -> None:
    told = tell_guidelines(Material(usual))
    text = str([block for part in told.blocks if isinstance(part, Section) for block in part.blocks])
    assert all(who in text for who in ("Tong", "O'Brien", "Staniszewska"))


def test_every_answer_that_items_ask_for_is_known_and_none_is_idle() -> None:
    asked = {name for guideline in read_guidelines() for item in guideline.items for name in item.answers}
    assert asked == set(ANSWERS)


def test_what_only_interviews_have_asks_nobody_to_write(usual: Findings) -> None:
    items = read_items(usual)
    assert [number for number, (known, _) in items.items() if known == NOT_OF_SURVEYS] == ["15", "19", "20", "21", "23"]
    for known, rest in items.values():
        assert rest.startswith(TO_BE_WRITTEN) == (known != NOT_OF_SURVEYS)


def test_the_forums_own_words_fill_what_only_it_knows(usual: Findings) -> None:
    coreq = list_known(usual)
    assert coreq["1"] == "The steering group."
    assert coreq["11"] == "The survey was open from 1 October 2025 to 14 November 2025. By e-mail, and on paper."
    assert coreq["13"].endswith("Few fathers answered.")
    srqr = list_known(usual, "srqr")
    assert srqr["6"] == "The steering group. Two of us. All are parents."
    assert srqr["21"] == "A grant."


def test_without_details_nothing_is_made_up(usual: Findings) -> None:
    coreq = list_known(usual, details=Details())
    assert coreq["1"] == coreq["2"] == coreq["6"] == NOTHING_KNOWN
    assert "TO BE FILLED: agreement of two people" in coreq["24"]


def test_numbers_are_those_of_the_run_and_what_is_withheld_stays_so(usual: Findings) -> None:
    coreq = list_known(usual)
    assert coreq["12"] == "112 people, 118 forms, on 4 projects."
    assert coreq["13"].startswith("124 rows were read and 6 left out;")
    assert f"F1 is {usual.coder.macro_f1:.2f} (likely range" in coreq["24"]
    hidden = replace(usual, people=-1, forms=-1, responses=-1, rows_read=-1, people_by_role=(("parent", -1),))
    coreq = list_known(hidden)
    assert coreq["12"] == "[c] people, [c] forms, on 4 projects."
    assert coreq["16"] == "Parents and carers and practitioners. By project: see “Who answered”."
    assert coreq["13"].startswith("[c] rows were read")


def test_rounds_are_told_as_people_asked_again(usual: Findings) -> None:
    assert list_known(usual)["18"] == "Asked once."
    bases = tuple(base._replace(wave=wave) for base in usual.bases for wave in ("2024", "2025"))
    rounds = replace(usual, bases=bases, scores=usual.scores.iloc[:0])
    told = list_known(rounds)["18"]
    assert told == "The survey was held in 2 rounds: 2024 and 2025."
