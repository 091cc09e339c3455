"""Made-up Findings, already fit to publish, for the tests of what is drawn and reported."""

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import pytest

from coprod_cli.model.closed_items import ItemSpread, Part
from coprod_cli.model.emerging import Emerging, RolePeople, Typical
from coprod_cli.model.findings import (
    CODED,
    Base,
    CoderReport,
    Contrast,
    Findings,
    Provenance,
    Quote,
    Settings,
    ThemeReliability,
)
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Notice, Question, Source
from coprod_cli.model.tables import OVERALL, RungChance, Score, ThemeCount, table
from coprod_cli.reading import read_framework

MakeFindings = Callable[..., Findings]
PrintPages = Callable[[dict[str, bytes]], dict[str, list[str]]]


class Project(NamedTuple):
    """A made-up project: how many of each role answered, and how each role's scores run."""

    name: str
    parents: int = 35
    practitioners: int = 25
    level: float = 50.0
    gap: float = 6.0
    wave: str = ""


USUAL = (
    Project("Autism assessment pathway", 30, 20, 38, 24),
    Project("EHCP annual review redesign", 45, 25, 57, 6),
    Project("Short breaks strategy", 35, 15, 66, 2),
    Project("School transport panel", 6, 3),
)


def score_project(framework: Framework, project: Project, basis: str) -> list[Score]:
    scores = []
    steps = (6, -9, 8, -14, 3, 0, -5, -2)
    for role, people, shift in (("parent", project.parents, 0.0), ("practitioner", project.practitioners, project.gap)):
        told = people >= 10
        spread = 60 / math.sqrt(max(people, 1))
        for dimension, step in [*zip([each.id for each in framework.dimensions], steps, strict=True), (OVERALL, -4)]:
            lean = 1.0 if shift == 0 else 0.3 + (step % 5) / 4
            middle = min(max(project.level + step + shift * lean, 2), 98)
            scores.append(
                Score(
                    project=project.name,
                    role=role,
                    wave=project.wave,
                    dimension=dimension,
                    estimate=middle if told else math.nan,
                    low=max(middle - spread, 0) if told else math.nan,
                    high=min(middle + spread, 100) if told else math.nan,
                    people=people if told else 0,
                    basis=basis,
                    reportable=told,
                    why_not="" if told else "Not enough answers to say: fewer than 10 people.",
                )
            )
    return scores


def count_theme(key: tuple[str, str, str, str], people: int, commenters: int) -> ThemeCount:
    """One row fit to publish: where one part is small, none of the four is told. key: project, role, wave, theme."""
    base = float(commenters if commenters >= 100 else 5 * round(commenters / 5))
    if people < 5 or commenters < 10:
        hidden = math.nan
        return ThemeCount(*key, hidden, hidden, hidden, hidden, hidden, hidden if commenters < 10 else base)
    parts = [people * 3 // 10, people // 10, people * 5 // 10]
    parts.append(people - sum(parts))
    few = any(0 < part < 5 for part in parts)
    shown = [math.nan if few else float(part) for part in parts]
    return ThemeCount(*key, float(people), shown[0], shown[1], shown[2], shown[3], base)


def count_themes(framework: Framework, projects: Sequence[Project]) -> list[ThemeCount]:
    counts = []
    waves = sorted({project.wave for project in projects})
    for place, theme in enumerate(framework.themes):
        for role, field in (("parent", "parents"), ("practitioner", "practitioners")):
            totals = dict.fromkeys(waves, (0, 0))
            for at, project in enumerate(projects):
                commenters = round(getattr(project, field) * 0.8)
                people = round(commenters * ((place * 7 + at * 3 + 5) % 11) / 14)
                counts.append(count_theme((project.name, role, project.wave, theme.id), people, commenters))
                totals[project.wave] = (totals[project.wave][0] + people, totals[project.wave][1] + commenters)
            counts.extend(count_theme(("", role, wave, theme.id), *totals[wave]) for wave in waves)
    return counts


def contrast_project(scores: Sequence[Score], project: Project) -> list[Contrast]:
    if min(project.parents, project.practitioners) < 20:
        return []
    found = {(score.role, score.dimension): score for score in scores if score.project == project.name}
    contrasts = []
    for (role, dimension), score in found.items():
        if role == "parent":
            gap = found["practitioner", dimension].estimate - score.estimate
            contrasts.append(
                Contrast(
                    project=project.name,
                    wave=project.wave,
                    dimension=dimension,
                    gap=gap,
                    low=gap - 16,
                    high=gap + 16,
                    probability_higher=0.99 if gap > 16 else 0.7,
                    parents=project.parents,
                    practitioners=project.practitioners,
                    clear=gap > 16,
                )
            )
    return contrasts


def spread_answers(framework: Framework, project: Project) -> list[ItemSpread]:
    """How parents answered three questions, the last of which is turned round: in five, three and two parts."""
    cuts = (((0, 0, 12), (1, 1, 20), (2, 2, 28), (3, 3, 24), (4, 4, 16)), ((0, 1, 35), (2, 2, 30), (3, 4, 35)))
    asked = (
        ("power_1", "power", cuts[0]),
        ("start_1", "start", cuts[1]),
        ("start_3", "start", ((0, 2, 45), (3, 4, 55))),
    )
    return [
        ItemSpread(
            project.name,
            "parent",
            project.wave,
            item,
            dimension,
            framework.labels,
            bad_high=item == "start_3",
            people=5 * round(project.parents / 5),
            parts=tuple(Part(*each) for each in parts),
        )
        for item, dimension, parts in asked
        if project.parents >= 20
    ]


def make_coded(framework: Framework) -> pd.DataFrame:
    words = (
        "They rang us back within a week, and [name] told us what had changed and what had not.",
        "=Everything was settled before we were asked.",
    )
    rows = [
        (
            f"a{at:03d}",
            f"p{at % 40:03d}",
            USUAL[at % 3].name,
            "parent" if at % 3 else "practitioner",
            "",
            f"open_{at % 3 + 1}",
            theme.id,
            ("positive", "negative")[at % 2],
            "project",
            0.51239,
            0,
            len(words[at % 2]),
            words[at % 2],
            words[at % 2],
            "trained",
            at % 2 == 1,
            "",
        )
        for at, theme in enumerate(framework.themes)
    ]
    rows.append(
        (
            "a999",
            "p001",
            USUAL[0].name,
            "parent",
            "",
            "open_1",
            "",
            "",
            "",
            0.0,
            0,
            0,
            "",
            "Nothing to add.",
            "",
            False,
            "",
        ),
    )
    return pd.DataFrame(rows, columns=list(CODED))


def make_quotes(framework: Framework) -> tuple[Quote, ...]:
    good = "Our draft came back with every change marked, and a reason beside the ones they could not make."
    bad = "Half the LA people had their laptops open. We said it, they nodded, and the EHCP form stayed as it was."
    return tuple(
        Quote(f"a{at:03d}{stance[0]}", theme.id, stance, role, words)
        for at, theme in enumerate(framework.themes[:7])
        for role in ("parent", "practitioner")
        for stance, words in (("positive", good), ("negative", bad))
    )


def make_emerging() -> Emerging:
    words = "There was nowhere to park within a mile of the civic centre, and the bus stops at six."
    people = (RolePeople("parent", 25), RolePeople("practitioner", 10))
    return Emerging(("car park", "bus"), people, 0.91, (Typical("a090e", "parent", words),))


def make_coder(framework: Framework) -> CoderReport:
    return CoderReport(
        engine="trained",
        version="1",
        answers=4812,
        writers=61,
        macro_f1=0.58123,
        macro_f1_low=0.5512,
        macro_f1_high=0.6099,
        micro_f1=0.6411,
        stance_accuracy=0.842,
        level_accuracy=0.771,
        evidence_overlap=0.55,
        how_measured="Each writer was left out in turn. The answers are made up; two coders agreed on their codes.",
        themes=tuple(
            ThemeReliability(theme.id, 0.7, 0.6, 0.65 + at / 100, 0.55, 0.75, 0.58 + at / 100, 40 + at)
            for at, theme in enumerate(framework.themes)
        ),
    )


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Really measures nothing where `no_cover` says so: in workers, pytest-cov pauses one tracer and wakes another."""
    tracer = sys.gettrace() if item.get_closest_marker("no_cover") else None
    if tracer is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="session")
def print_pages(tmp_path_factory: pytest.TempPathFactory) -> PrintPages:
    """A function that prints Word files, by name, with LibreOffice: of each, the words of every page on one line."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")

    def make_pages(files: dict[str, bytes]) -> dict[str, list[str]]:
        if not office or not reader:
            pytest.skip("LibreOffice and pdftotext are not installed")
        folder = tmp_path_factory.mktemp("printed")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        order = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        order += ["--outdir", str(folder), *(str(folder / name) for name in files)]
        subprocess.run(order, check=True, capture_output=True, timeout=240)
        told = {}
        for name in files:
            read = [reader, "-layout", str((folder / name).with_suffix(".pdf")), "-"]
            done = subprocess.run(read, check=True, capture_output=True, text=True)
            told[name] = [" ".join(page.split()) for page in done.stdout.split("\f") if page.strip()]
        return told

    return make_pages


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="session")
def make_findings(framework: Framework) -> MakeFindings:
    """A function that makes Findings of the given projects; any field of Findings may be replaced by name."""

    def make(rows: Sequence[tuple[object, ...]] = USUAL, basis: str = "items+comments", **changes: object) -> Findings:
        projects = [Project(*row) for row in rows]  # type: ignore[arg-type]  # tests give plain tuples
        scores = [score for project in projects for score in score_project(framework, project, basis)]
        bases = [
            Base(project.name, role, project.wave, people, people, 5 * round(people * 0.8 / 5))
            if people >= 10
            else Base(project.name, role, project.wave, -1, -1, -1)
            for project in projects
            for role, people in (("parent", project.parents), ("practitioner", project.practitioners))
        ]
        findings = Findings(
            settings=Settings(),
            framework=framework,
            provenance=Provenance(
                version="0.1.0",
                sources=(Source("forum.csv", "a" * 64, "plain", "utf-8", ",", 1, 124, ()),),
                framework_sha256="b" * 64,
                weights_sha256="c" * 64,
                mapping_sha256="",
            ),
            questions=(
                Question(
                    "power_1",
                    "When decisions were made, how far did parents have an equal say?",
                    ColumnKind.ITEM,
                    "power",
                ),
                Question(
                    "open_1", "What was good about how parents and professionals worked together?", ColumnKind.OPEN
                ),
            ),
            rows_read=124,
            forms=118,
            responses=131,
            people=112,
            bases=tuple(bases),
            scores=table(scores, Score),
            themes=table(count_themes(framework, projects), ThemeCount),
            themes_beside=table(
                [
                    count_theme(("", "parent", "", "provision_delivery"), 31, 90),
                    count_theme(("", "parent", "", "emotional_impact"), 18, 90),
                ],
                ThemeCount,
            ),
            contrasts=tuple(contrast for project in projects for contrast in contrast_project(scores, project)),
            quotes=make_quotes(framework),
            emerging=(make_emerging(),),
            coded=make_coded(framework),
            rungs=table(
                [
                    RungChance(each.name, "parent", each.wave, number, chance, each.parents)
                    for each in projects
                    if each.parents >= 10
                    for number, chance in enumerate((0.01, 0.05, 0.6, 0.3, 0.03, 0.01))
                ],
                RungChance,
            ),
            spreads=tuple(each for project in projects for each in spread_answers(framework, project)),
            consented=frozenset({"a000"}),
            coder=make_coder(framework),
            scored_themes=("listened_to", "involved_early"),
            notices=(
                Notice("empty-rows", "Rows with nothing filled in were left out.", 4),
                Notice("test-rows", "Rows marked as a preview or a test were left out.", 2),
                Notice(
                    "coded-by-machine", "The free-text answers were coded by machine and not checked by a person.", 0
                ),
            ),
        )
        return replace(findings, **changes)  # type: ignore[arg-type]  # names come from the tests

    return make


@pytest.fixture(scope="session")
def usual(make_findings: MakeFindings) -> Findings:
    """Four projects, one of them too small to report."""
    return make_findings()


@pytest.fixture(scope="session")
def split(usual: Findings) -> Findings:
    """As usual, but one theme of parents and carers is told with all its parts."""
    themes = usual.themes.copy()
    most = (themes["project"] == "") & (themes["role"] == "parent") & (themes["theme"] == "influence_feedback")
    themes.loc[most, ["positive", "mixed", "negative", "neutral"]] = [13.0, 5.0, 23.0, 5.0]
    return replace(usual, themes=themes)


@pytest.fixture(scope="session")
def comments_only(make_findings: MakeFindings) -> Findings:
    return make_findings(basis="comments", contrasts=())


@pytest.fixture(scope="session")
def nothing_told(make_findings: MakeFindings) -> Findings:
    """No project is large enough for anything."""
    return make_findings([Project("School transport panel", 6, 3), Project("Sensory room", 4, 2)], quotes=())


@pytest.fixture(scope="session")
def many(make_findings: MakeFindings) -> Findings:
    """Forty projects with very long names."""
    long = "Co-designing the Short Breaks, Respite and Overnight Care Commissioning Framework for Families, Strand"
    return make_findings([Project(f"{long} {at:02d}", 20 + at % 30, 10 + at % 20, 35 + at % 40) for at in range(40)])
