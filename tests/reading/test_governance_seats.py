"""Rows of workstreams and boards, and the facts that they answer, too, are brought to one, and the user is told."""

import pytest

from coprod_cli.model.governance import Body, Fact, ProjectFacts
from coprod_cli.reading import read_framework
from coprod_cli.reading.governance_seats import settle_seats

ORIGIN = ("Clerk", "Minutes", "2025-03-01")


def settle(*rows: Body | Fact) -> tuple[dict[str, Fact], list[str]]:
    facts = tuple(each for each in rows if isinstance(each, Fact))
    bodies = tuple(each for each in rows if isinstance(each, Body))
    project, notices = settle_seats(ProjectFacts("Short breaks", facts, bodies), read_framework())
    assert {notice.code for notice in notices} <= {"governance-contradiction"}
    return {each.id: each for each in project.facts}, [notice.message for notice in notices]


def list_workstreams(*seats: str) -> list[Body]:
    return [Body(f"Group {at}", "workstream", seat, decides=False, status="claimed") for at, seat in enumerate(seats)]


def seat_on_board(seat: str, status: str = "verified") -> Body:
    return Body("Board", "board", seat, True, status, *ORIGIN)


@pytest.mark.parametrize(
    ("seats", "answer"),
    [
        (["yes", "yes"], "yes"),
        (["no", "no"], "no"),
        (["yes", "no"], "partly"),
        (["yes", "partly"], "partly"),
        (["partly", "not known"], "partly"),
        (["yes", "no", "not known"], "partly"),
        (["yes", "not known"], None),
        (["no", "not known"], None),
        (["not known"], None),
    ],
)
def test_workstreams_answer_a_fact_that_is_not_given(seats: list[str], answer: str | None) -> None:
    facts, notices = settle(*list_workstreams(*seats))
    assert notices == []
    assert (facts["G02"].answer if "G02" in facts else None) == answer
    assert facts.keys() <= {"G02"}


def test_a_board_that_decides_answers_with_its_own_evidence() -> None:
    facts, notices = settle(seat_on_board("no"), *list_workstreams("yes"))
    assert facts["G03"] == Fact("G03", "no", "verified", "Clerk", "Board: Minutes", "2025-03-01")
    assert facts["G02"].status == "claimed"
    # One board without parents raises one flag, not two.
    assert "G05" not in facts
    assert notices == []


def test_a_fact_is_verified_only_where_every_row_behind_it_is() -> None:
    other = Body("Panel", "board", "no", decides=True, status="claimed")
    assert settle(seat_on_board("no"), other)[0]["G03"].status == "claimed"


def test_a_fact_that_is_not_known_is_answered_by_the_rows() -> None:
    assert settle(Fact("G03", "not known", "claimed"), seat_on_board("yes"))[0]["G03"].answer == "yes"


@pytest.mark.parametrize(
    ("given", "row", "answer", "status"),
    [
        ("verified", "verified", "yes", "disputed"),
        ("claimed", "claimed", "yes", "disputed"),
        ("disputed", "verified", "yes", "disputed"),
        ("verified", "disputed", "yes", "disputed"),
        ("claimed", "verified", "no", "verified"),
        ("verified", "claimed", "yes", "verified"),
    ],
)
def test_what_is_verified_stands_against_a_claim_and_the_rest_is_disputed(
    given: str, row: str, answer: str, status: str
) -> None:
    facts, notices = settle(Fact("G03", "yes", given, *ORIGIN), seat_on_board("no", row))
    assert (facts["G03"].answer, facts["G03"].status) == (answer, status)
    (message,) = notices
    assert 'G03 of "Short breaks" is "yes"' in message
    assert "Board" not in message.replace("boards", "")


def test_a_board_without_parents_speaks_against_meetings_with_them() -> None:
    facts, notices = settle(Fact("G05", "yes", "claimed"), seat_on_board("no"))
    assert (facts["G05"].answer, facts["G05"].status) == ("yes", "disputed")
    assert len(notices) == 1
    assert settle(Fact("G05", "no", "claimed"), seat_on_board("yes"))[1] == []
    # One board without parents limits once, not twice.
    assert settle(Fact("G05", "no", "claimed"), seat_on_board("no"))[0]["G05"].status == "claimed"
    assert settle(Fact("G05", "not known", "claimed"), seat_on_board("no"))[0]["G05"].answer == "not known"


def test_the_same_said_twice_is_as_sure_as_the_surer_of_the_two() -> None:
    facts, notices = settle(Fact("G03", "no", "claimed"), seat_on_board("no"))
    assert (facts["G03"].status, notices) == ("verified", [])
    assert (
        settle(Fact("G03", "no", "verified", *ORIGIN), seat_on_board("no", "claimed"))[0]["G03"].evidence == "Minutes"
    )
