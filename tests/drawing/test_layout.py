"""Whatever projects and questions are called, nothing lies outside its picture or on something else."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from coprod_cli.drawing import draw_changes, draw_charts
from coprod_cli.drawing.look import LABEL, MARGIN, WIDTH, Sheet, measure
from coprod_cli.model.closed_items import ItemSpread
from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Findings

TALLEST = 1200.0
SLACK = 0.6
LONG = "Co-designing the Short Breaks, Respite and Overnight Care Commissioning Framework for Families, Strand"
LINKED = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
ASKED = "Thinking of everything that was asked of families in the last twelve months, how far were they heard? " * 3


class Piece(NamedTuple):
    """One line of words and where it lies, in points."""

    words: str
    left: float
    right: float
    top: float
    bottom: float


class Seen:
    """Every picture as it was laid out: its words and its height."""

    def __init__(self) -> None:
        self.pictures: list[tuple[list[Piece], float]] = []
        self.pieces: list[Piece] = []

    def finish(self, height: float) -> None:
        self.pictures.append((self.pieces, height))
        self.pieces = []


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    found = Seen()
    put = Sheet.put

    def put_seen(self: Sheet, words: str, x: float, y: float, **how: object) -> None:
        size, bold, align = float(how.get("size", LABEL)), bool(how.get("bold")), how.get("align", "left")  # type: ignore[arg-type]  # as put has them
        wide = measure(words, size, bold=bold)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[str(align)]
        found.pieces.append(Piece(words, left, left + wide, y - size * 0.45, y + size * 0.45))
        put(self, words, x, y, **how)  # type: ignore[arg-type]  # as put has them

    def finish_seen(self: Sheet, alt: str) -> tuple[bytes, bytes]:
        assert alt
        found.finish(self.y + MARGIN)
        return b"", b""

    monkeypatch.setattr(Sheet, "put", put_seen)
    monkeypatch.setattr(Sheet, "finish", finish_seen)
    return found


def check(seen: Seen) -> None:
    assert seen.pictures
    for pieces, height in seen.pictures:
        assert height <= TALLEST, pieces[0].words
        for at, each in enumerate(pieces):
            assert each.left >= -SLACK, each
            assert each.right <= WIDTH + SLACK, each
            assert each.top >= -SLACK, each
            assert each.bottom <= height + SLACK, each
            for other in pieces[at + 1 :]:
                apart = (
                    other.left >= each.right - SLACK
                    or each.left >= other.right - SLACK
                    or other.top >= each.bottom - SLACK
                    or each.top >= other.bottom - SLACK
                )
                assert apart, (each, other)


def ask_all(findings: Findings, project: str) -> tuple[ItemSpread, ...]:
    """All questions of the framework, as if they had been answered like the first."""
    first = next(each for each in findings.spreads if each.project == project)
    return tuple(
        first._replace(item=each.id, dimension=each.dimension, bad_high=each.direction < 0)
        for each in findings.framework.items
    )


@pytest.mark.parametrize("name", [LONG, LINKED, "Short breaks"])
def test_few_projects(seen: Seen, make_findings: Callable[..., Findings], name: str) -> None:
    made = make_findings([(f"{name} {at}", 30, 20, 20.0 + 30 * at, 24.0) for at in range(3)])
    draw_charts(replace(made, spreads=ask_all(made, f"{name} 0"), period=("2025-11", "2026-01")))
    check(seen)


def test_forty_projects_with_long_names(seen: Seen, many: Findings) -> None:
    charts = draw_charts(many)
    check(seen)
    names = {base.project for base in many.bases}
    tables = [chart for chart in charts if chart.kind == "themes_by_project"]
    assert {name for chart in tables for name in chart.header[1:]} == names
    assert {chart.project for chart in charts if chart.kind == "dimension_profile"} == names


def test_long_questions_and_long_rounds(seen: Seen, make_findings: Callable[..., Findings]) -> None:
    rounds = (f"Round of {LONG} 2025", f"Round of {LONG} 2026")
    made = make_findings([("Short breaks", 30, 20, 50.0, 6.0, wave) for wave in rounds])
    asked = tuple(replace(each, text=ASKED) for each in made.questions)
    changes = tuple(
        Change(
            "Short breaks", "parent", dimension.id, *rounds, 5.0, -40.0, 55.0, 0.5, 0.5, 30, 35, -1,
            linked=False, items=9, verdict="no clear change", basis="items",
        )
        for dimension in made.framework.dimensions
    )  # fmt: skip
    draw_charts(replace(made, questions=asked, changes=changes))
    draw_changes(replace(made, changes=changes), ["Other questions were asked."])
    check(seen)
