"""How far the answers bear the scores is told in plain words, with ranges and people, and never of few."""

import csv
import io
import json
from dataclasses import replace
from importlib import resources
from math import nan
from pathlib import Path

import jsonschema
import pytest

from coprod_cli.model.findings import Alpha, Correlation, Findings, Habits, ItemRest, Quality, Unanswered, Variant
from coprod_cli.reporting import OUTPUTS, Material, list_results
from coprod_cli.reporting.document import Document
from coprod_cli.reporting.story_of_quality import tell_quality
from coprod_cli.reporting.to_markdown import write_markdown

POWER = (
    ItemRest("power_1", 0.7, 0.58, 0.79),
    ItemRest("power_2", 0.66, 0.53, 0.76),
    ItemRest("power_3", 0.71, 0.6, 0.8),
)
HEARD = (
    ItemRest("heard_1", 0.4, 0.21, 0.56),
    ItemRest("heard_2", 0.42, 0.23, 0.58),
    ItemRest("heard_3", 0.38, 0.19, 0.55),
)
HABITS = Habits("parent", 110, 80, -6.0, -9.0, -3.0, 12, 56.0, 110, 0.07, 53.0, 59.0, 0.05, 0.09)
EVEN = Habits("practitioner", 60, 30, 0.2, -4.0, 4.0, -1, 50.0, 60, 0.02, 47.0, 52.0, 0.01, 0.03)
QUALITY = Quality(
    alphas=(
        Alpha("parent", "power", 3, 95, 0.84, 0.78, 0.88, POWER),
        Alpha("parent", "heard", 3, 90, 0.61, 0.45, 0.73, HEARD),
    ),
    correlations=(
        Correlation("parent", "power", "heard", 90, 0.42, 0.2, 0.6),
        Correlation("parent", "power", "trust", 85, -0.02, -0.2, 0.2),
        Correlation("parent", "overall", "anchor_ladder", 85, 0.71, 0.6, 0.8),
        Correlation("parent", "overall", "anchor_overall", 85, 0.8, 0.7, 0.87),
    ),
    habits=(HABITS, EVEN),
    unanswered=(
        Unanswered("parent", "power_1", 110, 0.02, 0.31, much=True),
        Unanswered("parent", "heard_1", 110, nan, 0.0, much=False),
    ),
)


def make_variants(project: str, role: str = "parent", moved: float = 5.0) -> list[Variant]:
    return [
        Variant(project, role, "", "as_scored", "As it is scored", 54.0, 48.0, 60.0, 35),
        Variant(project, role, "", "slack_10", "At most 10 points above", 54.0 - moved, 43.0, 55.0, 35),
        Variant(project, role, "", "without_trust", "Without Trust", 56.0, 50.0, 62.0, 35),
        Variant(project, role, "", "silent_25", "If all would say 25", 33.0, 30.0, 36.0, 35),
        Variant(project, role, "", "silent_75", "If all would say 75", 69.0, 66.0, 72.0, 35),
    ]


@pytest.fixture
def judged(usual: Findings) -> Findings:
    return replace(usual, quality=QUALITY, variants=tuple(make_variants("Short breaks strategy")))


def tell(findings: Findings) -> str:
    return write_markdown(Document("t", "s", None, tell_quality(findings), "f")).decode("utf-8")


def test_how_far_the_score_moves_is_one_sentence_with_range_and_people(judged: Findings) -> None:
    words = tell(judged)
    assert (
        "the score that parents and carers give “Short breaks strategy” would lie between 49 and 56. It is 54 (likely "
        "range 48 to 60; about 35 people)." in words
    )
    assert (
        "would say 25, its score would be 33 (likely range 30 to 36); if they would say 75, 69 (likely range 66 to "
        "72). About 35 people answered." in words
    )


def test_many_projects_are_summed_up(usual: Findings) -> None:
    every = [each for place in range(6) for each in make_variants(f"Project {place}", moved=float(place * 2))]
    words = tell(replace(usual, variants=tuple(every)))
    # Moves are 2, 2, 4, 6, 8 and 10: the loss of Trust moves the first two.
    assert (
        "no overall score of parents and carers would move by more than 10 points, and half of the 6 scores by 4"
        in words
    )
    assert "Project 3" not in words.split("For researchers")[0].split("Not all")[0]


def test_what_parents_say_leads(usual: Findings) -> None:
    words = tell(replace(usual, variants=(*make_variants("A", "practitioner"), *make_variants("A", "parent"))))
    assert "the score that parents and carers give" in words
    assert "the score that practitioners give" not in words
    alone = tell(replace(usual, variants=tuple(make_variants("A", "practitioner"))))
    assert "the score that practitioners give" in alone


SENTENCES = """
hang together only in part (Cronbach's alpha 0.61 to 0.84 in 2 dimensions; likely ranges within
They do so least in “Being heard and valued”
goes closely with what they say of the work as a whole: the rung that they chose themselves (correlation 0.71;
likely range 0.60 to 0.80; about 85 people) and the mark from 0 to 10 (correlation 0.80;
scored the work 6 points lower than all parents and carers together (likely range of the difference -9 to -3 points;
about 80 people wrote): comments do not speak for all.
The practitioners who wrote comments scored the work no differently from all practitioners together
Parents and carers lean to yes, whatever is asked (index 56; likely range 53 to 59; 110 people; 50 is no habit)
There is no clear sign that practitioners say yes whatever is asked
Of the parents and carers, about 12 of 110 people ticked the same box for every question
Many parents and carers gave no answer to “When decisions were made, how far did parents have an equal say?”
(31% (likely range 23% to 40%) said that they do not know or that it does not apply, 2% (likely range 1% to 7%)
left it empty; 110 people were asked)
"""


@pytest.mark.parametrize("words", SENTENCES.strip().splitlines())
def test_each_finding_is_a_plain_sentence(judged: Findings, words: str) -> None:
    assert words in " ".join(tell(judged).split())


def test_dimensions_that_go_in_step_are_told_and_others_not(judged: Findings) -> None:
    assert "weak evidence" not in tell(judged)
    close = tuple(each._replace(r=0.9) for each in QUALITY.correlations)
    words = tell(replace(judged, quality=replace(QUALITY, correlations=close)))
    assert "2 of 2 pairs of dimensions go together more closely than 0.85" in words
    assert "weak evidence" in words


def test_where_every_question_asks_the_same_way_round_it_is_said(judged: Findings) -> None:
    alike = HABITS._replace(acquiescence=nan, acquiescence_people=0, straight_liners=-1)
    words = tell(replace(judged, quality=Quality(habits=(alike,))))
    assert "a habit of saying yes would not show" in words
    assert "nan" not in words
    assert "-1" not in words


def test_what_is_withheld_is_not_said(judged: Findings) -> None:
    withheld = HABITS._replace(
        commenters=-1, tilt=nan, tilt_low=nan, tilt_high=nan, straight_liners=-1, missing=nan, acquiescence_people=-1,
        acquiescence=nan, acquiescence_low=nan, acquiescence_high=nan,
    )  # fmt: skip
    few = (Unanswered("parent", "power_1", -1, nan, nan, much=True),)
    changed = replace(judged, variants=(), quality=Quality(habits=(withheld,), unanswered=few))
    words = tell(changed)
    assert "nan" not in words
    assert "-1" not in words
    assert "shares withheld" in words


def test_nothing_is_said_where_nothing_is_known(usual: Findings) -> None:
    assert tell_quality(usual) == ()


def read_rows(findings: Findings, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(OUTPUTS[name](Material(findings)).decode("utf-8"))))


def test_programs_get_all_of_it(judged: Findings) -> None:
    schema = json.loads(resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text("utf-8"))
    results = json.loads(OUTPUTS["results.json"](Material(judged)))
    jsonschema.validate(results, schema)
    assert results["quality"]["alphas"][0]["item_rest"][1] == {"item": "power_2", "r": 0.66, "low": 0.53, "high": 0.76}
    assert results["quality"]["habits"][1]["straight_liners"] is None
    assert results["quality"]["unanswered"][1]["left"] is None
    assert [each["variant"] for each in results["sensitivity"]][:2] == ["as_scored", "slack_10"]
    page = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    keys = {key for part in results["quality"].values() for each in part for key in each}
    keys |= set(results["sensitivity"][0]) | set(results["quality"])
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_spreadsheets_get_numbers_even_below_nought(judged: Findings) -> None:
    rows = read_rows(judged, "quality.csv")
    tilt = next(row for row in rows if row["measure"] == "comment_tilt" and row["role"] == "parent")
    assert [float(tilt[name]) for name in ("value", "low", "high")] == [-6.0, -9.0, -3.0]
    flat = next(row for row in rows if row["measure"] == "correlation" and row["beside"] == "trust")
    assert (flat["of"], float(flat["value"])) == ("power", -0.02)
    assert [row["mark"] for row in rows if row["measure"] == "do_not_know"] == ["many", ""]
    moved = read_rows(judged, "sensitivity.csv")
    assert [row["estimate"] for row in moved] == ["54.0", "49.0", "56.0", "33.0", "69.0"]


def test_no_file_tells_what_is_not_in_the_findings(usual: Findings) -> None:
    assert read_rows(usual, "sensitivity.csv") == []
    assert list_results(usual)["quality"] == {"alphas": [], "correlations": [], "habits": [], "unanswered": []}
