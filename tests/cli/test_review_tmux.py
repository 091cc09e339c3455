"""coprod review in a real terminal: keys decide, kill -9 loses nothing decided, and the terminal is put back."""

import csv
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coprod_cli.model.errors import ExitCode

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed here")
SURVEY = """Respondent ID,I am a...,Which project?,How far did people listen?,What was good?,What was not good?
1,Parent or carer,Short breaks,Mostly,They listened to us,Nobody told us what changed since
2,Parent or carer,Transport,A little,They listened and it changed,They decided before the first meeting
"""
Run = Callable[..., subprocess.CompletedProcess[str]]
PATIENCE_S = 60


class Pane:
    """One shell in tmux, with a person's hands and eyes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pid_file = folder, folder / "pid"
        self._socket = str(folder / "tmux")
        environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
        words = ["new-session", "-d", "-x", "80", "-y", "24", "-c", str(folder), "sh"]
        subprocess.run(["tmux", "-S", self._socket, "-f", "/dev/null", *words], check=True, env=environment)

    def run(self, *words: str) -> str:
        done = subprocess.run(["tmux", "-S", self._socket, *words], check=True, capture_output=True)
        return done.stdout.decode()

    def press(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def type_line(self, line: str) -> None:
        self.run("send-keys", "-l", line)
        self.press("Enter")

    def see(self) -> str:
        return self.run("capture-pane", "-p")

    def wait(self, told: str) -> str:
        """The screen, once it says this; fails with what it says instead."""
        return self._await(lambda: told in self.see(), f"{told!r} never came")

    def _await(self, is_so: Callable[[], bool], what: str) -> str:
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end, f"{what}:\n{self.see()}"
            time.sleep(0.05)
        return self.see()

    def start(self, *words: str) -> int:
        """The command in the shell, and the number of its process."""
        self.pid_file.unlink(missing_ok=True)
        review = shlex.join([sys.executable, "-m", "coprod_cli", "review", "survey.csv", "--engine", "cues", *words])
        self.type_line(f"clear; sh -c 'echo $$ > pid; exec {review}'")
        self.wait("Answer ")
        return int(self.pid_file.read_text(encoding="utf-8"))

    def ask_settings(self) -> str:
        """How the terminal is set just now."""
        said = self.folder / "settings"
        said.unlink(missing_ok=True)
        self.type_line("stty -g > settings.new; mv settings.new settings")
        self._await(said.exists, "the shell does not answer")
        return said.read_text(encoding="utf-8")

    def leave_wreck(self) -> None:
        """After kill -9 the terminal is as it was left: a new shell, as a person would open another window."""
        self.run("respawn-pane", "-k", "-c", str(self.folder), "sh")


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Pane]:
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    pane = Pane(tmp_path)
    yield pane
    pane.run("kill-server")


def read_rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "survey-review.csv").read_text(encoding="utf-8"))))


def test_accept_change_kill_and_go_on(pane: Pane, tmp_path: Path, run: Run) -> None:
    before = pane.ask_settings()
    number = pane.start()
    assert "Answer 1 of 4. 0 done, 4 left." in pane.see()
    pane.press("a")
    pane.wait("Answer 2 of 4. 1 done")
    assert {row["decision"] for row in read_rows(tmp_path)} == {"accepted"}
    pane.press("+")
    pane.type_line("trust")
    pane.wait("Trust. Stance:")
    pane.press("n", "j")
    pane.wait("or all:")
    pane.press("Enter")
    pane.wait("Trust, negative, joint work (yours)")
    pane.press("1", "u")
    pane.wait("Code 1 is now")
    pane.press("a")
    third = pane.wait("Answer 3 of 4. 2 done")
    refused = run("review", "survey.csv", "--engine", "cues", stdin="a\n", cwd=tmp_path)
    assert refused.returncode == ExitCode.CANNOT_WRITE
    assert "in use in another window" in refused.stderr
    pane.press("+")
    pane.wait("Theme, as part")
    os.kill(number, signal.SIGKILL)
    rows = read_rows(tmp_path)
    assert len({row["id"] for row in rows}) == 2
    assert {(row["theme"], row["stance"]) for row in rows if "added" in row["decision"]} & {
        ("trust", "negative"), ("trust", "neutral")
    }  # fmt: skip
    assert "neutral" in {row["stance"] for row in rows}

    pane.leave_wreck()
    pane.start()
    again = pane.wait("Answer 3 of 4. 2 done, 2 left.")
    assert again.splitlines()[:5] == third.splitlines()[:5]
    pane.run("resize-window", "-x", "40", "-y", "20")
    pane.wait("r = no theme   s = skip   u = undo\n")
    pane.press("C-z")
    pane.wait("topped")
    pane.type_line("clear; fg")
    pane.wait("Answer 3 of 4")
    pane.press("r")
    pane.wait("Answer 4 of 4")
    pane.press("C-c")
    assert "3 answers decided, 1 left." in pane.wait("To learn")
    assert "Answer 4" not in pane.see()
    assert pane.ask_settings() == before
    after = read_rows(tmp_path)
    kept = {row["id"] for row in rows}
    assert [row for row in after if row["id"] in kept] == rows
    assert next(row["decision"] for row in after if row["id"] not in kept) in {"removed", "accepted"}


def test_a_disk_that_refuses_is_tried_again_and_a_session_told_to_end_puts_the_terminal_back(
    pane: Pane, tmp_path: Path
) -> None:
    before = pane.ask_settings()
    number = pane.start()
    in_the_way = tmp_path / ".survey-review.csv.new"
    in_the_way.mkdir()
    pane.press("a")
    assert "Answer 1 of 4. 0 done" in pane.wait("Not saved.")
    in_the_way.rmdir()
    pane.press("a")
    pane.wait("Answer 2 of 4. 1 done")
    os.kill(number, signal.SIGTERM)
    pane.wait("1 answer decided, 3 left.")
    assert pane.ask_settings() == before
