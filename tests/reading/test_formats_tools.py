"""Every survey tool's export is told from every other's, and says the same whichever tool made it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey
from coprod_cli.reading import FORMATS, read_survey
from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import choose_format

Write = Callable[..., Path]
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
TOOLS = {
    "google_forms": "forum_survey_google_forms.csv",
    "surveymonkey": "forum_survey_surveymonkey.csv",
    "qualtrics": "forum_survey_qualtrics.csv",
    "limesurvey": "forum_survey_limesurvey.csv",
    "redcap": "forum_survey_redcap.csv",
    "kobo": "forum_survey_kobo.csv",
    "typeform": "forum_survey_typeform.csv",
    "alchemer": "forum_survey_alchemer.csv",
    "jisc": "forum_survey_jisc.csv",
    "plain": "forum_survey.csv",
}


def read_rows(name: str) -> list[list[str]]:
    text = (SAMPLES / name).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if "kobo" in name else ","))


@pytest.mark.parametrize(("tool", "file"), TOOLS.items())
def test_every_tool_knows_its_own_export_and_no_other(tool: str, file: str) -> None:
    grid = Grid.of(read_rows(file))
    sure = {name: each.recognises(grid) for name, each in FORMATS.items()}
    others = {name: each for name, each in sure.items() if name != tool}
    assert max(others.values()) < sure[tool]
    assert {name for name in others if others[name]} <= {"plain", "surveymonkey"}


@pytest.mark.parametrize("tool", ["qualtrics", "limesurvey", "redcap", "kobo", "typeform", "alchemer", "jisc"])
def test_the_order_of_columns_does_not_matter(tool: str) -> None:
    rows = [row[::-1] for row in read_rows(TOOLS[tool])]
    assert choose_format(Grid.of(rows))[0] == tool


def tell(survey: Survey) -> list[tuple[object, ...]]:
    """What every form says, whoever's tool it comes from; people by how many forms they filled in."""
    told: dict[str, list[tuple[object, ...]]] = {}
    for table in (survey.answers[["response", "question", "words"]], survey.ratings[["response", "item", "score"]]):
        for response, *each in table.fillna(-1).itertuples(index=False, name=None):
            told.setdefault(response, []).append(tuple(each))
    forms = Counter(survey.responses["person"])
    about = survey.responses[["person", "response", "role", "project", "wave", "consent"]]
    return sorted(
        (*each, forms[person], *sorted(told.get(response, []), key=repr))
        for person, response, *each in about.itertuples(index=False, name=None)
    )


@pytest.fixture(scope="module")
def plain(framework: Framework) -> Survey:
    return read_survey([SAMPLES / "forum_survey.csv"], framework)


NEW = ["limesurvey", "redcap", "kobo", "typeform", "alchemer", "jisc"]


@pytest.mark.parametrize("tool", NEW)
def test_the_same_people_say_the_same_whichever_tool_they_used(tool: str, plain: Survey, framework: Framework) -> None:
    survey = read_survey([SAMPLES / TOOLS[tool]], framework)
    assert tell(survey) == tell(plain)


@pytest.mark.parametrize("tool", NEW)
def test_a_spreadsheet_may_save_the_export_again(tool: str, plain: Survey, write: Write, framework: Framework) -> None:
    date = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d:\d\d):\d\d.*")
    rows = [[date.sub(r"\3/\2/\1 \4", cell) for cell in row] for row in read_rows(TOOLS[tool]) if row]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    survey = read_survey([write(out.getvalue().encode("cp1252", "replace"))], framework)
    assert survey.sources[0].format == tool
    assert survey.forms == plain.forms
    assert sorted(survey.ratings["score"].dropna()) == sorted(plain.ratings["score"].dropna())


@pytest.mark.parametrize("tool", NEW)
def test_people_may_delete_what_the_tool_wrote(tool: str, plain: Survey, write: Write, framework: Framework) -> None:
    rows = [row for row in read_rows(TOOLS[tool]) if row]
    headings = FORMATS[tool].questions(Grid.of(rows)).headings
    own = {each.position for each in headings if each.hint and each.hint.kind in ("metadata", "date")}
    cut = [[cell for place, cell in enumerate(row) if place not in own] for row in rows]
    survey = read_survey([write(cut)], framework)
    assert survey.sources[0].format in (tool, "plain")
    assert set(survey.responses["role"]) == set(plain.responses["role"])
    assert set(survey.responses["project"]) - {"Not stated"} == set(plain.responses["project"])
    assert set(survey.ratings["item"]) == set(plain.ratings["item"])
    assert set(plain.answers["words"]) <= set(survey.answers["words"])


HEADERS = (
    "id", "submitdate", "lastpage", "id. Response ID", "Ag2[SQ001]", "Please tell us [Was it fair?]", "record_id",
    "redcap_event_name", "redcap_repeat_instance", "a___1", "a_complete", "_id", "_uuid", "g/q", "g/q/x", "#",
    "Submit Date (UTC)", "Network ID", "Response ID", "Time Started", "Status", "row:What now?",
    "Unique Response Number", "9.b.ii.a. Why?", "Q[1]", "Q[2]", "x [", "[", "]", "{{", "{", "\u00a0", "(choice=)",
)  # fmt: skip
CELLS = (
    "", " ", "1", "0", "Yes", "No", "N/A", "Y", "x", "2025-10-06", "[not completed]", "<U+2019>", "NA", "Complete",
    "-oth-",
)  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from([*HEADERS, *CELLS]), max_size=8), min_size=1, max_size=7),
    st.sampled_from(sorted(FORMATS)),
    st.integers(0, 2),
)
def test_whatever_stands_in_a_table_its_layout_fits_it(rows: list[list[str]], name: str, given_headers: int) -> None:
    grid = Grid.of(rows, given_headers=min(given_headers, len(rows)))
    assert 0 <= FORMATS[name].recognises(grid) <= 1
    layout = FORMATS[name].questions(grid)
    assert [heading.position for heading in layout.headings] == list(range(len(layout.headings)))
    assert 0 <= layout.header_rows <= layout.first_row
    masks = [each.rows for each in layout.left_out] + ([] if layout.unfinished is None else [layout.unfinished])
    for mask in masks:
        assert mask.shape == (grid.height,)
        assert not mask[: layout.first_row].any()
    if layout.columns:
        assert [len(column.codes) for column in layout.columns] == [grid.height] * len(grid.columns)
