"""A million made-up people in 2,000 projects go in; the time and memory that scoring them takes come out.

Run: python benchmarks/scale.py [--projects 2000] [--people 1000000] [--from-tables]
Without --from-tables what everybody said is made in arrays, and only `score_projects` is timed; with it, tables of a
survey are made (eight closed items a person), and `gather_evidence` is timed too. Processor time is of one process; the
memory of scoring is the peak of the process less what it held when scoring began. On 22 November 2026, on one of two
slow cores that others used too: 42.3 s of processor, 330 MB.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Question, Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, table
from coprod_cli.reading import read_framework
from coprod_cli.scoring import Heard, Themes, gather_evidence, score_projects

SEED = 20260101
PLACES = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
ASKED = 3
Made = TypeVar("Made")


def name_people(people: int, projects: int) -> tuple[list[str], list[str]]:
    """The ids of all people, and the project of each: as many in one project as in another."""
    own = np.arange(people) * projects // people
    return [f"p{place:07d}" for place in range(people)], [f"Project {place:05d}" for place in own.tolist()]


def make_heard(people: int, projects: int, framework: Framework) -> Heard:
    """What everybody said, in arrays: means of three items of every dimension, no comments, all parents."""
    names, own = name_people(people, projects)
    dimensions = tuple(each.id for each in framework.dimensions)
    themes = tuple(each.id for each in framework.themes)
    steps = np.random.default_rng(SEED).integers(0, 4 * ASKED + 1, (people, len(dimensions)))
    items = steps.astype(np.float64) * (25 / ASKED)
    none = np.zeros((len(themes), len(dimensions)))
    voices = pd.DataFrame(
        {"project": own, "role": "parent", "wave": "", "person": names, "lot": names, "weight": 1.0, "sector": ""},
    )
    return Heard(
        voices,
        dimensions,
        Themes(themes, none, none),
        items,
        np.full(items.shape, ASKED, dtype=np.int16),
        np.zeros((people, len(themes)), dtype=np.int8),
        np.zeros(people, dtype=np.bool_),
        framework.scoring.max_comment_weight,
    )


def make_survey(people: int, projects: int, framework: Framework) -> Survey:
    """The tables of a survey in which every person answers the eight items of the short form."""
    names, own = name_people(people, projects)
    short = [each for each in framework.items if each.id.endswith("_1")]
    lots = np.random.default_rng(SEED)
    empty = {
        name: table([], kind) for name, kind in (("answers", Answer), ("ratings", Rating), ("responses", Response))
    }
    responses = pd.DataFrame(
        {
            "response": names,
            "person": names,
            "role": "parent",
            "project": own,
            "wave": "",
            "consent": True,
            "weight": 1.0,
        }
    )
    ratings = pd.DataFrame(
        {
            "response": np.repeat(np.array(names, dtype=object), len(short)),
            "item": np.tile(np.array([each.id for each in short], dtype=object), people),
            "score": lots.choice(PLACES, people * len(short)),
        }
    )
    return Survey(
        responses=_fit(responses, empty["responses"]),
        answers=empty["answers"],
        ratings=_fit(ratings, empty["ratings"]),
        questions=tuple(Question(each.id, each.parent, ColumnKind.ITEM, each.dimension) for each in short),
        sources=(),
        rows_read=people,
        forms=people,
    )


def _fit(made: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """The same with the columns and types of a table of the survey; text that was not made is empty."""
    return made.reindex(columns=like.columns, fill_value="").astype(like.dtypes.to_dict())


def clock(what: str, work: Callable[[], Made]) -> Made:
    """Do the work and print what it took."""
    held = _find_peak()
    wall, processor = time.perf_counter(), time.process_time()
    made = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{what}: {wall:.1f} s ({processor:.1f} s of processor); peak {_find_peak():,} MB, {held:,} MB before")
    return made


def _find_peak() -> int:
    """The most memory this process has held so far, MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Make, score, and tell what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--projects", type=int, default=2000)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--from-tables", action="store_true")
    asked = parser.parse_args()
    framework = read_framework()
    survey = make_survey(
        asked.people if asked.from_tables else 1, 1 if not asked.from_tables else asked.projects, framework
    )
    if asked.from_tables:
        mentions = table([], Mention)
        heard = clock("gather_evidence", lambda: gather_evidence(survey, mentions, framework, [], []))
    else:
        heard = make_heard(asked.people, asked.projects, framework)
    limits = framework.thresholds_for("public")
    scored = clock("score_projects", lambda: score_projects(survey, heard, framework, limits, SEED))
    print(f"{len(scored.scores):,} rows of scores for {asked.people:,} people in {asked.projects:,} projects")


if __name__ == "__main__":
    main()
