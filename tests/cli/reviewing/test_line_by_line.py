"""Line by line everything is said in words, once, in order; and the end of what comes is the end of the session."""

import re
from collections.abc import Sequence

from coprod_cli.cli.reviewing.line_by_line import review_line_by_line
from coprod_cli.cli.reviewing.session import Session, Shown, begin


def talk(session: Session, lines: Sequence[str]) -> tuple[Session, list[str], list[Session]]:
    """What is left, what was said, and every session that was to be saved."""
    waiting = [f"{line}\n" for line in lines]
    said: list[str] = []
    saved: list[Session] = []

    def save(before: Session, after: Session) -> Session:
        if before.decided != after.decided:
            saved.append(after)
        return after

    left = review_line_by_line(session, save, lambda: waiting.pop(0) if waiting else "", said.append)
    return left, said, saved


def test_an_answer_is_told_in_sentences_and_asked_about_in_one(session: Session) -> None:
    left, said, saved = talk(session, [])
    assert left.ended
    assert saved == []
    assert said == [
        "",
        "Answer 1 of 3. 0 done, 3 left.",
        "From: Short breaks, 2025, Parents and carers",
        "Asked: What was good?",
        "Answer: They told us why. Trust grew, but nothing changed for [name].",
        'Code 1: Openness, honesty and information, positive, joint work; machine sure. Evidence: "They told us why"',
        'Code 2: Trust, positive, joint work; machine not sure. Evidence: "Trust grew"',
        "What do you say? a accept, 1-2 change, + add, r no theme, s skip, u undo, n note, ? help, t ticked, q quit:",
    ]


def test_decisions_are_handed_on_one_by_one_and_what_has_changed_is_told_again(session: Session) -> None:
    left, said, saved = talk(session, ["2", "negative", "add", "trsut", "1", "p", "j", "all", "A", "skip", "r", "q"])
    assert [sorted(each.decided) for each in saved] == [["a1"], ["a1", "a3"]]
    assert left.skipped == {"a2"}
    told = "\n".join(said)
    assert 'Code 2: Trust, negative, joint work; yours. Evidence: "Trust grew"' in told
    assert "1 is Trust." in told
    assert "Evidence: the whole answer" in told
    assert "1 was skipped: asked again next time." in told
    assert told.count("Answer: ") == 3
    assert "What do you say? +, r, s, u, n, ?, t, q:" not in told
    assert "What do you say? a, +, r, s, u, n, ?, t, q:" in told


def test_what_keys_do_is_told_again_where_one_does_nothing(session: Session) -> None:
    _, said, _ = talk(session, ["s", "z"])
    assert said[-2:] == [
        "That does nothing here.",
        "What do you say? a accept, + add, r no theme, s skip, u undo, n note, ? help, t ticked, q quit:",
    ]


def test_rules_are_read_out_and_themes_listed_by_number(session: Session) -> None:
    _, said, _ = talk(session, ["?", "trust", "", "+", "?"])
    assert "Trust:" in said
    assert "20 is The service itself - support, delays, paperwork, money." in said


def test_hostile_words_are_harmless_line_by_line_too(session: Session) -> None:
    words = "a\x1b[2J\x9b1m\u202eb\x07"
    bad = begin(session.framework, [Shown(session.now.answer._replace(words=words, question=words), ())], {}, "carer")
    _, said, _ = talk(bad, ["+", "trust", "n", "j", "a ... b", "n", "\x1b[0m", "q"])
    assert not re.search(r"[\x00-\x08\x1b\x7f-\x9f\u202e]", "\n".join(said))
