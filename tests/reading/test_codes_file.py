"""What a coder found is read from whatever people keep their codes in, and every cell that cannot be meant is told."""

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.model.codes import Code, Coding
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_codes

Write = Callable[..., Path]
ROWS = (
    ("id", "theme", "stance", "level"),
    ("7", "trust", "negative", "project"),
    ("7", "openness", "mixed", "system"),
    ("12", "", "", ""),
)
FOUND = (
    Code("7", "openness", "negative", "system"),
    Code("7", "openness", "positive", "system"),
    Code("7", "trust", "negative", "project"),
)


def write_text(between: str) -> bytes:
    return "\n".join(between.join(row) for row in ROWS).encode()


def write_xlsx() -> bytes:
    """A codebook before the codes, a title above them, numbers as numbers, a note beside them."""
    book = openpyxl.Workbook()
    book["Sheet"].append(["Theme", "Meaning"])
    book["Sheet"].append(["trust", "Whether people trust each other"])
    sheet = book.create_sheet("Codes")
    sheet.append(["Codes of the spring survey"])
    sheet.append([])
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row] + ["a note"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_lines(nested: bool) -> bytes:  # noqa: FBT001  # one of two shapes
    flat = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    if nested:
        codes = [{name: row[name] for name in ("theme", "stance", "level")} for row in flat[:2]]
        flat = [{"id": "7", "text": "Not told.", "codes": codes}, {"id": 12, "text": "n/a", "codes": []}]  # type: ignore[dict-item]  # nested
    return "".join(json.dumps(each) + "\n" for each in flat).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anna.csv", write_text(",")),
        ("anna.csv", write_text(";")),
        ("anna.tsv", write_text("\t")),
        ("anna.xlsx", write_xlsx()),
        ("anna.jsonl", write_lines(nested=False)),
        ("anna.jsonl", write_lines(nested=True)),
    ],
)
def test_codes_are_read_from_what_people_keep_them_in(
    write: Write, framework: Framework, name: str, content: bytes
) -> None:
    read = read_codes(write(content, name), framework)
    assert (read.who, read.answers, read.codes) == ("anna", ("12", "7"), FOUND)
    assert read.count_empty() == 1
    assert len(read.sha256) == 64


def test_a_workbook_saved_by_libreoffice_is_read(write: Write, tmp_path: Path, framework: Framework) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    path = write(write_xlsx(), "anna.xlsx")
    order = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods"]
    subprocess.run([*order, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120)
    read = read_codes(tmp_path / "anna.ods", framework)
    assert (read.answers, read.codes) == (("12", "7"), FOUND)


def test_headers_names_words_blanks_and_other_columns_are_forgiven(write: Write, framework: Framework) -> None:
    name = framework.theme("trust").name.upper()
    rows = [
        (" Answer_ID ", "Note", "THEME", "Stance ", "level", "Start", "END", "Evidence"),
        ("7", "", f" {name}. ", "Neg", "Services at large", "3", "9", "lied to"),
        ("", "", "", "", "", "", "", ""),
        ("7", "see 9", "Shared-Decisions", "Went well", "unclear", "", "", ""),
        ("9", "none here", "None", "", "", "", "", ""),
        ("", "only a note", "", "", "", "", "", ""),
        ("7", "twice", f"{name}", "Neg", "system", "3", "9", "lied to"),
    ]
    read = read_codes(write(rows), framework, "Ben")
    assert read.who == "Ben"
    assert read.answers == ("7", "9")
    assert read.codes == (
        Code("7", "shared_decisions", "positive", ""),
        Code("7", "trust", "negative", "system", 3, 9, "lied to"),
    )


def test_what_the_command_code_writes_is_read(write: Write, framework: Framework) -> None:
    line = {"id": "3", "theme": "trust", "stance": "positive", "level": "project", "confidence": 0.91}
    line |= {"unsure": False, "start": 0, "end": 4, "words": "They"}
    read = read_codes(write((json.dumps(line) + "\n").encode(), "coded.jsonl"), framework)
    assert read == Coding("coded", ("3",), (Code("3", "trust", "positive", "project", 0, 4, "They"),), read.sha256)


def test_every_fault_is_told_at_once_by_row_and_column_without_the_words_of_the_cell(
    write: Write, framework: Framework
) -> None:
    rows = [
        ("id", "theme", "stance", "level", "start", "end"),
        ("1", "Trsut", "positive", "project", "", ""),
        ("1", "My son Kofi was never asked", "positive", "project", "", ""),
        ("2", "trust", "angry", "-", "", ""),
        ("", "trust", "", "", "", ""),
        ("3", "", "positive", "", "", ""),
        ("4", "trust", "", "", "five", "9"),
        ("4", "trust", "", "", "9", "9"),
        ("5", "trust", "positive", "project", "0", "9"),
    ]
    with pytest.raises(SettingsFileError) as caught:
        read_codes(write(rows, "ben.csv"), framework)
    assert caught.value.what == "ben.csv: 8 things to mend."
    told = caught.value.hint
    for words in (
        "row 2, column 'theme': there is no such theme.\n            Did you mean 'trust'?",
        "row 3, column 'theme': there is no such theme.",
        "row 4, column 'stance': what stands there is no stance.\n            Allowed are positive, negative, mixed",
        "row 4, column 'level': what stands there is no level.\n            Allowed are project, individual, system",
        "row 5, column 'id': there is a theme, but no id of an answer.",
        "row 6, column 'theme': there is a stance, but no theme.",
        "row 7, column 'start': there must be a whole number.",
        "row 8, column 'end': the evidence ends before it starts.",
    ):
        assert words in told
    assert "Kofi" not in told
    assert "involved_early, " in told


def test_themes_of_another_framework_are_told_of_in_one_sentence_without_a_cell(
    write: Write, framework: Framework
) -> None:
    rows = [("id", "theme"), ("0", "trust"), *((str(number), "Ecoute de Kofi") for number in range(1, 7))]
    with pytest.raises(SettingsFileError) as caught:
        read_codes(write(rows, "ben.csv"), framework)
    assert caught.value.what == "ben.csv: 6 of 7 codes have a theme that coprod's own framework has not."
    assert "--framework FILE" in caught.value.hint
    assert "Kofi" not in caught.value.hint


def test_entries_of_json_lines_are_counted_as_such(write: Write, framework: Framework) -> None:
    content = b'{"id": 1, "codes": [{"theme": "trust"}]}\n{"id": 2, "codes": [{"theme": "trust"}, {"theme": "xyz"}]}\n'
    with pytest.raises(SettingsFileError, match=r"^codes\.jsonl, entry 2, column 'theme': there is no such theme\.$"):
        read_codes(write(content, "codes.jsonl"), framework)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ([("name", "code2"), ("1", "trust")], "has no columns 'id' and 'theme'"),
        ([("id", "theme"), ("", "")], "has a header but no codes below it"),
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
    ],
)
def test_what_is_no_file_of_codes_is_told(
    write: Write, framework: Framework, content: Sequence[Sequence[str]] | bytes, told: str
) -> None:
    with pytest.raises(SettingsFileError, match=told) as caught:
        read_codes(write(content), framework)
    assert "id, theme, stance and level" in caught.value.hint


def test_a_file_that_is_not_there_is_told(tmp_path: Path, framework: Framework) -> None:
    with pytest.raises(SettingsFileError, match=r"There is no file .*nobody\.csv") as caught:
        read_codes(tmp_path / "nobody.csv", framework)
    assert caught.value.hint.startswith("Check the name and the folder")
    assert "columns" not in caught.value.hint


def test_a_part_of_a_workbook_is_told_as_one(write: Write, framework: Framework) -> None:
    with pytest.raises(SettingsFileError, match="is a broken workbook") as caught:
        read_codes(write(write_xlsx()[:2000], "anna.xlsx"), framework)
    assert "columns" not in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half of it", b"id,theme\n1,trust\n"])
def test_what_is_called_a_project_and_is_none_is_told(write: Write, framework: Framework, content: bytes) -> None:
    with pytest.raises(SettingsFileError, match=r"^all\.qdpx is not a whole project\.$") as caught:
        read_codes(write(content, "all.qdpx"), framework)
    assert caught.value.hint.startswith("Export it again")


SHEET = ("id", "answer, in words", "masked words", "theme 1", "stance 1", "theme 2", "stance 2", "weight")


def write_sheet(*rows: Sequence[str]) -> bytes:
    """As coprod sheet writes it: a page on what to do stands before the codes."""
    book = openpyxl.Workbook()
    book["Sheet"].append(["Coding sheet: coder-1"])
    sheet = book.create_sheet("Coding")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("heading", "instead"), [("theme 1", "Thema"), ("id", "Number of it")])
def test_a_heading_that_was_changed_is_named_with_its_sheet(
    write: Write, framework: Framework, heading: str, instead: str
) -> None:
    changed = [instead if each == heading else each for each in SHEET]
    content = write_sheet(changed, ("7", "", "They heard us.", "Trust", "positive", "", "", "2.5"))
    with pytest.raises(SettingsFileError) as caught:
        read_codes(write(content, "anna.xlsx"), framework)
    assert caught.value.what.startswith(f"anna.xlsx, sheet 'Coding': row 1 has no heading '{heading}'.")
    assert "above the same column" in caught.value.hint


@pytest.mark.parametrize(
    ("words", "weight", "told"),
    [("They heard us.", "4.0", "another weight"), ("Nobody rang.", "2.5", "other words")],
)
def test_an_id_typed_over_another_is_told_as_that(
    write: Write, framework: Framework, words: str, weight: str, told: str
) -> None:
    first = ("7", "", "They heard us.", "trust", "positive", "", "", "2.5")
    content = write_sheet(SHEET, first, ("7", "", words, "trust", "negative", "", "", weight))
    with pytest.raises(SettingsFileError) as caught:
        read_codes(write(content, "anna.xlsx"), framework)
    assert caught.value.what == f"anna.xlsx, row 3, column 'id': another row has this id, too, but {told}."
    assert "typed over" in caught.value.hint
    further = ("7", "", "", "openness", "negative", "", "", "")
    read = read_codes(write(write_sheet(SHEET, first, further), "anna.xlsx"), framework)
    assert [code.theme for code in read.codes] == ["openness", "trust"]


def test_what_is_allowed_is_told_as_the_lists_of_the_sheet_have_it(write: Write, framework: Framework) -> None:
    content = write_sheet(SHEET, ("7", "", "They heard us.", "Qwxyz", "positive", "", "", ""))
    with pytest.raises(SettingsFileError) as caught:
        read_codes(write(content, "anna.xlsx"), framework)
    assert f"Allowed are {framework.themes[0].name}, " in caught.value.hint
    assert "their ids, or nothing" in caught.value.hint


def test_what_was_coded_with_suggestions_in_sight_is_known_from_the_file(tmp_path: Path, framework: Framework) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("id,machine suggests,theme 1,looked at\n1,No theme found.,trust,\n2,,trust,\n3,Trust,,yes\n")
    review = tmp_path / "review.csv"
    review.write_text("id,theme,decision\n1,trust,blind\n2,trust,accepted\n3,,changed+removed\n4,trust,elsewhere\n")
    table = tmp_path / "table.csv"
    table.write_text("id,theme\n1,trust\n2,\n")
    assert [sorted(read_codes(path, framework).seen) for path in (sheet, review, table)] == [["1", "3"], ["2", "3"], []]
