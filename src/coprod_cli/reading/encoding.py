"""The bytes of a text file go in; its text and the name of the encoding come out.

A fixed ladder, not a guesser: byte order mark; the pattern of NUL bytes that UTF-16 leaves; strict UTF-8 over the whole
file; UTF-8 with single stray Windows bytes mended one by one; else the most plausible of three single-byte encodings.
Measured against guessing libraries in reference/formats.md, section 4.1 of the project's notes.
"""

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_SAMPLE = 4096
_NUL_SHARE = 0.3
_MANY_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp1251")
_LIKELY_MARKS = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a3\u20ac\u00b0\u00bd\u00bc\u00a0\u2122\u00ae\u00a9"
)
_APOSTROPHES = frozenset("\u2019\u2018")


class Decoded(NamedTuple):
    """The text, the encoding it was read as, and how many stray bytes were mended on the way."""

    text: str
    encoding: str
    mended: int = 0


def decode(data: bytes) -> Decoded:
    """Bytes as text; never fails, because the last rung knows a character for every byte.

    NUL characters inside the text (some exports pad header cells with them) are dropped.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, errors="replace").replace("\x00", ""), encoding)
    wide = _see_utf16(data)
    if wide:
        return Decoded(data.decode(wide, errors="replace").replace("\x00", ""), wide)
    try:
        return Decoded(data.decode("utf-8").replace("\x00", ""), "utf-8")
    except UnicodeDecodeError:
        return _decode_without_utf8(data.replace(b"\x00", b""))


def _see_utf16(data: bytes) -> str:
    sample = data[:_NUL_SAMPLE]
    evens, odds = sample[::2].count(0), sample[1::2].count(0)
    if odds > len(sample) / 2 * _NUL_SHARE and odds > 4 * evens:
        return "utf-16-le"
    if evens > len(sample) / 2 * _NUL_SHARE and evens > 4 * odds:
        return "utf-16-be"
    return ""


def _decode_without_utf8(data: bytes) -> Decoded:
    whole = _MANY_BYTES.findall(data)
    stray = sum(1 for byte in _MANY_BYTES.sub(b"", data) if byte > 0x7F)  # noqa: PLR2004  # the end of ASCII
    # A sequence of three or four bytes is hardly ever valid UTF-8 by chance, one of two bytes now and then is.
    long_ones = any(len(sequence) > 2 for sequence in whole)  # noqa: PLR2004  # see above
    if len(whole) >= stray or (long_ones and len(whole) * 4 >= stray):
        return Decoded(_mend(data), "utf-8", stray)
    texts = {name: data.decode(name, errors="replace") for name in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda name: (_judge(texts[name]), -_SINGLE_BYTE.index(name)))
    return Decoded(texts[best], best)


def _mend(data: bytes) -> str:
    pieces: list[str] = []
    done = 0
    for found in _MANY_BYTES.finditer(data):
        pieces.append(_read_windows(data[done : found.start()]))
        pieces.append(found.group().decode("utf-8", errors="replace"))
        done = found.end()
    pieces.append(_read_windows(data[done:]))
    return "".join(pieces)


def _read_windows(data: bytes) -> str:
    return data.decode("cp1252", errors="replace")


def _judge(text: str) -> float:
    """How plausible the characters beyond ASCII are where they stand: higher is better."""
    score = 0.0
    for found in _BEYOND_ASCII.finditer(text):
        character = found.group()
        before = text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        score += _judge_character(character, before, after)
    return score


def _judge_character(character: str, before: str, after: str) -> float:
    if character in _APOSTROPHES and before.isalpha() and after.isalpha():
        return 2.0
    if character in _LIKELY_MARKS:
        return 1.0
    if not character.isalpha():
        return -1.0
    if "\u0400" <= character <= "\u04ff":
        alone = any(near.isascii() and near.isalpha() for near in (before, after))
        kin = any("\u0400" <= near <= "\u04ff" for near in (before, after) if near)
        return -3.0 if alone or not kin else 1.5
    if character.isupper():
        return -3.0 if before.islower() else 0.25
    return 0.75 if before.isalpha() or after.isalpha() else -1.0
