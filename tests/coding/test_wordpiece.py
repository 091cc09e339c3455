import pytest

from coprod_cli.coding.wordpiece import WordPieces

KNOWN = WordPieces(
    [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "drawer",
        "in",
        "a",
        "##s",
        "cafe",
        "listen",
        "##ed",
        "[",
        "]",
        "name",
        "'",
        "t",
    ]
)


def show(text: str, most: int = 100) -> list[tuple[int, str]]:
    return [(piece.number, text[piece.start : piece.end]) for piece in KNOWN.cut(text, most)]


def test_words_are_cut_into_the_longest_known_pieces_with_their_places() -> None:
    assert show("In a drawers") == [(5, "In"), (6, "a"), (4, "drawer"), (7, "s")]


@pytest.mark.parametrize("spelt", ["café", "cafe\u0301", "CAFÉ", "ca\u200bfe"])
def test_accents_case_and_invisible_characters_do_not_matter(spelt: str) -> None:
    [(number, words)] = show(spelt)
    assert number == 8
    assert words == spelt.removesuffix("\u0301")


def test_marks_stand_by_themselves_and_masks_are_read() -> None:
    assert show("[name]'t") == [(11, "["), (13, "name"), (12, "]"), (14, "'"), (15, "t")]


def test_a_word_of_unknown_parts_is_one_unknown_piece() -> None:
    assert show("listenedzz in") == [(1, "listenedzz"), (5, "in")]
    assert show("a" * 101) == [(1, "a" * 101)]
    assert show("\U0001f600 drawer") == [(1, "\U0001f600"), (4, "drawer")]


def test_cutting_stops_at_the_most_pieces() -> None:
    assert show("in a drawers in a", 4) == [(5, "in"), (6, "a"), (4, "drawer"), (7, "s")]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b"])
def test_nothing_gives_no_piece(text: str) -> None:
    assert show(text) == []


def test_every_special_piece_must_be_there() -> None:
    with pytest.raises(KeyError):
        WordPieces(["[PAD]", "[UNK]", "[CLS]"])
