"""A path goes in; its bytes come out, or one plain sentence on why they cannot be a survey."""

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError

_WORKBOOK_HINT = "Save the survey as .csv or .xlsx and give that file to coprod."
_NO_TABLES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"SQLite": "a database",
    b"PAR1": "a Parquet file",
    b"$FL2": "an SPSS file",
    b"{\\rtf": "a text document",
}
# What a name says counts only where the bytes are no workbook: people call files by wrong names, too.
_NO_TABLE_ENDINGS = {
    ".doc": "a Word document", ".docx": "a Word document", ".docm": "a Word document", ".odt": "a text document",
    ".rtf": "a text document", ".pages": "a Pages document", ".pdf": "a PDF", ".ppt": "a PowerPoint file",
    ".pptx": "a PowerPoint file", ".key": "a Keynote file", ".odp": "a file of slides", ".numbers": "a Numbers file",
    ".png": "a picture", ".jpg": "a picture", ".jpeg": "a picture", ".gif": "a picture", ".heic": "a picture",
    ".webp": "a picture", ".tif": "a picture", ".tiff": "a picture", ".bmp": "a picture", ".zip": "a compressed folder",
    ".7z": "a compressed file", ".rar": "a compressed file", ".gz": "a compressed file", ".sav": "an SPSS file",
    ".dta": "a Stata file", ".sqlite": "a database", ".db": "a database", ".parquet": "a Parquet file",
    ".eml": "an e-mail", ".msg": "an e-mail", ".mp3": "a recording", ".mp4": "a recording", ".m4a": "a recording",
}  # fmt: skip
_ZIPS = {"word/": "a Word document", "ppt/": "a PowerPoint file", "xl/": "", "content.xml": ""}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class RawFile(NamedTuple):
    """A file's name without folders and fit to be written, its bytes, and their SHA-256 in hexadecimal."""

    name: str
    data: bytes
    sha256: str


def read_raw(path: Path) -> RawFile:
    """Every byte of a file.

    Raises:
        UnreadableSurveyError: there is no such file, it is a folder, or it may not be read.
    """
    shown = _make_printable(str(path))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSurveyError(
            f"There is no file {shown}.", "Check the name and the folder; put quotation marks around names with spaces."
        ) from None
    except IsADirectoryError:
        raise UnreadableSurveyError(f"{shown} is a folder, not a file.", "Name the survey file inside it.") from None
    except OSError as error:
        raise UnreadableSurveyError(
            f"{shown} cannot be read ({error.strerror or 'no reason given'}).",
            "Close it in other programs, check that you may open it, and try again.",
        ) from None
    return take_raw(data, _make_printable(path.name))


def _make_printable(name: str) -> str:
    """The name, where bytes that are no UTF-8 stand as replacement characters: Python's own stand-ins break writers."""
    return os.fsencode(name).decode("utf-8", "replace")


def take_raw(data: bytes, name: str) -> RawFile:
    """Bytes that are already at hand, as a file of that name.

    Raises:
        UnreadableSurveyError: there is not one byte that says anything.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise UnreadableSurveyError(
            f"{name} is empty.", "Export the survey again and check that the file has rows in it."
        )
    return RawFile(name, data, hashlib.sha256(data).hexdigest())


def is_workbook(raw: RawFile) -> bool:
    """Whether the bytes are a workbook (by what they are, not by their name); False means that they should be text.

    Raises:
        UnreadableSurveyError: they are neither: a picture, a Word document, an encrypted workbook.
    """
    for start, what in _NO_TABLES.items():
        if raw.data.startswith(start):
            raise UnreadableSurveyError(f"{raw.name} is {what}, not a table of answers.", _WORKBOOK_HINT)
    if raw.data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in raw.data:
            raise UnreadableSurveyError(
                f"{raw.name} is protected by a password.", "Open it, save it without the password, and try again."
            )
        _refuse_by_ending(raw)
        return True
    if raw.data.startswith(b"PK"):
        return _is_zipped_workbook(raw)
    _refuse_by_ending(raw)
    return False


def _refuse_by_ending(raw: RawFile) -> None:
    what = _NO_TABLE_ENDINGS.get(Path(raw.name).suffix.casefold(), "")
    if what:
        raise UnreadableSurveyError(f"{raw.name} is {what}, not a table of answers.", _WORKBOOK_HINT)


def _is_zipped_workbook(raw: RawFile) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        _refuse_by_ending(raw)
        raise UnreadableSurveyError(
            f"{raw.name} is a broken workbook.", "Open it in a spreadsheet program, save it again, and try that file."
        ) from None
    for start, what in _ZIPS.items():
        if any(name.startswith(start) for name in names):
            if what:
                raise UnreadableSurveyError(f"{raw.name} is {what}, not a table of answers.", _WORKBOOK_HINT)
            return True
    if Path(raw.name).suffix.casefold() != ".zip":
        _refuse_by_ending(raw)
    raise UnreadableSurveyError(
        f"{raw.name} is a compressed folder, not a table of answers.",
        "Unpack it and give the survey file inside to coprod.",
    )
