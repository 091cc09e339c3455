"""What is on paper stands on the project's page, in results.json and governance.csv, and never looks like a score."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from coprod_cli.model.findings import Findings, Flag, Settings
from coprod_cli.model.governance import Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.tables import RungChance, table
from coprod_cli.reporting import OUTPUTS, Material, list_results
from coprod_cli.reporting.to_manifest import write_manifest

MakeFindings = Callable[..., Findings]
PROJECT = "Short breaks strategy"
PAPER = ProjectFacts(
    PROJECT,
    facts=(
        Fact("G01", "yes", "verified", "Chair of the forum", "Minutes.", "2025-01-13"),
        Fact("G04", "partly", "disputed", "Manager says yes; forum says no"),
        Fact("G08", "no", "claimed"),
        Fact("G17", "not known", "claimed"),
    ),
    bodies=(
        Body("Change board", "board", "no", True, "verified", "Clerk", "List", "2025-02-01"),
        Body("Bookings", "workstream", "yes", decides=False, status="claimed"),
    ),
    started="2025-01-13",
    decided="2025-04-30",
    dates_origin=Origin("Manager", "Project log", "2025-05-01"),
    called="co-production",
    promised="Co-design",
    producers=0,
    asked=(("parent", 1200), ("practitioner", 9)),
    changed=("Bookings open earlier.", "=1+1"),
    replies=(("RF04", "Two seats are kept."),),
)
FLAG = Flag("Pool <timetable>", "", "RF04", "No seat where it counts", "note", "It is said.", escalate=False, reply="")
ALONE = ProjectFacts("Pool <timetable>", facts=(Fact("G11", "yes", "claimed"),))


@pytest.fixture(scope="module")
def findings(make_findings: MakeFindings) -> Findings:
    return make_findings(governance=Governance((PAPER, ALONE), "2026-01-31", "d" * 64), flags=(FLAG,))


@pytest.fixture(scope="module")
def files(findings: Findings) -> dict[str, bytes]:
    return render_papers(findings)


def render_papers(findings: Findings) -> dict[str, bytes]:
    """The files that tell what is on paper; without charts, which do not."""
    written = {name: OUTPUTS[name](Material(findings)) for name in ("report.html", "results.json", "governance.csv")}
    return {**written, "manifest.json": write_manifest(findings, written)}


def cut_page(files: dict[str, bytes], project: str) -> str:
    """The words of one project's part of the report, without tags."""
    page = files["report.html"].decode()
    start = page.index(f'id="project-{project}"')
    return page[start : page.index("<section id=", page.index("What changed.", start))]


def test_the_page_of_a_project_says_what_is_on_paper(files: dict[str, bytes]) -> None:
    page = cut_page(files, "short-breaks-strategy").replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "The service calls it “co-production”.",
        "The work began: 13 January 2025. It was decided, or the final draft was ready: 30 April 2025.",
        "30 April 2025. Claimed.",
        "No parent or young person is named. Claimed.",
        "✓ yes", "◐ partly", "✗ no", "● verified", "○ claimed", "◇ disputed",
        "Chair of the forum; Minutes; 13 January 2025",
        "Not known yet: 14 of 17 facts",
        "Parents have a seat on the one workstream. Parents have no seat on the one board.",
        "Board, decides",
        "<li>Bookings open earlier.</li>",
    ):  # fmt: skip
        assert words in page, words
    assert "9 practitioners" not in page
    # What nobody knows does not stand in the table as if it were an answer.
    assert "? not known" not in page


def test_a_project_on_paper_alone_has_a_page_and_is_told_what_a_score_would_take(files: dict[str, bytes]) -> None:
    page = cut_page(files, "pool-timetable")
    assert "No score for this project" in page
    assert "at least 10 parents and carers" in page
    assert "Pool &lt;timetable&gt;" in page
    assert "No seat where it counts (RF04), a note beside the score." in page
    assert "Nobody has written down what changed." in page
    report = files["report.html"].decode()
    assert '<a href="#project-pool-timetable">' in report
    assert "says nothing about this project" in report  # the other projects of the survey


def test_without_a_file_nothing_is_said_of_it(usual: Findings) -> None:
    files = render_papers(usual)
    assert "on paper" not in files["report.html"].decode().replace("what is on paper about each project: facts", "")
    assert files["governance.csv"].decode().count("\n") == 1
    assert json.loads(files["results.json"])["governance"] == {"as_of": None, "projects": []}
    assert json.loads(files["manifest.json"])["governance_sha256"] == ""


@pytest.mark.parametrize(("chances", "said"), [((0.1, 0.2, 0.3, 0.28, 0.12, 0.0), "12%"), ((), "not enough answers")])
def test_what_was_promised_stands_against_what_people_told(
    findings: Findings, chances: tuple[float, ...], said: str
) -> None:
    rungs = table((RungChance(PROJECT, "parent", "", at, chance, 35) for at, chance in enumerate(chances)), RungChance)
    page = cut_page(render_papers(replace(findings, rungs=rungs)), "short-breaks-strategy")
    assert "promised the rung “Co-design”" in page
    assert said in page
    assert "verified facts allow" not in page
    limiting = FLAG._replace(project=PROJECT, effect="limit")
    limited = cut_page(render_papers(replace(findings, rungs=rungs, flags=(limiting,))), "short-breaks-strategy")
    assert ("as verified facts allow (RF04)" in limited) == bool(chances)


def test_the_facts_of_a_project_with_several_rounds_stand_with_the_last(make_findings: MakeFindings) -> None:
    rounds = [(PROJECT, 30, 20, 50.0, 6.0, wave) for wave in ("2024", "2025")]
    report = render_papers(make_findings(rounds, governance=Governance((PAPER,))))["report.html"].decode()
    assert report.count("The service calls it") == 1
    assert 'id="project-short-breaks-strategy-2025"' in report
    assert 'id="project-short-breaks-strategy-2024"' not in report


def test_results_json_holds_all_of_it_and_keeps_to_the_schema(files: dict[str, bytes]) -> None:
    text = resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    told = json.loads(files["results.json"])["governance"]
    jsonschema.validate(told, {**schema["properties"]["governance"], "$defs": schema["$defs"]})
    first, second = told["projects"]
    assert (first["in_survey"], second["in_survey"], second["producers"]) == (True, False, None)
    assert first["asked"] == {"parent": 1200, "practitioner": None}
    assert first["seats"]["board"] == {"bodies": 1, "known": 1, "with_parents": 0}
    assert first["facts"][0]["evidence"] == "Minutes."
    assert first["facts"][2]["who"] is None
    assert first["dates"]["ended"] is None
    assert json.loads(files["manifest.json"])["governance_sha256"] == "d" * 64


def test_every_key_of_it_is_explained(findings: Findings) -> None:
    page = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    (first, _) = list_results(findings)["governance"]["projects"]
    for key in {*first, *first["dates"], *first["facts"][0], *first["bodies"][0], *first["seats"]["board"]} - {"text"}:
        assert f"`{key}`" in page, key


def test_the_table_has_a_row_for_each_thing_and_runs_no_formula(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["governance.csv"].decode(), newline="")))
    kinds = [row["kind"] for row in rows if row["project"] == PROJECT]
    assert kinds == [
        *["fact"] * 4, "board", "workstream", "date", "date", "producers", "called", "promised", "changed", "changed",
        "reply",
    ]  # fmt: skip
    board = next(row for row in rows if row["kind"] == "board")
    assert (board["text"], board["answer"], board["decides"], board["who"]) == ("Change board", "no", "yes", "Clerk")
    assert [row["text"] for row in rows if row["kind"] == "changed"] == ["Bookings open earlier.", "'=1+1"]


def test_a_steering_group_sees_the_size_of_smaller_groups(findings: Findings) -> None:
    shown = list_results(replace(findings, settings=Settings(audience="restricted")))["governance"]["projects"][0]
    assert shown["asked"] == {"parent": 1200, "practitioner": 9}
