"""The bytes of an old Excel file go in; whether every chain of its sectors comes to an end in it comes out.

Such a file is a little file system (Compound File Binary, [MS-CFB] sections 2.2 to 2.6): a table tells for each sector
which one comes next. In a damaged file a chain may lead back into itself; the library that reads workbooks would follow
it until no memory is left.
"""

import struct

import numpy as np
import numpy.typing as npt

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_SHIFT_AT, _MINI_AT, _FIRST_LIST_AT, _LIST_AT = 30, 60, 68, 76
_LISTED = 109
# What stands in the table instead of a sector's number, from here up: an end, a free sector, the table itself.
_SPECIAL = 0xFFFFFFFA
_SHIFTS = (9, 12)

_Table = npt.NDArray[np.uint32]


def has_broken_chain(data: bytes) -> bool:
    """Whether a chain of sectors leads back into itself or out of the file, or the header makes no sense.

    Never of a file of another kind.
    """
    if not data.startswith(_SIGN):
        return False
    if len(data) < _HEADER:
        return True
    (shift,) = struct.unpack_from("<H", data, _SHIFT_AT)
    if shift not in _SHIFTS:
        return True
    table = _read_table(data, shift)
    if table is None or _has_loop(table) or _leaves_file(table, len(data) >> shift):
        return True
    (mini,) = struct.unpack_from("<I", data, _MINI_AT)
    return _has_loop(_join(data, shift, _follow(table, mini)))


def _read_table(data: bytes, shift: int) -> _Table | None:
    """For every sector the next one; None where the list of the table's own sectors has no end."""
    listed = np.frombuffer(data, "<u4", _LISTED, _LIST_AT)
    (more,) = struct.unpack_from("<I", data, _FIRST_LIST_AT)
    lists = [listed]
    while more < _SPECIAL:
        sector = _join(data, shift, [more])
        if len(lists) > len(data) >> shift or not len(sector):
            return None
        lists.append(sector[:-1])
        more = int(sector[-1])
    sectors = np.concatenate(lists)
    return _join(data, shift, sectors[sectors < _SPECIAL].tolist())


def _join(data: bytes, shift: int, sectors: list[int]) -> _Table:
    """The numbers in these sectors, one after the other; a sector beyond the end of the file holds none."""
    size = 1 << shift
    pieces = [data[(each + 1) * size : (each + 2) * size] for each in sectors]
    whole = b"".join(pieces)
    return np.frombuffer(whole[: len(whole) // 4 * 4], "<u4")


def _follow(table: _Table, sector: int) -> list[int]:
    chain = []
    while sector < len(table):
        chain.append(sector)
        sector = int(table[sector])
    return chain


def _leaves_file(table: _Table, sectors: int) -> bool:
    """Whether the file was cut off before a sector that the table speaks of; the header is as long as one."""
    return bool((table[table < _SPECIAL] >= sectors).any())


def _has_loop(table: _Table) -> bool:
    following = table.tolist()
    seen = [0] * len(following)
    for start in range(len(following)):
        place = start
        while place < len(following) and not seen[place]:
            seen[place] = start + 1
            place = following[place]
        if place < len(following) and seen[place] == start + 1:
            return True
    return False
