"""A path goes in; its bytes come out, or one plain sentence on why they cannot be a survey."""

import hashlib
import io
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.wording import drop_controls

_TABLE_HINT = "Save the survey as .csv or .xlsx and give that file to coprod."
# Patterns of the first bytes, long enough that no header of a CSV ("PKID", "SQLite version") begins in the same way.
_NO_TABLES = {
    rb"\x89PNG": "a picture",
    rb"\xff\xd8\xff": "a picture",
    rb"GIF8[79]a": "a picture",
    rb"%PDF-": "a PDF",
    rb"\x1f\x8b": "a compressed file",
    rb"7z\xbc\xaf": "a compressed file",
    rb"Rar!\x1a\x07": "a compressed file",
    rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)": "a compressed file",
    rb"\xfd7zXZ": "a compressed file",
    rb"SQLite format 3\x00": "a database",
    rb"ARROW1\x00\x00": "an Arrow file",
    rb"\{\\rtf\d": "a text document",
    rb"\x00{12}\xc2\xea\x81\x60": "a SAS file",
}
# What a name says counts only where the bytes are no table: people call files by wrong names, too.
_NO_TABLE_ENDINGS = {
    ".doc": "a Word document", ".docx": "a Word document", ".docm": "a Word document", ".odt": "a text document",
    ".rtf": "a text document", ".pages": "a Pages document", ".pdf": "a PDF", ".ppt": "a PowerPoint file",
    ".pptx": "a PowerPoint file", ".key": "a Keynote file", ".odp": "a file of slides", ".numbers": "a Numbers file",
    ".png": "a picture", ".jpg": "a picture", ".jpeg": "a picture", ".gif": "a picture", ".heic": "a picture",
    ".webp": "a picture", ".tif": "a picture", ".tiff": "a picture", ".bmp": "a picture", ".svg": "a picture",
    ".zip": "a compressed folder", ".7z": "a compressed file", ".rar": "a compressed file",
    ".gz": "a compressed file", ".sav": "a broken SPSS file", ".zsav": "a broken SPSS file",
    ".dta": "a broken Stata file", ".sqlite": "a database", ".db": "a database",
    ".parquet": "a broken Parquet file", ".eml": "an e-mail", ".msg": "an e-mail", ".mp3": "a recording",
    ".mp4": "a recording", ".m4a": "a recording", ".html": "a web page", ".htm": "a web page",
}  # fmt: skip
_ZIPS = {"word/": "a Word document", "ppt/": "a PowerPoint file", "xl/": "", "content.xml": ""}
# What zipfile raises on a zip that cannot be unpacked: its own error, those of what it unpacks with, of places that no
# file has, and RuntimeError for a password or (NotImplementedError) a way of packing that it does not know.
CANNOT_UNPACK = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OverflowError, ValueError, EOFError, OSError,
    RuntimeError,
)  # fmt: skip
# A first member; none at all; the mark of a zip in parts.
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS = {
    "spss": re.compile(rb"\$FL[23]"),
    # Five lines name it in other alphabets before it says so in its own.
    "portable": re.compile(rb"[^\x00]{1,500}SPSSPORT", re.DOTALL),
    "stata": re.compile(rb"<stata_dta>|[\x69-\x73][\x01\x02]\x01\x00"),
    # Behind the name comes a header's first byte; or else the name stands at the end, too.
    "parquet": re.compile(rb"PAR1(?:\x15|.*PAR1\Z)", re.DOTALL),
}
_LIME_ENDING = ".lsr"
LARGEST_UNPACKED = 2_000_000_000
# Of one workbook or Parquet file, filled or not: 20,000 forms with 2,500 questions.
MOST_CELLS = 50_000_000


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
    return take_raw(read_bytes(path), make_printable(path.name))


def read_bytes(path: Path) -> bytes:
    """Every byte of a file, be it empty.

    Raises:
        UnreadableSurveyError: as for read_raw.
    """
    shown = make_printable(str(path))
    try:
        return path.read_bytes()
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


def make_printable(name: str) -> str:
    """The name, where bytes that are no UTF-8 stand as replacement characters: Python's own stand-ins break writers."""
    return drop_controls(os.fsencode(name).decode("utf-8", "replace"))


def take_raw(data: bytes, name: str) -> RawFile:
    """Bytes that are already at hand, as a file of that name.

    Raises:
        UnreadableSurveyError: there is not one byte that says anything.
    """
    if is_blank(data):
        raise UnreadableSurveyError(
            f"{name} is empty.", "Export the survey again and check that the file has rows in it."
        )
    return RawFile(name, data, hashlib.sha256(data).hexdigest())


def is_blank(data: bytes) -> bool:
    """Whether there is not one byte that says anything."""
    return not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff")


def find_kind(raw: RawFile) -> str:
    """What the bytes are, whatever the file is called: "workbook", "spss", "portable", "stata", "parquet", "archive".

    Everything else should be text and is "text".

    Raises:
        UnreadableSurveyError: they are none of these: a picture, a Word document, an encrypted workbook.
    """
    data = raw.data
    for start, what in _NO_TABLES.items():
        if re.match(start, data):
            raise refuse_kind(raw.name, what)
    kind = next((kind for kind, sign in _SIGNS.items() if sign.match(data)), "")
    if kind:
        return kind
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableSurveyError(
                f"{raw.name} is protected by a password.", "Open it, save it without the password, and try again."
            )
        _refuse_by_ending(raw)
        return "workbook"
    if data.startswith(_ZIP_STARTS):
        return _find_kind_of_zip(raw)
    _refuse_by_ending(raw)
    return "text"


def refuse_kind(name: str, what: str) -> UnreadableSurveyError:
    """The error that says what a file is instead of a table of answers."""
    return UnreadableSurveyError(f"{name} is {what}, not a table of answers.", _TABLE_HINT)


def name_no_table(name: str) -> str:
    """What a file of that name must be if it is no table of answers ("a PDF"), or nothing."""
    return _NO_TABLE_ENDINGS.get(Path(name).suffix.casefold(), "")


def _refuse_by_ending(raw: RawFile) -> None:
    what = name_no_table(raw.name)
    if what:
        raise refuse_kind(raw.name, what)


def _find_kind_of_zip(raw: RawFile) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            infos = archive.infolist()
    except CANNOT_UNPACK:
        _refuse_by_ending(raw)
        raise UnreadableSurveyError(
            f"{raw.name} is a broken workbook.", "Open it in a spreadsheet program, save it again, and try that file."
        ) from None
    refuse_bomb(raw.name, infos)
    names = [info.filename for info in infos]
    for start, what in _ZIPS.items():
        if any(name.startswith(start) for name in names):
            if what:
                raise refuse_kind(raw.name, what)
            return "workbook"
    if any(name.casefold().endswith(_LIME_ENDING) for name in names):
        raise UnreadableSurveyError(
            f"{raw.name} is a LimeSurvey archive, which coprod does not read.",
            "In LimeSurvey choose Responses, Export, Export responses, and CSV, and give that file to coprod.",
        )
    if Path(raw.name).suffix.casefold() != ".zip":
        _refuse_by_ending(raw)
    return "archive"


def refuse_bomb(name: str, infos: Sequence[zipfile.ZipInfo], already: int = 0) -> int:
    """How many bytes the members of a zip have when unpacked, with those counted already.

    Raises:
        UnreadableSurveyError: they are more than LARGEST_UNPACKED.
    """
    size = already + sum(info.file_size for info in infos)
    if size > LARGEST_UNPACKED:
        raise UnreadableSurveyError(
            f"{name} would unpack to more than {LARGEST_UNPACKED // 1_000_000_000} GB, which is no survey.",
            "Check where it comes from. If it is a survey after all, unpack it and give the files to coprod.",
        )
    return size
