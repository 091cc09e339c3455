"""The mapping file overrides any guess, is written so that it reads back the same, and is held to what it may say."""

import dataclasses
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
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


@pytest.mark.no_cover
@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_header_is_written_so_that_it_reads_back(text: str) -> None:
    column = SurveyColumn(0, text, ColumnKind.UNUSED, 0.5, text)
    empty = table([], Response), table([], Answer), table([], Rating)
    source = Source("x", "", "plain", "", "", 1, 0, (column,))
    written = tomllib.loads(write_mapping(Survey(*empty, (), (source,), 0, 0)))
    assert written["columns"] == [{"header": text, "kind": "unused"}]
    sure = dataclasses.replace(source, columns=(dataclasses.replace(column, certainty=1.0),))
    listed = tomllib.loads(write_mapping(Survey(*empty, (), (sure,), 0, 0, unfit=((text, text),))))
    assert (listed["set_aside"], "columns" in listed) == ({"unused": [text]}, False)


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
        ('"Not fair" = 1', '"Not fair" = nan', "Poor"),
        ('"Not fair" = 1', '"Not fair" = -inf', "Poor"),
        ('"Not fair" = 1', '"Not fair" = -1e308', "a million"),
        ('"Not fair" = 1', '"Not fair" = 1, "NOT  fair." = 2', "Capitals"),
        ('words = { "Sir"', 'words = { "sir" = "parent", "Sir"', "Capitals"),
        ("range = [1, 4]", "range = [true, 4]", "[1, 5]"),
        ('kind = "role"', 'kind = "role"\nproject = "Buses"', "item"),
        ('dimension = "trust"', 'dimension = "trust"\nwave = 1', "quotation"),
        ('kind = "unused"', 'kind = "unused"\n[set_aside]\nroles = []', "metadata"),
        ('kind = "unused"', 'kind = "unused"\n[set_aside]\nunused = "x"', "unused = ["),
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
    pairs = zip(MAPPING.split("\n"), text.split("\n"), strict=False)
    line = next(number for number, (before, after) in enumerate(pairs, start=1) if before != after)
    line += new.count("[set_aside]")
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


SAY = "When decisions were made, how far did parents have an equal say?"
BACK = "How clearly were parents told what was done with their views, and why?"
OPEN = "What was good about how parents and professionals worked together?"
BLOCKS = ["ID", *(f"{name}: {asked}" for name in ("Respite", "Buses") for asked in (SAY, BACK, OPEN))]
BLOCK_ROWS = [
    ["P1", "Mostly", "Partly", "They listened to all of us", "", "", ""],
    ["P2", "Completely", "Mostly", "", "Not at all", "A little", "Nobody told us what came of it"],
]


def scored(survey: Survey) -> list[tuple[str, str, str, float]]:
    joined = survey.ratings.merge(survey.responses, on="response")
    return sorted(zip(joined["project"], joined["wave"], joined["item"], joined["score"], strict=True))


def codes(survey: Survey) -> dict[str, str]:
    return {notice.code: notice.in_full for notice in survey.notices}


def test_blocks_of_questions_are_written_and_read_back(write: Write, framework: Framework) -> None:
    path = write([BLOCKS, *BLOCK_ROWS])
    survey = read_survey([path], framework)
    assert scored(survey) == [
        ("Buses", "", "influence_2", 25), ("Buses", "", "power_1", 0),
        ("Respite", "", "influence_2", 50), ("Respite", "", "influence_2", 75),
        ("Respite", "", "power_1", 75), ("Respite", "", "power_1", 100),
    ]  # fmt: skip
    text = write_mapping(survey)
    assert text.count('project = "Respite"') == 3
    again = read_survey([path], framework, read_mapping(write(text, "map.toml")))
    assert same(survey, again)
    renamed = read_survey([path], framework, read_mapping(write(text.replace('"Respite"', '"Play"'), "map.toml")))
    assert {project for project, *_ in scored(renamed)} == {"Buses", "Play"}


def test_an_entry_says_what_a_column_is_about_and_others_keep_what_was_found(
    write: Write, framework: Framework
) -> None:
    path = write([BLOCKS, *BLOCK_ROWS])
    text = f"""
[[columns]]
header = "Respite: {SAY}"
kind = "item"
item = "power_1"
project = ""
wave = ""
[[columns]]
header = "Respite: {BACK}"
kind = "item"
item = "influence_2"
wave = "Spring"
[[columns]]
header = "Buses: {OPEN}"
kind = "unused"
"""
    survey = read_survey([path], framework, read_mapping(write(text, "map.toml")))
    found = {column.header.partition(" ")[0] + column.name: (column.project, column.wave) for column in columns(survey)}
    assert found["Respite:power_1"] == ("", "")
    assert found["Respite:influence_2"] == ("Respite", "Spring")
    assert found["Buses:influence_2"] == ("Buses", "")
    assert found["Respite:open_1"] == ("Respite", "")


def test_questions_no_program_can_see_the_rounds_of_are_parted_by_the_mapping(
    write: Write, framework: Framework
) -> None:
    header = ["Power at first", "Power in the end", "Heard at first", "Heard in the end"]
    path = write([header, ["1", "4", "2", "5"], ["2", "5", "2", "4"]])
    entries = [
        f'[[columns]]\nheader = "{each}"\nkind = "item"\ndimension = "{each.split()[0].lower()}"\n'
        f'name = "{each.split()[0]}"\nrange = [1, 5]\nwave = "{"first" if "first" in each else "last"}"\n'
        for each in header
    ]
    survey = read_survey([path], framework, read_mapping(write("".join(entries), "map.toml")))
    assert [each for each in scored(survey) if each[2] == "Power"] == [
        ("All answers", "first", "Power", 0), ("All answers", "first", "Power", 25),
        ("All answers", "last", "Power", 75), ("All answers", "last", "Power", 100),
    ]  # fmt: skip
    again = read_survey([path], framework, read_mapping(write(write_mapping(survey), "again.toml")))
    assert same(survey, again)


def test_ticked_choices_have_one_entry_under_the_question(write: Write, framework: Framework) -> None:
    asked = "Which projects were you involved in? (tick all that apply)"
    header = ["ID", f"{asked} [Buses]", f"{asked} [Respite]", SAY]
    path = write([header, ["P1", "x", "x", "Mostly"], ["P2", "", "x", "Partly"]])
    survey = read_survey([path], framework)
    assert len(survey.responses) == 3
    text = write_mapping(survey)
    assert f'header = "{asked}"\nkind = "project"' in text
    assert "[Buses]" not in text
    words = text.replace('kind = "project"', 'kind = "project"\nwords = { "Respite" = "Short breaks" }')
    for each in (text, words):
        again = read_survey([path], framework, read_mapping(write(each, "map.toml")))
        assert set(again.responses["project"]) == {"Buses", "Short breaks" if each is words else "Respite"}
        assert len(again.responses) == 3


def test_a_personal_column_may_be_the_key_that_tells_people_apart(write: Write, framework: Framework) -> None:
    header = ["IP Address", "Role", SAY]
    rows = [["192.0.2.1", "Mum", "Mostly"], ["192.0.2.1", "Mum", "Partly"], ["192.0.2.2", "SENCO", "Partly"]]
    path = write([header, *rows])
    survey = read_survey([path], framework)
    text = write_mapping(survey)
    assert tomllib.loads(text)["set_aside"]["metadata"] == ["IP Address"]
    named = '[[columns]]\nheader = "IP Address"\nkind = "person"\n'
    for mapping in (named, text.replace("[set_aside]", f"{named}[set_aside]")):
        again = read_survey([path], framework, read_mapping(write(mapping, "map.toml")))
        assert again.responses["person"].nunique() == 2
        assert "192.0.2" not in again.responses.to_string()


def test_doubtful_columns_come_first_and_a_guess_is_confirmed_by_one_stroke(write: Write, framework: Framework) -> None:
    asked, turned = "Staff were honest and listened to us", "I was not listened to"
    header = ["Seconds", "ID", SAY, asked, turned, "What colour was the room?"]
    agreed = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
    rows = [["12", f"P{n}", "Mostly", agreed[n % 5], agreed[n % 5], ["Red", "Blue"][n % 2]] for n in range(10)]
    path = write([header, *rows])
    survey = read_survey([path], framework)
    text = write_mapping(survey)
    check, clear, aside = (text.index(title) for title in ("Please check:", "These are clear", "[set_aside]"))
    assert all(check < text.index(header[place]) < clear for place in (3, 4, 5))
    assert clear < text.index(SAY) < aside < text.index('"Seconds"')
    assert find_dimensions(survey)[asked] == ("", 1)
    confirmed = re.sub('^# (dimension = "heard").*', r"\1", text, flags=re.MULTILINE)
    assert confirmed != text
    again = read_survey([path], framework, read_mapping(write(confirmed, "map.toml")))
    assert [find_dimensions(again)[each] for each in (asked, turned)] == [("heard", 1), ("heard", -1)]
    assert "Please check:" not in write_mapping(again)
    straight = read_survey([path], framework, read_mapping(write(confirmed.replace("= -1", "= 1"), "map.toml")))
    assert find_dimensions(straight)[turned] == ("heard", 1)


def find_dimensions(survey: Survey) -> dict[str, tuple[str, int]]:
    return {each.header: (each.dimension, each.scale.direction) for each in columns(survey) if each.scale}


def test_an_entry_without_a_header_means_a_column_without_one_not_the_first_of_all(
    write: Write, framework: Framework
) -> None:
    entry = read_mapping(write('[[columns]]\nheader = ""\nkind = "open"\n', "map.toml"))
    header = ["Respondent ID", "Role", "", "What was good?"]
    rows = [[f"AB{number}x", "Parent", f"Since {number}", f"They listened {number} times"] for number in range(9)]
    survey = read_survey([write([header, *rows])], framework, entry)
    assert set(survey.answers["words"]) == {cell for row in rows for cell in row[2:]}
    with pytest.raises(SettingsFileError, match="no survey file has this column"):
        read_survey([write([[*header[:2], "Since", header[3]], *rows], "named.csv")], framework, entry)
