"""A slip of the pen in a settings file is told with its line, in words for people who do not write programs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading import read_mapping

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ("kind = role", "words stand without quotation marks", "quotation"),
        ("kind = ", "nothing behind the =", "take the line out"),
        ('kind = "role', "a quotation mark is missing", "same line"),
        ("kind = \u201crole\u201d", "curly", "straight"),
        ('kind: "role"', "no = behind the key", "="),
        ('file = "C:\\Users\\me.csv"', "the sign \\ stands", "single quotation marks"),
        ('missing = ["a", "b"', "a list is not closed", "earlier line"),
        ('words = { "a" = "b", }', "{ } is not complete", "one line"),
        ('words = { "a": "b" }', "{ } is not complete", "one line"),
        ("[[columns]", "a bracket is missing", "[[columns]]"),
        ("[constants", "a bracket is missing", "[constants]"),
        ("consent = True", "neither true nor false", "small letters"),
        ('header = "x"', "stands there twice", "[[columns]]"),
        ('file = "it "is" so"', "within quotation marks", "other kind"),
        ("range = 01", "more stands there than one value", "do not begin with 0"),
        ('{"kind": "role"}', "does not begin with a key", "line of its own"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_line_and_what_to_do(line: str, what: str, hint: str, write: Write) -> None:
    with pytest.raises(SettingsFileError) as told:
        read_mapping(write(f'[[columns]]\nheader = "x"\n{line}\n', "map.toml"))
    assert re.match(r"map\.toml, line [34]: this cannot be read as a setting: ", told.value.what)
    assert what in told.value.what
    assert hint in told.value.hint


def test_single_brackets_for_columns_are_told(write: Write) -> None:
    for text in ('[columns]\nheader = "x"\n', '[columns]\nheader = "x"\n[columns]\nheader = "y"\n'):
        with pytest.raises(SettingsFileError, match=r"line [13]") as told:
            read_mapping(write(text, "map.toml"))
        assert "[[columns]]" in told.value.hint
