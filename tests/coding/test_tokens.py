import subprocess
import sys
from pathlib import Path

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
        # Other versions of the algorithm take these for "even", "ad" and "univers".
        ("evening added universities", ["evening", "add", "universiti"]),
        ("diolch i\u02bcr t\u00eem", ["diolch", "i'r", "t\u00eem"]),
    ],
)
def test_words_are_stemmed(text: str, stems: list[str]) -> None:
    assert list_stems(text) == stems


def test_stems_are_the_same_where_another_stemmer_is_installed(tmp_path: Path) -> None:
    # PyStemmer, whose own stems are of another version, takes the place of snowballstemmer's where it is installed.
    (tmp_path / "Stemmer.py").write_text("algorithms = list\nclass Stemmer: ...\n", encoding="utf-8")
    told = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom coprod_cli.coding.tokens import list_stems\n"
    shown = subprocess.run(
        [sys.executable, "-c", f"{told}print(list_stems('universities'))"], check=False, capture_output=True
    )
    assert shown.stdout.split() == [b"['universiti']"], shown.stderr


def test_coding_carries_nothing_large_that_it_does_not_need() -> None:
    asked = (
        "import sys, coprod_cli.coding\nprint({'nltk', 'sklearn', 'scipy.stats', 'scipy.cluster'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", asked], check=False, capture_output=True)
    assert shown.stdout.split() == [b"set()"], shown.stderr
