"""Words that a person types are found where they stand in the answer, however they are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_cli.cli.reviewing.evidence import find_stretch

ODD = (
    "  \u201cWe\u2019re not listened to\u201d - ever\u2026 they said:\n"
    "\u00a31,000? It\u2019s n/a \U0001f937\u200d\u2640\ufe0f for caf\u00e9 mums.  "
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("all", ODD.strip()),
        ("", ODD.strip()),
        ("we're not", "We\u2019re not"),
        ("WERE NOT listened", "We\u2019re not listened"),
        ("listen", "listened"),
        ("they ... mums", ODD[ODD.index("they") : ODD.index("mums") + 4]),
        ("they\u2026cafe", ODD[ODD.index("they") : ODD.index(" mums")]),
        ("ever... they", "ever\u2026 they"),
        ("1000", "1,000"),
        ("\U0001f937", "\U0001f937"),
        ("its na", "It\u2019s n/a"),
    ],
)
def test_marks_capitals_and_lines_make_no_difference(typed: str, meant: str) -> None:
    found = find_stretch(ODD, typed)
    assert found
    assert ODD[found.start : found.end] == meant


@pytest.mark.parametrize("typed", ["nobody", "mums ... they", "...", "listened ... nobody", "\U0001f600"])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    assert find_stretch(ODD, typed) is None


def test_words_are_sought_at_the_beginning_of_words_first_and_inside_of_them_last() -> None:
    found = find_stretch("There he was", "he")
    assert found
    assert (found.start, found.end, found.several) == (6, 8, False)
    inside = find_stretch("\u4ed6\u4eec\u6ca1\u6709\u542c", "\u6ca1\u6709")
    assert inside
    assert inside.start == 2
    hebrew = "\u05d4\u05dd \u05d4\u05e7\u05e9\u05d9\u05d1\u05d5 \u05dc\u05e0\u05d5"
    found = find_stretch(hebrew, "\u05d4\u05e7\u05e9\u05d9\u05d1\u05d5")
    assert found
    assert (found.start, found.end) == (3, 9)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(words=st.text(min_size=1, max_size=40), typed=st.text(max_size=12))
def test_whatever_is_typed_the_stretch_lies_in_the_answer(words: str, typed: str) -> None:
    found = find_stretch(words, typed)
    assert found is None or 0 <= found.start < found.end <= len(words)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="abcdefg\u00e9\u00df\u0130", min_size=1, max_size=5), min_size=3, max_size=9))
def test_first_and_last_words_as_they_stand_are_always_found(words: list[str]) -> None:
    answer = " ".join(words)
    found = find_stretch(answer, f"{words[0]} ... {words[-1]}")
    assert found
    assert found.start == 0
    assert find_stretch(answer, answer) is not None
