"""A question asked the other way round says the same: every answer mirrored, its direction flipped, no digit moves."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coprod_cli.model.findings import Scored
from coprod_cli.model.tables import Mention, table
from coprod_cli.reading import read_framework, read_mapping, read_survey
from coprod_cli.scoring import gather_evidence, score_projects

PACKAGED = read_framework()
# Fewer draws than a report has: whether a digit moves does not hang on how many there are.
FRAMEWORK = replace(PACKAGED, scoring=replace(PACKAGED.scoring, draws=400))
STEPS = (4, 5, 7, 10)
ASKED = [(each.id, number) for each in FRAMEWORK.dimensions for number in (1, 2)]
Ticks = list[list[int | None]]


FLAGS = st.lists(st.booleans(), min_size=len(ASKED), max_size=len(ASKED))


def draw_ticks(seed: int, most: int) -> Ticks:
    """What 24 people tick, 1 to most; one in eight ticks nothing."""
    lots = np.random.default_rng(seed)
    steps = lots.integers(1, most, size=(24, len(ASKED)), endpoint=True)
    left = lots.random(steps.shape) < 1 / 8
    return [
        [None if gone else int(step) for step, gone in zip(*own, strict=True)] for own in zip(steps, left, strict=True)
    ]


def score(folder: Path, ticks: Ticks, directions: Sequence[int], most: int) -> Scored:
    """The survey written as a CSV file, read back by a mapping file, and scored."""
    survey, mapping = folder / "survey.csv", folder / "mapping.toml"
    header = ["Respondent ID", "I am a", "Project", *(f"Question {name} {number}" for name, number in ASKED)]
    rows = [
        [
            f"K-{place:03d}",
            "Parent" if place % 4 else "Practitioner",
            "Transport",
            *("" if x is None else x for x in own),
        ]
        for place, own in enumerate(ticks)
    ]
    with survey.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header, *rows])
    entries = (
        f'[[columns]]\nheader = "Question {name} {number}"\nkind = "item"\ndimension = "{name}"\n'
        f"direction = {direction}\nrange = [1, {most}]\n"
        for (name, number), direction in zip(ASKED, directions, strict=True)
    )
    mapping.write_text("\n".join(entries), encoding="utf-8")
    read = read_survey([survey], FRAMEWORK, read_mapping(mapping))
    heard = gather_evidence(read, table([], Mention), FRAMEWORK, (), ())
    return score_projects(read, heard, FRAMEWORK, FRAMEWORK.thresholds_for("raw"), seed=1)


@pytest.mark.parametrize("most", STEPS)
@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 99), reversed_=FLAGS, turned=FLAGS)
def test_a_question_turned_round_changes_no_digit(
    seed: int, reversed_: list[bool], turned: list[bool], tmp_path: Path, most: int
) -> None:
    ticks, directions = draw_ticks(seed, most), [-1 if each else 1 for each in reversed_]
    mirrored = [
        [most + 1 - x if flip and x is not None else x for x, flip in zip(own, turned, strict=True)] for own in ticks
    ]
    flipped = [-direction if flip else direction for direction, flip in zip(directions, turned, strict=True)]
    straight, other = score(tmp_path, ticks, directions, most), score(tmp_path, mirrored, flipped, most)
    assert straight.scores["reportable"].any()
    pd.testing.assert_frame_equal(straight.scores, other.scores, check_exact=True)
    pd.testing.assert_frame_equal(straight.rungs, other.rungs, check_exact=True)
    assert straight.contrasts == other.contrasts


def test_an_answer_mirrored_without_its_direction_does_change_the_score(tmp_path: Path) -> None:
    ticks: Ticks = [[4] * len(ASKED) for _ in range(12)]
    low: Ticks = [[2] * len(ASKED) for _ in range(12)]
    forward = [1] * len(ASKED)
    assert set(score(tmp_path, ticks, forward, 5).scores["estimate"].dropna().round(9)) == {75.0}
    assert set(score(tmp_path, low, forward, 5).scores["estimate"].dropna().round(9)) == {25.0}
