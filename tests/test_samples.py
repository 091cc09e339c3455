import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.reading.files import take_raw
from coprod_cli.reading.opening import open_file

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data/samples"
MADE = (
    "comments_only.csv",
    "forum_2024.csv",
    "forum_2025.csv",
    "forum_survey.csv",
    "forum_survey.json",
    "forum_survey.jsonl",
    "forum_survey.zip",
    "forum_survey_alchemer.csv",
    "forum_survey_google_forms.csv",
    "forum_survey_google_forms.tsv",
    "forum_survey_handmade.xlsx",
    "forum_survey_jisc.csv",
    "forum_survey_kobo.csv",
    "forum_survey_limesurvey.csv",
    "forum_survey_microsoft_forms.xlsx",
    "forum_survey_qualtrics.csv",
    "forum_survey_qualtrics_legacy.csv",
    "forum_survey_qualtrics_utf16.tsv",
    "forum_survey_redcap.csv",
    "forum_survey_surveymonkey.csv",
    "forum_survey_surveymonkey_expanded.csv",
    "forum_survey_surveymonkey_no_ids.csv",
    "forum_survey_two_turns.csv",
    "forum_survey_typeform.csv",
    "forum_survey_wide.csv",
    "parents_export.csv",
    "practitioners_export.csv",
    "sources.csv",
)

# Another version of the library that writes them may pack them differently: their cells are compared.
MADE_BY_LIBRARIES = (
    "forum_survey.dta",
    "forum_survey.parquet",
    "forum_survey.sav",
    "forum_survey_handmade.ods",
    "forum_survey_qualtrics.sav",
)


def read(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((SAMPLES / name).read_text(encoding="utf-8-sig"), newline="")))


def list_cells(path: Path) -> list[tuple[str, ...]]:
    [grid] = open_file(take_raw(path.read_bytes(), path.name)).grids
    return list(grid.walk())


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, SAMPLES / "make_samples.py", folder], check=True)
    return folder


@pytest.mark.parametrize("name", MADE)
def test_the_committed_sample_is_what_the_script_makes(made_again: Path, name: str) -> None:
    assert (made_again / name).read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", MADE_BY_LIBRARIES)
def test_the_committed_sample_holds_what_the_script_makes(made_again: Path, name: str) -> None:
    assert list_cells(made_again / name) == list_cells(SAMPLES / name)


def test_the_script_makes_nothing_that_is_not_checked(made_again: Path) -> None:
    assert sorted(path.name for path in made_again.iterdir()) == sorted([*MADE, *MADE_BY_LIBRARIES])


@pytest.mark.parametrize("name", ["forum_survey_handmade.xls", "forum_survey_handmade.ods"])
def test_the_handmade_workbooks_hold_the_same_cells(name: str) -> None:
    # The header takes the rows above; how far a merged cell reaches is not told by every kind of file.
    assert list_cells(SAMPLES / name)[5:] == list_cells(SAMPLES / "forum_survey_handmade.xlsx")[5:]


def test_the_demo_has_the_same_survey() -> None:
    demo = ROOT / "src/coprod_cli/samples/forum_survey.csv"
    assert demo.read_bytes() == (SAMPLES / "forum_survey.csv").read_bytes()


def rows_of_shapes() -> dict[str, list[list[str]]]:
    """Person and answers of each shape, its own extra rows and columns taken away by their known places."""
    sheet = openpyxl.load_workbook(SAMPLES / "forum_survey_microsoft_forms.xlsx").active
    cells = [["" if cell is None else str(cell).replace("\xa0", "") for cell in row] for row in sheet.values]
    qualtrics = read("forum_survey_qualtrics.csv")[3:]
    return {
        "google": [row[1:] for row in read("forum_survey_google_forms.csv")[2:]],
        "microsoft": [row[5:] for row in cells[1:]],
        "surveymonkey": [row[8:] for row in read("forum_survey_surveymonkey.csv")[2:-1]],
        "qualtrics": [[row[8], *row[11:]] for row in qualtrics if row[2] == "IP Address" and row[5] == "True"],
    }


def test_all_shapes_hold_the_same_people_and_answers() -> None:
    plain = [[row[0], *row[2:]] for row in read("forum_survey.csv")[1:]]
    for shape, rows in rows_of_shapes().items():
        assert rows == plain, shape


def test_every_borrowed_answer_is_known_used_once_and_stands_where_the_list_says() -> None:
    lines = (ROOT / "data/corpus/answers.jsonl").read_text(encoding="utf-8").splitlines()
    corpus = {answer["id"]: answer["text"] for answer in map(json.loads, lines)}
    written: dict[tuple[str, str], set[str]] = {}
    for name, opens in (("forum_survey.csv", 22), ("comments_only.csv", 4)):
        for row in read(name)[1:]:
            for number in (1, 2, 3):
                written.setdefault((row[0], f"open_{number}"), set()).add(row[opens + number - 1])
    borrowed = read("sources.csv")[1:]
    assert len({corpus_id for corpus_id, _, _ in borrowed}) == len(borrowed) > 200
    for corpus_id, response, question in borrowed:
        assert corpus[corpus_id] in written[response, question]
