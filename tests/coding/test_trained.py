import json
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from coprod_cli.coding import CHANCES, ENGINES
from coprod_cli.coding.engine import Asked, Found
from coprod_cli.coding.segments import split_answer
from coprod_cli.coding.shipped import find_weights, read_checked
from coprod_cli.model.errors import CoprodError
from coprod_cli.model.framework import Framework

ROOT = Path(__file__).parents[2]
PLAIN = "Any other comments?"
ASKED_FOR_GOOD = "What was good about how parents and professionals worked together?"
ASKED_FOR_CHANGE = "What changed because parents were involved?"
ASKED_FOR_BAD = "What was not good, or could have been better?"


def code(framework: Framework, words: str, question: str = PLAIN, role: str = "parent") -> tuple[Found, ...]:
    [found] = ENGINES["trained"]([Asked(words, question, role)], framework)
    return found


@pytest.mark.parametrize(
    ("question", "words", "theme", "stance"),
    [
        (ASKED_FOR_CHANGE, "Its in a drawer. Trish seen the drawer.", "influence_feedback", "negative"),
        (PLAIN, "Decisions got made in the car park after by folk with lanyards.", "shared_decisions", "negative"),
        (PLAIN, "Nobody ever came back to tell us what happened to all our ideas.", "influence_feedback", "negative"),
        (PLAIN, "They put a creche on and paid for my taxi, so I could come.", "inclusion_access", "positive"),
    ],
)
def test_it_finds_what_people_say_when_they_do_not_use_the_word(
    framework: Framework, question: str, words: str, theme: str, stance: str
) -> None:
    assert (theme, stance) in {(found.theme, found.stance) for found in code(framework, words, question)}


def test_evidence_of_a_long_answer_is_the_part_that_carries_the_theme(framework: Framework) -> None:
    filler = "We met on the second floor and there were nine of us, most of us with a coat on. " * 4
    carrying = "Nobody ever came back to tell us what happened to all our ideas."
    words = filler + carrying + " " + filler.strip()
    [found] = [each for each in code(framework, words) if each.theme == "influence_feedback"]
    assert carrying[:40] in words[found.start : found.end]
    assert found.end - found.start < len(words) / 2
    edges = {place for segment in split_answer(words) for place in segment[:2]}
    assert {found.start, found.end} <= edges


def test_what_is_named_less_surely_is_told_as_unsure(framework: Framework) -> None:
    lines = (ROOT / "data" / "corpus" / "answers.jsonl").read_text(encoding="utf-8").splitlines()[::200]
    coded = ENGINES["trained"]([Asked(json.loads(line)["text"], PLAIN, "parent") for line in lines], framework)
    mentions = [found for each in coded for found in each]
    sure = [found.confidence for found in mentions if not found.unsure]
    doubted = [found.confidence for found in mentions if found.unsure]
    assert sure
    assert doubted
    assert min(sure) > max(doubted)


@pytest.mark.parametrize("question", [ASKED_FOR_GOOD, ASKED_FOR_BAD, PLAIN, ""])
def test_words_enough_keep_their_stance_whatever_was_asked(framework: Framework, question: str) -> None:
    stances = {
        each.theme: each.stance
        for each in code(framework, "They talked over us and never listened to a word.", question)
    }
    assert stances["listened_to"] == "negative"


@pytest.mark.parametrize(("question", "stance"), [(ASKED_FOR_GOOD, "positive"), (ASKED_FOR_BAD, "negative")])
@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Listening", "listened_to"),
        ("Communication", "openness"),
        ("Parking", "inclusion_access"),
        ("Teamwork", "reciprocity"),
        ("Feedback", "influence_feedback"),
    ],
)
def test_a_bare_word_leans_on_its_question(
    framework: Framework, words: str, theme: str, question: str, stance: str
) -> None:
    assert (theme, stance) in {(each.theme, each.stance) for each in code(framework, words, question)}


def test_chances_agree_with_what_is_named(framework: Framework) -> None:
    asked = [
        Asked(words, PLAIN, "parent") for words in ("They never told us why.", "n/a", "It was a shambles, honest.")
    ]
    themes, chances, least = CHANCES["trained"](asked, framework)
    for row, found in zip(chances, ENGINES["trained"](asked, framework), strict=True):
        named = {themes[place] for place in np.flatnonzero(row >= least)}
        assert named == {each.theme for each in found}


@pytest.mark.parametrize("name", ["encoder/asked.onnx", "encoder/unasked.onnx", "encoder/words.npz"])
def test_an_encoder_that_was_tampered_with_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    copytree(str(find_weights()), folder)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(CoprodError, match="not the one that belongs"):
        read_checked(folder, name)
