"""A model file that `coprod learn` wrote goes in; its parts, each as it was written, come out. Nothing in it is run."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coprod_cli.model.errors import CoprodError, SettingsFileError
from coprod_cli.model.learning import CARD, CODER, FRAMEWORK, NUMBERS, PARTS, SCHEMA, ModelFile
from coprod_cli.reading.files import CANNOT_UNPACK, read_raw
from coprod_cli.reading.framework_file import take_framework

_NAMES = (NUMBERS, CARD, CODER, FRAMEWORK, PARTS)
_LARGEST = 500_000_000
_HINT = "Give the file as coprod learn wrote it: coprod learn CODES --out MODEL."


def read_model(path: Path) -> ModelFile:
    """The parts of a model file, each checked against the SHA-256 that the file records.

    Raises:
        SettingsFileError: there is no such file, it is none, or it is damaged.
    """
    try:
        raw = read_raw(path)
    except CoprodError as error:
        raise SettingsFileError(error.what, _HINT) from None
    try:
        parts = _unpack(raw.data)
    except (*CANNOT_UNPACK, KeyError, TypeError, AttributeError):
        raise SettingsFileError(f"{raw.name} is no model that coprod learn wrote, or it is damaged.", _HINT) from None
    framework = take_framework(parts[FRAMEWORK], f"{FRAMEWORK} in {raw.name}")
    return ModelFile(raw.name, raw.sha256, framework, _take_told(parts), parts[NUMBERS])


def _unpack(data: bytes) -> Mapping[str, bytes]:
    """Every part by name.

    Raises:
        ValueError, KeyError and what a damaged zip raises: it is not as it was written.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sizes = {each.filename: each.file_size for each in packed.infolist()}
        if sorted(sizes) != sorted(_NAMES) or len(packed.infolist()) != len(sizes) or sum(sizes.values()) > _LARGEST:
            raise ValueError(PARTS)
        parts = {name: packed.read(name) for name in _NAMES}
    with zipfile.ZipFile(io.BytesIO(parts[NUMBERS])) as numbers:
        # NumPy wrote them as they are; what grows on being opened is not ours.
        if sum(each.file_size for each in numbers.infolist()) > len(parts[NUMBERS]):
            raise ValueError(NUMBERS)
    recorded = json.loads(parts[PARTS])["parts"]
    if recorded != {name: hashlib.sha256(parts[name]).hexdigest() for name in _NAMES if name != PARTS}:
        raise ValueError(PARTS)
    if _take_told(parts)["schema"] != SCHEMA:
        raise ValueError(CODER)
    return parts


def _take_told(parts: Mapping[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(parts[CODER])
    return told
