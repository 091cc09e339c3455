"""The shipped files go in, each checked against its recorded SHA-256; coders and their measurements come out."""

import hashlib
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.linear import Coder, Rules
from coprod_cli.coding.streams import Array, Lexicon
from coprod_cli.model.errors import CoprodError

MANIFEST = "manifest.json"
_AGAIN = "Install coprod-cli again: pip install --force-reinstall coprod-cli."


def find_weights() -> Traversable:
    """The folder of the package that holds the shipped weights, a folder for each coder, and their measurements."""
    return files("coprod_cli") / "weights"


@lru_cache(maxsize=1)
def load_linear() -> Coder:
    """The shipped linear coder.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    return read_linear(find_weights())


@lru_cache(maxsize=1)
def load_measured() -> dict[str, Any]:
    """The shipped measurements of every engine; keys as written by training/measuring.py.

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


def hash_shipped() -> str:
    """SHA-256 of what the default engine codes by, whatever was measured of it: what is learnt from it rests on that.

    Raises:
        CoprodError: the list of shipped files is missing or damaged.
    """
    listed = {name: sha256 for name, sha256 in _list_recorded(find_weights()).items() if name != "measured.json"}
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def hash_linear() -> str:
    """SHA-256 of the linear coder's arrays: another coder's rules hold only for scores of these."""
    return hashlib.sha256(_read(find_weights(), "fast/arrays.npz")).hexdigest()


def read_linear(folder: Traversable) -> Coder:
    """The linear coder of a folder of weights: plain arrays, words and rules in its folder `fast`.

    Raises:
        CoprodError: a file is missing, or not the one whose SHA-256 the folder's manifest.json records.
    """
    told = json.loads(read_checked(folder, "fast/weights.json"))
    words = json.loads(read_checked(folder, "fast/vocabulary.json"))
    with np.load(io.BytesIO(read_checked(folder, "fast/arrays.npz")), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Coder(
        version=told["version"],
        themes=tuple(told["themes"]),
        lexicon=Lexicon(tuple(words["stems"]), tuple(words["pieces"]), arrays["pairs"], arrays["themed"]),
        tables=widen(arrays),
        rules=restore_rules(told["rules"]),
    )


def restore_rules(told: Mapping[str, Any]) -> Rules:
    """Rules as weights.json tells them."""
    return Rules(
        slopes=np.asarray(told["slopes"], dtype=np.float64),
        intercepts=np.asarray(told["intercepts"], dtype=np.float64),
        thresholds=np.asarray(told["thresholds"], dtype=np.float64),
        sure=told["sure"],
        reach_inside=told["reach_inside"],
        reach_across=told["reach_across"],
        split=told["split"],
        open_lead=told["open_lead"],
    )


def widen(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Array]:
    """Tables of whole numbers -127 to 127 times the scale of each output, with squared lengths: float32 again."""
    tables = {}
    for name in sorted(each.removeprefix("table/") for each in arrays if each.startswith("table/")):
        table = arrays[f"table/{name}"].astype(np.float32) * arrays[f"scale/{name}"]
        length = arrays.get(f"length/{name.split('/')[0]}")
        tables[name] = table if length is None else np.column_stack((table, length))
    return tables


def read_checked(folder: Traversable, name: str) -> bytes:
    """The bytes of one shipped file, named by its path inside the folder of weights.

    Raises:
        CoprodError: it is missing, or not the one whose SHA-256 the folder's manifest.json records.
    """
    content = _read(folder, name)
    if hashlib.sha256(content).hexdigest() != _list_recorded(folder).get(name):
        what = f"The file {name} of the shipped coder is not the one that belongs to this version."
        raise CoprodError(what, _AGAIN)
    return content


def _list_recorded(folder: Traversable) -> dict[str, str]:
    """By name, the SHA-256 of each shipped file."""
    try:
        return dict(json.loads(_read(folder, MANIFEST))["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise CoprodError(f"The file {MANIFEST} of the shipped coder is damaged.", _AGAIN) from error


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(*name.split("/")).read_bytes()
    except OSError as error:
        what = f"The file {name} of the shipped coder is missing."
        raise CoprodError(what, _AGAIN) from error
