"""A targets file is read whole or refused in plain words, with its line; what people answered is never told on."""

from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import read_survey, read_targets

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ASKED = "When decisions were made, how far did parents have an equal say?"
GOOD = """\
role = "parent"

[[margins]]
header = "Age of your child"
shares = { "Under 11" = 0.6, "11 or over" = 0.4 }
"""


def write(tmp_path: Path, text: str, name: str = "targets.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def write_survey(tmp_path: Path, ages: list[str], role: str = "Parent", header: str = "Age of your child") -> Path:
    rows = [f'{role},"{age}",Partly' for age in ages]
    return write(tmp_path, "\n".join([f'I am a...,{header},"{ASKED}"', *rows]), "survey.csv")


def read(tmp_path: Path, framework: Framework, ages: list[str], text: str = GOOD) -> Survey:
    targets = read_targets(write(tmp_path, text))
    return read_survey([write_survey(tmp_path, ages)], framework, targets=targets)


def test_the_sample_fits_the_sample_survey(framework: Framework) -> None:
    file = read_targets(SAMPLES / "targets.toml")
    survey = read_survey([SAMPLES / "forum_survey.csv"], framework, targets=file)
    assert {each.name for each in file.targets.margins} == set(survey.margins["margin"])
    parents = set(survey.responses.loc[survey.responses["role"] == "parent", "response"])
    assert set(survey.margins["response"]) <= parents
    assert len(file.targets.sha256) == 64
    again = read_survey([SAMPLES / "forum_survey_qualtrics.csv"], framework, targets=file)
    assert again.margins["category"].value_counts().to_dict() == survey.margins["category"].value_counts().to_dict()


def test_shares_are_put_in_parts_of_the_whole_and_words_count_as_others(tmp_path: Path, framework: Framework) -> None:
    text = GOOD + 'words = { "16 to 25" = "11 or over", "Varies" = "missing" }\n'
    survey = read(tmp_path, framework, ["Under 11", " under 11. ", "16 to 25", "Varies", "", "Prefer not to say"], text)
    assert sorted(survey.margins["category"]) == ["11 or over", "Under 11", "Under 11"]


def test_all_other_answers_may_be_given_one_meaning(tmp_path: Path, framework: Framework) -> None:
    survey = read(tmp_path, framework, ["Under 11", "11 or over", "12", "13"], GOOD + 'others = "11 or over"\n')
    assert sorted(survey.margins["category"]) == ["11 or over"] * 3 + ["Under 11"]


def test_a_column_that_would_be_dropped_may_be_a_margin_and_other_roles_are_left_alone(
    tmp_path: Path, framework: Framework
) -> None:
    rows = ['Parent,AB1,"Partly"', 'Parent,CD2,"Partly"', 'Professional,ZZ9,"Partly"']
    path = write(tmp_path, "\n".join([f'I am a...,Postcode,"{ASKED}"', *rows]), "survey.csv")
    text = '[[margins]]\nheader = "postcode"\nshares = { "AB1" = 0.5, "CD2" = 0.5 }\n'
    survey = read_survey([path], framework, targets=read_targets(write(tmp_path, text)))
    assert list(survey.margins["category"]) in (["AB1", "CD2"], ["CD2", "AB1"])


@pytest.mark.parametrize(
    ("text", "line", "what", "hint"),
    [
        (GOOD.replace("0.4", "0.3"), 5, "add up to 0.9, not to 1", "0.25 for 25 %"),
        (GOOD.replace("0.6", "0").replace("0.4", "1"), 5, "share of 0", '"missing"'),
        (GOOD.replace("0.6", '"most"'), 5, "of 'Under 11' must be a number", "0.25 for 25 %"),
        (GOOD.replace(', "11 or over" = 0.4', ""), 5, "two answers or more", "Foster carer"),
        (GOOD.replace('"11 or over" = 0.4', '"under 11." = 0.4'), 5, "are the same", "add up their shares"),
        (GOOD.replace("header", "column"), 4, "no key 'column'", "header, shares, words, others"),
        (GOOD.replace("parent", "mum"), 1, "'mum'", "practitioner"),
        (GOOD + 'words = { "12" = "teens" }\n', 6, "'teens'", "11 or over"),
        (GOOD + "words = { 12 = 12 }\n", 6, "'words' must say", "Step-parent"),
        (GOOD + 'others = "teens"\n', 6, "'teens'", "missing"),
        ('role = "parent"\n', 1, "there are 0", "[[margins]]"),
        (GOOD + GOOD.partition("\n\n")[2], 7, "named twice", "Take one"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_line(
    text: str, line: int, what: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsFileError) as raised:
        read_targets(write(tmp_path, text))
    assert raised.value.what.startswith(f"targets.toml, line {line}: ") or line == 1
    assert what in raised.value.what
    assert hint in raised.value.hint


def test_at_most_three_margins(tmp_path: Path) -> None:
    margin = '[[margins]]\nheader = "Age {}"\nshares = {{ "a" = 0.5, "b" = 0.5 }}\n'
    text = "".join(margin.format(number) for number in range(4))
    with pytest.raises(SettingsFileError, match="line 10: there must be from 1 to 3 margins; there are 4"):
        read_targets(write(tmp_path, text))


def test_a_header_that_is_not_there_is_told_with_the_nearest_one(tmp_path: Path, framework: Framework) -> None:
    with pytest.raises(SettingsFileError, match="line 4: no survey file has this column") as raised:
        read(tmp_path, framework, ["Under 11", "11 or over"], GOOD.replace("Age of your child", "Age of child"))
    assert "'Age of your child'" in raised.value.hint


def test_answers_without_a_share_are_named_only_where_many_gave_them(tmp_path: Path, framework: Framework) -> None:
    ages = ["Under 11", "11 or over"] * 3 + ["Over 18"] * 5 + ["my Sam is 30"]
    with pytest.raises(SettingsFileError, match=r"line 5: .*no share: 'over 18', 1 rarer one, not shown") as raised:
        read(tmp_path, framework, ages)
    assert "sam" not in f"{raised.value.what}{raised.value.hint}".casefold()
    assert 'others = "missing"' in raised.value.hint


def test_a_share_that_nobody_can_speak_for_is_refused(tmp_path: Path, framework: Framework) -> None:
    with pytest.raises(SettingsFileError, match=r"line 5: nobody in the survey gave .*: '11 or over'") as raised:
        read(tmp_path, framework, ["Under 11", "Under 11", ""])
    assert "words" in raised.value.hint


def test_a_question_with_several_answers_a_person_is_no_margin(tmp_path: Path, framework: Framework) -> None:
    header = "Ages of your children (tick all that apply)"
    text = GOOD.replace("Age of your child", header)
    path = write_survey(tmp_path, ["Under 11; 11 or over", "Under 11", "11 or over", "Under 11"], header=header)
    with pytest.raises(SettingsFileError, match="several answers"):
        read_survey([path], framework, targets=read_targets(write(tmp_path, text)))
    others = read_targets(write(tmp_path, text + 'others = "missing"\n'))
    assert len(read_survey([path], framework, targets=others).margins) == 3
