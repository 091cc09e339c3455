import numpy as np

from coprod_cli.coding import Asked, find_meanings
from coprod_cli.coding.encoder import load_encoder

ASKED = [
    Asked("They asked us first and changed the leaflet.", "What was good?", "parent"),
    Asked("We were consulted early, and the leaflet was rewritten.", "What was good?", "parent"),
    Asked("The car park is too small for the minibus.", "What was good?", "parent"),
]


def test_answers_that_say_alike_things_lie_nearer_each_other() -> None:
    one, alike, other = find_meanings(ASKED)
    assert one.shape == (384,)
    assert np.linalg.norm(one - alike) < np.linalg.norm(one - other)


def test_a_meaning_hangs_on_its_answer_alone() -> None:
    together = find_meanings([*ASKED, ASKED[0]])
    np.testing.assert_array_equal(together[0], together[3])
    np.testing.assert_array_equal(together[1], find_meanings([ASKED[1]])[0])


def test_no_words_have_no_meaning() -> None:
    assert not find_meanings([Asked("", "What was good?", "parent")]).any()
    assert find_meanings([]).shape == (0, 384)


def test_meanings_do_not_change_what_the_encoder_reads() -> None:
    encoder = load_encoder()
    long = Asked("They asked us what we thought, and nobody wrote any of it down. " * 40, "", "parent")
    for asked in (*ASKED, long):
        meaning, reading = encoder.find_meaning(asked), encoder.read(asked)
        assert meaning is not None
        assert reading is not None
        for one, other in zip(encoder.complete(asked, meaning.reading), reading, strict=True):
            np.testing.assert_array_equal(one, other)
        assert len(meaning.states) == len(reading.places)
