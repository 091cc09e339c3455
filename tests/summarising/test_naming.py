"""The ids that outputs show hang on the user's secret or, without one, on the whole survey, as docs/privacy.md says."""

import csv
from pathlib import Path

import pytest

from coprod_cli.reading import read_framework, read_survey
from coprod_cli.summarising import find_places

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SAMPLE = SAMPLES / "forum_survey.csv"


def name_answers(path: Path, salt: str | None) -> set[str]:
    return set(find_places(read_survey([path], read_framework(), salt=salt), salt))


@pytest.mark.parametrize("salt", [None, "a long secret"])
def test_ids_stay_where_a_survey_grows_only_with_a_secret(tmp_path: Path, salt: str | None) -> None:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    with (tmp_path / "shorter.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows[:-1])
    before, after = name_answers(tmp_path / "shorter.csv", salt), name_answers(SAMPLE, salt)
    assert len(before) > 100
    assert len(before & after) == (len(before) if salt else 0)


def test_another_secret_and_another_tools_export_give_other_ids() -> None:
    known = name_answers(SAMPLE, "a long secret")
    assert not known & name_answers(SAMPLE, "another secret")
    assert not name_answers(SAMPLE, None) & name_answers(SAMPLES / "forum_survey_google_forms.csv", None)
