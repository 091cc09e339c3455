import numpy as np

from coprod_cli.coding.shipped import load_linear
from coprod_cli.coding.terms import LEAST_PEOPLE, LEAST_PUBLIC, Term, count_terms, count_texts, is_shipped


def test_terms_are_stems_pairs_and_pieces_and_none_reaches_across_a_mask() -> None:
    found = count_terms("Meetings with [name] meetings")
    assert found[Term(False, "meet")] == 2
    assert Term(False, "meet with") in found
    assert not [term for term in found if "[" in term.text or "name" in term.text]
    assert Term(False, "with meet") not in found
    assert Term(True, " mee") in found


def test_a_term_is_known_only_where_enough_different_people_used_it() -> None:
    texts = ["lift"] * 9 + ["ramp"] * 5 + ["bus"] * 4 + ["hall"] * 2 + ["desk"] * 2
    people = [*["one"] * 9, *"abcde", *"abcd", *"ab", *"aa"]
    public = {Term(False, "hall"), Term(False, "desk")}
    counted = count_texts(texts, people, public.__contains__)
    vocabulary, _ = counted.draw(np.arange(len(texts)))
    assert (LEAST_PEOPLE, LEAST_PUBLIC) == (5, 2)
    # Nine times by one person, four times by four, and a public word twice by one: all too few.
    assert [term.text for term in vocabulary.terms if not term.is_piece] == ["hall", "ramp"]


def test_texts_are_weighed_to_one_length_each_words_and_pieces_apart() -> None:
    texts = ["lift ramp", "ramp ramp bus", "lift bus", "lift", "ramp"]
    counted = count_texts(texts, list("abcde"), lambda _: True)
    vocabulary, places = counted.draw(np.arange(5))
    marked = vocabulary.mark(texts).toarray()
    np.testing.assert_allclose(marked, vocabulary.weigh(counted.counts[:, places]).toarray())
    for kind in (vocabulary.is_piece, ~vocabulary.is_piece):
        np.testing.assert_allclose((marked[:, kind] ** 2).sum(axis=1), 1)
    assert not vocabulary.mark(["zebra"])[:, ~vocabulary.is_piece].toarray().any()


def test_terms_that_ship_are_known_by_the_lexicon() -> None:
    lexicon = load_linear().lexicon
    assert is_shipped(lexicon, Term(False, "listen"))
    assert is_shipped(lexicon, Term(False, "listen to"))
    assert not is_shipped(lexicon, Term(False, "zebedeeish"))
    assert not is_shipped(lexicon, Term(False, "zebedeeish to"))
    assert not is_shipped(lexicon, Term(True, "zqx"))


def test_where_people_are_unknown_only_words_that_ship_are_taken() -> None:
    texts = ["the lift at Zebbing", "the lift", "lift", "a lift", "lift Zebbing", "Zebbing", "Zebbing", "Zebbing"]
    answers = [str(each) for each in range(len(texts))]
    public = {Term(False, "lift"), Term(False, "at")}
    counted = count_texts(texts, answers, public.__contains__, known=False)
    assert counted.draw(np.arange(len(texts)))[0].terms == (Term(False, "lift"),)
    assert Term(False, "zeb") in count_texts(texts, answers, public.__contains__).draw(np.arange(len(texts)))[0].terms
