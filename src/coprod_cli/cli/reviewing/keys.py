"""A terminal goes in; single keys come out, by name, and the terminal is put back as it was at the end.

Keys are the characters they type, or one of the names in Key.
"""

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from types import FrameType

_ENTER_SCREEN, _LEAVE_SCREEN = "\x1b[?1049h\x1b[?2004h", "\x1b[?2004l\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"
_PASTE_BEGINS, _PASTE_ENDS = "[200~", "\x1b[201~"
_NARROW, _LOW = 80, 24
# How long to wait for a key before looking whether the window has another size, and for the rest of a key's code.
_PATIENCE_S, _REST_S = 0.4, 0.03
_BYTES = 1024


class Key(StrEnum):
    """Keys that type no character. quit: Ctrl-C, Ctrl-D, or that nobody is there any more."""

    enter = "enter"
    back = "backspace"
    clear = "clear line"
    escape = "escape"
    up = "up"
    down = "down"
    page_up = "page up"
    page_down = "page down"
    redraw = "redraw"
    pause = "pause"
    quit = "quit"
    other = "other"


class Pasted(str):
    """Characters that came all at once, from the clipboard: never keys."""

    __slots__ = ()


_CONTROLS = {
    "\r": Key.enter, "\n": Key.enter, "\x7f": Key.back, "\x08": Key.back, "\x15": Key.clear, "\x0c": Key.redraw,
    "\x03": Key.quit, "\x04": Key.quit, "\x1a": Key.pause,
}  # fmt: skip
_CODES = {
    "[A": Key.up, "OA": Key.up, "[B": Key.down, "OB": Key.down, "[5~": Key.page_up, "[6~": Key.page_down,
}  # fmt: skip


def may_take_keys() -> bool:
    """Whether single keys can be read and a screen be drawn: on a terminal that does so, and not on Windows."""
    if sys.platform == "win32":
        return False
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in {"dumb", ""}


def split_keys(text: str) -> Iterator[str]:
    """The keys that a terminal sent as these characters; an unknown code of several characters is one key of no use."""
    at = 0
    while at < len(text):
        if text[at] != "\x1b":
            each = text[at]
            yield _CONTROLS.get(each, each if each.isprintable() else Key.other)
            at += 1
            continue
        if text.startswith(_PASTE_BEGINS, at + 1):
            begun = at + 1 + len(_PASTE_BEGINS)
            end = text.find(_PASTE_ENDS, begun)
            yield Pasted(text[begun:] if end < 0 else text[begun:end])
            at = len(text) if end < 0 else end + len(_PASTE_ENDS)
            continue
        end = _end_code(text, at + 1)
        yield _CODES.get(text[at + 1 : end], Key.other) if end > at + 1 else Key.escape
        at = end


def _end_code(text: str, at: int) -> int:
    """One past the last character of the code that begins behind an escape."""
    if text[at : at + 1] == "O":
        return min(at + 2, len(text))
    if text[at : at + 1] != "[":
        return at
    at += 1
    while at < len(text) and not "@" <= text[at] <= "~":
        at += 1
    return min(at + 1, len(text))


class Terminal:
    """The window and its keys. Use it in a with statement: however that ends, the terminal is as it was."""

    def __init__(self) -> None:
        self._in, self._out = sys.stdin.fileno(), sys.stdout
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._waiting: list[str] = []
        self._ended = False

    @contextmanager
    def take_over(self) -> Iterator["Terminal"]:
        """A screen of our own and keys one by one; SIGTERM and SIGHUP end it as quit does."""
        import termios  # not on Windows

        self._before = termios.tcgetattr(self._in)
        handlers = {each: signal.signal(each, self._end) for each in (signal.SIGTERM, signal.SIGHUP)}
        try:
            self._begin()
            yield self
        finally:
            with suppress(OSError, termios.error):
                self._write(_LEAVE_SCREEN)
                termios.tcsetattr(self._in, termios.TCSADRAIN, self._before)
            for each, handler in handlers.items():
                signal.signal(each, handler)

    def show(self, lines: list[str]) -> None:
        """These lines in place of what was there, and the cursor behind the last."""
        self._write(_HOME + "\r\n".join(f"{line}{_REST_OF_LINE}" for line in lines) + _REST_OF_SCREEN)

    def measure(self) -> tuple[int, int]:
        """Columns and lines of the window."""
        try:
            width, height = os.get_terminal_size(self._out.fileno())
        except OSError:
            return _NARROW, _LOW
        return width or _NARROW, height or _LOW

    def read_key(self) -> str:
        """The next key; Key.redraw when the window has got another size, Key.quit when nobody is there any more."""
        size = self.measure()
        while not self._waiting:
            if self._ended:
                return Key.quit
            if select.select([self._in], [], [], _PATIENCE_S)[0]:
                self._waiting = list(split_keys(self._read_text()))
            elif self.measure() != size:
                return Key.redraw
        return self._waiting.pop(0)

    def pause(self) -> None:
        """Stop as Ctrl-Z does, with the terminal as it was; go on when the shell says so."""
        import termios

        self._write(_LEAVE_SCREEN)
        now = termios.tcgetattr(self._in)
        termios.tcsetattr(self._in, termios.TCSADRAIN, self._before)
        os.kill(os.getpid(), signal.SIGTSTP)
        termios.tcsetattr(self._in, termios.TCSADRAIN, now)
        self._write(_ENTER_SCREEN)

    def _begin(self) -> None:
        import termios
        import tty

        tty.setcbreak(self._in)
        keys = termios.tcgetattr(self._in)
        # Ctrl-C and Ctrl-Z come as keys, in their turn: nothing is broken off half way.
        keys[3] &= ~termios.ISIG
        termios.tcsetattr(self._in, termios.TCSADRAIN, keys)
        self._write(_ENTER_SCREEN)

    def _read_text(self) -> str:
        """What was typed, with the rest of a key's code or of what was pasted."""
        data = self._read_bytes()
        text = self._decode(data)
        while (text.endswith(("\x1b", "\x1b[")) or _is_open(text)) and select.select([self._in], [], [], _REST_S)[0]:
            more = self._read_bytes()
            text += self._decode(more)
            if not more:
                break
        return text

    def _read_bytes(self) -> bytes:
        try:
            data = os.read(self._in, _BYTES)
        except OSError:
            data = b""
        self._ended = self._ended or not data
        return data

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ended = True


def _is_open(text: str) -> bool:
    """Whether something pasted has begun and not yet ended."""
    return text.rfind(f"\x1b{_PASTE_BEGINS}") > text.rfind(_PASTE_ENDS)
