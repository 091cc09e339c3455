"""Words go in; dates of birth and the numbers by which services know a person come out, as (start, end)."""

import re
from collections.abc import Iterator

_NHS_LENGTH = 10
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = rf"""(?:
      \d{{1,2}}[/.\s-]\s?\d{{1,2}}[/.\s-]\s?(?:\d{{4}}|\d{{2}})(?!\d)
    | \d{{4}}-\d{{2}}-\d{{2}}
    | \d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?(?:\s'?\d{{2,4}})?
    | {_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?|\d{{4}})
    )"""
_BORN = re.compile(
    rf"""\b(?:d\.?o\.?b\b\.?|date\sof\sbirth|birth\s?date|birthday|born)
    [\s:=(-]{{0,4}}(?:(?:is|was|on|in|the|of|as|it's|down|given|recorded)\s){{0,4}}({_DATE}|(?:19|20)\d\d\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_BIRTHDAY_BEHIND = re.compile(
    rf"({_DATE})\s(?:is|was|being)\s(?:(?:my|his|her|their|our|the)\s)?(?:\w+'?s?'?\s){{0,1}}"
    r"(?:birthday|date\sof\sbirth|d\.?o\.?b\b)",
    re.IGNORECASE | re.VERBOSE,
)
_TEN_DIGITS = re.compile(r"(?<![\d+])(?<!\d[ .-])\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{4}(?![ .-]?\d)")
_NHS_CUE = re.compile(r"\bnhs\b[^\d\n]{0,30}$", re.IGNORECASE)
_UPN = re.compile(r"(?<![A-Za-z0-9])([A-HJ-NP-RT-Z])(\d{11}[\dA-Z])(?![A-Za-z0-9])", re.IGNORECASE)
# A number after one of these belongs to a pupil, with or without a check letter.
_PUPIL_CUE = re.compile(
    r"""\b(?:(?:upn|uln|urn|unique[ ](?:pupil|learner)[ ](?:number|no|reference)
    |(?:pupil|candidate|student|learner|admission|exam|school|case|reference|ref|file|client|patient|hospital|mosaic)
     [ ](?:id|number|num|no|ref|reference))\b\.?)
    [ ]?(?:(?:is|was|of|are|:|=|,|\#|-|\()[ ]?){0,2}((?=[A-Z/-]{0,4}\d)[A-Z0-9][A-Z0-9/-]{2,14})(?![\w/-])""",
    re.IGNORECASE | re.VERBOSE,
)


def find_births(text: str) -> Iterator[tuple[int, int]]:
    """Dates beside "born", "date of birth", "DOB", "birthday"."""
    for match in _BORN.finditer(text):
        yield match.start(1), match.start(1) + len(match[1].rstrip(" ,"))
    yield from (match.span(1) for match in _BIRTHDAY_BEHIND.finditer(text))


def find_nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Ten digits with the right check digit, or any ten after "NHS"."""
    for match in _TEN_DIGITS.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdigit()]
        cued = _NHS_CUE.search(text, max(0, match.start() - 40), match.start())
        if cued or _passes_check(digits):
            yield match.span()


def _passes_check(digits: list[int]) -> bool:
    """Whether the tenth digit is the modulus-11 check digit of an NHS number (NHS Data Dictionary, "NHS NUMBER")."""
    total = sum(digit * weight for digit, weight in zip(digits, range(_NHS_LENGTH, 1, -1), strict=False))
    return digits[0] != 0 and (11 - total % 11) % 11 == digits[-1]


def find_pupil_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Unique Pupil Numbers with the right check letter, and what stands after "UPN", "candidate number" ..."""
    for match in _UPN.finditer(text):
        digits = [
            int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in match[2].upper() if sign not in "IOS"
        ]
        if len(digits) == len(match[2]) and _fits_letter(match[1].upper(), digits):
            yield match.span()
    yield from (match.span(1) for match in _PUPIL_CUE.finditer(text))


def _fits_letter(letter: str, digits: list[int]) -> bool:
    """Whether the first letter of a UPN is the modulus-23 check letter of the rest (DfE, "Unique pupil numbers")."""
    total = sum(digit * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return _UPN_LETTERS[total % len(_UPN_LETTERS)] == letter
