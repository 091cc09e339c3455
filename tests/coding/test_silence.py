import pytest

from coprod_cli.coding.silence import says_nothing


@pytest.mark.parametrize(
    "words",
    ["", "  ", "n/a", "N/A.", "na", "none", "Nothing to add", "nothing else to add thanks", "hear hear", "Hear, hear!",
     "-", "...", "No comment", "see above", "12", "don\u2019t know", "I have nothing more to add."],
)  # fmt: skip
def test_fillers_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize(
    "words",
    ["nothing changed", "No", "none of it was ours", "see above, they ignored us", "nobody asked him", "Fine words"],
)
def test_short_answers_with_something_in_them_are_kept(words: str) -> None:
    assert says_nothing(words) == (words == "No")
