"""The forum's report: a first page in plain words, short pages of projects, the forum's own words, twelve pages."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from coprod_cli.drawing import draw_charts
from coprod_cli.model.details import Deed, Details, Practice, ServiceReply
from coprod_cli.model.findings import Findings, Flag
from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.reading import read_details
from coprod_cli.reporting.document import Bullets, Document, Paragraph, QuoteBlock, Room, Section, Table
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.template_forum import tell
from coprod_cli.reporting.templates import write_report
from coprod_cli.reporting.texts import list_texts

MakeFindings = Callable[..., Findings]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MOST_PAGES = 12
PROJECT = "Short breaks strategy"
RESEARCH = (
    "bootstrap",
    "alpha",
    "Wilson",
    "seed",
    "likely range of the difference",
    ".csv:",
    "Kish",
    "Cochran 19",
)
FLAG = Flag(PROJECT, "", "RF05", "Nobody came back", "note", "It is said.", escalate=False, reply="")


def list_titles(document: Document) -> list[str]:
    return [each.title for each in document.sections]


def find_section(document: Document, name: str) -> Section:
    return next(each for each in document.sections if each.id == name)


def read_section(document: Document, name: str) -> str:
    return " ".join(list_texts([find_section(document, name)]))


@pytest.fixture(scope="module")
def full(sample: Findings) -> Material:
    """The sample with its charts and what the forum says of its year."""
    return Material(sample, draw_charts(sample), read_details(SAMPLES / "details.toml"))


@pytest.fixture(scope="module")
def told(full: Material) -> Document:
    return tell(full)


def test_the_sample_prints_on_twelve_pages_and_begins_with_one_that_stands_alone(full: Material) -> None:
    pages = PdfReader(io.BytesIO(write_report(full, "forum", "pdf")[1])).pages
    assert len(pages) <= MOST_PAGES
    first = " ".join(pages[0].extract_text().split())
    assert "122 people answered." in first
    assert "What comes next." in first
    assert "Run this survey again next October" in first
    assert "Welcome" not in first
    assert "Welcome" in pages[1].extract_text()


def test_everything_a_forum_wants_stands_there_in_its_order(told: Document) -> None:
    assert list_titles(told) == [
        "In short",
        "Welcome",
        "Who answered",
        "The year in numbers",
        "Project by project",
        "What people wrote about",
        "In people's own words",
        "You said, we did",
        "Good practice",
        "The service's response",
        "Money, thank you and how to get involved",
        "How it was done",
        "What nobody may claim from this report",
    ]
    assert "Larkfield Parent Carer Forum, April 2025 to March 2026" in told.subtitle


def test_without_the_forums_own_words_its_sections_are_left_out(usual: Findings) -> None:
    assert list_titles(tell(Material(usual))) == [
        "In short",
        "Who answered",
        "Project by project",
        "What people wrote about",
        "In people's own words",
        "The service's response",
        "How it was done",
        "What nobody may claim from this report",
    ]


def test_the_first_page_says_little_and_shows_one_picture_three_quotes_and_three_steps(told: Document) -> None:
    page = find_section(told, "in-short")
    kinds = [block.kind for block in page.blocks]
    assert kinds.count("figures") == 1
    quotes = [block for block in page.blocks if isinstance(block, QuoteBlock)]
    assert len(quotes) == 3
    found = next(block for block in page.blocks if isinstance(block, Bullets))
    assert 4 <= len(found.items) <= 6
    after = page.blocks[page.blocks.index(Paragraph("", strong="What comes next.")) + 1]
    assert isinstance(after, Bullets)
    assert len(after.items) == 3


def test_without_steps_of_its_own_a_forum_gets_honest_ones(usual: Findings) -> None:
    flagged = replace(usual, flags=(FLAG,))
    words = read_section(tell(Material(flagged)), "in-short")
    assert "What could come next." in words
    assert "Ask for a reply in writing to each red flag." in words
    assert "Show this report to those who run each piece of work." in words
    many = Details(next_steps=("One.", "Two.", "Three.", "Four."))
    document = tell(Material(usual, (), many))
    assert "Four." not in read_section(document, "in-short")
    assert "Four." in read_section(document, "next")


@pytest.mark.parametrize(
    ("invited", "people", "step", "words"),
    [
        (400, 100, 1, "400 people were invited. 100 people answered. That is 25 for every 100 invited."),
        (400, 100, 10, "400 people were invited. About 100 people answered. That is about 25 for every 100 invited."),
        (1000, 2, 1, "1,000 people were invited. 2 people answered. That is fewer than 1 for every 100."),
        (90, 100, 1, "90 people were invited. 100 people answered."),
        (400, -1, 0, "400 people were invited."),
    ],
)
def test_how_many_of_those_invited_answered_is_said_as_far_as_it_may_be(
    usual: Findings, invited: int, people: int, step: int, words: str
) -> None:
    findings = replace(usual, people=people, totals_step=step)
    said = read_section(tell(Material(findings, (), Details(invited=invited))), "who")
    assert f"How many. {words}" in said
    assert "response rate" not in said
    assert ("for every 100" in said) == ("for every 100" in words)


def test_without_invitations_no_share_is_told(usual: Findings) -> None:
    assert "invited" not in read_section(tell(Material(usual)), "who")


def test_a_flag_has_room_for_a_reply_unless_one_came(usual: Findings) -> None:
    flagged = replace(usual, flags=(FLAG,))
    silent = tell(Material(flagged, (), Details(reply_by="30 June 2026")))
    assert "Room for the service's reply to RF05. No response received by 30 June 2026." in read_section(
        silent, "projects"
    )
    reply = ServiceReply(PROJECT, "Head of short breaks", "1 June 2026", "We will answer everybody.")
    replied = tell(Material(flagged, (), Details(reply_by="30 June 2026", replies=(reply,))))
    words = read_section(replied, "projects")
    assert "Head of short breaks, 1 June 2026: We will answer everybody." in words
    assert "Room for" not in words
    assert "No response received by 30 June 2026." in read_section(replied, "response")


def test_the_services_response_is_printed_or_its_absence(usual: Findings) -> None:
    empty = find_section(tell(Material(usual)), "response")
    assert [block.kind for block in empty.blocks] == [Room.kind]
    reply = ServiceReply("", "Director", "", "Thank you.\n\nWe will act.")
    given = read_section(tell(Material(usual, (), Details(replies=(reply,)))), "response")
    assert given == "The service's response Director: Thank you. We will act."


def test_what_was_said_and_done_names_every_state(usual: Findings) -> None:
    deeds = (
        Deed(PROJECT, "Open earlier.", "Done.", "done", date="May"),
        Deed("", "Pay travel.", "", "not done", why="No money."),
        Deed("", "Send papers.", "", "waiting"),
    )
    document = tell(Material(usual, (), Details(deeds=deeds, practice=(Practice("", "Two chairs."),))))
    table = next(block for block in find_section(document, "you-said").blocks if isinstance(block, Table))
    assert [row[-1] for row in table.rows] == ["Done, May", "Not done. No money.", "Still waiting"]
    assert "Two chairs." in read_section(document, "practice")


def test_what_only_researchers_want_is_not_there(told: Document) -> None:
    words = " ".join(list_texts(told.sections, quoted=False))
    for each in RESEARCH:
        assert each not in words, each
    assert not re.search(r"\bF1\b", words)


def test_what_is_not_known_on_paper_is_one_sentence(usual: Findings) -> None:
    papers = Governance((ProjectFacts(PROJECT),), "2026-01-31", "d" * 64)
    words = read_section(tell(Material(replace(usual, governance=papers))), "projects")
    assert "None of the 17 facts is known yet." in words
    assert words.count("known yet") == 1


def test_no_picture_stands_there_twice(full: Material) -> None:
    page = write_report(full, "forum", "html")[1].decode()
    ids = re.findall(r'<figure class="picture" id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "theme-stances-parent" in ids


def test_a_sample_too_small_for_scores_is_still_worth_reading(make_findings: MakeFindings) -> None:
    findings = make_findings([("Sensory room", 6, 3)], quotes=(), themes=make_findings([("Sensory room", 2, 2)]).themes)
    papers = Governance((ProjectFacts("Sensory room", changed=("A quiet hour on Sundays.",)),), "2026-01-31", "d" * 64)
    several = frozenset({("Sensory room", "parent", "", "trust")})
    document = tell(Material(replace(findings, governance=papers, several=several)))
    words = " ".join(list_texts(document.sections))
    assert "No group was large enough, or asked enough, for a score." in words
    assert "A quiet hour on Sundays." in words
    assert "Raised by several parents and carers: “Trust”." in words
    assert "Next time, at least 10 parents and carers would have to answer" in words
    assert "A score takes at least 10." in read_section(document, "in-short")
    assert "out of 100" not in words


def test_of_several_rounds_the_first_page_tells_the_last_and_what_changed(make_findings: MakeFindings) -> None:
    rounds = [(PROJECT, 30, 20, level, 6.0, wave) for level, wave in ((40.0, "2024"), (60.0, "2025"))]
    words = read_section(tell(Material(make_findings(rounds))), "in-short")
    assert f"{PROJECT} (2025)" in words
    assert f"“{PROJECT} (2024)”: " not in words


def test_forty_projects_do_not_crowd_the_first_page(many: Findings) -> None:
    page = find_section(tell(Material(many)), "in-short")
    assert "The score of each stands on its page." in " ".join(list_texts([page]))
    assert len(" ".join(list_texts([page])).split()) < 450
