"""The bytes of an SPSS file go in; whether what it says of its variables can be comes out.

The library that reads these files trusts the lengths they state: a single damaged byte can bring the whole program down
without a word. So the variables' records are walked through before. Their layout is in PSPP's "System File Format".
"""

import struct

_HEADER = 176
_LAYOUT = 64
_LAYOUT_CODES = (2, 3)
_VARIABLE = 2
_FIXED = 32
# Texts of more than eight letters go on in further records of this width.
_CONTINUED = -1
_LONGEST_STRING = 255
_MISSING_COUNTS = (-3, -2, 0, 1, 2, 3)
_LABEL_COUNT = 4
_VALUE = 8


def are_variables_sound(data: bytes) -> bool:
    """Whether every variable's record has a possible width, label and number of missing values, inside the file."""
    order = next((each for each in "<>" if _read(data, _LAYOUT, each) in _LAYOUT_CODES), "")
    if not order:
        return False
    place = _HEADER
    while _read(data, place, order) == _VARIABLE:
        width, labelled, missing = (_read(data, place + more, order) for more in (4, 8, 12))
        if not _CONTINUED <= width <= _LONGEST_STRING or labelled not in (0, 1) or missing not in _MISSING_COUNTS:
            return False
        place += _FIXED
        if labelled:
            length = _read(data, place, order)
            if not 0 <= length <= len(data) - place:
                return False
            place += _LABEL_COUNT + -(-length // _LABEL_COUNT) * _LABEL_COUNT
        place += abs(missing) * _VALUE
    return place > _HEADER


def _read(data: bytes, place: int, order: str) -> int:
    """The whole number of four bytes at that place; -2, which stands for nothing here, beyond the end."""
    if place + 4 > len(data):
        return -2
    number: int = struct.unpack_from(f"{order}i", data, place)[0]
    return number
