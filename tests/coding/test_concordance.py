"""A phrase is found wherever people wrote it, whatever its capitals, marks and line ends."""

import pandas as pd
import pytest

from coprod_cli.coding import find_phrase
from coprod_cli.model.errors import UsageError
from coprod_cli.model.tables import Answer, table


def make_answers(*words: str) -> pd.DataFrame:
    return table((Answer(f"r{place}", "q", "never looked at", each) for place, each in enumerate(words)), Answer)


def find(phrase: str, *words: str, around: int = 60) -> list[str]:
    return [hit.words for hit in find_phrase(make_answers(*words), phrase, around)]


@pytest.mark.parametrize(
    ("phrase", "words", "found"),
    [
        ("black hole", "It all goes into a BLACK\n  hole.", ["BLACK hole"]),
        ("we weren't asked", "We weren\u2019t asked.", ["We weren\u2019t asked"]),
        ("listen*", "They listened. I listen, unlistening never.", ["listened", "listen"]),
        ("listen", "They listened.", []),
        ("trust", "No trust, no Trust.", ["trust", "Trust"]),
        ("(a.b)", "See (a.b) and (axb).", ["(a.b)"]),
        ("na\u00efve", "A NA\u00cfVE hope", ["NA\u00cfVE"]),
    ],
)
def test_a_phrase_is_found_as_people_wrote_it(phrase: str, words: str, found: list[str]) -> None:
    assert find(phrase, words) == found


def test_places_are_characters_of_the_masked_words() -> None:
    words = "Then [name] said: black hole."
    (hit,) = find_phrase(make_answers(words), "black hole", 60)
    assert words[hit.start : hit.end] == "black hole"
    assert (hit.before, hit.after) == ("Then [name] said:", ".")


def test_context_is_cut_at_whole_words() -> None:
    (hit,) = find_phrase(make_answers("one two three four phrase five six seven"), "phrase", 10)
    assert (hit.before, hit.after) == ("\u2026 four", "five six \u2026")


def test_a_phrase_without_a_word_is_refused() -> None:
    with pytest.raises(UsageError, match="no word"):
        find("***", "words")
