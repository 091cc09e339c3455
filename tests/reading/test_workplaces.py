"""Where practitioners work is read from plain words, from their role or a column of its own, in every tool's shape."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.model.tables import SECTORS
from coprod_cli.reading import read_mapping, read_survey, write_mapping
from coprod_cli.reading.workplaces import find_sector

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SHAPES = [
    path.name
    for path in sorted(SAMPLES.glob("forum_survey*"))
    if path.suffix in {".csv", ".tsv", ".xlsx", ".sav", ".json", ".parquet"}
]
ASKED = "When decisions were made, how far did parents have an equal say?"


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        *((words, "education") for words in ("SENCO", "Head teacher", "TA", "I work in a school or college")),
        *((words, "education") for words in ("Nursery nurse", "Early years", "Educational psychologist", "Tutor")),
        *((words, "health") for words in ("Paediatrician", "Speech and language therapist", "Nurse", "NHS", "GP")),
        *((words, "health") for words in ("School nurse", "I work in health", "CAMHS", "Commissioner (ICB)", "OT")),
        *((words, "social_care") for words in ("Social worker", "Children's social care", "DSCO", "Care home")),
        *((words, "social_care") for words in ("Social worker (local authority)", "Local authority - social care")),
        *((words, "council") for words in ("I work for the council", "LA officer", "SEND officer", "Virtual school")),
        *((words, "council") for words in ("Educational psychologist, council", "School transport officer")),
        *((words, "voluntary") for words in ("Charity", "Forum staff", "VCS", "Carers centre", "Third sector")),
        *((words, "voluntary") for words in ("Health lead at a charity", "I work for a charity or voluntary group")),
    ],
)
def test_words_that_people_use_are_known(words: str, sector: str) -> None:
    assert find_sector(words) == sector
    assert find_sector(f"  {words.upper()}. ") == sector


@pytest.mark.parametrize(
    "words",
    [
        "", "Practitioner", "Professional", "Director", "Family support worker", "Police", "Other", "xyz",
        "Health and social care", "Education, health and care", "Public health", "Council and school",
        "Nurse in a special school", "Retired teacher", "I do not work for the council", "Volunteer",
    ],
)  # fmt: skip
def test_words_that_may_mean_several_or_none_give_no_sector(words: str) -> None:
    assert find_sector(words) == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_known_sector_or_none(words: str) -> None:
    assert find_sector(words) in SECTORS


def count_sectors(survey: Survey, role: str = "practitioner") -> dict[str, int]:
    responses = survey.responses
    return dict(Counter(responses.loc[responses["role"] == role, "sector"]))


@pytest.mark.parametrize("name", SHAPES)
def test_every_tool_gives_the_same_sectors(name: str, framework: Framework) -> None:
    survey = read_survey([SAMPLES / name], framework)
    assert count_sectors(survey) == {"health": 17, "council": 16, "education": 10, "voluntary": 5}
    assert count_sectors(survey, "parent") == {"": 74}


def write_rows(tmp_path: Path, header: list[str], rows: list[list[str]]) -> Path:
    path = tmp_path / "survey.csv"
    lines = [[*header, ASKED], *([*row, "Partly"] for row in rows)]
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8")
    return path


ROLES = [["Parent", ""], ["Parent", ""], ["Professional", "NHS"], ["Professional", "School"], ["Professional", "NHS"]]


@pytest.mark.parametrize(
    "header", ["Where do you work?", "Which service do you work for?", "Sector", "Your organisation", "Place of work"]
)
def test_a_column_of_its_own_says_where_people_work(header: str, tmp_path: Path, framework: Framework) -> None:
    path = write_rows(tmp_path, ["I am a...", header], ROLES)
    survey = read_survey([path], framework)
    kinds = [column.kind for column in survey.sources[0].columns]
    assert kinds[:2] == [ColumnKind.ROLE, ColumnKind.SECTOR]
    assert count_sectors(survey) == {"health": 2, "education": 1}
    again = tmp_path / "map.toml"
    again.write_text(write_mapping(survey, framework), encoding="utf-8")
    assert count_sectors(read_survey([path], framework, read_mapping(again))) == {"health": 2, "education": 1}


def test_its_own_column_outweighs_the_role_and_parents_have_no_sector(tmp_path: Path, framework: Framework) -> None:
    rows = [["SENCO", "Council"], ["SENCO", ""], ["Parent", "NHS"], ["Nurse", "Council"]]
    survey = read_survey([write_rows(tmp_path, ["I am a...", "Where do you work?"], rows)], framework)
    assert count_sectors(survey) == {"council": 2, "education": 1}
    assert count_sectors(survey, "parent") == {"": 1}


def test_where_nothing_else_says_who_people_are_their_place_of_work_does(tmp_path: Path, framework: Framework) -> None:
    rows = [["School"], ["NHS"], ["Council"], ["School"]]
    survey = read_survey([write_rows(tmp_path, ["Where do you work?"], rows)], framework)
    assert count_sectors(survey) == {"education": 2, "health": 1, "council": 1}


def test_the_question_about_the_piece_of_work_stays_a_project(tmp_path: Path, framework: Framework) -> None:
    rows = [["Parent", "School transport"], ["Parent", "SEND team redesign"], ["Parent", "School transport"]]
    header = ["I am a...", "Which piece of work are you telling us about?"]
    survey = read_survey([write_rows(tmp_path, header, rows)], framework)
    assert set(survey.responses["project"]) == {"School transport", "SEND team redesign"}


def test_boxes_to_tick_give_a_sector_only_where_one_is_ticked(tmp_path: Path, framework: Framework) -> None:
    header = ["I am a...", "Where do you work? [NHS]", "Where do you work? [School]", "Where do you work? [Council]"]
    rows = [
        ["Professional", "NHS", "", ""], ["Professional", "NHS", "School", ""], ["Professional", "", "", "Council"],
        ["Parent", "", "", ""], ["Professional", "NHS", "", ""],
    ]  # fmt: skip
    survey = read_survey([write_rows(tmp_path, header, rows)], framework)
    assert count_sectors(survey) == {"health": 2, "": 1, "council": 1}


MAPPED = """
[[columns]]
header = "I am a..."
kind = "role"

[columns.words]
"Wayfinder" = "council"
"Nurse" = "practitioner"
"""


def test_the_mapping_file_says_where_people_work(tmp_path: Path, framework: Framework) -> None:
    path = write_rows(tmp_path, ["I am a..."], [["Wayfinder"], ["Nurse"], ["Parent"], ["Wayfinder"]])
    mapping = tmp_path / "map.toml"
    mapping.write_text(MAPPED, encoding="utf-8")
    survey = read_survey([path], framework, read_mapping(mapping))
    assert count_sectors(survey) == {"council": 2, "health": 1}
    mapping.write_text('[constants]\nrole = "practitioner"\nsector = "voluntary"\n', encoding="utf-8")
    bare = write_rows(tmp_path, ["Number"], [["1"], ["2"]])
    assert count_sectors(read_survey([bare], framework, read_mapping(mapping))) == {"voluntary": 2}


def test_a_column_of_kind_sector_may_give_words_their_meaning(tmp_path: Path, framework: Framework) -> None:
    path = write_rows(
        tmp_path, ["I am a...", "Base"], [["Professional", "Hub 7"], ["Professional", "School transport"]]
    )
    mapping = tmp_path / "map.toml"
    entry = '[[columns]]\nheader = "Base"\nkind = "sector"\n'
    words = 'words = { "Hub 7" = "social_care", "School transport" = "other" }\n'
    mapping.write_text(entry + words, encoding="utf-8")
    assert count_sectors(read_survey([path], framework, read_mapping(mapping))) == {"social_care": 1, "": 1}
    mapping.write_text(entry + 'words = { "Hub 7" = "sociology" }\n', encoding="utf-8")
    with pytest.raises(SettingsFileError, match="line 4: 'words' cannot be 'sociology'") as raised:
        read_mapping(mapping)
    assert "social_care" in raised.value.hint


def test_choices_that_nobody_knows_are_shown_only_where_many_gave_them(tmp_path: Path, framework: Framework) -> None:
    rows = [["Professional", "NHS"]] * 9 + [["Professional", "Hub 7"]] * 5 + [["Professional", "Barn 2"]]
    survey = read_survey([write_rows(tmp_path, ["I am a...", "Where do you work?"], rows)], framework)
    column = survey.sources[0].columns[1]
    assert (column.kind, column.unknown) == (ColumnKind.SECTOR, ("Hub 7",))
    assert "1 rarer one, not shown" in column.why
    assert '# "Hub 7" = "?"   # education, health, social_care, council, voluntary or other' in write_mapping(survey)
