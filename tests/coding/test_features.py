import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.coding.features import Vocabulary, list_grams, list_pieces, list_themed_stems, weigh_rarity

TEXTS = ["they listened to us", "they never listened", "nobody asked us", "", "a ticket to nowhere"]
RARITY = weigh_rarity(TEXTS, list_pieces, 1)
KNOWN = Vocabulary(tuple(RARITY), np.asarray(list(RARITY.values()), dtype=np.float32), list_pieces)


def test_grams_are_stems_and_their_pairs() -> None:
    assert list_grams("they listened well") == ["they", "listen", "well", "they listen", "listen well"]


def test_pieces_do_not_reach_across_words() -> None:
    assert list_pieces("no go") == [" no", "no ", " no ", " go", "go ", " go "]


def test_themed_stems_belong_to_their_theme() -> None:
    assert list_themed_stems(("trust", "trust, trusted us")) == ["trust|trust", "trust|us"]


def test_rare_grams_weigh_more_and_the_rarest_are_left_out() -> None:
    rarity = weigh_rarity(TEXTS, list_grams, 2)
    assert set(rarity) == {"they", "listen", "us", "to"}
    assert weigh_rarity(TEXTS, list_grams, 1)["nobodi"] > rarity["us"]


@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_row_depends_on_its_own_text_alone(texts: list[str]) -> None:
    together = KNOWN.weigh([*TEXTS, *texts]).toarray()
    for row, text in enumerate([*TEXTS, *texts]):
        alone = KNOWN.weigh([text]).toarray()[0]
        assert np.array_equal(together[row], alone)
        assert np.isclose(np.linalg.norm(alone), 1.0) or not alone.any()
