"""The command as people and scripts run it: in this process, or, where it matters, in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.drawn_once import draw_each_picture_once

from coprod_cli.cli.main import main

MAIN = Path(__file__).parent.parent.parent / "data" / "samples" / "forum_survey.csv"


class Finished(NamedTuple):
    """What a command left behind, as a shell would see it."""

    returncode: int
    stdout: str
    stderr: str


def run_here(*words: object, stdin: str = "", cwd: Path | None = None) -> Finished:
    """The command as the shell runs it, but in this process: the same door, exit code and streams, ten times faster."""
    streams = [io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8") for text in (stdin, "", "")]
    before, here = (sys.argv, sys.stdin, sys.stdout, sys.stderr, sys.excepthook), Path.cwd()
    sys.argv = ["coprod", *map(str, words)]
    sys.stdin, sys.stdout, sys.stderr = streams
    os.chdir(cwd or here)
    code: object = 0
    try:
        main()
    except SystemExit as stopped:
        code = stopped.code
    finally:
        os.chdir(here)
        sys.argv, sys.stdin, sys.stdout, sys.stderr, sys.excepthook = before
    told = []
    for stream in streams[1:]:
        stream.flush()
        told.append(stream.buffer.getvalue().decode())
    assert isinstance(code, int)
    return Finished(int(code), *told)


def run_for_real(*words: object) -> Finished:
    """A process of its own."""
    done = subprocess.run([sys.executable, "-m", "coprod_cli", *map(str, words)], capture_output=True, check=False)
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module", autouse=True)
def _draw_once() -> Iterator[None]:
    """Dozens of commands here draw the same survey."""
    with draw_each_picture_once():
        yield


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    out = tmp_path_factory.mktemp("main") / "out"
    return out, run_for_real("analyse", MAIN, "--out", out)


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """The same survey coded by the cues alone, for tests that are not about who coded."""
    out = tmp_path_factory.mktemp("quick") / "out"
    return out, run_here("analyse", MAIN, "--engine", "cues", "--out", out)


@pytest.fixture(scope="session")
def run() -> Callable[..., Finished]:
    return run_here


@pytest.fixture(scope="module")
def survey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey that a file of tests gives as its SURVEY, in a folder of its own."""
    path = tmp_path_factory.mktemp("survey") / "survey.csv"
    path.write_text(request.module.SURVEY, encoding="utf-8")
    return path
