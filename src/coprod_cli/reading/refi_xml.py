"""The bytes of a REFI-QDA codebook (.qdc) or project (.qdpx) go in; its XML, without namespaces, comes out."""

import io
import zipfile
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading.files import CANNOT_UNPACK, RawFile, refuse_bomb

PROJECT_ENDING = ".qdpx"
_ZIP = b"PK\x03\x04"
_PROJECT = ".qde"
# Ten times what 10,000 answers with twenty codes each come to in XML, and a thousand times the texts of a large survey.
_LARGEST = 500_000_000
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_HINT = "Export it again from the program that wrote it, as REFI-QDA codebook (.qdc) or project (.qdpx)."


class _Builder(TreeBuilder):
    """Builds elements without their namespaces, and no file with a DTD: an entity could stand for any file or size."""

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str) -> Element:
        return super().end(tag.rpartition("}")[2])

    def doctype(self, *_: str) -> NoReturn:
        raise _DoctypeError


class _DoctypeError(Exception):
    """The file begins with a DTD."""


def is_refi(raw: RawFile) -> bool:
    """Whether the bytes are XML, or a zip with a project in it."""
    return raw.data.lstrip(b" \t\r\n").startswith(_XML_STARTS) or has_project(raw)


def has_project(raw: RawFile) -> bool:
    """Whether the bytes are a zip with a project in it."""
    if not raw.data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            return any(name.casefold().endswith(_PROJECT) for name in archive.namelist())
    except CANNOT_UNPACK:
        return False


def say_torn(name: str) -> SettingsFileError:
    """What to tell of a file that is called a project and has none in it: a part of one, most often."""
    hint = "Export it again from the program that wrote it, as REFI-QDA project, and copy it whole."
    return SettingsFileError(f"{name} is not a whole project.", hint)


def read_refi(raw: RawFile) -> Element:
    """The root of the XML: CodeBook of a codebook, Project of a project; of whichever version of the exchange.

    Raises:
        SettingsFileError: it is neither XML nor a zip with a project in it, it is broken, or it names a DTD.
        UnreadableSurveyError: as unpack_members.
    """
    projects = unpack_members(raw, _PROJECT)
    data = projects[min(projects)] if projects else raw.data
    parser = XMLParser(target=_Builder())  # noqa: S314  # the builder refuses every DTD, so there are no entities
    try:
        parser.feed(data)
        root = parser.close()
    except _DoctypeError:
        what = f"{raw.name} has a DTD (<!DOCTYPE ...>), which coprod does not read: it may stand for other files."
        raise SettingsFileError(
            what, "Take those lines out; no program for qualitative analysis writes them."
        ) from None
    except (ParseError, LookupError, ValueError) as error:
        line = error.position[0] if isinstance(error, ParseError) else 0
        where = f" (line {line})" if line else ""
        raise SettingsFileError(f"{raw.name} is not XML that can be read{where}.", _HINT, line) from None
    if not isinstance(root, Element):
        raise SettingsFileError(f"{raw.name} is not XML that can be read.", _HINT)
    return root


def unpack_members(raw: RawFile, ending: str) -> dict[str, bytes]:
    """Every member whose name ends so, by its name; none where it is no zip. Nothing is written to the disk.

    Raises:
        SettingsFileError: the zip is broken, or its members of that name unpack to more than any project's.
        UnreadableSurveyError: all of it would unpack to more than files.LARGEST_UNPACKED bytes.
    """
    if not raw.data.startswith(_ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            infos = archive.infolist()
            refuse_bomb(raw.name, infos)
            wanted = [each for each in infos if each.filename.casefold().endswith(ending)]
            if sum(each.file_size for each in wanted) > _LARGEST:
                what = f"{raw.name} would unpack to more than {_LARGEST // 1_000_000} MB of {ending} files."
                raise SettingsFileError(what, "Check where it comes from: that is no project of a survey.")
            return {each.filename: archive.read(each) for each in wanted}
    except CANNOT_UNPACK:
        raise SettingsFileError(f"{raw.name} is a broken project.", _HINT) from None
