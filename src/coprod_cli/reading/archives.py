"""A path goes in: a file, a folder, or a zip of files; the survey files in it come out, and what was passed over."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from coprod_cli.model.errors import UnreadableSurveyError
from coprod_cli.reading.files import (
    CANNOT_UNPACK,
    RawFile,
    find_kind,
    is_blank,
    make_printable,
    name_no_table,
    read_bytes,
    read_raw,
    refuse_bomb,
    take_raw,
)
from coprod_cli.reading.telling import Told
from coprod_cli.reading.text_file import read_text_table

_MANIFEST, _OURS = "manifest.json", "coprod-manifest/"
_ENDINGS = frozenset(
    {
        ".csv", ".tsv", ".tab", ".txt", ".dat", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".sav", ".zsav", ".por",
        ".dta", ".json", ".jsonl", ".ndjson", ".parquet", ".zip",
    },
)  # fmt: skip
# A text of any kind may have one of these endings: it is a survey if it falls into rows and cells.
_ANY_TEXT = (".txt", ".dat")
# What computers put beside people's files, and nobody means.
_CLUTTER = (".", "~$")
_STEPS = frozenset({"", ".", ".."})
_CLUTTER_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_NOTES = ("readme", "read me", "read_me", "licence", "license")
_OTHERS = {".toml": "a settings file", ".md": "notes", ".log": "notes", ".sps": "SPSS syntax", ".do": "Stata syntax"}
_DEEPEST = 3
_MOST_FILES = 1_000


class Listed(NamedTuple):
    """The survey files that a path holds, by name, and what there is to tell of the others."""

    raws: tuple[RawFile, ...]
    told: tuple[Told, ...] = ()


class _Member(NamedTuple):
    """One file of a folder or zip: its name, what it is if it can be no survey, and how to get its bytes."""

    name: str
    other: str
    load: Callable[[], bytes]


def list_raws(path: Path) -> Listed:
    """The file itself; or the survey files in a folder or zip and in the folders and zips inside, by name.

    A workbook is a zip, too, and stays one file. What is no survey (a PDF, a readme) is counted, and told by its kind.

    Raises:
        UnreadableSurveyError: there is nothing at that path, or no survey in it; it holds a report that coprod wrote;
            it has a password, is broken, or would unpack to more than files.LARGEST_UNPACKED bytes.
    """
    shown = make_printable(path.name) or "The folder"
    found = _Found()
    if path.is_dir():
        if _holds_our_report(path):
            raise UnreadableSurveyError(
                f"{shown} is a folder with a report that coprod wrote, not a survey.",
                "Name the survey file, or a folder that holds survey files only.",
            )
        found.take_all(_walk_folder(path), 0)
    else:
        raw = read_raw(path)
        if find_kind(raw) != "archive":
            return Listed((raw,))
        found.take_all(found.walk_zip(raw), 1)
    if not found.raws:
        held = f"; it holds {', '.join(sorted(set(found.others)))}" if found.others else ""
        raise UnreadableSurveyError(
            f"There is no survey in {shown}{held}.",
            "coprod reads CSV and other delimited text, workbooks, SPSS, Stata, JSON and Parquet files.",
        )
    told = tuple(Told("other_files", 1, other) for other in sorted(found.others))
    return Listed(tuple(sorted(found.raws, key=lambda raw: raw.name)), told)


class _Found:
    """Survey files found so far, the kinds of the others, and how many bytes the zips among them unpack to."""

    def __init__(self) -> None:
        self.raws: list[RawFile] = []
        self.others: list[str] = []
        self.unpacked = 0

    def take_all(self, members: Iterator[_Member], depth: int) -> None:
        """Read every member that may be a survey, and go into the zips among them."""
        for member in members:
            data = b"" if member.other else member.load()
            if is_blank(data):
                self.others.append(member.other or "an empty file")
            else:
                self._take(take_raw(data, member.name), depth)
            if len(self.raws) + len(self.others) > _MOST_FILES:
                raise UnreadableSurveyError(
                    f"There are more than {_MOST_FILES:,} files to look through.",
                    "Name the survey files, or a folder that holds survey files only.",
                )

    def walk_zip(self, raw: RawFile) -> Iterator[_Member]:
        """The files in a zip, by name."""
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_clutter(info.filename)]
            self.unpacked = refuse_bomb(raw.name, infos, self.unpacked)
            for info in sorted(infos, key=lambda each: each.filename):
                name = _name_member(info.filename)
                yield _Member(f"{raw.name}/{name}", _name_other(name), partial(_unpack, archive, info, raw.name))

    def _take(self, raw: RawFile, depth: int) -> None:
        if find_kind(raw) != "archive":
            if _is_table(raw):
                self.raws.append(raw)
            else:
                self.others.append("notes")
        elif depth < _DEEPEST:
            self.take_all(self.walk_zip(raw), depth + 1)
        else:
            self.others.append("a compressed folder inside too many others")


def _walk_folder(path: Path) -> Iterator[_Member]:
    for folder, inner, files in os.walk(path):
        inner[:] = sorted(name for name in inner if not _is_clutter(name))
        ours = "part of a report that coprod wrote" if _holds_our_report(Path(folder)) else ""
        for name in sorted(files):
            if not _is_clutter(name):
                file = Path(folder, name)
                shown = make_printable(file.relative_to(path).as_posix())
                yield _Member(shown, ours or _name_other(name), partial(read_bytes, file))


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, outer: str) -> bytes:
    try:
        return archive.read(info)
    except RuntimeError:
        # zipfile's word for a member that has a password, or (NotImplementedError) is packed in a way it does not know.
        raise UnreadableSurveyError(
            f"{outer} is protected by a password, or packed in an unusual way.",
            "Unpack it and give the folder to coprod.",
        ) from None
    except CANNOT_UNPACK:
        raise UnreadableSurveyError(f"{outer} is a broken zip file.", "Make or download it again.") from None


def _name_member(name: str) -> str:
    """A member's name as shown: without its folders where they lead out of the zip; nothing is written by it."""
    path = PurePosixPath(make_printable(name.replace("\\", "/")))
    return path.name if ".." in path.parts or path.is_absolute() else str(path)


def _name_other(name: str) -> str:
    """What a file is that is no survey, by its name; empty when it may be one."""
    path = PurePosixPath(name)
    if path.name.casefold().startswith(_NOTES):
        return "notes"
    ending = path.suffix.casefold()
    return "" if ending in _ENDINGS else name_no_table(name) or _OTHERS.get(ending, "another kind of file")


def _is_table(raw: RawFile) -> bool:
    if not raw.name.casefold().endswith(_ANY_TEXT) or find_kind(raw) != "text":
        return True
    filled = read_text_table(raw).grid.filled
    return bool((filled > 1).mean() > 0.5)  # noqa: PLR2004  # most of its lines have two cells or more


def _is_clutter(name: str) -> bool:
    parts = [part.casefold() for part in name.replace("\\", "/").split("/") if part not in _STEPS]
    return any(part in _CLUTTER_NAMES or part.startswith(_CLUTTER) for part in parts)


def _holds_our_report(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and str(manifest.get("schema", "")).startswith(_OURS)
