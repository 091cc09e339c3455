"""What went wrong goes in; a message a person can act on, and an exit code a script can act on, come out."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Every exit code of the command, in one place; the docs and the tests read it from here."""

    DONE = 0
    OUR_BUG = 1
    USAGE = 2
    UNREADABLE_SURVEY = 3
    BAD_SETTINGS_FILE = 4
    NOTHING_REPORTABLE = 5
    CANNOT_WRITE = 6
    GATE_NOT_MET = 10
    INTERRUPTED = 130


class CoprodError(Exception):
    """Something the user can mend: `what` is one sentence that says what is wrong, `hint` one that says what to do.

    Neither may hold words from an answer: they end up on screens and in logs.
    """

    exit_code = ExitCode.OUR_BUG

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class UsageError(CoprodError):
    """The command was called with something that cannot be meant."""

    exit_code = ExitCode.USAGE


class UnreadableSurveyError(CoprodError):
    """A survey file is missing, empty, not a table, or holds nothing that can be used."""

    exit_code = ExitCode.UNREADABLE_SURVEY


class SettingsFileError(CoprodError):
    """A framework, mapping or governance file does not say what it should.

    line: the line (from 1) to mend; 0 where there is none.
    """

    exit_code = ExitCode.BAD_SETTINGS_FILE

    def __init__(self, what: str, hint: str, line: int = 0) -> None:
        super().__init__(what, hint)
        self.line = line


class NoCodesError(SettingsFileError):
    """A file that should hold people's codes has no columns for them: a survey, perhaps."""


class CannotWriteError(CoprodError):
    """The results could not be put where they were asked for; nothing was left half written."""

    exit_code = ExitCode.CANNOT_WRITE


class BrokenTableError(Exception):
    """A table between two stages does not keep the promise of its row type: our bug, never the user's."""
