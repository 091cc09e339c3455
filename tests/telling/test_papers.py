"""Seats are counted, and a percentage is made only of enough of them."""

import pytest

from coprod_cli.model.governance import Body, Fact, ProjectFacts
from coprod_cli.telling import name_unknown, say_day, say_seats


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ("", ""),
        ("y", "Parents have a seat on the one board"),
        ("p", "Parents partly have a seat on the one board"),
        ("n", "Parents have no seat on the one board"),
        ("?", "Whether parents have a seat on the 1 board is not known"),
        ("??", "Whether parents have a seat on the 2 boards is not known"),
        ("yn", "Parents have a seat on 1 of 2 boards"),
        ("y?", "Parents have a seat on 1 of 1 board; of 1 more it is not known"),
        ("ynnp", "Parents have a seat on 1 of 4 boards, and partly on 1 more"),
        ("yyyyyyyn", "Parents have a seat on 7 of 8 boards (88%)"),
        ("yyyyn??", "Parents have a seat on 4 of 5 boards (80%); of 2 more it is not known"),
    ],
)
def test_seats_are_counted(seats: str, said: str) -> None:
    answers = {"y": "yes", "p": "partly", "n": "no", "?": "not known"}
    bodies = [Body(f"B{at}", "board", answers[each], False, "claimed") for at, each in enumerate(seats)]
    bodies.append(Body("W", "workstream", "yes", decides=False, status="claimed"))
    assert say_seats(bodies, "board") == said


def test_days_are_said_as_people_write_them() -> None:
    assert (say_day("2026-01-31"), say_day("")) == ("31 January 2026", "")


@pytest.mark.parametrize(
    ("known", "told"),
    [("", "G1 to G6"), ("G1 G4", "G2, G3, G5, G6"), ("G2", "G1, G3 to G6"), ("G1 G2 G3 G4 G5 G6", "")],
)
def test_facts_not_known_stand_on_one_line(known: str, told: str) -> None:
    facts = tuple(Fact(each, "no", "claimed") for each in known.split())
    names = [f"G{number}" for number in range(1, 7)]
    assert name_unknown(ProjectFacts("A", (*facts, Fact("G6", "not known", "claimed"))[:6]), names) == told
