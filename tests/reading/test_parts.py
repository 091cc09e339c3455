"""One row may ask the same for several projects or rounds: nobody counts where they said nothing."""

from collections.abc import Callable
from pathlib import Path

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import read_mapping, read_survey

Write = Callable[..., Path]
POWER = "When decisions were made, how far did parents have an equal say?"
HEARD = "How far did people really listen to what parents said?"
TRUST = "How far did parents and professionals trust each other?"
OPEN = "What was good about how parents and professionals worked together?"
TURNS = [f"{project}: {asked}" for project in ("Buses", "Breaks") for asked in (POWER, HEARD)]
HEADER = ["Respondent ID", "I am a", *TURNS, TRUST, OPEN]


def list_ratings(survey: Survey) -> list[tuple[str, str, float]]:
    told = survey.ratings.merge(survey.responses, on="response").dropna(subset="score")
    return sorted(told[["project", "item", "score"]].itertuples(index=False, name=None))


def test_what_is_asked_once_for_all_projects_stands_by_itself(write: Write, framework: Framework) -> None:
    rows = [
        ["P1", "Parent", "Mostly", "Partly", "Not at all", "", "Completely", "They asked us before it was written"],
        ["P2", "Parent", "Completely", "Mostly", "Did not take part", "Did not take part", "Partly", ""],
        ["P3", "Parent", "", "", "", "", "", "Nobody ever came back to tell us anything"],
    ]
    survey = read_survey([write([HEADER, *rows])], framework)
    assert list_ratings(survey) == [
        ("All together", "trust_1", 50),
        ("All together", "trust_1", 100),
        ("Breaks", "power_1", 0),
        ("Buses", "heard_1", 50),
        ("Buses", "heard_1", 75),
        ("Buses", "power_1", 75),
        ("Buses", "power_1", 100),
    ]
    people = survey.responses.groupby("project")["person"].nunique().to_dict()
    assert people == {"Buses": 2, "Breaks": 1, "All together": 3}
    assert len(survey.answers) == 2
    assert survey.forms == survey.rows_read == 3
    assert survey.responses["person"].nunique() == 3


def test_before_and_after_are_rounds_of_the_same_people(write: Write, framework: Framework) -> None:
    header = [
        "Respondent ID",
        "Project",
        *[f"{when}: {asked}" for when in ("Before", "After") for asked in (POWER, HEARD)],
    ]
    rows = [["P1", "Buses", "Partly", "Partly", "Mostly", "Mostly"], ["P2", "Breaks", "Partly", "", "", ""]]
    survey = read_survey([write([header, *rows])], framework)
    told = survey.responses.groupby(["project", "wave"])["person"].nunique().to_dict()
    assert told == {("Buses", "Before"): 1, ("Buses", "After"): 1, ("Breaks", "Before"): 1}
    assert survey.responses["person"].nunique() == survey.forms == 2


def test_the_mapping_file_names_the_projects_that_a_cell_lists(
    write: Write, framework: Framework, tmp_path: Path
) -> None:
    cells = ["Website, app, none", "Youth forum, Website, app", "Website, app", "none", "Youth forum"]
    path = write([["I am a", "Which?", POWER], *[["Parent", cell, "Mostly"] for cell in cells]])
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[[columns]]\nheader = "Which?"\nkind = "project"\n'
        'words = { "Website, app" = "Website, app", "Youth forum" = "Youth forum", "none" = "none" }\n',
        encoding="utf-8",
    )
    survey = read_survey([path], framework, read_mapping(mapping))
    counts = survey.responses["project"].value_counts().to_dict()
    assert counts == {"Website, app": 3, "Youth forum": 2, "Not stated": 1}
    assert {notice.code for notice in survey.notices} >= {"projects_parted", "project_blank"}
