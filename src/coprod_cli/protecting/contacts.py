"""Words go in; where a way to reach or look up a person stands in them comes out, as (start, end, kind).

Every pattern is bounded or possessive, so that no words, however odd, make it slow.
"""

import re
from collections.abc import Callable, Iterator

from coprod_cli.protecting.line import Span
from coprod_cli.protecting.numbers import find_births, find_nhs_numbers, find_pupil_numbers
from coprod_cli.protecting.word_lists import ORDINARY

_LOCAL_DIGITS = (6, 8)

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LINK = re.compile(
    r"""\bhttps?://[^\s\[\]]++
    | \bwww\.[^\s\[\]]++
    | (?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|sch\.uk|com|org|net|info|uk)\b
      (?:/[^\s\[\]]*+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_HAS_AT = re.compile(r"@|[\[(] ?at ?[\])]|\bdot\b", re.IGNORECASE)
_DOT = r"(?:\.|[ ]?[\[(]?[ ]?\bdot\b[ ]?[\])]?[ ]?|[ ]?[\[(]\.[\])][ ]?)"
_TOP = r"(?:com|org|net|uk|co|info|eu|ie|me|io|edu|gov|nhs|ac|biz)"
# jo at example dot org; jo(at)example.org; jo @ example.org: a bare "at" counts only with a dot written out behind it.
_WRITTEN_EMAIL = re.compile(
    rf"""(?<![\w.+%-])[\w.+%'-]{{1,64}}
    (?:[ ]?[\[(]{{1,2}}[ ]?(?:at|@)[ ]?[\])]{{1,2}}[ ]?[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}
     |[ ]@[ ]?[\w-]{{1,63}}(?:{_DOT}[a-z]{{2,63}}){{1,4}}
     |(?:[ ]dot[ ][\w-]{{1,63}}){{0,3}}[ ]at[ ][\w-]{{1,63}}(?:[ ]dot[ ][\w-]{{2,63}}){{0,3}}[ ]dot[ ]{_TOP}\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_SITE = re.compile(r"\b(?:facebook|fb|instagram|twitter|tiktok|youtube|linkedin|x)\.com/[^\s\[\]]++", re.IGNORECASE)
# After the name of a network and "is" or a colon: what has a figure or a low line in it, or any word after "handle is".
_NETWORK = r"(?:insta(?:gram)?|twitter|x|tiktok|tik[ ]tok|snapchat|snap|threads|bluesky|youtube|discord|reddit)"
_CUED_HANDLE = re.compile(
    rf"""\b{_NETWORK}(?:[ ](?P<account>handle|name|account|username|page))?
    (?:[ ](?:is|as|its|it's)[ ]|[ ]?[:=][ ]?)
    (?=[\w.]{{3,30}}(?![\w.]*@))(?(account)|(?=[\w.]*[_\d]))(?P<handle>[\w.]{{3,30}})""",
    re.IGNORECASE | re.VERBOSE,
)
_REDDIT = re.compile(r"(?<![\w/])u/[\w-]{3,20}")
_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.]{0,29}[^\W\d_])[\w.]{2,30}")
# Whatever people write @ for "at": places and times, not handles.
_AFTER_AT = re.compile(
    r"home|school|college|work|the|my|our|all|a|an|any|least|night|nursery|lunch|first|last|this|that", re.IGNORECASE
)
_GAP = r"[ \u00a0().\u2013-]{0,3}"
_PHONE = re.compile(rf"(?<![\w+.])(?:(?:\+|\b00)44{_GAP}(?:0{_GAP})?|\(?0)([1-9]{_GAP}(?:\d{_GAP}){{7,8}}\d)(?!\d)")
# Every country's numbers begin with + (or 00) and have 7 to 15 digits (ITU-T E.164).
_FOREIGN = re.compile(rf"(?<![\w+.])(?:\+|\b00)([1-9](?:{_GAP}\d){{6,14}})(?!\d)")
_BARE_MOBILE = re.compile(r"(?<![\d+.])7\d{3}[ -]?\d{3}[ -]?\d{3}(?![ -]?\d)")
_CUED_PHONE = re.compile(
    r"\b(?:ring|call|phone|text|tel|telephone|mobile|mob|whatsapp|landline|number)\b"
    r"[^\d\n]{0,15}(\d[\d -]{4,12}\d)(?!\d)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d$")
_DATED = re.compile(r"\d\d?[.-]\d\d?[.-]\d{4}")
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d[A-Za-z\d]?[ \u00a0]{0,2}\d([A-Za-z]{2})(?![A-Za-z0-9])")
# "vitamin b12 3am", "row a4 2nd": two lower-case letters after a figure that are a unit and no postcode.
_UNITS = re.compile(r"am|pm|st|nd|rd|th|yr|hr|mg|kg|km|cm|mm|pt|ml|ft|in|lb|oz|pp|xx")


def find_contacts(text: str) -> list[Span]:
    """Ways to reach a person, and dates and numbers that stand for one: separate stretches, in order."""
    kept: list[Span] = []
    closed = bytearray(len(text))
    for kind, find in FINDERS.items():
        for start, end in find(text):
            if not any(closed[start:end]):
                kept.append((start, end, kind))
                closed[start:end] = b"x" * (end - start)
    return sorted(kept)


def _find_emails(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _EMAIL.finditer(text))
    if _HAS_AT.search(text):
        yield from (match.span() for match in _WRITTEN_EMAIL.finditer(text))


def _find_links(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'\")"))
    for match in _SITE.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(".,;:!?'\")"))


def _find_handles(text: str) -> Iterator[tuple[int, int]]:
    for match in _CUED_HANDLE.finditer(text):
        handle = match["handle"].rstrip(".")
        if handle.lower() not in ORDINARY:
            yield match.start("handle"), match.start("handle") + len(handle)
    yield from (match.span() for match in _REDDIT.finditer(text))
    for match in _HANDLE.finditer(text):
        handle = match[0].rstrip(".")
        if not _AFTER_AT.fullmatch(handle[1:]):
            yield match.start(), match.start() + len(handle)


def _find_phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        if not _DATED.match(match[0]):
            yield match.span()
    yield from (match.span() for match in _FOREIGN.finditer(text))
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
    "handle": _find_handles,
    "date of birth": find_births,
    "pupil number": find_pupil_numbers,
    "nhs number": find_nhs_numbers,
    "phone": _find_phones,
    "postcode": _find_postcodes,
}
