"""Anybody's words become words of one paragraph: nothing that XML cannot hold, no turn of direction that runs on."""

from xml.etree import ElementTree as ET

import pytest

from coprod_cli.binding import clean_words


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("  two\n lines\tand\u2028more ", "two lines and more"),
        ("a\x00b\x08c\x1bd\ufffee\ud800f", "abcdef"),
        ("10\u00a0people, 5\u202f%", "10\u00a0people, 5\u202f%"),
        ("<b> & | * `x` =SUM(A1) \U0001f600", "<b> & | * `x` =SUM(A1) \U0001f600"),
        ("\u05e9\u05dc\u05d5\u05dd \u200f", "\u05e9\u05dc\u05d5\u05dd \u200f"),
        ("", ""),
    ],
)
def test_words_stay_but_what_no_file_can_hold_goes(words: str, cleaned: str) -> None:
    assert clean_words(words) == cleaned


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("\u202eturned", "\u202c"),
        ("\u202eturned\u202c and back", ""),
        ("\u2067apart \u202bwithin", "\u202c\u2069"),
        ("\u2067apart \u202bwithin\u2069 out", ""),
        ("\u202bone \u202dtwo", "\u202c\u202c"),
        ("nothing begun\u202c\u2069", ""),
        ("\u202bone\u2069", "\u202c"),
    ],
)
def test_every_turn_of_direction_ends_with_the_words(words: str, ends: str) -> None:
    assert clean_words(words) == words + ends


def test_every_character_there_is_can_stand_in_xml() -> None:
    every = "".join(map(chr, range(0x11000)))
    cleaned = clean_words(every)
    whole = ET.fromstring(f"<t>{cleaned.replace('&', '&amp;').replace('<', '&lt;')}</t>")  # noqa: S314  # ours
    assert whole.text == cleaned
