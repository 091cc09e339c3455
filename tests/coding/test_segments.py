import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.coding.segments import split_answer

CORPUS = Path(__file__).parent.parent.parent / "data" / "corpus"
# The only answers of the corpus with a segment of more than forty words.
RUN_ON = {"w01-030", "w20-278"}

MESSY = st.text(
    alphabet=st.one_of(
        st.sampled_from("aeinst.,;:-!?'\"\n\r\t (){}*1. \u2019\u2022\u2013\u2014\u2026"), st.characters()
    ),
    max_size=200,
)


def cut(words: str) -> list[str]:
    return [words[segment.start : segment.end] for segment in split_answer(words)]


@given(MESSY)
def test_segments_lie_in_the_answer_in_order_and_never_overlap(words: str) -> None:
    end = 0
    sentence = 0
    for segment in split_answer(words):
        assert end <= segment.start < segment.end <= len(words)
        assert segment.sentence in {sentence, sentence + 1}
        assert any(letter.isalnum() or letter == "_" for letter in words[segment.start : segment.end])
        end, sentence = segment.end, segment.sentence


@given(MESSY)
def test_no_letter_is_lost_between_segments(words: str) -> None:
    covered = {place for segment in split_answer(words) for place in range(segment.start, segment.end)}
    lost = [words[place] for place in range(len(words)) if place not in covered and words[place].isalpha()]
    # Bullets such as "a)" are the only letters that belong to no segment.
    assert len(lost) <= words.count(")")


@given(st.lists(st.sampled_from(["They came.", "we went", "but, yes;", "- no", "\n"]), max_size=40))
def test_splitting_a_segment_again_finds_its_words_again(parts: list[str]) -> None:
    words = " ".join(parts)
    for segment in split_answer(words):
        assert split_answer(words[segment.start : segment.end])


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("nobody listened. they just ticked boxes", ["nobody listened.", "they just ticked boxes"]),
        ("nobody listened.They just ticked boxes", ["nobody listened.", "They just ticked boxes"]),
        ("- the time\n- the place\n\u2022 parking", ["the time", "the place", "parking"]),
        ("1. good chair\n2) bad room", ["good chair", "bad room"]),
        ("Mrs. Green came e.g. on Monday. Dr. Lee did not", ["Mrs. Green came e.g. on Monday.", "Dr. Lee did not"]),
        ("We met at 2.30 p.m. every week", ["We met at 2.30 p.m. every week"]),
        ("They listened to us but nothing was changed", ["They listened to us", "but nothing was changed"]),
        ("The staff were kind; the plan was late", ["The staff were kind", "the plan was late"]),
        ("It all took ages \u2013 we had given up", ["It all took ages", "we had given up"]),
        ('"We decide." That was it.', ['"We decide."', "That was it."]),
        ("nothing but kind", ["nothing but kind"]),
        ("", []),
        (" ... \n !!", []),
    ],
)
def test_an_answer_is_cut_where_its_meaning_may_turn(words: str, parts: list[str]) -> None:
    assert cut(words) == parts


def test_parts_of_one_sentence_share_its_number() -> None:
    numbers = [segment.sentence for segment in split_answer("They listened to us but nothing was changed. We left.")]
    assert numbers == [0, 0, 1]


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("answers.jsonl", "6a9c7b861b127f9cc94f00883b4607ba71f1cbf1440b041be70a69766574a8df"),
        ("more.jsonl", "63c4bda380425f3d3de64b0ee379db6bd963747c0a102af44998cd51c0a558f0"),
    ],
)
def test_answers_without_a_very_long_segment_are_cut_as_when_the_weights_were_learnt(name: str, digest: str) -> None:
    told = sha256()
    for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        if answer["id"] not in RUN_ON:
            told.update(json.dumps([answer["id"], split_answer(answer["text"])]).encode())
    # Where this fails because answers are cut in another way, the weights must be learnt again.
    assert told.hexdigest() == digest


def test_what_is_written_without_a_mark_is_cut_where_it_turns() -> None:
    words = (
        "we went to the hall again and nobody told us what was happening then they never listened to a single word "
        "when we said about the taxi i was so cross my lad was sat there with no one to talk to for hours it was all "
        "decided before we came"
    )
    assert cut(words) == [
        "we went to the hall again",
        "and nobody told us what was happening then they never listened to a single word",
        "when we said about the taxi i was so cross my lad was sat there",
        "with no one to talk to for hours it was all decided before we came",
    ]


@given(st.lists(st.sampled_from(["they", "never", "caf\u00e9s", "don't", "listened", "when", "we", "so"]), min_size=41))
def test_a_very_long_segment_is_cut_into_runs_of_whole_words(parts: list[str]) -> None:
    words = " ".join(parts)
    runs = [each.split() for each in cut(words)]
    assert [word for run in runs for word in run] == parts
    assert max(map(len, runs)) <= 40
    assert all(segment.sentence == 0 for segment in split_answer(words))


def test_forty_words_are_left_whole_and_one_more_is_cut() -> None:
    assert len(cut("word " * 40)) == 1
    assert [len(each.split()) for each in cut("word " * 41)] == [21, 20]
