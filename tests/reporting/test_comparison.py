"""What a comparison and its changes say: plain words, never a ranking, nothing sure that is not."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from coprod_cli.comparing import compare_findings
from coprod_cli.model.compared import Comparison
from coprod_cli.model.comparison import Beside, Change, Pairing, Spread, Standing
from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import Notice
from coprod_cli.reporting import COMPARISON_OUTPUTS, list_results, render, render_comparison
from coprod_cli.reporting.story_of_changes import tell_changes
from coprod_cli.reporting.story_of_comparison import tell_comparison
from coprod_cli.reporting.to_json import write_json
from coprod_cli.reporting.to_markdown import write_markdown
from coprod_cli.scoring import hold_apart
from coprod_cli.telling import say_percent

DOCS = Path(__file__).parent.parent.parent / "docs" / "results.md"
MakeFindings = Callable[..., Findings]
NAMES = ("EHCP annual review redesign", "Short breaks strategy")


def make_change(dimension: str, verdict: str, change: float = 8.0, **more: object) -> Change:
    made = Change(
        NAMES[0], "parent", dimension, "2024", "2025", change, change - 6, change + 6, 0.99, 0.7, 35, 40, 20,
        linked=True, items=2, verdict=verdict, basis="items",
    )  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]  # whatever field a test wants otherwise


def make_silent(dimension: str) -> Change:
    nothing = dict.fromkeys(("change", "low", "high", "probability_up", "probability_up_5"), math.nan)
    few = dict.fromkeys(("people_before", "people_after", "people_both"), -1)
    why_not = "Not enough answers to say: it takes at least 20 people in each round."
    return make_change(dimension, "", basis="", linked=False, why_not=why_not, **nothing, **few)


@pytest.fixture
def findings(make_findings: MakeFindings) -> Findings:
    usual = make_findings()
    ids = [each.id for each in usual.framework.dimensions]
    changes = (
        make_change("power", "better"),
        make_change("trust", "no clear change", 1.0),
        make_change("heard", "worse", -9.0, probability_up=0.01),
        make_change("overall", "probably better", 4.0, probability_up=0.9),
        *(make_silent(name)._replace(project=NAMES[1]) for name in (*ids, "overall")),
    )
    standings = tuple(
        Standing(name, "parent", "", "items", 50.0 + at, 42.0 + at, 58.0 + at, 45, 51.0, 45.0, 57.0, 0.6, 1, 2, 2)
        for at, name in enumerate(NAMES)
    )
    spreads = (Spread("parent", "items", 8, 52.0, 6.0, 0.6),)
    pairings = (Pairing("parent", "items", *NAMES, -1.0, -12.0, 10.0, 0.4, 45, 35),)
    return replace(usual, changes=changes, beside=Beside(standings, spreads, pairings))


@pytest.fixture
def comparison(findings: Findings) -> Comparison:
    return compare_findings(findings, ("2024", "2025"))


def read_page(comparison: Comparison) -> str:
    return write_markdown(tell_comparison(comparison)).decode()


def test_changes_are_told_with_range_people_and_luck(findings: Findings) -> None:
    [section] = tell_changes(findings)
    text = repr(section)
    assert (
        "probably better. Overall up 4 points (likely range: down 2 to up 10); about 35 people, then about 40" in text
    )
    assert "better: “Sharing decisions”; worse: “Being heard and valued”" in text
    assert "4 changes were looked at, and 2 were called better or worse" in text
    assert "fewer than 1 of 4" in text
    assert f"“{NAMES[1]}”, parents and carers: not enough answers to say" in text
    assert "known to be the same" in text


def test_one_round_has_no_section_of_changes(make_findings: MakeFindings) -> None:
    assert tell_changes(make_findings()) == ()


def test_changes_stand_in_the_report_and_its_files(findings: Findings) -> None:
    files = render(findings)
    assert "What changed between rounds" in files["report.html"].decode()
    rows = files["changes.csv"].decode().splitlines()
    assert len(rows) == 1 + len(findings.changes)
    listed = list_results(findings)["changes"]
    assert listed[0]["false_discovery_rate"] == pytest.approx(0.027, abs=0.001)
    assert listed[-1]["people_before"] is None
    text = resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(write_json(findings)), json.loads(text))


def test_a_comparison_keeps_to_its_schema_and_every_key_is_explained(comparison: Comparison) -> None:
    text = resources.files("coprod_cli.reporting").joinpath("comparison.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    files = render_comparison(comparison)
    listed = json.loads(files["compare.json"])
    jsonschema.validate(listed, schema)
    page = DOCS.read_text(encoding="utf-8")
    data = [name for name in files if not name.startswith("charts/")]
    for name in (*data, *listed, *listed["scores"][0], *listed["spreads"][0], *listed["pairs"][0]):
        assert f"`{name}`" in page, name


def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison) -> None:
    files = render_comparison(comparison)
    assert files == render_comparison(comparison)
    pictures = {name for name in files if name.startswith("charts/changes-")}
    assert set(files) == {*COMPARISON_OUTPUTS, *pictures, "manifest.json"}
    assert {each["name"] for each in json.loads(files["manifest.json"])["outputs"]} == {*COMPARISON_OUTPUTS, *pictures}


def test_ranks_have_ranges_and_projects_stand_by_name(comparison: Comparison) -> None:
    page = read_page(comparison)
    assert "1 to 2 of 2" in page
    assert page.index("at least 80%; else there is no clear difference") < page.index("no clear difference |")
    assert "are not a league table" in page
    assert page.index(f"| {NAMES[0]} |") < page.index(f"| {NAMES[1]} |")
    assert "no clear difference" in page
    assert "51 (45 to 57) | 0.60" in page


def test_the_words_and_the_chance_beside_them_agree(findings: Findings) -> None:
    rules = findings.framework.scoring
    for chance, said in {
        0.796: "just under 80%",
        0.8: "80%",
        0.203: "just over 20%",
        0.2: "20%",
        0.947: "just under 95%",
        0.951: "95%",
        0.052: "just over 5%",
        0.004: "under 1%",
        0.999: "over 99%",
        0.5: "50%",
    }.items():
        assert say_percent(chance, rules) == said
    page = repr(tell_changes(replace(findings, changes=(make_change("overall", "better", 6.2, low=0.3),))))
    assert "up just over 0 to 12" in page
    assert page.index("at least 95% and the likely range leaves out 0") < page.index("Chance that it rose")


def test_projects_of_people_without_ids_are_not_compared(comparison: Comparison) -> None:
    beside = hold_apart(comparison.beside, {"parent"})
    told = replace(comparison, beside=beside, notices=(Notice("no-ids", "Forms are people here."),))
    page = read_page(told)
    assert "Forms are people here." in page
    assert "1 to 2 of 2" not in page
    assert "no clear difference" not in page
    assert "51 (45 to 57)" not in page
    assert hold_apart(comparison.beside, {"practitioner"}) == comparison.beside


def test_a_break_is_marked(comparison: Comparison) -> None:
    broken = replace(comparison, breaks=("The results were made by different versions of coprod.",))
    page = read_page(broken)
    assert page.count("made by different versions of coprod") == 2
    assert "Not made alike" not in read_page(comparison)


def test_published_ranges_are_said_to_be_less_exact(comparison: Comparison) -> None:
    assert "less exact" in read_page(replace(comparison, chances="ranges"))
    assert "less exact" not in read_page(comparison)
