import numpy as np
import pytest

from coprod_cli.coding.encoder import (
    MOST_ASKED,
    MOST_PIECES,
    Encoder,
    EncoderReading,
    join_readings,
    list_windows,
    load_encoder,
    merge_readings,
    speaks_for_itself,
)
from coprod_cli.coding.engine import Asked
from coprod_cli.coding.segments import split_answer
from coprod_cli.model.tables import ROLES

SENTENCE = "They asked us what we thought, and then nobody wrote any of it down. "


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def ask(words: str, question: str = "Any other comments?", role: str = "parent") -> Asked:
    return Asked(words, question, role)


def test_an_answer_is_read_with_its_question_and_role(encoder: Encoder) -> None:
    [window] = list_windows(encoder.pieces, ask("It's in a drawer.", "What happened next?", "practitioner"))
    assert len(window.ids) == len(window.types) == len(window.inside)
    assert sum(window.inside) == len(window.places) + 1
    assert window.types.count(1) == window.inside.count(0.0) - 1
    assert window.role == ROLES.index("practitioner")


def test_a_role_that_is_not_known_counts_as_other(encoder: Encoder) -> None:
    [window] = list_windows(encoder.pieces, ask("Fine by me", role="wizard"))
    assert window.role == ROLES.index("other")


def test_a_long_answer_is_read_in_windows_that_end_where_segments_end_and_lose_nothing(encoder: Encoder) -> None:
    words = SENTENCE * 40
    windows = list_windows(encoder.pieces, ask(words))
    places = [place for window in windows for place in window.places]
    assert len(windows) > 1
    assert places == [(piece.start, piece.end) for piece in encoder.pieces.cut(words, 10**6)]
    assert all(len(window.places) <= MOST_PIECES for window in windows)
    ends = {segment.end for segment in split_answer(words)}
    assert all(window.places[-1][1] in ends for window in windows[:-1])


def test_words_without_an_end_are_cut_all_the_same(encoder: Encoder) -> None:
    windows = list_windows(encoder.pieces, ask("drawer " * 1000))
    assert [len(window.places) for window in windows] == [MOST_PIECES] * 5


def test_a_long_question_does_not_crowd_out_the_answer(encoder: Encoder) -> None:
    [window] = list_windows(encoder.pieces, ask("In a drawer.", "why " * 500))
    assert window.inside.count(0.0) == MOST_ASKED + 2


@pytest.mark.parametrize("words", ["", " \n ", "\u200b"])
def test_nothing_is_read_off_nothing(words: str, encoder: Encoder) -> None:
    assert list_windows(encoder.pieces, ask(words)) == []
    assert encoder.read(ask(words)) is None


def test_an_answer_is_read_the_same_alone_and_among_others_to_the_last_bit(encoder: Encoder) -> None:
    answers = [ask(SENTENCE * size) for size in (1, 3, 30)] + [ask("Its in a drawer. Trish seen the drawer.")]
    together = encoder.read_all(answers)
    for answer, reading in zip(reversed(answers), reversed(together), strict=True):
        alone = encoder.read(answer)
        assert alone is not None
        assert reading is not None
        for one, other in zip(alone, reading, strict=True):
            np.testing.assert_array_equal(one, other)


def make_reading(theme: float, other: float, start: int) -> EncoderReading:
    three = np.full((2, 3), theme, dtype=np.float32)
    return EncoderReading(
        np.asarray([theme, other], dtype=np.float32),
        three,
        three,
        three[:1, :2],
        three[None],
        np.asarray([[start, 9]]),
    )


def test_windows_are_joined_theme_by_theme_from_the_one_that_speaks_most_of_it() -> None:
    joined = join_readings([make_reading(1.0, 5.0, 0), make_reading(3.0, 2.0, 4)])
    assert joined.themes.tolist() == [3.0, 5.0]
    assert joined.stances[:, 0].tolist() == [3.0, 1.0]
    assert joined.places[:, 0].tolist() == [0, 4]
    assert joined.pieces.shape == (2, 2)


def test_the_stance_of_words_enough_hangs_on_no_question_and_their_level_may(encoder: Encoder) -> None:
    words = "They talked over us and never listened to a word."
    good, bad = (encoder.read(ask(words, question)) for question in ("What was good?", "What was not good?"))
    assert good is not None
    assert bad is not None
    np.testing.assert_array_equal(good.stances, bad.stances)
    np.testing.assert_array_equal(good.piece_stances, bad.piece_stances)
    assert (good.levels != bad.levels).any()
    assert (good.themes != bad.themes).any()


def test_few_words_are_read_with_their_question_alone(encoder: Encoder) -> None:
    asked = ask("The evening ones.", "What was not good?")
    read, meaning = encoder.read(asked), encoder.find_meaning(asked)
    assert read is not None
    assert meaning is not None
    for one, other in zip(read, meaning.reading, strict=True):
        np.testing.assert_array_equal(one, other)


def test_both_networks_count_alike_in_what_is_there(encoder: Encoder) -> None:
    asked = ask(SENTENCE)
    read, meaning, bare = encoder.read(asked), encoder.find_meaning(asked), encoder.read(asked._replace(question=""))
    assert read is not None
    assert meaning is not None
    assert bare is not None
    assert (read.themes != meaning.reading.themes).any()
    np.testing.assert_array_equal(read.stances, bare.stances)
    np.testing.assert_array_equal(read.levels, meaning.reading.levels)


def test_of_two_readings_presence_is_the_mean_stance_is_of_the_words_alone_and_level_of_what_was_asked() -> None:
    merged = merge_readings(make_reading(1.0, 5.0, 0), make_reading(3.0, 2.0, 0))
    assert merged.themes.tolist() == [2.0, 3.5]
    assert merged.pieces.tolist() == [[2.0, 2.0]]
    assert (merged.stances[0, 0], merged.piece_stances[0, 0, 0], merged.levels[0, 0]) == (3.0, 3.0, 1.0)
    assert merged.themes.dtype == np.float32


@pytest.mark.parametrize(
    ("words", "question", "speaks"),
    [
        ("The evening ones, mostly, yes", "What was good?", False),
        ("The evening ones, mostly, yes indeed", "What was good?", True),
        ("[name] and [school] were both lovely", "What was good?", True),
        ("The evening ones", "", True),
    ],
)
def test_from_six_words_on_or_where_nothing_was_asked_an_answer_speaks_for_itself(
    words: str, question: str, *, speaks: bool
) -> None:
    assert speaks_for_itself(ask(words, question)) == speaks
