"""A file of codes, of whatever kind, goes in; what one coder said, or each of several, comes out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coprod_cli.model.codes import Coding
from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading.codes_file import read_coders
from coprod_cli.reading.files import RawFile, make_printable, read_raw
from coprod_cli.reading.qdpx_file import read_project
from coprod_cli.reading.refi_xml import PROJECT_ENDING, has_project, is_refi, say_torn
from coprod_cli.reading.row_origins import Said

# Without the zip there may be words within the XML itself.
_ENDINGS = frozenset({PROJECT_ENDING, ".qde", ".qdc"})
_HINT = "Give a table of codes, or a project (.qdpx) with its documents inside it."


def read_codings(path: Path, framework: Framework, who: str = "") -> tuple[Coding, ...]:
    """What everybody said whose codes the file holds, machines after people.

    A machine that looked at no answer of a person's is left out, where there is any person: its codes are what filled
    the file up, and not set beside theirs to be compared. What is left out of it is told in Coding.left_out.

    Args:
        path: the file.
        framework: whose themes they are.
        who: what to call the one coder of a table; by default as the file. Several, and users of a project, keep their
            names.

    Raises:
        SettingsFileError: it holds no codes, or codes that may not be.
    """
    who = who or path.stem
    if raw := _find_project(path):
        return _leave_fillers(_read(raw, framework))
    kept = _leave_fillers(read_coders(path, framework))
    return tuple(replace(each, who=who if len(kept) == 1 else each.who or who) for each in kept)


def read_people(path: Path, framework: Framework, who: str = "") -> tuple[Coding, ...]:
    """What people said in it, without what a machine of coprod's did; several are numbered behind `who`.

    Raises:
        SettingsFileError: as for read_codings, or only a machine coded.
    """
    if not (raw := _find_project(path)):
        return _number([each.coding for each in read_coders(path, framework, people=True)], who, path.stem)
    people = [each.coding for each in _read(raw, framework) if not each.is_machine]
    if not people:
        raise SettingsFileError(
            f"{raw.name} holds no codes by a person: only what the machine coded.",
            "In the other program, code under a name of your own. Where the machine is right, code the answer with "
            "'All codes checked'.",
        )
    return _number(people, who, "")


def read_codes(path: Path, framework: Framework, who: str = "") -> Coding:
    """What one coder said: of a file in which one person coded.

    Raises:
        SettingsFileError: as for read_people, or several people coded.
    """
    people = read_people(path, framework, who)
    if len(people) > 1:
        raise SettingsFileError(
            f"{path.name} holds the codes of {len(people)} people.", "Give each person's codes in a file of their own."
        )
    return people[0]


def _number(people: Sequence[Coding], who: str, file: str) -> tuple[Coding, ...]:
    """The same called `who`, with a number behind it where there are several; else by their own names, or the file's.

    file: what the one coder of a table is called if nobody says otherwise; empty where users have names.
    """
    if who:
        several = len(people) > 1
        return tuple(replace(each, who=f"{who} {nth}" if several else who) for nth, each in enumerate(people, 1))
    alone = len(people) == 1 and file
    return tuple(replace(each, who=file if alone else each.who or file) for each in people)


def _leave_fillers(said: Sequence[Said]) -> tuple[Coding, ...]:
    """People, and machines that looked at an answer of theirs; machines alone where there is nobody else."""
    people = [each.coding for each in said if not each.is_machine]
    machines = [each.coding for each in said if each.is_machine]
    if not people:
        return tuple(machines)
    answers = {answer for each in people for answer in each.answers}
    beside = [each for each in machines if not answers.isdisjoint(each.answers)]
    left_out = sum(len(each.answers) for each in machines if each not in beside)
    return (*(replace(each, left_out=left_out) for each in people), *beside)


def _find_project(path: Path) -> RawFile | None:
    """The file, where it is a project; a file that cannot be read is told of by whoever reads tables.

    Raises:
        SettingsFileError: it is called a project, and is none.
    """
    named = path.suffix.casefold()
    try:
        raw = read_raw(path)
    except CoprodError:
        raw = None
    if raw and (has_project(raw) or (named in _ENDINGS and is_refi(raw))):
        return raw
    if named == PROJECT_ENDING and path.is_file():
        raise say_torn(make_printable(path.name))
    return None


def _read(raw: RawFile, framework: Framework) -> tuple[Said, ...]:
    try:
        return read_project(raw, framework)
    except SettingsFileError:
        raise
    except CoprodError as error:
        raise SettingsFileError(error.what, _HINT) from None
