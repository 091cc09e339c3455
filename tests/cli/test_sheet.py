"""coprod sheet writes workbooks to code by hand in; filled in, they are read back from whatever program saved them."""

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from coprod_cli.model.codes import Code
from coprod_cli.model.errors import ExitCode, SettingsFileError
from coprod_cli.reading import read_codes, read_framework

Run = Callable[..., subprocess.CompletedProcess[str]]
Cells = Mapping[str, object]
SURVEY = Path(__file__).parents[2] / "data" / "samples" / "forum_survey.csv"
HEADER = 2
TRUST, HEARD = "Trust", "Being listened to"


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sheet") / "coding"
    done = run("sheet", SURVEY, "--sample", 20, "--engine", "cues", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "20 of 181 answers drawn by lot; those with rare themes" in done.stdout
    assert "2 answers that say nothing" in done.stdout
    assert {path.stat().st_mode & 0o077 for path in (out, *out.iterdir())} == {0} or os.name == "nt"
    assert f"coprod agree {out / 'coder-1.xlsx'} {out / 'coder-2.xlsx'}" in done.stdout
    return out


def open_coding(path: Path) -> tuple[Workbook, Worksheet]:
    book = load_workbook(path)
    return book, book["Coding"]


def find_columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADER] if cell.value}


def list_ids(sheet: Worksheet) -> list[str]:
    return [str(row[0]) for row in sheet.iter_rows(min_row=HEADER + 1, max_col=1, values_only=True) if row[0]]


def list_drawn(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "sample.csv").read_text(encoding="utf-8"))))


def fill(source: Path, target: Path, rows: Mapping[int, Cells]) -> list[str]:
    """Write cells, by the row of the answer from 0 and the heading, as a coder would; the ids in their order."""
    book, sheet = open_coding(source)
    columns = find_columns(sheet)
    for at, cells in rows.items():
        for heading, words in cells.items():
            sheet.cell(HEADER + 1 + at, columns[heading]).value = words
    book.save(target)
    return list_ids(sheet)


FILLED: Mapping[int, Cells] = {
    0: {"theme 1": TRUST, "stance 1": "negative", "level 1": "project", "looked at": "yes", "notes": "Ask Ben."},
    1: {"theme 1": HEARD, "stance 1": "mixed", "theme 3": TRUST, "stance 3": "positive", "level 3": "unclear"},
    2: {"looked at": "yes"},
    4: {"notes": "come back to this one"},
    5: {"theme 1": "none", "looked at": "x"},
    19: {"theme 4": "trust", "stance 4": "Neutral", "level 4": "System", "looked at": "YES"},
}


def expect(ids: list[str]) -> tuple[tuple[str, ...], tuple[Code, ...]]:
    codes = (
        Code(ids[0], "trust", "negative", "project"),
        Code(ids[1], "listened_to", "negative"),
        Code(ids[1], "listened_to", "positive"),
        Code(ids[1], "trust", "positive"),
        Code(ids[19], "trust", "neutral", "system"),
    )
    return tuple(sorted(ids[at] for at in (0, 1, 2, 5, 19))), tuple(sorted(codes))


def test_both_coders_get_the_same_answers_in_orders_of_their_own_with_the_ids_of_the_results(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    first, second = (list_ids(open_coding(folder / f"coder-{number}.xlsx")[1]) for number in (1, 2))
    assert sorted(first) == sorted(second)
    assert first != second
    assert first != sorted(first)
    sample = list_drawn(folder)
    assert [row["id"] for row in sample] == sorted(first)
    assert sum(float(row["chance"]) for row in sample) < 20
    assert sum(float(row["weight"]) for row in sample) == pytest.approx(181, rel=0.35)
    done = run("analyse", SURVEY, "--audience", "raw", "--engine", "cues", "--out", tmp_path / "raw", "--quiet")
    assert done.returncode == 0, done.stderr
    coded = list(csv.DictReader(io.StringIO((tmp_path / "raw" / "coded_answers.csv").read_text(encoding="utf-8"))))
    words = {row["answer"]: row["words"] for row in coded}
    _, sheet = open_coding(folder / "coder-1.xlsx")
    columns = find_columns(sheet)
    for row in range(HEADER + 1, HEADER + 21):
        assert sheet.cell(row, columns["masked words"]).value == words[str(sheet.cell(row, 1).value)].removeprefix("'")


def test_the_sheet_says_what_to_do_offers_lists_and_keeps_its_headings_in_sight(folder: Path) -> None:
    book, sheet = open_coding(folder / "coder-1.xlsx")
    assert book.sheetnames == ["Read me", "Coding", "Codebook"]
    columns = find_columns(sheet)
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.print_title_rows == "$2:$2"
    assert "For coders only" in str(sheet["A1"].value)
    assert "disabled children" in str(sheet["A1"].value)
    lists = {str(rule.formula1): str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert set(lists) == {
        "Codebook!$A$2:$A$21",
        '"positive,negative,mixed,neutral"',
        '"project,individual,system,unclear"',
        '"yes"',
    }
    assert all(len(cells.split()) == 4 for formula, cells in lists.items() if formula != '"yes"')
    themes = [row[0] for row in book["Codebook"].iter_rows(min_row=2, max_row=21, max_col=1, values_only=True)]
    assert themes == [theme.name for theme in read_framework().themes]
    letters = {name: sheet.cell(HEADER, at).column_letter for name, at in columns.items()}
    assert sheet.column_dimensions[letters["weight"]].hidden
    ticked = [name for name in columns if name.startswith("Ticked: ")]
    assert "Ticked: Overall, how genuine was the co-production?" in ticked
    assert len(ticked) == 18
    shown = {sheet.cell(row, columns[ticked[0]]).value for row in range(HEADER + 1, HEADER + 21)}
    assert shown & {"Not at all", "A little", "Partly", "Mostly", "Completely"}
    told = " ".join(str(row[0].value) for row in book["Read me"].iter_rows(max_col=1) if row[0].value)
    assert "counts as not looked at" in told
    assert "The machine's suggestions stand beside each answer" in told
    suggested = {str(sheet.cell(row, columns["machine suggests"]).value) for row in range(HEADER + 1, HEADER + 21)}
    assert any(": negative, " in words or ": positive, " in words for words in suggested)


def test_the_folder_of_a_report_serves_as_well_as_the_survey_and_its_codes_are_the_suggestions(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    known = list_drawn(folder)
    codes = tmp_path / "codes.csv"
    codes.write_text(f"id,theme,stance\n{known[0]['id']},provision_delivery,neutral\n", encoding="utf-8")
    order = ("--audience", "raw", "--engine", "cues", "--quiet", "--codes", codes)
    assert run("analyse", SURVEY, *order, "--out", raw).returncode == 0
    done = run("sheet", raw, "--sample", 20, "--engine", "cues", "--out", tmp_path / "coding")
    assert done.returncode == 0, done.stderr
    assert list_drawn(tmp_path / "coding") == known
    cells, before = (
        {
            str(row[0].value): row[find_columns(sheet)["machine suggests"] - 1].value
            for row in sheet.iter_rows(min_row=HEADER + 1, max_row=HEADER + 20)
        }
        for _, sheet in (open_coding(each / "coder-1.xlsx") for each in (tmp_path / "coding", folder))
    )
    assert cells == before
    assert not any(
        "Ticked" in heading for heading in find_columns(open_coding(tmp_path / "coding" / "coder-1.xlsx")[1])
    )
    public = tmp_path / "public"
    assert run("analyse", SURVEY, "--engine", "cues", "--quiet", "--out", public).returncode == 0
    refused = run("sheet", public, "--out", tmp_path / "none")
    assert refused.returncode == ExitCode.BAD_SETTINGS_FILE
    assert "--audience raw" in refused.stderr


def test_a_blind_sheet_shows_no_suggestion_and_one_that_is_split_gives_each_coder_other_answers(
    run: Run, tmp_path: Path
) -> None:
    order = ("--sample", 21, "--coders", 3, "--engine", "cues", "--blind", "--split")
    done = run("sheet", SURVEY, *order, "--out", tmp_path / "coding")
    assert done.returncode == 0, done.stderr
    assert "coprod agree" not in done.stdout
    sheets = [open_coding(tmp_path / "coding" / f"coder-{number}.xlsx")[1] for number in (1, 2, 3)]
    ids = [list_ids(sheet) for sheet in sheets]
    assert [len(each) for each in ids] == [7, 7, 7]
    assert len({name for each in ids for name in each}) == 21
    assert not any("machine suggests" in find_columns(sheet) for sheet in sheets)


def test_the_order_of_rows_and_the_run_change_no_byte(run: Run, folder: Path, tmp_path: Path) -> None:
    header, *rows = list(csv.reader(io.StringIO(SURVEY.read_text(encoding="utf-8"), newline="")))
    with (tmp_path / "forum_survey.csv").open("w", encoding="utf-8", newline="") as turned:
        csv.writer(turned).writerows([header, *reversed(rows)])
    done = run("sheet", tmp_path / "forum_survey.csv", "--sample", 20, "--engine", "cues")
    assert done.returncode == 0, done.stderr
    for name in ("coder-1.xlsx", "coder-2.xlsx", "sample.csv"):
        assert (tmp_path / "forum_survey-coding" / name).read_bytes() == (folder / name).read_bytes()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["settings"]["seed"] == 20260101
    assert "salt" not in manifest["settings"]


def test_a_workbook_that_somebody_has_filled_in_is_never_replaced(run: Run, tmp_path: Path) -> None:
    order = ("sheet", SURVEY, "--sample", 5, "--engine", "cues", "--out", tmp_path / "coding")
    assert run(*order).returncode == 0
    again = run(*order)
    assert again.returncode == ExitCode.CANNOT_WRITE
    assert "already holds coding sheets" in again.stderr
    taken = run("sheet", tmp_path / "coding", "--out", tmp_path / "next")
    assert "is a folder with coding sheets, and no survey" in taken.stderr
    assert run(*order, "--force").returncode == 0
    fill(tmp_path / "coding" / "coder-2.xlsx", tmp_path / "coding" / "coder-2.xlsx", {0: {"looked at": "yes"}})
    done = run(*order, "--force")
    assert done.returncode == ExitCode.CANNOT_WRITE
    assert "coder-2.xlsx was changed since coprod wrote it" in done.stderr


def test_a_survey_without_words_is_told(run: Run, tmp_path: Path) -> None:
    survey = tmp_path / "ticks.csv"
    survey.write_text("I am a...,I felt listened to\nParent,Agree\nParent,Disagree\n", encoding="utf-8")
    done = run("sheet", survey, "--engine", "cues")
    assert done.returncode == ExitCode.UNREADABLE_SURVEY
    assert "no answer in words" in done.stderr


def test_with_a_secret_of_ones_own_ids_stay_when_the_survey_grows(run: Run, tmp_path: Path) -> None:
    lines = SURVEY.read_text(encoding="utf-8").splitlines()
    ids: dict[tuple[str, int], set[str]] = {}
    for salt in ("", "a secret of ours"):
        for rows in (41, 42):
            survey, out = tmp_path / "survey.csv", tmp_path / f"{salt[:1]}{rows}"
            survey.write_text("\n".join([*lines[:rows], ""]), encoding="utf-8")
            order = (
                "--sample",
                500,
                "--coders",
                1,
                "--engine",
                "cues",
                "--out",
                out,
                *(["--salt", salt] if salt else []),
            )
            assert run("sheet", survey, *order).returncode == 0
            ids[salt, rows] = set(list_ids(open_coding(out / "coder-1.xlsx")[1]))
    assert not ids["", 41] & ids["", 42]
    assert ids["a secret of ours", 41] <= ids["a secret of ours", 42]


def convert(office: str, source: Path, kind: str, folder: Path, profile: Path) -> None:
    order = [office, "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", kind]
    subprocess.run([*order, "--outdir", folder, source], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def filled(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A workbook filled in, and what LibreOffice makes of it: anna.ods, csv/anna-Coding.csv, again/anna.xlsx."""
    here = tmp_path_factory.mktemp("filled")
    ids = fill(folder / "coder-1.xlsx", here / "anna.xlsx", FILLED)
    office = shutil.which("soffice")
    if office:
        convert(office, here / "anna.xlsx", "ods", here, here / "profile")
        convert(office, here / "anna.ods", "xlsx", here / "again", here / "profile")
        every_sheet = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
        convert(office, here / "anna.xlsx", every_sheet, here / "csv", here / "profile")
    return here, ids


@pytest.mark.parametrize("name", ["anna.xlsx", "anna.ods", "again/anna.xlsx", "csv/anna-Coding.csv"])
def test_a_filled_workbook_is_read_from_whatever_program_saved_it(
    folder: Path, filled: tuple[Path, list[str]], name: str
) -> None:
    here, ids = filled
    if name != "anna.xlsx" and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    read = read_codes(here / name, read_framework())
    assert (read.answers, read.codes) == expect(ids)
    drawn = {row["id"]: float(row["weight"]) for row in list_drawn(folder)}
    assert read.weights == pytest.approx({name: drawn[name] for name in read.answers})


def test_the_lists_survive_libreoffice(filled: tuple[Path, list[str]]) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    _, sheet = open_coding(filled[0] / "again" / "anna.xlsx")
    lists = {
        str(rule.formula1).replace("$", "") for rule in sheet.data_validations.dataValidation if rule.type == "list"
    }
    assert lists == {
        "Codebook!A2:A21",
        '"positive,negative,mixed,neutral"',
        '"project,individual,system,unclear"',
        '"yes"',
    }


def test_rows_may_be_sorted_filtered_spread_out_and_have_columns_added(
    filled: tuple[Path, list[str]], tmp_path: Path
) -> None:
    book, sheet = open_coding(filled[0] / "anna.xlsx")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
    sheet.delete_rows(HEADER + 1, len(rows))
    sheet.append([])
    for at, row in enumerate(sorted(rows, key=lambda row: str(row[0]))):
        sheet.append([*row, "my own remark"])
        sheet.row_dimensions[sheet.max_row].hidden = at % 2 == 1
        if at == 3:
            sheet.append([])
    sheet.cell(HEADER, len(rows[0]) + 1).value = "colour"
    book.save(tmp_path / "anna.xlsx")
    read = read_codes(tmp_path / "anna.xlsx", read_framework())
    assert (read.answers, read.codes) == expect(filled[1])


def test_more_themes_than_columns_go_on_in_a_copy_of_the_row(filled: tuple[Path, list[str]], tmp_path: Path) -> None:
    book, sheet = open_coding(filled[0] / "anna.xlsx")
    columns = find_columns(sheet)
    row = sheet.max_row + 1
    sheet.cell(row, 1).value = filled[1][0]
    sheet.cell(row, columns["theme 1"]).value, sheet.cell(row, columns["stance 1"]).value = HEARD, "positive"
    book.save(tmp_path / "anna.xlsx")
    read = read_codes(tmp_path / "anna.xlsx", read_framework())
    answers, codes = expect(filled[1])
    assert (read.answers, set(read.codes)) == (answers, {*codes, Code(filled[1][0], "listened_to", "positive")})


def test_every_cell_that_cannot_be_meant_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    faults: Mapping[int, Cells] = {
        0: {"theme 2": "Trsut", "stance 2": "positive"},
        1: {"theme 1": TRUST, "stance 1": "angry", "level 1": "planet"},
        2: {"theme 1": TRUST, "theme 2": HEARD, "stance 2": "mixed"},
        3: {"stance 3": "positive"},
        4: {"looked at": "perhaps Kofi"},
        5: {"theme 1": TRUST, "stance 1": "negative", "looked at": "no"},
        6: {"id": None, "theme 1": TRUST, "stance 1": "negative"},
        7: {"theme 1": TRUST, "stance 1": "negative", "looked at": "yes"},
    }
    fill(folder / "coder-1.xlsx", tmp_path / "ben.xlsx", faults)
    with pytest.raises(SettingsFileError) as caught:
        read_codes(tmp_path / "ben.xlsx", read_framework())
    assert caught.value.what == "ben.xlsx: 8 things to mend."
    told = " ".join(caught.value.hint.split())
    for words in (
        "row 3, column 'theme 2': there is no such theme. Did you mean 'Trust'?",
        "row 4, column 'stance 1': what stands there is no stance. Allowed are positive, negative, mixed or neutral",
        "row 4, column 'level 1': what stands there is no level. Allowed are project, individual, system or unclear",
        "row 5, column 'stance 1': there is a theme, but no stance. Allowed are positive, negative, mixed or neutral",
        "row 6, column 'theme 3': there is a stance, but no theme.",
        "row 7, column 'looked at': what stands there is neither yes nor no. Allowed are yes, no, or nothing",
        "row 8, column 'looked at': it says no, but there is a theme.",
        "row 9, column 'id': there is a theme, but no id of an answer.",
    ):
        assert words in told
    assert "Kofi" not in told


def test_a_coder_who_gives_no_stances_at_all_is_not_asked_for_them(folder: Path, tmp_path: Path) -> None:
    ids = fill(folder / "coder-1.xlsx", tmp_path / "ben.xlsx", {0: {"theme 1": TRUST}, 1: {"looked at": "yes"}})
    read = read_codes(tmp_path / "ben.xlsx", read_framework())
    assert read.codes == (Code(ids[0], "trust"),)
    assert read.answers == tuple(sorted(ids[:2]))


def test_a_workbook_that_nobody_filled_in_is_told(folder: Path) -> None:
    with pytest.raises(SettingsFileError, match="no answer in it was looked at"):
        read_codes(folder / "coder-1.xlsx", read_framework())


def test_two_filled_workbooks_are_compared(folder: Path, run: Run, tmp_path: Path) -> None:
    seen = [list_ids(open_coding(folder / f"coder-{number}.xlsx")[1]) for number in (1, 2)]
    shared = sorted(seen[0])[:8]
    for coder, ids in enumerate(seen, start=1):
        cells: dict[int, Cells] = {ids.index(name): {"looked at": "yes"} for name in shared}
        for name in shared[: 3 + coder]:
            cells[ids.index(name)] = {"theme 1": TRUST, "stance 1": "negative", "level 1": "project"}
        fill(folder / f"coder-{coder}.xlsx", tmp_path / f"coder-{coder}.xlsx", cells)
    done = run("agree", tmp_path / "coder-1.xlsx", tmp_path / "coder-2.xlsx")
    assert done.returncode == 0, done.stderr
    assert "coder 1 and coder 2: 8 answers that both looked at." in done.stdout
    assert "Found by coder 1: 4 (50%) | Found by coder 2: 5 (62%) | Agreement: 88%" in done.stdout
