from collections.abc import Callable
from pathlib import Path

from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_mapping, read_survey

Write = Callable[..., Path]
HEADER = [
    "Date",
    "Name",
    "I am a",
    "When decisions were made, how far did parents have an equal say?",
    "What was good?",
]
FORM = ["2025-03-02", "", "Parent", "Mostly", "They tested the new form with us"]


def test_a_form_that_looks_like_a_trial_is_kept_and_told(write: Write, framework: Framework) -> None:
    trials = [[*FORM[:4], "test"], [FORM[0], "TEST", *FORM[2:]], [*FORM[:2], "Tester", *FORM[3:]]]
    survey = read_survey([write([HEADER, FORM, *trials])], framework)
    assert survey.forms == 4
    [told] = [notice for notice in survey.notices if notice.code == "test_likely"]
    assert told.message.startswith("Perhaps only a test: 3 forms")
    assert "test_likely" not in {notice.code for notice in read_survey([write([HEADER, FORM])], framework).notices}


def test_files_of_different_years_are_told_until_they_are_named_as_rounds(
    write: Write, framework: Framework, tmp_path: Path
) -> None:
    files = [write([HEADER, [f"{year}-03-02", *FORM[1:]]], f"{year}.csv") for year in (2025, 2026)]
    assert "rounds_likely" in {notice.code for notice in read_survey(files, framework).notices}
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        "".join(f'[[files]]\nfile = "{year}.csv"\nwave = "{year}"\n' for year in (2025, 2026)), encoding="utf-8"
    )
    survey = read_survey(files, framework, read_mapping(mapping))
    assert "rounds_likely" not in {notice.code for notice in survey.notices}
    assert set(survey.responses["wave"]) == {"2025", "2026"}
    same = [write([HEADER, [f"2025-03-0{day}", *FORM[1:]]], f"{day}.csv") for day in (1, 2)]
    assert "rounds_likely" not in {notice.code for notice in read_survey(same, framework).notices}
