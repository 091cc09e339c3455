"""Words go in; where a way to reach or look up a person stands in them comes out, as (start, end, kind).

Every pattern is bounded or possessive, so that no words, however odd, make it slow.
"""

import re
from collections.abc import Callable, Iterator

Span = tuple[int, int, str]

_NHS_LENGTH = 10
_LOCAL_DIGITS = (6, 8)

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LINK = re.compile(
    r"""\bhttps?://[^\s\[\]]++
    | \bwww\.[^\s\[\]]++
    | (?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|sch\.uk|com|org|net|info|uk)\b
      (?:/[^\s\[\]]*+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.]{0,29}[^\W\d_])[\w.]{2,30}")
# Whatever people write @ for "at": places and times, not handles.
_AFTER_AT = re.compile(
    r"home|school|college|work|the|my|our|all|a|an|any|least|night|nursery|lunch|first|last|this|that", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = rf"""(?:
      \d{{1,2}}[/.\s-]\s?\d{{1,2}}[/.\s-]\s?(?:\d{{4}}|\d{{2}})(?!\d)
    | \d{{4}}-\d{{2}}-\d{{2}}
    | \d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?(?:\s'?\d{{2,4}})?
    | {_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?|\d{{4}})
    )"""
_BORN = re.compile(
    rf"""\b(?:d\.?o\.?b\b\.?|date\sof\sbirth|birth\s?date|birthday|born)
    [\s:=-]{{0,4}}(?:(?:is|was|on|in|the|of|as|it's)\s){{0,3}}({_DATE})""",
    re.IGNORECASE | re.VERBOSE,
)
_TEN_DIGITS = re.compile(r"(?<![\d+])(?<!\d[ .-])\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{4}(?![ .-]?\d)")
_NHS_CUE = re.compile(r"\bnhs\b[^\d\n]{0,30}$", re.IGNORECASE)
_GAP = r"[ \u00a0().\u2013-]{0,3}"
_PHONE = re.compile(rf"(?<![\w+.])(?:(?:\+|\b00)44{_GAP}(?:0{_GAP})?|\(?0)([1-9]{_GAP}(?:\d{_GAP}){{7,8}}\d)(?!\d)")
_BARE_MOBILE = re.compile(r"(?<![\d+.])7\d{3}[ -]?\d{3}[ -]?\d{3}(?![ -]?\d)")
_CUED_PHONE = re.compile(
    r"\b(?:ring|call|phone|text|tel|telephone|mobile|mob|whatsapp|number)\b[^\d\n]{0,15}(\d[\d -]{4,12}\d)(?!\d)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d$")
_DATED = re.compile(r"\d\d?[.-]\d\d?[.-]\d{4}")
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d[A-Za-z\d]?[ \u00a0]{0,2}\d([A-Za-z]{2})(?![A-Za-z0-9])")
# "vitamin b12 3am", "row a4 2nd": two lower-case letters after a figure that are a unit and no postcode.
_UNITS = re.compile(r"am|pm|st|nd|rd|th|yr|hr|mg|kg|km|cm|mm|pt|ml|ft|in|lb|oz|pp|xx")


def find_contacts(text: str, taken: list[tuple[int, int]]) -> list[Span]:
    """E-mail addresses, links, dates of birth, NHS numbers, telephone numbers and postcodes outside what is taken.

    Args:
        text: the words.
        taken: sorted, separate stretches that must be left as they are.

    Returns:
        Separate stretches in the order of the words.
    """
    kept: list[Span] = []
    closed = bytearray(len(text))
    for start, end in taken:
        closed[start:end] = b"x" * (end - start)
    for kind, find in FINDERS.items():
        for start, end in find(text):
            if not any(closed[start:end]):
                kept.append((start, end, kind))
                closed[start:end] = b"x" * (end - start)
    return sorted(kept)


def _find_emails(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _EMAIL.finditer(text))


def _find_links(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'\")"))
    for match in _HANDLE.finditer(text):
        handle = match[0].rstrip(".")
        if not _AFTER_AT.fullmatch(handle[1:]):
            yield match.start(), match.start() + len(handle)


def _find_births(text: str) -> Iterator[tuple[int, int]]:
    for match in _BORN.finditer(text):
        yield match.start(1), match.start(1) + len(match[1].rstrip(" ,"))


def _find_nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _TEN_DIGITS.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdigit()]
        cued = _NHS_CUE.search(text, max(0, match.start() - 40), match.start())
        if cued or _passes_check(digits):
            yield match.span()


def _passes_check(digits: list[int]) -> bool:
    """Whether the tenth digit is the modulus-11 check digit of an NHS number (NHS Data Dictionary, "NHS NUMBER")."""
    total = sum(digit * weight for digit, weight in zip(digits, range(_NHS_LENGTH, 1, -1), strict=False))
    return digits[0] != 0 and (11 - total % 11) % 11 == digits[-1]


def _find_phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        if not _DATED.match(match[0]):
            yield match.span()
    yield from (match.span() for match in _BARE_MOBILE.finditer(text))
    for match in _CUED_PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[1])
        if _LOCAL_DIGITS[0] <= len(digits) <= _LOCAL_DIGITS[1] and not (
            _YEARS.match(match[1]) or _DATED.match(match[1])
        ):
            yield match.span(1)


def _find_postcodes(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _POSTCODE.finditer(text) if not _UNITS.fullmatch(match[1]))


# In this order: what an earlier one has taken, a later one leaves alone.
FINDERS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "email": _find_emails,
    "link": _find_links,
    "date of birth": _find_births,
    "nhs number": _find_nhs_numbers,
    "phone": _find_phones,
    "postcode": _find_postcodes,
}
