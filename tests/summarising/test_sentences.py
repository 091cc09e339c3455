"""Nothing is cut from the words that turn its sense."""

import pytest

from coprod_cli.summarising.sentences import widen_to_sentences


@pytest.mark.parametrize(
    ("words", "part", "whole"),
    [
        ("They listened, but left. It rained.", "They listened", "They listened, but left."),
        ("They listened. However, they left. It rained.", "They listened.", "They listened. However, they left."),
        ("they listened. but nothing changed", "they listened", "they listened. but nothing changed"),
        ("It was cold. They listened. But no more!", "no more", "They listened. But no more!"),
        ("We asked. Yet none came. Though one wrote.", "We asked.", "We asked. Yet none came. Though one wrote."),
        ("It was cold. Nice staff, e.g. Dr. Smith. Late bus.", "staff", "Nice staff, e.g. Dr. Smith."),
        ("good sessions\n- They listened well\n- Nice room", "listened", "- They listened well"),
        ("They asked us\nbut did nothing", "They asked us", "They asked us\nbut did nothing"),
        ("One. Two. Three.", "Two. Three", "Two. Three."),
        ("(\u201cThey listened.\u201d) We were glad.", "They", "(\u201cThey listened.\u201d)"),
    ],
)  # fmt: skip
def test_words_are_cut_at_the_end_of_sentences_and_never_before_a_turn(words: str, part: str, whole: str) -> None:
    start = words.index(part)
    first, last = widen_to_sentences(words, start, start + len(part))
    assert words[first:last] == whole


def test_no_words_stay_no_words() -> None:
    assert widen_to_sentences("", 0, 0) == (0, 0)
