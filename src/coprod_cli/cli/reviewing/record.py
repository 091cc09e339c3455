"""Decisions go in; the file that keeps them, saved after every one, and never over anybody else's, comes out."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from coprod_cli.cli.saving import save_durably
from coprod_cli.model.answers import CodedAnswers
from coprod_cli.model.review import Decision, keep_made
from coprod_cli.reading import read_review
from coprod_cli.reporting import write_review

_DIGITS = 8


class Record:
    """The file of one review. Hold its lock (saving.hold_lock) for as long as this lives.

    decided: what the file says, by the id of the answer, mere notes among it. strangers: how many answers somebody else
    decided in it since it was read. kept: where the file as somebody changed it is kept, if there was need.
    """

    def __init__(self, path: Path, told: CodedAnswers) -> None:
        """Read what is there.

        Raises:
            SettingsFileError: the file is there and is not of these answers, or is no such file.
        """
        self.path, self._told = path, told
        self.decided: dict[str, Decision] = {}
        self.kept: Path | None = None
        self.strangers = 0
        self._seen = b""
        self._is_ours = True
        self._read()

    @property
    def made(self) -> dict[str, Decision]:
        """What is decided, without mere notes."""
        return keep_made(self.decided)

    def save(self, decided: Mapping[str, Decision]) -> dict[str, Decision]:
        """Write these decisions, unless they are there already; what the file then says.

        Where another program changed the file meanwhile, its decisions count wherever they differ from what was known,
        ours everywhere else.

        Raises:
            SettingsFileError: another program changed it to something that cannot be read.
            CannotWriteError: the disk refused.
        """
        if decided == self.decided:
            return self.decided
        before = self.decided
        if self.path.exists() and self.path.read_bytes() != self._seen:
            self._read()
        theirs = {name for name in {*before, *self.decided} if before.get(name) != self.decided.get(name)}
        ours = {name: each for name, each in decided.items() if name not in theirs}
        merged = {**ours, **{name: self.decided[name] for name in theirs if name in self.decided}}
        self.strangers += len(theirs)
        self._keep()
        content = write_review(merged, self._told.answers)
        save_durably(content, self.path)
        self._seen, self._is_ours, self.decided = content, True, merged
        return merged

    def _read(self) -> None:
        if not self.path.exists():
            return
        self.decided = read_review(self.path, self._told.framework, self._told.answers)
        self._seen = self.path.read_bytes()
        self._is_ours = self._seen == write_review(self.decided, self._told.answers)

    def _keep(self) -> None:
        """Put by a file that holds more, or other, than we would write: columns of its own, say."""
        if self._is_ours:
            return
        digest = sha256(self._seen).hexdigest()[:_DIGITS]
        self.kept = self.path.with_name(f"{self.path.stem}-before-{digest}{self.path.suffix}")
        save_durably(self._seen, self.kept)
        self._is_ours = True
