"""What people wrote stands in a coding sheet as they set it out, can be read, and is never run."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Run = Callable[..., CompletedProcess[str]]
HEADER = 2


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    return tmp_path / "survey.csv"


def open_coding(path: Path) -> Worksheet:
    return load_workbook(path)["Coding"]


def test_an_answer_keeps_its_lines_and_what_the_machine_suggests_can_be_read(run: Run, survey: Path) -> None:
    words = "They listened to us:\n\n- in March\n=1+1 in June"
    survey.write_text(f'Respondent ID,I am a...,What was good?\n1,Parent or carer,"{words}"\n', encoding="utf-8")
    done = run("sheet", survey, "--engine", "cues", "--coders", 1, "--out", survey.parent / "coding")
    assert done.returncode == 0, done.stderr
    sheet = open_coding(survey.parent / "coding" / "coder-1.xlsx")
    columns = {str(cell.value): cell.column for cell in sheet[HEADER]}
    told, suggested = (sheet.cell(HEADER + 1, columns[name]) for name in ("masked words", "machine suggests"))
    assert (told.value, told.data_type, told.alignment.wrap_text) == (words, "s", True)
    assert (suggested.font.size, suggested.font.color.rgb) == (11, "00404040")


def test_words_that_look_like_a_formula_stay_words(run: Run, survey: Path) -> None:
    survey.write_text(
        "Respondent ID,I am a...,Which piece of work are you telling us about?,What was not good?\n"
        "p1,Parent,=1+1,=HYPERLINK(1) nobody listened to us\np2,Parent,@home,+44 is all they said to us\n",
        encoding="utf-8",
    )
    done = run("sheet", survey, "--engine", "cues", "--coders", 1)
    assert done.returncode == 0, done.stderr
    book = survey.parent / "survey-coding" / "coder-1.xlsx"
    assert f"When it is filled in: coprod analyse {survey} --codes {book}" in done.stdout
    sheet = open_coding(survey.parent / "survey-coding" / "coder-1.xlsx")
    cells = [cell for row in sheet.iter_rows(min_row=HEADER + 1) for cell in row if cell.value is not None]
    begun = [cell for cell in cells if str(cell.value).startswith(("=", "@", "+"))]
    assert len(begun) == 4
    assert {(cell.data_type, cell.quotePrefix) for cell in begun} == {("s", True)}
