"""What somebody with a learning disability, and whoever checks the draft with them, finds in it."""

import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import textstat
from pypdf import PdfReader

from coprod_cli.model.comparison import Change
from coprod_cli.model.details import Deed, Details
from coprod_cli.model.findings import EFFECTS, Findings, Flag, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Score, rows
from coprod_cli.reporting.document import Block, Bullets, Callout, Definitions, Document, PictureLine, Room, Section
from coprod_cli.reporting.easy_words import ROLES, VERDICTS, ease_flag, is_long, read_easy_words, split_sentences
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.template_easy_read import tell
from coprod_cli.reporting.templates import FORMATS
from coprod_cli.reporting.texts import list_texts
from coprod_cli.reporting.wording import SHORT_FORMS
from coprod_cli.telling import list_panels

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MOST_WORDS, MOST_GRADE, MOST_PAGES = 15, 4.0, 24
DETAILS = Details(
    name="Larkfield forum",
    invited=412,
    deeds=(
        Deed("", "Send papers early.", "Papers go out a week before.", "done"),
        Deed("Short breaks", "Cut the form.", "", "not done", "There is no money."),
        Deed("", "Ask us.", "", "waiting"),
        Deed("", "Listen.", "A talk is planned.", "in progress"),
    ),
    next_steps=("We ask again next year.",),
    contact="Come to a coffee morning.",
)


def read(findings: Findings, details: Details = DETAILS) -> Document:
    return tell(Material(findings, details=details))


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def list_sentences(document: Document) -> list[str]:
    """Every sentence for readers: not the last page, which is for those who make the draft, nor names of projects."""
    blocks = [block for section in document.sections[:-1] for block in walk((section,))]
    told = [document.banner.text] if document.banner else []
    for block in blocks:
        match block:
            case PictureLine():
                told += block.sentences
            case Definitions():
                told += [meaning for _, meaning in block.items]
            case Bullets():
                told += block.items
            case Room() | Callout():
                told.append(block.text)
            case Section():
                told.append(block.title)
    return [each for words in (*told, document.footer) for each in split_sentences(words)]


def list_lines(document: Document) -> list[str]:
    return [each for block in walk(document.sections) if isinstance(block, PictureLine) for each in block.sentences]


@pytest.fixture(scope="module", params=["usual", "comments_only", "nothing_told", "many", "sample", "flagged", "held"])
def drafted(request: pytest.FixtureRequest) -> tuple[Findings, Document]:
    findings: Findings = request.getfixturevalue(request.param)
    return findings, read(findings)


@pytest.fixture(scope="module")
def flagged(usual: Findings) -> Findings:
    """Every red flag there is, with every effect."""
    name = list_panels(usual)[0].project
    rules = usual.framework.flags
    flags = [Flag(name, "", each.id, each.name, effect, "Why.", False, "") for each in rules for effect in EFFECTS]
    return replace(usual, flags=tuple(flags))


@pytest.fixture(scope="module")
def held(usual: Findings) -> Findings:
    """A score that a fact holds down, and one of another round."""
    scores = [
        each._replace(before_limits=61.0, low_before=52.0, high_before=70.0)
        if each.dimension == "overall" and each.reportable
        else each
        for each in rows(usual.scores, Score)
    ]
    frame = usual.scores.copy()
    for name in ("before_limits", "low_before", "high_before"):
        frame[name] = [getattr(each, name) for each in scores]
    return replace(usual, scores=frame)


def test_every_sentence_is_short_and_holds_one_number_at_most(drafted: tuple[Findings, Document]) -> None:
    findings, document = drafted
    names = {panel.project for panel in list_panels(findings)}
    for sentence in list_sentences(document):
        if sentence not in names:
            assert len(sentence.split()) <= MOST_WORDS, sentence
            assert len(NUMBER.findall(sentence)) <= 1, sentence
            assert not set(re.findall(r"\w+", sentence)) & (set(SHORT_FORMS) | {"N", "nan", "c"}), sentence


def test_it_reads_as_easily_as_a_book_for_small_children(drafted: tuple[Findings, Document]) -> None:
    findings, document = drafted
    names = {panel.project for panel in list_panels(findings)}
    text = " ".join(each for each in list_sentences(document) if each not in names)
    assert textstat.automated_readability_index(text) <= MOST_GRADE


def test_the_framework_that_ships_has_easy_words_for_all_it_names(framework: Framework) -> None:
    words = read_easy_words()
    assert set(words.dimensions) == {each.id for each in framework.dimensions}
    assert set(words.themes) == {each.id for each in framework.themes}
    assert set(words.flags) == {each.id for each in framework.flags if not each.uncounted}


def test_scores_are_those_of_the_findings_with_both_ends_and_people(sample: Findings) -> None:
    document = read(sample)
    told = 0
    for section in document.sections:
        for score in rows(sample.scores, Score):
            if (section.title, "overall", True) == (score.project, score.dimension, score.reportable):
                free = not math.isnan(score.before_limits)
                value, low, high = (
                    (score.before_limits, score.low_before, score.high_before)
                    if free
                    else (score.estimate, score.low, score.high)
                )
                who = ROLES[score.role]
                line = next(
                    block.sentences
                    for block in walk((section,))
                    if isinstance(block, PictureLine)
                    and block.sentences[0].startswith(f"{who[0].upper()}{who[1:]} gave")
                )
                assert line[0].endswith(f"gave a score of {value:.0f}.")
                assert f"The real score may be as low as {low:.0f}." in line
                assert f"It may be as high as {high:.0f}." in line
                assert f"This comes from about {score.people} people." in line
                assert (f"So the score is held at {score.estimate:.0f}." in line) == free
                told += 1
    assert told == int((sample.scores["reportable"] & (sample.scores["dimension"] == "overall")).sum())


def test_what_is_withheld_has_no_number(nothing_told: Findings) -> None:
    hidden = replace(nothing_told, people=-1, rows_read=-1, forms=-1, responses=-1)
    lines = list_lines(read(hidden, Details()))
    assert "We cannot show how many people answered." in lines
    assert "We cannot give a score this time." in lines
    assert {number for line in lines for number in NUMBER.findall(line)} == {"10"}


def test_comments_alone_are_said_to_be_a_computers_work(comments_only: Findings) -> None:
    lines = list_lines(read(comments_only))
    assert "A computer made a score from what parents and carers wrote." in lines
    assert "It may be too low." in lines
    assert not [each for each in lines if " gave a score" in each]


def test_a_red_flag_says_whether_it_was_checked_and_one_that_must_not_be_counted_is_left_out(flagged: Findings) -> None:
    lines = list_lines(read(flagged))
    shown = [each for each in flagged.flags if each.id != "RF13"]
    assert f"There are {len(shown)} red flags here." in lines
    assert "So the score cannot be higher than 49." in lines
    assert "Afraid to speak" not in " ".join(lines)
    note = next(each for each in flagged.flags if (each.id, each.effect) == ("RF02", "note"))
    assert ease_flag(flagged, note) == ("We were told that the decisions came first.", "Parents were asked later.")


def test_a_flag_of_another_framework_is_told_by_its_name(usual: Findings) -> None:
    flag = Flag("Short breaks", "", "X1", "Nobody phones", "note", "Why.", escalate=False, reply="")
    assert ease_flag(usual, flag) == ("The red flag is called: Nobody phones.",)


def test_it_says_that_it_is_a_draft_and_who_must_check_it(usual: Findings) -> None:
    document = read(usual)
    assert document.look == "easy-read"
    assert document.banner is not None
    assert document.banner.title.startswith("Draft")
    assert "People with learning disabilities must check this" in document.banner.text
    assert document.sections[-1].new_page
    private = tell(Material(replace(usual, settings=Settings(audience="restricted"))))
    assert private.banner is not None
    assert "private" in private.banner.text


def test_what_the_forum_said_stands_as_it_is_and_long_sentences_are_pointed_out(usual: Findings) -> None:
    long = "We will meet with every single family who has not been heard from before the end of the year."
    document = read(usual, replace(DETAILS, next_steps=(long,)))
    assert is_long(long)
    assert long in list_lines(document)
    assert long in list(list_texts(document.sections[-1:]))
    assert long not in list(list_texts(read(usual).sections[-1:]))
    said = " ".join(list_lines(document))
    for words in ("This has been done.", "This is being done now.", "This has not been done.", "We are waiting"):
        assert words in said


def test_what_nobody_wrote_leaves_room_to_write(usual: Findings) -> None:
    rooms = [block.text for block in walk(read(usual, Details()).sections) if isinstance(block, Room)]
    assert [each.split(",")[0] for each in rooms] == [
        "Write here what people asked for",
        "Write here what happens next.",
        "Write here how people can get in touch.",
    ]


def test_of_several_rounds_the_last_is_told(make_findings: Callable[..., Findings]) -> None:
    findings = make_findings([("Short breaks", 35, 15, 40, 2, "2024"), ("Short breaks", 35, 15, 66, 2, "2025")])
    lines = list_lines(read(findings))
    assert "Parents and carers gave a score of 62." in lines
    assert not [each for each in lines if "score of 36" in each]


@pytest.mark.parametrize("verdict", ["", *VERDICTS])
def test_a_change_is_told_for_those_whose_view_leads(usual: Findings, verdict: str) -> None:
    name, wave = list_panels(usual)[0]
    why = "" if verdict else "Not enough answers to say."
    change = Change(
        name, "parent", "overall", "2024", wave, 9.0, 4.0, 14.0, 0.99, 0.9, 30, 30, 0, False, 9, verdict, why_not=why
    )
    lines = list_lines(read(replace(usual, changes=(change,))))
    told = VERDICTS[verdict or "no clear change"].format(who="parents and carers")
    assert lines[lines.index("People were asked before, too.") + 1] == told
    assert len(told.split()) <= MOST_WORDS


def test_many_projects_stay_short(many: Findings) -> None:
    sections = {section.id: section for section in read(many).sections}
    assert len(sections["projects"].blocks) == 40
    assert not [name for name in sections if name.startswith("project-")]


def test_only_words_that_are_used_are_explained(usual: Findings, nothing_told: Findings) -> None:
    def list_words(document: Document) -> list[str]:
        return [word for block in walk(document.sections) if isinstance(block, Definitions) for word, _ in block.items]

    assert "Staff" in list_words(read(usual))
    for findings in (usual, nothing_told):
        document = read(findings, Details())
        text = " ".join(list_texts(document.sections[:-2])).casefold()
        assert all(word.casefold() in text for word in list_words(document))


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_it_can_be_written_in_every_format_and_printed_on_few_pages(sample: Findings, kind: str) -> None:
    written = FORMATS[kind](read(sample))
    if kind == "pdf":
        assert 5 < len(PdfReader(io.BytesIO(written)).pages) < MOST_PAGES
    assert len(written) > 1000
