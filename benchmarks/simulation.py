"""Made-up people whose true scores are known go in; how often ranges hold them and chances come true comes out.

Run: python benchmarks/simulation.py [--rounds 1000] [--draws 1000] [--tables coverage shapes comments rungs]
It prints the tables of docs/method.md, "How right the ranges are". Fewer draws than the 4,000 of a report: the ends of
a range then waver by a few hundredths of its width, which changes the figures by less than the rounds do.

People answer three items of each dimension on the five-point scale; people differ by about 24 points (their mean of
three items) and share a halo over the dimensions. The truth is exact: the mean of all people of that make, which the
normal distribution gives. Answers of other shapes, such as those that pile up at one end of the scale, are in
answer_shapes.py. Where people comment, unhappy people do so more often, say what they feel of some themes, and a
machine misses some of it, hears what nobody said, and now and then takes good for bad.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from answer_shapes import SHAPES, Shape, draw_shape
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import OVERALL
from coprod_cli.reading import read_framework
from coprod_cli.scoring.composite import combine_dimensions
from coprod_cli.scoring.evidence import Group, Heard, Themes
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import Measured, Spoken, measure_group
from coprod_cli.scoring.rungs import find_rungs, list_needed, place_on_ladder

Matrix = npt.NDArray[np.float64]
SIZES = (8, 10, 20, 50, 200)
TABLES = ("coverage", "shapes", "comments", "rungs")
HALO, OWN, NOISE, ITEMS = 17.0, 15.0, 18.0, 3
# Polarised people stand this far from the middle, on either side.
APART, HALO_APART = 38.0, 8.0
# Of people of middling mood, this share comments; every MOOD points unhappier multiply the odds by e.
COMMENTERS, MOOD = 0.4, 15.0
# A commenter raises each theme this often; feelings this many points from the middle make praise e times likelier.
RAISED, FEELING = 0.15, 12.0
# A coder at about the reliability that lets a theme into the score (alpha 0.667 at this frequency).
SENSITIVITY, SPECIFICITY, WRONG_STANCE = 0.75, 0.97, 0.05
FOR, AGAINST = 1, 2
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)


@dataclass(frozen=True)
class Profile:
    """A kind of project: where people stand on each dimension ("" for all others), and whether they are two camps."""

    name: str
    centres: dict[str, float]
    camps: bool = False


PROFILES = (
    Profile("even", {"": 55.0}),
    Profile("nice but powerless", {"power": 28.0, "influence": 28.0, "": 78.0}),
    Profile("kind, all core low", {"start": 30.0, "power": 30.0, "heard": 30.0, "influence": 30.0, "": 80.0}),
    Profile("core in steps", {"start": 30.0, "power": 36.0, "heard": 42.0, "influence": 48.0, "": 70.0}),
    Profile("two camps", {"": 50.0}, camps=True),
    Profile("near the top", {"": 92.0}),
)


@dataclass(frozen=True)
class World:
    """The framework, as the simulation needs it."""

    framework: Framework

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(each.id for each in self.framework.dimensions)

    def weigh_themes(self) -> Matrix:
        """What each theme weighs in each dimension, themes x dimensions."""
        weights = np.zeros((len(self.framework.themes), len(self.dimensions)))
        for row, theme in enumerate(self.framework.themes):
            for dimension, weight in theme.feeds:
                weights[row, self.dimensions.index(dimension)] = weight
        return weights


def find_truth(centres: Matrix, *, camps: bool) -> Matrix:
    """The mean of all people of a make: of a normal, or of two, rounded to 0, 25 .. 100. Any shape."""
    shifts, halo = ((-APART, APART), HALO_APART) if camps else ((0.0,), HALO)
    spread = np.sqrt(halo**2 + OWN**2 + NOISE**2)
    borders = np.array([12.5, 37.5, 62.5, 87.5])
    shares = [special.ndtr((centres[..., None] + shift - borders) / spread).sum(axis=-1) for shift in shifts]
    return np.asarray(25 * np.mean(shares, axis=0))


def draw_people(lots: np.random.Generator, centres: Matrix, people: int, *, camps: bool) -> tuple[Matrix, Matrix]:
    """What they feel and the mean of three items they tick, both projects x people x dimensions.

    centres: projects x dimensions.
    """
    projects, wide = centres.shape
    halo = lots.normal(0, HALO_APART if camps else HALO, (projects, people, 1))
    if camps:
        halo += lots.choice([-APART, APART], halo.shape)
    feel = centres[:, None, :] + halo + lots.normal(0, OWN, (projects, people, wide))
    items = feel[..., None] + lots.normal(0, NOISE, (*feel.shape, ITEMS))
    return feel, np.clip(np.round(items / 25) * 25, 0, 100).mean(axis=-1)


def draw_verdicts(lots: np.random.Generator, feel: Matrix, themes: Matrix) -> npt.NDArray[np.int8]:
    """What the machine makes of their comments: 0 nothing, 1 for, 2 against; people x themes.

    feel: people x dimensions. themes: themes x dimensions.
    """
    wrote = lots.random(len(feel)) < special.expit(special.logit(COMMENTERS) - (feel.mean(axis=1) - 50) / MOOD)
    fed = themes.any(axis=1)
    shape = (len(feel), len(themes))
    raised = (lots.random(shape) < RAISED) & fed
    liked = lots.random(shape) < special.expit((feel[:, themes.argmax(axis=1)] - 50) / FEELING)
    found = np.where(raised, lots.random(shape) < SENSITIVITY, lots.random(shape) > SPECIFICITY) & fed
    heard = np.where(raised, liked ^ (lots.random(shape) < WRONG_STANCE), lots.random(shape) < 1 / 2)
    return np.where(wrote[:, None] & found, np.where(heard, FOR, AGAINST), 0).astype(np.int8)


def make_heard(
    world: World, said: Matrix, verdicts: npt.NDArray[np.int8] | None = None, weights: Matrix | float = 1.0
) -> Heard:
    """People who ticked this (projects x people x dimensions), all parents; weights: of the people of a project."""
    projects, people, wide = said.shape
    names = np.repeat([f"A{project:06d}" for project in range(projects)], people)
    themes = world.weigh_themes()
    if verdicts is None:
        verdicts = np.zeros((projects * people, len(themes)), dtype=np.int8)
    each = np.tile(np.broadcast_to(weights, people), projects)
    voices = pd.DataFrame({"project": names, "role": "parent", "wave": "", "weight": each, "sector": ""})
    people_of = [f"p{place:07d}" for place in range(projects * people)]
    return Heard(
        voices.assign(person=people_of, lot=people_of),
        world.dimensions,
        Themes(tuple(each.id for each in world.framework.themes), themes, themes),
        said.reshape(-1, wide),
        np.full((projects * people, wide), ITEMS, dtype=np.int16),
        verdicts,
        np.asarray(verdicts.any(axis=1), dtype=np.bool_),
        world.framework.scoring.max_comment_weight,
    )


def measure(world: World, heard: Heard, seed: int, population: int = 0) -> Iterator[dict[str, Measured]]:
    """The scores of one project after another, by the code that scores surveys; population: of each, if closed."""
    limits = world.framework.thresholds_for("raw")
    for said in heard.groups():
        spoken = Spoken(said, world.dimensions, limits.min_base)
        yield measure_group(spoken, world.framework, limits, seed, population)


@dataclass(frozen=True)
class Tally:
    """How often ranges held the truth, half their width, how far off scores were on average, and misses by side.

    below, above: how often the truth lay below, or above, the range.
    """

    held: float
    half: float
    off: float
    below: float
    above: float


def judge(found: Matrix, truth: Matrix | float) -> Tally:
    """One score in many rounds, each with estimate, low and high, against its truth, the same or one for each round."""
    estimate, low, high = found.T
    below, above = float(np.mean(truth < low)), float(np.mean(truth > high))
    half = float(np.mean(high - low)) / 2
    return Tally(1 - below - above, half, float(np.mean(estimate - truth)), below, above)


class Setting(NamedTuple):
    """A kind of project, how many people answer, whether comments enter, and how often to try."""

    profile: Profile
    people: int
    comments: bool
    rounds: int
    seed: int


def try_rounds(world: World, setting: Setting) -> tuple[Tally, Tally]:
    """What came of one dimension (the mean of the eight) and of the overall score."""
    profile, people, comments, rounds, seed = setting
    lots = np.random.default_rng([seed, people, PROFILES.index(profile), int(comments)])
    centres = np.array([profile.centres.get(name, profile.centres[""]) for name in world.dimensions])
    truth = dict(zip(world.dimensions, find_truth(centres, camps=profile.camps).tolist(), strict=True))
    truth[OVERALL] = float(combine_dimensions(truth, world.framework))
    feel, said = draw_people(lots, np.tile(centres, (rounds, 1)), people, camps=profile.camps)
    verdicts = draw_verdicts(lots, feel.reshape(-1, len(centres)), world.weigh_themes()) if comments else None
    return judge_all(world, measure(world, make_heard(world, said, verdicts), seed), truth)


def judge_all(
    world: World, measured: Iterator[dict[str, Measured]], truth: Mapping[str, Matrix | float]
) -> tuple[Tally, Tally]:
    """Many rounds against the truth: one dimension (the mean of the eight), and the overall score."""
    level = world.framework.scoring.level
    found = np.array(
        [
            [(each[name].estimate, *find_range(each[name].widened, each[name].estimate, level)) for name in truth]
            for each in measured
        ]
    )
    tallies = {name: judge(found[:, place], value) for place, (name, value) in enumerate(truth.items())}
    whole = tallies.pop(OVERALL)
    one = np.array([astuple(each) for each in tallies.values()]).mean(axis=0)
    return Tally(*one.tolist()), whole


def try_shape(world: World, shape: Shape, people: int, rounds: int, seed: int) -> tuple[Tally, Tally]:
    """The same for answers of another shape."""
    lots = np.random.default_rng([seed, people, 1 + SHAPES.index(shape)])
    said, means = draw_shape(lots, shape, (rounds, people, len(world.dimensions)))
    truth: dict[str, Matrix | float] = dict(zip(world.dimensions, means.T, strict=True))
    truth[OVERALL] = combine_dimensions(dict(zip(world.dimensions, means.T, strict=True)), world.framework)
    heard = make_heard(world, said, weights=np.resize(shape.weights, people))
    return judge_all(world, measure(world, heard, seed, shape.count_asked(people)), truth)


def tell_shape(tallies: Sequence[tuple[Tally, Tally]], name: str) -> Iterator[str]:
    """Rows of a table for one shape: how often both kinds of range held the truth, and misses by side."""
    for place, what in enumerate(("one dimension", "overall")):
        cells = " | ".join(
            f"{each[place].held:.1%} ({each[place].below:.1%}, {each[place].above:.1%}; ±{each[place].half:.0f})"
            for each in tallies
        )
        yield f"| {name} | {what} | {cells} |"


def tell_coverage(tallies: Sequence[tuple[Tally, Tally]], name: str) -> Iterator[str]:
    """Rows of a table for one profile: how often both kinds of range held the truth, and how far off overall reads."""
    for place, what in enumerate(("one dimension", "overall")):
        cells = " | ".join(f"{each[place].held:.1%} (±{each[place].half:.0f})" for each in tallies)
        yield f"| {name} | {what} | {cells} |"
    for place, what in enumerate(("one dimension reads", "overall reads")):
        yield f"| {name} | {what} | {' | '.join(f'{each[place].off:+.1f}' for each in tallies)} |"


def tell_rungs(world: World, people: int, rounds: int, seed: int) -> Iterator[str]:
    """Rows of a table: chances as stated, and how often they came true, of rungs and of conditions for scripts.

    Projects stand anywhere, each dimension within about 10 points of the project's own level.
    """
    lots = np.random.default_rng([seed, people])
    centres = lots.uniform(5, 95, (rounds, 1)) + lots.normal(0, 10, (rounds, len(world.dimensions)))
    truth = find_truth(centres, camps=False)
    ladder = world.framework.ladder
    places = {name: truth[:, world.dimensions.index(name)] for name in list_needed(ladder)}
    standing = place_on_ladder(places, ladder)
    whole = combine_dimensions({name: truth[:, place] for place, name in enumerate(world.dimensions)}, world.framework)
    _, said = draw_people(lots, centres, people, camps=False)
    group = Group("", "parent", "")
    stated: list[tuple[float, bool]] = []
    below: list[tuple[float, bool]] = []
    named: list[tuple[float, bool]] = []
    for turn, found in enumerate(measure(world, make_heard(world, said), seed)):
        chances = [each.chance for each in find_rungs(group, found, world.framework)]
        stated.extend((chance, rung == standing[turn]) for rung, chance in enumerate(chances))
        named.append((max(chances), int(np.argmax(chances)) == standing[turn]))
        draws = found[OVERALL].widened
        below.extend((float(np.mean(draws < cut)), bool(whole[turn] < cut)) for cut in (30, 40, 50, 60, 70))
    for what, pairs in (("rung", stated), ("overall below 30 .. 70", below)):
        yield from _tell_bins(what, people, np.array(pairs, dtype=float))
    sure = np.array(named)[np.array(named)[:, 0] >= world.framework.scoring.named_rung]
    right = f"right in {sure[:, 1].mean():.0%}"
    yield f"| a rung is named (80 % sure) | {people} | in {len(sure) / rounds:.0%} of projects | {right} |"


def _tell_bins(what: str, people: int, pairs: Matrix) -> Iterator[str]:
    for low, high in pairwise(BINS):
        kept = pairs[(pairs[:, 0] > low) & (pairs[:, 0] <= high)]
        if len(kept):
            yield f"| {what} | {people} | {kept[:, 0].mean():.1%} | {kept[:, 1].mean():.1%} ({len(kept)}) |"


def tell_table(world: World, table: str, asked: argparse.Namespace) -> Iterator[str]:
    """The header and the rows of one table, row by row."""
    if table == "rungs":
        yield from ("| what | people | stated | came true (cases) |", "|---|---|---|---|")
        for people in asked.sizes:
            yield from tell_rungs(world, people, asked.rounds, asked.seed)
        return
    yield f"| profile | | {' | '.join(str(people) for people in asked.sizes)} |"
    yield "|---" * (len(asked.sizes) + 2) + "|"
    if table == "shapes":
        for shape in SHAPES:
            told = [try_shape(world, shape, size, asked.rounds, asked.seed) for size in asked.sizes]
            yield from tell_shape(told, shape.name)
        return
    for profile in PROFILES:
        settings = [Setting(profile, size, table == "comments", asked.rounds, asked.seed) for size in asked.sizes]
        yield from tell_coverage([try_rounds(world, each) for each in settings], profile.name)


def main() -> None:
    """Print the tables asked for, row by row."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--tables", nargs="+", default=TABLES)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    asked = parser.parse_args()
    framework = read_framework()
    world = World(replace(framework, scoring=replace(framework.scoring, draws=asked.draws)))
    for table in TABLES:
        if table in asked.tables:
            print(f"\n{table}")
            for row in tell_table(world, table, asked):
                print(row, flush=True)


if __name__ == "__main__":
    main()
