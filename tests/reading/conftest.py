"""What the tests of reading share: the packaged framework, and a way to put a survey on disk."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading import read_framework

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as a CSV file (or text and bytes as they are) and gives its path."""

    def write_file(content: Sequence[Sequence[str]] | str | bytes, name: str = "survey.csv") -> Path:
        path = tmp_path / name
        if isinstance(content, str):
            content = content.encode()
        elif not isinstance(content, bytes):
            out = io.StringIO(newline="")
            csv.writer(out).writerows(content)
            content = out.getvalue().encode()
        path.write_bytes(content)
        return path

    return write_file
