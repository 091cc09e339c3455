import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.coding.streams import Lexicon, cut_texts, cut_word, find_denied, find_sorted, mark_values, spread_ranges
from coprod_cli.coding.tokens import list_tokens

STEMS = ("listen", "never", "they", "us")
# "they listen" and "listen us".
PAIRS = np.asarray([0 * 4 + 3, 2 * 4 + 0])
KNOWN = Lexicon(STEMS, (" us", "us ", "ten"), PAIRS, np.asarray([2 * 1 * 4 + 0, 2 * 1 * 4 + 4 + 1]))
TEXTS = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["They listened", "us", "", "\n", "[name] us?!"])))


@given(TEXTS)
def test_a_batch_of_texts_is_cut_as_each_of_them_is(texts: list[str]) -> None:
    stream = cut_texts(texts)
    for row, text in enumerate(texts):
        begin, end = stream.edges[row : row + 2]
        tokens = list_tokens(text)
        assert [stream.words[number] for number in stream.numbers[begin:end]] == [token.word for token in tokens]
        assert (stream.starts[begin:end] - stream.offsets[row]).tolist() == [token.start for token in tokens]


def test_stems_and_pairs_are_found_but_never_across_texts() -> None:
    stream = cut_texts(["They listened", "us", "nobody listens to us", "THEY listening us"])
    stems = KNOWN.find_stems(stream.words)[stream.numbers]
    assert stems.tolist() == [2, 0, 3, -1, 0, -1, 3, 2, 0, 3]
    assert KNOWN.find_pairs(stems, stream.edges).tolist() == [1, -1, -1, -1, -1, -1, -1, 1, 0, -1]


def test_a_stem_beside_a_theme_is_known_for_that_theme_only() -> None:
    themes, stems = np.asarray([1, 0, 1, 1]), np.asarray([0, 0, 1, -1])
    assert KNOWN.find_themed(themes, stems, np.asarray([False] * 4)).tolist() == [0, -1, -1, -1]
    assert KNOWN.find_themed(themes, stems, np.asarray([True] * 4)).tolist() == [-1, -1, 1, -1]


def test_a_denial_reaches_four_words_of_its_own_text() -> None:
    stream = cut_texts(["nobody", "they never did ask us about it", "", "I don't"])
    assert find_denied(stream).tolist() == [False] * 3 + [True] * 4 + [False] * 3


def test_pieces_do_not_reach_across_words_and_masks_have_none() -> None:
    assert cut_word("no") == (" no", "no ", " no ")
    assert cut_word("[school]") == ()
    assert KNOWN.mark_pieces(["us", "heard", "[school]"]).toarray().tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert KNOWN.mark_pieces(["often"]).toarray().tolist() == [[0, 0, 1]]


@pytest.mark.parametrize(("wanted", "places"), [([3, 8, 4], [0, 1, -1]), ([], []), ([9], [-1])])
def test_numbers_are_found_among_sorted_ones(wanted: list[int], places: list[int]) -> None:
    assert find_sorted(PAIRS, np.asarray(wanted, dtype=np.int64)).tolist() == places
    assert find_sorted(PAIRS[:0], np.asarray(wanted, dtype=np.int64)).tolist() == [-1] * len(wanted)


def test_ranges_of_places_are_spread_and_marked_in_order() -> None:
    spread, pointers = spread_ranges(np.asarray([4, 2, 0]), np.asarray([6, 2, 1]))
    assert spread.tolist() == [4, 5, 0]
    assert pointers.tolist() == [0, 2, 2, 3]
    marked = mark_values(np.asarray([1, -1, 1]), pointers, 2)
    assert marked.toarray().tolist() == [[0, 1], [0, 0], [0, 1]]
