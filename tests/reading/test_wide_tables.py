"""Tables of thousands of columns, stray long rows and endless headers are read as they are meant, and never spread."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_survey
from coprod_cli.reading.blocks import find_blocks
from coprod_cli.reading.cells import Grid, number_cells
from coprod_cli.reading.files import take_raw
from coprod_cli.reading.formats import FORMATS
from coprod_cli.reading.grid import Heading, split_bracket
from coprod_cli.reading.opening import open_file
from coprod_cli.reading.selections import gather_choices

Write = Callable[..., Path]
ITEM = "How far did parents have an equal say?"
ASKS = "Which of these did you use? (tick all that apply)"
INTRO = "Please think back over all that you did together in the last school year and then tell us. " * 8


def gather(headers: Sequence[str], columns: Sequence[Sequence[str]]) -> list[tuple[str, list[str]]]:
    headings = [Heading(place, text, text, *split_bracket(text)) for place, text in enumerate(headers)]
    found, gathered = gather_choices(headings, [number_cells(cells) for cells in columns], "")
    return [(heading.text, column.expand()) for heading, column in zip(found, gathered, strict=True)]


@pytest.mark.parametrize("form", ["How far do you agree? [Point {}]", "group/part__point_{}", "How far - Point {}"])
def test_a_grid_of_thousands_of_rows_is_left_as_it_is(form: str) -> None:
    headers = [form.format(place) for place in range(4_000)]
    columns = [["Mostly", "Partly"]] * len(headers)
    assert gather(headers, columns) == list(zip(headers, columns, strict=True))


@pytest.mark.parametrize("between", [" [{}]", " - {}"])
def test_boxes_behind_a_row_of_words_are_still_found(between: str) -> None:
    headers = [ASKS + between.format(name) for name in ("How often", "Letters", "Meetings", "Calls")]
    rows = [["Often", "Letters", "", "Calls"], ["Seldom", "", "Meetings", ""], ["Now and then", "Letters", "", ""]]
    first, boxes = gather(headers, list(zip(*rows, strict=True)))
    assert first == (headers[0], ["Often", "Seldom", "Now and then"])
    assert [cell.split("\x1e") for cell in boxes[1]] == [["Letters", "Calls"], ["Meetings"], ["Letters"]]


def test_boxes_behind_a_grid_are_found_and_so_are_several_questions_of_boxes() -> None:
    asked = [f"How far? [{number}]" for number in "abc"]
    asked += [f"{question} [{name}]" for question in ("Ways used", "Ways wanted") for name in ("Post", "Talks")]
    rows = [["Mostly"] * 3 + ["Post", "", "Post", "Talks"], ["Partly"] * 3 + ["", "Talks", "", "Talks"]]
    found = dict(gather(asked, list(zip(*rows, strict=True))))
    assert found["Ways used"] == ["Post", "Talks"]
    assert found["Ways wanted"] == ["Post\x1eTalks", "Talks"]
    assert [*found][:3] == asked[:3]


def survey_of(number: int, stray: int, behind: Sequence[str]) -> list[list[str]]:
    rows = [["Role", ITEM], *(["Parent", "Mostly"] for _ in range(number))]
    rows[stray] = [*rows[stray], *behind]
    return rows


@pytest.mark.parametrize("stray", [5, 150])
def test_a_line_of_commas_is_no_reason_for_a_wide_table(stray: int, write: Write, framework: Framework) -> None:
    rows = survey_of(300, stray, [""] * 20_000)
    assert len(Grid.of(rows).columns) < 30
    for tool in FORMATS.values():
        tool.questions(Grid.of(rows))
    survey = read_survey([write(rows)], framework)
    assert survey.forms == 300
    assert not [notice for notice in survey.notices if notice.code == "long_rows"]


def test_a_stray_long_row_is_told_with_its_number(write: Write, framework: Framework) -> None:
    rows = survey_of(300, 150, ["", *["surplus"] * 20_000])
    assert len(Grid.of(rows).columns) < 30
    survey = read_survey([write(rows)], framework)
    [told] = [notice for notice in survey.notices if notice.code == "long_rows"]
    assert told.message.endswith("151.")
    assert survey.forms == 300


def test_what_stands_far_out_is_kept_in_one_last_column() -> None:
    rows = survey_of(300, 150, [*[""] * 500, "far ", "", "out"])
    grid = Grid.of(rows)
    assert grid.columns[-1].expand()[150] == "far out"
    assert grid.filled.tolist() == [3 if row == 150 else 2 for row in range(301)]


@pytest.mark.parametrize("wide", [[0], range(1, 301, 8)])
def test_a_wide_header_and_many_wide_rows_keep_all_their_columns(wide: Sequence[int]) -> None:
    rows = survey_of(300, 0, [])
    for row in wide:
        rows[row] = [str(place) for place in range(500)]
    assert [list(row) for row in Grid.of(rows).walk()] == [row + [""] * (500 - len(row)) for row in rows]


def test_forms_that_all_have_keys_of_their_own_are_refused_in_words() -> None:
    forms = [{f"{form}_{key}": "x" for key in range(5)} for form in range(4_000)]
    for text, name in (
        (json.dumps(forms), "s.json"),
        ("\n".join(map(json.dumps, forms)), "s.jsonl"),
        (json.dumps([{"all": [{"x": "y"}] * 17_000}]), "s.json"),
    ):
        with pytest.raises(
            UnreadableSurveyError, match=rf"{name} would be .* 16,384 columns.*different keys\.$"
        ) as told:
            open_file(take_raw(text.encode(), name))
        assert "same keys" in told.value.hint


def test_forms_that_lack_keys_have_blank_cells_there() -> None:
    forms = [{"a": "1"}, {"b": "", "a": "2"}, {"c": "a", "b": "b"}, {"": "3"}]
    [grid] = open_file(take_raw(json.dumps(forms).encode(), "s.json")).grids
    rows = [("a", "b", "c", ""), ("1", "", "", ""), ("2", "", "", ""), ("", "b", "a", ""), ("", "", "", "3")]
    assert list(grid.walk()) == rows


@pytest.mark.parametrize("form", ["{label}: {question}", "[{label}] {question}", "{question} ({label})"])
@pytest.mark.parametrize(("labels", "about"), [(("Transport", "Short breaks"), "project"), (("T1", "T2"), "wave")])
def test_blocks_are_found_in_very_long_headers(form: str, labels: tuple[str, str], about: str) -> None:
    questions = [f"{INTRO}How far did parents {what}?" for what in ("have a say", "feel heard in meetings")]
    texts = [form.format(label=label, question=question) for label in labels for question in questions]
    headings = [Heading(place, text, text, *split_bracket(text)) for place, text in enumerate(texts)]
    found, _ = find_blocks(headings, [number_cells(["Mostly", "Partly"])] * len(texts))
    assert [(each.block, each.about) for each in found] == [(label, about) for label in labels for _ in questions]
    assert [each.text for each in found] == questions * 2


@pytest.mark.parametrize("mark", ["_", "-", " -", "- ", "1.", "1.1. ", "a:", "(", "2020-"])
def test_headers_of_nothing_but_marks_are_passed_over(mark: str) -> None:
    text = mark * 8_000
    found, told = find_blocks([Heading(0, text, text, text)], [number_cells(["Mostly"])])
    assert (found[0].text, told) == (text, ())
    grid = Grid.of([["Unique Response Number", f"1. {text}"], ["1", "Mostly"]])
    assert len(FORMATS["jisc"].questions(grid).headings) == 2
