"""Little surveys made by hand: who said what of which item, and which themes."""

from collections.abc import Callable, Iterable

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Question, Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, table
from coprod_cli.reading import read_framework

MakeSurvey = Callable[[dict[str, dict[str, float]]], Survey]


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture
def make_survey(framework: Framework) -> MakeSurvey:
    """Person to item to score; every person is a parent in "Transport" unless named like "staff-...@Project"."""

    def make(said: dict[str, dict[str, float]]) -> Survey:
        forms: list[Response] = []
        ratings: list[Rating] = []
        for name, items in said.items():
            person, _, project = name.partition("@")
            role = "practitioner" if person.startswith("staff") else "parent"
            forms.append(Response(name, person, role, project or "Transport", "", consent=True, weight=1.0))
            ratings.extend(Rating(name, item, score) for item, score in items.items())
        questions = tuple(Question(each.id, each.parent, ColumnKind.ITEM, each.dimension) for each in framework.items)
        return Survey(
            responses=table(forms, Response),
            answers=table([], Answer),
            ratings=table(ratings, Rating),
            questions=questions,
            sources=(),
            rows_read=len(forms),
            forms=len(forms),
        )

    return make


@pytest.fixture
def make_mention() -> Callable[..., Mention]:
    def make(response: str, theme: str, stance: str, level: str = "project", start: int = 0) -> Mention:
        return Mention(response, "q", theme, stance, level, 0.9, start, start + 5, "hand")

    return make


def spread(values: Iterable[float], items: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """One parent a value, who gives it to every item."""
    return {f"p{place:03d}": dict.fromkeys(items, value) for place, value in enumerate(values)}
