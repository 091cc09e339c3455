"""What the report and the data files say of sectors, weights and closed groups, and what they leave unsaid."""

import csv
import io
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest

from coprod_cli.model.findings import Findings, SectorScore, Settings
from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting import MANIFEST, OUTPUTS, Material, list_results, render
from coprod_cli.reporting.template_forum import tell as tell_forum
from coprod_cli.reporting.template_research import tell as tell_research
from coprod_cli.reporting.to_markdown import write_markdown

PROJECT = "Short breaks strategy"
WEIGHTED = Weighting("parent", ("I am a...", "Age of  your child"), 70, 57.3, 5, 2.781, converged=True, furthest=0.012)


def tell(findings: Findings) -> str:
    return write_markdown(tell_research(Material(findings))).decode("utf-8")


def make_sector(sector: str, level: float, people: int) -> list[SectorScore]:
    rows = [
        SectorScore(PROJECT, "", sector, dimension, level, level - 12, level + 12, people, reportable=True)
        for dimension in ("power", OVERALL)
    ]
    missing = SectorScore(PROJECT, "", sector, "trust", math.nan, math.nan, math.nan, -1, reportable=False)
    return [*rows, missing]


@pytest.fixture
def split(usual: Findings) -> Findings:
    return replace(usual, sectors=(*make_sector("education", 41, 15), *make_sector("health", 66, 20)))


def test_sectors_stand_side_by_side_with_range_and_people(split: Findings) -> None:
    report = tell(split)
    part = report.partition("Practitioners are not one side")[2]
    told = (
        "- Practitioners in schools, colleges and early years: 41 out of 100 (likely range 29 to 53; about 15 people)."
    )
    assert told in part
    assert "at least 10 practitioners of one sector" in part
    assert "| Sharing decisions | 41 (29 to 53), about 15 people | 66 (54 to 78), about 20 people |" in part
    assert not re.search(r"\bnan\b", part.partition("What people wrote")[0].casefold())


def test_nothing_is_said_of_sectors_where_none_may_be_told(usual: Findings) -> None:
    assert "not one side" not in tell(usual)
    assert list_results(usual)["sectors"] == []


def test_a_sector_without_an_overall_score_says_so(split: Findings) -> None:
    bare = tuple(each for each in split.sectors if each.dimension != OVERALL)
    assert "Practitioners in health: no overall score; not enough answers to say." in tell(replace(split, sectors=bare))


def test_sectors_are_the_same_in_csv_and_json(split: Findings) -> None:
    rows = list(csv.DictReader(io.StringIO(OUTPUTS["sectors.csv"](Material(split)).decode(), newline="")))
    listed = list_results(split)["sectors"]
    assert len(rows) == len(listed) == 6
    for row, each in zip(rows, listed, strict=True):
        assert {name: row[name] for name in ("project", "sector", "dimension")} == {
            name: each[name] for name in ("project", "sector", "dimension")
        }
        for name in ("estimate", "low", "high", "people"):
            assert row[name] == ("" if each[name] is None else f"{each[name]}")
    assert [row["reportable"] for row in rows if row["dimension"] == "trust"] == ["no", "no"]


def test_weights_are_told_with_their_effect_and_what_they_do_not_mend(usual: Findings) -> None:
    report = tell(replace(usual, weighting=(WEIGHTED,)))
    part = " ".join(report.partition("How answers were weighted")[2].partition("Project by project")[0].split())
    assert "their answers to 2 questions: “I am a...” and “Age of your child”" in part
    assert "about 70 people, who tell as much as 57 with equal weights would" in part
    assert "within 1 in 100 of those wanted" in part
    assert "less than 0.3 or for more than 3 people" in part
    assert "People chose themselves whether to answer." in part
    assert "How answers were weighted" not in tell(usual)
    note = " ".join(report.partition("**Weights.**")[2].split())
    assert note.startswith("Parents and carers were weighted by raking (Deming and Stephan 1940) to given shares of")


def test_weights_that_could_not_meet_the_targets_and_small_rounds_are_told(usual: Findings) -> None:
    rounds = (WEIGHTED._replace(converged=False, wave="2024"), WEIGHTED._replace(people=-1, wave="2025"))
    report = tell(replace(usual, weighting=rounds))
    assert "Parents and carers in 2024: about 70 people" in report
    assert "No weights could match all the shares at once." in report
    assert "Parents and carers in 2025: too few people to show." in report


def close(findings: Findings, *groups: ClosedGroup) -> str:
    return " ".join(write_markdown(tell_forum(Material(replace(findings, closed=groups)))).decode("utf-8").split())


def test_a_closed_group_is_told_where_its_base_may_be_shown(usual: Findings) -> None:
    whole = ClosedGroup(PROJECT, "parent", "", 60, used=True)
    staff = ClosedGroup(PROJECT, "practitioner", "", 40, used=True)
    told = "About 35 of the 60 parents and carers who were asked answered and about 15 of the 40 practitioners."
    report = close(usual, whole, staff)
    assert told in report
    assert "finite population factor" in report
    assert "may see things differently" in report
    small = ClosedGroup("School transport panel", "parent", "", 12, used=True)
    for hidden in (whole._replace(used=False), small):
        assert "who were asked answered" not in close(usual, hidden)
    thin = close(usual, whole._replace(used=False, few=True))
    assert "Of the parents and carers who were asked, fewer than 50% answered." in thin
    assert "60 parents" not in thin, "how many answered is told in the bases alone"


def test_a_rounded_base_never_goes_beyond_those_asked(usual: Findings) -> None:
    assert "All or nearly all of the 33 parents" in close(usual, ClosedGroup(PROJECT, "parent", "", 33, used=True))
    exact = replace(usual, settings=Settings(audience="raw"))
    assert "35 of the 35 parents" in close(exact, ClosedGroup(PROJECT, "parent", "", 35, used=True))


def test_results_keep_to_the_schema_and_the_manifest_knows_the_targets(
    split: Findings, make_findings: Callable[..., Findings]
) -> None:
    provenance = replace(split.provenance, targets_sha256="d" * 64)
    groups = (ClosedGroup(PROJECT, "parent", "", 60, used=True),)
    full = replace(split, weighting=(WEIGHTED,), closed=groups, provenance=provenance)
    schema = json.loads(resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text("utf-8"))
    results = json.loads(json.dumps(list_results(full)))
    jsonschema.validate(results, schema)
    assert results["weighting"][0]["effective"] == 57.3
    assert results["closed_groups"] == [
        {"project": PROJECT, "role": "parent", "wave": "", "asked": 60, "used": True, "few": False},
    ]
    files = render(full)
    assert json.loads(files[MANIFEST])["targets_sha256"] == "d" * 64
    assert not any(b"d" * 64 in content for name, content in files.items() if name != MANIFEST)
    assert json.loads(render(make_findings())[MANIFEST])["targets_sha256"] == ""
