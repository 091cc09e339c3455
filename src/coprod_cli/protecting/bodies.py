"""Words go in; where the name of a school, nursery, college or council stands comes out, as (start, end, kind).

A school is named by capitals before a word such as Primary, Academy or nursery, by a saint, by "goes to", or by what
the answer says it is; a council by the word before Council, Borough or LA. A word that only says what kind of school or
council is meant ("the special school", "the county council") is left alone.
"""

import re
from collections.abc import Iterator

from coprod_cli.protecting.line import SPACE, Line, Span
from coprod_cli.protecting.word_lists import (
    BODIES,
    NEVER,
    NEVER_PLACES,
    ORDINARY,
    PLACES,
    SCHOOL_WORDS,
    WORD_PLACES,
    list_words,
)

_SCHOOL = list_words("school_kinds", "places.toml")
_MORE = _SCHOOL | list_words("school_more", "places.toml")
_ALWAYS = _SCHOOL - {"high", "grammar", "prep", "comprehensive", "montessori", "infant", "junior", "schools"}
_ATTENDS = list_words("attends", "places.toml")
_INSIDE = list_words("inside", "places.toml")
_LONGEST = 6
_OF_SAINT = r"[ \u00a0][A-Z]\w*(?:['\u2019]s?|s')?"
_SAINT = re.compile(rf"\b(?:St|Saint|SS)\.?{_OF_SAINT}(?:[ \u00a0](?:and|&)[ \u00a0]St\.?{_OF_SAINT})?")
_HOLY = re.compile(
    r"""\b(?:our[ ]lady(?:['\u2019]?s)?(?:[ ]of[ ](?:the[ ])?\w+(?:[ ]\w+)?)?
    |holy[ ](?:trinity|family|cross|rosary|rood)
    |sacred[ ]heart|all[ ]saints['\u2019]?|christ[ ]the[ ]king|corpus[ ]christi|blessed[ ]sacrament
    |st\.?[ ][a-z]+(?:['\u2019]?s)?)
    (?=,?[ ](?:(?:c[ ]?of[ ]?e|rc|ce|catholic|church[ ]of[ ]england)[ ])?
    (?:primary|infants?|juniors?|school|academy|nursery|high|college)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNCIL = frozenset({"council", "mbc", "lea", "la", "cc", "bc", "dc", "unitary"})
_COUNCIL_TYPES = list_words("council_types", "places.toml")
_NAMED = r"[A-Z][\w'-]+"
_BOROUGH = re.compile(
    rf"""\b(?:(?:London|Royal|Metropolitan|City)[ \u00a0](?:and[ \u00a0]\w+[ \u00a0])?){{0,2}}
    (?:Borough|City|County|District)[ \u00a0](?:Council[ \u00a0])?of[ \u00a0](?:the[ \u00a0])?
    {_NAMED}(?:[ \u00a0]{_NAMED})?(?:[ \u00a0](?:and|upon|on)[ \u00a0]{_NAMED}(?:[ \u00a0]{_NAMED})?)?""",
    re.VERBOSE,
)


def find_schools(line: Line) -> Iterator[Span]:
    """Oakfield Primary, the Larches nursery, St Bede's, Brookvale (a special school), at oak lodge school."""
    for pattern in (_SAINT, _HOLY):
        for match in pattern.finditer(line.text):
            end = _follow_types(line.text, match.end())
            yield match.start(), end, "school"
    for place, word in enumerate(line.words):
        if word.low not in _SCHOOL or not place or not SPACE.match(line.gap(place)):
            continue
        start = _start_capitals(line, place)
        if start is None and word.low in _ALWAYS:
            start = _start_lower(line, place)
        if start is not None:
            yield line.words[start].start, _follow_types(line.text, word.end), "school"
    yield from _find_explained(line)


def _follow_types(text: str, end: int) -> int:
    """Where the words that say what kind of school it is end: Primary School, C of E Primary."""
    while match := _TYPE.match(text, end):
        end = match.end()
    return end


_TYPE = re.compile(
    r"[ \u00a0](?:primary|infants?|juniors?|secondary|academy|college|nursery|pre-?school|school|high|grammar|special"
    r"|c ?of ?e|rc|ce|catholic|sixth form)\b",
    re.IGNORECASE,
)


def _start_capitals(line: Line, place: int) -> int | None:
    """Where the capitals before a word for a school begin, if one of them says which school."""
    start = place
    while start and place - start < _LONGEST and SPACE.match(line.gap(start)):
        before = line.words[start - 1]
        inner = before.low in _INSIDE | {"c", "e"} and start > 1 and line.words[start - 2].text[0].isupper()
        if before.text[0].isupper() and before.low in _INSIDE | _ATTENDS | {"with"}:
            break
        if not (before.text[0].isupper() or before.text.isdigit() or inner or before.low in {"special", "catholic"}):
            break
        start -= 1
    while start < place and (line.low(start) in SCHOOL_WORDS | _INSIDE or not line.words[start].text[0].isupper()):
        start += 1
    names = [
        line.low(at)
        for at in range(start, place)
        if line.low(at) not in SCHOOL_WORDS | _MORE and not _is_acronym(line.words[at].text)
    ]
    if line.starts_sentence(start):
        opening = NEVER | ORDINARY
        while (
            len(names) > 1
            and line.words[start].capital
            and line.low(start) in opening - PLACES
            and not line.is_capital(start + 2)
        ):
            start += 1
            names = names[1:]
    lone = len(names) == 1 and (names[0] in NEVER or names[0] in NEVER_PLACES)
    plain = len(names) == 1 and names[0] in ORDINARY and line.starts_sentence(start)
    return start if names and not lone and not plain and names[0] != "i" else None


def _is_acronym(word: str) -> bool:
    """SLD, SEND: what kind of school it is."""
    return word.isupper() and 1 < len(word) <= len("SEMH")


def _start_lower(line: Line, place: int) -> int | None:
    """Where a school's name in lower case begins: after at, to, goes; not with words that many schools share."""
    start = place
    while start and place - start <= _LONGEST // 2 and SPACE.match(line.gap(start)):
        if line.low(start - 1) in _ATTENDS and start < place:
            names = [line.low(at) for at in range(start, place)]
            free = not any(name in SCHOOL_WORDS or name in NEVER for name in names)
            known = any(name not in ORDINARY for name in names)
            return start if free and known else None
        start -= 1
    return None


_NO_PLACE = (NEVER - BODIES) | SCHOOL_WORDS
_EXPLAINS = frozenset({"school", "college", "nursery", "academy"})


def _find_explained(line: Line) -> Iterator[Span]:
    """Brookvale is the only special school; my daughter goes to Park View; a place at Park View."""
    for place, word in enumerate(line.words):
        if not word.capital or word.low in _NO_PLACE:
            continue
        behind = [line.follows(place + step) for step in range(1, 7)]
        if behind[0] in {"is", "was"} and behind[1] in {"a", "the", "our", "his", "her", "an"}:
            stop = behind.index("") if "" in behind else len(behind)
            if _EXPLAINS & set(behind[2:stop]) and word.low not in NEVER | ORDINARY:
                yield word.start, word.end, "school"
        two = [line.low(place - 2), line.low(place - 1)]
        goes = two[1] == "to" and two[0] in {"goes", "go", "went", "going"}
        attends = two[1] in {"attends", "attended"} or two == ["place", "at"]
        stays = two[1] == "at" and two[0] in {"is", "was", "been", "stayed", "son", "daughter", "be"}
        if (goes or attends or stays) and SPACE.match(line.gap(place)) and word.low not in NEVER_PLACES:
            stop = place + 1
            while line.is_capital(stop) and SPACE.match(line.gap(stop)) and line.low(stop) not in _NO_PLACE:
                stop += 1
            if stop > place + 1 or (not stays and word.low not in NEVER | ORDINARY and word.low not in PLACES):
                yield word.start, line.words[stop - 1].end, "school"


def find_councils(line: Line) -> Iterator[Span]:
    """Wexcombe County Council, the London Borough of Eastmere, Ravensby MBC, wexcombe council."""
    for match in _BOROUGH.finditer(line.text):
        yield match.start(), match.end(), "council"
    for place, word in enumerate(line.words):
        if word.low not in _COUNCIL or not place or not SPACE.match(line.gap(place)):
            continue
        letters = word.low != "council"
        if letters and not (word.text.isupper() and line.words[place - 1].text[0].isupper()):
            continue
        last = place - 1
        while last > 0 and line.low(last) in _COUNCIL_TYPES and SPACE.match(line.gap(last)):
            last -= 1
        start = _start_council(line, last)
        if start is not None:
            yield line.words[start].start, word.end, "council"


def _start_council(line: Line, last: int) -> int | None:
    """Where the name of the council begins whose last word that is; None when it is a word of any council."""
    word = line.words[last]
    names = PLACES | WORD_PLACES
    if word.low in NEVER or word.low in _COUNCIL_TYPES or word.owned:
        return None
    if word.text[0].isupper():
        if word.low in ORDINARY and (line.starts_sentence(last) or word.low not in names):
            return None
        start = last
        while start and line.words[start - 1].text[0].isupper() and SPACE.match(line.gap(start)):
            before, opens = line.low(start - 1), line.starts_sentence(start - 1)
            if before in NEVER or (opens and before in ORDINARY) or line.words[start - 1].owned:
                break
            start -= 1
        while start > 1 and line.low(start - 1) in {"and", "on", "upon"} and line.is_capital(start - 2):
            if line.low(start - 2) not in names:
                break
            start -= 2
        return start
    return last if word.low not in ORDINARY and word.low not in SCHOOL_WORDS and word.text.islower() else None
