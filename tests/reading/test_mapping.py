"""The mapping file overrides any guess, is written so that it reads back the same, and is held to what it may say."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Source, Survey, SurveyColumn
from coprod_cli.model.tables import Answer, Rating, Response, table
from coprod_cli.reading import read_mapping, read_survey, write_mapping

Write = Callable[..., Path]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
HEADER = ["Hat", "Topic", "Was it fair?", "Marks", "Say more", "Say more"]
ROWS = [
    ["Mum", "Buses", "Fair enough", "4", "They asked us before it was written", "x"],
    ["Sir", "Bus", "Not fair", "1", "We met every single week of it", "y"],
]
MAPPING = """
[constants]
wave = "2025"
consent = true

[[columns]]
header = "hat "
kind = "role"
words = { "Sir" = "practitioner" }

[[columns]]
header = "Topic"
kind = "project"
words = { "Bus" = "Buses" }

[[columns]]
header = "Was it fair?"
kind = "item"
dimension = "trust"
scale = { "Not fair" = 1, "Fair enough" = 3 }

[[columns]]
header = "Marks"
kind = "item"
item = "power_1"
direction = -1
range = [1, 4]

[[columns]]
header = "Say more"
occurrence = 2
kind = "unused"
"""


def columns(survey: Survey) -> list[SurveyColumn]:
    return [column for source in survey.sources for column in source.columns]


def same(one: Survey, other: Survey) -> bool:
    tables = all(getattr(one, name).equals(getattr(other, name)) for name in ("responses", "answers", "ratings"))
    return tables and one.questions == other.questions and one.notices == other.notices


def test_the_mapping_overrides_every_guess(write: Write, framework: Framework) -> None:
    survey = read_survey([write([HEADER, *ROWS])], framework, read_mapping(write(MAPPING, "map.toml")))
    assert sorted(survey.responses["role"]) == ["parent", "practitioner"]
    assert set(survey.responses["project"]) == {"Buses"}
    assert set(survey.responses["wave"]) == {"2025"}
    assert survey.responses["consent"].all()
    scores = survey.ratings.groupby("item")["score"].agg(sorted)
    assert scores["power_1"] == [0, 100]
    assert scores["x_fair"] == [0, 100]
    kinds = [column.kind.value for column in columns(survey)]
    assert kinds == ["role", "project", "item", "item", "open", "unused"]
    assert {column.why for column in columns(survey)[:1]} == {"the mapping file says so"}
    assert next(column.dimension for column in columns(survey) if column.name == "x_fair") == "trust"


def test_a_mapping_made_by_hand_is_written_and_read_back(write: Write, framework: Framework) -> None:
    path = write([HEADER, *ROWS])
    text = MAPPING.replace("range = [1, 4]", 'range = [1, 4]\nmissing = ["1"]')
    survey = read_survey([path], framework, read_mapping(write(text, "map.toml")))
    assert "closed_missing" in {notice.code for notice in survey.notices}
    again = read_survey([path], framework, read_mapping(write(write_mapping(survey), "again.toml")))
    assert same(survey, again)
    kept = [
        (column.kind, column.name, column.item, column.dimension, column.scale, column.words)
        for column in columns(survey)
    ]
    assert [
        (each.kind, each.name, each.item, each.dimension, each.scale, each.words) for each in columns(again)
    ] == kept


@pytest.mark.parametrize(
    "names",
    [
        ["forum_survey.csv"],
        ["forum_survey_google_forms.csv"],
        ["forum_survey_microsoft_forms.xlsx"],
        ["forum_survey_surveymonkey.csv"],
        ["forum_survey_qualtrics.csv"],
        ["comments_only.csv"],
        ["parents_export.csv"],
        ["practitioners_export.csv", "parents_export.csv"],
    ],
)
def test_what_is_written_reads_the_same_export_the_same_way(
    names: list[str], write: Write, framework: Framework
) -> None:
    paths = [SAMPLES / name for name in names]
    survey = read_survey(paths, framework)
    again = read_survey(paths, framework, read_mapping(write(write_mapping(survey), "map.toml")))
    said_by_constant = {"role_from_name"}
    assert [n for n in again.notices if n.code not in said_by_constant] == [
        n for n in survey.notices if n.code not in said_by_constant
    ]
    assert all(getattr(survey, name).equals(getattr(again, name)) for name in ("responses", "answers", "ratings"))
    assert survey.questions == again.questions


def test_headers_with_quotes_newlines_and_nothing_in_them_survive(write: Write, framework: Framework) -> None:
    header = ['What "was"\n good?', "", "", "C:\\x # y"]
    rows = [
        ["They asked us before it", "Mostly", "Partly", "Not at all"],
        ["Nobody told us of it", "Partly", "Mostly", "A little"],
    ]
    path = write([header, *rows])
    survey = read_survey([path], framework)
    assert same(survey, read_survey([path], framework, read_mapping(write(write_mapping(survey), "map.toml"))))
    assert len({question.name for question in survey.questions}) == 4


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_header_is_written_so_that_it_reads_back(text: str) -> None:
    column = SurveyColumn(0, text, ColumnKind.UNUSED, 0.5, text)
    empty = table([], Response), table([], Answer), table([], Rating)
    source = Source("x", "", "plain", "", "", 1, 0, (column,))
    written = write_mapping(Survey(*empty, (), (source,), 0, 0))
    assert tomllib.loads(written)["columns"] == [{"header": text, "kind": "unused"}]


def test_one_file_may_have_constants_of_its_own(write: Write, framework: Framework) -> None:
    files = [
        write([["What was good?"], ["They asked us before it was written"]], "a.csv"),
        write([["What was good?"], ["We met every single week of the year"]], "b.csv"),
    ]
    text = '[constants]\nrole = "parent"\n[[files]]\nfile = "b.csv"\nrole = "practitioner"\nproject = "Buses"\n'
    survey = read_survey(files, framework, read_mapping(write(text, "map.toml")))
    assert sorted(zip(survey.responses["role"], survey.responses["project"], strict=True)) == [
        ("parent", "All answers"),
        ("practitioner", "Buses"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ('kind = "role"', 'kind = "rolle"', "metadata"),
        ('kind = "role"', 'knd = "role"', "header"),
        ('"practitioner"', '"teacher"', "practitioner"),
        ("direction = -1", "direction = 0", "-1"),
        ("range = [1, 4]", "range = [1, 1]", "[1, 5]"),
        ("range = [1, 4]", 'scale = "likert"', "extent"),
        ("range = [1, 4]", 'words = { "1" = "x" }', "role"),
        ('item = "power_1"', 'item = "power_9"', "power_1"),
        ('dimension = "trust"', 'dimension = "truth"', "trust"),
        ('"Not fair" = 1', '"Not fair" = 3', "Poor"),
        ('header = "Marks"', 'header = "Points"', "inspect"),
        ("occurrence = 2", "occurrence = 3", "inspect"),
        ("occurrence = 2", "occurrence = 0", "2"),
        ("consent = true", 'consent = "yes"', "true"),
        ('wave = "2025"', 'role = "mum"', "parent"),
        ('wave = "2025"', "wave = 2025", "quotation"),
        ('header = "Topic"', 'header = "Hat"', "occurrence"),
        ('header = "hat "', 'header = "hat', "quotation"),
        ("[constants]", "[constant]", "constants"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_with_its_line(
    old: str, new: str, hint: str, write: Write, framework: Framework
) -> None:
    assert old in MAPPING
    text = MAPPING.replace(old, new, 1)
    path = write(text, "map.toml")
    pairs = zip(MAPPING.split("\n"), text.split("\n"), strict=True)
    line = next(number for number, (before, after) in enumerate(pairs, start=1) if before != after)
    line -= new == "occurrence = 3"  # the header that is not there so often stands one line above
    with pytest.raises(SettingsFileError) as told:
        read_survey([write([HEADER, *ROWS])], framework, read_mapping(path))
    assert told.value.what.startswith(f"map.toml, line {line}: "), told.value.what
    assert hint in told.value.hint
    assert told.value.exit_code == 4


def test_a_closed_question_on_no_known_scale_asks_for_one(write: Write, framework: Framework) -> None:
    text = '[[columns]]\nheader = "Topic"\nkind = "item"\ndimension = "trust"\n'
    with pytest.raises(SettingsFileError, match="fit no scale") as told:
        read_survey([write([HEADER, *ROWS])], framework, read_mapping(write(text, "map.toml")))
    assert "scale =" in told.value.hint


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_missing_or_unreadable_mapping_is_told(content: bytes | None, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "none.toml" if content is None else write(content, "map.toml")
    with pytest.raises(SettingsFileError, match=path.name):
        read_mapping(path)
