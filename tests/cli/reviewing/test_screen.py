"""The screen shows the answer with its evidence marked, in any window; nothing that steers a terminal gets through."""

import re
from collections.abc import Callable, Sequence

import pytest
from rich.cells import cell_len

from coprod_cli.cli.reviewing.screen import Frame, draw, mark_words, paint
from coprod_cli.cli.reviewing.session import Session, Shown, begin
from coprod_cli.cli.reviewing.steps import step
from coprod_cli.model.answers import AskedAnswer, Marked
from coprod_cli.model.framework import Framework

TypeIn = Callable[[Session, Sequence[str]], Session]
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "Ask\x1b]0;owned\x07 \x1b[2J\x9b31m\u202egnirts\r\nback\x08\x7f \u2066x\u2069\u2028end \ud800 \x00"
WIDE = (
    "\u4ed6\u4eec\u6ca1\u6709\u542c\u6211\u4eec" * 12 + " \U0001f468\u200d\U0001f469\u200d\U0001f467 \u05dc\u05d0 " * 9
)


def read(frame: Frame) -> str:
    return "\n".join(line.plain.rstrip() for line in frame.lines)


def make(framework: Framework, words: str, marks: Sequence[tuple[int, int]] = (), question: str = "") -> Session:
    codes = [Marked("trust", "positive", "project", *each, 0.5, unsure=True, coder="cues") for each in marks]
    return begin(framework, [Shown(AskedAnswer("a1", words, question, "parent", words), tuple(codes))], {}, "carer")


def test_one_screen_says_where_one_is_what_was_asked_and_written_and_what_can_be_done(session: Session) -> None:
    shown = read(draw(session, "", 100, 24))
    for told in (
        "Answer 1 of 3. 0 done, 3 left.",
        "Short breaks, 2025, Parents and carers",
        "What was good?",
        "[1 They told us why 1]. [2 Trust grew 2], but nothing changed for [name].",
        "1 Openness, honesty and information, positive, joint work (machine sure)",
        "2 Trust, positive, joint work (machine not sure)",
        "a = accept   1-2 = change   + = add   r = no theme   s = skip   u = undo",
        "q = quit",
    ):
        assert told in shown
    assert len(draw(session, "", 100, 24).lines) == 24


def test_what_was_coded_by_hand_and_by_oneself_is_told_apart(framework: Framework, session: Session) -> None:
    codes = (session.codes[0]._replace(coder="school", confidence=1.0), session.codes[1])
    told = begin(framework, [Shown(session.now.answer, codes)], {}, "carer", people=["school"])
    shown = read(draw(step(step(told, "2"), "n"), "", 100, 24))
    assert "(coded by school)" in shown
    assert "2 Trust, negative, joint work (yours)" in shown


def test_stretches_may_overlap_be_the_same_or_lie_within_each_other() -> None:
    assert mark_words("one two three", [("1", 0, 7), ("2", 4, 13)]).plain == "[1 one [2 two 1] three 2]"
    assert mark_words("one two", [("1", 0, 7), ("2", 0, 7)]).plain == "[1,2 one two 1,2]"
    assert mark_words("one two", [("1", 0, 7), ("2", 4, 7)]).plain == "[1 one [2 two 1,2]"
    assert mark_words("one two", [("1", 4, 99), ("2", 3, 3)]).plain == "one [1 two 1]"
    assert mark_words("", [("1", 0, 0)]).plain == ""


@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
@pytest.mark.parametrize("height", [1, 6, 24])
def test_every_window_is_kept_to_and_nothing_of_the_answer_is_lost(
    framework: Framework, width: int, height: int, type_in: TypeIn
) -> None:
    session = make(framework, f"{WIDE} the very end", [(0, 5), (3, 9)], "Why? " * 20)
    for way in ([], ["1"], ["+"], ["+", "and"], ["1", "e"], ["?"], ["?", "1"], ["r"]):
        now = type_in(session, way)
        frame = draw(now, "typed", width, height)
        assert len(frame.lines) <= max(height, 2)
        assert all(cell_len(line.plain) <= max(width - 2, 20) for line in frame.lines)
    seen, offset = "", 0
    while True:
        frame = draw(session, "", width, height, offset)
        seen += read(frame)
        if not frame.more:
            break
        offset += max(frame.page - 1, 1)
    assert "".join(WIDE.split())[:8] in "".join(re.sub(r"\[[12,]+|[12,]+\]", "", seen).split())
    assert "end" in seen


@pytest.mark.parametrize("width", range(30, 60))
def test_no_line_ends_between_a_mark_and_its_word(framework: Framework, width: int) -> None:
    words = "They met us at the school and told them in June that nothing would change"
    session = make(framework, words, [(words.index("met"), words.index(" would"))])
    lines = [line.plain.rstrip() for line in draw(session, "", width, 24).lines]
    assert any("[1 met" in line for line in lines)
    assert any("nothing 1]" in line for line in lines)


@pytest.mark.parametrize("width", [40, 80, 90, 120])
def test_themes_are_listed_by_their_whole_names(session: Session, width: int) -> None:
    names = set(" ".join(session.names.values()).split())
    shown = read(draw(step(session, "+"), "", width, 80))
    assert "\u2026" not in shown
    assert names <= set(shown.split())


def test_what_no_machine_could_code_is_no_finding(session: Session) -> None:
    alone = begin(session.framework, [session.now._replace(codes=())], {}, "carer", unread=["a1"])
    shown = read(draw(alone, "", 100, 24))
    assert "The machine could not code this answer. + adds one, r says that it holds no theme." in shown
    assert "a = accept" not in shown


def test_what_was_ticked_is_shown_without_a_list_of_themes(session: Session) -> None:
    shown = read(draw(step(session, "t"), "", 100, 24))
    assert "How genuine?: Mostly" in shown
    assert "Trust" not in shown
    assert shown.endswith("Enter = back")


def test_a_list_of_themes_narrows_while_one_types_and_what_is_meant_is_marked_at_once(
    session: Session, type_in: TypeIn
) -> None:
    asked = step(session, "+")
    assert read(draw(asked, "", 80, 40)).count(" 5 Trust") == 1
    assert "20 The service itself" in read(draw(asked, "", 80, 40))
    assert "20 The service itself" in read(draw(asked, "", 40, 20))
    narrowed = read(draw(asked, "tru", 80, 24))
    assert " 1 Trust" in narrowed
    assert "The service itself" not in narrowed
    evidence = type_in(session, ["2", "e"])
    assert "[2 nothing changed 2]" in read(draw(evidence, "nothing ... changed", 80, 24))
    assert "do not stand in the answer" in read(draw(evidence, "nobody", 80, 24))
    assert read(draw(evidence, "all", 80, 24)).endswith("or all: all")


def test_nothing_that_steers_a_terminal_gets_through(framework: Framework, type_in: TypeIn) -> None:
    session = make(framework, HOSTILE, [(0, 8)], question=HOSTILE)
    noted = type_in(session, ["n", HOSTILE])
    for now in (session, noted, step(noted, "n"), type_in(session, ["1", "e"])):
        painted = "\n".join(paint(draw(now, HOSTILE, 80, 40).lines, 80))
        left = _COLOUR.sub("", painted)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2066-\u2069\ud800-\udfff]", left)
        assert "owned" in left


def test_colour_comes_with_brackets_and_goes_where_it_is_not_wanted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = draw(session, "", 80, 24)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR")
    coloured = "\n".join(paint(frame.lines, 80))
    assert "\x1b[1;36m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = "\n".join(paint(frame.lines, 80))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", plain)
    assert "[1 They told us why 1]" in _COLOUR.sub("", plain)
    assert _COLOUR.sub("", plain) == _COLOUR.sub("", coloured)
