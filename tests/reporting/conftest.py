"""What the tests of every format read: the sample survey analysed, and a document that holds every kind of block."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.drawn_once import draw_each_picture_once

from coprod_cli.analysis import analyse
from coprod_cli.drawing import draw_charts
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.reporting.document import (
    Bullets,
    Callout,
    Definitions,
    Document,
    Figure,
    Figures,
    Folded,
    Headline,
    Paragraph,
    PictureLine,
    QuoteBlock,
    Room,
    Section,
    Table,
)

LONG = 24
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(scope="module", autouse=True)
def _draw_once() -> Iterator[None]:
    """Dozens of reports here show the same pictures."""
    with draw_each_picture_once():
        yield


@pytest.fixture(scope="session")
def sample() -> Findings:
    """The sample survey with its governance file, quickly coded."""
    survey, governance = SAMPLES / "forum_survey.csv", SAMPLES / "governance.toml"
    return analyse([survey], Settings(engine="fast"), governance_path=governance)


@pytest.fixture(scope="session")
def pictures(usual: Findings) -> tuple[Figure, ...]:
    """Two real charts as blocks."""
    return tuple(
        Figure(each.name, each.title, each.subtitle, each.alt, each.svg, each.png, each.header, each.rows)
        for each in draw_charts(usual)[:2]
    )


@pytest.fixture(scope="session")
def every_block(pictures: tuple[Figure, ...]) -> Document:
    """Every block there is, in every place where it may stand; one table is long enough to be filtered."""
    long = tuple((f"Row {at}", f"1 to {at}", str(at * 37 % 101), "not told" if at % 5 else "-") for at in range(LONG))
    short = Table("A short table", ("Project", "Score"), (("Short breaks", "57 (49 to 65)"), ("Rail", "9")), (1,))
    table = Table("A long table", ("Row", "People", "Score", "Mark"), long, (1, 2), note="A note under the table.")
    return Document(
        title="Every block there is",
        subtitle="Made up, for the tests.",
        banner=Callout("warning", "Restricted", "Do not publish this."),
        sections=(
            Section(
                "words",
                "Words",
                (
                    Paragraph("It was said with --audience raw.", strong="In short."),
                    Bullets(("One thing.", "Another thing.")),
                    Headline("Short breaks", "57", "out of 100", "likely range 49 to 65; 40 people"),
                    Callout("note", "A note", "Something to know."),
                    Callout("warning", "A warning", "Something to beware of."),
                    Room("The service may answer here."),
                    QuoteBlock("They rang us back within a week.", "Parent or carer, Short breaks", "a001p"),
                    Definitions((("EHCP", "education, health and care plan"), ("SENCO", "a teacher who plans help"))),
                ),
            ),
            Section(
                "tables",
                "Tables",
                (
                    short,
                    table,
                    Section("inner", "Pictures", (Figures(pictures), replace(pictures[0], name="alone"))),
                    Folded(
                        "For researchers", (Paragraph("A formula."), Bullets(("One.",)), replace(short, caption="S"))
                    ),
                    Folded("Kept off paper", (Paragraph("Not printed."),), on_paper=False),
                ),
                new_page=True,
            ),
            Section(
                "lines", "Easy lines", (PictureLine("a family at a table", ("We asked people.", "They told us.")),)
            ),
        ),
        footer="Made by the tests.",
    )
