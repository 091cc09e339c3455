"""The list of quotes comes back from any spreadsheet; a fault is told with its row and without its words."""

import io
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading import read_quotes

HEADER = ("keep", "id", "project", "theme", "theme_name", "stance", "role", "words")


def row(keep: str, answer: str, words: str = "They wrote back, with reasons.") -> tuple[str, ...]:
    return (keep, answer, "", "trust", "Trust", "positive", "parent", words)


def save_csv(path: Path, rows: Iterable[tuple[str, ...]], separator: str = ",") -> Path:
    lines = (separator.join(f'"{cell}"' for cell in each) for each in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("said", "keep"), [("yes", True), ("Y", True), ("TRUE", True), ("no", False), ("", False)])
def test_yes_keeps_and_no_or_nothing_strikes_out(tmp_path: Path, said: str, *, keep: bool) -> None:
    listed = read_quotes(save_csv(tmp_path / "quotes.csv", [HEADER, row(said, "a1"), row("yes", "a2")]))
    assert [(each.id, each.keep, each.row) for each in listed.quotes] == [("a1", keep, 2), ("a2", True, 3)]
    assert listed.quotes[0].words == "They wrote back, with reasons."
    assert len(listed.sha256) == 64


def test_semicolons_and_workbooks_are_read_too(tmp_path: Path) -> None:
    rows = [HEADER, row("yes", "a1"), row("no", "a2")]
    plain = read_quotes(save_csv(tmp_path / "quotes.csv", rows)).quotes
    assert read_quotes(save_csv(tmp_path / "other.csv", rows, ";")).quotes == plain
    book = openpyxl.Workbook()
    for each in rows:
        book.active.append(each)
    content = io.BytesIO()
    book.save(content)
    (tmp_path / "quotes.xlsx").write_bytes(content.getvalue())
    assert read_quotes(tmp_path / "quotes.xlsx").quotes == plain


def test_a_list_with_no_quote_left_keeps_none(tmp_path: Path) -> None:
    assert read_quotes(save_csv(tmp_path / "quotes.csv", [HEADER])).quotes == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([HEADER, row("yes", "a1"), row("perhaps", "a2")], "row 3"),
        ([HEADER, row("yes", "", "Secret words of mine.")], "row 2"),
        ([HEADER[1:], row("yes", "a1")[1:]], "no column 'keep'"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(tmp_path: Path, rows: list[tuple[str, ...]], told: str) -> None:
    with pytest.raises(SettingsFileError, match=told) as caught:
        read_quotes(save_csv(tmp_path / "quotes.csv", rows))
    assert "Secret" not in f"{caught.value.what} {caught.value.hint}"


def test_no_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileError, match=r"no file .*quotes\.csv"):
        read_quotes(tmp_path / "quotes.csv")
