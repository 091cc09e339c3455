"""What is seen of a session and one key go in; what is seen after it comes out. Knows no terminal."""

from dataclasses import replace
from typing import NamedTuple

from coprod_cli.cli.reviewing.keys import Key, Pasted
from coprod_cli.cli.reviewing.screen import START, Frame
from coprod_cli.cli.reviewing.session import KEYED, Place, Session
from coprod_cli.cli.reviewing.steps import go_back, step

_LONGEST = 500
# By so many pages, and lines.
_SCROLLS: dict[str, tuple[int, int]] = {
    Key.up: (0, -1), Key.down: (0, 1), Key.page_up: (-1, 0), Key.page_down: (1, 0),
}  # fmt: skip


class View(NamedTuple):
    """A session, and the words typed so far where a line is asked for.

    offset: how many lines are scrolled away above; START where nobody has scrolled.
    """

    session: Session
    typed: str = ""
    offset: int = START


def press(view: View, key: str, frame: Frame) -> View:
    """The view once this key was pressed. frame: what the screen shows."""
    session = view.session
    view = view._replace(offset=frame.offset)
    if key == Key.quit:
        return view._replace(session=replace(session, ended=True))
    if isinstance(key, Pasted):
        return _paste(view, key)
    if key in _SCROLLS or (key == " " and frame.more and not view.typed):
        return _scroll(view, key, frame)
    if key == Key.escape:
        return view if session.form.place in {Place.answer, Place.end} else View(go_back(session))
    return _press_once(view, key) if session.form.place in KEYED else _type(view, key, frame)


def _press_once(view: View, key: str) -> View:
    """A key that says it all by itself."""
    if isinstance(key, Key) and key != Key.enter:
        return view
    return View(step(view.session, "" if key == Key.enter else key))


def _paste(view: View, pasted: str) -> View:
    """Words from the clipboard join a line that is typed, and are nothing where keys are asked for."""
    if view.session.form.place in KEYED:
        told = "Nothing was done with what was pasted: keys are typed one by one."
        return view._replace(session=replace(view.session, message=told))
    return view._replace(typed=(view.typed + " ".join(pasted.split()))[:_LONGEST])


def _type(view: View, key: str, frame: Frame) -> View:
    """A line that grows key by key, and is taken on Enter."""
    if key == Key.enter:
        if not view.typed and frame.more and view.session.form.place is Place.rules:
            return _scroll(view, Key.page_down, frame)
        return View(step(view.session, view.typed))
    if key == Key.back:
        return View(view.session, view.typed[:-1])
    if key == Key.clear:
        return View(view.session)
    return view if isinstance(key, Key) else View(view.session, (view.typed + key)[:_LONGEST])


def _scroll(view: View, key: str, frame: Frame) -> View:
    pages, lines = _SCROLLS.get(key, (1, 0))
    by = pages * max(frame.page - 2, 1) + lines
    return view._replace(offset=max(frame.offset + by, 0))
