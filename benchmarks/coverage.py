"""Made-up people whose true mean is known go in; how often the likely range holds it comes out.

Run: python benchmarks/coverage.py [--rounds 1000]

People answer three items of a dimension on the five-point scale; people differ by about 24 points (their mean of
three items), dimensions share a halo. The true mean is that of 200,000 such people. Nominal: 95 %.
"""

import argparse

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Question, Survey
from coprod_cli.model.tables import OVERALL, Answer, Rating, Score, rows, table
from coprod_cli.model.tables import Response as Form
from coprod_cli.reading import read_framework
from coprod_cli.scoring import Heard, Themes, score_projects

PROFILES: dict[str, dict[str, float]] = {
    "even": {},
    "nice but powerless": {"power": 28.0, "influence": 28.0, "": 78.0},
    "kind, all core low": {"start": 30.0, "power": 30.0, "heard": 30.0, "influence": 30.0, "": 80.0},
}
USUAL = 55.0
SIZES = (5, 10, 20, 30, 50)
SEED = 20260101


def draw_people(lots: np.random.Generator, count: int, dimensions: list[str], profile: str) -> npt.NDArray[np.float64]:
    """Scores of shape (count, dimensions), each the mean of three five-point items."""
    halo = lots.normal(0, 17, (count, 1, 1))
    own = lots.normal(0, 15, (count, len(dimensions), 1))
    noise = lots.normal(0, 18, (count, len(dimensions), 3))
    centres = PROFILES[profile]
    centre = np.array([centres.get(name, centres.get("", USUAL)) for name in dimensions])
    items = np.clip(np.round((centre[None, :, None] + halo + own + noise) / 25) * 25, 0, 100)
    return np.asarray(items.mean(axis=2))


def make_survey(framework: Framework) -> Survey:
    """A survey of one form that asks every item: it names the group; what people said is drawn apart."""
    return Survey(
        responses=table([Form("r", "p", "parent", "A", "", consent=True, weight=1.0)], Form),
        answers=table([], Answer),
        ratings=table([], Rating),
        questions=tuple(Question(each.id, each.parent, ColumnKind.ITEM, each.dimension) for each in framework.items),
        sources=(),
        rows_read=1,
        forms=1,
    )


def make_heard(said: npt.NDArray[np.float64], framework: Framework) -> Heard:
    """People who said this (people x dimensions) in closed items, all parents in one project."""
    people, wide = said.shape
    voices = pd.DataFrame(
        {"project": "A", "role": "parent", "wave": "", "person": [f"p{n:06d}" for n in range(people)]}
    )
    themes = tuple(each.id for each in framework.themes)
    none = np.zeros((len(themes), wide))
    return Heard(
        voices.assign(weight=1.0, sector=""),
        tuple(each.id for each in framework.dimensions),
        Themes(themes, none, none),
        said,
        np.full(said.shape, 3, dtype=np.int16),
        np.zeros((people, len(themes)), dtype=np.int8),
        np.zeros(people, dtype=np.bool_),
        framework.scoring.max_comment_weight,
    )


def main() -> None:
    """Print a table: profile, people, share of ranges that hold the truth, half their width, how far off scores are."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args().rounds
    framework = read_framework()
    dimensions = [each.id for each in framework.dimensions]
    weights = np.array([each.weight for each in framework.dimensions])
    core = np.array([each.core for each in framework.dimensions])
    limits = framework.thresholds_for("raw")
    survey = make_survey(framework)
    print(f"{'':28}one dimension, half width; overall, half width, how far off the score is")
    for profile in PROFILES:
        truth = draw_people(np.random.default_rng(1), 200_000, dimensions, profile).mean(axis=0)
        whole = min(float(truth @ weights), float(truth[core].min()) + framework.scoring.slack)
        for size in SIZES:
            lots = np.random.default_rng(SEED + size)
            hits: list[tuple[bool, float, bool, float, float]] = []
            for turn in range(rounds):
                said = draw_people(lots, size, dimensions, profile)
                scored = score_projects(survey, make_heard(said, framework), framework, limits, seed=SEED + turn)
                score = {each.dimension: each for each in rows(scored.scores, Score)}
                power, overall = score["power"], score[OVERALL]
                hits.append(
                    (
                        power.low <= truth[dimensions.index("power")] <= power.high,
                        (power.high - power.low) / 2,
                        overall.low <= whole <= overall.high,
                        (overall.high - overall.low) / 2,
                        overall.estimate - whole,
                    )
                )
            one, one_half, both, both_half, off = np.mean(np.array(hits, dtype=float), axis=0)
            print(f"{profile:20} {size:6} {one:14.1%} {one_half:10.1f} {both:8.1%} {both_half:10.1f} {off:+6.1f}")


if __name__ == "__main__":
    main()
