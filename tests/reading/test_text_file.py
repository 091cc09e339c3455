"""Bytes of text files become the rows that were written, whatever encoding and delimiter they were written in."""

import bz2
import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.encoding import decode
from coprod_cli.reading.files import find_kind, take_raw
from coprod_cli.reading.text_file import DELIMITERS, choose_delimiter, read_text_table

SENTENCE = (
    "We weren\u2019t asked \u2013 the \u201cplan\u201d was written. It cost \u00a3400 and the caf\u00e9 was shut."
)
CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn"), exclude_characters="\ufffd"),
    max_size=20,
)


def write_rows(rows: list[list[str]], delimiter: str, quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    return out.getvalue()


def read_rows(data: bytes) -> list[list[str]]:
    return [list(row) for row in read_text_table(take_raw(data, "survey.csv")).grid.walk()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "utf-32"]
)
def test_text_comes_out_as_it_was_written_in_every_encoding(encoding: str) -> None:
    text = f'ID,What was good?\n1,"{SENTENCE}"\n2,Nothing \u2026 d\u00e9j\u00e0 vu\n'
    assert decode(text.encode(encoding)).text == text


def test_cyrillic_windows_text_is_read_as_such() -> None:
    text = "ID;Отзыв\n1;Никто не спросил, всё было решено заранее\n"
    assert decode(text.encode("cp1251")) == (text, "cp1251", 0)


def test_stray_windows_bytes_are_mended_without_harm_to_emoji() -> None:
    data = "They listened 🙂 and it shows 🎉. ".encode() + b"We didn\x92t expect that\x85"
    assert decode(data) == ("They listened 🙂 and it shows 🎉. We didn\u2019t expect that\u2026", "utf-8", 2)


def test_a_repair_and_another_encoding_are_told() -> None:
    mended = read_text_table(take_raw("a,b\n🙂,c".encode() + b"\x92", "x.csv")).told
    assert [(each.code, each.number) for each in mended] == [("encoding_mended", 1)]
    other = read_text_table(take_raw(f"a,b\n1,{SENTENCE}".encode("cp1252"), "x.csv")).told
    assert [(each.code, each.detail) for each in other] == [("encoding", "Windows-1252")]
    assert read_text_table(take_raw(b"a,b\n1,2", "x.csv")).told == ()


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    delimiter=st.sampled_from(DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_with_quotes_is_read_back(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    rows = [["ID", "What was good, and what was not?", "Role; or hat"], *rows]
    assert read_rows(write_rows(rows, delimiter, csv.QUOTE_ALL).encode(encoding)) == rows


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_commas_in_questions_do_not_decide_the_delimiter(delimiter: str) -> None:
    rows = [["ID", "If so, why, when, how and with whom?", "Role"], ["1", "Yes, no, maybe; who knows", "Parent"]]
    assert choose_delimiter(write_rows(rows, delimiter, csv.QUOTE_NONNUMERIC)) == delimiter


def test_newlines_in_cells_nuls_and_words_for_nothing_stay_text() -> None:
    data = b'ID,Comment\x00\r\n1,"two\r\nlines"\r\n2,NA\r\n3,None\r\n007,1.0\r\n'
    assert read_rows(data) == [["ID", "Comment"], ["1", "two\r\nlines"], ["2", "NA"], ["3", "None"], ["007", "1.0"]]


def test_characters_that_steer_a_terminal_or_turn_the_text_round_are_dropped() -> None:
    words = "They \x1b[31mlisted\x07\u202e to us\u2066.\x0bAnd\tthen\r\nagain\u2069\x7f"
    data = f'ID,What was good?\n1,"{words}"\n'.encode() + b"2,It was a very good year\n" * 60
    assert read_rows(data)[1] == ["1", "They [31mlisted to us. And\tthen\r\nagain"]


def test_excels_first_line_names_the_delimiter() -> None:
    assert read_rows(b"sep=|\r\na|b\r\n1|2,5\r\n") == [["a", "b"], ["1", "2,5"]]


def test_a_single_column_is_not_cut_at_the_commas_of_its_answers() -> None:
    assert read_rows(b"Answers\nYes, it did, in the end\nNo\nNot at all, sadly\n")[1] == ["Yes, it did, in the end"]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    assert read_rows(b'"Role,Comment\nMum,Fine\nDad,Good\n')[1:] == [["Mum", "Fine"], ["Dad", "Good"]]


def test_tabs_without_quoting_may_hold_a_bare_quotation_mark() -> None:
    data = b'ID\tComment\tRole\n1\t"Us" and them\tParent\n2\t"not closed\tParent\n3\tfine\tParent\n'
    assert read_rows(data)[2] == ["2", '"not closed', "Parent"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 broken", "broken workbook"),
        (b"GIF89a" + bytes(20), "a picture"),
        (b"Rar!\x1a\x07\x01\x00", "a compressed file"),
        (bz2.compress(b"ID,Role"), "a compressed file"),
        (b"SQLite format 3\x00" + bytes(84), "a database"),
        (rb"{\rtf1\ansi Parents}", "a text document"),
    ],
)
def test_files_that_are_no_tables_are_called_by_their_name(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSurveyError, match=what):
        find_kind(take_raw(data, "survey.csv"))


def test_rubbish_is_not_taken_for_text() -> None:
    with pytest.raises(UnreadableSurveyError, match="not a text file"):
        read_text_table(take_raw(bytes(range(1, 256)) * 9, "survey.csv"))


def test_a_few_forms_full_of_semicolons_do_not_outvote_the_header() -> None:
    data = f"ID,Role,Comment\n1,Parent,{'soup; ' * 200}\n2,Parent,{'soup; ' * 200}\n3,Parent,fine\n".encode()
    assert read_text_table(take_raw(data, "survey.csv")).delimiter == ","


def test_a_pasted_control_character_does_not_spoil_a_short_table() -> None:
    assert read_rows(b"ID,Comment\n1,first line\x0bsecond line\n")[1] == ["1", "first line second line"]


@pytest.mark.parametrize(
    "first", ["PKID", "PK", "BZh", "BZh9 votes", "GIF8", "Rar!", "SQLite", "PAR1", "ARROW1", "%PDF", "{\\rtf"]
)
def test_a_header_that_begins_like_another_kind_of_file_is_text(first: str) -> None:
    raw = take_raw(f"{first},Role,What was good?\n1,Parent,They listened\n2,SENCO,We met\n".encode(), "survey.csv")
    assert find_kind(raw) == "text"
    assert read_rows(raw.data)[0] == [first, "Role", "What was good?"]


@pytest.mark.parametrize("parts", list(",;\t|:^"))
def test_a_first_line_that_names_the_delimiter_is_heeded(parts: str) -> None:
    data = f"sep={parts}\nRole{parts}Good/bad/both/neither\nParent{parts}Good/neither\n".encode()
    table = read_text_table(take_raw(data, "survey.csv"))
    assert table.delimiter == parts
    assert list(table.grid.walk()) == [("Role", "Good/bad/both/neither"), ("Parent", "Good/neither")]


@pytest.mark.parametrize("mark", ["\u00a7", "\u00e9", '"', "x", "\\", "\U0001f600"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_first_line_that_names_no_delimiter_is_dropped_and_one_chosen(mark: str, encoding: str) -> None:
    data = f'sep={mark}\r\nRole;What was good?\r\nParent;"They listened; mostly"\r\n'.encode(encoding)
    assert read_rows(data) == [["Role", "What was good?"], ["Parent", "They listened; mostly"]]
