import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting import MANIFEST, OUTPUTS, Material, list_results, render, retell
from coprod_cli.reporting.story_of_files import COLUMNS
from coprod_cli.reporting.to_json import write_json

DOCS = Path(__file__).parent.parent.parent / "docs" / "results.md"


def read_schema() -> dict[str, Any]:
    text = resources.files("coprod_cli.reporting").joinpath("results.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def files(usual: Findings) -> dict[str, bytes]:
    return render(usual)


def test_every_file_is_there_and_the_manifest_comes_last(files: dict[str, bytes]) -> None:
    assert set(OUTPUTS) <= set(files)
    assert list(files)[-1] == MANIFEST
    charts = [name for name in files if name.startswith("charts/")]
    assert {name.rsplit(".", 1)[1] for name in charts} == {"svg", "png", "csv"}
    assert all(files[name] for name in files)


def test_the_same_findings_give_the_same_bytes(files: dict[str, bytes], usual: Findings) -> None:
    assert render(usual) == files


@pytest.mark.parametrize("variant", ["usual", "comments_only", "nothing_told", "many"])
def test_results_keep_to_the_schema(variant: str, request: pytest.FixtureRequest) -> None:
    schema = read_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(write_json(request.getfixturevalue(variant))), schema)


def test_every_key_is_explained(usual: Findings) -> None:
    page = DOCS.read_text(encoding="utf-8")

    def walk(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for inner in value.values() for key in walk(inner)}
        return {key for inner in value for key in walk(inner)} if isinstance(value, list) else set()

    told = set(page.replace("`", " ").replace(",", " ").split())
    short = {"macro_f1_low", "macro_f1_high", "f1_low", "f1_high", "message", "theme"}  # told of as ranges, or by name
    assert {key for key in walk(list_results(usual)) - short if key not in told and f"`{key}`" not in page} == set()


def test_every_file_is_explained(usual: Findings) -> None:
    page = DOCS.read_text(encoding="utf-8")
    report = retell(usual, [("research", "md")])["research.md"].decode("utf-8").replace("\\", "")
    for name in [*OUTPUTS, MANIFEST]:
        assert f"`{name}`" in page
        assert f"{name}: " in report


def test_rows_are_all_accounted_for(usual: Findings) -> None:
    survey = list_results(usual)["survey"]
    assert survey["rows_read"] == survey["forms"] + sum(each["rows"] for each in survey["left_out"])


def test_nothing_withheld_is_a_number(usual: Findings) -> None:
    results = list_results(usual)
    small = [each for each in results["projects"] if each["project"] == "School transport panel"]
    assert len(small) == 2
    for each in small:
        assert set(each["bases"].values()) == {None, "c"}
        assert each["overall"]["estimate"] is each["overall"]["people"] is None
        assert each["overall"]["why_not"]
    hidden = [each for each in results["themes"] if each["people"] is None]
    assert hidden
    assert {each["mark"] for each in hidden} == {"c"}


def test_scores_come_with_range_people_and_basis_in_json_and_csv_alike(
    files: dict[str, bytes], usual: Findings
) -> None:
    table = {(row["project"], row["role"], row["dimension"]): row for row in read_csv(files["scores.csv"])}
    assert len(table) == len(usual.scores)
    for project in json.loads(files["results.json"])["projects"]:
        for score in [{"dimension": OVERALL, **project["overall"]}, *project["dimensions"]]:
            row = table[project["project"], project["role"], score["dimension"]]
            assert row["basis"] == score["basis"]
            for field in ("estimate", "low", "high", "people"):
                assert row[field] == ("" if score[field] is None else f"{score[field]}")


def test_themes_are_split_by_scope(files: dict[str, bytes], usual: Findings) -> None:
    rows = read_csv(files["themes.csv"])
    assert sum(row["scope"] == "beside" for row in rows) == len(usual.themes_beside)
    assert sum(row["scope"] == "joint work" for row in rows) == len(usual.themes)
    counts = ("people", "positive", "mixed", "negative", "neutral", "commenters")
    assert all((row["mark"] == "c") == any(row[name] == "" for name in counts) for row in rows)


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_can_run_in_a_spreadsheet(usual: Findings, words: str) -> None:
    coded = usual.coded.assign(words=words, evidence=words)
    scores = usual.scores.assign(project=words).drop_duplicates(["role", "dimension"])
    armed = replace(usual, coded=coded, scores=scores)
    for name in ("coded_answers.csv", "scores.csv"):
        rows = read_csv(OUTPUTS[name](Material(armed)))
        assert f"'{words}" in {cell for row in rows for cell in row.values()}
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())


def test_words_come_back_from_csv_as_they_were(usual: Findings) -> None:
    words = 'He said "no", twice;\nthen | left <b> the room \u200f'
    written = OUTPUTS["coded_answers.csv"](Material(replace(usual, coded=usual.coded.assign(words=words))))
    assert {row["words"] for row in read_csv(written)} == {words}
    assert b"\r\n" not in written
    assert {row["confidence"] for row in read_csv(written)} == {"0.512", ""}


def test_coded_answers_say_theme_and_question_in_words_and_stand_by_theme(usual: Findings) -> None:
    rows = read_csv(OUTPUTS["coded_answers.csv"](Material(usual)))
    assert [(not row["theme"], row["theme"], row["answer"]) for row in rows] == sorted(
        (not row["theme"], row["theme"], row["answer"]) for row in rows
    )
    by_answer = {row["answer"]: row for row in rows}
    assert by_answer["a000"]["theme_name"] == usual.framework.theme(by_answer["a000"]["theme"]).name
    assert by_answer["a000"]["asked"] == "What was good about how parents and professionals worked together?"
    assert by_answer["a001"]["asked"] == ""
    silent = by_answer["a999"]
    assert (silent["theme"], silent["theme_name"], silent["confidence"]) == ("", "", "")


def test_every_column_is_explained_in_the_report_and_in_the_docs(files: dict[str, bytes], usual: Findings) -> None:
    page = DOCS.read_text(encoding="utf-8")
    report = retell(usual, [("research", "md")])["research.md"].decode("utf-8").replace("\\", "")
    for name, columns in COLUMNS.items():
        header = next(csv.reader(io.StringIO(files[name].decode("utf-8"))))
        assert set(columns) == set(header)
        assert all(f"`{column}`" in page for column in columns)
        assert f"Columns of {name}" in report


def test_the_manifest_can_be_checked_and_only_it_knows_the_inputs(files: dict[str, bytes]) -> None:
    manifest = json.loads(files[MANIFEST])
    assert {each["name"] for each in manifest["outputs"]} == set(files) - {MANIFEST}
    for each in manifest["outputs"]:
        assert each["sha256"] == hashlib.sha256(files[each["name"]]).hexdigest()
        assert each["bytes"] == len(files[each["name"]])
    assert manifest["inputs"][0]["sha256"] == "a" * 64
    assert manifest["settings"]["seed"] == 20260101
    assert manifest["libraries"]["numpy"]
    for name, content in files.items():
        if name != MANIFEST:
            assert b"a" * 64 not in content
            assert b"forum.csv" not in content


def test_what_was_not_measured_is_null(make_findings: Callable[..., Findings], usual: Findings) -> None:
    unmeasured = usual.coder._replace(macro_f1=float("nan"), micro_f1=float("nan"), themes=())
    results = list_results(make_findings(coder=unmeasured))
    assert results["coder"]["macro_f1"] is None
    assert results["coder"]["sure_precision"] is None
    jsonschema.validate(results, read_schema())


def test_an_empty_survey_still_gives_whole_files(usual: Findings) -> None:
    empty = replace(usual, scores=usual.scores.iloc[:0], themes=usual.themes.iloc[:0], coded=usual.coded.iloc[:0])
    empty = replace(empty, bases=(), contrasts=(), quotes=(), questions=())
    files = render(empty)
    assert isinstance(pd.read_csv(io.BytesIO(files["scores.csv"])), pd.DataFrame)
    jsonschema.validate(json.loads(files["results.json"]), read_schema())
    assert not any(name.startswith("charts/") for name in files)
