"""A session over a few made-up answers, as the tests of coprod review drive it."""

from collections.abc import Callable, Sequence

import pytest

from coprod_cli.cli.reviewing.session import Session, Shown, begin
from coprod_cli.cli.reviewing.steps import step
from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

WORDS = "They told us why. Trust grew, but nothing changed for [name]."
ANSWERS = (
    AskedAnswer("a1", WORDS, "What was good?", "parent", "Short breaks", "2025", "p1", ("Mostly", "")),
    AskedAnswer("a2", "Nobody asked us.", "What was not good?", "practitioner", "Transport", "", "p2"),
    AskedAnswer("a3", "Equal say in every decision", "What was good?", "young_person"),
)
FOUND = {
    "a1": (
        Marked("openness", "positive", "project", 0, 16, 0.95, unsure=False, coder="cues"),
        Marked("trust", "positive", "project", 18, 28, 0.4, unsure=True, coder="cues"),
    ),
    "a3": (Marked("shared_decisions", "positive", "project", 0, 27, 0.7, unsure=False, coder="cues"),),
}


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="session")
def told(framework: Framework) -> CodedAnswers:
    return CodedAnswers(framework, {each.id: each for each in ANSWERS}, FOUND, closed=("How genuine?", "How early?"))


@pytest.fixture
def session(framework: Framework, told: CodedAnswers) -> Session:
    shown = [Shown(each, FOUND.get(each.id, ())) for each in ANSWERS]
    return begin(framework, shown, {}, "carer", closed=told.closed)


@pytest.fixture
def blind(framework: Framework) -> Session:
    return begin(framework, [Shown(each, ()) for each in ANSWERS], {}, "carer", blind=True, weight=1)


@pytest.fixture
def type_in() -> Callable[[Session, Sequence[str]], Session]:
    def type_all(session: Session, said: Sequence[str]) -> Session:
        for each in said:
            session = step(session, each)
        return session

    return type_all
