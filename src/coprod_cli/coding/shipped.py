"""The shipped files go in, each checked against its recorded SHA-256; the coder and its measurements come out."""

import hashlib
import io
import json
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import numpy as np

from coprod_cli.coding.coder import Array, Coder, Rules, Vocabularies
from coprod_cli.coding.features import Vocabulary, list_grams, list_pieces, list_themed_stems
from coprod_cli.model.errors import CoprodError

MANIFEST = "weights.json"
TextT = TypeVar("TextT", bound="str | tuple[str, str]")


def find_weights() -> Traversable:
    """The folder of the package that holds the shipped weights and their measurements."""
    return files("coprod_cli") / "weights"


@lru_cache(maxsize=1)
def load_coder() -> Coder:
    """The shipped coder.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    return read_coder(find_weights())


@lru_cache(maxsize=1)
def load_measured() -> dict[str, Any]:
    """The shipped measurements of every engine; keys as written by training/train.py.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    measured: dict[str, Any] = json.loads(read_checked(find_weights(), "measured.json"))
    return measured


def weights_sha256() -> str:
    """SHA-256 of the list of shipped files, which itself holds the SHA-256 of each of them.

    Raises:
        CoprodError: the list is missing.
    """
    return hashlib.sha256(_read(find_weights(), MANIFEST)).hexdigest()


def read_coder(folder: Traversable) -> Coder:
    """A coder from a folder of plain arrays (arrays.npz), words (vocabulary.json) and rules (weights.json).

    Raises:
        CoprodError: a file is missing, or not the one whose SHA-256 the folder's weights.json records.
    """
    manifest = json.loads(_read(folder, MANIFEST))
    grams = json.loads(read_checked(folder, "vocabulary.json"))
    with np.load(io.BytesIO(read_checked(folder, "arrays.npz")), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    rules = manifest["rules"]
    return Coder(
        version=manifest["version"],
        themes=tuple(manifest["themes"]),
        vocabularies=Vocabularies(
            words=_restore("words", list_grams, grams, arrays),
            pieces=_restore("pieces", list_pieces, grams, arrays),
            questions=_restore("questions", list_grams, grams, arrays),
            themed=_restore("themed", list_themed_stems, grams, arrays),
        ),
        tables={
            name.removeprefix("table/"): widen(arrays[name], arrays[name.replace("table/", "scale/")])
            for name in sorted(arrays)
            if name.startswith("table/")
        },
        rules=Rules(
            slopes=np.asarray(rules["slopes"], dtype=np.float64),
            intercepts=np.asarray(rules["intercepts"], dtype=np.float64),
            thresholds=np.asarray(rules["thresholds"], dtype=np.float64),
            reach_inside=rules["reach_inside"],
            reach_across=rules["reach_across"],
            split=rules["split"],
        ),
    )


def widen(small: np.ndarray[Any, np.dtype[np.int8]], scale: Array) -> Array:
    """Whole numbers -127 to 127, features x outputs, times the scale of each output: float32 again."""
    return np.asarray(small.astype(np.float32) * scale, dtype=np.float32)


def read_checked(folder: Traversable, name: str) -> bytes:
    """The bytes of one shipped file.

    Raises:
        CoprodError: it is missing, or not the one whose SHA-256 the folder's weights.json records.
    """
    content = _read(folder, name)
    recorded = json.loads(_read(folder, MANIFEST))["files"].get(name)
    if hashlib.sha256(content).hexdigest() != recorded:
        what = f"The file {name} of the shipped coder is not the one that belongs to this version."
        raise CoprodError(what, "Install coprod-cli again: pip install --force-reinstall coprod-cli.")
    return content


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        what = f"The file {name} of the shipped coder is missing."
        raise CoprodError(what, "Install coprod-cli again: pip install --force-reinstall coprod-cli.") from error


def _restore(
    name: str, analyse: Callable[[TextT], list[str]], grams: dict[str, list[str]], arrays: dict[str, Any]
) -> Vocabulary[TextT]:
    return Vocabulary(tuple(grams[name]), arrays[f"rarity/{name}"], analyse)
