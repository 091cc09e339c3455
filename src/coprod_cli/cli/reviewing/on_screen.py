"""A session and where to save go in; a person's keys on a whole screen, and the session as it ends, come out."""

from collections.abc import Callable

from coprod_cli.cli.reviewing.keys import Key, Terminal
from coprod_cli.cli.reviewing.screen import draw, paint
from coprod_cli.cli.reviewing.session import Session
from coprod_cli.cli.reviewing.typing import View, press

Save = Callable[[Session, Session], Session]


def review_on_screen(session: Session, save: Save, terminal: Terminal) -> Session:
    """Ask key by key until the person is done.

    Args:
        session: where to begin.
        save: what is called after every key, with the session before and after it; gives back the one to go on with.
        terminal: the window.
    """
    view = View(session)
    with terminal.take_over():
        while not view.session.ended:
            width, height = terminal.measure()
            frame = draw(view.session, view.typed, width, height, view.offset)
            terminal.show(paint(frame.lines, width))
            key = terminal.read_key()
            if key == Key.pause:
                terminal.pause()
            elif key != Key.redraw:
                before = view.session
                view = press(view, key, frame)
                view = view._replace(session=save(before, view.session))
    return view.session
