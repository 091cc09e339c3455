"""How people answered closed questions, counted from survey files as they come."""

from pathlib import Path

import pytest

from coprod_cli.model.closed_items import ItemSpread
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Mention, table
from coprod_cli.reading import read_framework, read_survey
from coprod_cli.scoring import gather_evidence, score_projects

PART = "How far had things already been decided before parents were asked?"
HEARD = "When decisions were made, how far did parents have an equal say?"
LABELS = ("Not at all", "A little", "Partly", "Mostly", "Completely")


def write(folder: Path, lines: list[str], framework: Framework) -> Survey:
    path = folder / "survey.csv"
    path.write_text("\n".join([f'Respondent ID,Role,Project,"{HEARD}","{PART}"', *lines]) + "\n", encoding="utf-8")
    return read_survey([path], framework)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


def count(survey: Survey, framework: Framework) -> dict[tuple[str, str], ItemSpread]:
    heard = gather_evidence(survey, table([], Mention), framework, (), ())
    scored = score_projects(survey, heard, framework, framework.thresholds_for("raw"), 1)
    return {(each.project, each.item): each for each in scored.spreads}


def test_answers_are_counted_as_people_were_asked(tmp_path: Path, framework: Framework) -> None:
    found = count(
        write(tmp_path, [f"{at},Parent,Bus,{LABELS[at % 5]},{LABELS[0]}" for at in range(12)], framework), framework
    )
    assert found["Bus", "power_1"].counts == (3, 3, 2, 2, 2)
    assert found["Bus", "power_1"].labels == LABELS
    assert not found["Bus", "power_1"].bad_high
    assert found["Bus", "start_3"].counts == (12, 0, 0, 0, 0), "a reversed question is not turned round"
    assert found["Bus", "start_3"].bad_high
    assert ("", "power_1") not in found, "one project is all there is"


def test_who_gave_no_answer_is_not_counted(tmp_path: Path, framework: Framework) -> None:
    lines = [f"{at},Parent,Bus,{'Mostly' if at < 7 else ''},{'Partly' if at else 'Not sure'}" for at in range(12)]
    found = count(write(tmp_path, lines, framework), framework)
    assert found["Bus", "power_1"].people == 7
    assert found["Bus", "start_3"].people == 11


def test_over_all_projects_each_person_counts_once(tmp_path: Path, framework: Framework) -> None:
    lines = [f"{at},Parent,Bus,Not at all,Partly" for at in range(6)]
    lines += [f"{at},Parent,Play,Completely,Partly" for at in range(3, 9)]
    found = count(write(tmp_path, lines, framework), framework)
    assert found["Bus", "power_1"].counts == (6, 0, 0, 0, 0)
    assert found["", "power_1"].counts == (3, 0, 3, 0, 3)
    assert found["", "power_1"].people == 9


def test_other_scales_are_put_to_the_nearest_of_five_steps(tmp_path: Path, framework: Framework) -> None:
    found = count(write(tmp_path, [f"{at},Parent,Bus,{at % 11},Partly" for at in range(22)], framework), framework)
    each = found["Bus", "power_1"]
    assert each.counts == (4, 4, 6, 4, 4), "0 and 1; 2 and 3; 4 to 6; 7 and 8; 9 and 10"
    assert each.labels[0] == "Lowest answer"


def test_the_period_is_told_in_months(tmp_path: Path, framework: Framework) -> None:
    path = tmp_path / "survey.csv"
    lines = [f"{at},Parent,Bus,{day}/03/2026,Mostly" for at, day in enumerate((14, 20, 31))]
    path.write_text("\n".join([f'Respondent ID,Role,Project,Date,"{HEARD}"', *lines, "9,Parent,Bus,02/05/2026,Mostly"]))
    assert read_survey([path], framework).period == ("2026-03", "2026-05")


def test_without_dates_the_period_is_not_known(tmp_path: Path, framework: Framework) -> None:
    assert write(tmp_path, ["1,Parent,Bus,Mostly,Partly"], framework).period == ("", "")
