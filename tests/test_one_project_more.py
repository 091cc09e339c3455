"""A published figure must not move because somebody added another project: files are scored with it and without."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coprod_cli.analysis import analyse
from coprod_cli.coding import code_answers
from coprod_cli.model.findings import Findings, Scored, Settings
from coprod_cli.model.tables import Response, rows
from coprod_cli.reading import read_framework, read_survey
from coprod_cli.scoring import gather_evidence, read_gate, score_projects

Forms = list[list[str]]
# Other tests run these lines too: counting them here would only take time.
pytestmark = pytest.mark.no_cover
FRAMEWORK = read_framework()
ITEMS = [each.parent for each in FRAMEWORK.items if each.id.endswith("_1")]
SCALE = ("Not at all", "A little", "Partly", "Mostly", "Completely", "Don't know", "")
SAID = (
    "They listened to us and the letter was changed because of what we said in the meetings.",
    "It was all decided before we were asked. Nothing we said made any difference to the plan.",
    "Parents wrote the plan together with the team as equals, and it showed from the very start.",
    "",
    "",
)
HEADER = [
    "Respondent ID", "I am a", "Project", "Round", *ITEMS,
    "What was good about how parents and professionals worked together?",
]  # fmt: skip
PROJECT = HEADER.index("Project")
MORE = "Aardvark Lane"
GROUPS = [(project, wave) for project in ("Short breaks", "Transport", MORE) for wave in ("2024", "2025")]
PEOPLE = 80
GATE = "P(overall < 50) < 0.9"
KINDS = ("scores", "rungs", "changes", "contrasts", "variants", "gates")


def make_forms(seed: int) -> Forms:
    """Every other person is a parent; each fills in two forms, on one project in both rounds or on two projects."""
    lots = np.random.default_rng(seed)
    forms = []
    for person in range(PEOPLE):
        for group in lots.permutation(len(GROUPS))[:2]:
            told = [SCALE[step] for step in lots.integers(len(SCALE), size=len(ITEMS))]
            role = "Parent" if person % 2 else "Practitioner"
            said = SAID[lots.integers(len(SAID))]
            words = f"{said} That was {GROUPS[group][0]}." if said else ""
            forms.append([f"K-{person + 1:03d}", role, *GROUPS[group], *told, words])
    return forms


def number_people(forms: Forms) -> Forms:
    return [[row[0].removeprefix("K-"), *row[1:]] for row in forms]


def drop_ids(forms: Forms) -> Forms:
    return [["", *row[1:]] for row in forms]


def tick_alike(forms: Forms) -> Forms:
    """Without ids, and with two boxes to tick, so that many forms are alike to the last cell."""
    return [["", *row[1:4], *(["Mostly", "A little"][cell in SCALE[:3]] for cell in row[4:6] * 4), ""] for row in forms]


def send_twice(forms: Forms) -> Forms:
    """Some forms stand in the file twice, and some people sent two forms on the same project and round."""
    return [*forms, *forms[::20], *([*row[:4], *reversed(row[4:-1]), row[-1]] for row in forms[::25])]


SHAPES: dict[str, Callable[[Forms], Forms]] = {
    "ids": list,
    "numbers": number_people,
    "no ids": drop_ids,
    "alike": tick_alike,
    "sent twice": send_twice,
}


def write(path: Path, forms: Forms, order: int = 0, header: Sequence[str] = HEADER) -> Path:
    places = np.random.default_rng(order).permutation(len(forms))
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *(forms[place] for place in places)])
    return path


def leave_out(forms: Forms) -> Forms:
    return [row for row in forms if row[PROJECT] != MORE]


def score(*paths: Path) -> Scored:
    """Scores and all that follows from them, exact, as a run has them before anything is rounded."""
    survey = read_survey(paths, FRAMEWORK)
    roles = {each.response: each.role for each in rows(survey.responses, Response)}
    asked = {each.name: each.text for each in survey.questions}
    themes = [each.id for each in FRAMEWORK.themes]
    mentions = code_answers(survey.answers, asked, roles, FRAMEWORK, "cues")
    heard = gather_evidence(survey, mentions, FRAMEWORK, themes, themes)
    limits = FRAMEWORK.thresholds_for("raw")
    return score_projects(survey, heard, FRAMEWORK, limits, seed=1, gates=(read_gate(GATE, FRAMEWORK),))


def list_figures(found: Scored | Findings) -> dict[str, list[str]]:
    """Every figure of the projects other than the one more, to the last digit."""
    figures = {}
    for kind in KINDS:
        given = getattr(found, kind)
        told = given.itertuples(index=False) if isinstance(given, pd.DataFrame) else given
        figures[kind] = [repr(each) for each in told if each.project != MORE]
    return figures


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", SHAPES)
def test_a_project_more_and_the_order_of_rows_change_no_figure_of_another(
    shape: str, seed: int, tmp_path: Path
) -> None:
    forms = SHAPES[shape](make_forms(seed))
    alone = score(write(tmp_path / "alone.csv", leave_out(forms)))
    beside = score(write(tmp_path / "beside.csv", forms, order=seed + 1))
    figures = list_figures(alone)
    assert all(figures.values())
    assert alone.scores["low"].notna().all()
    assert any(change.people_both for change in alone.changes) == (shape not in {"no ids", "alike"})
    assert list_figures(beside) == figures
    assert set(beside.scores["project"]) == {"Short breaks", "Transport", MORE}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_project_more_in_files_of_its_own_or_beside_the_others_changes_no_figure(shape: str, tmp_path: Path) -> None:
    """Parents and practitioners in a file each, people numbered anew in each; then the project more in other files."""
    forms = SHAPES[shape](make_forms(7))
    parts = {role: [row for row in forms if row[1] == role] for role in ("Parent", "Practitioner")}
    apart = [write(tmp_path / f"{role}.csv", leave_out(part)) for role, part in parts.items()]
    more = write(tmp_path / "more.csv", [row for row in forms if row[PROJECT] == MORE])
    both = [write(tmp_path / f"all-{role}.csv", part, order=5) for role, part in parts.items()]
    figures = list_figures(score(*apart))
    assert all(figures.values())
    assert list_figures(score(*apart, more)) == figures
    assert list_figures(score(*both)) == figures


def test_a_public_report_tells_the_same_of_the_other_projects(tmp_path: Path) -> None:
    forms = make_forms(3)
    settings = Settings(engine="cues", gates=(GATE,))
    alone = analyse([write(tmp_path / "alone.csv", leave_out(forms))], settings)
    beside = analyse([write(tmp_path / "beside.csv", forms, order=1)], settings)
    assert alone.scores["reportable"].any()
    assert list_figures(beside) == list_figures(alone)


def test_questions_of_the_project_more_change_nothing_where_they_are_empty(tmp_path: Path) -> None:
    forms = drop_ids(make_forms(4))
    alone = score(write(tmp_path / "alone.csv", leave_out(forms)))
    wider = [[*row, "Every Tuesday" if row[PROJECT] == MORE else ""] for row in forms]
    header = [*HEADER, "Which group of the lane are you in?"]
    beside = score(write(tmp_path / "beside.csv", wider, header=header))
    assert list_figures(beside) == list_figures(alone)


def list_lots(path: Path) -> Iterator[tuple[str, str]]:
    """Person and lot of each response."""
    for each in rows(read_survey([path], FRAMEWORK).responses, Response):
        yield each.person, each.lot


@pytest.mark.parametrize("shape", SHAPES)
def test_a_person_has_one_lot_and_two_people_of_a_project_never_the_same(shape: str, tmp_path: Path) -> None:
    told = list(list_lots(write(tmp_path / "survey.csv", SHAPES[shape](make_forms(5)))))
    people, lots = {person for person, _ in told}, {lot for _, lot in told}
    assert len(people) == len(lots) == len(set(told))


def test_running_numbers_of_two_files_are_different_people_of_a_project(tmp_path: Path) -> None:
    first, second = (number_people(make_forms(seed)) for seed in (1, 2))
    paths = [write(tmp_path / f"{name}.csv", forms) for name, forms in (("one", first), ("two", second))]
    responses = read_survey(paths, FRAMEWORK).responses
    pairs = responses.drop_duplicates(["project", "person"])
    assert responses["person"].nunique() == 2 * PEOPLE
    assert not pairs.duplicated(["project", "lot"]).any()


def test_a_persons_lot_is_the_same_in_every_tools_export_and_whoever_else_answered(tmp_path: Path) -> None:
    forms = make_forms(6)
    first = {lot for _, lot in list_lots(write(tmp_path / "a.csv", forms[:10]))}
    other = write(tmp_path / "b.csv", [row[::-1] for row in forms], header=HEADER[::-1])
    assert len(first) == 5
    assert first < {lot for _, lot in list_lots(other)}
