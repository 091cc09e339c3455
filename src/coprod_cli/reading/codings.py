"""A file of codes, of whatever kind, goes in; what one coder said, or each of several, comes out."""

from dataclasses import replace
from pathlib import Path

from coprod_cli.model.codes import Coding
from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.reading import codes_file
from coprod_cli.reading.files import RawFile, read_raw
from coprod_cli.reading.qdpx_file import Said, read_project
from coprod_cli.reading.refi_xml import has_project, is_refi

# Without the zip there may be words within the XML itself.
_ENDINGS = frozenset({".qde", ".qdc"})
_HINT = "Give a table of codes, or a project (.qdpx) with its documents inside it."


def read_codings(path: Path, framework: Framework, who: str = "") -> tuple[Coding, ...]:
    """What everybody said whose codes the file holds, machines after people: one coder of a table, all of a project.

    Args:
        path: the file.
        framework: whose themes they are.
        who: what to call the coder of a table; by default as the file. Users of a project keep their names.

    Raises:
        SettingsFileError: it holds no codes, or codes that may not be.
    """
    if not (raw := _find_project(path)):
        return (codes_file.read_codes(path, framework, who),)
    return tuple(each.coding for each in _read(raw, framework))


def read_people(path: Path, framework: Framework, who: str = "") -> tuple[Coding, ...]:
    """What people said in it, without what a machine of coprod's did; several of a project are numbered behind `who`.

    Raises:
        SettingsFileError: as for read_codings, or only a machine coded.
    """
    if not (raw := _find_project(path)):
        return (codes_file.read_codes(path, framework, who, people=True),)
    people = [each.coding for each in _read(raw, framework) if not each.is_machine]
    if not people:
        raise SettingsFileError(
            f"{raw.name} holds no codes by a person: only what the machine coded.",
            "In the other program, code under a name of your own. Where the machine is right, code the answer with "
            "'All codes checked'.",
        )
    if who:
        people = [
            replace(each, who=f"{who} {number}" if len(people) > 1 else who) for number, each in enumerate(people, 1)
        ]
    return tuple(people)


def read_codes(path: Path, framework: Framework, who: str = "") -> Coding:
    """What one coder said: of a table, or of a project in which one person coded.

    Raises:
        SettingsFileError: as for read_people, or several people coded.
    """
    people = read_people(path, framework, who)
    if len(people) > 1:
        raise SettingsFileError(
            f"{path.name} holds the codes of {len(people)} people.",
            "Export each person's codes as a project of its own.",
        )
    return people[0]


def _find_project(path: Path) -> RawFile | None:
    """The file, where it is a project; a file that cannot be read is told of by whoever reads tables."""
    try:
        raw = read_raw(path)
    except CoprodError:
        return None
    is_named_so = path.suffix.casefold() in _ENDINGS
    return raw if has_project(raw) or (is_named_so and is_refi(raw)) else None


def _read(raw: RawFile, framework: Framework) -> tuple[Said, ...]:
    try:
        return read_project(raw, framework)
    except SettingsFileError:
        raise
    except CoprodError as error:
        raise SettingsFileError(error.what, _HINT) from None
