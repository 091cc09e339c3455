import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.coding.tokens import list_stems, list_tokens


@given(st.text(max_size=100))
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = list_tokens(text)
    assert [token.stem for token in tokens] == list_stems(text)
    for token in tokens:
        assert text[token.start : token.end].lower().replace("\u2019", "'").replace("\u02bc", "'") == token.word


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Listened, listening LISTENS", ["listen"] * 3),
        ("didn\u2019t wasn't", ["didn't", "wasn't"]),
        ("41 weeks?!?", ["#", "week", "?"]),
        ("[name] and [date of birth] [1]", ["[", "and", "[", "#"]),
        ("diolch i\u02bcr t\u00eem", ["diolch", "i'r", "t\u00eem"]),
    ],
)
def test_words_are_stemmed(text: str, stems: list[str]) -> None:
    assert list_stems(text) == stems
