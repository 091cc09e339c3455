"""Keys as terminals send them become what a person means: a key, a line, scrolling, or nothing at all."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coprod_cli.cli.reviewing.keys import Key, Pasted, split_keys
from coprod_cli.cli.reviewing.screen import draw
from coprod_cli.cli.reviewing.session import Place, Session, Shown, begin
from coprod_cli.cli.reviewing.steps import step
from coprod_cli.cli.reviewing.typing import View, press
from coprod_cli.model.answers import AskedAnswer

HEIGHT = 16


def press_all(session: Session, keys: Sequence[str]) -> View:
    view = View(session)
    for key in keys:
        view = press(view, key, draw(view.session, view.typed, 60, HEIGHT, view.offset))
    return view


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("a1+", ["a", "1", "+"]),
        ("\r\n", [Key.enter, Key.enter]),
        ("\x7f\x08\x15\x0c", [Key.back, Key.back, Key.clear, Key.redraw]),
        ("\x03\x04\x1a", [Key.quit, Key.quit, Key.pause]),
        ("\x1b", [Key.escape]),
        ("\x1b[A\x1bOB\x1b[5~\x1b[6~", [Key.up, Key.down, Key.page_up, Key.page_down]),
        ("\x1b[1;5Aa", [Key.other, "a"]),
        ("\x1b[15~\x1b[M", [Key.other, Key.other]),
        ("\x1b[200~aaa\r\x1b[201~b", [Pasted("aaa\r"), "b"]),
        ("\x1b[200~aaa", [Pasted("aaa")]),
        ("\u00e9\U0001f600\x00\x07", ["\u00e9", "\U0001f600", Key.other, Key.other]),
        ("\x1b\x1b[A", [Key.escape, Key.up]),
    ],
)
def test_what_a_terminal_sends_is_taken_apart_into_keys(sent: str, keys: list[str]) -> None:
    got = list(split_keys(sent))
    assert got == keys
    assert [type(each) for each in got] == [type(each) for each in keys]


def test_one_key_decides_and_a_line_is_typed_with_mending(session: Session) -> None:
    view = press_all(session, ["+", "t", "x", Key.back, "r", "u", "s", "t", Key.enter])
    assert view.session.form.place is Place.stance
    assert view.typed == ""
    view = press_all(session, ["n", *"wrong", Key.clear, *"Ask Ben", Key.enter, "a"])
    assert view.session.decided["a1"].note == "Ask Ben"


def test_escape_goes_back_and_other_keys_do_nothing(session: Session) -> None:
    assert press_all(session, ["1", Key.escape]).session == session
    assert press_all(session, ["+", *"tr", Key.escape]) == View(session)
    assert press_all(session, [Key.other, Key.escape, Key.back, Key.clear]).session == session
    assert press_all(session, ["+", *"tr", Key.other]).typed == "tr"


def test_what_is_pasted_never_decides_but_may_be_part_of_a_line(session: Session) -> None:
    view = press_all(session, [Pasted("aaaa")])
    assert view.session.decided == {}
    assert "pasted" in view.session.message
    assert press_all(session, ["1", "e", Pasted("told\nus"), Pasted(" why")]).typed == "told uswhy"


def test_quit_ends_it_wherever_one_is(session: Session) -> None:
    for keys in ([], ["1"], ["+", "t"], ["?"], ["n", "x"]):
        view = press_all(session, [*keys, Key.quit])
        assert view.session.ended
        assert view.session.decided == {}


def test_a_long_answer_is_scrolled_by_space_and_arrows_and_typing_a_line_is_not_scrolling(session: Session) -> None:
    words = " ".join(f"word{number}" for number in range(300))
    long = begin(session.framework, [Shown(replace_words(session, words), session.codes)], {}, "carer")
    top = draw(long, "", 60, HEIGHT)
    assert top.more
    down = press_all(long, [" "])
    assert down.offset == top.page - 2
    assert any("more" in line.plain for line in top.lines)
    assert press_all(long, [" ", Key.up]).offset == top.page - 3
    assert press_all(long, [" ", Key.page_up]).offset == 0
    assert press_all(long, [Key.down, Key.page_down]).offset == top.page - 1
    assert press_all(long, ["1", "e", *"a b"]).typed == "a b"
    end = press_all(long, [Key.page_down] * 50)
    assert not draw(end.session, "", 60, HEIGHT, end.offset).more
    assert press_all(long, ["a"]).session.form.place is Place.end
    assert replace(end.session, message="") == long


def test_enter_reads_on_in_rules_before_it_goes_back(session: Session) -> None:
    view = press_all(session, ["2", "?"])
    assert draw(view.session, "", 60, HEIGHT).more
    for _ in range(20):
        view = press(view, Key.enter, draw(view.session, view.typed, 60, HEIGHT, view.offset))
        if view.session.form.place is Place.code:
            break
        assert view.offset > 0
    assert view.session == step(session, "2")


def replace_words(session: Session, words: str) -> AskedAnswer:
    return session.now.answer._replace(words=words)
