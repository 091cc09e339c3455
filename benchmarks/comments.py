"""Made-up people whose true mean is known, read by a coder with known mistakes, go in; bias and coverage come out.

Run: python benchmarks/comments.py [--rounds 300]

Every person writes one to three answers. Each answer speaks for or against about two of the 20 themes; people differ
in how content they are, so that what one person says goes together. A made-up coder reads the answers: it misses much
of what is there, more of what is for than of what is against, takes some of what is for as against, and now and then
finds what nobody said. What is known of it comes from 7,000 other answers by 25 writers whom it reads unequally well.
The true place is that of 100,000 such people whose answers were all read rightly. Nominal coverage: 95 %.
"""

import argparse
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.findings import ThemeReliability
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL
from coprod_cli.reading import read_framework
from coprod_cli.scoring import Heard, Themes
from coprod_cli.scoring.corrected import correct_scores, learn_correction
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import Measured, Spoken, measure_group
from coprod_cli.scoring.told import Told

Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Tries = tuple[Measured | None, Measured | None, Measured | None]
# How content people are, as the mean and strength of a Beta distribution.
MOODS = {"mostly against": (0.25, 2.0), "in the middle": (0.5, 2.0), "mostly for": (0.75, 2.0)}
SIZES = (10, 20, 50, 200)
SEED = 20260101
DIMENSION = "trust"
RAISED = 0.1
WRITERS, OF_EACH = 25, 280
# Shares given nothing, for, against, where the truth is nothing, for, against.
MISTAKES = np.array([[0.985, 0.004, 0.011], [0.46, 0.48, 0.06], [0.28, 0.02, 0.70]])
# How unequally writers are read: the strength of the Dirichlet distribution of their own shares about these.
LIKENESS = 40.0


class Crowd(NamedTuple):
    """People's true verdicts: whose answer, theme by theme (answers x themes; 0 nothing, 1 for, 2 against)."""

    person: Numbers
    verdict: Numbers


def draw_crowd(lots: np.random.Generator, people: int, themes: int, mood: tuple[float, float]) -> Crowd:
    """People of one mood with their answers."""
    mean, strength = mood
    content = lots.beta(mean * strength, (1 - mean) * strength, people)
    person = np.repeat(np.arange(people), lots.integers(1, 4, people))
    raised = lots.random((len(person), themes)) < RAISED
    side = np.where(lots.random((len(person), themes)) < content[person, None], 1, 2)
    return Crowd(person, np.where(raised, side, 0))


def draw_coder(lots: np.random.Generator, themes: int, writers: int) -> Shares:
    """How each writer's words on each theme are read: writers x themes x 3 x 3."""
    own = lots.standard_gamma(np.broadcast_to(MISTAKES * LIKENESS, (writers, themes, 3, 3)))
    return np.asarray(own / own.sum(axis=3, keepdims=True))


def read_answers(lots: np.random.Generator, crowd: Crowd, shares: Shares) -> Numbers:
    """What a coder makes of the answers, given how it reads each person: people x themes x 3 x 3."""
    chances = shares[crowd.person[:, None], np.arange(crowd.verdict.shape[1]), crowd.verdict].cumsum(axis=2)
    return np.asarray((lots.random(crowd.verdict.shape)[..., None] > chances[..., :2]).sum(axis=2))


def measure_coder(lots: np.random.Generator, names: tuple[str, ...]) -> list[ThemeReliability]:
    """What would be measured of the coder on a corpus of its own, design effects and all."""
    person = np.repeat(np.arange(WRITERS), OF_EACH)
    truth = lots.choice(3, p=[0.94, 0.03, 0.03], size=(len(person), len(names)))
    given = read_answers(lots, Crowd(person, truth), draw_coder(lots, len(names), WRITERS))
    found = []
    for place, name in enumerate(names):
        pairs = np.zeros((WRITERS, 4, 4))
        np.add.at(pairs, (person, truth[:, place], given[:, place]), 1)
        rows = tuple(tuple(int(value) for value in row) for row in pairs.sum(axis=0))
        measured = ThemeReliability(name, *(np.nan,) * 6, cases=0)
        found.append(measured._replace(verdicts=rows, verdict_designs=tuple(find_designs(pairs))))
    return found


def find_designs(pairs: Shares) -> list[float]:
    """The design effect of each row of counts (writers x 4 x 4), as training/measuring.py finds it."""
    size = pairs.sum(axis=2, keepdims=True)
    total = np.maximum(size.sum(axis=0), 1)
    shares = pairs.sum(axis=0) / total
    apart = ((pairs - shares * size) ** 2).sum(axis=(0, 2)) / total[:, 0] ** 2 * WRITERS / (WRITERS - 1)
    unrelated = (shares * (1 - shares) / total).sum(axis=1)
    return [float(max(1.0, a / u)) if u > 0 else 1.0 for a, u in zip(apart, unrelated, strict=True)]


def make_heard(crowd: Crowd, given: Numbers, framework: Framework) -> Heard:
    """The answers as coded: people of one group who answered no closed question."""
    people, themes = int(crowd.person.max()) + 1, given.shape[1]
    names = tuple(each.id for each in framework.themes)
    dimensions = tuple(each.id for each in framework.dimensions)
    alone = weigh_themes(framework)
    answer, theme = np.nonzero(given)
    told = Told(
        crowd.person[answer],
        theme.astype(np.int64),
        given[answer, theme].astype(np.int8),
        np.zeros(len(answer), dtype=np.bool_),
        np.bincount(crowd.person, minlength=people),
    )
    ids = [f"p{n:06d}" for n in range(people)]
    voices = pd.DataFrame({"project": "A", "role": "parent", "wave": "", "person": ids, "lot": ids})
    silent = np.full((people, len(dimensions)), np.nan)
    return Heard(
        voices.assign(weight=1.0, sector=""),
        dimensions,
        Themes(names, np.zeros_like(alone), alone),
        silent,
        np.zeros(silent.shape, dtype=np.int16),
        told.judge(people, themes),
        np.ones(people, dtype=np.bool_),
        framework.scoring.max_comment_weight,
        told=told,
    )


def weigh_themes(framework: Framework) -> Shares:
    """What themes weigh in dimensions."""
    return np.array(
        [[dict(theme.feeds).get(each.id, 0.0) for each in framework.dimensions] for theme in framework.themes]
    )


def find_places(verdict: Numbers, framework: Framework) -> Shares:
    """Places of true verdicts on each dimension and overall, 0..100."""
    weights = weigh_themes(framework)
    weights = np.column_stack([weights, weights @ [each.weight for each in framework.dimensions]])
    sides = [(verdict == side).sum(axis=0) @ weights for side in (1, 2)]
    return np.asarray(100 * sides[0] / (sides[0] + sides[1]))


def try_once(lots: np.random.Generator, framework: Framework, size: int, mood: tuple[float, float], seed: int) -> Tries:
    """Scores of one crowd: overall as coded, overall corrected, and one dimension corrected."""
    names = tuple(each.id for each in framework.themes)
    limits = framework.thresholds_for("raw")
    crowd = draw_crowd(lots, size, len(names), mood)
    heard = make_heard(crowd, read_answers(lots, crowd, draw_coder(lots, len(names), size)), framework)
    spoken = Spoken(next(heard.groups()), heard.dimensions, 2)
    coded = measure_group(spoken, framework, limits, seed)
    correction = learn_correction(measure_coder(lots, names), names, framework, seed)
    fixed = correct_scores(coded, spoken, correction, framework, limits) if correction else {}
    return coded.get(OVERALL), fixed.get(OVERALL), fixed.get(DIMENSION)


def main() -> None:
    """Print, by mood and people: how far off scores are, coverage and half width, as coded and corrected."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    framework = read_framework()
    place = [each.id for each in framework.dimensions].index(DIMENSION)
    print("off, coverage, half width of: overall as coded; overall corrected; one dimension corrected")
    for mood, spread in MOODS.items():
        places = find_places(
            draw_crowd(np.random.default_rng(1), 100_000, len(framework.themes), spread).verdict, framework
        )
        truths = (places[-1], places[-1], places[place])
        for size in SIZES:
            lots = np.random.default_rng(SEED + size)
            tries = [try_once(lots, framework, size, spread, SEED + turn) for turn in range(rounds)]
            shown = "".join(
                tell_tries([each for each in found if each is not None], truth, framework.scoring.level)
                for found, truth in zip(zip(*tries, strict=True), truths, strict=True)
            )
            print(f"{mood:16} {size:6} {shown}", flush=True)


def tell_tries(found: list[Measured], truth: float, level: float) -> str:
    """How far off scores are on average, how often their ranges hold the truth, and half their width."""
    ranges = [find_range(each.widened, each.estimate, level) for each in found]
    off = float(np.mean([each.estimate for each in found])) - truth
    held = float(np.mean([low <= truth <= high for low, high in ranges]))
    half = float(np.mean([(high - low) / 2 for low, high in ranges]))
    return f"{off:+14.1f} {held:9.1%} {half:6.1f}"


if __name__ == "__main__":
    main()
