"""Somebody with all published tables, patience and linear programming cannot work out what is withheld.

Surveys are made by hypothesis and published as they would be. The attacker reads the files only, sets up every sum
that must hold, and looks for the fewest and the most people that each withheld cell could stand for.
"""

import csv
import io
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coprod_cli.model.findings import Findings, Provenance, Scored, Settings
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.model.governance import Governance
from coprod_cli.model.release import Release as Earlier
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, Mention, Rating, Response, Score, table
from coprod_cli.protecting import for_publication
from coprod_cli.reading import read_release
from coprod_cli.reporting import OUTPUTS, Material
from coprod_cli.summarising import Coded, summarise
from coprod_cli.telling import ROLE_WORDS

WORDS = "They listened to what we said and then they wrote it down."
STANCES = ("positive", "mixed", "negative", "neutral")
PARTS = ("people", *STANCES)
QUESTION = "q"
SEVERAL = 5
MakeFindings = Callable[..., Findings]
Group = tuple[str, str]
LAWS = settings(deadline=None, max_examples=30, derandomize=True, suppress_health_check=list(HealthCheck))


class Crowd(NamedTuple):
    """How many people of one role and project said what of the theme, and how many wrote of other things."""

    positive: int
    mixed: int
    negative: int
    neutral: int
    others: int


World = dict[Group, Crowd]
SIZES = st.one_of(st.integers(0, 6), st.integers(0, 25))
CROWDS = st.builds(Crowd, SIZES, SIZES, SIZES, SIZES, st.integers(0, 40))
CROWDED = st.dictionaries(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["parent", "practitioner"])), CROWDS, min_size=1, max_size=6
)
FEW, MANY = st.integers(0, 3), st.integers(0, 9)
SMALL = st.builds(Crowd, MANY, FEW, MANY, FEW, st.integers(1, 25))
LIFELIKE = st.lists(SMALL, min_size=2, max_size=6).map(
    lambda crowds: {(project, "parent"): crowd for project, crowd in zip("ABCDEF", crowds, strict=False)}
)
WORLDS = st.one_of(CROWDED, LIFELIKE)


def gather(world: World, willing: int) -> tuple[Survey, list[Mention]]:
    """A survey of these people, each of whom sent one form; every so many of them agreed to be quoted."""
    forms: list[Response] = []
    mentions: list[Mention] = []
    for (project, role), crowd in sorted(world.items()):
        for kind, people in crowd._asdict().items():
            for number in range(people):
                name = f"{project}-{role}-{kind}-{number}"
                agreed = number % willing == 0
                forms.append(Response(name, name, role, project, "", consent=agreed, weight=1.0))
                said = ("positive", "negative") if kind == "mixed" else (kind,) if kind in STANCES else ()
                mentions += [
                    Mention(name, QUESTION, "trust", stance, "project", 0.9, place, place + 9, "trained")
                    for place, stance in enumerate(said)
                ]
    survey = Survey(
        responses=table(forms, Response),
        answers=table((Answer(each.response, QUESTION, WORDS, WORDS) for each in forms), Answer),
        ratings=table([], Rating),
        questions=(),
        sources=(),
        rows_read=len(forms) + 3,
        forms=len(forms),
    )
    return survey, mentions


def find(world: World, model: Findings, audience: str, willing: int = 1) -> Findings:
    """What the route finds of them, exact."""
    survey, mentions = gather(world, willing)
    themes = tuple(each for each in model.framework.themes if each.id in {"trust", "openness"})
    return summarise(
        survey=survey,
        coded=Coded(table(mentions, Mention), model.coder, ()),
        scored=Scored(table([], Score)),
        governance=Governance(),
        framework=replace(model.framework, themes=themes),
        settings=Settings(audience=audience),
        provenance=Provenance("0", (), "", "", ""),
    )


@dataclass
class System:
    """What must hold of unknown numbers of people: sums that are equal to 0, and bounds."""

    names: dict[object, int] = field(default_factory=dict)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    sums: list[dict[int, float]] = field(default_factory=list)
    most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def unknown(self, name: object) -> int:
        if name not in self.names:
            self.names[name] = len(self.names)
            self.bounds.append((0.0, math.inf))
        return self.names[name]

    def bound(self, name: object, low: float, high: float) -> None:
        place = self.unknown(name)
        self.bounds[place] = (max(low, self.bounds[place][0]), min(high, self.bounds[place][1]))

    def add_up(self, whole: object, parts: Sequence[object]) -> None:
        self.sums.append({self.unknown(whole): 1.0, **{self.unknown(part): -1.0 for part in parts}})

    def at_most(self, less: object, more: object) -> None:
        self.most.append(({self.unknown(less): 1.0, self.unknown(more): -1.0}, 0.0))

    def at_least(self, parts: Sequence[object], number: float) -> None:
        self.most.append(({self.unknown(part): -1.0 for part in parts}, -number))

    def count_values(self, name: object) -> int:
        """How many whole numbers an unknown may be, for all that is known."""
        ends = [self._solve(name, sign) for sign in (1, -1)]
        return math.floor(ends[1] + 1e-6) - math.ceil(ends[0] - 1e-6) + 1

    def _solve(self, name: object, sign: int) -> float:
        goal = np.zeros(len(self.names))
        goal[self.names[name]] = sign
        found = linprog(
            goal,
            A_ub=self._matrix([row for row, _ in self.most]),
            b_ub=[number for _, number in self.most],
            A_eq=self._matrix(self.sums),
            b_eq=np.zeros(len(self.sums)),
            bounds=[(low, min(high, 10_000)) for low, high in self.bounds],
            method="highs",
        )
        assert found.status == 0, "what was published contradicts itself"
        return float(np.asarray(found.x)[self.names[name]])

    def _matrix(self, lines: list[dict[int, float]]) -> npt.NDArray[np.float64]:
        matrix = np.zeros((len(lines), len(self.names)))
        for at, line in enumerate(lines):
            for place, number in line.items():
                matrix[at, place] += number
        return matrix


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def know_base(shown: int, limits: Thresholds, step: int) -> tuple[int, int]:
    """What a base may be that is shown so."""
    if step <= 1 or (step == limits.round_base and shown > 100):
        return shown, shown
    low, high = shown - step // 2, shown - step // 2 + step - 1
    return max(low, 0), min(high, 100) if step == limits.round_base and shown == 100 else high


class Release(NamedTuple):
    """Published files, as bytes."""

    results: bytes
    themes: bytes
    coded: bytes


def publish(exact: Findings, *earlier: Earlier) -> Release:
    shown = for_publication(exact, earlier)
    written = (OUTPUTS[name](Material(shown)) for name in ("results.json", "themes.csv", "coded_answers.csv"))
    return Release(*written)


def learn(system: System, release: Release, limits: Thresholds, when: int = 1) -> set[tuple[Any, ...]]:
    """All that the files say of people, put into the system; what they withhold comes back."""
    results = json.loads(release.results)
    hidden: set[tuple[Any, ...]] = set()
    rows = read_csv(release.themes)
    assert len(rows) == len(results["themes"]) + len(results["themes_beside"])
    for row, told in zip(rows, results["themes"], strict=False):
        assert [row[part] for part in PARTS] == ["" if told[part] is None else str(told[part]) for part in PARTS]
    by_theme: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row, told in zip(rows, results["themes"], strict=False):
        head = (when, row["project"], row["role"])
        by_theme[row["role"], row["theme"]].add(row["project"])
        for part in PARTS:
            name = (*head, row["theme"], part)
            if row[part]:
                system.bound(name, float(row[part]), float(row[part]))
            else:
                hidden.add(name)
        if row["commenters"] == "" and row["project"] and when == 1:
            bounds = (SEVERAL, math.inf) if told["several"] else (0, SEVERAL - 1)
            system.bound((*head, row["theme"], "people"), *bounds)
        system.add_up((*head, row["theme"], "people"), [(*head, row["theme"], stance) for stance in STANCES])
        system.at_most((*head, row["theme"], "people"), (*head, "commented"))
    for (role, theme), projects in by_theme.items():
        for part in PARTS:
            whole, *each = [(when, project, role, theme, part) for project in sorted(projects)]
            system.add_up(whole, each)
    _learn_bases(system, results, limits, when, hidden)
    _learn_words(system, read_csv(release.coded), when)
    return hidden


def _learn_bases(
    system: System, results: dict[str, Any], limits: Thresholds, when: int, hidden: set[tuple[Any, ...]]
) -> None:
    everybody = []
    stale = _list_stale(results)
    for group in results["projects"]:
        head = (when, group["project"], group["role"])
        everybody.append((*head, "answered"))
        system.add_up((*head, "answered"), [(*head, "commented")])  # in this world everybody writes
        shown = group["bases"]["answered"]
        if f"{group['project']}, {ROLE_WORDS[group['role']]}" in stale:
            hidden.add((*head, "answered"))  # told as it was in the earlier report
        elif shown is None:
            system.bound((*head, "answered"), 1, limits.min_base - 1)
            hidden.add((*head, "answered"))
        else:
            system.bound((*head, "answered"), *know_base(shown, limits, limits.round_base))
    survey = results["survey"]
    few = any(each["code"] == "few-in-role" for each in results["notices"])
    if survey["people"] is not None:
        step = survey["rounded_to"]
        whole = (when, "all", "answered")
        system.bound(whole, *know_base(survey["people"], replace(limits, round_base=0), step))
        if not few:
            system.add_up(whole, everybody)
    for row in results["themes"]:
        head = (when, row["project"], row["role"])
        told = row["commenters"] is not None and not stale
        if row["project"] and told:  # lifted by one step where more people raised a theme
            low, high = know_base(row["commenters"], limits, limits.round_base)
            system.bound((*head, "commented"), low - limits.round_base, high)
        elif not row["project"]:
            system.add_up(
                (*head, "commented"), [(*name[:3], "commented") for name in everybody if name[2] == row["role"]]
            )


def _list_stale(results: dict[str, Any]) -> str:
    return next((each["message"] for each in results["notices"] if each["code"] == "earlier-report"), "")


def _learn_words(system: System, rows: list[dict[str, str]], when: int) -> None:
    """Each answer is one person's; what is said of it is at least so many people."""
    answers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows:
        answers[row["role"], row["theme"], row["project"]].add(row["answer"])
    told = {project for _, _, project in answers} - {"[c]"}
    for (role, theme, project), those in answers.items():
        if project in told:
            system.at_least([(when, project, role, theme, "people")], len(those))
    for role, theme in {(role, theme) for role, theme, _ in answers}:
        every = set().union(*(those for key, those in answers.items() if key[:2] == (role, theme)))
        system.at_least([(when, "", role, theme, "people")], len(every))
        rest = [
            name
            for name in system.names
            if isinstance(name, tuple) and name[0] == when and name[2:] == (role, theme, "people") and name[1]
        ]
        hidden = answers.get((role, theme, "[c]"), set())
        if hidden:
            system.at_least(rest, len(every))


def true_counts(exact: Findings, when: int = 1) -> dict[tuple[Any, ...], float]:
    found: dict[tuple[Any, ...], float] = {}
    for row in exact.themes.to_dict("records"):
        for part in PARTS:
            found[when, row["project"], row["role"], row["theme"], part] = row[part]
    for base in exact.bases:
        found[when, base.project, base.role, "answered"] = base.answered
    return found


def list_small(
    hidden: set[tuple[Any, ...]], true: dict[tuple[Any, ...], float], limits: Thresholds
) -> Iterator[tuple[Any, ...]]:
    return (name for name in sorted(hidden, key=repr) if 0 < true[name] < limits.small_cell)


@pytest.mark.no_cover
@pytest.mark.parametrize("audience", ["public", "restricted"])
@LAWS
@given(WORLDS, st.sampled_from([1, 1, 2, 3]))
def test_no_small_number_can_be_worked_out(
    make_findings: MakeFindings, framework: Framework, audience: str, world: World, willing: int
) -> None:
    limits = framework.thresholds_for(audience)
    exact = find(world, make_findings(), audience, willing)
    system = System()
    hidden = learn(system, publish(exact), limits)
    for name in list_small(hidden, true_counts(exact), limits):
        assert system.count_values(name) >= limits.small_cell, name


NEWCOMERS = st.one_of(st.integers(0, 3), st.integers(0, 12))
MORE = st.dictionaries(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["parent", "practitioner"])),
    st.builds(Crowd, NEWCOMERS, NEWCOMERS, NEWCOMERS, NEWCOMERS, NEWCOMERS),
    max_size=3,
)


def read_back(release: Release) -> Earlier:
    """What coprod reads of a report that was published."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "results.json").write_bytes(release.results)
        return read_release(Path(folder))


def join(world: World, more: World) -> World:
    """Everybody of both worlds; nobody leaves."""
    none = Crowd(0, 0, 0, 0, 0)
    return {
        group: Crowd(*(a + b for a, b in zip(world.get(group, none), more.get(group, none), strict=True)))
        for group in sorted({*world, *more})
    }


@pytest.mark.no_cover
@pytest.mark.parametrize("audience", ["public", "restricted"])
@LAWS
@given(WORLDS, MORE)
def test_two_reports_together_tell_no_small_number_of_those_who_came_between(
    make_findings: MakeFindings, framework: Framework, audience: str, world: World, more: World
) -> None:
    limits = framework.thresholds_for(audience)
    model = make_findings()
    both = join(world, more)
    before, after = find(world, model, audience), find(both, model, audience)
    first = publish(before)
    system = System()
    hidden = learn(system, first, limits, 1) | learn(system, publish(after, read_back(first)), limits, 2)
    true = {**true_counts(before, 1), **true_counts(after, 2)}
    for name in [each for each in true if each[0] == 1 and (2, *each[1:]) in system.names and each in system.names]:
        system.add_up((2, *name[1:]), [name, ("new", *name[1:])])
        true["new", *name[1:]] = true[2, *name[1:]] - true[name]
    assert hidden <= set(true)
    came = {group: sum(more.get(group, ())) for group in both}
    for name, people in true.items():
        if name[0] == "new" and name[-1] in PARTS and name[1] and 0 < people < limits.small_cell:
            least = min(limits.small_cell, came[name[1], name[2]] + 1)
            assert system.count_values(name) >= least, name
    for name in list_small(hidden, true, limits):
        least = limits.small_cell if name[0] == 1 else min(limits.small_cell, sum(came.values()) + 1)
        assert system.count_values(name) >= least, name
