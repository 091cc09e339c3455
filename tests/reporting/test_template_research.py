"""What a researcher lifts from the research report: every figure as it was found, every rule, no false claim."""

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd
import pytest

from coprod_cli.drawing import draw_charts
from coprod_cli.model.details import Details, Reflexivity
from coprod_cli.model.findings import Findings
from coprod_cli.model.framework import Scoring, Thresholds
from coprod_cli.model.tables import OVERALL, RungChance, Score, ThemeCount, rows
from coprod_cli.reporting.document import Block, Document, Folded, Room, Section, Table
from coprod_cli.reporting.guidelines import TO_BE_WRITTEN
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_settings import CONVENTIONS, LIMITS
from coprod_cli.reporting.template_research import tell
from coprod_cli.reporting.templates import FORMATS
from coprod_cli.reporting.texts import list_texts
from coprod_cli.telling import NO_FIGURE, list_panels, name_panel, name_part, say_cell, say_chance

FORBIDDEN = re.compile(
    r"margin of error|statistically|(?<!not )proves? that|speaks? for all (?!parents and carers, or)|hard to reach|"
    r"is a validated|because of co-production|ranked|\bnan\b",
    re.IGNORECASE,
)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section | Folded):
            yield from walk(block.blocks)


def find_tables(document: Document) -> list[Table]:
    return [block for block in walk(document.sections) if isinstance(block, Table)]


def find_table(document: Document, caption: str) -> Table:
    return next(each for each in find_tables(document) if each.caption == caption)


def read_pairs(document: Document, caption: str) -> dict[str, str]:
    """A table of two columns."""
    return {row[0]: row[1] for row in find_table(document, caption).rows}


@pytest.fixture(scope="module")
def research(sample: Findings) -> Document:
    return tell(Material(sample, draw_charts(sample)))


@pytest.fixture(scope="module", params=["usual", "split", "comments_only", "nothing_told", "many", "sample"])
def told(request: pytest.FixtureRequest) -> tuple[Findings, Document]:
    findings: Findings = request.getfixturevalue(request.param)
    return findings, tell(Material(findings))


def test_every_score_stands_there_with_its_range_and_people(sample: Findings, research: Document) -> None:
    names = {each.id: f"{each.name}{' (core)' if each.core else ''}" for each in sample.framework.dimensions}
    heads = {"parent": "Parents and carers", "practitioner": "Practitioners"}
    shown = 0
    for score in rows(sample.scores, Score):
        if not score.reportable:
            continue
        table = find_table(research, f"{score.project}: scores by dimension")
        row = {each[0]: each for each in table.rows}[names.get(score.dimension, "Overall")]
        place = table.header.index(heads[score.role])
        numbers = [int(each) for each in re.findall(r"\d+", row[place])]
        held = score.before_limits >= 0
        expected = [score.before_limits, score.low_before, score.high_before] if held else [*score[4:7]]
        assert numbers[held : held + 3] == [round(each) for each in expected], (score, row)
        assert row[place + 1] == f"about {score.people}"
        shown += 1
    assert shown == int(sample.scores["reportable"].sum())


def test_differences_between_roles_are_those_found(sample: Findings, research: Document) -> None:
    names = {each.id: f"{each.name}{' (core)' if each.core else ''}" for each in sample.framework.dimensions}
    assert sample.contrasts
    for gap in sample.contrasts:
        table = find_table(research, f"{gap.project}: scores by dimension")
        row = {each[0]: each for each in table.rows}[names.get(gap.dimension, "Overall")]
        cell = row[table.header.index("Difference")]
        assert cell.startswith(f"{round(gap.gap):+d} ({round(gap.low)} to {round(gap.high)})")
        assert cell.endswith("*") == gap.clear


def test_every_overall_score_says_what_holds_it(sample: Findings, research: Document) -> None:
    table = find_table(research, "Overall scores")
    scores = [each for each in rows(sample.scores, Score) if each.reportable and each.dimension == OVERALL]
    assert len(table.rows) == len(scores)
    held = [each for each in scores if each.before_limits >= 0]
    assert held
    ranges = {f"{each.before_limits:.0f} ({each.low_before:.0f} to {each.high_before:.0f})" for each in held}
    assert ranges <= {row[-1] for row in table.rows}
    assert "SHA-256 of the framework" in {row[0] for row in find_table(research, "With what this was made").rows}


def test_chances_of_rungs_are_those_found_with_their_people(sample: Findings, research: Document) -> None:
    heads = {"parent": "Parents and carers", "practitioner": "Practitioners"}
    chances = list(rows(sample.rungs, RungChance))
    assert chances
    for each in chances:
        table = find_table(research, f"{each.project}: chance of each rung")
        who = heads[each.role]
        row = table.rows[each.rung]
        assert row[0] == sample.framework.ladder.rungs[each.rung].label
        assert row[table.header.index(f"{who}: chance")] == say_chance(each.chance)
        assert f"{who}: about {each.people} people" in table.note
        if not math.isnan(each.chance_before):
            assert row[table.header.index(f"{who}: before limits")] == say_chance(each.chance_before)
        if not math.isnan(each.said):
            assert row[table.header.index(f"{who}: chose it")].startswith(f"{each.said:.0%} (")


def test_answers_to_closed_questions_add_up_and_have_their_people(sample: Findings, research: Document) -> None:
    tables = [each for each in find_tables(research) if re.search(r": how .* answered$", each.caption)]
    assert sum(len(each.rows) for each in tables) == len(sample.spreads)
    shown = Counter((row[2], row[3]) for table in tables for row in table.rows)
    for spread in sample.spreads:
        words = "; ".join(f"{name_part(spread, part)} {part.percent}%" for part in spread.parts)
        assert shown[words, f"about {spread.people}"] > 0


def test_every_theme_is_counted_as_the_findings_count_it(told: tuple[Findings, Document]) -> None:
    findings, document = told
    counts = [row for row in rows(findings.themes, ThemeCount) if not row.project]
    tables = [each for each in find_tables(document) if each.caption.endswith("people who raised each theme")]
    assert sum(len(each.rows) for each in tables) == len(counts)
    shown = Counter(row for table in tables for row in table.rows)
    parts = ("people", "positive", "mixed", "negative", "neutral")
    assert shown == Counter(
        (findings.framework.theme(row.theme).name, *(say_cell(getattr(row, part)) for part in parts)) for row in counts
    )


def test_the_coding_tree_and_the_coders_figures_cover_every_theme(told: tuple[Findings, Document]) -> None:
    findings, document = told
    names = [each.name for each in findings.framework.themes]
    tree = find_table(document, "Every theme, by the dimension that it feeds most")
    assert sorted(row[0] for row in tree.rows) == sorted(names)
    figures = next(each for each in find_tables(document) if each.caption.startswith("How well each theme is found"))
    assert [row[0] for row in figures.rows] == names
    measured = {each.theme: each for each in findings.coder.themes}
    for theme, row in zip(findings.framework.themes, figures.rows, strict=True):
        each = measured[theme.id]
        assert row[1:4] == (f"{each.precision:.2f}", f"{each.recall:.2f}", f"{each.f1:.2f}")
        assert row[-2:] == (f"{each.cases:,}", "yes" if theme.id in findings.scored_themes else "no")


def test_a_coder_that_was_not_measured_has_no_figures(usual: Findings) -> None:
    bare = dataclasses.replace(
        usual, coder=usual.coder._replace(macro_f1=float("nan"), how_measured="Not measured.", themes=())
    )
    captions = {each.caption for each in find_tables(tell(Material(bare)))}
    assert not {each for each in captions if each.startswith("How well")}


def test_every_rule_that_is_a_number_is_named_as_a_convention(usual: Findings) -> None:
    assert set(CONVENTIONS) == {each.name for each in dataclasses.fields(Scoring)}
    assert set(LIMITS) == {each.name for each in dataclasses.fields(Thresholds)} - {"audience"}
    assert read_pairs(tell(Material(usual)), "Rules of the score")[CONVENTIONS["slack"]] == "15"


def test_rows_add_up(sample: Findings, research: Document) -> None:
    told_rows = read_pairs(research, "At a glance")
    left = sum(each.rows for each in sample.notices)
    assert told_rows["Rows read"] == f"{sample.forms + left} rows"
    assert told_rows["Forms used"] == f"{sample.forms} forms"


def test_it_claims_nothing_that_must_not_be_claimed(told: tuple[Findings, Document]) -> None:
    _, document = told
    for text in list_texts(document.sections, quoted=False):
        assert not FORBIDDEN.search(text), text
    words = " ".join(list_texts(document.sections))
    for claim in ("not a validated scale", "It is not a ranking", "not a qualitative analysis", "The likely range"):
        assert claim in words


def test_agreement_of_people_and_what_only_people_know_have_their_places(usual: Findings) -> None:
    document = tell(Material(usual))
    rooms = [block.text for block in walk(document.sections) if isinstance(block, Room)]
    assert [each for each in rooms if each.startswith("TO BE FILLED: agreement of two people on a sample")]
    who = find_table(document, "Reflexivity")
    assert {row[1] for row in who.rows} == {TO_BE_WRITTEN}
    details = Details(name="Larkfield forum", reflexivity=Reflexivity(who_ran="Nine parents."))
    filled = read_pairs(tell(Material(usual, details=details)), "Reflexivity")
    assert filled["Who ran the survey"] == "Nine parents."


def test_nothing_is_folded_away_that_can_be_printed_and_no_id_comes_twice(told: tuple[Findings, Document]) -> None:
    findings, document = told
    blocks = list(walk(document.sections))
    assert not [block for block in blocks if isinstance(block, Folded) and block.on_paper]
    ids = Counter(block.id for block in blocks if isinstance(block, Section))
    assert max(ids.values()) == 1
    assert all(name_panel(panel) in " ".join(list_texts(document.sections)) for panel in list_panels(findings))


def test_where_nothing_may_be_told_no_score_stands_there(nothing_told: Findings) -> None:
    document = tell(Material(nothing_told))
    captions = {each.caption for each in find_tables(document)}
    assert "Overall scores" not in captions
    assert not {each for each in captions if each.endswith("scores by dimension")}
    people = find_table(document, "People by project and role")
    assert {cell for row in people.rows for cell in row[1:]} == {"[c]"}


def test_rounds_have_each_their_scores(usual: Findings) -> None:
    frame = pd.concat([usual.scores.assign(wave=wave) for wave in ("2024", "2025")], ignore_index=True)
    bases = tuple(base._replace(wave=wave) for wave in ("2024", "2025") for base in usual.bases)
    rounds = dataclasses.replace(usual, bases=bases, scores=frame, contrasts=())
    captions = {each.caption for each in find_tables(tell(Material(rounds)))}
    assert {f"Short breaks strategy ({wave}): scores by dimension" for wave in ("2024", "2025")} <= captions
    assert read_pairs(tell(Material(rounds)), "At a glance")["Rounds"] == "2024; 2025"


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_it_can_be_written_in_every_format(nothing_told: Findings, kind: str) -> None:
    written = FORMATS[kind](tell(Material(nothing_told, details=Details(name="Larkfield forum"))))
    assert len(written) > 1000
    if kind in ("html", "md"):
        assert "Larkfield forum" in written.decode("utf-8")
        assert NO_FIGURE in written.decode("utf-8")
