"""Any table, written in any supported shape with any text in its cells, reads back the same answers."""

import json
import math
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.shapes import SHAPES, SINGLE_BYTE, Asked, Files, Shape, write_workbook

from coprod_cli.model.framework import Framework, Item
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import Answer, Rating, Response, rows
from coprod_cli.reading import SurveyMapping, read_mapping, read_survey
from coprod_cli.reading.column_rules import is_empty_answer
from coprod_cli.reading.wording import drop_controls, make_cell_key

# Other tests run these lines too: counting them here would only take time.
pytestmark = pytest.mark.no_cover
EXAMPLES = 6
SEVERAL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

ALL_SHAPES = SHAPES | SINGLE_BYTE
PERSON = Asked("Q1", "Invitation code")
ROLE = Asked("Q2", "What is your role?")
PROJECT = Asked("Q3", "Which project is this about?")
CONSENT = Asked("Q9", "May we quote your words without your name?")
OPENS = (
    Asked("Q5", "What was good about how parents and professionals worked together?", open=True),
    Asked("Q6", "What was not good, or could have been better?", open=True),
    Asked("Q7", "Meetings", open=True),
    Asked("Q8", "Notes of the day, 2025", open=True),
)
ROLES = {"Parent or carer": "parent", "Professional": "practitioner", "": "other"}
PROJECTS = {"Short breaks": "Short breaks", "School transport": "School transport", "": "Not stated"}
# Texts that are something else to a spreadsheet, a survey tool, a parser or a careless reader.
WHOLE = (
    "NA", "None", "null", "NaN", "n/a", "N/A", "-", "", " ", "yes", "TRUE", "1", "0", "-99", "3.0", "1e5", "007",
    "2025-10-06", "06/10/2025 19:41:00", "Oct-49", "12:30", "=1+1", "+44 20 7946 0000", "@SUM(A1)", "-1", "'", '"',
    '""', "'=1", "Response", "Open-Ended Response", "Timestamp", "Comments:", "Other (please specify)", "ResponseId",
    "Total", "Average", '{"ImportId":"QID7_TEXT"}', "{'ImportId': 'QID7'}", "[]", "{}", '{"a": 1}', "sep=;", "#",
    "#name", "_uuid", "Survey Preview", "Response ID", "Date Submitted", "record_id", "Complete?",
    "Unique Response Number", "V1", "<b>They</b> <!-- --> listened &amp; acted &nbsp;", "</script>", "_x000D_",
    "_x0041_", "&#13;", "\\n", "\\", "%s", "{0}", "It was good; we met, and then | we left\tearly", "a;b;c;",
    "tea;cake;", "Red, Green", "x y z", "a/b", "a - b", 'She said "no", twice', '"quoted" and then not',
    'ends with "', "line\nline", "line\r\nline", "line\rline", "\n\n", "\ufeffmark", "\u202eright to left\u202c",
    "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "e\u0301\u0327",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "caf\u00e9 \u2013 \u00a3400 \u201cfine\u201d", "\u200b", "\u00a0",
    "\u2028", "\x85", "a\x0bb", "a\x00b", "\x1b[31mred", "\ufffd", "\uffff",
)  # fmt: skip
PIECES = (
    ",", ";", "\t", "|", '"', "'", "\n", "\r\n", "\r", " ", "  ", "a", "B", "7", "\u00e9", "\U0001f600", "they", "=",
    "/", "\\", "{", "[", "<p>", "&", "\u0301", "\u202e", "\u2019", "\u65e5", "_x", "\x0b", "\x00", "\x1e",
)  # fmt: skip
LONG = ("word ", "\u00e9", "\U0001f600", "x", '"', ";", ",", "\t", "\n", "\r\n", "<p>", "9", " ", "\\", "| ")
SENTENCES = (
    "They listened to us from the start", "Nobody told us what had been decided", "The meetings were at school time",
    "We wrote the plan together", "It felt like a tick box", "My views were taken seriously",
    "Professionals kept the last word", "The draft changed after we spoke",
)  # fmt: skip
PLACES = (
    "in the spring",
    "at the school",
    "on the phone",
    "in the end",
    "at first",
    "every time",
    "in Room 12",
    "online",
)
ENDS = (
    ".", "!", " \u2013 at last.", ", and then: nothing; really.", ' ("too late").', "\nThank you.", " \U0001f600",
    " It's \u00a350 a day.", "\r\n\r\nSecond paragraph, with a comma.", " | see the notes\tbelow", " \u2026",
)  # fmt: skip


class Form(NamedTuple):
    """One form as people filled it in; also one as it was read back, and then sorted by question."""

    role: str
    project: str
    consent: bool
    score: float
    words: tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """The questions of a survey and the cells under them, every row as long as the questions."""

    asked: tuple[Asked, ...]
    rows: tuple[tuple[str, ...], ...]


def pick_item(framework: Framework, direction: int) -> Item:
    # Stata cuts a label at 80 characters.
    return next(item for item in framework.items if item.direction == direction and len(item.parent) <= 80)


def make_texts() -> st.SearchStrategy[str]:
    # Where controls are everywhere the bytes are no text, and are refused; a few of them are among the pieces.
    letters = st.characters(codec="utf-8", exclude_categories=["Cc"])
    anything = st.text(letters, max_size=30)
    pieces = st.lists(st.sampled_from(PIECES) | st.text(letters, max_size=5), max_size=12)
    long = st.builds(lambda piece, end: (piece * 5_000)[:4_990] + end, st.sampled_from(LONG), anything)
    usual = st.builds(str.__add__, st.sampled_from(SENTENCES), st.sampled_from(ENDS))
    return st.one_of(st.sampled_from(WHOLE), pieces.map("".join), usual, anything, usual, st.just(""), long)


@st.composite
def make_tables(draw: st.DrawFn, framework: Framework, shape: Shape) -> Table:
    """1 to 12 forms with 1 to 4 open questions and some closed ones; a few rows empty, a few there twice."""
    item = pick_item(framework, draw(st.sampled_from([1, -1])))
    opens = draw(st.lists(st.sampled_from(OPENS), min_size=1, unique=True))
    columns: dict[Asked, st.SearchStrategy[str]] = {}
    if draw(st.booleans()):
        columns[ROLE] = st.sampled_from(list(ROLES))
    if draw(st.booleans()):
        columns[PROJECT] = st.sampled_from(list(PROJECTS))
    if draw(st.booleans()):
        columns[Asked("Q4", item.parent)] = st.sampled_from(["", *framework.labels])
    columns |= dict.fromkeys(opens, make_texts().map(shape.fit))
    if draw(st.booleans()):
        columns[CONSENT] = st.sampled_from(["Yes", "No", ""])
    forms = draw(st.lists(st.tuples(*columns.values()), min_size=1, max_size=12))
    rows = [(f"P{number:03}", *form) for number, form in enumerate(forms, start=1)]
    rows += draw(st.lists(st.sampled_from(rows), max_size=2))
    rows += [("",) * len(rows[0])] * draw(st.sampled_from([0, 0, 1, 3]))
    return Table((PERSON, *columns), tuple(draw(st.permutations(rows))))


def clean_words(text: str) -> str:
    """What is documented to happen to an answer: no controls, plain line ends, no blanks around, no 'n/a'."""
    words = re.sub(r"\r\n?", "\n", drop_controls(text).strip())
    says_nothing = is_empty_answer(make_cell_key(words)) if len(words) <= 60 else not any(map(str.isalpha, words))
    return "" if says_nothing else words


def expect_forms(table: Table, framework: Framework) -> Counter[Form]:
    """The forms that must be found: each once, and only those that answer anything."""
    names = {each.text: place for place, each in enumerate(table.asked)}
    items = [(place, item) for item in framework.items if (place := names.get(item.parent)) is not None]
    found = []
    for row in sorted(set(table.rows)):
        score = math.nan
        for place, item in items:
            if row[place]:
                step = framework.labels.index(row[place]) / (len(framework.labels) - 1) * 100
                score = step if item.direction > 0 else 100 - step
        words = [(each.code, clean_words(row[place])) for place, each in enumerate(table.asked) if each.open]
        said = tuple(sorted(each for each in words if each[1]))
        if said or not math.isnan(score):
            role = ROLES[row[names[ROLE.text]]] if ROLE.text in names else "other"
            project = PROJECTS[row[names[PROJECT.text]]] if PROJECT.text in names else "All answers"
            consent = CONSENT.text in names and row[names[CONSENT.text]] == "Yes"
            found.append(Form(role, project, consent, -1 if math.isnan(score) else score, said))
    return Counter(found)


def list_forms(survey: Survey, names: dict[str, str]) -> Counter[Form]:
    """The forms that were read; `names` gives the code of every open question by its name in the tables."""
    scores = {each.response: each.score for each in rows(survey.ratings, Rating)}
    words: dict[str, list[tuple[str, str]]] = {}
    for each in rows(survey.answers, Answer):
        words.setdefault(each.response, []).append((names[each.question], each.words))
    return Counter(
        Form(
            form.role,
            form.project,
            form.consent,
            scores.get(form.response, -1),
            tuple(sorted(words.get(form.response, ()))),
        )
        for form in rows(survey.responses, Response)
    )


def write_files(files: Files, folder: Path) -> Path:
    """The one file, or the folder with all of them."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / next(iter(files)) if len(files) == 1 else folder


def read_files(files: Files, framework: Framework, mapping: SurveyMapping | None) -> Survey:
    with tempfile.TemporaryDirectory() as folder:
        return read_survey([write_files(files, Path(folder))], framework, mapping)


def make_mapping(table: Table, framework: Framework, shape: Shape) -> SurveyMapping:
    """A mapping file as a person would write it: what every column is, by its header."""
    items = {item.parent: item.id for item in framework.items}
    kinds = {PERSON.text: "person", ROLE.text: "role", PROJECT.text: "project", CONSENT.text: "consent"}
    entries = []
    for each in table.asked:
        header = f"G01{each.code}" if shape.by_code else each.text
        lines = ["[[columns]]", f"header = {json.dumps(header)}"]
        if each.open:
            lines += ['kind = "open"', f'name = "{each.code}"']
        elif each.text in items:
            lines += ['kind = "item"', f'item = "{items[each.text]}"', 'scale = "extent"']
        else:
            lines += [f'kind = "{kinds[each.text]}"']
        entries.append("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.toml")
        path.write_text("\n\n".join(entries), encoding="utf-8")
        return read_mapping(path)


def assert_adds_up(survey: Survey) -> None:
    assert survey.rows_read == survey.forms + sum(notice.rows for notice in survey.notices)


def assert_same_tables(one: Survey, other: Survey) -> None:
    for name in ("responses", "answers", "ratings"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize("name", SHAPES)
def test_any_text_in_any_shape_reads_back_as_it_was_written(name: str, framework: Framework) -> None:
    shape = SHAPES[name]

    @SEVERAL
    @given(table=make_tables(framework, shape), order=st.randoms(use_true_random=False))
    def read_back(table: Table, order: Random) -> None:
        mapping = make_mapping(table, framework, shape)
        survey = read_files(shape.write(table.asked, table.rows), framework, mapping)
        assert list_forms(survey, {each.code: each.code for each in OPENS}) == expect_forms(table, framework)
        assert_adds_up(survey)
        shuffled = list(table.rows)
        order.shuffle(shuffled)
        assert_same_tables(survey, read_files(shape.write(table.asked, shuffled), framework, mapping))

    read_back()


@st.composite
def make_sayings(draw: st.DrawFn, framework: Framework, shape: Shape) -> Table:
    """6 to 12 forms whose open answers are sentences, none of which is there twice, under coprod's own questions."""
    number = draw(st.integers(6, 12))
    item = pick_item(framework, draw(st.sampled_from([1, -1])))
    saying = st.builds("{} {}{}".format, st.sampled_from(SENTENCES), st.sampled_from(PLACES), st.sampled_from(ENDS))
    opens = draw(st.lists(st.sampled_from(OPENS[:2]), min_size=1, unique=True))
    said = st.lists(saying.map(shape.fit), min_size=number, max_size=number, unique=True)
    columns = {
        PERSON: [f"P{place:03}" for place in range(1, number + 1)],
        ROLE: take_turns(draw, list(ROLES)[:2], number),
        PROJECT: take_turns(draw, list(PROJECTS)[:2], number),
        Asked("Q4", item.parent): take_turns(draw, list(framework.labels), number),
        **{each: draw(said) for each in opens},
        CONSENT: take_turns(draw, ["Yes", "No"], number),
    }
    return Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))


def take_turns(draw: st.DrawFn, choices: Sequence[str], number: int) -> list[str]:
    """Every choice in turn, in any order: several people have more than one role and more than one project."""
    return draw(st.permutations([choices[place % len(choices)] for place in range(number)]))


@pytest.mark.parametrize("name", [name for name, shape in ALL_SHAPES.items() if not shape.by_code])
def test_sentences_under_known_questions_need_no_mapping(name: str, framework: Framework) -> None:
    shape = ALL_SHAPES[name]

    @SEVERAL
    @given(table=make_sayings(framework, shape))
    def read_back(table: Table) -> None:
        survey = read_files(shape.write(table.asked, table.rows), framework, None)
        codes = [each.code for each in table.asked if each.open]
        found = [each.name for each in survey.sources[0].columns if each.kind is ColumnKind.OPEN]
        assert list_forms(survey, dict(zip(found, codes, strict=True))) == expect_forms(table, framework)
        assert_adds_up(survey)

    read_back()


@pytest.mark.parametrize("text", WHOLE)
def test_an_odd_answer_is_read_wherever_it_stands(text: str, framework: Framework) -> None:
    asked = (PERSON, ROLE, *OPENS)
    odd = ("P001", "Parent or carer", *[text] * 4)
    usual = ("P002", "Professional", *(f"{sentence}." for sentence in SENTENCES[:4]))
    for forms in ((odd,), (odd, usual), (usual, odd)):
        table = Table(asked, forms)
        files = SHAPES["plain_comma"].write(asked, forms)
        survey = read_files(files, framework, make_mapping(table, framework, SHAPES["plain_comma"]))
        assert list_forms(survey, {each.code: each.code for each in OPENS}) == expect_forms(table, framework)
        assert_adds_up(survey)


def test_what_the_mapping_calls_open_is_no_list_of_choices(framework: Framework) -> None:
    asked = (PERSON, OPENS[2])
    for shape, texts in {
        "microsoft_forms": ("tea;cake;", "cake;"),
        "kobo": ("tea cake", "cake"),
        "plain_comma": ("a, b", "b"),
    }.items():
        table = Table(asked, tuple((f"P{number}", texts[number % 2]) for number in range(8)))
        mapping = make_mapping(table, framework, SHAPES[shape])
        survey = read_files(SHAPES[shape].write(asked, table.rows), framework, mapping)
        assert sorted(survey.answers["words"]) == sorted(texts * 4)


def test_a_stray_cell_in_the_last_column_of_a_sheet_changes_nothing(framework: Framework) -> None:
    asked = (PERSON, ROLE, OPENS[0])
    table = Table(asked, tuple((f"P{number:03}", "Professional", SENTENCES[number % 8]) for number in range(20)))
    stray = [(*row, *[""] * 16_380, "x") if number == 17 else row for number, row in enumerate(table.rows)]
    files = {"survey.xlsx": write_workbook([[each.text for each in asked], *stray])}
    survey = read_files(files, framework, make_mapping(table, framework, SHAPES["workbook"]))
    assert list_forms(survey, {"Q5": "Q5"}) == expect_forms(table, framework)
    assert [notice.code for notice in survey.notices if notice.code == "long_rows"]


def test_short_comments_under_a_field_name_are_no_codes(framework: Framework) -> None:
    said = ("too late", "not heard", "too late", "fine", "heard", "never asked us")
    asked = (Asked("Q1", "who"), Asked("Q5", "comments", open=True))
    files = SHAPES["kobo"].write(asked, [(f"p{number}", text) for number, text in enumerate(said)])
    assert sorted(read_files(files, framework, None).answers["words"]) == sorted(said)
