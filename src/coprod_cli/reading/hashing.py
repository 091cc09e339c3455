"""Cells go in; numbers and ids that tell forms and people apart come out, the same for the same cells everywhere.

A form's id comes from its content alone, so that neither a file's name nor the order of rows changes it. A person's id
is a keyed hash (BLAKE2b): without the key, nobody who knows an address or a number can find its id by trying.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.reading.cells import Column

Hashes = npt.NDArray[np.uint64]

_ID_BYTES = 8
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))


def hash_text(*parts: str) -> np.uint64:
    """One number for words, the same on every machine."""
    joined = "\x1e".join(parts).encode("utf-8", "surrogatepass")
    return np.uint64(int.from_bytes(hashlib.blake2b(joined, digest_size=_ID_BYTES).digest()))


def hash_cells(cells: Sequence[str]) -> Hashes:
    """One number for each cell; the blanks around a cell count, too."""
    try:
        hashes: Hashes = pd.util.hash_array(np.array([*cells, ""], dtype=object)[:-1], categorize=False)
    except UnicodeEncodeError:  # half a character from a broken export
        hashes = np.array([hash_text(cell) for cell in cells], np.uint64)
    return hashes


def hash_forms(columns: Sequence[Column], height: int, headers: Sequence[str]) -> Hashes:
    """One number for the content of every form: its cells in their order, under these headers."""
    mixed = np.full(height, hash_text(*headers), np.uint64)
    for column in columns:
        mixed = mix(mixed, hash_cells(column.values)[column.codes])
    return mixed


def hash_filled(columns: Sequence[Column], height: int, headers: Sequence[str]) -> Hashes:
    """One number for what every form says: its cells under their headers, whatever their order; empty ones are nothing.

    So a form keeps its number where the survey gains columns that do not concern it.
    """
    mixed = np.zeros(height, np.uint64)
    times: Counter[str] = Counter()
    for column, header in zip(columns, headers, strict=True):
        times[header] += 1
        cells = mix(hash_cells(column.values), hash_text(header, str(times[header])))
        cells[[not cell.strip() for cell in column.values]] = 0
        mixed += cells[column.codes]
    return mixed


def mix(first: Hashes, second: Hashes | np.uint64) -> Hashes:
    """Two numbers as one that depends on both and on their order (finaliser of SplitMix64; Steele and others, 2014)."""
    with np.errstate(over="ignore"):
        mixed = first * _GOLDEN + second
        mixed = (mixed ^ (mixed >> _SHIFTS[0])) * _FIRST
        mixed = (mixed ^ (mixed >> _SHIFTS[1])) * _SECOND
    result: Hashes = mixed ^ (mixed >> _SHIFTS[2])
    return result


def number_twins(hashes: Hashes) -> Hashes:
    """For every form how many with the same number stand before it; forms that are alike are told apart by it."""
    numbers = np.zeros(len(hashes), np.uint64)
    _, counts = np.unique(hashes, return_counts=True)
    if (counts > 1).any():
        numbers[:] = pd.Series(hashes).groupby(hashes).cumcount().to_numpy()
    return numbers


def write_ids(hashes: Hashes) -> npt.NDArray[np.object_]:
    """The numbers as ids of 16 characters."""
    written = np.empty(len(hashes), object)
    written[:] = [f"{number:016x}" for number in hashes.tolist()]
    return written


def mark_people(keys: Iterable[str], words: Iterable[str]) -> bytes:
    """A salt made of all the people and all their words: nobody who lacks them can try out who is who."""
    told = (hash_text(*sorted(set(keys) - {""})), hash_text(*sorted(set(words) - {""})))
    return b"".join(int(each).to_bytes(8) for each in told)


def write_person_ids(salt: bytes, scope: str, keys: Iterable[str]) -> Iterator[str]:
    """The ids of people: BLAKE2b, keyed with the salt, of what tells them apart; "" for nobody."""
    keyed = hashlib.blake2b(
        scope.encode(), digest_size=_ID_BYTES, key=hashlib.blake2b(salt, digest_size=32).digest(), person=b"coprod"
    )
    for key in keys:
        one = keyed.copy()
        one.update(f"\x1e{key}".encode("utf-8", "surrogatepass"))
        yield one.hexdigest() if key else ""
